extension BPMNStructure {
    // MARK: The file

    /// Checks the order of elements, what nodes say of flows, and the types of conditions.
    mutating func check(_ element: BPMNElement) {
        let order = Self.order(element)
        if let order {
            let ranks = element.content.map { order.rank($0) }
            if zip(ranks, ranks.dropFirst()).contains(where: { $0 > $1 }) { note(.elementOrder, element["id"] ?? element.name) }
        }
        if !Self.isDrawnInOrder(element) { note(.elementOrder, element["id"] ?? element.name) }
        checkJoins(element)
        if element.isBPMN("conditionExpression"),
            let type = element.attributes.first(where: { $0.name == "type" && $0.namespace == BPMNElement.Namespace.instance }),
            type.value != "{\(BPMNElement.Namespace.model)}tFormalExpression"
        {
            note(.conditionType, element["id"] ?? element.text)
        }
        for inner in element.elements { check(inner) }
    }

    private static func order(_ element: BPMNElement) -> BPMNOrder? {
        guard element.namespace == BPMNElement.Namespace.model else { return nil }
        switch element.name {
        case "definitions": return .root
        case "process": return .process
        case "collaboration": return .collaboration
        case "lane": return .lane
        case "sequenceFlow", "laneSet", "childLaneSet", "participant", "messageFlow", "textAnnotation", "association": return .base
        default:
            guard let kind = BPMNModel.Kind(element: element.name) else { return nil }
            return BPMNModel.Node(id: "", kind: kind).isEvent ? .event : .node
        }
    }

    /// Bounds and points stand before labels, planes before styles.
    private static func isDrawnInOrder(_ element: BPMNElement) -> Bool {
        guard element.namespace == BPMNElement.Namespace.diagram else { return true }
        let order: [String]
        switch element.name {
        case "BPMNDiagram": order = ["BPMNPlane", "BPMNLabelStyle"]
        case "BPMNShape": order = ["extension", "Bounds", "BPMNLabel"]
        case "BPMNEdge": order = ["extension", "waypoint", "BPMNLabel"]
        default: return true
        }
        let places = element.elements.map { order.firstIndex(of: $0.name) ?? order.count }
        return !zip(places, places.dropFirst()).contains { $0 > $1 } && !places.contains(order.count)
    }

    /// What the nodes of a process say of its flows.
    private mutating func checkJoins(_ element: BPMNElement) {
        let elements = element.elements
        var meant: [String: [String]] = [:]
        for flow in elements where flow.isBPMN("sequenceFlow") {
            for (name, end) in [("incoming", "targetRef"), ("outgoing", "sourceRef")] {
                if let id = flow["id"], let node = flow[end] { meant["\(name) \(node)", default: []].append(id) }
            }
        }
        for node in elements where node.namespace == BPMNElement.Namespace.model && BPMNModel.Kind(element: node.name) != nil {
            guard let id = node["id"] else { continue }
            for name in ["incoming", "outgoing"] {
                let said = node.elements.filter { $0.isBPMN(name) }.map { BPMNModel.identifier($0.text) }
                if said.sorted() != (meant["\(name) \(id)"] ?? []).sorted() { note(.incomingAndOutgoing, id) }
            }
        }
    }

    // MARK: The drawing

    /// Checks that everything is drawn, and nothing else.
    mutating func check(_ diagrams: [BPMNDiagram], _ model: BPMNModel) {
        var shapes: Set<String> = []
        var edges: Set<String> = []
        for diagram in diagrams {
            for shape in diagram.shapes {
                shapes.formUnion([shape.element, BPMNModel.identifier(shape.element)])
                if shape.box.width <= 0 || shape.box.height <= 0 { note(.drawnWhole, shape.element) }
            }
            for edge in diagram.edges {
                edges.formUnion([edge.element, BPMNModel.identifier(edge.element)])
                if edge.points.count < 2 { note(.drawnWhole, edge.element) }
            }
        }
        let wanted = Self.wanted(model)
        for id in wanted.shapes where !shapes.contains(id) { note(.drawn, id) }
        for id in wanted.edges where !edges.contains(id) { note(.drawn, id) }
        let known = Set(model.identifiers)
        for diagram in diagrams {
            for element in diagram.shapes.map(\.element) + diagram.edges.map(\.element)
            where !known.contains(element) && !known.contains(BPMNModel.identifier(element)) { note(.drawn, element) }
        }
    }

    /// What has to have a shape, and what a line.
    private static func wanted(_ model: BPMNModel) -> (shapes: [String], edges: [String]) {
        var shapes: [String] = []
        var edges: [String] = []
        for process in model.allProcesses {
            shapes += process.nodes.map(\.id)
            edges += process.flows.map(\.id)
            shapes += process.laneSets.first { !$0.lanes.isEmpty }?.all.map(\.id) ?? []
            shapes += process.artifacts.filter { $0.kind != .dataObject }.compactMap(\.id)
            edges += process.associations.compactMap(\.id)
        }
        for collaboration in model.collaborations {
            shapes += collaboration.participants.map(\.id) + collaboration.artifacts.compactMap(\.id)
            edges += collaboration.messageFlows.map(\.id) + collaboration.associations.compactMap(\.id)
        }
        return (shapes, edges)
    }
}
