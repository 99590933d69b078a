extension BPMNModel {
    /// Lanes that divide a process or a lane among them.
    package struct LaneSet: Sendable, Equatable {
        /// Its identifier; nil for none.
        package var id: String?
        /// The lanes, in the order of the file.
        package var lanes: [Lane]
        /// What else it says.
        package var rest = BPMNRest()

        /// Lanes that divide a process.
        package init(id: String?, lanes: [Lane]) {
            self.id = id
            self.lanes = lanes
        }

        /// The lanes, those within others behind them.
        package var all: [Lane] { lanes.flatMap { [$0] + $0.inner.flatMap(\.all) } }
    }

    /// A lane: whose work the nodes in it are.
    package struct Lane: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// The identifiers of the nodes in it, in the order of the file.
        package var nodes: [String]
        /// The lanes within it: one set or none.
        package var inner: [LaneSet] = []
        /// What else it says.
        package var rest = BPMNRest()

        /// A lane.
        package init(id: String, name: String?, nodes: [String]) {
            self.id = id
            self.name = name
            self.nodes = nodes
        }
    }

    /// Pools, and what passes between them.
    package struct Collaboration: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// The pools, in the order of the file.
        package var participants: [Participant]
        /// The messages, in the order of the file.
        package var messageFlows: [MessageFlow]
        /// Notes and groups, in the order of the file.
        package var artifacts: [Artifact] = []
        /// What joins notes to others, in the order of the file.
        package var associations: [Association] = []
        /// What else it says.
        package var rest = BPMNRest()

        /// Pools, and what passes between them.
        package init(id: String, participants: [Participant], messageFlows: [MessageFlow] = []) {
            self.id = id
            self.participants = participants
            self.messageFlows = messageFlows
        }
    }

    /// A pool: who takes part.
    package struct Participant: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// The identifier of its process as written; nil where nothing is told of it.
        package var process: String?
        /// What else it says.
        package var rest = BPMNRest()

        /// A pool.
        package init(id: String, name: String?, process: String?) {
            self.id = id
            self.name = name
            self.process = process
        }
    }

    /// A message from one pool to another, or from and to what is in them.
    package struct MessageFlow: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// Where it comes from, as written.
        package var source: String
        /// Where it goes, as written.
        package var target: String
        /// What else it says.
        package var rest = BPMNRest()

        /// A message.
        package init(id: String, name: String? = nil, from source: String, to target: String) {
            self.id = id
            self.name = name
            self.source = source
            self.target = target
        }
    }

    /// Data, a note or a frame around some nodes.
    package struct Artifact: Sendable, Equatable {
        /// The kinds, by the names of their elements.
        package enum Kind: String, Sendable, CaseIterable {
            /// A note.
            case textAnnotation
            /// A frame.
            case group
            /// Data.
            case dataObject
            /// Data where it is used.
            case dataObjectReference
            /// A store of data where it is used.
            case dataStoreReference
        }

        /// What kind it is.
        package var kind: Kind
        /// Its identifier; nil for none.
        package var id: String?
        /// What it is called; nil where it has no name.
        package var name: String?
        /// What else it says.
        package var rest = BPMNRest()

        /// Data or a group.
        package init(_ kind: Kind, id: String?, name: String? = nil) {
            self.kind = kind
            self.id = id
            self.name = name
        }

        /// A note.
        package init(note text: String, id: String) {
            self.init(.textAnnotation, id: id)
            rest.content = [.element(BPMNElement("text", text: text))]
        }

        /// What is written beside or in it.
        package var label: String? { kind == .textAnnotation ? rest.content["text"]?.text : name }
    }

    /// What joins a note or data to something else.
    package struct Association: Sendable, Equatable {
        /// Its identifier; nil for none.
        package var id: String?
        /// Where it begins, as written.
        package var source: String
        /// Where it ends, as written.
        package var target: String
        /// What else it says.
        package var rest = BPMNRest()

        /// A line between two elements.
        package init(id: String?, from source: String, to target: String) {
            self.id = id
            self.source = source
            self.target = target
        }
    }

    /// The identifier that a reference means: names of elements may be written with the prefix of the file's own namespace.
    package static func identifier(_ reference: String) -> String {
        reference.firstIndex(of: ":").map { String(reference[reference.index(after: $0)...]) } ?? reference
    }

    /// The process of a pool; nil where the file does not hold it.
    package func process(of participant: Participant) -> Process? {
        guard let reference = participant.process else { return nil }
        return processes.first { $0.id == reference } ?? processes.first { $0.id == Self.identifier(reference) }
    }
}

extension BPMNRest {
    /// The identifiers of BPMN in what is kept as it is.
    var identifiers: [String] { Self.identifiers(content.elements) }

    private static func identifiers(_ elements: [BPMNElement]) -> [String] {
        elements.flatMap { element -> [String] in
            let own = element.namespace == BPMNElement.Namespace.model ? element["id"].map { [$0] } ?? [] : []
            return element.isBPMN("extensionElements") ? own : own + identifiers(element.elements)
        }
    }
}

extension BPMNModel.Process {
    /// The identifiers of the process and of all that is in it.
    package var identifiers: [String] {
        var result = [id] + rest.identifiers
        for node in nodes {
            result += [node.id] + node.rest.identifiers
            if let inner = node.inner { result += inner.identifiers.dropFirst() }
        }
        for flow in flows { result += [flow.id] + flow.rest.identifiers }
        for set in laneSets { result += set.identifiers }
        result += artifacts.flatMap { [$0.id].compactMap { $0 } + $0.rest.identifiers }
        result += associations.flatMap { [$0.id].compactMap { $0 } + $0.rest.identifiers }
        return result
    }
}

extension BPMNModel.LaneSet {
    var identifiers: [String] {
        [id].compactMap { $0 } + rest.identifiers + lanes.flatMap { [$0.id] + $0.rest.identifiers + $0.inner.flatMap(\.identifiers) }
    }
}

extension BPMNModel.Collaboration {
    var identifiers: [String] {
        var result = [id] + rest.identifiers
        result += participants.flatMap { [$0.id] + $0.rest.identifiers }
        result += messageFlows.flatMap { [$0.id] + $0.rest.identifiers }
        result += artifacts.flatMap { [$0.id].compactMap { $0 } + $0.rest.identifiers }
        result += associations.flatMap { [$0.id].compactMap { $0 } + $0.rest.identifiers }
        return result
    }
}
