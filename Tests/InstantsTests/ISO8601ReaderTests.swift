import Foundation
import Instants
import Statistics
import Testing

func parsed(_ text: String) -> ParsedTime? {
    var text = text
    return text.withUTF8 { ISO8601Reader.parse(UnsafeRawBufferPointer($0)) }
}

struct ISO8601ReaderTests {
    /// 2026-01-31T08:00:00 on the clock.
    private let morning: Int64 = (20_484 * 24 + 8) * Microseconds.hour

    @Test func everyFormOfOneTime() {
        let forms = [
            "2026-01-31T08:00:00", "2026-01-31T08:00", "2026-01-31 08:00", "2026-01-31t08", "20260131T080000", "20260131T0800",
            "2026-031T08:00", "2026031T08", "2026-W05-6T08:00:00.000", "2026W056T08:00", "2026-01-31T08:00:00,000000",
            "  2026-01-31  08:00\n",
            "+2026-01-31T08:00", "2026-01-31T08.0", "2026-01-31T08:00.000",
        ]
        for form in forms { #expect(parsed(form) == ParsedTime(local: morning), "\(form)") }
        for offset in ["+08:00", "+0800", "+08", " +08:00", "UTC+08:00"] {
            #expect(parsed("2026-01-31T08:00:00" + offset) == ParsedTime(local: morning, offset: 28_800), "\(offset)")
        }
        for offset in ["Z", "z", " Z", " UTC", "GMT", "+00:00", "-00:00"] {
            #expect(parsed("2026-01-31T08:00:00" + offset) == ParsedTime(local: morning, offset: 0), "\(offset)")
        }
        #expect(parsed("2026-01-31") == ParsedTime(local: morning - 8 * Microseconds.hour, isDateOnly: true))
        #expect(parsed("2026-01-31+08:00") == ParsedTime(local: morning - 8 * Microseconds.hour, offset: 28_800, isDateOnly: true))
        #expect(parsed("2026-01-31T24:00") == ParsedTime(local: morning + 16 * Microseconds.hour))
        #expect(parsed("2026-01-31T08:30")?.local == morning + 30 * Microseconds.minute)
        #expect(parsed("2026-01-31T08.5")?.local == morning + 30 * Microseconds.minute)
        #expect(parsed("2026-01-31T07:59.5")?.local == morning - 30 * Microseconds.second)
        #expect(parsed("2016-12-31T23:59:60Z") == parsed("2017-01-01T00:00:00Z"))
        #expect(parsed("-0001-01-01")?.local == Int64(CivilDate(year: -1, month: 1, day: 1).daysSinceEpoch) * Microseconds.day)
    }

    @Test func decimalsBeyondMicrosecondsAreRoundedAndSaid() {
        #expect(parsed("2026-01-31T08:00:00.1234564") == ParsedTime(local: morning + 123_456, isRounded: true))
        #expect(parsed("2026-01-31T08:00:00.1234565") == ParsedTime(local: morning + 123_457, isRounded: true))
        #expect(parsed("2026-01-31T08:00:00.123456000") == ParsedTime(local: morning + 123_456))
        #expect(parsed("2026-01-31T08:00:00.9999999") == ParsedTime(local: morning + 1_000_000, isRounded: true))
    }

    @Test(arguments: [
        "", " ", "2026", "2026-01", "2026-1-1", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-31T", "2026-01-31T25:00",
        "2026-01-31T08:60", "2026-01-31T08:00:61", "2026-01-31T08:00:00.", "2026-01-31T08:00:00+", "2026-01-31T08:00:00+19:00",
        "2026-01-31T08:00:00+08:60", "2026-01-31T08:00:00 EST", "2026-01-31x", "2026-W54-1", "2025-W53-1", "2026-366", "2026-000",
        "31.01.2026", "2026-01-31T08:00:00Zz", "2026-01-31T24:01", "not a timestamp", "2026-01-31T08:00:00+8", "20260131080000",
        "2026-01-31T08:00:00+123", "-", "+", "12026-01-31", "+002026-01-31",
    ])
    func refuses(_ text: String) {
        #expect(parsed(text) == nil)
    }

    @Test func everyOffsetReadsBack() {
        var stream = RandomStream(seed: 2, path: 1)
        for minutes in -(18 * 60)...(18 * 60) {
            let offset = minutes * 60
            for scale in [1 as Int64, 1_000, 1_000_000] {
                let instant = Instant(microseconds: (Int64(stream.index(below: 1 << 52)) - 1 << 51) / scale * scale)
                let text = instant.iso8601(offset: offset)
                let found = parsed(text)
                #expect(found?.offset == Int32(offset) && found?.resolved(in: .utc).instant == instant, "\(text)")
            }
        }
        for _ in 0..<2_000 {
            let offset = stream.index(below: 36 * 3_600) - 18 * 3_600
            let instant = Instant(microseconds: Int64(stream.index(below: 1 << 52)))
            #expect(parsed(instant.iso8601(offset: offset))?.resolved(in: .utc).instant == instant)
        }
    }

    @Test func everyDateFormAgrees() {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
        for days in stride(from: -40_000, through: 60_000, by: 37) {
            let date = CivilDate(daysSinceEpoch: days)
            let year = String(date.year)
            let first = CivilDate(year: date.year, month: 1, day: 1).daysSinceEpoch
            let ordinal = String(1_000 + days - first + 1).dropFirst()
            #expect(parsed(date.iso8601)?.local == Int64(days) * Microseconds.day)
            #expect(parsed("\(year)-\(ordinal)")?.local == Int64(days) * Microseconds.day)
            let parts = calendar.dateComponents(
                [.yearForWeekOfYear, .weekOfYear, .weekday], from: Date(timeIntervalSince1970: Double(days) * 86_400))
            let week = String(100 + (parts.weekOfYear ?? 0)).dropFirst()
            let weekday = ((parts.weekday ?? 0) + 5) % 7 + 1
            #expect(parsed("\(parts.yearForWeekOfYear ?? 0)-W\(week)-\(weekday)")?.local == Int64(days) * Microseconds.day)
        }
    }

    @Test func flagsAndFiltersNameInstants() throws {
        let shanghai = ZoneClock(.fixed(seconds: 28_800))
        #expect(try Instant(parsing: "2026-01-31T08:00", zone: shanghai).microseconds == morning - 8 * Microseconds.hour)
        #expect(try Instant(parsing: "2026-01-31T08:00Z", zone: shanghai).microseconds == morning)
        #expect(try Instant(parsing: "2026-01-31", zone: .utc).microseconds == morning - 8 * Microseconds.hour)
        #expect(throws: InstantTextError.self) { try Instant(parsing: "yesterday", zone: .utc) }
    }
}
