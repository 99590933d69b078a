package import ProcessModels

extension FlowGraph {
    /// The graph of a BPMN process.
    ///
    /// A task or event with several ways in takes each token alone; with several ways out it sends one along each. Gateways that join
    /// and split do both. The nodes are the process's, in its order and with its identifiers, and a node's arcs are its flows in the
    /// order of the file; where a process has several beginnings, one node more chooses among them.
    ///
    /// - Parameters:
    ///   - activity: the place of the activity of a task.
    ///   - timer: how long an event takes, by its identifier; nil for no time.
    ///   - probability: how likely a flow out of a gateway is, by its identifier; nil where nothing is said: such flows share what the others leave.
    package init(
        _ process: BPMNModel.Process, activity: (BPMNModel.Node) -> Int, timer: (BPMNModel.Node) -> SimulationActivity.Delay?,
        probability: (BPMNModel.Flow) -> Double?
    ) {
        var places: [String: Int] = [:]
        for (place, node) in process.nodes.enumerated() { places[node.id] = place }
        var leaving: [String: [BPMNModel.Flow]] = [:]
        for flow in process.flows { leaving[flow.source, default: []].append(flow) }
        nodes = process.nodes.map { node in
            let flows = leaving[node.id] ?? []
            var join = Join.each
            var split = Split.all
            var action = Action.none
            switch node.kind {
            case .task: action = .activity(activity(node))
            case .catchEvent: action = .timer(timer(node))
            case .parallelGateway: join = .all
            case .exclusiveGateway, .complexGateway: split = .one
            case .inclusiveGateway:
                join = .inclusive
                split = .some
            case .eventBasedGateway: action = .race
            case .startEvent, .endEvent, .throwEvent, .boundaryEvent: break
            }
            let shares = Self.shares(flows.map(probability), isInclusive: split == .some)
            let arcs = zip(flows, shares).map { Arc(target: places[$0.target] ?? 0, probability: $1) }
            return Node(id: node.id, join: join, action: action, split: split, arcs: arcs)
        }
        starts = process.nodes.indices.filter { process.nodes[$0].kind == .startEvent }
        if starts.isEmpty {
            let entered = Set(process.flows.map(\.target))
            starts = process.nodes.indices.filter { !entered.contains(process.nodes[$0].id) }
        }
        if starts.count > 1 {
            nodes.append(Node(id: "beginning", split: .one, arcs: starts.map { Arc(target: $0) }))
            starts = [nodes.count - 1]
        }
    }

    /// Probabilities where some are missing: these share equally what the others leave of 1.
    private static func shares(_ given: [Double?], isInclusive: Bool) -> [Double] {
        let missing = given.count { $0 == nil }
        let known = given.reduce(0) { $0 + max($1 ?? 0, 0) }
        if missing == 0 && known > 0 { return given.map { max($0 ?? 0, 0) } }
        if missing == 0 { return given.map { _ in 1 / Double(given.count) } }
        if isInclusive && known == 0 { return given.map { _ in 1 / Double(given.count) } }
        let rest = max(0, 1 - known) / Double(missing)
        let shares = given.map { max($0 ?? rest, 0) }
        return shares.contains { $0 > 0 } ? shares : given.map { _ in 1 / Double(given.count) }
    }
}
