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

    /// SpiffWorkflow (`pip install SpiffWorkflow`) in the Python that `SPIFF_PYTHON` names.
    private static let spiff = ProcessInfo.processInfo.environment["SPIFF_PYTHON"]

    /// Runs a file with an amount, from start to end; prints whether it ended and the tasks in the order in which they were done.
    private static let engine = """
        import sys, json
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
        from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
        from SpiffWorkflow.bpmn.specs.defaults import ServiceTask
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
        from SpiffWorkflow.util.task import TaskState
        class Program(ServiceTask):
            def _execute(self, task): return True
        class Parser(BpmnParser):
            OVERRIDE_PARSER_CLASSES = {full_tag('serviceTask'): (TaskParser, Program)}
        parser = Parser()
        parser.add_bpmn_file(sys.argv[1])
        flow = BpmnWorkflow(parser.get_spec(parser.get_process_ids()[0]))
        flow.set_data(amount=float(sys.argv[2]))
        for _ in range(200):
            ready = flow.get_tasks(state=TaskState.READY)
            if not ready: break
            for name in sys.argv[3:]: ready[0].data.setdefault(name, None)
            ready[0].data.setdefault('amount', float(sys.argv[2]))
            ready[0].run()
        done = [t.task_spec.bpmn_name for t in flow.get_tasks(state=TaskState.COMPLETED) if t.task_spec.bpmn_name]
        print(json.dumps([flow.is_completed(), done]))
        """

    @Test(.enabled(if: spiff != nil, "SPIFF_PYTHON names no Python"))
    func aDiscoveredFlowRunsInAnEngine() throws {
        let folder = try Folder()
        _ = try Command.output(
            ["discover", Self.before, "--miner", "split", "--decisions", "--engine", "python", "-o", "m.bpmn"], in: folder)
        let text = try folder.text("m.bpmn")
        let variables = Set(text.matches(of: /next_[A-Za-z0-9_]+/).map { String($0.output) }).sorted()
        for (amount, isForTheDirector) in [("20000", true), ("200", false)] {
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(filePath: Self.spiff ?? "")
            process.arguments = ["-W", "ignore", "-c", Self.engine, folder.path("m.bpmn"), amount] + variables
            process.standardOutput = pipe
            try process.run()
            let printed = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let answer = try #require(try JSONSerialization.jsonObject(with: printed) as? [Any])
            #expect(answer[0] as? Bool == true)
            let done = try #require(answer[1] as? [String])
            #expect(done.contains("Approve Requisition (Director)") == isForTheDirector && done.contains("Pay Invoice"), "\(done)")
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
