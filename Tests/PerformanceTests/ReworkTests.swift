import EventLogs
import Instants
import Performance
import Statistics
import TestSupport
import Testing

@Suite struct ReworkTests {
    @Test(arguments: HourLog.Shape.allCases, [31, 32, 33] as [UInt64])
    func reworkEqualsASlowReference(shape: HourLog.Shape, seed: UInt64) throws {
        let hours = HourLog(seed: seed, shape: shape, cases: 45, activities: 6)
        let log = hours.log
        let rework = Rework(of: log)
        let cycles = hours.cases.map { entry -> Int64 in
            let first = entry.entries.map { $0.start ?? $0.end }.min() ?? 0
            return Int64((entry.entries.map(\.end).max() ?? 0) - first) * Microseconds.hour
        }
        let counts = hours.cases.map { entry in Dictionary(grouping: entry.entries, by: \.activity).mapValues(\.count) }
        #expect(rework.cases == counts.count { $0.values.contains { $0 > 1 } })
        #expect(rework.extraInstances == counts.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1 - 1 } })
        let repeated = Set(counts.flatMap { $0.filter { $0.value > 1 }.keys })
        #expect(Set(rework.activities.map(\.name)) == repeated)
        for activity in rework.activities {
            let with = counts.indices.filter { counts[$0][activity.name, default: 0] > 1 }
            let without = counts.indices.filter { counts[$0][activity.name, default: 0] <= 1 }
            #expect(activity.cases == with.count && activity.nWith == with.count && activity.nWithout == without.count)
            #expect(activity.extraInstances == with.reduce(0) { $0 + (counts[$1][activity.name] ?? 0) - 1 })
            let medianWith = Quantiles.median(of: with.map { Double(cycles[$0]) / 1e6 })
            let medianWithout = Quantiles.median(of: without.map { Double(cycles[$0]) / 1e6 })
            #expect(activity.medianWithS == medianWith && activity.medianWithoutS == medianWithout)
            if let medianWith, let medianWithout { #expect(activity.medianExtraS == medianWith - medianWithout) }
            let slowest = with.sorted { (-cycles[$0], hours.cases[$0].name) < (-cycles[$1], hours.cases[$1].name) }
            #expect(activity.slowest == slowest.prefix(10).map { hours.cases[$0].name })
            let selected = try log.filtered(cases: LogFilter(parsing: activity.filter))
            #expect(selected.caseCount == with.count)
        }
        #expect(
            zip(rework.activities, rework.activities.dropFirst()).allSatisfy { ($0.cases, $1.name) > ($1.cases, $0.name) })
    }

    @Test func whereEveryCaseRepeatsThereIsNothingToCompareWith() throws {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: 0), TinyEvent("A", end: 5)])])
        let activity = try #require(Rework(of: log).activities.first)
        #expect(activity.medianWithS == 5 && activity.medianWithoutS == nil && activity.medianExtraS == nil)
        #expect(activity.nWith == 1 && activity.nWithout == 0)
    }
}
