import Foundation
import Instants
import Statistics
import Testing

struct ZoneClockTests {
    private static let zones = [
        "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca",
        "Pacific/Apia", "America/St_Johns",
    ]

    @Test(arguments: zones)
    func offsetsAreFoundations(_ name: String) throws {
        let clock = ZoneClock(try TimeZoneChoice(parsing: name))
        let zone = try #require(TimeZone(identifier: name))
        var stream = RandomStream(seed: 3, path: 1)
        for _ in 0..<3_000 {
            let seconds = stream.index(below: 6_000_000_000) - 2_000_000_000
            let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            #expect(clock.offset(at: Instant(microseconds: Int64(seconds) * Microseconds.second)) == expected, "\(name) \(seconds)")
        }
    }

    /// Against a search over every offset that the zone ever had.
    @Test(arguments: zones)
    func readingsAreWhatTheClockShowed(_ name: String) throws {
        let clock = ZoneClock(.named(name))
        var stream = RandomStream(seed: 4, path: 1)
        var offsets: Set<Int> = []
        for year in -70..<130 {
            for month in 0..<12 {
                offsets.insert(clock.offset(at: Instant(microseconds: Int64(year * 365 + month * 30) * Microseconds.day)))
            }
        }
        var seen = (unique: 0, repeated: 0, skipped: 0)
        // Readings near changes of the clock: around 2 in the morning of every day of some years, in steps of 10 minutes.
        for _ in 0..<400 {
            let day = Int64(stream.index(below: 60 * 365))
            for step in 0..<30 {
                let local = day * Microseconds.day + Int64(step) * 10 * Microseconds.minute
                let reading = clock.reading(local: local)
                let means = offsets.map { local - Int64($0) * Microseconds.second }
                    .filter { $0 + Int64(clock.offset(at: Instant(microseconds: $0))) * Microseconds.second == local }
                if let earliest = means.min() {
                    #expect(reading.instant.microseconds == earliest)
                    #expect((reading.kind == .repeated) == (means.count > 1))
                    if means.count > 1 { seen.repeated += 1 } else { seen.unique += 1 }
                } else {
                    #expect(reading.kind == .skipped)
                    seen.skipped += 1
                }
            }
        }
        #expect(seen.unique > 0)
    }

    @Test func aSkippedHourMovesForwardAndARepeatedOneIsTheEarlier() throws {
        let berlin = ZoneClock(.named("Europe/Berlin"))
        let skipped = try #require(parsed("2026-03-29T02:30")).resolved(in: berlin)
        #expect(skipped.instant.iso8601(offset: 7_200) == "2026-03-29T03:30:00+02:00")
        #expect(skipped.offset == 7_200)
        let repeated = try #require(parsed("2026-10-25T02:30")).resolved(in: berlin)
        #expect(repeated.instant.iso8601(offset: 7_200) == "2026-10-25T02:30:00+02:00")
        #expect(repeated.offset == 7_200)
        let apia = ZoneClock(.named("Pacific/Apia"))
        #expect(apia.reading(local: try #require(parsed("2011-12-30T12:00")).local).kind == .skipped, "Samoa left that day out")
        #expect(apia.reading(local: try #require(parsed("2011-12-31T00:00")).local).kind == .unique)
    }

    @Test(arguments: [
        ("UTC", TimeZoneChoice.utc), ("z", .utc), ("+08:00", .fixed(seconds: 28_800)), ("-0330", .fixed(seconds: -12_600)),
        ("UTC+8", .fixed(seconds: 28_800)), ("gmt-5", .fixed(seconds: -18_000)), ("asia/shanghai", .named("Asia/Shanghai")),
        ("Europe/Berlin", .named("Europe/Berlin")),
    ])
    func choices(_ text: String, _ choice: TimeZoneChoice) throws {
        #expect(try TimeZoneChoice(parsing: text) == choice)
        #expect(try TimeZoneChoice(parsing: choice.name) == choice, "a choice's name can be typed")
    }

    @Test(arguments: [("Asia/Shanghia", "Asia/Shanghai"), ("Shanghi", "Asia/Shanghai"), ("CST", nil), ("", nil), ("Mars/Olympus", nil)])
    func unknownZonesAreRefusedWithTheNearest(_ text: String, _ suggestion: String?) {
        let error = #expect(throws: TimeZoneTextError.self) { try TimeZoneChoice(parsing: text) }
        #expect(error?.text == text)
        #expect(error?.suggestion == suggestion)
    }
}
