import EventLogs
import Instants
import Performance
import Statistics
import TestSupport
import Testing

@Suite struct TimesBreakdownTests {
    /// Every row against times looked up one by one, whole and in two parts.
    @Test(arguments: HourLog.Shape.allCases, [11, 12] as [UInt64])
    func rowsEqualASlowReference(shape: HourLog.Shape, seed: UInt64) throws {
        let hours = HourLog(seed: seed, shape: shape)
        let log = hours.log
        for (key, value) in [
            (BreakdownKey.resource, { (entry: HourLog.Entry) in entry.resource }), (.role, { (entry: HourLog.Entry) in entry.role }),
        ] {
            var whole = BreakdownTally(by: key)
            whole.add(log)
            let result = whole.result()
            let breakdown = try #require(result)
            #expect(breakdown.level == .instance)
            let values = Set(hours.cases.flatMap { $0.entries.map(value) })
            #expect(Set(breakdown.rows.map(\.value)) == values && breakdown.rows.count == values.count)
            #expect(breakdown.rows.last?.value == nil || !values.contains(nil))
            for row in breakdown.rows {
                let cases = hours.cases.filter { $0.entries.contains { value($0) == row.value } }
                let entries = hours.cases.flatMap(\.entries).filter { value($0) == row.value }
                #expect(row.cases == cases.count && row.instances == entries.count)
                let service = entries.compactMap { entry in entry.start.map { Int64(entry.end - $0) * Microseconds.hour } }
                #expect(row.serviceTime == TimeStatistics(microseconds: service))
            }
            var parts = BreakdownTally(by: key)
            parts.add(log.selecting(cases: Array(0..<17)))
            parts.add(log.selecting(cases: Array(17..<log.caseCount)))
            let together = parts.result()
            #expect(together == breakdown)
        }
    }

    @Test func weeksAndMonthsAreThoseOfTheClock() throws {
        let log = HourLog(seed: 13, shape: .sequential).log
        let shanghai = ZoneClock(.fixed(seconds: 8 * 3_600))
        var tally = BreakdownTally(by: .week(shanghai))
        tally.add(log)
        let result = tally.result()
        let weeks = try #require(result)
        let times = CaseTimes.of(log)
        #expect(weeks.level == .case && weeks.rows.map(\.cases).reduce(0, +) == log.caseCount)
        for row in weeks.rows {
            let monday = try Instant(parsing: (row.value ?? "") + "T00:00+08:00", zone: .utc).microseconds
            let held = times.firstStart.indices.filter { (monday..<monday + 7 * Microseconds.day).contains(times.firstStart[$0]) }
            #expect(row.cycleTime == TimeStatistics(microseconds: held.map { times.cycle[$0] }))
        }
        #expect(weeks.rows.map { $0.value ?? "" } == weeks.rows.map { $0.value ?? "" }.sorted())
        var months = BreakdownTally(by: .month(shanghai))
        months.add(log)
        let inMonths = months.result()
        #expect(inMonths?.rows.first?.value == "2026-01")
        var nothing = BreakdownTally(by: .attribute("colour"))
        nothing.add(log)
        let ofNothing = nothing.result()
        #expect(ofNothing == nil)
    }
}

@Suite struct DateOnlyBoundsTests {
    /// Dates as whole days: every way in which they can lie within their days gives figures within the bounds, and both ends are reached.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func everyReadingLiesWithin(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 19)
        var builder = EventLogBuilder()
        let day = builder.formNumber(TimeForm(offset: 0, isDateOnly: true))
        let exact = builder.formNumber(TimeForm(offset: 0))
        struct Stamp {
            var time: Int64
            var isDay: Bool
        }
        var cases: [(first: Stamp, last: Stamp)] = []
        for number in 0..<60 {
            func stamp(after floor: Int64) -> Stamp {
                let isDay = stream.index(below: 2) == 0
                let hours = floor + Int64(stream.index(below: 200))
                return Stamp(time: (isDay ? (hours + 23) / 24 * 24 : hours) * Microseconds.hour, isDay: isDay)
            }
            let first = stamp(after: 0)
            let last = stamp(after: first.time / Microseconds.hour)
            cases.append((first, last))
            for (activity, stamp) in [("A", first), ("B", last)] {
                _ = builder.append(
                    case: builder.caseNumber("\(number)"), activity: builder.activityNumber(activity), time: stamp.time,
                    form: stamp.isDay ? day : exact, row: number * 2 + 1)
            }
        }
        let bounds = try #require(PerformanceResult(of: builder.finish()).dateOnly)
        #expect(bounds.cases == cases.count { $0.first.isDay || $0.last.isDay })
        func reading(_ place: (Stamp) -> Int64) -> TimeStatistics? {
            TimeStatistics(
                microseconds: cases.map { first, last in
                    // Within a case time does not run backwards.
                    let begin =
                        first.isDay ? min(first.time + place(first), last.isDay ? last.time + Microseconds.day : last.time) : first.time
                    return max(0, (last.isDay ? last.time + place(last) : last.time) - begin)
                })
        }
        for _ in 0..<200 {
            let made = reading { _ in Int64(stream.index(below: 24)) * Microseconds.hour }
            let figures = try #require(made)
            #expect(bounds.meanS.contains(figures.meanS) && bounds.medianS.contains(figures.medianS))
        }
        let none = HourLog(seed: 1, shape: .sequential).log
        #expect(PerformanceResult(of: none).dateOnly == nil)
    }
}
