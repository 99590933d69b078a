package import EventLogs
import Instants

/// Queue lengths, work in progress, arrival and service rates over time, and whether they fit together (Little's law).
package struct Queues: Codable, Sendable, Equatable {
    /// What is counted.
    package enum Measure: String, Codable, Sendable {
        /// Cases, from first start to last completion; unfinished ones to the log's end.
        case cases
        /// Instances from enablement to start.
        case waiting
        /// Instances from the completion before them to their own: starts are unknown.
        case sojourn
    }

    /// One stretch of time.
    package struct Period: Codable, Sendable, Equatable {
        /// When it begins, in ISO 8601 with offset.
        package var from: String
        /// What came in it.
        package var arrivals: Int
        /// What left in it: the queue for work, or the process.
        package var departures: Int
        /// Instances completed in it (cases, for cases).
        package var completions: Int
        /// The mean number there, over the part of the period that the log covers.
        package var meanNumber: Double
        /// The largest number there at once.
        package var maxNumber: Int
        /// Whether the log does not cover all of it.
        package var isPartial: Bool
    }

    /// One queue, or the whole process.
    package struct Series: Codable, Sendable, Equatable {
        /// The activity; nil for cases.
        package var activity: String?
        /// What is counted.
        package var measure: Measure
        /// What came.
        package var arrivals: Int
        /// What is still there at the log's end.
        package var open: Int
        /// Arrivals per day of 24 hours, over the whole log; nil for a log without length.
        package var arrivalsPerDay: Double?
        /// Completions per day, likewise.
        package var completionsPerDay: Double?
        /// The mean number there, over the whole log.
        package var meanNumber: Double?
        /// The largest number there at once.
        package var maxNumber: Int
        /// Little's law.
        package var little: LittlesLaw
        /// The periods, in order.
        package var periods: [Period]
    }

    /// The length of a period in seconds: a day where the log lasts no longer than 92 days, a week to ten years, else four weeks.
    package var periodS: Double
    /// The offset of the periods' clock: seconds east of UTC.
    package var offsetS: Int
    /// Work in progress; nil where no case has a time.
    package var cases: Series?
    /// The activities by descending mean number, then by the UTF-8 bytes of their names.
    package var activities: [Series]

    /// The queues of a log, in elapsed time whatever its clock.
    ///
    /// - Parameter endActivities: the declared end activities; `nil` for those that the log shows.
    package init(of log: EventLog, endActivities: [String]? = nil) {
        let log = log.measured(by: .elapsed)
        let offset = log.columns.prevailingOffset
        offsetS = offset
        let times = CaseTimes.of(log, endActivities: endActivities)
        let first = times.firstStart.filter { $0 != Instant.missing }.min()
        let last = times.lastCompletion.filter { $0 != Instant.missing }.max()
        guard let first, let last, first <= last else {
            periodS = 86_400
            cases = nil
            activities = []
            return
        }
        let length = TimeBins.calendarLength(first, last)
        periodS = Double(length) / 1e6
        let window = Window(first: first, last: last, bins: TimeBins(from: first, to: last, length: length, offset: offset), offset: offset)
        let whole = Sojourns.cases(of: log, times, end: last)
        let done = whole.to.indices.filter { !whole.isOpen($0) }.map { whole.to[$0] }.sorted()
        cases = window.series(nil, .cases, whole, completions: done)
        let occurrences = Occurrences(of: log)
        let instanceTimes = InstanceTimes(of: log)
        activities = log.activities.ids.compactMap { id -> Series? in
            let (measure, sojourns, completions) = Sojourns.activity(id, of: log, occurrences, instanceTimes)
            return sojourns.count == 0 ? nil : window.series(log.activities[id], measure, sojourns, completions: completions)
        }.sorted { left, right in
            let (own, other) = (left.meanNumber ?? 0, right.meanNumber ?? 0)
            return own != other ? own > other : (left.activity ?? "").utf8.lexicographicallyPrecedes((right.activity ?? "").utf8)
        }
    }
}

/// The time that a log covers, cut into periods.
private struct Window {
    let first: Int64
    let last: Int64
    let bins: TimeBins
    let offset: Int

    func series(_ activity: String?, _ measure: Queues.Measure, _ sojourns: Sojourns, completions: [Int64]) -> Queues.Series {
        var arrivals = [Int](repeating: 0, count: bins.count)
        var departures = arrivals
        var done = arrivals
        var inside = [Int64](repeating: 0, count: bins.count)
        // Differences of the number that is there through whole periods.
        var through = [Int](repeating: 0, count: bins.count + 1)
        for place in sojourns.from.indices {
            let (from, to) = (Swift.max(first, sojourns.from[place]), Swift.min(last, sojourns.to[place]))
            let (one, other) = (bins.bin(of: from), bins.bin(of: Swift.max(from, to)))
            arrivals[one] += 1
            if !sojourns.isOpen(place) { departures[other] += 1 }
            if to <= from { continue }
            if one == other {
                inside[one] += to - from
            } else {
                inside[one] += bins.start(one + 1) - from
                inside[other] += to - bins.start(other)
                through[one + 1] += 1
                through[other] -= 1
            }
        }
        for time in completions where time >= first && time <= last { done[bins.bin(of: time)] += 1 }
        let most = maxima(sojourns)
        var whole = 0
        var sum: Int128 = 0
        let periods = (0..<bins.count).map { bin in
            whole += through[bin]
            let (from, to) = (Swift.max(first, bins.start(bin)), Swift.min(last, bins.start(bin + 1)))
            let own = Int128(inside[bin]) + Int128(whole) * Int128(to - from)
            sum += own
            return Queues.Period(
                from: Instant(microseconds: bins.start(bin)).iso8601(offset: offset), arrivals: arrivals[bin], departures: departures[bin],
                completions: done[bin], meanNumber: to > from ? Double(own) / Double(to - from) : 0, maxNumber: most[bin],
                isPartial: from > bins.start(bin) || to < bins.start(bin + 1))
        }
        let days = Double(last - first) / Double(Microseconds.day)
        return Queues.Series(
            activity: activity, measure: measure, arrivals: sojourns.count, open: sojourns.from.indices.count { sojourns.isOpen($0) },
            arrivalsPerDay: days > 0 ? Double(sojourns.count) / days : nil,
            completionsPerDay: days > 0 ? Double(completions.count) / days : nil,
            meanNumber: last > first ? Double(sum) / Double(last - first) : nil, maxNumber: most.max() ?? 0,
            little: LittlesLaw(sojourns, first: first, last: last), periods: periods)
    }

    /// The largest number there at once in each period; who leaves makes room for who comes at the same time.
    private func maxima(_ sojourns: Sojourns) -> [Int] {
        var result = [Int](repeating: 0, count: bins.count)
        let leaving = zip(sojourns.from, sojourns.to).filter { $0 < $1 }.map(\.1).sorted()
        let coming = zip(sojourns.from, sojourns.to).filter { $0 < $1 }.map(\.0)
        var (number, left, came) = (0, 0, 0)
        for bin in 0..<bins.count {
            let end = bin == bins.count - 1 ? Int64.max : bins.start(bin + 1)
            // Who leaves as a period begins is not in it.
            while left < leaving.count && leaving[left] <= bins.start(bin) && (came >= coming.count || leaving[left] <= coming[came]) {
                number -= 1
                left += 1
            }
            result[bin] = number
            while came < coming.count && coming[came] < end {
                while left < leaving.count && leaving[left] <= coming[came] {
                    number -= 1
                    left += 1
                }
                number += 1
                came += 1
                result[bin] = Swift.max(result[bin], number)
            }
            while left < leaving.count && leaving[left] < end {
                number -= 1
                left += 1
            }
        }
        return result
    }
}
