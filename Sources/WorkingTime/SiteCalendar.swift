package import Instants

/// When a place works: its zone, its weekly hours, holidays, and days that are different; what a calendar file says.
///
/// A day's hours are decided in this order: what ``openDays`` says of it; else closed where ``closedDays`` names it; else what a holiday table says
/// (a make-up day has the hours of the week's commonest working day); else the weekly hours in force on it.
package struct SiteCalendar: Sendable, Equatable {
    /// Weekly hours, and the day from which they hold.
    package struct Week: Sendable, Equatable {
        /// Days since 1970-01-01 of the first day; `nil` for always.
        package var from: Int?
        /// The hours.
        package var hours: WeeklyHours

        /// Hours that hold from a day on.
        package init(from: Int? = nil, hours: WeeklyHours) {
            self.from = from
            self.hours = hours
        }
    }

    /// Hours of one day: microseconds since its midnight on the wall clock; a shift may end on the next day.
    package struct Span: Sendable, Equatable {
        /// When it begins.
        package var start: Int64
        /// When it ends.
        package var end: Int64

        /// A span with these bounds.
        package init(start: Int64, end: Int64) {
            self.start = start
            self.end = end
        }
    }

    /// What it is called where results name it.
    package var name: String
    /// The zone of its wall clock.
    package var zone: TimeZoneChoice
    /// The weekly hours, by their first days; the one without a first day comes first.
    package var weeks: [Week]
    /// The countries whose holiday tables hold.
    package var holidays: [String]
    /// Ranges of days on which nobody works, as days since 1970-01-01.
    package var closedDays: [ClosedRange<Int>]
    /// The hours of days that are worked whatever else is said, by days since 1970-01-01.
    package var openDays: [Int: [Span]]
    /// Weekly hours of roles that differ from the site's, by name; holidays, closed and open days are the site's.
    package var roles: [String: WeeklyHours]
    /// Weekly hours of single people or machines, by name, likewise.
    package var resources: [String: WeeklyHours]

    /// A calendar with these parts.
    package init(
        name: String, zone: TimeZoneChoice, weeks: [Week], holidays: [String] = [], closedDays: [ClosedRange<Int>] = [],
        openDays: [Int: [Span]] = [:], roles: [String: WeeklyHours] = [:], resources: [String: WeeklyHours] = [:]
    ) {
        self.name = name
        self.zone = zone
        self.weeks = weeks
        self.holidays = holidays
        self.closedDays = closedDays
        self.openDays = openDays
        self.roles = roles
        self.resources = resources
    }

    /// The calendar with other weekly hours, for those who keep them.
    package func keeping(_ hours: WeeklyHours) -> SiteCalendar {
        var calendar = self
        calendar.weeks = [Week(hours: hours)]
        calendar.roles = [:]
        calendar.resources = [:]
        return calendar
    }

    /// The weekly hours that hold on a day.
    package func hours(on day: Int) -> WeeklyHours {
        var current = weeks.first?.hours ?? WeeklyHours([])
        for week in weeks { if let from = week.from, from <= day { current = week.hours } }
        return current
    }

    /// How long a working day is: the week's hours over the days of the week on which someone works; what `1wd` means on a day.
    ///
    /// Microseconds; 0 where nobody ever works.
    package func workingDay(on day: Int) -> Int64 {
        let hours = hours(on: day)
        let worked = (0..<7).count { !hours.spans(ofWeekday: $0).isEmpty }
        return worked == 0 ? 0 : hours.perWeek / Int64(worked)
    }

    /// The years of a range of which a holiday table of this calendar knows nothing, by country.
    package func uncoveredYears(_ years: ClosedRange<Int>) -> [(country: String, years: [Int])] {
        holidays.compactMap { country in
            guard let table = HolidayTable.table(of: country) else { return (country, Array(years)) }
            let missing = years.filter { !table.covers(year: $0) }
            return missing.isEmpty ? nil : (country, missing)
        }
    }
}

extension WeeklyHours {
    private static let day: Int64 = 24 * 3_600 * Microseconds.second

    /// The parts of shifts that lie on a weekday (0 is Monday), as microseconds since its midnight.
    package func spans(ofWeekday weekday: Int) -> [SiteCalendar.Span] {
        let from = Int64(weekday) * Self.day
        return shifts.compactMap { shift in
            let start = Swift.max(shift.start, from)
            let end = Swift.min(shift.end, from + Self.day)
            return start < end ? SiteCalendar.Span(start: start - from, end: end - from) : nil
        }
    }

    /// The spans of the commonest working day; among equally common ones the earliest of the week.
    package var commonestDay: [SiteCalendar.Span] {
        let days = (0..<7).map { spans(ofWeekday: $0) }.filter { !$0.isEmpty }
        return days.enumerated().max { left, right in
            let counts = (days.count { $0 == left.element }, days.count { $0 == right.element })
            return (counts.0, -left.offset) < (counts.1, -right.offset)
        }?.element ?? []
    }
}
