import Statistics
import Testing

@testable import SyntheticLogs

/// Every answer is compared with a walk over the minutes of several weeks.
@Suite struct WeeklyShiftTests {
    private static let offset: Int64 = 28_800
    /// Monday 2024-01-01 00:00 at +08:00.
    private static let monday: Int64 = 1_704_038_400
    private static let shifts = [
        WeeklyShift(days: 0..<5, hours: [(510, 720), (780, 1_050)], offset: offset),
        WeeklyShift(days: 0..<7, hours: [(0, 1_440)], offset: offset),
        WeeklyShift(days: 0..<6, hours: [(0, 60), (1_380, 1_440)], offset: offset),
        WeeklyShift(days: 6..<7, hours: [(1_200, 1_440)], offset: offset),
        WeeklyShift.always,
    ]

    private func isOpen(_ shift: WeeklyShift, minute: Int) -> Bool {
        let week = ((minute % 10_080) + 10_080) % 10_080
        return zip(shift.opens, shift.closes).contains { $0 / 60 <= Int64(week) && Int64(week) < $1 / 60 }
    }

    @Test(arguments: shifts.indices) func agreesWithAWalkOverMinutes(index: Int) {
        let shift = Self.shifts[index]
        // Around the clock there is no offset to respect.
        let base = Self.monday
        var random = RandomStream(seed: 5, path: UInt64(index))
        for _ in 0..<300 {
            let minute = random.index(below: 10_080 * 2) - 10_080
            let time = base + Int64(minute) * 60
            #expect(shift.isOpen(time) == isOpen(shift, minute: minute))

            var opening = minute
            while !isOpen(shift, minute: opening) { opening += 1 }
            #expect(shift.nextOpening(time) == base + Int64(opening) * 60)

            let work = 1 + random.index(below: 4_000)
            var done = 0
            var walk = minute
            while done < work {
                if isOpen(shift, minute: walk) { done += 1 }
                walk += 1
            }
            #expect(shift.finish(of: Int64(work) * 60, from: time) == base + Int64(walk) * 60)
            #expect(shift.workingSeconds(from: time, to: base + Int64(walk) * 60) == Int64(work) * 60)
        }
    }

    @Test func workThatEndsWithTheHoursEndsThen() {
        let office = Self.shifts[0]
        let open = Self.monday + 510 * 60
        #expect(office.finish(of: 210 * 60, from: open) == Self.monday + 720 * 60)
        #expect(office.finish(of: 210 * 60 + 1, from: open) == Self.monday + 780 * 60 + 1)
        #expect(office.finish(of: office.secondsPerWeek, from: Self.monday) == Self.monday + 4 * 86_400 + 1_050 * 60)
        #expect(!office.isOpen(Self.monday + 720 * 60))
        #expect(office.finish(of: 0, from: Self.monday) == Self.monday)
    }
}
