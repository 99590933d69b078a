import Foundation

/// SpiffWorkflow (`pip install SpiffWorkflow`) in the Python that `SPIFF_PYTHON` names: an engine that runs BPMN.
enum Spiff {
    static let python = ProcessInfo.processInfo.environment["SPIFF_PYTHON"]

    /// Whether there is one: for `.enabled(if:)`.
    static var isThere: Bool { python != nil }

    /// What became of a case.
    struct Run: Decodable {
        /// Whether it came to its end.
        var isCompleted: Bool
        /// The tasks that were done, in order.
        var done: [String]
        /// Those of them that a program did.
        var byPrograms: [String]

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            isCompleted = try container.decode(Bool.self)
            done = try container.decode([String].self)
            byPrograms = try container.decode([String].self)
        }
    }

    /// Runs a case with data from start to end; service tasks do nothing but are done.
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
        data, asked, until = json.loads(sys.argv[2])
        flow = BpmnWorkflow(parser.get_spec(parser.get_process_ids()[0]))
        done, programs = [], []
        for _ in range(300):
            ready = flow.get_tasks(state=TaskState.READY)
            if not ready: break
            task = ready[0]
            for name, value in data.items(): task.data.setdefault(name, value)
            task.data.update({name: None for name in asked} if until in done else asked)
            task.run()
            kind = type(task.task_spec).__name__
            if kind in ('NoneTask', 'Program', 'UserTask', 'ManualTask'):
                done.append(task.task_spec.bpmn_name)
                if kind == 'Program': programs.append(task.task_spec.bpmn_name)
        print(json.dumps([flow.is_completed(), done, programs]))
        """

    /// Runs a case.
    ///
    /// - Parameters:
    ///   - data: what is known of it; variables that its conditions ask for beside them are missing values.
    ///   - asked: which ways are asked for, by the variables of their gateways.
    ///   - until: the task after which nothing is asked for any more.
    static func run(
        _ file: String, _ data: [String: any Sendable], asked: [String: String] = [:], until: String = ""
    ) throws -> Run {
        let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
        var all = data as [String: Any]
        for match in text.matches(of: /next_[A-Za-z0-9_]+/) where all[String(match.output)] == nil { all[String(match.output)] = NSNull() }
        let json = try JSONSerialization.data(withJSONObject: [all, asked, until] as [Any])
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python ?? "")
        process.arguments = ["-W", "ignore", "-c", engine, file, String(decoding: json, as: UTF8.self)]
        process.standardOutput = pipe
        try process.run()
        let printed = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Run.self, from: printed)
    }
}
