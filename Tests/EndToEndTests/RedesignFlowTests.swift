import Foundation
import TestSupport
import Testing

/// `weir redesign --flow`: the process as a plan changes it, in files that other programs open and engines run.
@Suite struct RedesignFlowTests {
    private static let before = SharedData.checkout.appending(path: "datasets/p2p-before.csv").path
    private static let plan = SharedData.checkout.appending(path: "datasets/p2p-plan.yaml").path
    private static let base = ["redesign", before, "--plan", plan, "--replications", "2"]

    /// The flows of the purchases, for an engine.
    private static func flows(_ arguments: [String] = [], in folder: Folder) throws -> (outcome: String, toBe: String) {
        let outcome = try Command.run(
            base + ["--flow", "to-be.bpmn", "--as-is-flow", "as-is.bpmn", "--engine", "python"] + arguments, in: folder)
        // Two replications are too few to be certain of a goal.
        #expect([0, 2].contains(outcome.status) && outcome.errors.isEmpty, "\(outcome.errors)")
        return (outcome.output, try folder.text("to-be.bpmn"))
    }

    @Test func whatBPMNCannotShowIsWrittenAndCounted() throws {
        let folder = try Folder()
        let (output, text) = try Self.flows(in: folder)
        #expect(output.contains("What the flow shows of the plan"))
        #expect(text.contains("<documentation>Automate Approve Requisition where amount &lt; 5000: a program does it in"))
        #expect(text.contains("name=\"Invoice Clerk\">\n        <documentation>1 more in the role Invoice Clerk.</documentation>"))
        #expect(text.contains(">amount &lt; 5000</conditionExpression>") && text.contains("isExecutable=\"true\""))
        #expect(text.contains("No known attribute tells which way a case goes."))
        let json = try Command.run(Self.base + ["--flow", "x.bpmn", "--format", "json"], in: folder).output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let shown = try #require(object["flow"] as? [[String: Any]])
        #expect(shown.map { $0["drawn"] as? Bool } == [true, false] && shown.map { $0["kind"] as? String } == ["automate", "resource"])
        #expect(shown.map { $0["in_words"] as? [String] } == [["duration"], ["add"]])
        #expect(try folder.text("x.bpmn").contains(">amount &lt; 5000</conditionExpression>"))
        let chinese = try Self.flows(["--lang", "zh"], in: folder)
        #expect(chinese.outcome.contains("流程图体现了方案的哪些内容") && chinese.toBe.contains("<documentation>自动化 Approve Requisition"))
        let without = try Command.run(Self.base + ["--format", "json"], in: folder).output
        #expect((try JSONSerialization.jsonObject(with: Data(without.utf8)) as? [String: Any])?["flow"] == nil)
    }

    @Test func threadsChangeNoByteOfTheFlow() throws {
        let folder = try Folder()
        let texts = try ["1", "2"].map { threads in
            _ = try Command.run(
                Self.base + ["--flow", "\(threads).bpmn", "--as-is-flow", "\(threads).svg", "--threads", threads], in: folder)
            return [try folder.text("\(threads).bpmn"), try folder.text("\(threads).svg")]
        }
        #expect(texts[0] == texts[1])
    }

    @Test(.enabled(if: Spiff.isThere, "SPIFF_PYTHON names no Python"))
    func aRedesignedFlowRunsInAnEngine() throws {
        let folder = try Folder()
        let text = try Self.flows(in: folder).toBe
        for (amount, isAutomated, isForTheDirector) in [
            (200.0, true, false), (4_999.99, true, false), (5_000, false, false), (9_000, false, false), (20_000, false, true),
        ] {
            let run = try Spiff.run(folder.path("to-be.bpmn"), ["amount": amount])
            #expect(run.isCompleted && run.done.first == "Create Purchase Requisition" && run.done.last == "Pay Invoice", "\(run)")
            #expect(run.done.count { $0 == "Approve Requisition" } == 1, "\(run)")
            #expect(run.byPrograms.contains("Approve Requisition") == isAutomated, "\(amount): \(run)")
            #expect(run.done.contains("Approve Requisition (Director)") == isForTheDirector, "\(amount): \(run)")
            // SYSTEM did these before too.
            #expect(run.byPrograms.contains("Send Purchase Order") && run.byPrograms.contains("Pay Invoice"), "\(run)")
            // As it is, a person approves.
            let before = try Spiff.run(folder.path("as-is.bpmn"), ["amount": amount])
            #expect(before.isCompleted && !before.byPrograms.contains("Approve Requisition"), "\(before)")
            #expect(before.done == run.done, "\(before)")
        }
        // Where nothing known tells, a variable names the way: here the block of an invoice.
        let block = try #require(text.firstMatch(of: /<[a-zA-Z]+ id="([^"]+)" name="Set Payment Block">/)?.output.1)
        let pattern = try Regex("<sequenceFlow id=\"([^\"]+)\" sourceRef=\"([^\"]+)\" targetRef=\"\(block)\"")
        let way = try #require(text.firstMatch(of: pattern)?.output)
        let (flow, gateway) = (String(way[1].substring ?? ""), String(way[2].substring ?? ""))
        let blocked = try Spiff.run(
            folder.path("to-be.bpmn"), ["amount": 300.0], asked: ["next_\(gateway)": flow], until: "Set Payment Block")
        #expect(blocked.isCompleted && blocked.done.last == "Pay Invoice", "\(blocked)")
        #expect(blocked.done.contains("Set Payment Block") && blocked.byPrograms.contains("Approve Requisition"), "\(blocked)")
    }

    @Test(.enabled(if: PM4Py.isThere, "PM4PY_PYTHON names no Python with pm4py"))
    func anotherProgramOpensIt() throws {
        let folder = try Folder()
        let text = try Self.flows(in: folder).toBe
        let answer = try PM4Py.answer(
            """
            from pm4py.objects.bpmn.obj import BPMN
            graph = pm4py.read_bpmn(folder + '/flow.bpmn')
            nodes = graph.get_nodes()
            net, start, end = pm4py.convert_to_petri_net(graph)
            sound = pm4py.check_soundness(net, start, end)
            print(sum(isinstance(n, BPMN.Activity) for n in nodes), sum(isinstance(n, BPMN.Gateway) for n in nodes),
                  len(graph.get_flows()), sound[0] if isinstance(sound, tuple) else sound)
            """, files: ["flow.bpmn": text])
        let tasks = text.matches(of: /<(task|serviceTask) id=/).count
        let gateways = text.matches(of: /<(exclusive|parallel)Gateway id=/).count
        let flows = text.matches(of: /<sequenceFlow id=/).count
        #expect(answer == "\(tasks) \(gateways) \(flows) True\n", "\(answer)")
    }

    @Test func otherFormsAreWrittenByTheirSuffix() throws {
        let folder = try Folder()
        for (name, begins) in [("m.svg", "<?xml"), ("m.pnml", "<?xml"), ("m.dot", "digraph")] {
            let outcome = try Command.run(Self.base + ["--flow", name, "--as-is-flow", "a-\(name)"], in: folder)
            #expect([0, 2].contains(outcome.status) && outcome.errors.isEmpty, "\(outcome.errors)")
            let (toBe, asIs) = (try folder.text(name), try folder.text("a-\(name)"))
            #expect(toBe.hasPrefix(begins) && asIs.hasPrefix(begins) && toBe != asIs, "\(name): \(toBe.prefix(40))")
        }
        #expect(try folder.text("m.svg").contains(">automated<"))
        // A log that is held against the net to be: the way of a case does not say who did it.
        #expect(try Command.output(["conformance", Self.before, "m.pnml"], in: folder).contains("itness"))
    }

    @Test(arguments: [
        (["--flow", "x.docx"], "“.docx” is no form of a flow"), (["--flow", "-"], "--flow needs a file"),
        (["--as-is-flow", "x"], "“.” is no form of a flow"), (["--engine", "python"], "--engine is for BPMN files"),
        (["--flow", "x.svg", "--engine", "feel"], "--engine is for BPMN files"),
        (["--flow", "x.bpmn", "--as-is-flow", "./x.bpmn"], "two results are to be written to one file"),
        (["--flow", "x.bpmn", "-o", "x.bpmn"], "two results are to be written to one file"),
    ])
    func mistakesAreNamed(arguments: [String], message: String) throws {
        let folder = try Folder()
        let outcome = try Command.run(Self.base + arguments, in: folder)
        #expect(outcome.status == 64 && outcome.output.isEmpty && outcome.errors.hasPrefix("weir: error: \(message)"), "\(outcome.errors)")
        let chinese = try Command.run(Self.base + arguments + ["--lang", "zh"], in: folder)
        #expect(chinese.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(chinese.errors)")
    }

    @Test func whatNoEngineCanBeToldIsNamed() throws {
        let folder = try Folder()
        try folder.write(
            "plan.yaml", "changes: [{automate: {activity: Approve Requisition, duration: 1s, when: \"vendor matches 'V10.*'\"}}]")
        let arguments = ["redesign", Self.before, "--plan", "plan.yaml", "--replications", "2", "--flow", "x.bpmn"]
        let outcome = try Command.run(arguments + ["--engine", "python"], in: folder)
        #expect(outcome.status == 65 && outcome.errors.contains("no engine can be told “vendor matches 'V10.*'”"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("x.bpmn")))
        #expect(try [0, 2].contains(Command.run(arguments + ["--engine", "feel"], in: folder).status))
        #expect(try folder.text("x.bpmn").contains(">matches(vendor, \"V10.*\")<"))
    }
}
