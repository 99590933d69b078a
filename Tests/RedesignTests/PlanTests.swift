import EventLogs
import Redesign
import Simulation
import Statistics
import Testing

@Suite("Plans as people write them")
struct PlanTests {
    private static let whole = """
        # a redesign
        name: Faster purchase approval
        changes:
          - automate:    {activity: Approve Purchase Order, share: 0.8, duration: 30s, when: "amount < 5000"}
          - remove:      {activity: Re-key Invoice}
          - parallelize: {activities: [Check Budget, Check Supplier]}
          - resource:    {role: Buyer, add: 2}
          - calendar:    {role: AP Clerk, hours: "Mon-Fri 08:00-12:00,13:00-18:00"}
          - batch:       {activity: Payment Run, every: 1d}
          - batch:       {activity: Payment Run, every: off}
          - route:       {from: Check Invoice, to: Approve Invoice, probability: 90%}
          - duration:    {activity: Goods Receipt, scale: x0.8}
          - arrivals:    {scale: 1.2}
        goals:
          - {kpi: cycle_time.median, change: "<= -40%"}
          - {kpi: cycle_time, change: "<= -2d"}
          - {kpi: throughput.mean, target: ">= 5.5"}
          - {kpi: rework_rate.rate, target: "< 12.5%"}
          - {kpi: cycle_time.p90, target: "<= 1w2d"}
        """

    @Test("every change and goal is read")
    func readsAll() throws {
        let plan = try RedesignPlan(parsing: Self.whole, fileName: "plan.yaml")
        #expect(plan.name == "Faster purchase approval")
        #expect(
            plan.changes.map(\.kind) == [
                "automate", "remove", "parallelize", "resource", "calendar", "batch", "batch", "route", "duration", "arrivals",
            ])
        guard case .automate(let program) = plan.changes[0].action else {
            Issue.record("the first change automates")
            return
        }
        #expect(program.share == 0.8 && program.duration == 30_000_000)
        #expect(program.condition?.text == "amount < 5000")
        #expect(plan.changes[5].action == .batch(activity: "Payment Run", every: 86_400_000_000))
        #expect(plan.changes[6].action == .batch(activity: "Payment Run", every: nil))
        #expect(plan.changes[7].action == .route(from: "Check Invoice", to: "Approve Invoice", probability: 0.9))
        #expect(plan.changes[8].action == .duration(activity: "Goods Receipt", scale: 0.8))
        #expect(plan.changes[4].place.line == 8 && plan.changes[4].place.column == 5)
        #expect(
            plan.goals == [
                PlanGoal(.cycleTimeMedian, .relativeChange, .atMost, -0.4), PlanGoal(.cycleTimeMedian, .absoluteChange, .atMost, -172_800),
                PlanGoal(.throughputMean, .value, .atLeast, 5.5), PlanGoal(.reworkRate, .value, .below, 0.125),
                PlanGoal(.cycleTimeP90, .value, .atMost, 777_600),
            ])
        #expect(plan.goals.map(\.text) == ["<= -40%", "<= -2d", ">= 5.5", "< 0.125", "<= 9d"])
    }

    @Test("the canonical text reads back as the same plan", arguments: 0..<40)
    func roundTrips(seed: UInt64) throws {
        var random = RandomStream(seed: seed, path: [3])
        let changes = (0..<random.index(below: 7)).map { _ in "  - " + Models.change(&random).text }
        let text = changes.isEmpty ? "changes: []" : "changes:\n" + changes.joined(separator: "\n")
        let goal = "\ngoals: [{kpi: cycle_time.p95, change: \"<= -\(Double(random.index(below: 1_000)) / 10)%\"}]"
        let plan = try RedesignPlan(parsing: text + goal, fileName: "plan.yaml")
        let again = try RedesignPlan(parsing: plan.yaml, fileName: "plan.yaml")
        #expect(again == plan)
        #expect(again.yaml == plan.yaml)
        let whole = try RedesignPlan(parsing: Self.whole, fileName: "plan.yaml")
        #expect(try RedesignPlan(parsing: whole.yaml, fileName: "other.yaml") == whole)
    }

    @Test("names with any signs survive the round trip")
    func roundTripsHostileNames() throws {
        for name in ["a: b", "“x” # y", "- z", "{\"q\": 'p'}", "tab\tline\nend", "off", "1.5", "空 格", "\u{1}\u{85}\u{2028}"] {
            let plan = RedesignPlan(name: name, changes: [PlannedChange(.remove(activity: name))])
            #expect(try RedesignPlan(parsing: plan.yaml, fileName: "plan.yaml") == plan, "\(plan.yaml)")
        }
    }

    @Test(
        "what is wrong is said with its place",
        arguments: [
            ("changes:\n  - remove: {activty: A}", "unknown-key", 2, 14, "did you mean “activity”?"),
            ("changs: []", "unknown-key", 1, 1, "did you mean “changes”?"),
            ("name: x", "missing-key", 1, 1, "add “changes”"),
            ("changes:\n  - remov: {activity: A}", "unknown-change", 2, 5, "did you mean “remove”?"),
            ("changes:\n  - merge: {activities: [A, B], into: A}", "unsupported-change", 2, 5, "the changes are automate"),
            ("changes:\n  - prioritize: {when: \"amount > 1\"}", "unsupported-change", 2, 5, "the changes are automate"),
            ("changes:\n  - {remove: {activity: A}, arrivals: {scale: 2}}", "not-one-change", 2, 5, "begin each"),
            ("changes:\n  - remove: {}", "missing-key", 2, 13, "add “activity”"),
            ("changes:\n  - automate: {activity: A, duration: 30}", "bad-value", 2, 39, "30s"),
            ("changes:\n  - automate: {activity: A, duration: 30s, share: 1.2}", "bad-value", 2, 51, "0.8"),
            ("changes:\n  - resource: {role: B, add: 1.5}", "bad-value", 2, 30, "how many"),
            ("changes:\n  - resource: {role: B, add: 0}", "bad-value", 2, 30, "how many"),
            ("changes:\n  - duration: {activity: A, scale: -1}", "bad-value", 2, 36, "positive"),
            ("changes:\n  - batch: {activity: A, every: 5d}", "bad-value", 2, 33, "divides the week"),
            ("changes:\n  - calendar: {role: B, hours: \"Mo 8-12\"}", "bad-value", 2, 32, "Mon-Fri"),
            ("changes:\n  - route: {from: A, to: B, probability: often}", "bad-value", 2, 42, "0.8"),
            ("changes:\n  - parallelize: {activities: [A]}", "bad-value", 2, 31, "two or more"),
            ("changes:\n  - parallelize: {activities: [A, A]}", "bad-value", 2, 35, "two or more"),
            ("changes:\n  - automate: {activity: A, duration: 1s, when: \"amount <\"}", "filter", 2, 58, "write 'text'"),
            ("changes: []\ngoals:\n  - {kpi: cycle_tim.mean, change: \"<= -1%\"}", "unknown-kpi", 3, 11, "cycle_time.mean"),
            ("changes: []\ngoals:\n  - {kpi: cycle_time.sum, change: \"<= -1%\"}", "unknown-kpi", 3, 11, "cycle_time"),
            ("changes: []\ngoals:\n  - {kpi: cycle_time.mean, change: \"-1%\"}", "bad-value", 3, 36, "<= -40%"),
            ("changes: []\ngoals:\n  - {kpi: cost.mean, target: \"<= 5d\"}", "bad-value", 3, 30, "<= -40%"),
            ("changes: []\ngoals:\n  - {kpi: cost.mean, target: \"<= 5\", change: \"<= 5\"}", "conflicting-keys", 3, 5, "remove one"),
            ("changes: {}", "no-list", 1, 10, "- {…}"), ("- a", "no-mapping", 1, 1, "{activity: A}"),
            ("changes: [", "syntax", 2, 1, "changes:"),
        ])
    func saysWhatIsWrong(text: String, id: String, line: Int, column: Int, advice: String) {
        do throws(PlanError) {
            _ = try RedesignPlan(parsing: text, fileName: "p.yaml")
            Issue.record("this plan has something wrong: \(text)")
        } catch {
            #expect(error.id == id, "\(error)")
            #expect(error.line == line && (error.column == column || id == "syntax"), "\(error)")
            #expect(error.advice.contains(advice), "\(error)")
            #expect(error.description.hasPrefix("p.yaml:\(line):"))
        }
    }

    @Test("a goal passes or fails where its whole interval does")
    func judgesGoals() throws {
        let change = try #require(PairedExperiment.change(of: .cycleTimeMean, before: [100, 102, 98, 100], after: [60, 61, 59, 60]))
        #expect(PlanGoal(.cycleTimeMean, .relativeChange, .atMost, -0.3).verdict(change) == .pass)
        #expect(PlanGoal(.cycleTimeMean, .relativeChange, .atMost, -0.5).verdict(change) == .fail)
        #expect(PlanGoal(.cycleTimeMean, .relativeChange, .atMost, -0.4).verdict(change) == .unsure)
        #expect(PlanGoal(.cycleTimeMean, .absoluteChange, .below, -30).verdict(change) == .pass)
        #expect(PlanGoal(.cycleTimeMean, .value, .atLeast, 50).verdict(change) == .pass)
        #expect(PlanGoal(.cycleTimeMean, .value, .above, 70).verdict(change) == .fail)
        #expect(PlanGoal(.cycleTimeMean, .value, .above, 70).verdict(nil) == .unsure)
    }
}
