import EventLogs
import Indicators
import Instants
import TestSupport
import Testing

@Suite struct ActivityCostsTests {
    /// Whatever the log, costs by activity and costs by case sum to the same.
    @Test(arguments: 1...5 as ClosedRange<UInt64>) func costsSumToThoseOfTheCases(seed: UInt64) throws {
        let log = EventLog.random(seed: seed, cases: 80)
        let rates = Rates(roles: [:], activities: ["A": 2, "B": 0.5, "C": 7])
        let byActivity = try #require(ActivityCosts.of(log, rates: rates))
        let byCase = try #require(CaseCosts.of(log, rates: rates))
        let (one, other) = (byActivity.values.sorted().reduce(0, +), byCase.reduce(0, +))
        #expect(abs(one - other) < 1e-9 * other)
        let count = log.instances.activity.count { log.activities[$0] == "C" }
        #expect(byActivity["C"] == 7 * Double(count))
        #expect(ActivityCosts.of(log, rates: nil) == nil)
    }

    @Test func workIsPaidByTheHourAndUnknownWorkMakesUnknownCosts() throws {
        var builder = EventLogBuilder()
        let number = builder.caseNumber("1")
        for (place, (activity, hours)) in [("A", 2.0), ("A", 1.0), ("B", nil)].enumerated() {
            let end = EventLog.tinyEpoch + Int64(place + 5) * Microseconds.hour
            let event = builder.append(case: number, activity: builder.activityNumber(activity), time: end, row: place + 1)
            if let hours { builder.setStart(event, end - Int64(hours * 3.6e9)) }
            builder.set(.role, event, "Clerk")
        }
        let costs = ActivityCosts.of(builder.finish(), rates: Rates(roles: ["Clerk": 30], activities: ["A": 1]))
        #expect(costs == ["A": 92])
    }

    @Test func withoutRatesTheCostColumnTells() {
        var builder = EventLogBuilder()
        let cost = builder.attribute(named: "cost", type: .float, level: .event)
        builder.costAttribute = cost
        for (activity, value) in [("A", 2.5), ("A", nil), ("A", 4.0), ("B", nil)] as [(String, Double?)] {
            let event = builder.append(case: builder.caseNumber("1"), activity: builder.activityNumber(activity), time: 0, row: 1)
            if let value { builder.set(.event, attribute: cost, of: event, number: value) }
        }
        #expect(ActivityCosts.of(builder.finish(), rates: nil) == ["A": 6.5])
    }
}
