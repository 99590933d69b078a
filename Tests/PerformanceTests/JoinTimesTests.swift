import EventLogs
import Instants
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct JoinTimesTests {
    /// B and C run beside each other between A and D; two goods receipts are pooled before a match.
    @Test func byHand() throws {
        let log = EventLog.tiny([
            (
                "1",
                [
                    TinyEvent("A", start: 0, end: 10), TinyEvent("B", start: 10, end: 30), TinyEvent("C", start: 12, end: 50),
                    TinyEvent("D", start: 60, end: 70),
                ]
            ),
            (
                "2",
                [
                    TinyEvent("A", start: 0, end: 10), TinyEvent("C", start: 10, end: 20), TinyEvent("B", start: 12, end: 35),
                    TinyEvent("B", start: 14, end: 40), TinyEvent("D", start: 60, end: 70),
                ]
            ),
        ])
        let times = JoinTimes(of: log, concurrency: ConcurrencyRelation(declared: [["B", "C"]], in: log))
        #expect(times.concurrent == [["B", "C"]] && times.concurrency == .declared)
        let joined = try #require(times.activities.first { $0.name == "D" })
        #expect(joined.sojourn == TimeStatistics(microseconds: [20, 30].map { $0 * Microseconds.second }))
        #expect(joined.synchronization == TimeStatistics(microseconds: [20, 20].map { $0 * Microseconds.second }))
        #expect(joined.pooling == TimeStatistics(microseconds: [5 * Microseconds.second]))
        let branch = try #require(times.activities.first { $0.name == "C" })
        #expect(branch.sojourn == TimeStatistics(microseconds: [40, 10].map { $0 * Microseconds.second }))
        #expect(branch.synchronization == nil && branch.pooling == nil)
    }

    /// Predecessors by following every chain of them.
    @Test(arguments: [HourLog.Shape.overlapping, .overlappingWithGaps, .eventsOnly], [31, 32] as [UInt64])
    func equalsASlowReference(shape: HourLog.Shape, seed: UInt64) {
        let log = HourLog(seed: seed, shape: shape, cases: 60, activities: 4).log
        let relation = ConcurrencyRelation(declared: [["A", "B"], ["A", "C", "D"]], in: log)
        let instances = log.instances
        var synchronization: [String: [Int64]] = [:]
        var sojourn: [String: [Int64]] = [:]
        for range in log.instanceRanges {
            var behind: [Int: Set<Int>] = [:]
            for one in range {
                let begin = instances.startTime(one) == Instant.missing ? instances.completion[one] : instances.start[one]
                let before = range.filter { other in
                    other < one && instances.completion[other] <= begin
                        && !relation.callsConcurrent(instances.activity[other], instances.activity[one])
                }
                let direct = before.filter { own in !before.contains { $0 != own && behind[$0]?.contains(own) == true } }
                behind[one] = Set(before).union(before.flatMap { behind[$0] ?? [] })
                let ends = direct.map { instances.completion[$0] }
                guard let first = ends.min(), let last = ends.max() else { continue }
                let name = log.activities[instances.activity[one]]
                sojourn[name, default: []].append(instances.completion[one] - last)
                if direct.count > 1 { synchronization[name, default: []].append(last - first) }
            }
        }
        let times = JoinTimes(of: log, concurrency: relation)
        #expect(times.activities.map(\.name) == sojourn.keys.sorted())
        for activity in times.activities {
            #expect(activity.sojourn == TimeStatistics(microseconds: sojourn[activity.name] ?? []))
            #expect(activity.synchronization == TimeStatistics(microseconds: synchronization[activity.name] ?? []))
        }
    }

    /// A log without concurrency has the sojourn that performance tells, and nothing to synchronize.
    @Test func sequentialLogs() {
        let log = HourLog(seed: 5, shape: .sequential).log
        let times = JoinTimes(of: log, concurrency: ConcurrencyRelation(declared: [], in: log))
        let known = PerformanceResult(of: log).activities.filter { $0.sojourn != nil }
        #expect(times.activities.map(\.name) == known.map(\.name).sorted())
        for activity in times.activities {
            #expect(activity.synchronization == nil && activity.sojourn == known.first { $0.name == activity.name }?.sojourn)
        }
    }

    /// Both orders make a pair, a loop does not, nor a way that prevails.
    @Test func whatSuccessionsTell() {
        func pairs(_ traces: [String]) -> [String] {
            let log = EventLog.tiny(
                traces.enumerated().map { number, trace in
                    ("\(number)", trace.enumerated().map { TinyEvent(String($0.element), end: Double($0.offset)) })
                })
            return ConcurrencyRelation(toldBy: log).pairs.map { log.activities[$0.first] + log.activities[$0.second] }
        }
        #expect(pairs(["abcd", "acbd"]) == ["bc"])
        #expect(pairs(["abcbd", "abcd"]).isEmpty)
        #expect(pairs([String](repeating: "abcd", count: 40) + ["acbd"]).isEmpty)
        #expect(pairs([String](repeating: "abcd", count: 10) + ["acbd"]) == ["bc"])
    }
}
