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

    @Test func flagsOfOtherMinersAreRefused() throws {
        for (arguments, word) in [
            (["--miner", "inductive", "--support", "0.1"], "--support"), (["--noise", "0.1"], "--noise"),
            (["--miner", "declare", "--noise", "0.1"], "--noise"), (["--miner", "inductive", "--paths", "0.5"], "--paths"),
            (["--miner", "inductive", "--noise", "2"], "“2.0”"), (["--miner", "declare", "-o", "x.pnml"], "“.pnml”"),
            (["--miner", "inductive", "-o", "x.docx"], "“.docx”"),
        ] {
            let outcome = try Command.run(["discover", Self.before] + arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(word), "\(arguments): \(outcome.errors)")
        }
    }
}
