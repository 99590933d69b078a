import EventLogs
import Instants
import Performance
import Statistics

/// How the figures of one activity differ between two logs.
package struct ComparedActivity: Codable, Sendable, Equatable {
    /// The activity.
    package var name: String
    /// Its instances before.
    package var instancesBefore: Int
    /// Its instances after.
    package var instancesAfter: Int
    /// Those known on some side of, in this order: `service.mean`, `service.median` (start to completion), `waiting.mean`,
    /// `waiting.median` (enablement to start), `sojourn.mean`, `sojourn.median` (previous completion in the case to own
    /// completion), `rework_rate.rate` (the share of the cases with the activity that have it more than once) and
    /// `frequency.mean` (instances per case, of all cases).
    package var kpis: [ComparedKPI]

    /// One log's instances by activity.
    private struct Side {
        let log: EventLog
        let times: InstanceTimes
        let occurrences: Occurrences

        init(_ log: EventLog) {
            self.log = log
            times = InstanceTimes(of: log)
            occurrences = Occurrences(of: log)
        }

        func range(_ name: String) -> Range<Int> {
            log.activities.find(name).map { occurrences.range(of: $0) } ?? 0..<0
        }

        func sample(_ range: Range<Int>, _ time: @escaping (Int) -> Int64) -> TimeSample {
            TimeSample(range.lazy.map { (time(Int(occurrences.instance[$0])), occurrences.position[$0]) })
        }
    }

    /// All activities of two logs, by instances on both sides together, then by the UTF-8 bytes of their names.
    static func all(before: EventLog, after: EventLog, replicates: Int, seed: UInt64, path: [UInt64]) -> [ComparedActivity] {
        let (first, second) = (Side(before), Side(after))
        var names = Vocabulary()
        for log in [before, after] {
            for id in log.activities.ids { log.activities.withBytes(of: id) { _ = names.intern($0) } }
        }
        let counts = names.strings.map { (before: first.range($0).count, after: second.range($0).count) }
        let order = names.ids.filter { counts[Int($0)] != (0, 0) }.sorted { left, right in
            let own = counts[Int(left)].before + counts[Int(left)].after
            let other = counts[Int(right)].before + counts[Int(right)].after
            return own != other ? own > other : names.precedes(left, right)
        }
        let lists = order.enumerated().map { index, id in
            comparisons(names[id], first, second, replicates, seed, path + [UInt64(index)])
        }
        return zip(order, ListedComparison.judged(lists)).map { id, kpis in
            ComparedActivity(
                name: names[id], instancesBefore: counts[Int(id)].before, instancesAfter: counts[Int(id)].after, kpis: kpis)
        }
    }

    private static func comparisons(
        _ name: String, _ first: Side, _ second: Side, _ replicates: Int, _ seed: UInt64, _ path: [UInt64]
    ) -> [ListedComparison] {
        let (before, after) = (first.range(name), second.range(name))
        func compare(_ id: String, _ kind: UInt64, _ time: (Side) -> (Int) -> Int64) -> [ListedComparison] {
            TimeSample.comparisons(
                id, first.sample(before, time(first)), second.sample(after, time(second)), replicates: replicates, seed: seed,
                path: path + [kind])
        }
        var list = compare("service", 0) { side in { side.times.service($0) } }
        list += compare("waiting", 1) { side in
            let waiting = side.times.waiting
            return { waiting.isEmpty ? Instant.missing : waiting[$0] }
        }
        list += compare("sojourn", 2) { side in { side.times.sojourn[$0] } }
        let runsBefore = runLengths(first.occurrences.position[before])
        let runsAfter = runLengths(second.occurrences.position[after])
        list.append(rework(runsBefore, runsAfter))
        let frequency = ClusteredMean.comparison(
            id: "frequency.mean", unit: "per case", ClusteredMean(occurrences: runsBefore, cases: first.log.caseCount),
            ClusteredMean(occurrences: runsAfter, cases: second.log.caseCount))
        list.append(ListedComparison(kpi: frequency, better: .neither, observations: min(first.log.caseCount, second.log.caseCount)))
        return list
    }

    private static func rework(_ before: [Int], _ after: [Int]) -> ListedComparison {
        let repeated = (before: before.count { $0 > 1 }, after: after.count { $0 > 1 })
        let cases = min(before.count, after.count)
        guard let change = Change.ofRate(before: (repeated.before, before.count), after: (repeated.after, after.count)) else {
            let kpi = ComparedKPI(
                id: "rework_rate.rate", unit: "share", before: before.isEmpty ? nil : Double(repeated.before) / Double(before.count),
                after: after.isEmpty ? nil : Double(repeated.after) / Double(after.count), nBefore: before.count, nAfter: after.count,
                method: Estimate.Method.newcombe.rawValue)
            return ListedComparison(kpi: kpi, better: .lower, observations: cases)
        }
        return ListedComparison(
            kpi: ComparedKPI(id: "rework_rate.rate", unit: "share", change, better: .lower), better: .lower, observations: cases)
    }
}
