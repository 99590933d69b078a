import Conformance
import EventLogs
import Instants
import ProcessModels
import Statistics
import TestSupport
import Testing
import WorkingTime

@Suite struct RulesConformanceTests {
    private static let hour = 3_600.0

    private func result(_ log: EventLog, _ demand: ProcessRule.Demand) throws -> RulesConformance.Rule {
        try RulesConformance(of: log, rules: [ProcessRule(demand)]).rules[0]
    }

    private func counts(_ rule: RulesConformance.Rule) -> [Int] { [rule.satisfied, rule.violated, rule.notApplicable, rule.unknown] }

    @Test("Four eyes: one resource on two activities breaks it, a missing one leaves it open, one activity alone gives nothing to say")
    func fourEyes() throws {
        let log = EventLog.tiny([
            ("kept", [TinyEvent("A", end: 1, by: "x"), TinyEvent("A", end: 2, by: "x"), TinyEvent("B", end: 3, by: "y")]),
            ("broken", [TinyEvent("A", end: 1, by: "x"), TinyEvent("C", end: 2, by: "x"), TinyEvent("B", end: 3, by: "x")]),
            ("broken beside a missing one", [TinyEvent("A", end: 1), TinyEvent("A", end: 2, by: "x"), TinyEvent("B", end: 3, by: "x")]),
            ("unknown", [TinyEvent("A", end: 1, by: "x"), TinyEvent("B", end: 2)]),
            ("one", [TinyEvent("A", end: 1, by: "x"), TinyEvent("A", end: 2)]),
        ])
        let rule = try result(log, .fourEyes(["A", "B"]))
        #expect(counts(rule) == [1, 2, 1, 1] && rule.cases == 5 && rule.compliance == 1.0 / 3)
        #expect(rule.violations.map(\.caseName) == ["broken", "broken beside a missing one"])
        #expect(rule.violations[0].events.map(\.activity) == ["A", "B"] && rule.violations[0].events.map(\.row) == [4, 6])
        #expect(rule.violations[0].events.map(\.time) == ["2026-01-05T00:00:01Z", "2026-01-05T00:00:03Z"])
        #expect(rule.violations[0].events.map(\.resource) == ["x", "x"])
        let nobody = EventLog.words(["AB": 2, "A": 1])
        #expect(counts(try result(nobody, .fourEyes(["A", "B"]))) == [0, 0, 1, 2])
    }

    @Test("The same resource: two of them break it, a missing one leaves it open")
    func sameResource() throws {
        let log = EventLog.tiny([
            ("kept", [TinyEvent("A", end: 1, by: "x"), TinyEvent("B", end: 3, by: "x")]),
            ("broken", [TinyEvent("A", end: 1, by: "x"), TinyEvent("B", end: 2), TinyEvent("B", end: 3, by: "y")]),
            ("unknown", [TinyEvent("A", end: 1, by: "x"), TinyEvent("B", end: 2)]), ("one", [TinyEvent("B", end: 1, by: "x")]),
        ])
        #expect(counts(try result(log, .sameResource(["A", "B"]))) == [1, 1, 1, 1])
    }

    @Test(
        "Time between: to the next of the second activity; what never comes says nothing unless required, and then only once it is too late"
    )
    func timeBetween() throws {
        let h = Self.hour
        let log = EventLog.tiny([
            ("kept", [TinyEvent("A", end: 0), TinyEvent("B", end: 2 * h), TinyEvent("B", end: 9 * h)]),
            ("late", [TinyEvent("A", end: 0), TinyEvent("A", end: 1 * h), TinyEvent("B", end: 5 * h)]),
            ("never", [TinyEvent("B", end: 0), TinyEvent("A", end: 1 * h)]), ("not yet", [TinyEvent("A", end: 8 * h)]),
            ("no time", [TinyEvent("A", end: 0), TinyEvent("B", end: nil)]), ("other", [TinyEvent("C", end: 0)]),
        ])
        let limit = ProcessRule.Limit(elapsed: 3 * Microseconds.hour)
        let rule = try result(log, .timeBetween("A", "B", limit, isRequired: false))
        #expect(counts(rule) == [1, 1, 3, 1] && rule.limitS == 3 * h && rule.overLimitTotalS == 3 * h && rule.overLimit?.n == 2)
        #expect(
            rule.violations[0].events.map(\.row) == [4, 5] && rule.violations[0].longestS == 5 * h && rule.violations[0].overS == 2 * h)
        let required = try result(log, .timeBetween("A", "B", limit, isRequired: true))
        #expect(counts(required) == [1, 2, 1, 2])
        #expect(required.violations.map(\.caseName) == ["late", "never"] && required.violations[1].overS == 5 * h)
    }

    @Test("Times of activities and cases: unknown starts leave a case open unless another instance breaks the limit")
    func activityAndCaseTime() throws {
        let h = Self.hour
        let log = EventLog.tiny([
            ("kept", [TinyEvent("A", start: 0, end: h)]), ("late", [TinyEvent("A", start: 0, end: 3 * h)]),
            ("unknown", [TinyEvent("A", end: h), TinyEvent("A", start: 0, end: h)]),
            ("late all the same", [TinyEvent("A", end: h), TinyEvent("A", start: h, end: 9 * h)]), ("none", [TinyEvent("B", end: h)]),
            ("no time", [TinyEvent("B", end: nil)]),
        ])
        let limit = ProcessRule.Limit(elapsed: 2 * Microseconds.hour)
        let ofActivity = try result(log, .activityTime("A", limit))
        #expect(counts(ofActivity) == [1, 2, 2, 1] && ofActivity.overLimit?.maxS == 6 * h)
        let ofCase = try result(log, .caseTime(limit))
        #expect(counts(ofCase) == [3, 2, 0, 1] && ofCase.violations.map(\.caseName) == ["late", "late all the same"])
        #expect(ofCase.violations.map(\.events) == [[], []] && ofCase.violations.map(\.overS) == [h, 6 * h])
    }

    @Test("A case that holds open work is within its time only once the work is done")
    func openCase() throws {
        let log = EventLog.tiny([
            (
                "open",
                [
                    TinyEvent("A", end: 0, transition: "start"), TinyEvent("A", end: 60, transition: "complete"),
                    TinyEvent("B", end: 120, transition: "start"),
                ]
            )
        ])
        #expect(counts(try result(log, .caseTime(ProcessRule.Limit(elapsed: Microseconds.hour)))) == [0, 0, 0, 1])
        #expect(counts(try result(log, .caseTime(ProcessRule.Limit(elapsed: 30 * Microseconds.second)))) == [0, 1, 0, 0])
    }

    @Test("Working limits go by the calendar, and are unknown without one; elapsed limits pass by it")
    func workingTime() throws {
        // Friday 16:00 to Monday 10:00: 66 hours that pass, 3 of work.
        let friday = 4 * 24 * Self.hour + 16 * Self.hour
        let log = EventLog.tiny([("weekend", [TinyEvent("A", end: friday), TinyEvent("B", end: friday + 66 * Self.hour)])])
        let hours = try WeeklyHours(text: "Mon-Fri 09:00-17:00")
        let calendar = SiteCalendar(name: "site", zone: .utc, weeks: [SiteCalendar.Week(hours: hours)])
        func verdict(_ log: EventLog, _ limit: ProcessRule.Limit) throws -> [Int] {
            counts(try result(log, .timeBetween("A", "B", limit, isRequired: false)))
        }
        func working(_ hours: Int64) -> ProcessRule.Limit {
            ProcessRule.Limit(working: WorkingLength(days: 0, time: hours * Microseconds.hour), workingDay: 8 * Microseconds.hour)
        }
        let measured = log.measured(by: calendar)
        #expect(try verdict(measured, working(2)) == [1, 0, 0, 0] && verdict(measured, working(1)) == [0, 1, 0, 0])
        #expect(try verdict(measured, ProcessRule.Limit(elapsed: 65 * Microseconds.hour)) == [0, 1, 0, 0])
        #expect(try verdict(log, working(2)) == [0, 0, 0, 1])
    }

    @Test("A condition tells which cases a rule is for; one that the log has no fact for is refused with the rule's place")
    func conditions() throws {
        let log = EventLog.words(["ab": 3, "ba": 2])
        let rule = ProcessRule(.constraint(.response, ["a", "b"]), name: "b follows", severity: .warning, for: .starts("b"))
        let result = try RulesConformance(of: log, rules: [ProcessRule(.constraint(.existence, ["a"])), rule])
        #expect(result.rules[1].cases == 2 && result.rules[1].violated == 2 && result.rules[1].name == "b follows")
        #expect(result.fitness.log == 5.0 / 7 && result.fitness.averageTrace == 0.8 && result.fitness.fittingShare == 0.6)
        #expect(result.cases.map(\.violated) == [[], [], [], [2], [2]])
        let missing = ProcessRule(.constraint(.existence, ["a"]), for: .equals("plant", "P1"))
        #expect(throws: RuleConditionError.self) { try RulesConformance(of: log, rules: [rule, missing]) }
    }

    @Test("Occurrences are counted, and those too many are pointed at")
    func occurrences() throws {
        let log = EventLog.words(["aab": 1, "b": 1, "ab": 1])
        let rule = try result(log, .occurrences("a", atLeast: 1, atMost: 1))
        #expect(counts(rule) == [1, 2, 0, 0] && rule.violations.map(\.events.count) == [1, 0] && rule.violations[0].events[0].row == 2)
    }

    @Test("A rule on an activity that the log lacks says so, with the nearest name")
    func unknownActivities() throws {
        let log = EventLog.traces([(["Pay Invoice"], 1)])
        let result = try RulesConformance(of: log, rules: [ProcessRule(.constraint(.response, ["Pay Invoce", "Check"]))])
        #expect(
            result.unknownActivities.map(\.name) == ["Pay Invoce", "Check"]
                && result.unknownActivities.map(\.nearest) == ["Pay Invoice", nil])
        #expect(result.rules[0].notApplicable == 1 && result.rules[0].compliance == nil && result.fitness.log == nil)
    }

    @Test(
        "Rules on order say of every case what the constraint says of its variant; every case has one verdict", arguments: [UInt64(1), 2])
    func agreesWithConstraints(seed: UInt64) throws {
        let log = EventLog.random(seed: seed, cases: 80, activities: 4, longest: 7)
        let constraints = DeclareTemplate.allCases.map { DeclareConstraint($0, $0.arity == 1 ? ["A"] : ["A", "B"]) }
        let model = DeclareConformance(of: log, against: DeclareModel(constraints))
        let rules = try RulesConformance(of: log, rules: constraints.map { ProcessRule(.constraint($0.template, $0.activities)) })
        for (constraint, rule) in zip(model.constraints, rules.rules) {
            #expect([constraint.satisfied, constraint.violated] == [rule.satisfied, rule.violated], "\(rule.name)")
            #expect(rule.satisfied + rule.violated + rule.notApplicable + rule.unknown == rule.cases)
        }
        #expect(model.cases.map(\.violated) == rules.cases.map(\.violated))
    }
}
