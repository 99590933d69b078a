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
        _ = try Command.output(["discover", "right.csv", "--miner", "log-skeleton", "-o", "skeleton.json"], in: folder)
        _ = try Command.output(["discover", "log.csv", "--miner", "temporal-profile", "-o", "times.json"], in: folder)
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

    @Test func skeletonsAndTimesAreReadBackAndHeld() throws {
        let folder = try Self.folder()
        let skeleton = try Command.json(["conformance", "log.csv", "skeleton.json", "--cases"], in: folder)
        #expect(skeleton["method"] as? String == "rules" && skeleton["unknown_activities"] as? [String] == ["x"])
        #expect((skeleton["fitness"] as? [String: Double])?["fitting_share"] == 0.6)
        let broken = try #require(skeleton["deviations"] as? [[String: Any]]).map { item in
            "\(item["relation"] ?? "") \((item["activities"] as? [String] ?? []).joined()) \(item["cases"] ?? "")"
        }
        // Case 4 lacks b; in case 5 an x comes between b and c.
        #expect(
            broken.contains("directly_follows ab 1") && broken.contains("directly_follows bc 1") && broken.contains("unknown_activity x 1"))
        #expect(broken.contains("equivalence ab 1") && broken.contains("occurrences b 1"))
        let cases = try #require(skeleton["cases"] as? [[String: Any]])
        #expect(cases.map { ($0["deviations"] as? [Any])?.count == 0 } == [true, true, true, false, false])
        let own = try Command.json(["conformance", "right.csv", "skeleton.json"], in: folder)
        #expect(own["fitness"] as? [String: Double] == ["log": 1, "average_trace": 1, "fitting_share": 1])
        // a to c takes two hours in three cases, one hour in case 4 and three in case 5: a mean of two, a deviation of √½.
        for (zeta, deviating) in [(["--zeta", "1"], ["4", "5"]), (["--zeta", "2"], []), ([], [])] {
            let times = try Command.json(["conformance", "log.csv", "times.json", "--cases"] + zeta, in: folder)
            let deviations = try #require(times["deviations"] as? [[String: Any]])
            #expect(
                deviations.filter { $0["target"] as? String == "c" && $0["source"] as? String == "a" }.map { $0["case"] as? String }
                    == deviating)
            #expect(times["zeta"] as? Double == (zeta.last.flatMap(Double.init) ?? 3) && times["pairs"] is [[String: Any]])
            #expect((times["cases"] as? [[String: Any]])?.count == 5)
        }
        let text = try Command.output(["conformance", "log.csv", "times.json", "--zeta", "1"], in: folder)
        #expect(text.contains("more than 1 × the standard deviation") && text.contains("Times that deviate"), "\(text)")
        let chinese = try Command.output(["conformance", "log.csv", "skeleton.json", "--lang", "zh"], in: folder)
        #expect(chinese.contains("违反情况") && chinese.contains("“x”是已知活动"), "\(chinese)")
        let csv = try Command.output(["conformance", "log.csv", "skeleton.json", "--format", "csv"], in: folder)
        #expect(csv.hasPrefix("sentence,relation,activities,cases\n"))
    }

    @Test func whatTheStandardAsksForIsSaidOfAModelInBothLanguages() throws {
        let folder = try Self.folder()
        // A gateway with one way in and one out.
        try folder.write(
            "odd.bpmn",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"><process id="p">
            <startEvent id="s"/><task id="t" name="a"/><exclusiveGateway id="g"/><endEvent id="e"/>
            <sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="g"/>
            <sequenceFlow id="f3" sourceRef="g" targetRef="e"/></process></definitions>
            """)
        let object = try Command.json(["conformance", "log.csv", "odd.bpmn"], in: folder)
        #expect(object["structure"] as? [[String: String]] == [["rule": "gateway-splits-or-joins", "element": "g"]])
        let english = try Command.output(["conformance", "log.csv", "odd.bpmn"], in: folder)
        #expect(english.contains("not so at “g”: a gateway parts or joins"), "\(english)")
        let chinese = try Command.output(["conformance", "log.csv", "odd.bpmn", "--lang", "zh"], in: folder)
        #expect(chinese.contains("“g”处不符合"), "\(chinese)")
        #expect(try Command.json(["conformance", "log.csv", "model.bpmn"], in: folder)["structure"] == nil)
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
        try folder.write("none.json", "{\"edges\": []}")
        try folder.write("few.json", "{\"occurrences\": []}")
        try folder.write("pair.json", "{\"occurrences\": [], \"equivalence\": [], \"always_after\": [[\"a\"]]}")
        try folder.write("broken.bpmn", "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\">\n")
        try folder.write("rules.yaml", "rules:\n  - respons: {activities: [a, b]}\n")
        for (arguments, status, words) in [
            (["none.bpmn"], 66, "none.bpmn"), (["other.xml"], 65, "<html>"), (["broken.bpmn"], 65, "broken.bpmn:1:82"),
            (["rules.yaml"], 65, "rules.yaml:2:5"), (["model.bpmn", "--method", "rules"], 64, "--method rules"),
            (["model.json", "--method", "replay"], 64, "--method replay"), (["skeleton.json", "--zeta", "2"], 64, "--zeta"),
            (["times.json", "--method", "alignment"], 64, "--method alignment"), (["times.json", "--zeta", "-1"], 64, "--zeta"),
            (["none.json"], 65, "constraints, occurrences, pairs"), (["few.json"], 65, "the key equivalence is missing"),
            (["pair.json"], 65, "always_after"),
            (["model.bpmn", "--at-least", "2"], 64, "--at-least"),
        ] {
            let outcome = try Command.run(["conformance", "log.csv"] + arguments, in: folder)
            #expect(outcome.status == Int32(status) && outcome.errors.contains(words), "\(arguments): \(outcome)")
        }
    }
}
