import Instants
import Statistics
import TestSupport
import Testing

@testable import EventLogs

@Suite struct LogFilterTests {
    // MARK: - Text

    @Test(arguments: 1...40 as ClosedRange<UInt64>) func textParsesBackToTheSameFilter(seed: UInt64) throws {
        var generator = ConditionGenerator(stream: RandomStream(seed: seed, path: 5))
        for _ in 0..<50 {
            let filter = LogFilter(generator.condition())
            let parsed = try LogFilter(parsing: filter.text)
            #expect(parsed == filter, "\(filter.text)")
            #expect(parsed.text == filter.text)
        }
    }

    /// Texts of a log are arbitrary; quoting must hold them all.
    @Test(arguments: 1...10 as ClosedRange<UInt64>) func anyTextSurvivesQuoting(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 6)
        let scalars: [Unicode.Scalar] = ["'", "`", "\"", "\\", "\n", "\u{0}", "\u{301}", "\u{202E}", "a", " ", ")", "龙", "\u{1F3ED}", "\r"]
        for _ in 0..<200 {
            var view = String.UnicodeScalarView()
            for _ in 0..<stream.index(below: 8) { view.append(scalars[stream.index(below: scalars.count)]) }
            let text = String(view)
            let filter = LogFilter.has(text).and(.equals(text, text)).and(.directly(text, text))
            let parsed = try LogFilter(parsing: filter.text)
            #expect(parsed.text.unicodeScalars.elementsEqual(filter.text.unicodeScalars))
            guard case .and(let parts) = parsed.condition, case .has(let back) = parts[0] else {
                Issue.record("\(filter.text) parsed as \(parsed.condition)")
                continue
            }
            #expect(back.unicodeScalars.elementsEqual(text.unicodeScalars))
        }
    }

    @Test(arguments: [
        ("duration>5d", "duration > 5d"),
        ("  a == 'x'\n AND NOT (b != 2 Or c is missing) ", "a == 'x' and not (b != 2 or c is missing)"),
        ("a == 1 or b == 2 and c == 3", "a == 1 or b == 2 and c == 3"), ("(a == 1 or b == 2) and c == 3", "(a == 1 or b == 2) and c == 3"),
        ("(((a == 1)))", "a == 1"), ("not not a == 1", "not not a == 1"), ("`Order No` == 'it''s'", "`Order No` == 'it''s'"),
        ("`a``b` is missing", "`a``b` is missing"), ("`plain` == 1", "plain == 1"), ("`and` == 1", "`and` == 1"),
        ("case.amount <= 1e3 and event.amount>=-2.50", "case.amount <= 1000.0 and event.amount >= -2.5"),
        ("case.`Order No` == 'x'", "case.`Order No` == 'x'"), ("case == 'x'", "case == 'x'"),
        ("start >= 2026-01-31", "start >= 2026-01-31T00:00:00Z"), ("start<2026-01-31T08:00+08:00", "start < 2026-01-31T08:00:00+08:00"),
        ("duration in (90s, 5m, 4h,2d, 1w, 1d12h,1.5h)", "duration in (1m30s, 5m, 4h, 2d, 1w, 1d12h, 1h30m)"),
        (
            "any(activity == 'A' and resource matches '^x') or all(a is missing)",
            "any(activity == 'A' and resource matches '^x') or all(a is missing)"
        ),
        (
            "directly('A','B') and follows('A' , 'B') and has('A') and starts('A') and ends('B')",
            "directly('A','B') and follows('A','B') and has('A') and starts('A') and ends('B')"
        ),
        ("approved == true", "approved == true"), ("部门 == '采购'", "部门 == '采购'"), ("has == 1 and all in (2)", "has == 1 and all in (2)"),
        ("n == 99999999999999999999", "n == 1e+20"),
    ])
    func spellingsBecomeCanonical(text: String, canonical: String) throws {
        let filter = try LogFilter(parsing: text)
        #expect(filter.text == canonical)
        #expect(try LogFilter(parsing: canonical) == filter)
    }

    @Test func instantsWithoutOffsetAreReadInTheZone() throws {
        let zone = ZoneClock(try TimeZoneChoice(parsing: "Asia/Shanghai"))
        let filter = try LogFilter(parsing: "start >= 2026-01-31 and end < 2026-01-31T08:00Z", zone: zone)
        #expect(filter.text == "start >= 2026-01-31T00:00:00+08:00 and end < 2026-01-31T08:00:00Z")
    }

    // MARK: - Errors

    @Test(arguments: [
        ("", 1, "expected-condition"), ("duration > 5d and", 18, "expected-condition"), ("duration > 1d5wd", 12, "bad-duration"),
        ("duration > x0.7", 12, "scale"), ("duration > 2months", 12, "bad-duration"),
        ("duration > 5d6w", 12, "bad-duration"), ("start > 2026-13-01", 9, "bad-instant"), ("n > 1e999", 5, "bad-number"),
        ("n > 1.2.3", 5, "bad-number"), ("activity == A", 13, "unquoted-text"), ("has(A)", 5, "unquoted-text"),
        ("activity == 'A", 13, "unterminated-string"), ("`a", 1, "unterminated-name"), ("a = 1", 3, "unexpected-character"),
        ("a == \"x\"", 6, "unexpected-character"), ("a == 1 && b == 2", 8, "unexpected-character"), ("a", 2, "expected-operator"),
        ("a == 1 b == 2", 8, "trailing"), ("(a == 1", 8, "expected"), ("a in ('x', 1)", 12, "mixed-list"), ("a in ()", 7, "expected-value"),
        ("a is not missing", 6, "expected"), ("hass('A')", 1, "unknown-function"), ("a matches '('", 11, "bad-expression"),
        ("directly('A')", 13, "expected"), ("case. == 1", 7, "expected"), ("5 < a", 1, "expected-condition"),
        ("a == b", 6, "unquoted-text"),
    ])
    func errorsSayWhereAndWhat(text: String, column: Int, id: String) {
        let error = #expect(throws: FilterError.self) { try LogFilter(parsing: text) }
        #expect(error?.column == column)
        #expect(error?.line == 1)
        #expect(error?.id == id)
        #expect(error?.problem.isEmpty == false && error?.advice.isEmpty == false)
    }

    @Test func errorsCountLines() {
        let error = #expect(throws: FilterError.self) { try LogFilter(parsing: "has('A') and\n  n > 1mo") }
        #expect(error?.line == 2)
        #expect(error?.column == 7)
    }

    @Test func deepNestingIsRefused() throws {
        let deep = String(repeating: "(", count: 90) + "a == 1" + String(repeating: ")", count: 90)
        #expect(try LogFilter(parsing: deep).text == "a == 1")
        for text in [String(repeating: "(", count: 100_000), String(repeating: "not ", count: 100_000)] {
            let error = #expect(throws: FilterError.self) { try LogFilter(parsing: text + "a == 1") }
            #expect(error?.reason == .tooDeep)
        }
        #expect(try LogFilter(parsing: String(repeating: "a == 1 or ", count: 20_000) + "a == 1").text.count > 200_000)
    }

    @Test(arguments: [
        ("vendr == 'x'", FilterError.Reason.unknownName("vendr", nearest: "vendor"), 1),
        ("has('A') and `due data` is missing", .unknownName("due data", nearest: "`due date`"), 14),
        ("event.vendor == 'x'", .unknownName("vendor", nearest: nil), 1),
        ("case.resource is missing", .unknownName("resource", nearest: nil), 1),
        ("zzzzzz == 1", .unknownName("zzzzzz", nearest: nil), 1),
        ("vendor == 5", .mismatch(name: "vendor", holds: "text", given: "numbers"), 1),
        ("duration > 5wd", .workingTime("5wd"), 1), ("duration > 1.5wd8wh", .workingTime("1.5wd8wh"), 1),
        ("duration > 5", .mismatch(name: "duration", holds: "durations", given: "numbers"), 1),
        ("event.amount in ('x')", .mismatch(name: "event.amount", holds: "numbers", given: "text"), 1),
        ("flag > true", .unsuitableOperator(">", name: "flag", holds: "true and false"), 1),
        ("total matches '1'", .unsuitableOperator("matches", name: "total", holds: "numbers"), 1),
        ("any(timestamp == 'x')", .mismatch(name: "timestamp", holds: "instants", given: "text"), 5),
    ])
    func whatTheLogLacksIsAnError(text: String, reason: FilterError.Reason, column: Int) throws {
        let log = Records.random(seed: 1, cases: 3, longest: 3, lifecycle: .none, withStarts: false).log()
        let filter = try LogFilter(parsing: text)
        for attempt in [{ try log.filtered(cases: filter) }, { try log.filtered(events: filter) }] as [() throws -> EventLog] {
            let error = #expect(throws: FilterError.self) { try attempt() }
            #expect(error?.reason == reason)
            #expect(error?.column == column)
        }
    }

    @Test func unknownActivitiesAreNamed() throws {
        let log = EventLog.tiny([("1", [TinyEvent("Create Order", end: 0), TinyEvent("Pay", end: 1)])])
        let filter = try LogFilter(parsing: "has('Creat Order') and not directly('Pay', 'Ship')")
        let unknown = log.unknownActivities(in: filter)
        #expect(unknown.map(\.name) == ["Creat Order", "Ship"])
        #expect(unknown.map(\.nearest) == ["Create Order", nil])
    }

    @Test func nearestNames() {
        #expect(NearestName.among(["amount", "vendor"], to: "Ammount") == "amount")
        #expect(NearestName.among(["amount", "vendor"], to: "vednor") == "vendor")
        #expect(NearestName.among(["ab", "ac"], to: "ad") == "ab")
        #expect(NearestName.among(["amount"], to: "plant") == nil)
        #expect(NearestName.among([], to: "x") == nil)
    }

    // MARK: - Meaning

    @Test(arguments: 1...30 as ClosedRange<UInt64>) func selectionsEqualThePlainOnes(seed: UInt64) throws {
        let lifecycle: Records.Lifecycle = [.none, .mixed, .complete, .nonstandard][Int(seed % 4)]
        let records = Records.random(seed: seed, cases: 12, longest: 6, lifecycle: lifecycle, withStarts: true)
        let plain = PlainFilter(records)
        let log = records.log()
        var generator = ConditionGenerator(stream: RandomStream(seed: seed, path: 8))
        var kept = 0
        for _ in 0..<60 {
            let filter = LogFilter(generator.condition(depth: 3))
            let cases = try log.filtered(cases: filter)
            let expectedCases = plain.cases.filter { plain.holds(filter.condition, $0, event: nil) }
            #expect((0..<cases.caseCount).map { cases.caseName($0) } == expectedCases.map(\.name), "\(filter)")
            let events = try log.filtered(events: filter)
            let expectedEvents = plain.cases.map { own in own.places.filter { plain.holds(filter.condition, own, event: $0) } }
            #expect((0..<events.caseCount).map { events.places($0) } == expectedEvents.filter { !$0.isEmpty }, "\(filter)")
            kept += cases.caseCount
        }
        #expect(kept > 0 && kept < 60 * log.caseCount)
    }

    @Test func filtersOfViewsSeeTheViewOnly() throws {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", end: 0), TinyEvent("B", end: 1), TinyEvent("A", end: 2)]), ("2", [TinyEvent("A", end: 0)]),
            ("3", [TinyEvent("B", end: 0)]),
        ])
        let onlyA = try log.filtered(events: LogFilter(parsing: "activity == 'A'"))
        #expect(onlyA.caseCount == 2)
        #expect(try onlyA.filtered(cases: .directly("A", "A")).caseCount == 1)
        #expect(try onlyA.filtered(cases: .has("B")).caseCount == 0)
        #expect(try onlyA.filtered(cases: LogFilter(parsing: "any(activity == 'B')")).caseCount == 0)
        #expect(try onlyA.filtered(cases: LogFilter(parsing: "variant == 2 and duration == 2s")).caseCount == 1)
        #expect(try log.filtered(cases: LogFilter(parsing: "not activity == 'B'")).caseName(0) == "2")
        #expect(try log.filtered(cases: LogFilter(parsing: "activity == 'A' and activity == 'B'")).caseCount == 1)
        #expect(try log.filtered(cases: LogFilter(parsing: "any(activity == 'A' and activity == 'B')")).caseCount == 0)
        #expect(try log.filtered(cases: .isOne("case", of: ["3", "1", "9"])).caseCount == 2)
        #expect(try log.filtered(cases: .lastsLonger(than: 1_000_000)).caseCount == 1)
    }

    @Test func numbersCompareExactly() throws {
        var builder = EventLogBuilder()
        let number = builder.attribute(named: "n", type: .int, level: .case)
        let values: [Int64] = [.min, .min + 1, -1, 0, 1, 9_007_199_254_740_993, .max - 1, .max]
        for value in values {
            let own = builder.caseNumber("\(value)")
            builder.append(case: own, activity: builder.activityNumber("A"), time: 0, row: 1)
            builder.set(.case, attribute: number, of: Int(own), integer: value)
        }
        let log = builder.finish()
        func count(_ text: String) throws -> Int { try log.filtered(cases: LogFilter(parsing: text)).caseCount }
        #expect(try count("n > 9223372036854775806") == 1)
        #expect(try count("n >= 9223372036854775808") == 0)
        #expect(try count("n < 9223372036854775808") == 8)
        #expect(try count("n > -9223372036854775808") == 7)
        #expect(try count("n >= -9223372036854775809") == 8)
        #expect(try count("n < -1e19") == 0)
        #expect(try count("n > 9007199254740992.0") == 3)
        #expect(try count("n == 9007199254740993") == 1)
        #expect(try count("n <= 0.5 and n >= -0.5") == 1)
        #expect(try count("n == 0.5") == 0)
        #expect(try count("n != 0.5") == 8)
        #expect(try count("n in (0, 0.5, 1.0)") == 2)
    }

    @Test func attributesOfOneNameAndSeveralTypesAreAllCompared() throws {
        var builder = EventLogBuilder()
        let texts = builder.attribute(named: "v", type: .string, level: .case)
        let numbers = builder.attribute(named: "v", type: .float, level: .case)
        for index in 0..<3 {
            let own = builder.caseNumber("\(index)")
            builder.append(case: own, activity: builder.activityNumber("A"), time: 0, row: 1)
            if index == 0 { builder.set(.case, attribute: texts, of: Int(own), text: "5") }
            if index == 1 { builder.set(.case, attribute: numbers, of: Int(own), number: 5) }
        }
        let log = builder.finish()
        #expect(try log.filtered(cases: LogFilter(parsing: "v == '5'")).caseName(0) == "0")
        #expect(try log.filtered(cases: LogFilter(parsing: "v == 5")).caseName(0) == "1")
        #expect(try log.filtered(cases: LogFilter(parsing: "v is missing")).caseName(0) == "2")
        #expect(throws: FilterError.self) { try log.filtered(cases: LogFilter(parsing: "v == 5d")) }
    }
}
