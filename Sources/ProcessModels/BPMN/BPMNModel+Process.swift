extension BPMNModel {
    /// A node.
    package struct Node: Sendable, Equatable {
        /// Its identifier, unique in the file.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// What kind it is.
        package var kind: Kind
        /// The process within it, whose identifier is its own; nil for none and where the file shows nothing of it.
        package var inner: Process?
        /// What else it says: what an event is about, how often a task is done, its data, its documentation, …
        package var rest: BPMNRest

        /// A node.
        ///
        /// - Parameters:
        ///   - trigger: of events what they are about, such as `timer` or `message`.
        ///   - timer: of timer events the duration, such as `PT2H`.
        ///   - attachedTo: of boundary events the node at whose border it stands.
        package init(
            id: String, name: String? = nil, kind: Kind, trigger: String? = nil, timer: String? = nil, attachedTo: String? = nil,
            inner: Process? = nil
        ) {
            self.id = id
            self.name = name
            self.kind = kind
            self.inner = inner
            rest = BPMNRest()
            self.attachedTo = attachedTo
            self.trigger = trigger
            if let timer { self.timer = timer }
        }

        /// Whether it is a task of any kind.
        package var isTask: Bool {
            if case .task = kind { return true }
            return false
        }

        /// Whether it is an event of any kind.
        package var isEvent: Bool {
            switch kind {
            case .startEvent, .endEvent, .catchEvent, .throwEvent, .boundaryEvent: true
            default: false
            }
        }

        /// Whether it is a gateway of any kind.
        package var isGateway: Bool { !isTask && !isEvent }

        /// What an event is about: the names of its definitions, such as `timer` or `message`.
        package var triggers: [String] {
            rest.content.elements.compactMap { element in
                guard element.namespace == BPMNElement.Namespace.model, element.name.hasSuffix(Self.suffix) else { return nil }
                return String(element.name.dropLast(Self.suffix.count))
            }
        }

        /// Of events what they are about, such as `timer` or `message`, the first of several; nil for none.
        package var trigger: String? {
            get { triggers.first }
            set {
                if newValue == trigger { return }
                rest.content.removeAll { piece in
                    if case .element(let element) = piece {
                        return element.namespace == BPMNElement.Namespace.model && element.name.hasSuffix(Self.suffix)
                    }
                    return false
                }
                if let newValue { rest.content.append(.element(BPMNElement(newValue + Self.suffix))) }
            }
        }

        /// Of timer events the time as written, such as `PT2H`; nil where none is given.
        package var timer: String? {
            get {
                let elements = rest.content["timerEventDefinition"]?.elements ?? []
                return elements.last { Self.times.contains($0.name) && $0.namespace == BPMNElement.Namespace.model }?.text
            }
            set {
                guard var definition = rest.content["timerEventDefinition"] else { return }
                definition.content = newValue.map { [.element(.expression("timeDuration", $0))] } ?? []
                rest.content["timerEventDefinition"] = definition
            }
        }

        /// Of boundary events the identifier of the node at whose border it stands.
        package var attachedTo: String? {
            get { rest.attributes["attachedToRef"] }
            set { rest.attributes["attachedToRef"] = newValue }
        }

        /// Of boundary events whether the task ends by it, of start events whether what runs around its process does.
        package var isInterrupting: Bool {
            get { rest.attributes[kind == .boundaryEvent ? "cancelActivity" : "isInterrupting"] != "false" }
            set { rest.attributes[kind == .boundaryEvent ? "cancelActivity" : "isInterrupting"] = newValue ? "true" : "false" }
        }

        /// Whether it is a process that an event of its own begins, without a flow that leads to it.
        package var isTriggeredByEvent: Bool { rest.attributes["triggeredByEvent"] == "true" }

        /// How often a task is done.
        package var loop: Loop? {
            if rest.content["standardLoopCharacteristics"] != nil { return .again }
            guard let several = rest.content["multiInstanceLoopCharacteristics"] else { return nil }
            return several["isSequential"] == "true" ? .oneByOne : .atOnce
        }

        /// Whether a task that is done again and again may not be done at all: its condition is asked before (10.2.8).
        package var mayBeLeftOut: Bool { rest.content["standardLoopCharacteristics"]?["testBefore"] == "true" }

        private static let suffix = "EventDefinition"
        private static let times: Set<String> = ["timeDuration", "timeDate", "timeCycle"]
    }

    /// How often a task is done.
    package enum Loop: Sendable {
        /// Again and again.
        case again
        /// For several at the same time.
        case atOnce
        /// For several, one after the other.
        case oneByOne
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
        /// Whether it is taken where no condition of its siblings holds.
        package var isDefault: Bool
        /// What else it says.
        package var rest: BPMNRest

        /// A sequence flow.
        package init(
            id: String, name: String? = nil, from source: String, to target: String, condition: String? = nil, isDefault: Bool = false
        ) {
            self.id = id
            self.name = name
            self.source = source
            self.target = target
            self.isDefault = isDefault
            rest = BPMNRest()
            self.condition = condition
        }

        /// The condition as written; nil for none.
        package var condition: String? {
            get { rest.content["conditionExpression"]?.text }
            set {
                guard let newValue else {
                    rest.content["conditionExpression"] = nil
                    return
                }
                var element = rest.content["conditionExpression"] ?? .expression("conditionExpression", "")
                element.content = newValue.isEmpty ? [] : [.text(newValue)]
                rest.content["conditionExpression"] = element
            }
        }

        /// What is written beside it: its name, else its condition; nil for neither.
        package var words: String? { name ?? condition }
    }

    /// A process of the file, or one nested in a node.
    package struct Process: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// Its nodes, in the order of the file.
        package var nodes: [Node]
        /// Its sequence flows, in the order of the file.
        package var flows: [Flow]
        /// Its lanes.
        package var laneSets: [LaneSet] = []
        /// Its data, notes and groups, in the order of the file.
        package var artifacts: [Artifact] = []
        /// What joins notes and data to nodes, in the order of the file.
        package var associations: [Association] = []
        /// What else it says.
        package var rest: BPMNRest

        /// A process.
        package init(id: String, name: String? = nil, nodes: [Node], flows: [Flow]) {
            self.id = id
            self.name = name
            self.nodes = nodes
            self.flows = flows
            rest = BPMNRest([("isExecutable", "false")])
        }

        /// The node of that identifier.
        package func node(_ id: String) -> Node? { nodes.first { $0.id == id } }

        /// The flows that leave a node.
        package func flows(from id: String) -> [Flow] { flows.filter { $0.source == id } }

        /// The flows that lead to a node.
        package func flows(to id: String) -> [Flow] { flows.filter { $0.target == id } }

        /// The tasks and events that may come next after a node, through gateways, in the order of the file.
        package func next(after id: String) -> [Node] { beyondGateways(id) { flow in (flow.source, flow.target) } }

        /// The tasks and events that a node may come after, through gateways, in the order of the file.
        package func previous(before id: String) -> [Node] { beyondGateways(id) { flow in (flow.target, flow.source) } }

        private func beyondGateways(_ id: String, _ ends: (Flow) -> (here: String, there: String)) -> [Node] {
            var targets: [String: [String]] = [:]
            for flow in flows { targets[ends(flow).here, default: []].append(ends(flow).there) }
            let gateways = Set(nodes.lazy.filter(\.isGateway).map(\.id))
            var seen: Set<String> = []
            var open = targets[id] ?? []
            while let node = open.popLast() {
                if seen.insert(node).inserted, gateways.contains(node) { open += targets[node] ?? [] }
            }
            return nodes.filter { seen.contains($0.id) && !$0.isGateway }
        }

        /// Whether an engine may run it; false where nothing is said.
        package var isExecutable: Bool {
            get { rest.attributes["isExecutable"] == "true" }
            set { rest.attributes["isExecutable"] = newValue ? "true" : "false" }
        }

        /// The process without the events at borders and the flows that begin there: what a reader sees that knows of none.
        package var withoutBoundaryEvents: Process {
            let borders = Set(nodes.lazy.filter { $0.kind == .boundaryEvent }.map(\.id))
            if borders.isEmpty { return self }
            var result = self
            result.nodes.removeAll { borders.contains($0.id) }
            result.flows.removeAll { borders.contains($0.source) || borders.contains($0.target) }
            return result
        }

        /// The process and those nested in it, the outer before the inner.
        package var withInner: [Process] { [self] + nodes.flatMap { $0.inner?.withInner ?? [] } }

        /// The lanes, those within others behind them.
        package var lanes: [Lane] { laneSets.flatMap(\.all) }
    }
}

extension BPMNElement {
    /// An expression in the language that the file is in.
    static func expression(_ name: String, _ text: String) -> BPMNElement {
        var element = BPMNElement(name, text: text)
        element.attributes = [
            Attribute(namespace: Namespace.instance, name: "type", value: "{\(Namespace.model)}tFormalExpression")
        ]
        return element
    }
}
