import ByteParsing
import Instants
import Statistics
import Testing

struct TimeFormatTests {
    private func parse(_ format: TimeFormat, _ text: String) -> ParsedTime? {
        var text = text
        return text.withUTF8 { format.parse(UnsafeRawBufferPointer($0)) }
    }

    private func detect(_ texts: [String]) -> TimeFormatDetector.Result {
        var detector = TimeFormatDetector()
        for var text in texts { text.withUTF8 { detector.observe(UnsafeRawBufferPointer($0)) } }
        return detector.result
    }

    /// A clock reading written by hand, apart from the code under test.
    private func written(_ parts: CivilTime, _ pattern: String) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let milliseconds = String(1_000 + parts.microsecond / 1_000).dropFirst()
        var text = pattern
        for (mark, value) in [
            ("a", parts.hour < 12 ? "AM" : "PM"), ("yyyy", String(10_000 + parts.date.year).dropFirst().description),
            ("yy", two(parts.date.year % 100)),
            ("MMM", names[parts.date.month - 1]), ("MM", two(parts.date.month)), ("dd", two(parts.date.day)), ("HH", two(parts.hour)),
            ("hh", two((parts.hour + 11) % 12 + 1)), ("mm", two(parts.minute)), ("ss", two(parts.second)), ("SSS", String(milliseconds)),
            ("XXX", "+08:00"),
        ] {
            text = text.replacing(mark, with: "\u{1}\(value)\u{2}", maxReplacements: 1)
        }
        return text.filter { $0 != "\u{1}" && $0 != "\u{2}" }
    }

    private static let columnPatterns = [
        "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "MM/dd/yyyy hh:mm a", "MM/dd/yyyy HH:mm:ss.SSS", "yyyy/MM/dd HH:mm",
        "yyyy.MM.dd HH:mm:ss", "yyyy年MM月dd日 HH:mm", "dd-MM-yyyy HH:mm", "yy-MM-dd HH:mm", "dd MMM yyyy HH:mm", "MMM dd, yyyy hh:mm a",
        "yyyyMMddHHmmss", "yyyyMMddHHmm", "dd.MM.yy HH:mm", "dd/MM/yyyy HH:mmXXX", "MM-dd-yyyy HH:mm:ss", "dd.MM.yyyy", "yyyy/MM/dd",
    ]

    /// A column of random times in one format: the format is found, and every value is read as what was written; so does the
    /// pattern under the name that was found.
    @Test(arguments: columnPatterns)
    func columnsReadBack(_ pattern: String) throws {
        var stream = RandomStream(seed: 51, path: UInt64(pattern.utf8.count))
        var texts: [String] = []
        var readings: [CivilTime] = []
        for _ in 0..<300 {
            let microseconds = Int64(stream.index(below: 60 * 365)) * Microseconds.day + Int64(stream.index(below: 86_400_000)) * 1_000
            let parts = Instant(microseconds: microseconds).civil()
            readings.append(parts)
            texts.append(written(parts, pattern))
        }
        guard case .format(let format, let name, let unreadable) = detect(texts) else {
            Issue.record("\(pattern) is not found: \(detect(texts))")
            return
        }
        #expect(name == pattern)
        #expect(unreadable == 0)
        let given = try TimeFormat(named: pattern)
        for (text, parts) in zip(texts, readings) {
            var local = Int64(parts.date.daysSinceEpoch) * Microseconds.day
            if pattern.contains("mm") { local += Int64(parts.hour) * Microseconds.hour + Int64(parts.minute) * Microseconds.minute }
            if pattern.contains("ss") { local += Int64(parts.second) * Microseconds.second }
            if pattern.contains("SSS") { local += Int64(parts.microsecond) }
            let offset: Int32? = pattern.contains("XXX") ? 28_800 : nil
            let expected = ParsedTime(local: local, offset: offset, isDateOnly: !pattern.contains("mm"))
            #expect(parse(format, text) == expected, "\(text)")
            #expect(parse(given, text) == expected, "\(text) as \(pattern)")
        }
    }

    @Test func dayAndMonthAreToldApartByTheWholeColumn() {
        #expect(detect(["03/04/2026 08:00", "05/06/2026 09:00"]) == .ambiguous(["dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm"], unreadable: 0))
        #expect(detect(["03/04/2026", "13/06/2026"]) == .format(.national(.dayMonthYearSlash), name: "dd/MM/yyyy", unreadable: 0))
        #expect(detect(["03/04/2026", "06/13/2026"]) == .format(.national(.monthDayYearSlash), name: "MM/dd/yyyy", unreadable: 0))
        #expect(
            detect(["03/03/2026", "05/05/2026"]) == .format(.national(.dayMonthYearSlash), name: "dd/MM/yyyy", unreadable: 0),
            "both say the same")
        #expect(detect(["03.04.2026"]) == .format(.national(.dayMonthYearDot), name: "dd.MM.yyyy", unreadable: 0))
        #expect(detect(["03-04-05"]) == .ambiguous(["dd-MM-yy", "MM-dd-yy", "yy-MM-dd"], unreadable: 0))
        #expect(detect(["03-04-05", "31-04-05"]) != .ambiguous(["dd-MM-yy", "yy-MM-dd"], unreadable: 0), "there is no 31 April")
    }

    @Test func unreadableValuesAreCounted() {
        #expect(detect(["2026-01-31", "soon", "2026-02-01"]) == .format(.iso8601, name: "ISO 8601", unreadable: 1))
        #expect(detect(["a", "b"]) == .none)
        #expect(
            detect(["2026-1-5 8:00", "2026-01-31 08:00"]) == .format(.national(.yearMonthDayDash), name: "yyyy-MM-dd HH:mm", unreadable: 0))
    }

    @Test(arguments: [
        ("2026年1月31日 8:00", "2026-01-31T08:00"), ("2026年01月31日 下午8时05分30秒", "2026-01-31T20:05:30"), ("2026年1月31日", "2026-01-31"),
        ("2026年1月31日 上午12:30", "2026-01-31T00:30"), ("2026年1月31日 14点", "2026-01-31T14:00"),
    ])
    func chinese(_ text: String, _ iso: String) {
        #expect(parse(.national(.chinese), text) == parse(.iso8601, iso))
    }

    @Test(arguments: [
        ("1/31/2026 12:00 AM", "2026-01-31T00:00"), ("1/31/2026 12:00 PM", "2026-01-31T12:00"),
        ("01/31/2026 1:05:06 p.m.", "2026-01-31T13:05:06"),
        ("1/31/26 8 PM", "2026-01-31T20:00"), ("1/31/70 8:00", "1970-01-31T08:00"), ("1/31/2026 8:00 UTC", "2026-01-31T08:00Z"),
    ])
    func american(_ text: String, _ iso: String) {
        #expect(parse(.national(.monthDayYearSlash), text) == parse(.iso8601, iso))
    }

    @Test func unixTimes() throws {
        #expect(parse(try TimeFormat(named: "unix"), "1769846400") == parse(.iso8601, "2026-01-31T08:00:00Z"))
        #expect(parse(try TimeFormat(named: "unix"), "1769846400.25") == parse(.iso8601, "2026-01-31T08:00:00.25Z"))
        #expect(parse(try TimeFormat(named: "unix_ms"), "1769846400250") == parse(.iso8601, "2026-01-31T08:00:00.25Z"))
        #expect(parse(try TimeFormat(named: "unix_us"), "-1") == ParsedTime(local: -1, offset: 0))
        #expect(parse(try TimeFormat(named: "unix"), "9223372036854775807") == nil)
    }

    @Test func givenPatterns() throws {
        #expect(
            parse(try TimeFormat(named: "yyyy-MM-dd'T'HH:mm:ss.SSSX"), "2026-01-31T08:00:00.25Z")
                == parse(.iso8601, "2026-01-31T08:00:00.25Z"))
        #expect(parse(try TimeFormat(named: "d. MMMM yyyy"), "3.   April 2026") == parse(.iso8601, "2026-04-03"))
        #expect(parse(try TimeFormat(named: "dd.MM.yyyy"), "31.02.2026") == nil)
        #expect(parse(try TimeFormat(named: "dd.MM.yyyy"), "31.01.2026 08:00") == nil, "what is left over is an error")
        #expect(parse(try TimeFormat(named: "yyyy年MM月dd日"), "2026年1月31日") == parse(.iso8601, "2026-01-31"))
    }

    @Test(arguments: [
        ("HH:mm", TimePatternError.Problem.incompleteDate), ("", .incompleteDate), ("dd.MM", .incompleteDate),
        ("dd.MM.YYYY", .unknownLetters("YYYY")),
        ("dd 'of MM yyyy", .unclosedQuote), ("dd.MM.yyyy q", .unknownLetters("q")),
    ])
    func badPatternsAreRefused(_ text: String, _ problem: TimePatternError.Problem) {
        #expect(throws: TimePatternError.self) { try TimeFormat(named: text) }
        do { _ = try TimePattern(text) } catch { #expect(error.problem == problem) }
    }

    @Test func noBytesBringItDown() {
        var stream = RandomStream(seed: 52, path: 1)
        let alphabet = Array("0123456789-/.: TZ+AMPm年月日时".utf8)
        var detector = TimeFormatDetector()
        for _ in 0..<20_000 {
            let bytes = (0..<stream.index(below: 24)).map { _ in alphabet[stream.index(below: alphabet.count)] }
            bytes.withUnsafeBytes { detector.observe($0) }
        }
        #expect(detector.count == 20_000)
    }
}
