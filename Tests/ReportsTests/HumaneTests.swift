import Instants
import Reports
import Statistics
import Testing

@Suite struct HumaneTests {
    let en = Humane(.en)
    let zh = Humane(.zh)

    @Test func durationsInTwoLanguages() {
        let cases: [(seconds: Double, english: String, chinese: String)] = [
            (273_600, "3 d 4 h", "3 天 4 小时"), (35_160, "9 h 46 min", "9 小时 46 分钟"), (12, "12 s", "12 秒"),
            (0.4, "0.4 s", "0.4 秒"), (0, "0 s", "0 秒"), (59.7, "1 min", "1 分钟"), (3_599.7, "1 h", "1 小时"),
            (86_399, "1 d", "1 天"), (90, "1 min 30 s", "1 分钟 30 秒"), (422_496_000, "4,890 d", "4,890 天"),
            (-7_200, "−2 h", "−2 小时"), (0.012, "12 ms", "12 毫秒"), (0.000_002, "2 µs", "2 微秒"), (8_639_999, "100 d", "100 天"),
        ]
        for item in cases {
            #expect(en.duration(seconds: item.seconds) == item.english)
            #expect(zh.duration(seconds: item.seconds) == item.chinese)
        }
    }

    /// Where a calendar counts, days are working days: of 8 hours, and of 7 h 30 min.
    @Test func workingTimeInWorkingDays() throws {
        let cases: [(day: Double, seconds: Double, english: String, chinese: String)] = [
            (8, 3 * 28_800 + 4 * 3_600, "3 wd 4 h", "3 工作日 4 小时"), (8, 28_800, "1 wd", "1 工作日"), (8, 7_200, "2 h", "2 小时"),
            (8, 28_799.9, "1 wd", "1 工作日"), (8, 28_800 + 600, "1 wd 10 min", "1 工作日 10 分钟"), (8, 100 * 28_800, "100 wd", "100 工作日"),
            (8, 2 * 28_800 + 7.9 * 3_600, "3 wd", "3 工作日"), (7.5, 27_000 * 2 + 1_800, "2 wd 30 min", "2 工作日 30 分钟"),
            (7.5, -27_000, "−1 wd", "−1 工作日"), (24, 86_400, "1 wd", "1 工作日"), (8, 12, "12 s", "12 秒"),
        ]
        for item in cases {
            Humane.$workingDayInScope.withValue(item.day * 3_600) {
                #expect(Humane(.en).duration(seconds: item.seconds) == item.english)
                #expect(Humane(.zh).duration(seconds: item.seconds) == item.chinese)
                #expect(Humane.elapsed(.en).duration(seconds: 273_600) == "3 d 4 h")
            }
        }
        // Read back, no rest is as long as a day.
        var stream = RandomStream(seed: 8)
        for _ in 0..<2_000 {
            let seconds = stream.exponential(mean: 1) * [3_600, 86_400, 9e5][stream.index(below: 3)]
            let words = Humane.$workingDayInScope.withValue(27_000) { Humane(.en).duration(seconds: seconds) }.split(separator: " ")
            guard words.count == 4, words[1] == "wd" else { continue }
            let (days, rest) = (try #require(Double(words[0])), try #require(Double(words[2])))
            let length = rest * (words[3] == "h" ? 3_600 : 60)
            #expect(length < 27_000 && abs(days * 27_000 + length - seconds) <= 1_800.5)
        }
    }

    /// The text, read back, is within half of its smaller unit of the value, and never shows 60 min, 24 h or the like.
    @Test func durationsReadBack() throws {
        var stream = RandomStream(seed: 7)
        for _ in 0..<5_000 {
            let seconds = stream.exponential(mean: 1) * [1.0, 60, 3_600, 86_400, 9e6][stream.index(below: 5)]
            let text = en.duration(seconds: seconds)
            let words = text.split(separator: " ")
            #expect(words.count == 2 || words.count == 4)
            let sizes = ["d": 86_400.0, "h": 3_600, "min": 60, "s": 1, "ms": 1e-3, "µs": 1e-6]
            var total = 0.0
            for index in stride(from: 0, to: words.count, by: 2) {
                let amount = try #require(Double(words[index].replacing(",", with: "")))
                let size = try #require(sizes[String(words[index + 1])])
                if index > 0 { #expect(amount > 0 && amount < (words[index + 1] == "h" ? 24 : 60)) }
                total += amount * size
            }
            let finest = seconds >= 86_370 ? (seconds >= 8.6e6 ? 43_200.0 : 1_800) : seconds >= 3_599 ? 30 : seconds > 9 ? 0.5 : 0.05
            #expect(abs(total - seconds) <= finest + 1e-9, "\(text) for \(seconds)")
        }
    }

    @Test func unknownIsADash() {
        #expect(en.duration(seconds: nil) == "–")
        #expect(en.duration(microseconds: Instant.missing) == "–")
        #expect(zh.share(.nan) == "–")
        #expect(en.count(nil) == "–")
        #expect(en.interval(nil, 1, en.change) == "–")
        #expect(en.date(nil) == "–")
        #expect(en.number(.infinity) == "–")
    }

    @Test func numbers() {
        #expect(en.count(4_890) == "4,890")
        #expect(en.count(-1_234_567) == "−1,234,567")
        #expect(en.count(Int.min) == "−9,223,372,036,854,775,808")
        #expect(en.number(1_234.5) == "1,234.5")
        #expect(en.number(0.5) == "0.5")
        #expect(en.number(2.0) == "2")
        #expect(en.number(3.14159, decimals: 2) == "3.14")
        #expect(en.number(-0.0001, decimals: 1) == "0.0")
        #expect(en.compact(1_234_567) == "1.2 M")
        #expect(en.compact(4_890) == "4,890")
        #expect(en.compact(640_000) == "640 k")
        #expect(en.compact(999_999) == "1 M")
        #expect(zh.compact(1_200_000) == "120 万")
        #expect(zh.compact(310_000_000) == "3.1 亿")
    }

    @Test func sharesAndChanges() {
        #expect(en.share(0.28) == "28 %")
        #expect(zh.share(0.28) == "28%")
        #expect(en.share(0.004) == "0.4 %")
        #expect(en.share(0.000_01) == "< 0.1 %")
        #expect(en.share(0.99999) == "> 99.9 %")
        #expect(en.share(1) == "100 %")
        #expect(en.share(0) == "0 %")
        #expect(en.change(-0.38) == "−38 %")
        #expect(zh.change(0.042) == "+4.2%")
        #expect(en.change(0.0001) == "0 %")
        #expect(en.interval(-0.44, -0.31, en.change) == "[−44 %, −31 %]")
        #expect(en.points(0.032) == "+3.2 pp")
        #expect(en.durationChange(seconds: 720) == "+12 min")
        #expect(en.durationChange(seconds: -273_600) == "−3 d 4 h")
    }

    @Test func datesAtAnOffset() {
        let evening = Instant(microseconds: 1_769_880_000_000_000)  // 2026-01-31T17:20:00Z
        #expect(en.date(evening) == "2026-01-31")
        #expect(en.date(evening, offset: 8 * 3_600) == "2026-02-01")
        #expect(en.instant(evening, offset: 8 * 3_600) == "2026-02-01 01:20 +08:00")
        #expect(en.instant(evening, seconds: true) == "2026-01-31 17:20:00 UTC")
        #expect(en.dates(evening, Instant(microseconds: 1_772_000_000_000_000)) == "2026-01-31–2026-02-25")
        #expect(en.dates(evening, evening) == "2026-01-31")
    }
}
