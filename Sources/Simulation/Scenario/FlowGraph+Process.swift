package import ProcessModels

extension FlowGraph {
    /// The graph as a BPMN process, from which ``init(_:activity:timer:probability:)`` makes the same graph again: its nodes are the
    /// graph's, in their order, and the flows that leave a node are its arcs.
    ///
    /// Identifiers are the nodes' own where XML allows them, else with `_` for other signs.
    ///
    /// - Parameter name: what an activity is called.
    package func process(id: String, name: (Int) -> String) -> BPMNModel.Process {
        var incoming = [Int](repeating: 0, count: nodes.count)
        for node in nodes {
            for arc in node.arcs { incoming[arc.target] += 1 }
        }
        var taken: Set<String> = [id]
        let ids = nodes.map { Self.unused(Self.xmlName($0.id), &taken) }
        var flows: [BPMNModel.Flow] = []
        let own = nodes.enumerated().map { place, node in
            for arc in node.arcs {
                let flow = Self.unused("flow_\(flows.count + 1)", &taken)
                flows.append(BPMNModel.Flow(id: flow, from: ids[place], to: ids[arc.target]))
            }
            switch node.action {
            case .activity(let activity): return BPMNModel.Node(id: ids[place], name: name(activity), kind: .task(.task))
            case .timer: return BPMNModel.Node(id: ids[place], kind: .catchEvent, trigger: "timer")
            case .race: return BPMNModel.Node(id: ids[place], kind: .eventBasedGateway)
            case .none: return BPMNModel.Node(id: ids[place], kind: Self.kind(node, isEntered: incoming[place] > 0))
            }
        }
        return BPMNModel.Process(id: id, nodes: own, flows: flows)
    }

    private static func kind(_ node: Node, isEntered: Bool) -> BPMNModel.Kind {
        if node.arcs.isEmpty { return .endEvent }
        if !isEntered { return .startEvent }
        if node.join == .inclusive || node.split == .some { return .inclusiveGateway }
        return node.split == .one || node.join == .each && node.arcs.count == 1 ? .exclusiveGateway : .parallelGateway
    }

    private static func xmlName(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isPlain =
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-")
            result.unicodeScalars.append(isPlain ? scalar : "_")
        }
        let begins = result.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "_" } ?? false
        return begins ? result : "_" + result
    }

    private static func unused(_ name: String, _ taken: inout Set<String>) -> String {
        var result = name
        var number = 2
        while !taken.insert(result).inserted {
            result = "\(name)_\(number)"
            number += 1
        }
        return result
    }
}
