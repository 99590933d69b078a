import EventLogs
import Instants
import Performance
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct PerformanceResultTests {
    /// Times per activity gathered one by one.
    @Test(arguments: HourLog.Shape.allCases, [21, 22] as [UInt64])
    func activitiesEqualASlowReference(shape: HourLog.Shape, seed: UInt64) {
        let hours = HourLog(seed: seed, shape: shape)
        let log = hours.log
        let result = PerformanceResult(of: log)
        var service: [String: [Int64]] = [:]
        var waiting: [String: [Int64]] = [:]
        var sojourn: [String: [Int64]] = [:]
        var instances: [String: Int] = [:]
        var cases: [String: Int] = [:]
        for position in hours.cases.indices {
            let entries = hours.ordered(position)
            let first = entries.map { $0.start ?? $0.end }.min() ?? 0
            for name in Set(entries.map(\.activity)) { cases[name, default: 0] += 1 }
            for (place, entry) in entries.enumerated() {
                instances[entry.activity, default: 0] += 1
                if place > 0 { sojourn[entry.activity, default: []].append(Int64(entry.end - entries[place - 1].end) * Microseconds.hour) }
                guard let start = entry.start else { continue }
                service[entry.activity, default: []].append(Int64(entry.end - start) * Microseconds.hour)
                let before = entries.indices.filter { $0 != place && entries[$0].end <= start }.map { entries[$0].end }.max() ?? first
                waiting[entry.activity, default: []].append(Int64(start - before) * Microseconds.hour)
            }
        }
        #expect(result.activities.count == instances.count)
        for activity in result.activities {
            #expect(activity.instances == instances[activity.name] && activity.cases == cases[activity.name])
            #expect(activity.reworkInstances == activity.instances - activity.cases)
            #expect(activity.service == TimeStatistics(microseconds: service[activity.name] ?? []))
            #expect(activity.waiting == TimeStatistics(microseconds: waiting[activity.name] ?? []))
            #expect(activity.sojourn == TimeStatistics(microseconds: sojourn[activity.name] ?? []))
        }
        #expect(
            zip(result.activities, result.activities.dropFirst()).allSatisfy { ($0.instances, $1.name) > ($1.instances, $0.name) })
    }

    @Test func timesPerCaseLeaveOutUnknownOnes() {
        let hours = HourLog(seed: 4, shape: .overlappingWithGaps, cases: 80)
        let log = hours.log
        let result = PerformanceResult(of: log)
        let complete = hours.cases.indices.filter { hours.cases[$0].entries.allSatisfy { $0.start != nil } }
        #expect(result.cycleTime?.n == 80)
        #expect(complete.count > 5 && complete.count < 80)
        for times in [result.serviceTime, result.waitingTime, result.idleTime, result.processingTime] {
            #expect(times?.n == complete.count)
        }
        let times = CaseTimes.of(log)
        #expect(result.serviceTime == TimeStatistics(microseconds: complete.map { times.service[$0] }))
        #expect(result.idleTime == TimeStatistics(microseconds: complete.map { times.cycle[$0] - times.service[$0] }))
        #expect(result.edges == DirectlyFollowsGraph(of: log).edges)
    }

    /// Counting events, every time of work is unknown and nothing else changes.
    @Test func eventCountingKnowsNoStarts() {
        let log = HourLog(seed: 6, shape: .overlapping).log.counted(as: .events)
        let result = PerformanceResult(of: log)
        #expect(result.serviceTime == nil && result.waitingTime == nil && result.idleTime == nil && result.processingTime == nil)
        #expect(result.activities.allSatisfy { $0.service == nil && $0.waiting == nil })
        #expect(result.bottlenecks.allSatisfy { $0.kind == .edge })
        #expect(result.cycleTime?.n == log.caseCount)
    }

    @Test func anEmptyLogHasNoFigures() {
        let result = PerformanceResult(of: EventLog.tiny([]))
        #expect(result.cases == 0 && result.cycleTime == nil && result.reworkShare == nil && result.bottlenecks.isEmpty)
        let workload = Workload(of: EventLog.tiny([]))
        #expect(workload.weeks.isEmpty && workload.resources.isEmpty)
        #expect(Rework(of: EventLog.tiny([])).activities.isEmpty)
    }
}
