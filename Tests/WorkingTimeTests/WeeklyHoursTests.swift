import Statistics
import Testing

@testable import WorkingTime

private let minute: Int64 = 60_000_000

/// Seeded hours on whole minutes, with as many shifts as asked for.
private func randomHours(_ stream: inout RandomStream, shifts: Int) -> WeeklyHours {
    let shifts = (0..<shifts).map { _ in
        let start = stream.index(below: 10_079)
        let end = min(10_080, start + 1 + stream.index(below: 700))
        return WeeklyHours.Shift(start: Int64(start) * minute, end: Int64(end) * minute)
    }
    return WeeklyHours(shifts)
}

/// Whether a wall-clock minute is worked, told from the shifts alone.
private func isOpenByHand(_ hours: WeeklyHours, _ time: Int64) -> Bool {
    let monday: Int64 = 4 * 1_440 * minute  // 1970-01-05
    var inWeek = (time - monday) % WeeklyHours.week
    if inWeek < 0 { inWeek += WeeklyHours.week }
    return hours.shifts.contains { $0.start <= inWeek && inWeek < $0.end }
}

@Suite struct WeeklyHoursTests {
    @Test(arguments: 1...12) func agreesWithCountingMinutes(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), path: 1)
        let hours = randomHours(&stream, shifts: 1 + stream.index(below: 9))
        for _ in 0..<20 {
            let start = Int64(stream.index(below: 40_000) - 20_000) * minute
            let length = stream.index(below: 15_000)
            var counted: Int64 = 0
            for step in 0..<length where isOpenByHand(hours, start + Int64(step) * minute) { counted += minute }
            let end = start + Int64(length) * minute
            #expect(hours.worked(from: start, to: end) == counted)
            #expect(hours.worked(from: end, to: start) == -counted)
            #expect(hours.isOpen(at: start) == isOpenByHand(hours, start))
            let opening = try #require(hours.nextOpening(from: start))
            #expect(isOpenByHand(hours, opening))
            #expect(hours.worked(from: start, to: opening) == 0)
            #expect(opening == start || opening > start && !isOpenByHand(hours, start))
        }
    }

    @Test(arguments: 1...12) func finishIsTheEarliestInstantWithThatMuchWork(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), path: 2)
        let hours = randomHours(&stream, shifts: 1 + stream.index(below: 9))
        for _ in 0..<200 {
            let start = Int64(stream.index(below: 4_000_000) - 2_000_000) * 10_000_000
            let work = Int64(stream.index(below: 1_000_000)) * 7_000_000
            let end = try #require(hours.finish(from: start, work: work))
            #expect(hours.worked(from: start, to: end) == work)
            if work > 0 { #expect(hours.worked(from: start, to: end - 1) == work - 1) }
        }
    }

    @Test func exactMultiplesOfAWeekEndInTheirOwnWeek() throws {
        let hours = try WeeklyHours(text: "Mon-Fri 08:00-16:00")
        let monday: Int64 = 4 * 1_440 * minute + 8 * 60 * minute
        let end = try #require(hours.finish(from: monday, work: hours.perWeek))
        #expect(end == monday + 4 * 1_440 * minute + 8 * 60 * minute)
        #expect(hours.closing(after: monday) == monday + 8 * 60 * minute)
        #expect(hours.closing(after: monday - 1) == nil)
    }

    @Test func noHoursAndAllHours() {
        let none = WeeklyHours([])
        #expect(none.isEmpty && none.finish(from: 5, work: 1) == nil && none.finish(from: 5, work: 0) == 5)
        #expect(none.nextOpening(from: 5) == nil && none.worked(from: 0, to: 1_000_000_000_000) == 0)
        #expect(WeeklyHours.always.isAlways && WeeklyHours.always.finish(from: -77, work: 1_000) == 923)
    }

    @Test func textRoundTrips() throws {
        for text in ["Mon-Fri 08:00-12:00,13:00-18:00", "Mon-Thu 08:00-17:30; Fri 08:00-12:00", "Mon-Sun 00:00-24:00"] {
            #expect(try WeeklyHours(text: text).text == text)
        }
        let night = try WeeklyHours(text: "Sun 22:00-06:00")
        #expect(night.text == "Mon 00:00-06:00; Sun 22:00-24:00")
        #expect(try WeeklyHours(text: "Sat-Mon 10:00-11:00").perWeek == 180 * minute)
        #expect(throws: WeeklyHoursError.self) { try WeeklyHours(text: "Mon-Foo 08:00-09:00") }
        #expect(throws: WeeklyHoursError.self) { try WeeklyHours(text: "Mon 08:00-25:00") }
        #expect(throws: WeeklyHoursError.self) { try WeeklyHours(text: "Mon") }
    }

    @Test func calendarShiftsByItsOffset() throws {
        let calendar = WorkCalendar(name: "plant", hours: try WeeklyHours(text: "Mon 08:00-09:00"), offset: 28_800)
        let mondayMidnightUTC: Int64 = 4 * 1_440 * minute
        #expect(calendar.isOpen(at: mondayMidnightUTC))
        #expect(!calendar.isOpen(at: mondayMidnightUTC + 60 * minute))
        #expect(calendar.finish(from: mondayMidnightUTC - minute, work: minute) == mondayMidnightUTC + minute)
        #expect(calendar.nextOpening(from: mondayMidnightUTC + 60 * minute) == mondayMidnightUTC + WeeklyHours.week)
    }
}
