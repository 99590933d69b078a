import EventLogs
import Instants
package import Statistics

/// Cycle times with unfinished cases taken for what they are: cases that last longer than has been seen.
///
/// The estimator of Kaplan and Meier (1958, doi:10.1080/01621459.1958.10501452): a finished case ends after its cycle time, an unfinished one is known to
/// have lasted from its first start to the log's last instant. It takes for granted that unfinished cases go on as finished ones did: a case that was
/// given up without a last activity counts as still going on.
package struct SurvivalTimes: Codable, Sendable, Equatable {
    /// Cases whose first start is known.
    package var n: Int
    /// Those of them that are unfinished.
    package var censored: Int
    /// When half of all cases are done, in seconds; nil where fewer than half are known to end.
    package var medianS: Double?
    /// Its 95 % interval; nil where one of its ends is not reached.
    package var medianCi95: Interval?
    /// The mean of the time within ``horizonS``, in seconds.
    package var restrictedMeanS: Double?
    /// Its 95 % interval.
    package var restrictedMeanCi95: Interval?
    /// The longest cycle time of a finished case, in seconds: up to where the mean counts.
    package var horizonS: Double?
}

/// What survival times need of parts of a log.
struct SurvivalTally {
    /// Cases by their last activity and whether an instance is open; the number is twice the activity's, and one more where it is.
    private var groups: [Group] = []
    private var clock = DurationClock.elapsed
    private var last = Int64.min

    private struct Group {
        var cycles = DurationList()
        var firstStarts = DurationList()
    }

    /// Adds the cases of a part.
    ///
    /// - Parameter numbers: the numbers of the part's activities.
    mutating func add(_ log: EventLog, _ times: CaseTimes, numbers: [UInt32]) {
        clock = log.clock
        let instances = log.instances
        if let range = log.timeRange { last = max(last, range.upperBound.microseconds) }
        for (position, range) in log.instanceRanges.enumerated() where times.firstStart[position] != Instant.missing {
            let isOpen = !instances.openCount.isEmpty && instances.openCount[Int(log.caseIDs[position])] > 0
            // Without an instance a case is open and nothing else.
            let activity = range.isEmpty ? 0 : Int(numbers[Int(instances.activity[range.upperBound - 1])])
            let group = activity * 2 + (isOpen || range.isEmpty ? 1 : 0)
            while groups.count <= group { groups.append(Group()) }
            groups[group].cycles.append(contentsOf: [times.cycle[position]])
            groups[group].firstStarts.append(contentsOf: [times.firstStart[position]])
        }
    }

    /// The survival times; `nil` where no case has a time.
    ///
    /// - Parameter isEnd: by activity number, whether it ends cases.
    func times(isEnd: [Bool]) -> SurvivalTimes? {
        var durations: [Double] = []
        var ended: [Bool] = []
        var horizon = 0.0
        for (number, group) in groups.enumerated() {
            let isEnded = number % 2 == 0 && isEnd[number / 2]
            for (cycle, first) in zip(group.cycles.values(), group.firstStarts.values()) {
                let isOver = isEnded && cycle != Instant.missing
                let length = isOver ? cycle : clock.duration(from: first, to: last)
                if length == Instant.missing { continue }
                durations.append(Double(length) / 1e6)
                ended.append(isOver)
                if isOver { horizon = max(horizon, Double(length) / 1e6) }
            }
        }
        if durations.isEmpty { return nil }
        let curve = KaplanMeier(durations: durations, ended: ended)
        let median = curve.median
        let mean = curve.ends > 0 ? curve.restrictedMean(until: horizon) : nil
        return SurvivalTimes(
            n: curve.n, censored: curve.n - curve.ends, medianS: median?.value,
            medianCi95: median.flatMap { item in item.low.flatMap { low in item.high.map { Interval(low: low, high: $0) } } },
            restrictedMeanS: mean?.value, restrictedMeanCi95: mean?.ci95, horizonS: mean == nil ? nil : horizon)
    }
}
