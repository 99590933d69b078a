package import EventLogs
import Instants

/// The times of every case of a log, as columns over case positions.
///
/// All in microseconds; ``Instant/missing`` where unknown. Durations are counted by the log's clock.
package struct CaseTimes: Sendable, Equatable {
    /// The earliest start of the case's instances, open ones included (the completion where a start is unknown).
    package var firstStart: [Int64]
    /// The latest completion; missing where nothing was completed.
    package var lastCompletion: [Int64]
    /// Cycle time: first start to last completion.
    package var cycle: [Int64]
    /// Service time: the length of the union of the instances' intervals; missing where a start or completion is unknown.
    package var service: [Int64]
    /// Waiting time: the sum over instances of start − enablement; missing where a start or completion is unknown.
    package var waiting: [Int64]
    /// Idle time: cycle − service; missing where that is.
    package var idle: [Int64]
    /// Processing time: the sum of the instances' durations; missing where a start or completion is unknown.
    package var processing: [Int64]
    /// Whether the case is unfinished: its last activity is no end activity, or an instance of it is open.
    package var isCensored: [Bool]
    /// Whether an activity occurs more than once in the case.
    package var hasRework: [Bool]
    /// The activities that end a case.
    package var ends: EndActivities

    /// The times of a log's cases.
    ///
    /// - Parameter endActivities: the declared end activities; `nil` for those that the log shows.
    package static func of(_ log: EventLog, endActivities: [String]? = nil) -> CaseTimes {
        of(log, ends: EndActivities(of: log, declared: endActivities), instances: InstanceTimes(of: log))
    }

    /// The times of a log's cases, from the times of its instances.
    static func of(_ log: EventLog, ends: EndActivities, instances times: InstanceTimes) -> CaseTimes {
        let missing = [Int64](repeating: Instant.missing, count: log.caseCount)
        var result = CaseTimes(
            firstStart: missing, lastCompletion: missing, cycle: missing, service: missing, waiting: missing, idle: missing,
            processing: missing, isCensored: [Bool](repeating: true, count: log.caseCount),
            hasRework: [Bool](repeating: false, count: log.caseCount), ends: ends)
        let instances = log.instances
        var lastSeen = [Int](repeating: -1, count: log.activities.count)
        for (position, range) in log.instanceRanges.enumerated() {
            if let span = log.span(ofCase: position) {
                result.firstStart[position] = span.firstStart
                if span.isCompleted {
                    result.lastCompletion[position] = span.lastCompletion
                    result.cycle[position] = span.cycleTime
                }
            }
            if range.isEmpty { continue }
            var rework = false
            for instance in range {
                let id = Int(instances.activity[instance])
                if lastSeen[id] == position { rework = true }
                lastSeen[id] = position
            }
            result.hasRework[position] = rework
            let isOpen = !instances.openCount.isEmpty && instances.openCount[Int(log.caseIDs[position])] > 0
            result.isCensored[position] = isOpen || !ends.isEnd[Int(instances.activity[range.upperBound - 1])]
            result.measure(position, range, log.readings, times)
        }
        return result
    }

    /// Service, waiting, idle and processing time of one case, where every instance has both stamps.
    private mutating func measure(_ position: Int, _ range: Range<Int>, _ readings: ClockReadings, _ times: InstanceTimes) {
        var waited: Int64 = 0
        var worked: Int64 = 0
        var covered: Int64 = 0
        // From the last completion backwards: what lies before all starts so far is not yet covered.
        var coveredFrom = Int64.max
        for instance in range.reversed() {
            let duration = times.service(instance)
            if duration == Instant.missing { return }
            let start = readings.start[instance]
            let completion = readings.completion[instance]
            if start < coveredFrom {
                covered += Swift.min(completion, coveredFrom) - start
                coveredFrom = start
            }
            worked = Self.sum(worked, duration)
            if times.waiting[instance] == Instant.missing { return }
            waited = Self.sum(waited, times.waiting[instance])
        }
        service[position] = covered
        waiting[position] = waited
        processing[position] = worked
        if cycle[position] != Instant.missing { idle[position] = cycle[position] - covered }
    }

    /// The sum of two spans of time, at most the longest there is (292,000 years): many stamps such as 9999-12-31 reach that.
    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? Int64.max : sum
    }
}
