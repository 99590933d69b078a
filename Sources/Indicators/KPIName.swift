import EventLogs

/// The name of a figure that is computed from a log: a measure and a statistic of it, such as `cycle_time.p90`.
package struct KPIName: Hashable, Sendable, Codable, CustomStringConvertible {
    /// What is measured.
    package enum Measure: String, Sendable, CaseIterable {
        /// First start to last completion, per case.
        case cycleTime = "cycle_time"
        /// The sum of start − enablement, per case whose starts are all known.
        case waitingTime = "waiting_time"
        /// The union of the instances' intervals, per case whose starts are all known.
        case serviceTime = "service_time"
        /// Completed cases per day from the first start to the last completion.
        case throughput
        /// Money per case.
        case cost
        /// The share of cases in which an activity occurs more than once.
        case reworkRate = "rework_rate"
    }

    /// Which statistic of it.
    package enum Statistic: String, Sendable, CaseIterable {
        /// The arithmetic mean.
        case mean
        /// The type 7 quantile at 0.5.
        case median
        /// The type 7 quantile at 0.9.
        case p90
        /// The type 7 quantile at 0.95.
        case p95
        /// The share.
        case rate
        /// The sum over the cases.
        case sum
        /// How many cases there are to which the measure applies.
        case count
    }

    /// What is measured.
    package let measure: Measure
    /// Which statistic of it.
    package let statistic: Statistic

    /// A statistic of a measure, or `nil` where the measure has no such statistic.
    package init?(_ measure: Measure, _ statistic: Statistic) {
        guard Self.statistics(of: measure).contains(statistic) else { return nil }
        self.measure = measure
        self.statistic = statistic
    }

    private init(known measure: Measure, _ statistic: Statistic) {
        self.measure = measure
        self.statistic = statistic
    }

    /// Reads `measure.statistic`, or `measure` alone for its first statistic (the median of times).
    ///
    /// - Throws: ``KPINameError`` with the nearest name that exists.
    package init(parsing text: String) throws(KPINameError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let measure = Measure(rawValue: parts[0]) else {
            throw KPINameError(name: text, nearest: NearestName.among(Self.allTexts, to: text))
        }
        let statistics = Self.statistics(of: measure)
        if parts.count == 1 {
            self.init(known: measure, statistics[0])
            return
        }
        guard parts.count == 2, let statistic = statistics.first(where: { $0.rawValue == parts[1] }) else {
            let names = statistics.map { Self(known: measure, $0).text }
            throw KPINameError(name: text, nearest: NearestName.among(names, to: text) ?? names[0])
        }
        self.init(known: measure, statistic)
    }

    /// The statistics of a measure, the one meant where none is named first.
    package static func statistics(of measure: Measure) -> [Statistic] {
        switch measure {
        case .cycleTime, .waitingTime, .serviceTime: [.median, .mean, .p90, .p95, .sum, .count]
        case .cost: [.mean, .median, .p90, .p95, .sum, .count]
        case .throughput: [.mean, .count]
        case .reworkRate: [.rate, .count]
        }
    }

    /// Every name that exists.
    package static let all: [KPIName] = Measure.allCases.flatMap { measure in statistics(of: measure).map { KPIName(known: measure, $0) } }

    private static let allTexts = Measure.allCases.map(\.rawValue) + all.map(\.text)

    /// The names that every comparison lists, in this order.
    package static let compared: [KPIName] = [
        KPIName(known: .cycleTime, .mean), KPIName(known: .cycleTime, .median), KPIName(known: .cycleTime, .p90),
        KPIName(known: .waitingTime, .mean), KPIName(known: .serviceTime, .mean), KPIName(known: .throughput, .mean),
        KPIName(known: .cost, .mean), KPIName(known: .reworkRate, .rate),
    ]

    /// The full name: `cycle_time.p90`.
    package var text: String { measure.rawValue + "." + statistic.rawValue }

    package var description: String { text }

    /// Whether a smaller value is the better one.
    package var isLowerBetter: Bool { measure != .throughput }

    /// The unit: `s`, `cases/day`, `share`, `cases`, or for money the currency, `money` where none is named.
    package func unit(currency: String?) -> String {
        if statistic == .count { return "cases" }
        return switch measure {
        case .cycleTime, .waitingTime, .serviceTime: "s"
        case .throughput: "cases/day"
        case .cost: currency ?? "money"
        case .reworkRate: "share"
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(KPINameError) {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A text that names no figure.
package struct KPINameError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text.
    package let name: String
    /// The name that looks most like it, if any does.
    package let nearest: String?

    package var description: String {
        let hint =
            nearest.map { "did you mean \($0)?" }
            ?? "the measures are " + KPIName.Measure.allCases.map(\.rawValue).joined(separator: ", ")
        return "“\(name)” is no KPI — \(hint)"
    }
}
