package import EventLogs

/// Why a model cannot be made ready for an engine.
package struct BPMNExecutionError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// The condition of a flow is no filter; the words say why, in English.
        case condition(String)
        /// No engine can be told this part of the condition.
        case beyondEngines(String)
        /// The process does not begin or does not end with an event.
        case withoutEvent
    }

    /// The identifier of the flow or process.
    package let element: String
    /// What is wrong.
    package let problem: Problem

    /// Why a model cannot be made ready for an engine.
    package init(element: String, problem: Problem) {
        self.element = element
        self.problem = problem
    }
}

extension BPMNModel {
    /// What an engine is to do with a model.
    package struct Execution: Sendable {
        /// The language of its conditions.
        package var language: EngineLanguage
        /// Whether the conditions of the model are written as filters and are to be translated; else they are kept as they are.
        package var translatesConditions: Bool
        /// The names of the tasks that a program does.
        package var automated: Set<String>

        /// What an engine is to do with a model.
        package init(language: EngineLanguage = .python, translatesConditions: Bool = true, automated: Set<String> = []) {
            self.language = language
            self.translatesConditions = translatesConditions
            self.automated = automated
        }
    }

    /// The variable that says which way is taken at a gateway about which nothing is known: the identifier of the flow.
    package static func choice(at gateway: String) -> String { LogFilter.variable("next_" + gateway) }

    /// The model made ready for an engine: its processes executable, its conditions in the engine's language, what programs do as service
    /// tasks, and every split of one way or some ways decided.
    ///
    /// Of the ways out of a gateway without a condition one is the default: the one the model names, else the shortest to an end. The others
    /// are taken where the variable ``choice(at:)`` names them.
    ///
    /// - Throws: ``BPMNExecutionError`` with the flow whose condition cannot be used, or the process that does not begin or end with an event.
    package func executable(_ execution: Execution = Execution()) throws(BPMNExecutionError) -> BPMNModel {
        var result = self
        for index in result.processes.indices {
            result.processes[index].isExecutable = true
            try Self.prepare(&result.processes[index], execution)
        }
        return result
    }

    private static func prepare(_ process: inout Process, _ execution: Execution) throws(BPMNExecutionError) {
        let hasEvents = process.nodes.contains { $0.kind == .startEvent } && process.nodes.contains { $0.kind == .endEvent }
        if !process.nodes.isEmpty && !hasEvents { throw BPMNExecutionError(element: process.id, problem: .withoutEvent) }
        process.automate(execution.automated)
        for index in process.nodes.indices {
            if var inner = process.nodes[index].inner {
                try prepare(&inner, execution)
                process.nodes[index].inner = inner
            }
        }
        if execution.translatesConditions {
            for index in process.flows.indices {
                guard let condition = process.flows[index].condition, !condition.isEmpty else { continue }
                process.flows[index].condition = try translated(condition, process.flows[index].id, execution.language)
            }
        }
        for node in process.nodes where node.kind == .exclusiveGateway || node.kind == .inclusiveGateway {
            decide(node.id, &process, execution.language)
        }
    }

    /// The model with service tasks for the tasks of these names that people or nobody in particular does.
    package func automating(_ names: Set<String>) -> BPMNModel {
        var result = self
        for index in result.processes.indices { result.processes[index].automate(names) }
        return result
    }

    private static func translated(_ text: String, _ flow: String, _ language: EngineLanguage) throws(BPMNExecutionError) -> String {
        let filter: LogFilter
        do throws(FilterError) { filter = try LogFilter(parsing: text) } catch {
            throw BPMNExecutionError(element: flow, problem: .condition(error.problem))
        }
        do throws(EngineExpressionError) { return try filter.expression(in: language) } catch {
            throw BPMNExecutionError(element: flow, problem: .beyondEngines(error.part))
        }
    }

    private static func decide(_ gateway: String, _ process: inout Process, _ language: EngineLanguage) {
        let leaving = process.flows.indices.filter { process.flows[$0].source == gateway }
        if leaving.count < 2 { return }
        var open = leaving.filter { process.flows[$0].condition?.isEmpty ?? true && !process.flows[$0].isDefault }
        if !leaving.contains(where: { process.flows[$0].isDefault }), !open.isEmpty {
            let lengths = open.map { length(from: process.flows[$0].target, process) }
            let shortest = lengths.indices.min { (lengths[$0], $0) < (lengths[$1], $1) } ?? 0
            process.flows[open[shortest]].isDefault = true
            process.flows[open[shortest]].condition = nil
            open.remove(at: shortest)
        }
        for index in leaving where process.flows[index].isDefault { process.flows[index].condition = nil }
        let name = choice(at: gateway)
        for index in open {
            let flow = process.flows[index].id
            switch language {
            case .python: process.flows[index].condition = "\(name) == '\(flow)'"
            case .feel: process.flows[index].condition = "\(name) = \"\(flow)\""
            case .juel: process.flows[index].condition = "${\(name) == '\(flow)'}"
            }
        }
    }

    /// How many flows lead from a node to the nearest end.
    private static func length(from node: String, _ process: Process) -> Int {
        let ends = Set(process.nodes.lazy.filter { $0.kind == .endEvent }.map(\.id))
        var seen: Set<String> = [node]
        var open = [node]
        var length = 0
        while !open.isEmpty {
            if open.contains(where: ends.contains) { return length }
            let here = Set(open)
            open = process.flows.filter { here.contains($0.source) }.map(\.target).filter { seen.insert($0).inserted }
            length += 1
        }
        return .max
    }
}

extension BPMNModel.Process {
    fileprivate mutating func automate(_ names: Set<String>) {
        for index in nodes.indices where names.contains(nodes[index].name ?? nodes[index].id) {
            if case .task(let task) = nodes[index].kind, [.task, .user, .manual].contains(task) { nodes[index].kind = .task(.service) }
        }
    }
}
