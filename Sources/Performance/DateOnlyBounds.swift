import EventLogs
import Instants
package import Statistics

/// Within what the mean and the median cycle time lie where stamps tell the day alone: such a stamp stands for its 24 hours.
///
/// A case's cycle time is between its shortest (what is date-only at its beginning happened as late as it can) and its longest (what is date-only at
/// its end happened as late as it can). The bounds are the statistics of all shortest and of all longest times: both are reached, so none is narrower.
package struct DateOnlyBounds: Codable, Sendable, Equatable {
    /// Cases whose first start or last completion depends on such a stamp.
    package var cases: Int
    /// Their share of the cases whose cycle time is known, 0…1.
    package var share: Double
    /// The lowest and the highest that the mean can be, in seconds.
    package var meanS: Interval
    /// The lowest and the highest that the median can be, in seconds.
    package var medianS: Interval
}

/// The shortest and the longest cycle times of parts of a log, added up.
struct DateOnlyTally {
    private var affected = 0
    private var shortest = DurationList()
    private var longest = DurationList()

    /// Adds the cases of a part, whose times are known.
    mutating func add(_ log: EventLog, _ times: CaseTimes) {
        let columns = log.columns
        guard columns.timeForms.contains(where: \.isDateOnly) else {
            shortest.append(known: times.cycle)
            longest.append(known: times.cycle)
            return
        }
        let isDateOnly = columns.timeForms.map(\.isDateOnly)
        var low = times.cycle
        var high = times.cycle
        for position in low.indices where low[position] != Instant.missing {
            let first = times.firstStart[position]
            let last = times.lastCompletion[position]
            // The earliest and the latest that the first start and the last completion can be.
            var firstAtLatest = Int64.max
            var lastAtLatest = last
            func see(_ time: Int64, _ form: UInt16) {
                if time == Instant.missing || time < first || time > last { return }
                let end = isDateOnly[Int(form)] ? time + Microseconds.day : time
                firstAtLatest = min(firstAtLatest, end)
                lastAtLatest = max(lastAtLatest, end)
            }
            for place in log.eventRanges[position] {
                let event = log.event(at: place)
                see(columns.time[event], columns.timeForm[event])
                if !columns.start.isEmpty { see(columns.start[event], columns.startForm[event]) }
            }
            if firstAtLatest == first && lastAtLatest == last { continue }
            affected += 1
            low[position] = log.clock.duration(from: min(firstAtLatest, last), to: last)
            let longest = log.clock.duration(from: first, to: lastAtLatest)
            if longest != Instant.missing { high[position] = longest }
        }
        shortest.append(known: low)
        longest.append(known: high)
    }

    /// The bounds; `nil` where no case is affected.
    consuming func bounds() -> DateOnlyBounds? {
        let count = affected
        guard count > 0, let low = shortest.statistics(), let high = longest.statistics() else { return nil }
        return DateOnlyBounds(
            cases: count, share: Double(count) / Double(low.n), meanS: Interval(low: low.meanS, high: high.meanS),
            medianS: Interval(low: low.medianS, high: high.medianS))
    }
}
