import Foundation
import TestSupport
import Testing

/// `weir discover` with miners of models, from the log to files that other programs open.
@Suite struct DiscoverModelTests {
    private static let before = SharedData.checkout.appending(path: "datasets/p2p-before.csv").path

    @Test func theInductiveMinerShowsATreeInBothLanguages() throws {
        let english = try Command.output(["discover", Self.before, "--miner", "inductive"])
        #expect(english.contains("\nin this order\n├ Create Purchase Requisition\n├ once or again\n│ ├ Approve Requisition\n"))
        #expect(english.contains("└ Pay Invoice\n") && english.contains("Fitness "))
        let chinese = try Command.output(["discover", Self.before, "--miner", "inductive", "--lang", "zh"])
        #expect(chinese.contains("\n依次\n├ Create Purchase Requisition\n├ 循环\n") && chinese.contains("拟合度"))
    }

    @Test func withoutNoiseEveryCaseFits() throws {
        let object = try Command.json(["discover", Self.before, "--miner", "inductive", "--noise", "0"])
        #expect(object["miner"] as? String == "inductive" && object["noise"] as? Double == 0)
        let fitness = try #require(object["fitness"] as? [String: Double])
        #expect(fitness == ["log": 1, "average_trace": 1, "fitting_share": 1])
        #expect(object["tree"] is [String: Any] && object["notation"] is String)
    }

    @Test func constraintsAreReadBackByPrograms() throws {
        let object = try Command.json(["discover", Self.before, "--miner", "declare", "--confidence", "1", "--support", "0.5"])
        let constraints = try #require(object["constraints"] as? [[String: Any]])
        #expect(!constraints.isEmpty)
        for item in constraints {
            #expect(item["confidence"] as? Double == 1 && (item["support"] as? Double ?? 0) >= 0.5)
            #expect(item["template"] is String && item["activities"] is [String])
        }
    }

    @Test func whatAlwaysHoldsIsToldInWordsAndForPrograms() throws {
        let folder = try Folder()
        try folder.write(
            "log.csv", "case_id,activity,timestamp\n1,a,2026-01-01\n1,b,2026-01-02\n2,a,2026-01-01\n2,a,2026-01-02\n2,b,2026-01-03\n")
        let arguments = ["discover", "log.csv", "--miner", "log-skeleton"]
        let object = try Command.json(arguments, in: folder)
        #expect(object["schema"] as? String == "weir/discover/1" && object["miner"] as? String == "log-skeleton")
        #expect(object["always_after"] as? [[String]] == [["a", "b"]] && object["always_before"] as? [[String]] == [["b", "a"]])
        #expect((object["occurrences"] as? [[String: Any]])?.map { $0["counts"] as? [Int] } == [[1, 2], [1]])
        let csv = try Command.output(arguments + ["--format", "csv"], in: folder)
        #expect(
            csv.hasPrefix("sentence,relation,activities,counts\n“a” comes 1 or 2 times in a case,occurrences,a,")
                && csv.contains("\nafter “a” comes “b”,always_after,"), "\(csv)")
        let chinese = try Command.output(arguments + ["--lang", "zh"], in: folder)
        #expect(chinese.contains("“a”在一个案例中出现 1或 2 次") || chinese.contains("“a”在一个案例中出现 1 或 2 次"), "\(chinese)")
        // In one of two cases a and b do not come equally often.
        #expect((object["equivalence"] as? [[String]])?.isEmpty == true && object["noise"] as? Double == 0)
        let loose = try Command.json(arguments + ["--noise", "0.5"], in: folder)
        #expect(loose["equivalence"] as? [[String]] == [["a", "b"]])
    }

    @Test func timesBetweenActivitiesAreTold() throws {
        let folder = try Folder()
        try folder.write(
            "log.csv", "case_id,activity,timestamp\n1,a,2026-01-01\n1,b,2026-01-02\n2,a,2026-01-01\n2,b,2026-01-04\n3,b,2026-01-04\n")
        let arguments = ["discover", "log.csv", "--miner", "temporal-profile"]
        let object = try Command.json(arguments, in: folder)
        let pairs = try #require(object["pairs"] as? [[String: Any]])
        #expect(pairs.count == 1 && pairs[0]["source"] as? String == "a" && pairs[0]["count"] as? Int == 2)
        #expect(pairs[0]["mean_s"] as? Double == 172_800)
        let deviation = try #require(pairs[0]["std_s"] as? Double)
        #expect(abs(deviation - 86_400 * 2.0.squareRoot()) < 1e-3)
        #expect(
            try Command.output(arguments + ["--format", "csv"], in: folder).hasPrefix("source,target,count,mean_s,std_s\na,b,2,172800,"))
        #expect(try Command.output(arguments + ["--lang", "zh"], in: folder).contains("标准差"))
    }

    @Test func filesAreWrittenByTheirSuffix() throws {
        let folder = try Folder()
        for (name, begins) in [
            ("m.pnml", "<?xml"), ("m.ptml", "<?xml"), ("m.dot", "digraph"), ("m.json", "{"), ("m.csv", "node,parent,kind,activity\n"),
        ] {
            let outcome = try Command.run(["discover", Self.before, "--miner", "inductive", "-o", name], in: folder)
            #expect(outcome.status == 0 && outcome.output.isEmpty, "\(name): \(outcome.errors)")
            #expect(try folder.text(name).hasPrefix(begins), "\(name)")
        }
    }

    @Test func whatDecidesIsLearntAndToldToEngines() throws {
        let folder = try Folder()
        let object = try Command.json(["discover", Self.before, "--miner", "split", "--decisions"])
        let choices = try #require(object["decisions"] as? [[String: Any]])
        let conditions = choices.flatMap { $0["outcomes"] as? [[String: Any]] ?? [] }.compactMap { $0["condition"] as? String }
        #expect(conditions.contains("amount > 10000"))
        let arguments = ["discover", Self.before, "--miner", "split", "--decisions", "--engine"]
        for (language, condition) in [("python", ">amount &gt; 10000<"), ("juel", ">${amount &gt; 10000}<")] {
            _ = try Command.output(arguments + [language, "-o", "\(language).bpmn"], in: folder)
            let text = try folder.text("\(language).bpmn")
            #expect(text.contains("isExecutable=\"true\"") && text.contains(condition), "\(language)")
            // SYSTEM sends orders.
            #expect(text.contains("<serviceTask") && text.contains("name=\"Send Purchase Order\""))
        }
        #expect(try Command.run(["discover", Self.before, "--miner", "split", "--engine", "feel"]).status == 64)
        #expect(try Command.run(["discover", Self.before, "--miner", "declare", "--decisions"]).status == 64)
    }

    @Test(.enabled(if: Spiff.isThere, "SPIFF_PYTHON names no Python"))
    func aDiscoveredFlowRunsInAnEngine() throws {
        let folder = try Folder()
        _ = try Command.output(
            ["discover", Self.before, "--miner", "split", "--decisions", "--engine", "python", "-o", "m.bpmn"], in: folder)
        for (amount, isForTheDirector) in [(20_000.0, true), (200, false)] {
            let run = try Spiff.run(folder.path("m.bpmn"), ["amount": amount])
            #expect(run.isCompleted && run.done.contains("Pay Invoice"), "\(run)")
            #expect(run.done.contains("Approve Requisition (Director)") == isForTheDirector, "\(run)")
        }
    }

    @Test(arguments: [
        "inductive", "inductive-dfg", "heuristics", "alpha", "split", "declare", "log-skeleton", "temporal-profile",
    ])
    func modelsAreTheSameWhereTheLogIsReadPieceByPiece(miner: String) throws {
        let folder = try Folder()
        for output in [[], ["--format", "json"], ["--format", "csv"]] {
            let arguments = ["discover", Self.before, "--miner", miner] + output
            // Pages repeat the options in what they advise.
            let texts = try ["always", "never"].map { stream in
                try Command.output(arguments + ["--stream", stream]).replacingOccurrences(of: " --stream \(stream)", with: "")
            }
            #expect(texts[0] == texts[1])
        }
        if ["declare", "log-skeleton", "temporal-profile"].contains(miner) { return }
        // The alpha miner's net of this log cannot be said as BPMN.
        for name in ["m.pnml"] + (miner == "alpha" ? [] : ["m.bpmn", "m.svg"]) {
            for stream in ["always", "never"] {
                _ = try Command.output(
                    ["discover", Self.before, "--miner", miner, "--stream", stream, "-o", "\(stream)-\(name)"], in: folder)
            }
            #expect(try folder.text("always-\(name)") == folder.text("never-\(name)"), "\(name)")
        }
    }

    @Test func flagsOfOtherMinersAreRefused() throws {
        for (arguments, word) in [
            (["--miner", "inductive", "--support", "0.1"], "--support"), (["--noise", "0.1"], "--noise"),
            (["--miner", "declare", "--noise", "0.1"], "--noise"), (["--miner", "inductive", "--paths", "0.5"], "--paths"),
            (["--miner", "inductive", "--noise", "2"], "“2.0”"), (["--miner", "declare", "-o", "x.pnml"], "“.pnml”"),
            (["--miner", "inductive", "-o", "x.docx"], "“.docx”"), (["--miner", "log-skeleton", "-o", "x.svg"], "“.svg”"),
            (["--miner", "temporal-profile", "--noise", "0.1"], "--noise"), (["--miner", "log-skeleton", "--decisions"], "--decisions"),
            (["--miner", "temporal-profile", "-o", "x.bpmn"], "“.bpmn”"),
        ] {
            let outcome = try Command.run(["discover", Self.before] + arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(word), "\(arguments): \(outcome.errors)")
        }
    }
}
