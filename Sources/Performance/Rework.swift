package import EventLogs
import Instants
import Statistics

/// Which activities are repeated within a case, and how much longer such cases take.
package struct Rework: Codable, Sendable, Equatable {
    /// The repetition of one activity.
    package struct Activity: Codable, Sendable, Equatable {
        /// The activity.
        package var name: String
        /// Cases that hold it more than once.
        package var cases: Int
        /// Its instances beyond the first in their case.
        package var extraInstances: Int
        /// Cases among those whose cycle time is known: the n of ``medianWithS``.
        package var nWith: Int
        /// All other cases whose cycle time is known: the n of ``medianWithoutS``.
        package var nWithout: Int
        /// The median cycle time in seconds of cases that repeat it; nil where none is known.
        package var medianWithS: Double?
        /// The median cycle time in seconds of all other cases; nil where none is known.
        package var medianWithoutS: Double?
        /// ``medianWithS`` − ``medianWithoutS``; nil where either is.
        package var medianExtraS: Double?
        /// The names of the ten cases with the longest cycle time among those that repeat it, the longest first.
        package var slowest: [String]
        /// The filter that selects the cases that repeat it.
        package var filter: String
    }

    /// Cases that repeat any activity.
    package var cases: Int
    /// Their share of all cases, 0…1; nil where there are no cases.
    package var share: Double?
    /// Instances beyond the first of their activity in their case.
    package var extraInstances: Int
    /// The repeated activities by descending cases, then by the UTF-8 bytes of their names.
    package var activities: [Activity]
}

extension Rework {
    /// The rework of a log.
    package init(of log: EventLog) {
        var tally = ReworkTally()
        tally.add(log)
        self = tally.result()
    }
}

/// The rework in parts of a log, added up.
package struct ReworkTally: Sendable {
    private var names = Vocabulary()
    private var cases = 0
    private var reworkCases = 0
    private var everyone = DurationList()
    private var repeated: [Repeated] = []

    /// The repetition of one activity.
    private struct Repeated {
        var cases = 0
        var extra = 0
        var cycles = DurationList()
        var slowest = SlowestCases()
    }

    /// Nothing added.
    package init() {}

    /// Adds the cases of a part.
    package mutating func add(_ log: EventLog) {
        let times = CaseTimes.of(log, endActivities: [])
        let occurrences = Occurrences(of: log)
        let map = names.numbers(of: log.activities)
        while repeated.count < names.count { repeated.append(Repeated()) }
        cases += log.caseCount
        reworkCases += times.hasRework.count { $0 }
        everyone.append(known: times.cycle)
        var repeating: [UInt32] = []
        for id in log.activities.ids {
            let number = Int(map[Int(id)])
            repeating.removeAll(keepingCapacity: true)
            var last = UInt32.max
            for place in occurrences.range(of: id) {
                let position = occurrences.position[place]
                if position == last {
                    repeated[number].extra += 1
                    if repeating.last != position { repeating.append(position) }
                }
                last = position
            }
            repeated[number].cases += repeating.count
            repeated[number].cycles.append(known: repeating.map { times.cycle[Int($0)] })
            for position in repeating where times.cycle[Int(position)] != Instant.missing {
                repeated[number].slowest.add(Int128(times.cycle[Int(position)]), log.caseName(Int(position)))
            }
        }
    }

    /// The rework of all parts.
    package func result() -> Rework {
        let everyone = SortedTimes(everyone.values())
        var found: [Rework.Activity] = []
        for id in names.ids {
            let own = repeated[Int(id)]
            if own.extra == 0 { continue }
            let with = own.cycles.values().sorted()
            let medianWith = Quantiles.quantile(0.5, ofSorted: with).map { $0 / 1e6 }
            let medianWithout = everyone.median(without: with).map { $0 / 1e6 }
            var difference: Double?
            if let medianWith, let medianWithout { difference = medianWith - medianWithout }
            let name = names[id]
            found.append(
                Rework.Activity(
                    name: name, cases: own.cases, extraInstances: own.extra, nWith: with.count,
                    nWithout: everyone.values.count - with.count, medianWithS: medianWith, medianWithoutS: medianWithout,
                    medianExtraS: difference, slowest: own.slowest.names, filter: LogFilter.follows(name, name).text))
        }
        let sorted = found.sorted { left, right in
            left.cases != right.cases ? left.cases > right.cases : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        let extra = found.reduce(0) { $0 + $1.extraInstances }
        let share = cases == 0 ? nil : Double(reworkCases) / Double(cases)
        return Rework(cases: reworkCases, share: share, extraInstances: extra, activities: sorted)
    }
}

/// Known times in ascending order.
private struct SortedTimes {
    let values: [Int64]

    init(_ times: [Int64]) {
        values = times.filter { $0 != Instant.missing }.sorted()
    }

    /// The median, in microseconds, of the values that remain when `removed` (ascending, a part of them) is taken away.
    func median(without removed: [Int64]) -> Double? {
        let count = values.count - removed.count
        if count == 0 { return nil }
        let (lower, fraction) = Quantiles.position(0.5, count: count)
        let first = Double(value(lower, without: removed))
        if fraction == 0 { return first }
        let second = Double(value(lower + 1, without: removed))
        return first + fraction * (second - first)
    }

    /// The value at a place of what remains, by walking both lists.
    private func value(_ place: Int, without removed: [Int64]) -> Int64 {
        var skipped = 0
        var left = place
        for value in values {
            if skipped < removed.count && removed[skipped] == value {
                skipped += 1
                continue
            }
            if left == 0 { return value }
            left -= 1
        }
        preconditionFailure("what is taken away is a part of the values")
    }
}
