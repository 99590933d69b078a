import Instants
import Testing
import Workbench
import WorkingTime

@Suite struct CalendarFileTests {
    private static let hour: Int64 = 3_600_000_000
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int { CivilDate(year: year, month: month, day: day).daysSinceEpoch }

    @Test("Every key of a calendar file is read, and its hours are what it says")
    func allKeys() throws {
        let calendars = try CalendarFile.calendars(
            parsing: """
                name: plant-sh
                timezone: Asia/Shanghai
                week: {Mon-Thu: "08:00-12:00,13:00-17:30", Fri: "08:00-12:00"}
                weeks:
                  - {from: 2026-09-01, week: {Mon-Fri: "07:00-15:00"}}
                  - {from: 2026-07-06, week: {Mon-Fri: "06:00-14:00"}}
                holidays: [CN]
                closed: [2026-03-16, 2026-07-01..2026-07-03]
                open: {2026-02-14: "08:00-12:00", 2026-03-28: "22:00-06:00"}
                roles: {AP Clerk: {Mon-Fri: "08:00-12:00"}}
                resources: {Robot: {Mon-Sun: "00:00-24:00"}}
                """, name: "file")
        let site = calendars.site
        #expect(site.name == "plant-sh" && calendars.zone == .named("Asia/Shanghai") && site.holidays == ["cn"])
        #expect(site.roles["AP Clerk"]?.perWeek == 20 * Self.hour && site.resources["Robot"]?.isAlways == true)
        let clock = WorkingClock(site, days: Self.day(2026, 1, 1)...Self.day(2026, 12, 31))
        func worked(_ first: String, _ last: String) throws -> Int64 {
            clock.worked(
                from: try Instant(parsing: first + "T00:00+08:00", zone: .utc).microseconds,
                to: try Instant(parsing: last + "T00:00+08:00", zone: .utc).microseconds) / (Self.hour / 2)
        }
        // In half hours. Monday and Friday of an ordinary week; a closed day; a closed range; the open Saturday; a night into Sunday.
        #expect(try worked("2026-03-09", "2026-03-10") == 17 && worked("2026-03-13", "2026-03-14") == 8)
        #expect(try worked("2026-03-16", "2026-03-17") == 0 && worked("2026-07-01", "2026-07-04") == 0)
        #expect(try worked("2026-02-14", "2026-02-15") == 8 && worked("2026-03-28", "2026-03-30") == 16)
        // The Spring Festival; the weeks that hold from July and from September, whatever their order in the file.
        #expect(try worked("2026-02-16", "2026-02-23") == 0)
        #expect(try worked("2026-07-06", "2026-07-13") == 80 && worked("2026-09-07", "2026-09-12") == 80)
        #expect(site.hours(on: Self.day(2026, 8, 1)).text == "Mon-Fri 06:00-14:00")
    }

    @Test(arguments: [
        ("", CalendarFile.Problem.Reason.noWeek, nil as Int?, nil as Int?),
        ("week: {Mon-Fri: \"8-12\"}", .badHours("8-12", expected: "hours from 00:00 to 24:00, such as “08:00-12:00”"), 1, 17),
        ("week: {Moon: \"08:00-12:00\"}", .badHours("Moon", expected: "days Mon Tue Wed Thu Fri Sat Sun, such as “Mon-Fri”"), 1, 14),
        ("weak: {}", .shape(.unknownKey("weak", nearest: "week", known: CalendarFileTests.keys)), 1, 1),
        ("week: {Mon: \"08:00-12:00\"}\ntimezone: Asia/Shanghi", .badZone("Asia/Shanghi", nearest: "Asia/Shanghai"), 2, 11),
        ("week: {Mon: \"08:00-12:00\"}\nholidays: [fr]", .unknownHolidays("fr", known: ["cn", "de", "nl", "us"]), 2, 12),
        ("week: {Mon: \"08:00-12:00\"}\nclosed: 2026-01-01", .noList(key: "closed"), 2, 9),
        ("week: {Mon: \"08:00-12:00\"}\nclosed: [2026-02-30]", .badDay("2026-02-30"), 2, 10),
        ("week: {Mon: \"08:00-12:00\"}\nclosed: [2026-02-03..2026-02-01]", .backwardRange("2026-02-03..2026-02-01"), 2, 10),
        ("week: {Mon: \"08:00-12:00\"}\nopen: {soon: \"08:00-12:00\"}", .badDay("soon"), 2, 8),
        ("weeks: [{from: 2026-01-01, week: {Mon: \"08:00-12:00\"}}]", .noWeek, nil, nil),
        ("week: 3", .shape(.noMapping), 1, 7), ("week: {}\n", .noWeek, 1, 7),
    ])
    func problemsSayWhereAndWhat(text: String, reason: CalendarFile.Problem.Reason, line: Int?, column: Int?) {
        do throws(CalendarFile.Problem) {
            _ = try CalendarFile.calendars(parsing: text, name: "file")
            Issue.record("“\(text)” was read")
        } catch {
            #expect(error.reason == reason && error.line == line && error.column == column, "\(text): \(error)")
        }
    }

    static let keys = ["name", "timezone", "week", "weeks", "holidays", "closed", "open", "roles", "resources"]

    @Test("The calendars that come along: eight hours a day, a zone, a table; a year only where the table has it")
    func named() throws {
        for name in WorkCalendars.names {
            let calendars = try #require(WorkCalendars.named(name))
            #expect(calendars.hasZone && calendars.workingDay == 8 * Self.hour && calendars.site.holidays == [name])
        }
        #expect(WorkCalendars.named("CN-2026")?.name == "cn-2026")
        #expect(WorkCalendars.named("cn-1999") == nil && WorkCalendars.named("fr") == nil && WorkCalendars.named("") == nil)
    }
}
