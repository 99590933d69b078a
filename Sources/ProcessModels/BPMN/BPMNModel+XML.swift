extension BPMNModel {
    /// The model as a BPMN 2.0 file, the same bytes for the same model: with its diagrams, or laid out by ``BPMNLayout`` where it has none.
    ///
    /// Identifiers and all that was read are kept, in the order that the schema of BPMN 2.0 asks for. Where nothing was read, BPMN is the
    /// default namespace, which the plainest readers expect.
    package func xml() -> String {
        var root = BPMNElement("definitions")
        root.declarations = rest.declarations
        root.attributes = rest.attributes
        root.content = rest.content
        root.content += collaborations.map { .element(Self.element($0)) }
        root.content += processes.map { .element(Self.element($0)) }
        root.content += (isDrawn ? diagrams : BPMNLayout.diagrams(of: self)).map { .element($0.element) }
        root.content = BPMNOrder.root.sorted(root.content)
        return root.document(rest.declarations)
    }

    /// Whether a diagram is held, be it one that could not be made out.
    private var isDrawn: Bool {
        !diagrams.isEmpty || rest.content.elements.contains { $0.namespace == BPMNElement.Namespace.diagram }
    }

    private static func element(_ process: Process) -> BPMNElement {
        var element = element("process", [("id", process.id), ("name", process.name)], process.rest)
        element.content = BPMNOrder.process.sorted(element.content + content(process))
        return element
    }

    private static func content(_ process: Process) -> [BPMNElement.Content] {
        var leaving: [String: [Flow]] = [:]
        var arriving: [String: [Flow]] = [:]
        for flow in process.flows {
            leaving[flow.source, default: []].append(flow)
            arriving[flow.target, default: []].append(flow)
        }
        var result = process.laneSets.map { BPMNElement.Content.element(element($0, "laneSet")) }
        result += process.nodes.map { .element(element($0, arriving[$0.id] ?? [], leaving[$0.id] ?? [])) }
        result += process.artifacts.map { .element(element($0)) }
        result += process.flows.map { flow in
            let attributes: [(String, String?)] = [
                ("id", flow.id), ("name", flow.name), ("sourceRef", flow.source), ("targetRef", flow.target),
            ]
            return .element(element("sequenceFlow", attributes, flow.rest, order: BPMNOrder.base))
        }
        result += process.associations.map { .element(element($0)) }
        return result
    }

    private static func element(_ node: Node, _ arriving: [Flow], _ leaving: [Flow]) -> BPMNElement {
        let name = node.kind.element
        let choice = leaving.first { $0.isDefault }?.id
        var element = element(name, [("id", node.id), ("name", node.name), ("default", choice)], node.rest)
        element.content += arriving.map { .element(BPMNElement("incoming", text: $0.id)) }
        element.content += leaving.map { .element(BPMNElement("outgoing", text: $0.id)) }
        if let inner = node.inner { element.content += content(inner) }
        element.content = (node.isEvent ? BPMNOrder.event : BPMNOrder.node).sorted(element.content)
        return element
    }

    private static func element(_ set: LaneSet, _ name: String) -> BPMNElement {
        var result = element(name, [("id", set.id)], set.rest)
        for lane in set.lanes {
            var own = element("lane", [("id", lane.id), ("name", lane.name)], lane.rest)
            own.content += lane.nodes.map { .element(BPMNElement("flowNodeRef", text: $0)) }
            own.content += lane.inner.map { .element(element($0, "childLaneSet")) }
            own.content = BPMNOrder.lane.sorted(own.content)
            result.content.append(.element(own))
        }
        result.content = BPMNOrder.base.sorted(result.content)
        return result
    }

    private static func element(_ collaboration: Collaboration) -> BPMNElement {
        var result = element("collaboration", [("id", collaboration.id)], collaboration.rest)
        result.content += collaboration.participants.map { participant in
            let attributes = [("id", participant.id), ("name", participant.name), ("processRef", participant.process)]
            return .element(element("participant", attributes, participant.rest, order: BPMNOrder.base))
        }
        result.content += collaboration.messageFlows.map { flow in
            let attributes: [(String, String?)] = [
                ("id", flow.id), ("name", flow.name), ("sourceRef", flow.source), ("targetRef", flow.target),
            ]
            return .element(element("messageFlow", attributes, flow.rest, order: BPMNOrder.base))
        }
        result.content += collaboration.artifacts.map { .element(element($0)) }
        result.content += collaboration.associations.map { .element(element($0)) }
        result.content = BPMNOrder.collaboration.sorted(result.content)
        return result
    }

    private static func element(_ artifact: Artifact) -> BPMNElement {
        element(artifact.kind.rawValue, [("id", artifact.id), ("name", artifact.name)], artifact.rest, order: BPMNOrder.base)
    }

    private static func element(_ association: Association) -> BPMNElement {
        let attributes: [(String, String?)] = [
            ("id", association.id), ("sourceRef", association.source), ("targetRef", association.target),
        ]
        return element("association", attributes, association.rest, order: BPMNOrder.base)
    }

    private static func element(
        _ name: String, _ attributes: [(String, String?)], _ rest: BPMNRest, order: BPMNOrder? = nil
    ) -> BPMNElement {
        var element = BPMNElement(name, attributes)
        element.declarations = rest.declarations
        // What is told by name counts: no attribute stands twice.
        element.attributes += rest.attributes.filter { !$0.namespace.isEmpty || !$0.prefix.isEmpty || element[$0.name] == nil }
        element.content = order?.sorted(rest.content) ?? rest.content
        return element
    }
}
