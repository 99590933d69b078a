import Foundation
import TestSupport
import Testing

/// `weir conformance` from a log and a model to figures and exit codes.
@Suite struct ConformanceVerbTests {
    private static let before = SharedData.checkout.appending(path: "datasets/p2p-before.csv").path
    private static let rules = SharedData.checkout.appending(path: "datasets/p2p-rules.yaml").path

    /// Three cases of the model's only way (a, b, c), one without b, one with an x.
    private static func folder() throws -> Folder {
        let folder = try Folder()
        var text = "case_id,activity,timestamp\n"
        for (name, activities) in [("1", "abc"), ("2", "abc"), ("3", "abc"), ("4", "ac"), ("5", "abxc")] {
            for (hour, activity) in activities.enumerated() { text += "\(name),\(activity),2026-01-01T0\(hour):00:00Z\n" }
        }
        try folder.write("log.csv", text)
        try folder.write("right.csv", text.split(separator: "\n").prefix(10).joined(separator: "\n") + "\n")
        _ = try Command.output(["discover", "right.csv", "--miner", "inductive", "-o", "model.bpmn"], in: folder)
        _ = try Command.output(["discover", "right.csv", "--miner", "inductive", "-o", "model.pnml"], in: folder)
        _ = try Command.output(["discover", "right.csv", "--miner", "inductive", "-o", "model.ptml"], in: folder)
        _ = try Command.output(["discover", "right.csv", "--miner", "declare", "-o", "model.json"], in: folder)
        return folder
    }

    @Test(arguments: ["model.bpmn", "model.pnml", "model.ptml"])
    func whatIsInsertedAndSkippedIsToldByEveryFormOfTheModel(_ model: String) throws {
        let folder = try Self.folder()
        let object = try Command.json(["conformance", "log.csv", model, "--cases"], in: folder)
        #expect(object["schema"] as? String == "weir/conformance/1" && object["method"] as? String == "alignment")
        let fitness = try #require(object["fitness"] as? [String: Double])
        // Worst: the instances of log and of the shortest run of the model, 3 + 3, 2 + 3 and 4 + 3; of each, one departs.
        let (left, added): (Double, Double) = (1 - 1.0 / 5, 1 - 1.0 / 7)
        let all = try #require(fitness["log"])
        let mean = try #require(fitness["average_trace"])
        #expect(abs(all - (1 - 2.0 / 30)) < 1e-9)
        #expect(abs(mean - (3 + left + added) / 5) < 1e-9)
        #expect(fitness["fitting_share"] == 0.6)
        #expect(object["unknown_activities"] as? [String] == ["x"])
        let deviations = try #require(object["deviations"] as? [[String: Any]])
        #expect(Set(deviations.map { "\($0["kind"] ?? "") \($0["activity"] ?? "")" }) == ["inserted x", "skipped b"])
        let cases = try #require(object["cases"] as? [[String: Any]])
        #expect(cases.map { $0["cost"] as? Int } == [0, 0, 0, 1, 1])
        #expect(cases[3]["skipped"] as? [String] == ["b"] && cases[4]["inserted"] as? [String] == ["x"])
        let activities = try #require(object["activities"] as? [[String: Any]])
        #expect(activities.map { "\($0["name"] ?? "") \($0["verdict"] ?? "")" } == ["x never_said", "b departs", "a agrees", "c agrees"])
        let inputs = (object["provenance"] as? [String: Any])?["inputs"] as? [[String: Any]]
        #expect(inputs?.map { $0["name"] as? String } == ["log.csv", model])
    }

    @Test func aModelWithoutNoiseFitsItsLogByEveryMethod() throws {
        let folder = try Folder()
        _ = try Command.output(["discover", Self.before, "--miner", "inductive", "--noise", "0", "-o", "m.bpmn"], in: folder)
        for method in ["alignment", "replay"] {
            let object = try Command.json(["conformance", Self.before, "m.bpmn", "--method", method], in: folder)
            #expect((object["fitness"] as? [String: Double]) == ["log": 1, "average_trace": 1, "fitting_share": 1], "\(method)")
            #expect(object["cases"] is NSNull)
        }
    }

    @Test func rulesAndConstraintsAreHeld() throws {
        let folder = try Self.folder()
        let rules = try Command.json(["conformance", Self.before, Self.rules, "--cases"])
        #expect(rules["method"] as? String == "rules" && rules["precision"] is NSNull)
        let list = try #require(rules["rules"] as? [[String: Any]])
        #expect(list.count == 9 && list.map { $0["violated"] as? Int }.prefix(3) == [0, 0, 0])
        #expect((rules["cases"] as? NSArray)?.count == 1_200)
        let constraints = try Command.json(["conformance", "log.csv", "model.json"], in: folder)
        let broken = try #require(constraints["constraints"] as? [[String: Any]]).filter { $0["violated"] as? Int ?? 0 > 0 }
        #expect(!broken.isEmpty && broken.allSatisfy { ($0["activities"] as? [String])?.contains("b") == true })
        let chinese = try Command.output(["conformance", Self.before, Self.rules, "--lang", "zh"])
        #expect(chinese.contains("对照 p2p-rules.yaml 中的规则") && chinese.contains("遵守率"))
    }

    @Test func aShareToReachDecidesTheExitCode() throws {
        let folder = try Self.folder()
        #expect(try Command.run(["conformance", "log.csv", "model.bpmn", "--at-least", "0.9"], in: folder).status == 0)
        let low = try Command.run(["conformance", "log.csv", "model.bpmn", "--at-least", "0.99"], in: folder)
        #expect(low.status == 1 && low.output.contains("Fitness 93 %"), "\(low)")
    }

    @Test func whatIsNoModelIsRefused() throws {
        let folder = try Self.folder()
        try folder.write("other.xml", "<html/>\n")
        try folder.write("broken.bpmn", "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\">\n")
        try folder.write("rules.yaml", "rules:\n  - respons: {activities: [a, b]}\n")
        for (arguments, status, words) in [
            (["none.bpmn"], 66, "none.bpmn"), (["other.xml"], 65, "<html>"), (["broken.bpmn"], 65, "broken.bpmn:1:82"),
            (["rules.yaml"], 65, "rules.yaml:2:5"), (["model.bpmn", "--method", "rules"], 64, "--method rules"),
            (["model.json", "--method", "replay"], 64, "--method replay"), (["model.bpmn", "--at-least", "2"], 64, "--at-least"),
        ] {
            let outcome = try Command.run(["conformance", "log.csv"] + arguments, in: folder)
            #expect(outcome.status == Int32(status) && outcome.errors.contains(words), "\(arguments): \(outcome)")
        }
    }
}
