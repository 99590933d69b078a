import EventLogs
import Performance
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct EndActivitiesTests {
    private func log(_ sequences: [(String, Int)]) -> EventLog {
        var cases: [(name: String, events: [TinyEvent])] = []
        for (sequence, count) in sequences {
            for _ in 0..<count {
                let events = sequence.enumerated().map { TinyEvent(String($0.element), end: Double($0.offset)) }
                cases.append(("case \(cases.count)", events))
            }
        }
        return EventLog.tiny(cases)
    }

    /// Both limits are reached exactly, and missed by one case.
    @Test func theLimitsAreInclusive() {
        // E closes 1 of 100 cases; F is last in 80 of the 100 that hold it in the second log.
        #expect(EndActivities(of: log([("AZ", 99), ("AE", 1)]), declared: nil).names == ["Z", "E"])
        #expect(EndActivities(of: log([("AZ", 100), ("AE", 1)]), declared: nil).names == ["Z"])
        #expect(EndActivities(of: log([("AF", 80), ("FG", 20)]), declared: nil).names == ["F", "G"])
        #expect(EndActivities(of: log([("AF", 79), ("FG", 21)]), declared: nil).names == ["G"])
    }

    @Test func declaredOnesAreTakenAsTheyAre() {
        let log = log([("AZ", 3), ("AB", 1)])
        let ends = EndActivities(of: log, declared: ["B", "nowhere"])
        #expect(ends.names == ["B", "nowhere"] && ends.rule == .declared)
        #expect(CaseTimes.of(log, endActivities: ["B", "nowhere"]).isCensored == [true, true, true, false])
        #expect(EndActivities(of: log, declared: nil).rule == .detected)
    }

    @Test func whereNothingEndsCasesAllAreCensored() {
        let result = PerformanceResult(of: log([("AB", 1), ("BA", 1)]))
        #expect(result.endActivities.isEmpty && result.censored == 2)
    }

    @Test func censoredCasesCanBeLeftOut() {
        let log = log([("AZ", 8), ("AA", 2)])
        let all = PerformanceResult(of: log)
        #expect(all.cases == 10 && all.censored == 2 && all.cycleTime?.n == 10 && all.reworkCases == 2)
        let finished = PerformanceResult(of: log, options: PerformanceOptions(censored: .exclude))
        #expect(finished.cases == 10 && finished.censored == 2 && finished.cycleTime?.n == 8 && finished.reworkCases == 0)
        #expect(finished.endActivities == ["Z"] && finished.edges.count == 1 && finished.edges[0].count == 8)
    }
}
