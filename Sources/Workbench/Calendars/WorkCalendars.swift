import EventLogs
package import Instants
package import WorkingTime

/// When a place works, as people choose it: the site's calendar, whose zone may be left open.
package struct WorkCalendars: Sendable, Equatable {
    /// The site's calendar; its zone means nothing where ``hasZone`` is false.
    package var site: SiteCalendar
    /// Whether the zone was said.
    package var hasZone: Bool

    /// Calendars of these parts.
    package init(site: SiteCalendar, hasZone: Bool = true) {
        self.site = site
        self.hasZone = hasZone
    }

    /// What the site's calendar is called.
    package var name: String { site.name }

    /// How long a working day of the site is at last, in microseconds.
    package var workingDay: Int64 { site.workingDay(on: .max) }

    /// The zone, or `nil` where it was not said.
    package var zone: TimeZoneChoice? { hasZone ? site.zone : nil }

    /// The site's calendar in a zone that counts where none was said.
    package func site(orIn zone: TimeZoneChoice) -> SiteCalendar {
        var calendar = site
        if !hasZone { calendar.zone = zone }
        return calendar
    }

    /// The names of the calendars that come with the tool.
    package static let names = HolidayTable.countries.sorted()

    /// The calendar of a country, such as `cn` or `cn-2026`: Monday to Friday 09:00–12:00 and 13:00–18:00, eight hours a day, with its holiday
    /// table, on its clock (that of the east coast for the United States); `nil` where there is none.
    ///
    /// A year in the name says that the table is to cover it; the hours and days are the same.
    package static func named(_ name: String) -> WorkCalendars? {
        let parts = name.lowercased().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let zones = ["cn": "Asia/Shanghai", "de": "Europe/Berlin", "nl": "Europe/Amsterdam", "us": "America/New_York"]
        guard let country = parts.first.map(String.init), let zone = zones[country], let table = HolidayTable.table(of: country),
            let hours = try? WeeklyHours(text: "Mon-Fri 09:00-12:00,13:00-18:00")
        else { return nil }
        if parts.count == 2 { guard let year = Int(parts[1]), table.covers(year: year) else { return nil } }
        return WorkCalendars(
            site: SiteCalendar(name: name.lowercased(), zone: .named(zone), weeks: [SiteCalendar.Week(hours: hours)], holidays: [country]))
    }
}
