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

    /// Which minutes of the week are open.
    private func openMinutes(_ shift: WeeklyShift) -> [Bool] {
        var minutes = [Bool](repeating: false, count: 10_080)
        for (open, close) in zip(shift.opens, shift.closes) {
            for minute in open / 60..<close / 60 { minutes[Int(minute)] = true }
        }
        return minutes
    }

    @Test(arguments: shifts.indices) func agreesWithAWalkOverMinutes(index: Int) {
        let shift = Self.shifts[index]
        let minutes = openMinutes(shift)
        func isOpen(_ minute: Int) -> Bool { minutes[(minute + 10_080) % 10_080] }
        let base = Self.monday
        var random = RandomStream(seed: 5, path: UInt64(index))
        for _ in 0..<200 {
            let minute = random.index(below: 10_080 * 2) - 10_080
            let time = base + Int64(minute) * 60
            #expect(shift.isOpen(time) == isOpen(minute))

            var opening = minute
            while !isOpen(opening) { opening += 1 }
            #expect(shift.nextOpening(time) == base + Int64(opening) * 60)

            let work = 1 + random.index(below: 4_000)
            var done = 0
            var walk = minute
            while done < work {
                if isOpen(walk) { done += 1 }
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
