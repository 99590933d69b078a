import EventLogs
import Instants
import Performance
import Statistics
import TestSupport
import Testing

@Suite struct TimesOverTimeTests {
    /// Every period's median and outer quantiles are those of what began in it, counted one by one; nobody is lost.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func periodsHoldWhatBeganInThem(seed: UInt64) throws {
        let log = EventLog.random(seed: seed, cases: 300)
        let times = TimesOverTime(of: log)
        let cycles = log.cycleTimes
        let starts = CaseTimes.of(log, endActivities: nil).firstStart
        let known = starts.indices.filter { starts[$0] != Instant.missing && cycles[$0] != Instant.missing }
        #expect(times.periods.reduce(0) { $0 + $1.n } == known.count)
        let length = Int64(times.periodS * 1e6)
        let first = try #require(known.map { starts[$0] }.min())
        let bins = TimeBins(from: first, to: first, length: length, offset: log.columns.prevailingOffset)
        for (number, period) in times.periods.enumerated() {
            let own = known.filter { position in
                bins.bin(of: starts[position]) == number
            }.map { Double(cycles[$0]) / 1e6 }.sorted()
            #expect(period.n == own.count && period.medianS == Quantiles.quantile(0.5, ofSorted: own), "\(number)")
            #expect((period.p90S == nil) == (own.count < TimesOverTime.fewest))
            if let high = period.p90S, let low = period.p10S { #expect(low <= period.medianS! && period.medianS! <= high) }
        }
    }

    /// A step's time runs to the start of the second activity; periods whose long steps cannot be over are partial.
    @Test func stepsAreCountedByTheirBeginning() throws {
        let log = EventLog.tiny([
            ("a", [TinyEvent("A", start: 0, end: 10), TinyEvent("B", start: 40, end: 50)]),
            ("b", [TinyEvent("A", start: 5, end: 20), TinyEvent("B", start: 60, end: 70), TinyEvent("A", end: 90)]),
        ])
        let step = TimesOverTime(of: log, step: ("A", "B"))
        #expect(step.periods.map(\.n) == [2])
        let all = log.stepList
        let expected = all.map { $0.end - $0.begin }
        #expect(all.map(\.duration) == expected && all.count == 3)
        #expect(TimesOverTime(of: log, step: ("B", "X")).periods.isEmpty)
        let partial = step.periods.map(\.isPartial)
        #expect(partial == [true])
    }
}

extension EventLog {
    /// The steps as a list, with the instants between which they run.
    fileprivate var stepList: [(begin: Int64, end: Int64, duration: Int64)] {
        var result: [(begin: Int64, end: Int64, duration: Int64)] = []
        forEachStep { _, before, instance, completion, duration in
            let start = instances.startTime(instance)
            result.append((completion, start == Instant.missing ? instances.completion[instance] : start, duration))
            if instances.completion[before] != completion { Issue.record("a step begins as the one before is completed") }
        }
        return result
    }
}
