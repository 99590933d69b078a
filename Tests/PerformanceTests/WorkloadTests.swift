import EventLogs
import Instants
import Performance
import TestSupport
import Testing

@Suite struct WorkloadTests {
    /// Work counted hour by hour, per person and per person in a role.
    @Test(arguments: [HourLog.Shape.overlapping, .overlappingWithGaps, .eventsOnly], [41, 42] as [UInt64])
    func workEqualsASlowReference(shape: HourLog.Shape, seed: UInt64) {
        let hours = HourLog(seed: seed, shape: shape)
        let workload = Workload(of: hours.log)
        let entries = hours.cases.flatMap(\.entries)
        check(workload.resources, entries, group: \.resource)
        check(workload.roles, entries, group: \.role)
        #expect(workload.departments.isEmpty)
        #expect(workload.offsetS == 8 * 3_600)
    }

    private func check(_ series: [Workload.Series], _ entries: [HourLog.Entry], group: (HourLog.Entry) -> String?) {
        #expect(Set(series.map(\.name)) == Set(entries.compactMap(group)))
        let firstWeek = (entries.map { $0.start ?? $0.end }.min() ?? 0).flooredQuotient(by: 168)
        for one in series {
            let own = entries.filter { group($0) == one.name }
            #expect(one.instances == own.count)
            let people = Set(own.map { $0.resource ?? "" })
            var worked: [Int: Int] = [:]
            for person in people {
                let intervals = own.filter { ($0.resource ?? "") == person }.compactMap { entry in entry.start.map { $0..<entry.end } }
                for hour in Set(intervals.flatMap { Array($0) }) { worked[hour.flooredQuotient(by: 168) - firstWeek, default: 0] += 1 }
            }
            let knowsStarts = own.contains { $0.start != nil }
            #expect(one.workedS == (knowsStarts ? Double(worked.values.reduce(0, +)) * 3_600 : nil))
            for week in one.weeks {
                #expect(week.instances == own.count { $0.end.flooredQuotient(by: 168) - firstWeek == week.number })
                #expect(week.workedS == (knowsStarts ? Double(worked[week.number] ?? 0) * 3_600 : nil))
            }
            #expect(one.weeks.reduce(0) { $0 + $1.instances } == one.instances)
            #expect(zip(one.weeks, one.weeks.dropFirst()).allSatisfy { $0.number + 1 == $1.number })
        }
        #expect(zip(series, series.dropFirst()).allSatisfy { ($0.instances, $1.name) > ($1.instances, $0.name) })
    }

    @Test(arguments: [51, 52, 53] as [UInt64])
    func weeksOfTheLogEqualASlowReference(seed: UInt64) {
        let hours = HourLog(seed: seed, shape: .overlappingWithGaps)
        let weeks = Workload(of: hours.log).weeks
        let spans = hours.cases.map { entry in
            (first: entry.entries.map { $0.start ?? $0.end }.min() ?? 0, last: entry.entries.map(\.end).max() ?? 0)
        }
        let firstHour = spans.map(\.first).min() ?? 0
        let lastHour = spans.map(\.last).max() ?? 0
        let firstWeek = firstHour.flooredQuotient(by: 168)
        #expect(weeks.count == lastHour.flooredQuotient(by: 168) - firstWeek + 1)
        for week in weeks {
            let range = ((week.number + firstWeek) * 168)..<((week.number + firstWeek + 1) * 168)
            #expect(week.weekStart == Instant(microseconds: HourLog.instant(range.lowerBound)).iso8601(offset: 8 * 3_600))
            #expect(week.casesStarted == spans.count { range.contains($0.first) })
            #expect(week.casesCompleted == spans.count { range.contains($0.last) })
            #expect(week.casesInProgress == spans.count { $0.first < range.upperBound && $0.last >= range.lowerBound })
            #expect(week.instances == hours.cases.reduce(0) { $0 + $1.entries.count { range.contains($0.end) } })
            let isFirstCut = week.number == 0 && firstHour >= range.lowerBound + 24
            let isLastCut = week.number == weeks.count - 1 && lastHour < range.lowerBound + 144
            #expect(week.isPartial == (isFirstCut || isLastCut))
        }
    }

    /// Monday 00:00 on the log's clock, before 1970 and across the end of a year.
    @Test func weeksBeginOnMondayOfTheLogsClock() {
        for (text, offset, monday) in [
            ("2025-12-31T23:30", 8, "2025-12-29T00:00:00+08:00"), ("2026-01-05T00:00", -5, "2026-01-05T00:00:00-05:00"),
            ("2026-01-04T23:59", -5, "2025-12-29T00:00:00-05:00"), ("1969-12-31T12:00", 1, "1969-12-29T00:00:00+01:00"),
        ] {
            let date = text.prefix(10).split(separator: "-").compactMap { Int($0) }
            let time = text.suffix(5).split(separator: ":").compactMap { Int64($0) }
            let day = Int64(CivilDate(year: date[0], month: date[1], day: date[2]).daysSinceEpoch)
            let local = day * Microseconds.day + time[0] * Microseconds.hour + time[1] * Microseconds.minute
            var builder = EventLogBuilder()
            let form = builder.formNumber(TimeForm(offset: Int32(offset * 3_600)))
            builder.append(
                case: builder.caseNumber("1"), activity: builder.activityNumber("A"), time: local - Int64(offset) * Microseconds.hour,
                form: form, row: 1)
            #expect(Workload(of: builder.finish()).weeks.map(\.weekStart) == [monday])
        }
    }

    /// One interval over three weeks is cut at both Mondays.
    @Test func longWorkIsCutAtTheWeeksEnds() throws {
        let day = 86_400.0
        let log = EventLog.tiny([("1", [TinyEvent("A", start: 5 * day, end: 15 * day, by: "x")])])
        let series = try #require(Workload(of: log).resources.first)
        #expect(series.weeks.map(\.workedS) == [2 * day, 7 * day, 1 * day])
        #expect(series.weeks.map(\.instances) == [0, 0, 1])
        #expect(series.workedS == 10 * day)
    }
}
