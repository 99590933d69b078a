import Instants
import Statistics
import WorkingTime

/// What sets the batches of an activity off: a size, a time since the first case was ready, or times of the clock.
///
/// A rule is learnt on the first half of the runs, by start, and held against the second: ``precision`` is the share of those that it
/// explains. It is told only where that is at least 0.9. Several rules may hold at once, as in a log where three cases come every day.
package struct ActivationRule: Codable, Sendable, Equatable {
    /// What a rule goes by.
    package enum Kind: String, Codable, Sendable {
        /// A batch begins when so many cases are ready.
        case size
        /// A batch begins so long after its first case was ready.
        case delay
        /// A batch begins at regular times: all that is ready by then is done.
        case interval
        /// A batch begins at these times of the week.
        case weekTimes = "week_times"
    }

    /// What it goes by.
    package var kind: Kind
    /// The size; nil for other rules.
    package var size: Int?
    /// The time since the first case was ready, or between two regular times, in seconds; nil for other rules.
    package var everyS: Double?
    /// Times of the week as `Fri 16:00`, or as `16:00` where a rule holds for every day; empty for other rules.
    package var times: [String]
    /// The share of the later half of the runs that the rule, learnt on the earlier half, explains.
    package var precision: Double
    /// How many runs that is of.
    package var nHeldOut: Int
    /// All runs that the rule explains.
    package var support: Int

    private static let least = 0.9
    private static let tolerance = 2 * Microseconds.minute

    /// The rules that hold for runs in the order of their starts, the most precise first.
    ///
    /// - Parameter offset: seconds by which the wall clock is ahead of UTC.
    static func rules(of runs: [BatchRun], offset: Int) -> [ActivationRule] {
        // A few minutes are no waiting for a batch.
        let waited = runs.reduce(Int128(0)) { $0 + Int128($1.start - $1.firstEnabled) }
        if waited < Int128(runs.count) * Int128(10 * Microseconds.minute) { return [] }
        let shift = Int64(offset) * Microseconds.second
        let earlier = Array(runs[..<(runs.count / 2)])
        let candidates = [
            size(earlier), delay(earlier), interval(earlier, shift), weekTimes(earlier, shift),
        ].compactMap { $0 }
        let later = runs[earlier.count...]
        let held = candidates.compactMap { candidate -> ActivationRule? in
            let hits = later.count { candidate.explains($0) }
            let precision = Double(hits) / Double(later.count)
            if precision < least { return nil }
            var rule = candidate.rule
            rule.precision = precision
            rule.nHeldOut = later.count
            rule.support = runs.count { candidate.explains($0) }
            return rule
        }
        return held.enumerated().sorted { ($1.element.precision, $0.offset) < ($0.element.precision, $1.offset) }.map(\.element)
    }

    /// A rule with what it says of a run.
    private struct Candidate {
        var rule: ActivationRule
        var explains: (BatchRun) -> Bool
    }

    private static func rule(_ kind: Kind, size: Int? = nil, every: Int64? = nil, times: [String] = []) -> ActivationRule {
        ActivationRule(
            kind: kind, size: size, everyS: every.map { Double($0) / 1e6 }, times: times, precision: 0, nHeldOut: 0, support: 0)
    }

    /// The commonest size, of batches that begin as soon as their last case is ready.
    private static func size(_ runs: [BatchRun]) -> Candidate? {
        var counts: [Int: Int] = [:]
        for run in runs where run.start - run.ready <= tolerance { counts[run.size, default: 0] += 1 }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key, best > 1 else { return nil }
        return Candidate(rule: rule(.size, size: best)) { $0.size == best && $0.start - $0.ready <= tolerance }
    }

    /// The median time from the first case's being ready to the start.
    private static func delay(_ runs: [BatchRun]) -> Candidate? {
        guard let median = Quantiles.median(of: runs.map { $0.start - $0.firstEnabled }).map({ Int64($0) }) else { return nil }
        if median < 10 * Microseconds.minute { return nil }
        let slack = Swift.max(tolerance, median / 50)
        return Candidate(rule: rule(.delay, every: median)) { (($0.start - $0.firstEnabled) - median).magnitude <= slack.magnitude }
    }

    /// Lengths of time that clocks run by.
    private static let periods: [Int64] = [
        7 * Microseconds.day, Microseconds.day, 12 * Microseconds.hour, 8 * Microseconds.hour, 6 * Microseconds.hour,
        4 * Microseconds.hour, 3 * Microseconds.hour, 2 * Microseconds.hour, Microseconds.hour, 30 * Microseconds.minute,
    ]

    /// The longest period at one phase of which nearly all runs begin, none letting a time go by with a case ready.
    private static func interval(_ runs: [BatchRun], _ shift: Int64) -> Candidate? {
        // The week of 1970-01-01, a Thursday, began three days before.
        let shift = shift + 3 * Microseconds.day
        for period in periods {
            let slack = Swift.min(tolerance, period / 60)
            let phases = runs.map { ($0.start + shift).flooredRemainder(by: period) }
            guard let phase = commonest(phases) else { continue }
            let explains: (BatchRun) -> Bool = { run in
                let since = (run.start + shift - phase + slack).flooredRemainder(by: period)
                return since <= 2 * slack && run.start - run.firstEnabled < period + slack
            }
            if runs.count(where: explains) * 10 < runs.count * 9 { continue }
            let times = period == 7 * Microseconds.day ? [weekText(phase)] : period == Microseconds.day ? [dayText(phase)] : []
            return Candidate(rule: rule(.interval, every: period, times: times), explains: explains)
        }
        return nil
    }

    /// Up to 14 times of the week at one of which nearly all runs begin, none letting one go by with a case ready.
    private static func weekTimes(_ runs: [BatchRun], _ shift: Int64) -> Candidate? {
        let shift = shift + 3 * Microseconds.day
        var byMinute: [Int64: Int] = [:]
        for run in runs { byMinute[(run.start + shift).flooredRemainder(by: WeeklyHours.week) / Microseconds.minute, default: 0] += 1 }
        var times: [Int64] = []
        var covered = 0
        for (minute, count) in byMinute.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            if covered * 20 >= runs.count * 19 { break }
            // Each time must have been used more than once, and there must be few of them.
            if count < 2 || times.count == 14 { return nil }
            covered += count
            times.append(minute * Microseconds.minute)
        }
        if times.count < 2 { return nil }
        times.sort()
        return Candidate(rule: rule(.weekTimes, times: times.map(weekText))) { run in
            let first = run.firstEnabled + shift
            let inWeek = first.flooredRemainder(by: WeeklyHours.week)
            let next = times.first { $0 + Microseconds.minute > inWeek } ?? times[0] + WeeklyHours.week
            return (first - inWeek + next - run.start - shift).magnitude <= tolerance.magnitude
        }
    }

    /// The commonest minute of some times, as the least of the times in it.
    private static func commonest(_ times: [Int64]) -> Int64? {
        var counts: [Int64: (count: Int, least: Int64)] = [:]
        for time in times {
            let minute = time / Microseconds.minute
            let known = counts[minute] ?? (0, Int64.max)
            counts[minute] = (known.count + 1, Swift.min(known.least, time))
        }
        return counts.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value.least
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static func weekText(_ time: Int64) -> String {
        weekdays[Int(time / Microseconds.day) % 7] + " " + dayText(time % Microseconds.day)
    }

    private static func dayText(_ time: Int64) -> String {
        let minutes = Int(time / Microseconds.minute)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(minutes / 60) + ":" + two(minutes % 60)
    }
}

extension Int64 {
    /// What is left by a positive divisor, never negative.
    fileprivate func flooredRemainder(by divisor: Int64) -> Int64 { self - flooredQuotient(by: divisor) * divisor }
}
