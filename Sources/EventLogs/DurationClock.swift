import Instants
package import WorkingTime

/// The clock by which the durations of a log are counted.
package enum DurationClock: Sendable {
    /// Every hour counts.
    case elapsed
    /// Only the hours of a calendar count.
    case working(WorkingClock)

    /// The calendar, where hours of one count.
    package var calendar: SiteCalendar? {
        if case .working(let clock) = self { clock.calendar } else { nil }
    }

    /// The duration between two instants, or ``Instant/missing`` where one is missing or the calendar does not reach it.
    package func duration(from start: Int64, to end: Int64) -> Int64 {
        if start == Instant.missing || end == Instant.missing { return Instant.missing }
        switch self {
        case .elapsed: return end - start
        case .working(let clock): return clock.covers(start) && clock.covers(end) ? clock.worked(from: start, to: end) : Instant.missing
        }
    }

    /// What differences of instants become durations by: the instants themselves, or the time worked until each.
    fileprivate func readings(of instants: [Int64]) -> [Int64] {
        guard case .working(let clock) = self else { return instants }
        var readings = instants
        clock.toWorked(&readings, missing: Instant.missing)
        return readings
    }
}

/// The times of a log's instances as the clock that counts its durations shows them: a difference of two is a duration.
///
/// On the elapsed clock these are the instances' own columns, shared and not copied. On a working clock, instants outside working hours read the
/// same as the hour's end before them, so what comes first and what enables what is told by the instances' own times, never by these.
package struct ClockReadings: Sendable {
    /// When each instance was completed, or ``Instant/missing``.
    package let completion: [Int64]
    /// When each was started, or ``Instant/missing``; empty where no start is known at all.
    package let start: [Int64]

    init(_ instances: ActivityInstances, _ clock: DurationClock) {
        completion = clock.readings(of: instances.completion)
        start = clock.readings(of: instances.start)
    }
}

extension EventLog {
    /// The days that working time is counted on, as days since 1970-01-01: 1900 to 2199. Durations that begin or end outside are unknown.
    package static let calendarDays = -25_567...84_005

    /// The log with its durations counted in the working time of a calendar.
    package func measured(by calendar: SiteCalendar) -> EventLog {
        guard let range = timeRange else { return measured(by: .working(WorkingClock(calendar, days: 0...0))) }
        // Days of any clock are within a day of those of UTC.
        let day = 24 * Microseconds.hour
        let first = Int(range.lowerBound.microseconds.flooredQuotient(by: day)) - 1
        let last = Int(range.upperBound.microseconds.flooredQuotient(by: day)) + 1
        let known = Self.calendarDays
        let days = max(first, known.lowerBound)...max(min(last, known.upperBound), max(first, known.lowerBound))
        return measured(by: .working(WorkingClock(calendar, days: days)))
    }
}
