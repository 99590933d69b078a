package import EventLogs
import Instants
import Statistics

/// How long cases, or one step of them, take by the period in which they begin, on the log's clock.
///
///     TimesOverTime(of: log, step: ("Receive Order Confirmation", "Record Goods Receipt")).periods
package struct TimesOverTime: Sendable, Equatable {
    /// One stretch of time.
    package struct Period: Sendable, Equatable {
        /// When it begins, in ISO 8601 with offset.
        package var from: String
        /// How many began in it, of those with a known time.
        package var n: Int
        /// Their median in seconds; nil where none did.
        package var medianS: Double?
        /// The 10 % quantile in seconds; nil below ``TimesOverTime/fewest``.
        package var p10S: Double?
        /// The 90 % quantile in seconds, likewise.
        package var p90S: Double?
        /// Whether the log does not cover all of it, or ends so soon after it that long ones are not there yet.
        package var isPartial: Bool
    }

    /// The fewest values of a period whose outer quantiles are told.
    package static let fewest = 5

    /// The length of a period in seconds: a day where the log lasts no longer than 92 days, a week to ten years, else four weeks.
    package var periodS: Double
    /// The periods, in order.
    package var periods: [Period]

    /// The times of a log.
    ///
    /// - Parameters:
    ///   - step: two activities of which the second directly follows the first: the time between them, by the completion of the first; nil
    ///     for cycle times, by the start of the case.
    ///   - isOpen: whether cases are still open: periods later than the 95 % quantile of times before the log's end are then partial.
    package init(of log: EventLog, step: (source: String, target: String)? = nil, isOpen: Bool = false) {
        var (times, values): ([Int64], [Double]) = ([], [])
        func add(_ begin: Int64, _ duration: Int64) {
            guard begin != Instant.missing, duration != Instant.missing else { return }
            times.append(begin)
            values.append(Double(duration) / 1e6)
        }
        if let step {
            let (source, target) = (log.activities.find(step.source), log.activities.find(step.target))
            log.forEachStep { _, before, instance, begin, duration in
                if log.instances.activity[before] == source, log.instances.activity[instance] == target { add(begin, duration) }
            }
        } else {
            let cycles = log.cycleTimes
            for (position, start) in CaseTimes.of(log, endActivities: nil).firstStart.enumerated() { add(start, cycles[position]) }
        }
        let offset = log.columns.prevailingOffset
        guard let range = log.timeRange, let from = times.min(), let to = times.max() else {
            (periodS, periods) = (7 * 86_400, [])
            return
        }
        let (first, last) = (range.lowerBound.microseconds, range.upperBound.microseconds)
        let length = TimeBins.calendarLength(first, last)
        let bins = TimeBins(from: from, to: to, length: length, offset: offset)
        var members = [[Double]](repeating: [], count: bins.count)
        for (time, value) in zip(times, values) { members[bins.bin(of: time)].append(value) }
        let long = isOpen ? Quantiles.quantile(0.95, of: values) ?? 0 : 0
        periodS = Double(length) / 1e6
        periods = members.enumerated().map { bin, values in
            let sorted = values.sorted()
            let isEnough = sorted.count >= Self.fewest
            let end = bins.start(bin + 1)
            return Period(
                from: Instant(microseconds: bins.start(bin)).iso8601(offset: offset), n: sorted.count,
                medianS: Quantiles.quantile(0.5, ofSorted: sorted), p10S: isEnough ? Quantiles.quantile(0.1, ofSorted: sorted) : nil,
                p90S: isEnough ? Quantiles.quantile(0.9, ofSorted: sorted) : nil,
                isPartial: bins.start(bin) < first || Double(end) + long * 1e6 > Double(last))
        }
    }
}

extension TimeBins {
    /// The length of a period of a picture over a log's time: a day up to 92 days, a week up to ten years, else four weeks.
    static func calendarLength(_ first: Int64, _ last: Int64) -> Int64 {
        last - first <= 92 * Microseconds.day
            ? Microseconds.day : last - first <= 3_653 * Microseconds.day ? 7 * Microseconds.day : 28 * Microseconds.day
    }
}

extension EventLog {
    /// Calls `body` with each step from one instance of a case to the next: both instances, the completion of the first, and the time to the start
    /// of the second (its completion where it has no start) on the log's clock, or ``Instant/missing``.
    package func forEachStep(
        _ body: (_ position: Int, _ before: Int, _ instance: Int, _ completion: Int64, _ duration: Int64) -> Void
    ) {
        let readings = readings
        for (position, range) in instanceRanges.enumerated() {
            for instance in range.dropFirst() {
                let isStarted = !readings.start.isEmpty && instances.start[instance] != Instant.missing
                let begin = readings.completion[instance - 1]
                let end = isStarted ? readings.start[instance] : readings.completion[instance]
                body(
                    position, instance - 1, instance, instances.completion[instance - 1],
                    begin == Instant.missing || end == Instant.missing ? Instant.missing : end - begin)
            }
        }
    }
}
