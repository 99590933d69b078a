import Conformance
import EventLogs
import Instants
import ProcessModels
import TestSupport
import Testing
import Workbench

@Suite struct RulesFileTests {
    @Test("Rules are read as they are written")
    func reads() throws {
        let text = """
            calendar: cn
            rules:
              - precedence: {activities: [Approve, Order]}
              - existence: {activity: Approve}
                severity: warning
                name: Everything is approved
                where: "amount > 5000"
              - {occurrences: {activity: Change, at_most: 2}}
              - {four_eyes: {activities: [Order, Approve, Pay]}, severity: info}
              - {same_resource: {activities: [Order, Send]}}
              - {time_between: {from: Receive, to: Pay, at_most: 5wd, required: true}}
              - {activity_time: {activity: Check, at_most: 4h}}
              - {case_time: {at_most: 30d}}
            """
        let rules = try RulesFile(parsing: text, workingDay: 8 * Microseconds.hour).rules
        #expect(
            rules.map(\.demand) == [
                .constraint(.precedence, ["Approve", "Order"]), .constraint(.existence, ["Approve"]),
                .occurrences("Change", atLeast: 0, atMost: 2), .fourEyes(["Order", "Approve", "Pay"]), .sameResource(["Order", "Send"]),
                .timeBetween(
                    "Receive", "Pay",
                    .init(working: WorkingLength(days: 5 * WorkingLength.wholeDay, time: 0), workingDay: 8 * Microseconds.hour),
                    isRequired: true),
                .activityTime("Check", .init(elapsed: 4 * Microseconds.hour)), .caseTime(.init(elapsed: 30 * Microseconds.day)),
            ])
        #expect(rules.map(\.severity) == [.error, .warning, .error, .info, .error, .error, .error, .error])
        #expect(
            rules.map(\.name).prefix(4) == [
                "precedence(Approve, Order)", "Everything is approved", "occurrences(Change) 0..2", "four_eyes(Order, Approve, Pay)",
            ])
        #expect(rules[1].filter?.text == "amount > 5000" && rules[5].name == "time_between(Receive, Pay) <= 5wd")
        #expect(RulesFile.calendar(in: text) == "cn")
    }

    @Test(
        "What is wrong is said, and where",
        arguments: [
            ("rule: []", RulesFile.Problem.Reason.shape(.unknownKey("rule", nearest: "rules", known: ["rules", "calendar"])), 1, 1),
            ("rules: []", .noRules, 1, 8), ("rules: [3]", .shape(.noMapping), 1, 9), ("calendar: []\nrules: []", .badCalendar, 1, 1),
            ("rules: [{name: x}]", .noDemand, 1, 9),
            ("rules:\n  - existence: {activity: A}\n    absence: {activity: A}", .twoDemands("existence", "absence"), 3, 5),
            ("rules: [{response: {activities: [A]}}]", .badActivities(demand: "response", atLeast: 2, atMost: 2), 1, 33),
            ("rules: [{response: {activities: [A, A]}}]", .badActivities(demand: "response", atLeast: 2, atMost: 2), 1, 33),
            ("rules: [{four_eyes: {activities: [A]}}]", .badActivities(demand: "four_eyes", atLeast: 2, atMost: nil), 1, 34),
            ("rules: [{four_eyes: {}}]", .missing(key: "activities", demand: "four_eyes"), 1, 21),
            ("rules: [{existence: {activty: A}}]", .shape(.unknownKey("activty", nearest: "activity", known: ["activity"])), 1, 22),
            ("rules: [{occurrences: {activity: A}}]", .missing(key: "at_least", demand: "occurrences"), 1, 23),
            ("rules: [{occurrences: {activity: A, at_least: 3, at_most: 2}}]", .badCount("3..2"), 1, 23),
            ("rules: [{occurrences: {activity: A, at_least: -1}}]", .badCount("-1"), 1, 47),
            ("rules: [{case_time: {at_most: 2wd}}]", .workingTime("2wd"), 1, 31),
            ("rules: [{case_time: {at_most: [2d]}}]", .noText(key: "at_most"), 1, 31),
            ("rules: [{time_between: {from: A, to: B, at_most: 2d, required: often}}]", .noTruth("often"), 1, 64),
            (
                "rules: [{existence: {activity: A}, severity: high}]", .badSeverity("high", known: ["error", "warning", "info"]), 1, 46
            ),
        ])
    func problems(text: String, reason: RulesFile.Problem.Reason, line: Int, column: Int) {
        #expect(throws: RulesFile.Problem(reason, at: .init(line: line, column: column))) { try RulesFile(parsing: text) }
    }

    @Test("An unknown key of a rule names the nearest one, with its place")
    func nearest() {
        do {
            _ = try RulesFile(parsing: "rules:\n  - {four_eye: {activities: [A, B]}}")
            Issue.record("it is refused")
        } catch {
            guard case .shape(.unknownKey("four_eye", let nearest, _)) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(nearest == "four_eyes" && error.place == .init(line: 2, column: 6))
        }
    }

    @Test("A time that is none is said with its reason")
    func badTime() {
        #expect(throws: RulesFile.Problem.self) { try RulesFile(parsing: "rules: [{case_time: {at_most: 3 months}}]") }
    }

    @Test("A condition is wrong at its own place, be it found in the text or against the log")
    func conditionPlaces() throws {
        let broken = "rules:\n  - existence: {activity: A}\n    where: \"plant = 'x'\""
        #expect(throws: RulesFile.Problem.self) { try RulesFile(parsing: broken) }
        let file = try RulesFile(parsing: "rules:\n  - existence: {activity: A}\n    where: \"has('A') and plant == 'x'\"")
        do {
            _ = try file.check(.words(["A": 1]))
            Issue.record("the log has no plant")
        } catch {
            #expect(error.place == .init(line: 3, column: 26))
        }
    }

    @Test("No text of a few keys and signs breaks the reader")
    func fuzz() {
        let parts = [
            "rules:", " - ", "{", "}", "[", "]", "existence", ": ", "activity", "A", "\"", "'", "\n", ",", "at_most", "2d", "where", "&a",
            "*a", "!!",
        ]
        var stream = UInt64(7)
        var refused = 0
        for _ in 0..<3_000 {
            var text = "rules: ["
            for _ in 0..<8 {
                stream = stream &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += parts[Int(stream >> 33) % parts.count]
            }
            do { _ = try RulesFile(parsing: text) } catch { refused += 1 }
        }
        #expect(refused > 2_000)
    }
}
