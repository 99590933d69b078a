import EventLogs
import Foundation
import ProcessModels
import Statistics
import TestSupport
import Testing

/// Models are made ready for engines; SpiffWorkflow runs them to the end, PM4Py opens them.
@Suite struct BPMNExecutionTests {
    private static let hasSpiff = ProcessInfo.processInfo.environment["SPIFF_PYTHON"] != nil
    private static let hasPM4Py = ProcessInfo.processInfo.environment["PM4PY_PYTHON"] != nil

    /// A purchase with a rule for who approves, two things at once, a loop, and tasks that a program does.
    private static var purchase: BPMNModel {
        let tasks: [(String, String, BPMNModel.Task)] = [
            ("create", "Create", .user), ("clerk", "Approve by Clerk", .user), ("boss", "Approve by Boss", .user),
            ("auto", "Approve", .task), ("goods", "Receive Goods", .manual), ("invoice", "Receive Invoice", .task),
            ("match", "Match", .task), ("pay", "Pay", .task),
        ]
        let gateways: [(String, BPMNModel.Kind)] = [
            ("which", .exclusiveGateway), ("approved", .exclusiveGateway), ("both", .parallelGateway), ("again", .exclusiveGateway),
            ("all", .parallelGateway), ("ok", .exclusiveGateway),
        ]
        var nodes: [BPMNModel.Node] = [.init(id: "start", kind: .startEvent), .init(id: "end", kind: .endEvent)]
        nodes += tasks.map { .init(id: $0.0, name: $0.1, kind: .task($0.2)) } + gateways.map { .init(id: $0.0, kind: $0.1) }
        let flows: [(String, String, String?)] = [
            ("start", "create", nil), ("create", "which", nil),
            ("which", "boss", "amount >= 5000 and not vendor in ('Trusted', 'O''Hara')"),
            ("which", "clerk", "amount < 5000 and amount > 100"), ("which", "auto", nil), ("boss", "approved", nil),
            ("clerk", "approved", nil), ("auto", "approved", nil), ("approved", "both", nil), ("both", "goods", nil),
            ("both", "again", nil), ("again", "invoice", nil), ("goods", "all", nil), ("invoice", "all", nil), ("all", "match", nil),
            ("match", "ok", nil), ("ok", "pay", "`Match Result` == 'fits'"), ("ok", "end", nil), ("pay", "end", nil),
        ]
        return BPMNModel(processes: [
            .init(
                id: "purchase", nodes: nodes,
                flows: flows.enumerated().map { .init(id: "f\($0 + 1)", from: $1.0, to: $1.1, condition: $1.2) })
        ])
    }

    @Test("Conditions written as filters are told to engines in their languages")
    func conditionsAreTranslated() throws {
        let cases: [(String, String, String, String)] = [
            ("amount > 5000", "amount > 5000", "amount > 5000", "${amount > 5000}"),
            ("a == 'x' or b != 1.5", "a == 'x' or b != 1.5", "a = \"x\" or b != 1.5", "${a == 'x' || b != 1.5}"),
            (
                "not (a in ('p', 'it''s')) and (c is missing or d == true)", "not (a in ['p', 'it\\'s']) and (c is None or d == True)",
                "not(a in (\"p\", \"it's\")) and (c = null or d = true)", "${!((a == 'p' || a == 'it\\'s')) && (c == null || d == true)}"
            ),
            ("`Goods Value` >= 2h", "Goods_Value >= 7200", "Goods_Value >= 7200", "${Goods_Value >= 7200}"),
            ("case.class == '批准\\'", "class_ == '批准\\\\'", "class_ = \"批准\\\\\"", "${class_ == '批准\\\\'}"),
        ]
        for (filter, python, feel, juel) in cases {
            let parsed = try LogFilter(parsing: filter)
            #expect(try parsed.expression(in: .python) == python)
            #expect(try parsed.expression(in: .feel) == feel)
            #expect(try parsed.expression(in: .juel) == juel)
        }
        #expect(throws: EngineExpressionError(part: "has('A')")) { try LogFilter(parsing: "a > 1 and has('A')").expression(in: .python) }
        #expect(throws: EngineExpressionError.self) { try LogFilter(parsing: "a matches 'x'").expression(in: .juel) }
        #expect(try LogFilter(parsing: "a matches 'x'").expression(in: .feel) == "matches(a, \"x\")")
        #expect(LogFilter.variable("1 a-b") == "_1_a_b" && LogFilter.variable("") == "_" && LogFilter.variable("金额") == "金额")
    }

    @Test("Every way out of a gateway is decided, tasks of programs are service tasks")
    func modelsAreMadeReady() throws {
        let model = try Self.purchase.executable(.init(automated: ["Approve", "Match"]))
        let process = model.processes[0]
        #expect(process.isExecutable && model.xml().contains("isExecutable=\"true\""))
        #expect(process.nodes.filter { $0.kind == .task(.service) }.compactMap(\.name) == ["Approve", "Match"])
        #expect(process.flows.filter(\.isDefault).map(\.id) == ["f5", "f18"])
        #expect(process.flows[2].condition == "amount >= 5000 and not (vendor in ['Trusted', 'O\\'Hara'])")
        #expect(process.flows[16].condition == "Match_Result == 'fits'")
        var odd = Self.purchase
        for index in odd.processes[0].flows.indices { odd.processes[0].flows[index].condition = nil }
        let open = try odd.executable().processes[0]
        #expect(open.flows.filter(\.isDefault).map(\.id) == ["f3", "f18"])
        #expect(open.flows[3].condition == "next_which == 'f4'" && open.flows[16].condition == "next_ok == 'f17'")
        #expect(try odd.executable(.init(language: .juel)).processes[0].flows[3].condition == "${next_which == 'f4'}")
        odd.processes[0].flows[2].condition = "amount >"
        #expect(throws: BPMNExecutionError.self) { try odd.executable() }
        odd.processes[0].flows[2].condition = "has('Pay')"
        #expect(throws: BPMNExecutionError(element: "f3", problem: .beyondEngines("has('Pay')"))) { try odd.executable() }
        #expect(throws: BPMNExecutionError(element: "q", problem: .withoutEvent)) {
            try BPMNModel(processes: [.init(id: "q", nodes: [.init(id: "t", kind: .task(.task))], flows: [])]).executable()
        }
    }

    /// Runs files with data: of each line the file, whether the end was reached, and the names of the tasks in the order they were done.
    private static let engine = """
        import sys, json
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
        from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
        from SpiffWorkflow.util.task import TaskState
        from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
        from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
        from SpiffWorkflow.bpmn.specs.defaults import ServiceTask
        class Program(ServiceTask):
            def _execute(self, task): return True
        class Parser(BpmnParser):
            OVERRIDE_PARSER_CLASSES = {full_tag('serviceTask'): (TaskParser, Program)}
        folder, runs = sys.argv[1], json.loads(sys.argv[2])
        for name, data, later in runs:
            parser = Parser(validator=BpmnValidator())
            parser.add_bpmn_file(f'{folder}/{name}')
            spec = parser.get_spec(parser.get_process_ids()[0])
            workflow = BpmnWorkflow(spec, parser.get_subprocess_specs(spec.name), script_engine=PythonScriptEngine())
            done = []
            def note(task):
                kinds = ('NoneTask', 'UserTask', 'ManualTask', 'Program')
                if type(task.task_spec).__name__ in kinds: done.append(task.task_spec.bpmn_name)
            workflow.data.update(data)
            for task in workflow.get_tasks(state=TaskState.READY): task.data.update(data)
            for step in range(500):
                workflow.do_engine_steps(did_complete_task=note)
                ready = [t for t in workflow.get_tasks(state=TaskState.READY) if t.task_spec.manual]
                if not ready: break
                if step > 12: ready[0].data.update(later)
                ready[0].run()
                note(ready[0])
            print(json.dumps([name, workflow.completed, done]))
        """

    private struct Run: Decodable {
        var name: String
        var isCompleted: Bool
        var tasks: [String]

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            name = try container.decode(String.self)
            isCompleted = try container.decode(Bool.self)
            tasks = try container.decode([String].self)
        }
    }

    private static func run(_ models: [(name: String, model: BPMNModel)], _ runs: [[Any]]) throws -> [Run] {
        let json = String(decoding: try JSONSerialization.data(withJSONObject: runs), as: UTF8.self)
        let output = try BPMNFiles.withFiles(models.map { ($0.name, $0.model.xml()) }) {
            try BPMNFiles.python("SPIFF_PYTHON", engine, [$0.path, json])
        }
        let lines = output.split(separator: "\n")
        let read = lines.compactMap { try? JSONDecoder().decode(Run.self, from: Data($0.utf8)) }
        #expect(read.count == runs.count, "\(output.suffix(2_000))")
        return read
    }

    @Test("An engine runs a purchase by its conditions", .enabled(if: hasSpiff, "SPIFF_PYTHON names no Python with SpiffWorkflow"))
    func anEngineRunsIt() throws {
        let model = try Self.purchase.executable(.init(automated: ["Approve", "Match"])).withLanes(pool: "Us") {
            $0.hasPrefix("Approve") ? "Approver" : "Buyer"
        }
        let cases: [(amount: Int, vendor: String, result: String, approval: String)] = [
            (9_000, "Other", "fits", "Approve by Boss"), (9_000, "O'Hara", "fits", "Approve"), (400, "Other", "no", "Approve by Clerk"),
            (50, "Trusted", "fits", "Approve"),
        ]
        let runs = try Self.run(
            [("purchase.bpmn", model)],
            cases.map {
                ["purchase.bpmn", ["amount": $0.amount, "vendor": $0.vendor, "Match_Result": $0.result] as [String: Any], [String: Any]()]
            })
        let net = try PetriNet(model.processes[0])
        for (run, expected) in zip(runs, cases) {
            #expect(run.isCompleted && run.tasks.prefix(2) == ["Create", expected.approval])
            #expect(run.tasks.contains("Pay") == (expected.result == "fits"))
            #expect(net.accepts(run.tasks), "\(run.tasks)")
            #expect(!net.accepts(run.tasks.reversed()))
        }
    }

    @Test(
        "An engine runs trees of all operators to the end, and what it does is a trace of the model",
        .enabled(if: hasSpiff, "SPIFF_PYTHON names no Python with SpiffWorkflow"))
    func anEngineRunsTrees() throws {
        var stream = RandomStream(seed: 11, path: 9)
        var models: [(name: String, model: BPMNModel)] = []
        var runs: [[Any]] = []
        while models.count < 25 {
            let tree = Self.tree(&stream, depth: 3)
            let model = try BPMNModel(tree).executable(.init(automated: ["A1", "A2", "A3"]))
            let name = "tree\(models.count).bpmn"
            models.append((name, model))
            var data: [String: Any] = [:]
            var later: [String: Any] = [:]
            for node in model.processes[0].nodes where node.kind == .exclusiveGateway {
                let ways = model.processes[0].flows(from: node.id)
                data[BPMNModel.choice(at: node.id)] = ways[stream.index(below: ways.count)].id
                later[BPMNModel.choice(at: node.id)] = ""
            }
            runs.append([name, data, later])
        }
        for (run, own) in zip(try Self.run(models, runs), models) {
            #expect(run.isCompleted, "\(run.name)")
            #expect(try PetriNet(own.model.processes[0]).accepts(run.tasks), "\(run.name): \(run.tasks)")
        }
    }

    private static func tree(_ stream: inout RandomStream, depth: Int) -> ProcessTree {
        if depth == 0 { return .activity("A\(stream.index(below: 30))") }
        let children = (0..<(2 + stream.index(below: 2))).map { _ in tree(&stream, depth: depth - 1) }
        switch stream.index(below: 5) {
        case 0, 1: return .node(.sequence, children)
        case 2: return .node(.exclusive, children)
        case 3: return .node(.parallel, children)
        // What is done again begins with work of a person, who may decide otherwise then.
        default: return .node(.loop, [.activity("L\(stream.index(below: 30))"), children[0]])
        }
    }

    @Test(
        "PM4Py opens what is written, with the same tasks, gateways and flows",
        .enabled(if: hasPM4Py, "PM4PY_PYTHON names no Python with pm4py"))
    func pm4pyOpensIt() throws {
        let code = """
            import sys, glob, pm4py
            from pm4py.objects.bpmn.obj import BPMN
            for name in sorted(glob.glob(sys.argv[1] + '/*.bpmn')):
                graph = pm4py.read_bpmn(name)
                nodes = graph.get_nodes()
                tasks = sum(isinstance(n, BPMN.Activity) for n in nodes)
                gateways = sum(isinstance(n, BPMN.Gateway) for n in nodes)
                print(name.rpartition('/')[2], tasks, gateways, len(graph.get_flows()))
            """
        var models = (1...8).map { BPMNLayoutTests.random($0, tasks: 6 + Int($0) * 2) }
        models += models.map { model in model.withLanes(pool: "Own") { String($0.prefix(1)) } }
        models.append(try Self.purchase.executable(.init(automated: ["Approve", "Match"])))
        let names = models.indices.map { "\($0 + 100).bpmn" }
        let output = try BPMNFiles.withFiles(zip(names, models).map { ($0, $1.xml()) }) {
            try BPMNFiles.python("PM4PY_PYTHON", code, [$0.path])
        }
        let expected = zip(names, models).map { name, model in
            let process = model.processes[0]
            return "\(name) \(process.nodes.count { $0.isTask }) \(process.nodes.count { $0.isGateway }) \(process.flows.count)\n"
        }
        #expect(output == expected.joined(), "\(output)")
    }
}
