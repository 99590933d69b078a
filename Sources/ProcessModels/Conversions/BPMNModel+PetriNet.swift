extension BPMNModel {
    /// The process of a net: in blocks where the net is made of blocks (see ``ProcessTree``), else gateway by gateway.
    ///
    /// Without blocks, a place with several ways in or out is an exclusive gateway, a transition with several a parallel one, and a silent
    /// transition is a flow (Favre, Fahland, Völzer: "The relationship between workflow graphs and free-choice workflow nets",
    /// Information Systems 47, 2015, doi:10.1016/j.is.2013.12.004). Each place where cases may end is an end event.
    ///
    /// - Throws: ``ModelConversionError`` (`weights`, `notFreeChoice`, `notFromSourceToSink`, `empty`).
    package init(_ net: PetriNet) throws(ModelConversionError) {
        if let tree = try? ProcessTree(net), let model = try? BPMNModel(tree, name: net.name) {
            self = model
            return
        }
        for transition in net.transitions where (transition.inputs + transition.outputs).contains(where: { $0.weight != 1 }) {
            throw ModelConversionError(.weights, [transition.id])
        }
        if net.transitions.isEmpty { throw ModelConversionError(.empty) }
        var builder = NetProcessBuilder(net)
        try builder.build()
        self.init(processes: [Process(id: "process", name: net.name, nodes: builder.nodes, flows: builder.flows)])
    }
}

private struct NetProcessBuilder {
    private let net: PetriNet
    private(set) var nodes: [BPMNModel.Node] = []
    private(set) var flows: [BPMNModel.Flow] = []
    private var consumers: [[Int]]
    private var producers: [[Int]]

    init(_ net: PetriNet) {
        self.net = net
        consumers = net.places.map { _ in [] }
        producers = consumers
        for (number, transition) in net.transitions.enumerated() {
            for arc in transition.inputs { consumers[arc.place].append(number) }
            for arc in transition.outputs { producers[arc.place].append(number) }
        }
    }

    mutating func build() throws(ModelConversionError) {
        try checkEnds()
        // Every place a gateway that chooses, every transition one that joins and one that parts; those with one way in and out go.
        for place in net.places.indices { nodes.append(.init(id: "place_\(place)", kind: .exclusiveGateway)) }
        for (number, transition) in net.transitions.enumerated() {
            nodes.append(.init(id: "join_\(number)", kind: .parallelGateway))
            if let label = transition.label { nodes.append(.init(id: "task_\(number)", name: label, kind: .task(.task))) }
            nodes.append(.init(id: "split_\(number)", kind: .parallelGateway))
            let chain = ["join_\(number)"] + (transition.isSilent ? [] : ["task_\(number)"]) + ["split_\(number)"]
            for (one, other) in zip(chain, chain.dropFirst()) { connect(one, other) }
            for arc in transition.outputs { connect("split_\(number)", "place_\(arc.place)") }
        }
        try connectChoices()
        for place in net.places.indices where net.initial[place] > 0 {
            nodes.insert(.init(id: "start", kind: .startEvent), at: 0)
            connect("start", "place_\(place)")
        }
        var count = 0
        for place in net.places.indices where net.final.contains(where: { $0[place] > 0 }) {
            count += 1
            nodes.append(.init(id: "end_\(count)", kind: .endEvent))
            connect("place_\(place)", "end_\(count)")
        }
        removeIdleGateways()
        partMixedGateways()
        rename()
    }

    /// Cases begin with one token and end with one, where no arc leads back from.
    private func checkEnds() throws(ModelConversionError) {
        guard net.initial.total == 1, !net.final.isEmpty, net.final.allSatisfy({ $0.total == 1 }),
            net.transitions.allSatisfy({ !$0.inputs.isEmpty && !$0.outputs.isEmpty }),
            net.places.indices.allSatisfy({ place in
                let isLeft = !consumers[place].isEmpty || net.final.contains { $0[place] > 0 }
                return isLeft && (!producers[place].isEmpty || net.initial[place] > 0)
            })
        else { throw ModelConversionError(.notFromSourceToSink) }
    }

    /// Places with the same transitions behind them come together before the choice among these.
    private mutating func connectChoices() throws(ModelConversionError) {
        var isDone = [Bool](repeating: false, count: net.places.count)
        for place in net.places.indices where !isDone[place] && !consumers[place].isEmpty {
            let inputs = net.transitions[consumers[place][0]].inputs.map(\.place)
            let isAlone = consumers[place].count == 1
            for number in consumers[place] {
                let own = net.transitions[number].inputs.map(\.place)
                if !isAlone, Set(own) != Set(inputs) { throw ModelConversionError(.notFreeChoice, [net.places[place].id]) }
            }
            if isAlone || inputs.count == 1 {
                for number in consumers[place] { connect("place_\(place)", "join_\(number)") }
                continue
            }
            let cluster = "cluster_\(place)"
            nodes.append(.init(id: cluster + "_join", kind: .parallelGateway))
            nodes.append(.init(id: cluster + "_choice", kind: .exclusiveGateway))
            connect(cluster + "_join", cluster + "_choice")
            for input in inputs {
                if Set(consumers[input]) != Set(consumers[place]) { throw ModelConversionError(.notFreeChoice, [net.places[input].id]) }
                isDone[input] = true
                connect("place_\(input)", cluster + "_join")
            }
            for number in consumers[place] { connect(cluster + "_choice", "join_\(number)") }
        }
    }

    private mutating func connect(_ source: String, _ target: String) {
        flows.append(.init(id: "", from: source, to: target))
    }

    /// A gateway that joins and parts is one that joins and one that parts.
    private mutating func partMixedGateways() {
        let (entering, leaving) = ends()
        var parted: [BPMNModel.Node] = []
        for node in nodes {
            parted.append(node)
            let own = leaving[node.id] ?? []
            if !node.isGateway || (entering[node.id] ?? []).count < 2 || own.count < 2 { continue }
            let out = node.id + "_out"
            for flow in own { flows[flow].source = out }
            connect(node.id, out)
            parted.append(.init(id: out, kind: node.kind))
        }
        nodes = parted
    }

    /// Gateways with one way in and one out are flows. Taking one out leaves the others as they are.
    private mutating func removeIdleGateways() {
        var (entering, leaving) = ends()
        var goneFlows: Set<Int> = []
        var goneNodes: Set<String> = []
        for node in nodes where node.isGateway {
            guard let own = entering[node.id], own.count == 1, let way = leaving[node.id], way.count == 1, own != way else { continue }
            let target = flows[way[0]].target
            flows[own[0]].target = target
            entering[target] = entering[target]?.map { $0 == way[0] ? own[0] : $0 }
            goneFlows.insert(way[0])
            goneNodes.insert(node.id)
        }
        flows = flows.indices.filter { !goneFlows.contains($0) }.map { flows[$0] }
        nodes.removeAll { goneNodes.contains($0.id) }
    }

    /// By node, the flows that lead to it and those that leave it.
    private func ends() -> (entering: [String: [Int]], leaving: [String: [Int]]) {
        var entering: [String: [Int]] = [:]
        var leaving: [String: [Int]] = [:]
        for (number, flow) in flows.enumerated() {
            entering[flow.target, default: []].append(number)
            leaving[flow.source, default: []].append(number)
        }
        return (entering, leaving)
    }

    private mutating func rename() {
        var names: [String: String] = [:]
        var counts: [String: Int] = [:]
        let ends = nodes.count { $0.kind == .endEvent }
        for place in nodes.indices {
            let word =
                switch nodes[place].kind {
                case .startEvent: "start"
                case .endEvent: "end"
                case .task: "task"
                case .parallelGateway: "parallel"
                default: "exclusive"
                }
            counts[word, default: 0] += 1
            let isOnly = word == "start" || word == "end" && ends == 1
            let id = isOnly ? word : "\(word)_\(counts[word, default: 0])"
            names[nodes[place].id] = id
            nodes[place].id = id
        }
        for place in flows.indices {
            flows[place].id = "flow_\(place + 1)"
            flows[place].source = names[flows[place].source] ?? ""
            flows[place].target = names[flows[place].target] ?? ""
        }
    }
}
