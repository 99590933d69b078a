import EventLogs
import Instants
import Performance
import ProcessModels
import Statistics
import TestSupport
import Testing
import WorkingTime

/// Times counted in working hours, against a reference that counts hours one by one.
@Suite struct WorkingTimesTests {
    private static func calendar() throws -> SiteCalendar {
        SiteCalendar(
            name: "site", zone: .fixed(seconds: 2 * 3_600),
            weeks: [SiteCalendar.Week(hours: try WeeklyHours(text: "Mon-Fri 08:00-12:00,13:00-17:00; Sat 09:00-11:00"))])
    }

    /// The hours of a log that are worked: what a working duration counts.
    private static func worked(_ clock: WorkingClock, _ from: Int, _ to: Int) -> Int64 {
        let hours = (min(from, to)..<max(from, to)).count { clock.isOpen(at: HourLog.instant($0)) }
        return Int64(from <= to ? hours : -hours) * Microseconds.hour
    }

    @Test(arguments: HourLog.Shape.allCases, [1, 2, 3, 4] as [UInt64])
    func timesEqualASlowReference(shape: HourLog.Shape, seed: UInt64) throws {
        let hours = HourLog(seed: seed, shape: shape)
        let log = hours.log.measured(by: try Self.calendar())
        guard case .working(let clock) = log.clock else {
            Issue.record("the log has no working clock")
            return
        }
        let times = CaseTimes.of(log)
        let instanceTimes = InstanceTimes(of: log)
        var sum: Int64 = 0
        for position in 0..<log.caseCount {
            let entries = hours.ordered(position)
            let first = entries.map { $0.start ?? $0.end }.min() ?? 0
            let last = entries.map(\.end).max() ?? 0
            #expect(times.cycle[position] == Self.worked(clock, first, last))
            for (place, instance) in log.instanceRanges[position].enumerated() {
                let entry = entries[place]
                if place > 0 { #expect(instanceTimes.sojourn[instance] == Self.worked(clock, entries[place - 1].end, entry.end)) }
                guard let start = entry.start else { continue }
                #expect(instanceTimes.service(instance) == Self.worked(clock, start, entry.end))
                // What enables an instance is told by elapsed time.
                let before = entries.indices.filter { $0 != place && entries[$0].end <= start }.map { entries[$0].end }
                #expect(instanceTimes.waiting[instance] == Self.worked(clock, before.max() ?? first, start))
            }
            if entries.contains(where: { $0.start == nil }) { continue }
            let covered = (first..<last).filter { hour in entries.contains { ($0.start ?? 0) <= hour && hour < $0.end } }
            let open = covered.count { clock.isOpen(at: HourLog.instant($0)) }
            #expect(times.service[position] == Int64(open) * Microseconds.hour)
            #expect(times.idle[position] == times.cycle[position] - times.service[position])
            sum += times.cycle[position]
        }
        // Steps of the graph are counted by the same clock.
        let index = DirectlyFollowsIndex(of: log)
        let elapsed = DirectlyFollowsIndex(of: hours.log)
        for step in index.time.indices where elapsed.time[step] != Instant.missing {
            #expect(abs(index.time[step]) <= abs(elapsed.time[step]))
        }
        // Views keep the clock, and so do logs whose events were narrowed.
        let view = log.selecting(cases: [3, 1])
        #expect(CaseTimes.of(view).cycle == [times.cycle[3], times.cycle[1]])
        let narrowed = log.selecting(events: { _ in true })
        #expect(CaseTimes.of(narrowed).cycle == times.cycle)
        #expect(CaseTimes.of(log.measured(by: .elapsed)).cycle == CaseTimes.of(hours.log).cycle)
    }

    @Test("A time beyond the calendar's days makes durations unknown, not wrong")
    func beyondTheCalendar() throws {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", end: 0), TinyEvent("B", end: 86_400 * 7)]),
            ("2", [TinyEvent("A", end: 0), TinyEvent("B", end: 86_400 * 365 * 500)]),
        ]).measured(by: try Self.calendar())
        let times = CaseTimes.of(log)
        #expect(times.cycle == [42 * Microseconds.hour, Instant.missing])
        #expect(PerformanceResult(of: log).cycleTime?.n == 1)
    }
}
