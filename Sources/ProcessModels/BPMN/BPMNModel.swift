/// A process as BPMN 2.0 (OMG formal/2011-01-03, ISO/IEC 19510) draws it: tasks, events and gateways joined by sequence flows.
///
/// What a model says beyond that (lanes, data, messages, attached events, nested processes) is not held; the reader lists it.
package struct BPMNModel: Sendable, Equatable {
    /// What kind of node it is.
    package enum Kind: Sendable, Equatable {
        /// Where a case begins.
        case startEvent
        /// Where a token ends.
        case endEvent
        /// Work.
        case task(Task)
        /// Waiting for something to happen.
        case catchEvent
        /// Something is made to happen.
        case throwEvent
        /// One way or another.
        case exclusiveGateway
        /// All ways at once.
        case parallelGateway
        /// Some of the ways.
        case inclusiveGateway
        /// The way whose event happens first.
        case eventBasedGateway
        /// A rule of its own that is not held.
        case complexGateway
    }

    /// The kinds of tasks, by their elements' names; what is nested in a process of its own counts as one task.
    package enum Task: String, Sendable, CaseIterable {
        /// Of no special kind.
        case task
        /// By a person with a program.
        case user = "userTask"
        /// By a person.
        case manual = "manualTask"
        /// By a program.
        case service = "serviceTask"
        /// By a script.
        case script = "scriptTask"
        /// By a rule engine.
        case businessRule = "businessRuleTask"
        /// Sends a message.
        case send = "sendTask"
        /// Waits for a message.
        case receive = "receiveTask"
        /// A process or task defined elsewhere.
        case call = "callActivity"
        /// A process of its own.
        case subProcess
        /// A process of its own that is done wholly or not at all.
        case transaction
        /// A process of its own without order.
        case adHocSubProcess

        /// Whether it stands for a process of its own.
        package var isNested: Bool { self == .subProcess || self == .transaction || self == .adHocSubProcess }
    }

    /// A node.
    package struct Node: Sendable, Equatable {
        /// Its identifier, unique in the file.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// What kind it is.
        package var kind: Kind
        /// Of events what they are about, such as `timer` or `message`; nil for none.
        package var trigger: String?
        /// Of timer events the time as written, such as `PT2H`; nil where none is given.
        package var timer: String?

        /// A node.
        package init(id: String, name: String? = nil, kind: Kind, trigger: String? = nil, timer: String? = nil) {
            self.id = id
            self.name = name
            self.kind = kind
            self.trigger = trigger
            self.timer = timer
        }

        /// Whether it is a task of any kind.
        package var isTask: Bool {
            if case .task = kind { return true }
            return false
        }
    }

    /// A sequence flow.
    package struct Flow: Sendable, Equatable {
        /// Its identifier, unique in the file.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// The identifier of the node it leaves.
        package var source: String
        /// The identifier of the node it leads to.
        package var target: String
        /// The condition as written; nil for none.
        package var condition: String?
        /// Whether it is taken where no condition of its siblings holds.
        package var isDefault: Bool

        /// A sequence flow.
        package init(
            id: String, name: String? = nil, from source: String, to target: String, condition: String? = nil, isDefault: Bool = false
        ) {
            self.id = id
            self.name = name
            self.source = source
            self.target = target
            self.condition = condition
            self.isDefault = isDefault
        }
    }

    /// A process of the file.
    package struct Process: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// Its nodes, in the order of the file.
        package var nodes: [Node]
        /// Its sequence flows, in the order of the file.
        package var flows: [Flow]

        /// A process.
        package init(id: String, name: String? = nil, nodes: [Node], flows: [Flow]) {
            self.id = id
            self.name = name
            self.nodes = nodes
            self.flows = flows
        }

        /// The node of that identifier.
        package func node(_ id: String) -> Node? { nodes.first { $0.id == id } }

        /// The flows that leave a node.
        package func flows(from id: String) -> [Flow] { flows.filter { $0.source == id } }

        /// The flows that lead to a node.
        package func flows(to id: String) -> [Flow] { flows.filter { $0.target == id } }
    }

    /// The processes, in the order of the file.
    package var processes: [Process]

    /// A model of these processes.
    package init(processes: [Process]) {
        self.processes = processes
    }

    /// The process with the most nodes, the first of several; nil where there is none.
    package var mainProcess: Process? {
        processes.enumerated().max { ($0.element.nodes.count, -$0.offset) < ($1.element.nodes.count, -$1.offset) }?.element
    }
}
