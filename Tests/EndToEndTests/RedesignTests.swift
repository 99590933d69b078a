import Foundation
import TestSupport
import Testing

/// `weir redesign` on the purchases whose truth is known.
@Suite struct RedesignTests {
    private static let before = SharedData.checkout.appending(path: "datasets/p2p-before.csv").path
    private static let after = SharedData.checkout.appending(path: "datasets/p2p-after.csv").path
    private static let plan = SharedData.checkout.appending(path: "datasets/p2p-plan.yaml").path

    private func kpi(_ list: [[String: Any]], _ key: String, _ name: String) throws -> [String: Any] {
        try #require(list.first { $0[key] as? String == name })
    }

    @Test func theForecastMeetsWhatCame() throws {
        let json = try Command.json(["redesign", Self.before, "--plan", Self.plan])
        let delta = try #require(json["delta"] as? [[String: Any]])
        #expect(
            delta.map { $0["kpi"] as? String } == [
                "cycle_time.mean", "cycle_time.median", "cycle_time.p90", "waiting_time.mean", "service_time.mean", "throughput.mean",
                "cost.mean", "rework_rate.rate",
            ])
        #expect(json["schema"] as? String == "weir/redesign/1")
        #expect((json["backtest"] as? [String: Any])?["trusted"] as? Bool == true)
        #expect(try kpi(delta, "kpi", "cost.mean")["baseline"] is NSNull)
        let came = try #require(try Command.json(["compare", Self.before, Self.after])["kpis"] as? [[String: Any]])
        for name in ["cycle_time.mean", "cycle_time.median", "cycle_time.p90", "waiting_time.mean", "service_time.mean"] {
            let forecast = try #require(try kpi(delta, "kpi", name)["change_relative"] as? Double)
            let truth = try #require(try kpi(came, "id", name)["change_relative"] as? Double)
            #expect(abs(forecast - truth) < 0.05, "\(name): \(forecast) for \(truth)")
            #expect(try kpi(delta, "kpi", name)["verdict"] as? String == "better")
        }
        #expect(try kpi(delta, "kpi", "rework_rate.rate")["verdict"] as? String == "no_difference")
        let credit = try #require(json["credit"] as? [[String: Any]]).filter { $0["kpi"] as? String == "cycle_time.mean" }
        let gains = credit.compactMap { $0["gain"] as? Double }
        let change = try #require(try kpi(delta, "kpi", "cycle_time.mean")["change_absolute"] as? Double)
        #expect(gains.count == 2 && abs(gains[0] + gains[1] + change) < 1e-3 && gains.allSatisfy { $0 > 0 })
        let inputs = try #require((json["provenance"] as? [String: Any])?["inputs"] as? [[String: String]])
        #expect(inputs.map { $0["name"] } == ["p2p-before.csv", "p2p-plan.yaml"])
    }

    @Test(arguments: ["text", "json", "csv", "markdown"])
    func threadsChangeNoByte(format: String) throws {
        let base = ["redesign", Self.before, "--plan", Self.plan, "--replications", "4", "--format", format]
        // With so few replications a goal is not certain, which is a status of its own.
        let runs = try ["1", "2"].map { try Command.run(base + ["--threads", $0]).output }
        #expect(!runs[0].isEmpty && runs[0] == runs[1])
        #expect(try Command.run(base + ["--seed", "2"]).output != runs[0])
    }

    @Test(arguments: [
        ("cycle_time.mean, change: \"<= -10%\"", 0), ("cycle_time.mean, change: \"<= -90%\"", 1), ("cost.mean, target: \"<= 5\"", 2),
    ])
    func goalsDecideTheStatus(goal: String, status: Int32) throws {
        let folder = try Folder()
        try folder.write("plan.yaml", "changes: [{resource: {role: Invoice Clerk, add: 1}}]\ngoals: [{kpi: \(goal)}]\n")
        let outcome = try Command.run(["redesign", Self.before, "--plan", "plan.yaml", "--replications", "5"], in: folder)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output.contains("What the plan would gain") && outcome.errors.isEmpty)
    }

    @Test func aSmallLogIsNotTrusted() throws {
        let folder = try Folder()
        let rows = (0..<6).map { "\($0),A,2026-01-0\($0 + 1)T09:00:00Z,2026-01-0\($0 + 1)T10:00:00Z,ann" }
        try folder.write("small.csv", "case,activity,start,end,resource\n" + rows.joined(separator: "\n") + "\n")
        try folder.write("plan.yaml", "changes: [{duration: {activity: A, scale: 0.5}}]")
        let outcome = try Command.run(["redesign", "small.csv", "--plan", "plan.yaml"], in: folder)
        #expect(outcome.status == 2 && outcome.output.contains("Not trusted"), "\(outcome)")
    }

    @Test(arguments: [
        (
            "changes: [{remove: {activity: Pay Invoic}}]", [], 65,
            "plan.yaml:1:31: the process has no activity “Pay Invoic” — did you mean “Pay Invoice”?"
        ),
        ("changes:\n  - merge: {activities: [A, B]}", [], 65, "plan.yaml:2:5: the change “merge” does not exist yet"),
        ("changes: [{automate: {activity: A, duration: 1s, when: \"amount <\"}}]", [], 65, "plan.yaml:1:65: a value is missing"),
        ("changes: []", ["--from", "open-cases"], 64, "“open-cases” is not supported yet"),
        ("changes: []", ["--warm-up", "mser5"], 64, "“mser5” is not supported yet"),
        ("changes: []", ["--replications", "1"], 64, "“1” cannot be the value of “--replications”"),
        ("changes: []", ["--start", "soon"], 64, "“soon” is no instant"),
    ])
    func mistakesAreNamed(text: String, arguments: [String], status: Int32, message: String) throws {
        let folder = try Folder()
        try folder.write("plan.yaml", text)
        let base = ["redesign", Self.before, "--plan", "plan.yaml"] + arguments
        let outcome = try Command.run(base, in: folder)
        #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("weir: error: " + message), "\(outcome.errors)")
        let chinese = try Command.run(base + ["--lang", "zh"], in: folder)
        #expect(chinese.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(chinese.errors)")
    }

    @Test func missingPlansAreNamed() throws {
        let outcome = try Command.run(["redesign", Self.before, "--plan", "none.yaml"])
        #expect(outcome.status == 66 && outcome.errors.hasPrefix("weir: error: none.yaml: "))
    }
}
