import Instants

/// When people work: weekly hours on the wall clock of a place.
///
/// Instants are microseconds UTC; the wall clock is a fixed number of seconds east of it.
package struct WorkCalendar: Sendable, Equatable {
    /// What it is called where results name it.
    package var name: String
    /// The hours worked, week after week.
    package var hours: WeeklyHours
    /// Seconds by which the place's wall clock is ahead of UTC.
    package var offset: Int

    /// A calendar with these hours on a clock `offset` seconds east of UTC.
    package init(name: String, hours: WeeklyHours, offset: Int) {
        self.name = name
        self.hours = hours
        self.offset = offset
    }

    /// Around the clock.
    package static let always = WorkCalendar(name: "24/7", hours: .always, offset: 0)

    private var shift: Int64 { Int64(offset) * Microseconds.second }

    /// Whether an instant is worked.
    package func isOpen(at instant: Int64) -> Bool {
        hours.isOpen(at: instant + shift)
    }

    /// Working time between two instants, in microseconds.
    package func worked(from start: Int64, to end: Int64) -> Int64 {
        hours.worked(from: start + shift, to: end + shift)
    }

    /// The earliest instant not before this one that is worked, or `nil` where none ever is.
    package func nextOpening(from instant: Int64) -> Int64? {
        hours.nextOpening(from: instant + shift).map { $0 - shift }
    }

    /// The end of the shift that the instant lies in, or `nil` outside shifts.
    package func closing(after instant: Int64) -> Int64? {
        hours.closing(after: instant + shift).map { $0 - shift }
    }

    /// The earliest instant at which so much has been worked since `start`, or `nil` where none ever is.
    package func finish(from start: Int64, work: Int64) -> Int64? {
        hours.finish(from: start + shift, work: work).map { $0 - shift }
    }
}
