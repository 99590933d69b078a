import Instants
import Statistics
import Testing

struct DurationTextTests {
    @Test(arguments: [
        ("90s", 90.0), ("5m", 300), ("4h", 14_400), ("2d", 172_800), ("1w", 604_800), ("1d12h", 129_600), ("1.5h", 5_400),
        ("0.000001s", 0.000001), ("1w2d3h4m5.25s", 788_645.25), (" 1d 12h ", 129_600), ("0s", 0), ("0.1w", 60_480),
    ])
    func reads(_ text: String, _ seconds: Double) throws {
        #expect(try DurationText.microseconds(in: text) == Int64((seconds * 1e6).rounded()))
    }

    @Test(arguments: [
        ("", DurationTextError.Problem.empty), ("  ", .empty), ("h", .noNumber), ("5", .noUnit), ("5 h", .noUnit),
        ("12wd", .workingTimeUnit("wd")), ("8wh", .workingTimeUnit("wh")), ("3months", .calendarUnit("months")),
        ("1y", .calendarUnit("y")), ("5x", .unknownUnit("x")), ("5H", .unknownUnit("H")), ("12h1d", .wrongOrder("d")),
        ("1d1d", .wrongOrder("d")), ("1.h", .badNumber), ("-5s", .noNumber), ("1234567890123456789s", .badNumber),
        ("99999999999999999w", .tooLong), ("5天", .unknownUnit("天")), ("1wd4h", .mixedUnits("h")), ("1d2wh", .mixedUnits("wh")),
        ("4wh1wd", .wrongOrder("wd")),
    ])
    func refuses(_ text: String, _ problem: DurationTextError.Problem) {
        let error = #expect(throws: DurationTextError.self) { try DurationText.microseconds(in: text) }
        #expect(error?.problem == problem)
        #expect(error.map { $0.description.contains("—") } == true, "an error says what to do")
    }

    @Test func workingLengthsReadBackAndTakeTheLengthOfADay() throws {
        func working(_ text: String) throws -> WorkingLength? {
            if case .working(let length) = try DurationText.length(in: text) { length } else { nil }
        }
        #expect(try working("12wd") == WorkingLength(days: 12_000_000, time: 0))
        #expect(try working(" 1.5wd 4wh ")?.microseconds(workingDay: 8 * Microseconds.hour) == 16 * Microseconds.hour)
        #expect(try working("8wh")?.text == "8wh" && working("1.5wd0.5wh")?.text == "1.5wd0.5wh" && working("0wd")?.text == "0wh")
        #expect(try working("3d") == nil)
        var stream = RandomStream(seed: 2, path: 1)
        for _ in 0..<5_000 {
            let length = WorkingLength(days: Int64(stream.index(below: 1 << 40)), time: Int64(stream.index(below: 1 << 20)) * 36_000)
            #expect(try working(length.text) == length)
        }
    }

    @Test func everyLengthReadsBack() throws {
        var stream = RandomStream(seed: 1, path: 1)
        for _ in 0..<20_000 {
            let size = Int64(1) << Int64(stream.index(below: 62))
            let length = Int64(stream.index(below: Int(size)))
            #expect(try DurationText.microseconds(in: DurationText.text(length)) == length)
        }
        #expect(DurationText.text(36 * Microseconds.hour) == "1d12h")
        #expect(DurationText.text(250_000) == "0.25s")
        #expect(DurationText.text(0) == "0s")
    }
}
