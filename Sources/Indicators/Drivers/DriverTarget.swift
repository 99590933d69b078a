import EventLogs
import Instants
import Performance
import Statistics

/// A figure per case that is to be explained.
struct DriverTarget: Sendable {
    enum Kind: Sendable {
        case seconds
        case money
        case share
    }

    let measure: KPIName.Measure
    let kind: Kind
    let unit: String
    /// Per case position: the value, NaN where unknown; seconds, money, or 0 and 1.
    let values: [Double]

    /// nil where a measure is not one of cases.
    init?(_ measure: KPIName.Measure, _ measures: CaseMeasures) {
        self.measure = measure
        func seconds(_ microseconds: [Int64]) -> [Double] { microseconds.map { $0 == Instant.missing ? .nan : Double($0) / 1e6 } }
        switch measure {
        case .cycleTime: (kind, values) = (.seconds, seconds(measures.cycle))
        case .waitingTime: (kind, values) = (.seconds, seconds(measures.waiting))
        case .serviceTime: (kind, values) = (.seconds, seconds(measures.service))
        case .cost: (kind, values) = (.money, measures.cost ?? measures.cycle.map { _ in .nan })
        case .reworkRate: (kind, values) = (.share, measures.hasRework.map { $0 ? 1 : 0 })
        case .throughput: return nil
        }
        switch kind {
        case .seconds: unit = "s"
        case .money: unit = measures.currency ?? "money"
        case .share: unit = "share"
        }
    }

    /// Whether the logarithm is the better scale: all known values are positive and their skewness is above 1.
    func isSkewed(_ rows: [Int]) -> Bool {
        kind != .share && Self.isSkewed(rows.map { values[$0] })
    }

    /// Whether the logarithm is the better scale: all values are positive and their skewness is above 1.
    static func isSkewed(_ values: [Double]) -> Bool {
        guard values.count > 2, values.allSatisfy({ $0 > 0 }) else { return false }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        var (second, third) = (0.0, 0.0)
        for value in values {
            let deviation = value - mean
            second += deviation * deviation
            third += deviation * deviation * deviation
        }
        second /= count
        return second > 0 && third / count > second * second.squareRoot()
    }
}
