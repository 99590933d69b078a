import Instants
import Statistics
import Testing
import WorkingTime

@Suite("Working clocks")
struct WorkingClockTests {
    private static let minute: Int64 = 60_000_000
    private static let hour: Int64 = 60 * minute

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int { CivilDate(year: year, month: month, day: day).daysSinceEpoch }

    private static func calendar(_ zone: String, _ hours: String, _ holidays: [String] = []) throws -> SiteCalendar {
        SiteCalendar(
            name: "site", zone: try TimeZoneChoice(parsing: zone), weeks: [SiteCalendar.Week(hours: try WeeklyHours(text: hours))],
            holidays: holidays)
    }

    /// An instant from its text.
    private static func at(_ text: String) throws -> Int64 { try Instant(parsing: text, zone: .utc).microseconds }

    @Test(
        "Minute by minute the same: random hours, zones with summer time, holidays, closed and open days",
        arguments: 0..<16 as Range<UInt64>)
    func bruteForce(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 31)
        let zones = ["Europe/Amsterdam", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC", "-03:30"]
        let weeks = [
            "Mon-Fri 08:00-12:00,13:00-17:30", "Mon-Sun 22:00-06:00", "Tue,Thu 01:15-04:45; Sat 10:00-24:00", "Mon-Sun 00:00-24:00",
        ]
        var calendar = try Self.calendar(zones[stream.index(below: zones.count)], weeks[stream.index(below: weeks.count)])
        let first = Self.day(2024, 3, 20) + stream.index(below: 300)
        let days = first...(first + 20)
        if stream.index(below: 2) == 0 { calendar.holidays = [HolidayTable.countries[stream.index(below: 4)]] }
        calendar.closedDays = [first + 3...first + 4]
        calendar.openDays = [first + 4: [SiteCalendar.Span(start: 9 * Self.hour, end: 10 * Self.hour)]]
        calendar.weeks.append(SiteCalendar.Week(from: first + 12, hours: try WeeklyHours(text: "Mon-Fri 10:00-11:00")))
        let clock = WorkingClock(calendar, days: days)
        let zone = ZoneClock(calendar.zone)
        let special = calendar.holidays.flatMap { HolidayTable.table(of: $0)?.days ?? [] }.filter { days.contains($0.day) }
        // What the definition says of each minute, from the wall clock alone.
        func isWorked(_ instant: Int64) -> Bool {
            let local = instant + Int64(zone.offset(at: Instant(microseconds: instant))) * 1_000_000
            let day = Int(local.flooredQuotient(by: 24 * Self.hour))
            let time = local - Int64(day) * 24 * Self.hour
            if let spans = calendar.openDays[day] { return spans.contains { $0.start <= time && time < $0.end } }
            if calendar.closedDays.contains(where: { $0.contains(day) }) { return false }
            let weekday = ((day + 3) % 7 + 7) % 7
            var spans = calendar.hours(on: day).spans(ofWeekday: weekday)
            for item in special where item.day == day {
                if !item.isWorked { return false }
                if spans.isEmpty { spans = calendar.hours(on: day).commonestDay }
            }
            return spans.contains { $0.start <= time && time < $0.end }
        }
        let start = zone.reading(local: Int64(days.lowerBound) * 24 * Self.hour).instant.microseconds
        let end = zone.reading(local: Int64(days.upperBound + 1) * 24 * Self.hour).instant.microseconds
        let minutes = Int((end - start) / Self.minute)
        var sums: [Int64] = [0]
        for minute in 0..<minutes {
            let instant = start + Int64(minute) * Self.minute
            let worked = isWorked(instant)
            sums.append(sums[minute] + (worked ? Self.minute : 0))
            #expect(clock.isOpen(at: instant) == worked, "minute \(minute)")
        }
        #expect(clock.total == sums[minutes])
        #expect(clock.covers(start) && clock.covers(end) && !clock.covers(start - 1) && !clock.covers(end + 1))
        for _ in 0..<500 {
            let (from, to) = (stream.index(below: minutes + 1), stream.index(below: minutes + 1))
            let (one, other) = (start + Int64(from) * Self.minute, start + Int64(to) * Self.minute)
            #expect(clock.worked(from: one, to: other) == sums[to] - sums[from])
            // There and back: the end of so much work is the first instant at which it is done.
            if to >= from, let finish = clock.finish(from: one, work: sums[to] - sums[from]) {
                #expect(clock.worked(from: one, to: finish) == sums[to] - sums[from] && finish <= max(one, other))
                #expect(finish == one || clock.worked(from: one, to: finish - 1) < sums[to] - sums[from])
            }
            if let opening = clock.nextOpening(from: one) {
                #expect(opening >= one && clock.isOpen(at: opening) && clock.worked(from: one, to: opening) == 0)
            } else {
                #expect(sums[minutes] == sums[from])
            }
        }
        var times = (0..<50).map { _ in start + Int64(stream.index(below: minutes + 1)) * Self.minute }
        let before = times
        clock.toWorked(&times, missing: .min)
        for (time, worked) in zip(before, times) { #expect(worked == clock.worked(from: start, to: time)) }
    }

    @Test("Shifts of very different lengths: the end of any work is the first instant at which it is done")
    func unevenShifts() throws {
        var calendar = try Self.calendar("UTC", "Mon 00:00-24:00; Wed 10:00-10:01,10:02-10:03,10:04-10:05,11:00-11:01; Sun 23:59-24:00")
        calendar.closedDays = [Self.day(2026, 2, 1)...Self.day(2026, 3, 15)]
        let clock = WorkingClock(calendar, days: Self.day(2026, 1, 1)...Self.day(2026, 6, 30))
        let start = try Self.at("2026-01-01T00:00Z")
        var stream = RandomStream(seed: 4, path: 1)
        for _ in 0..<2_000 {
            let from = start + Int64(stream.index(below: 100 * 24 * 60)) * Self.minute
            let left = clock.total - clock.worked(from: start, to: from)
            let work = 1 + Int64(stream.index(below: Int(left)))
            let finish = try #require(clock.finish(from: from, work: work))
            #expect(clock.worked(from: from, to: finish) == work && clock.worked(from: from, to: finish - 1) == work - 1)
            #expect(clock.finish(from: from, work: left + 1) == nil && clock.finish(from: from, work: left) != nil)
        }
        let closed = WorkingClock(try Self.calendar("UTC", "Mon 08:00-09:00"), days: Self.day(2026, 1, 6)...Self.day(2026, 1, 10))
        #expect(closed.total == 0 && closed.finish(from: start, work: 1) == nil)
    }

    @Test("China 2026: the Spring Festival is closed, its make-up Saturdays have the hours of a working day")
    func china() throws {
        let calendar = try Self.calendar("Asia/Shanghai", "Mon-Fri 09:00-12:00,13:00-18:00", ["cn"])
        let clock = WorkingClock(calendar, days: Self.day(2026, 1, 1)...Self.day(2026, 12, 31))
        // From Friday 13 February, 17:00 to Tuesday 24 February, 10:00: Friday 1 h, the make-up Saturday 8 h, nine days off, Tuesday 1 h.
        #expect(try clock.worked(from: Self.at("2026-02-13T17:00+08:00"), to: Self.at("2026-02-24T10:00+08:00")) == 10 * Self.hour)
        #expect(calendar.workingDay(on: Self.day(2026, 2, 13)) == 8 * Self.hour)
        // Three working days of work begun on Friday at 09:00 are done on Tuesday the 24th, after the make-up Saturday.
        let done = try clock.finish(from: Self.at("2026-02-13T09:00+08:00"), work: 3 * calendar.workingDay(on: 0))
        #expect(try done == Self.at("2026-02-24T18:00+08:00"))
        // 248 working days a year, as the notice of that year leaves.
        let weekdays = (Self.day(2026, 1, 1)...Self.day(2026, 12, 31)).count { ($0 + 3) % 7 < 5 }
        let table = try #require(HolidayTable.table(of: "cn")).days.filter {
            (Self.day(2026, 1, 1)...Self.day(2026, 12, 31)).contains($0.day)
        }
        let off = table.count { !$0.isWorked && ($0.day + 3) % 7 < 5 }
        #expect(clock.total == Int64(weekdays - off + table.count { $0.isWorked }) * 8 * Self.hour)
        #expect(clock.total == 248 * 8 * Self.hour)
    }

    @Test("When clocks change at night, a night shift is an hour longer or shorter, and a day shift is not")
    func summerTime() throws {
        let days = Self.day(2026, 3, 1)...Self.day(2026, 11, 30)
        let night = WorkingClock(try Self.calendar("Europe/Berlin", "Mon-Sun 22:00-06:00"), days: days)
        #expect(try night.worked(from: Self.at("2026-03-28T22:00+01:00"), to: Self.at("2026-03-29T06:00+02:00")) == 7 * Self.hour)
        #expect(try night.worked(from: Self.at("2026-10-24T22:00+02:00"), to: Self.at("2026-10-25T06:00+01:00")) == 9 * Self.hour)
        let office = WorkingClock(try Self.calendar("Europe/Berlin", "Mon-Sun 08:00-16:00"), days: days)
        #expect(try office.worked(from: Self.at("2026-03-29T00:00+01:00"), to: Self.at("2026-03-30T00:00+02:00")) == 8 * Self.hour)
    }

    @Test("Tables are in order, name their source and say which years they know")
    func tables() throws {
        for country in HolidayTable.countries {
            let table = try #require(HolidayTable.table(of: country))
            #expect(!table.source.isEmpty && table.days.count > 100)
            for year in table.years {
                #expect(table.days.contains { CivilDate(daysSinceEpoch: $0.day).year == year }, "\(country) \(year)")
            }
            // New Year's Day is off everywhere.
            for year in table.years { #expect(table.days.contains { $0.day == Self.day(year, 1, 1) && !$0.isWorked }) }
            // Only weekends are worked to make up for something.
            #expect(table.days.allSatisfy { !$0.isWorked || ($0.day + 3) % 7 >= 5 })
        }
        #expect(HolidayTable.table(of: "xx") == nil)
        let calendar = try Self.calendar("Asia/Shanghai", "Mon-Fri 09:00-17:00", ["cn", "de"])
        let missing = calendar.uncoveredYears(2025...2028)
        #expect(missing.map(\.country) == ["cn"] && missing[0].years == [2027, 2028])
    }

    @Test("Days of a week that differ: the mean working day, and hours from a day on")
    func workingDays() throws {
        var calendar = try Self.calendar("UTC", "Mon-Thu 08:00-12:00,13:00-17:30; Fri 08:00-12:00")
        #expect(calendar.workingDay(on: 0) == (4 * 8 * Self.hour + 4 * 30 * Self.minute + 4 * Self.hour) / 5)
        calendar.weeks.append(SiteCalendar.Week(from: Self.day(2026, 7, 1), hours: try WeeklyHours(text: "Mon-Fri 08:00-14:00")))
        #expect(calendar.workingDay(on: Self.day(2026, 6, 30)) != calendar.workingDay(on: Self.day(2026, 7, 1)))
        let clock = WorkingClock(calendar, days: Self.day(2026, 6, 29)...Self.day(2026, 7, 3))
        #expect(clock.total == 2 * (8 * Self.hour + 30 * Self.minute) + 3 * 6 * Self.hour)
    }

    @Test("Who keeps hours of their own has a clock of their own, with the site's holidays")
    func ownHours() throws {
        var calendar = try Self.calendar("Asia/Shanghai", "Mon-Fri 09:00-17:00", ["cn"])
        calendar.roles = ["Clerk": try WeeklyHours(text: "Mon-Fri 08:00-12:00")]
        calendar.resources = ["Robot": WeeklyHours.always]
        let clock = WorkingClock(calendar, days: Self.day(2026, 2, 1)...Self.day(2026, 2, 28))
        // From Friday 13 to Tuesday 24 February: Friday, the make-up Saturday, and nine days off.
        let (first, last) = (try Self.at("2026-02-13T00:00+08:00"), try Self.at("2026-02-24T00:00+08:00"))
        #expect(clock.clock(ofResource: "ann", role: "Buyer").worked(from: first, to: last) == 16 * Self.hour)
        #expect(clock.clock(ofResource: "ann", role: "Clerk").worked(from: first, to: last) == 8 * Self.hour)
        #expect(clock.clock(ofResource: "Robot", role: "Clerk").worked(from: first, to: last) == 2 * 24 * Self.hour)
        #expect(clock.clock(ofResource: nil, role: nil).worked(from: first, to: last) == 16 * Self.hour)
    }
}
