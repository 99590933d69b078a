extension BPMNModel {
    /// The process of a tree in blocks: each gateway that parts has one that joins, of the same kind, one pair inside the other.
    ///
    /// The tree is reduced first. Tasks are named after their activities; interleaved blocks of up to three parts are a choice among their
    /// orders, as BPMN has no gateway for them, where that makes no more than 2,000 tasks and gateways.
    ///
    /// - Parameters:
    ///   - tree: the tree.
    ///   - name: what the process is called.
    /// - Throws: ``ModelConversionError`` (`tooManyOrders`).
    package init(_ tree: ProcessTree, name: String? = nil) throws(ModelConversionError) {
        let reduced = tree.reduced()
        if TreeProcessBuilder.size(reduced) > max(2_000, 2 * reduced.size) { throw ModelConversionError(.tooManyOrders) }
        var builder = TreeProcessBuilder()
        try builder.build(reduced)
        self.init(processes: [Process(id: "process", name: name, nodes: builder.nodes, flows: builder.flows)])
    }
}

private struct TreeProcessBuilder {
    private(set) var nodes: [BPMNModel.Node] = []
    private(set) var flows: [BPMNModel.Flow] = []
    private var tasks = 0
    private var gateways = 0

    mutating func build(_ tree: ProcessTree) throws(ModelConversionError) {
        nodes.append(.init(id: "start", kind: .startEvent))
        let last = try add(tree, after: "start")
        nodes.append(.init(id: "end", kind: .endEvent))
        connect(last, "end")
    }

    private mutating func connect(_ source: String, _ target: String) {
        flows.append(.init(id: "flow_\(flows.count + 1)", from: source, to: target))
    }

    private mutating func gateway(_ kind: BPMNModel.Kind, _ number: Int, _ end: String) -> String {
        let name =
            switch kind {
            case .parallelGateway: "parallel"
            case .inclusiveGateway: "inclusive"
            default: "exclusive"
            }
        nodes.append(.init(id: "\(name)_\(number)_\(end)", kind: kind))
        return nodes[nodes.count - 1].id
    }

    /// Adds a tree behind a node and gives back the node that it ends at.
    private mutating func add(_ tree: ProcessTree, after node: String) throws(ModelConversionError) -> String {
        switch tree {
        case .silent: return node
        case .activity(let name):
            tasks += 1
            let id = "task_\(tasks)"
            nodes.append(.init(id: id, name: name, kind: .task(.task)))
            connect(node, id)
            return id
        case .node(let operation, let children):
            switch operation {
            case .sequence:
                var last = node
                for child in children { last = try add(child, after: last) }
                return last
            case .exclusive: return try block(.exclusiveGateway, children, after: node)
            case .parallel: return try block(.parallelGateway, children, after: node)
            case .inclusive: return try block(.inclusiveGateway, children, after: node)
            case .interleaved: return try block(.exclusiveGateway, try Self.orders(children), after: node)
            case .loop: return try loop(children, after: node)
            }
        }
    }

    private mutating func block(
        _ kind: BPMNModel.Kind, _ children: [ProcessTree], after node: String
    ) throws(ModelConversionError) -> String {
        gateways += 1
        let number = gateways
        let split = gateway(kind, number, "split")
        connect(node, split)
        var ends: [String] = []
        for child in children { ends.append(try add(child, after: split)) }
        let join = gateway(kind, number, "join")
        for end in ends { connect(end, join) }
        return join
    }

    private mutating func loop(_ children: [ProcessTree], after node: String) throws(ModelConversionError) -> String {
        gateways += 1
        let number = gateways
        let join = gateway(.exclusiveGateway, number, "join")
        connect(node, join)
        let last = try add(children[0], after: join)
        let split = gateway(.exclusiveGateway, number, "split")
        connect(last, split)
        for child in children.dropFirst() {
            let end = try add(child, after: split)
            connect(end, join)
        }
        return split
    }

    /// About how many nodes a tree becomes, no more than a billion.
    static func size(_ tree: ProcessTree) -> Int {
        guard case .node(let operation, let children) = tree else { return 1 }
        let sum = children.reduce(2) { $0 + size($1) }
        let orders = operation == .interleaved ? (1...max(1, min(children.count, 12))).reduce(1, *) : 1
        return min(1_000_000_000, sum * orders)
    }

    private static func orders(_ children: [ProcessTree]) throws(ModelConversionError) -> [ProcessTree] {
        switch children.count {
        case 1: return children
        case 2: return [[0, 1], [1, 0]].map { order in .node(.sequence, order.map { children[$0] }) }
        case 3:
            let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
            return orders.map { order in .node(.sequence, order.map { children[$0] }) }
        default: throw ModelConversionError(.tooManyOrders)
        }
    }
}
