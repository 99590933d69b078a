/// What a BPMN 2.0 file (OMG formal/2011-01-03, ISO/IEC 19510) says: processes of tasks, events and gateways joined by sequence flows, with
/// their lanes, pools, attached events, nested processes, data and notes, and how they are drawn.
///
/// What has no name here (messages, data types, the extensions of other programs, …) is kept in the ``BPMNRest`` of what it belongs to, so
/// that a file that is read and written says the same.
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
        /// Something that may happen while a task is at work, at whose border it stands.
        case boundaryEvent
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

    /// The processes, in the order of the file.
    package var processes: [Process]

    /// Pools and what passes between them, in the order of the file.
    package var collaborations: [Collaboration] = []
    /// How it is drawn; empty where the file says nothing of it: the writer then lays it out (``BPMNLayout``).
    package var diagrams: [BPMNDiagram] = []
    /// What else the root of the file says: messages, data types, signals, …
    package var rest: BPMNRest

    /// A model of these processes.
    package init(processes: [Process]) {
        self.processes = processes
        rest = BPMNRest([("id", ""), ("targetNamespace", "urn:weir:bpmn")])
        rest.declarations = BPMNElement.Namespace.known.map { .init(prefix: $0.prefix, namespace: $0.namespace) }
        rest.attributes["id"] = unused("definitions")
    }

    /// An identifier that nothing in the model has: the wanted one or that with a number.
    package func unused(_ wanted: String) -> String {
        let taken = Set(identifiers)
        var id = wanted
        var number = 2
        while taken.contains(id) {
            id = "\(wanted)_\(number)"
            number += 1
        }
        return id
    }

    /// The identifiers of what the model says, wherever it stands; those of how it is drawn are not among them.
    package var identifiers: [String] {
        processes.flatMap(\.identifiers) + collaborations.flatMap(\.identifiers) + rest.identifiers
    }

    /// Each process and each that is nested in one, the outer before the inner.
    package var allProcesses: [Process] { processes.flatMap(\.withInner) }

    /// The process with the most nodes, the first of several; nil where there is none.
    package var mainProcess: Process? {
        processes.enumerated().max { ($0.element.nodes.count, -$0.offset) < ($1.element.nodes.count, -$1.offset) }?.element
    }
}
