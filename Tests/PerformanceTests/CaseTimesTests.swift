import EventLogs
import Instants
import Performance
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct CaseTimesTests {
    /// Every time of the definitions against a reference that counts hours.
    @Test(arguments: HourLog.Shape.allCases, [1, 2, 3, 4] as [UInt64])
    func timesEqualASlowReference(shape: HourLog.Shape, seed: UInt64) {
        let hours = HourLog(seed: seed, shape: shape)
        let log = hours.log
        let times = CaseTimes.of(log)
        for position in 0..<log.caseCount {
            let entries = hours.ordered(position)
            let first = entries.map { $0.start ?? $0.end }.min() ?? 0
            let last = entries.map(\.end).max() ?? 0
            #expect(times.firstStart[position] == HourLog.instant(first))
            #expect(times.lastCompletion[position] == HourLog.instant(last))
            #expect(times.cycle[position] == Int64(last - first) * Microseconds.hour)
            #expect(times.hasRework[position] == (Set(entries.map(\.activity)).count < entries.count))
            let starts = entries.compactMap(\.start)
            guard starts.count == entries.count else {
                #expect(times.service[position] == Instant.missing && times.waiting[position] == Instant.missing)
                #expect(times.idle[position] == Instant.missing && times.processing[position] == Instant.missing)
                continue
            }
            let covered = (first..<last).count { hour in entries.contains { ($0.start ?? 0) <= hour && hour < $0.end } }
            #expect(times.service[position] == Int64(covered) * Microseconds.hour)
            #expect(times.idle[position] == Int64(last - first - covered) * Microseconds.hour)
            #expect(times.processing[position] == Int64(zip(entries, starts).reduce(0) { $0 + $1.0.end - $1.1 }) * Microseconds.hour)
            let waits = starts.indices.map { starts[$0] - enablement(of: $0, in: entries, first: first) }
            #expect(times.waiting[position] == Int64(waits.reduce(0, +)) * Microseconds.hour)
        }
    }

    private func enablement(of place: Int, in entries: [HourLog.Entry], first: Int) -> Int {
        let start = entries[place].start ?? 0
        let before = entries.indices.filter { $0 != place && entries[$0].end <= start }.map { entries[$0].end }
        return before.max() ?? first
    }

    @Test(arguments: HourLog.Shape.allCases, [5, 6] as [UInt64])
    func instanceTimesEqualASlowReference(shape: HourLog.Shape, seed: UInt64) {
        let hours = HourLog(seed: seed, shape: shape)
        let log = hours.log
        let times = InstanceTimes(of: log)
        for position in 0..<log.caseCount {
            let entries = hours.ordered(position)
            let first = entries.map { $0.start ?? $0.end }.min() ?? 0
            for (place, instance) in log.instanceRanges[position].enumerated() {
                #expect(log.activities[log.instances.activity[instance]] == entries[place].activity)
                let sojourn = place == 0 ? Instant.missing : Int64(entries[place].end - entries[place - 1].end) * Microseconds.hour
                #expect(times.sojourn[instance] == sojourn)
                guard let start = entries[place].start else {
                    #expect(times.service(instance) == Instant.missing)
                    #expect(times.waiting.isEmpty || times.waiting[instance] == Instant.missing)
                    continue
                }
                #expect(times.service(instance) == Int64(entries[place].end - start) * Microseconds.hour)
                let wait = start - enablement(of: place, in: entries, first: first)
                #expect(times.waiting[instance] == Int64(wait) * Microseconds.hour)
            }
        }
    }

    /// A view of some cases has the times of these cases.
    @Test func viewsHaveTheTimesOfTheirCases() {
        let log = HourLog(seed: 8, shape: .overlappingWithGaps).log
        let positions = Array(stride(from: 39, through: 0, by: -3))
        let whole = CaseTimes.of(log, endActivities: ["A"])
        let view = CaseTimes.of(log.selecting(cases: positions), endActivities: ["A"])
        #expect(view.cycle == positions.map { whole.cycle[$0] })
        #expect(view.service == positions.map { whole.service[$0] })
        #expect(view.waiting == positions.map { whole.waiting[$0] })
        #expect(view.isCensored == positions.map { whole.isCensored[$0] })
        #expect(view.hasRework == positions.map { whole.hasRework[$0] })
    }

    @Test func anOpenInstanceStartsTheCaseAndCensorsIt() {
        let log = EventLog.tiny([
            (
                "1",
                [
                    TinyEvent("Prepare", end: 5, transition: "start"), TinyEvent("Work", end: 10, transition: "start"),
                    TinyEvent("Work", end: 30, transition: "complete"),
                ]
            ),
            ("2", [TinyEvent("Work", end: 0, transition: "start"), TinyEvent("Work", end: 30, transition: "complete")]),
            ("3", [TinyEvent("Work", end: 0, transition: "start")]),
        ])
        let times = CaseTimes.of(log)
        #expect(times.ends.names == ["Work"])
        #expect(times.isCensored == [true, false, true])
        #expect(times.cycle == [25_000_000, 30_000_000, Instant.missing])
        #expect(times.service == [20_000_000, 30_000_000, Instant.missing])
        #expect(times.waiting == [5_000_000, 0, Instant.missing])
        #expect(times.idle == [5_000_000, 0, Instant.missing])
        #expect(times.firstStart[2] == EventLog.tinyEpoch && times.lastCompletion[2] == Instant.missing)
    }

    @Test func aCaseWithoutTimesHasNone() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: nil), TinyEvent("B", end: nil)])])
        let times = CaseTimes.of(log)
        #expect(times.cycle == [Instant.missing] && times.firstStart == [Instant.missing])
        let result = PerformanceResult(of: log)
        #expect(result.cases == 1 && result.cycleTime == nil && result.bottlenecks.isEmpty)
        #expect(result.edges.count == 1 && result.edges[0].totalS == nil)
    }
}
