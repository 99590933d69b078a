import ProcessModels

/// What the shapes and lines of a diagram stand for, by identifier.
struct BPMNParts {
    /// An element of the model.
    enum Part {
        case node(BPMNModel.Node)
        case pool(name: String?)
        case lane(name: String?)
        case group(name: String?)
        case artifact(BPMNModel.Artifact)
        case flow(name: String?, isDefault: Bool, isConditional: Bool)
        case message(name: String?)
        case other
    }

    private var parts: [String: Part] = [:]
    private var emptyPools: Set<String> = []
    private var directed: Set<String> = []

    init(_ model: BPMNModel) {
        for process in model.allProcesses {
            var gateways: Set<String> = []
            for node in process.nodes {
                var shown = node
                shown.name = Self.oneLine(node.name)
                parts[node.id] = .node(shown)
                if node.isGateway { gateways.insert(node.id) }
                for element in node.rest.content.elements where element.name.hasSuffix("Association") {
                    if let id = element["id"] { directed.insert(id) }
                }
            }
            for flow in process.flows {
                let isConditional = flow.condition != nil && !flow.isDefault && !gateways.contains(flow.source)
                parts[flow.id] = .flow(name: Self.oneLine(flow.words), isDefault: flow.isDefault, isConditional: isConditional)
            }
            for lane in process.lanes { parts[lane.id] = .lane(name: Self.oneLine(lane.name)) }
            add(process.artifacts, process.associations)
        }
        for collaboration in model.collaborations {
            for participant in collaboration.participants {
                parts[participant.id] = .pool(name: Self.oneLine(participant.name))
                if model.process(of: participant).map({ $0.nodes.isEmpty }) ?? true { emptyPools.insert(participant.id) }
            }
            for flow in collaboration.messageFlows { parts[flow.id] = .message(name: Self.oneLine(flow.name)) }
            add(collaboration.artifacts, collaboration.associations)
        }
    }

    private mutating func add(_ artifacts: [BPMNModel.Artifact], _ associations: [BPMNModel.Association]) {
        for artifact in artifacts {
            guard let id = artifact.id else { continue }
            parts[id] = artifact.kind == .group ? .group(name: artifact.name) : .artifact(artifact)
        }
        for association in associations where association.rest.attributes.contains(where: { $0.value == "One" || $0.value == "Both" }) {
            if let id = association.id { directed.insert(id) }
        }
    }

    /// A name without the breaks that a file has in it: lines break where there is room.
    private static func oneLine(_ name: String?) -> String? {
        name?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The identifier that a reference of the diagram means.
    func identifier(_ reference: String) -> String {
        parts[reference] == nil ? BPMNModel.identifier(reference) : reference
    }

    subscript(reference: String) -> Part { parts[identifier(reference)] ?? .other }

    /// Whether a shape lies behind lines.
    func isBackground(_ reference: String) -> Bool {
        switch self[reference] {
        case .pool, .lane, .group: true
        default: false
        }
    }

    /// Whether a shape is a nested process that shows what is in it: it lies behind the lines in it.
    func isOpen(_ shape: BPMNDiagram.Shape) -> Bool {
        guard case .node(let node) = self[shape.element], case .task(let task) = node.kind, task.isNested else { return false }
        return shape.isExpanded ?? (node.inner != nil)
    }

    /// Whether nothing is told of what goes on in a pool.
    func isEmptyPool(_ reference: String) -> Bool { emptyPools.contains(identifier(reference)) }

    /// Whether a line of data or of a note has a direction.
    func isDirected(_ reference: String) -> Bool { directed.contains(identifier(reference)) }
}
