import EventLogs
import Instants
package import Statistics

/// One way in which cases depart from a model, with the time that goes with it.
///
/// The time it costs is what the cases that have it took longer on the mean than those that have it not, times how many there are. That is
/// what goes with the deviation, not what it causes: such cases may differ in other ways too. ``around`` tells the time at the
/// deviating place itself: before an inserted instance since the completion before it, and between the instances on both sides of a
/// skipped one.
package struct Deviation: Codable, Sendable, Equatable {
    /// Inserted (in the log, not allowed there by the model) or skipped (asked for by the model, not in the log there).
    package var kind: Alignment.Kind
    /// The activity.
    package var activity: String
    /// How often it happens.
    package var instances: Int
    /// In how many cases.
    package var cases: Int
    /// Their share of all cases, 0…1.
    package var shareOfCases: Double
    /// In how many variants.
    package var variants: Int
    /// The cycle times of the cases that have it; nil where none is known.
    package var cycleTimeWith: TimeStatistics?
    /// The cycle times of the cases that have it not; nil where none is known.
    package var cycleTimeWithout: TimeStatistics?
    /// How much longer the former take on the mean, in seconds; nil where either side is unknown.
    package var excessS: Double?
    /// Its 95 % interval (Welch); nil where a side has fewer than two cases.
    package var excessCi95: Interval?
    /// The time it costs in seconds: the excess times the cases with a known cycle time that have it.
    package var costS: Double?
    /// The time at the deviating place itself; nil where none is known.
    package var around: TimeStatistics?
    /// Up to five cases that have it, the first in the order of the log.
    package var examples: [String]
    /// Its place by cost, from 1.
    package var rank: Int
}

extension Deviation {
    /// The deviations of a log: by the time they cost, unknown last; then by instances, activity and kind.
    static func all(of alignments: Alignments, in log: EventLog) -> [Deviation] {
        var tallies: [DeviationTally] = []
        var numbers: [DeviationTally.Key: Int] = [:]
        // Per variant: which deviation stands where.
        let places = alignments.alignments.enumerated().map { index, alignment in
            var instance = 0
            var own: [(deviation: Int, instance: Int)] = []
            for move in alignment.moves {
                if move.kind == .inserted || move.kind == .skipped {
                    let key = DeviationTally.Key(isInserted: move.kind == .inserted, activity: move.activity)
                    let number = numbers[key] ?? tallies.count
                    if number == tallies.count {
                        numbers[key] = number
                        tallies.append(DeviationTally(key))
                    }
                    own.append((number, instance))
                }
                if move.takesInstance { instance += 1 }
            }
            for number in Set(own.map(\.deviation)) { tallies[number].variants += 1 }
            return own
        }
        let cycleTimes = log.cycleTimes
        for position in 0..<log.caseCount {
            let own = places[Int(alignments.variants.rank[position]) - 1]
            for (number, instance) in own { tallies[number].add(position, instance, of: log, cycleTimes[position]) }
        }
        let known = cycleTimes.filter { $0 != Instant.missing }
        var all = tallies.map { $0.deviation(alignments.net.activities, log, all: known, cycleTimes) }
        all.sort { left, right in
            if left.costS != right.costS { return left.costS ?? -.infinity > right.costS ?? -.infinity }
            if left.instances != right.instances { return left.instances > right.instances }
            if left.activity != right.activity { return left.activity.utf8.lexicographicallyPrecedes(right.activity.utf8) }
            return left.kind == .inserted && right.kind == .skipped
        }
        for index in all.indices { all[index].rank = index + 1 }
        return all
    }
}

/// What is gathered about one deviation.
private struct DeviationTally {
    struct Key: Hashable {
        var isInserted: Bool
        var activity: UInt32
    }

    let key: Key
    var instances = 0
    var variants = 0
    private var around: [Int64] = []
    /// The positions of the cases that have it, ascending.
    private var positions: [Int] = []

    init(_ key: Key) { self.key = key }

    /// Counts one deviation of a case, before or at one of its instances.
    mutating func add(_ position: Int, _ instance: Int, of log: EventLog, _ cycleTime: Int64) {
        instances += 1
        if positions.last != position { positions.append(position) }
        let range = log.instanceRanges[position]
        let next = range.lowerBound + instance
        guard instance > 0, next < range.upperBound else { return }
        let duration = log.clock.duration(from: log.instances.completion[next - 1], to: log.instances.completion[next])
        if duration != Instant.missing { around.append(duration) }
    }

    func deviation(_ names: [String], _ log: EventLog, all: [Int64], _ cycleTimes: [Int64]) -> Deviation {
        let with = positions.map { cycleTimes[$0] }.filter { $0 != Instant.missing }
        var rest: [Int64] = []
        rest.reserveCapacity(all.count - with.count)
        var place = 0
        for (position, time) in cycleTimes.enumerated() {
            if place < positions.count && positions[place] == position {
                place += 1
            } else if time != Instant.missing {
                rest.append(time)
            }
        }
        let (own, other) = (TimeStatistics(microseconds: with), TimeStatistics(microseconds: rest))
        var deviation = Deviation(
            kind: key.isInserted ? .inserted : .skipped, activity: names[Int(key.activity)], instances: instances, cases: positions.count,
            shareOfCases: Double(positions.count) / Double(log.caseCount), variants: variants, cycleTimeWith: own, cycleTimeWithout: other,
            around: TimeStatistics(microseconds: around), examples: positions.prefix(5).map { log.caseName($0) }, rank: 0)
        if let own, let other {
            let excess = own.meanS - other.meanS
            deviation.excessS = excess
            deviation.costS = excess * Double(own.n)
            deviation.excessCi95 = Self.interval(excess, own, other)
        }
        return deviation
    }

    /// Welch's interval of the difference of two means.
    private static func interval(_ excess: Double, _ own: TimeStatistics, _ other: TimeStatistics) -> Interval? {
        guard let first = own.stdS, let second = other.stdS else { return nil }
        let (one, two) = (first * first / Double(own.n), second * second / Double(other.n))
        if one + two == 0 { return Interval(low: excess, high: excess) }
        let freedom = (one + two) * (one + two) / (one * one / Double(own.n - 1) + two * two / Double(other.n - 1))
        let half = StudentT(degreesOfFreedom: freedom).quantile(0.975) * (one + two).squareRoot()
        return Interval(low: excess - half, high: excess + half)
    }
}
