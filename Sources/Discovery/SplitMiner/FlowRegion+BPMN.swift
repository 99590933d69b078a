import ProcessModels

extension FlowRegion {
    /// The process of a region, between one start and one end; gateways with one way in and out are left out.
    func model(names: [String], name: String?) -> BPMNModel {
        var drawing = RegionDrawing(names: names)
        let start = drawing.add("start", .startEvent)
        let ends = drawing.draw(self)
        let end = drawing.add("end", .endEvent)
        drawing.connect(start, ends.first)
        drawing.connect(ends.last, end)
        return BPMNModel(processes: [drawing.process(name)])
    }
}

private struct RegionDrawing {
    let names: [String]
    private var nodes: [BPMNModel.Node] = []
    private var flows: [(source: Int, target: Int)] = []
    private var counts: [String: Int] = [:]

    init(names: [String]) {
        self.names = names
    }

    mutating func add(_ id: String, _ kind: BPMNModel.Kind, name: String? = nil) -> Int {
        nodes.append(.init(id: id, name: name, kind: kind))
        return nodes.count - 1
    }

    mutating func connect(_ source: Int, _ target: Int) { flows.append((source, target)) }

    private mutating func gateway(_ kind: BPMNModel.Kind, _ name: String) -> Int {
        counts[name, default: 0] += 1
        return add("\(name)_\(counts[name] ?? 0)", kind)
    }

    /// Draws a region; what leads to it is to lead to the first node, what follows it is led to by the last.
    mutating func draw(_ region: FlowRegion) -> (first: Int, last: Int) {
        switch region {
        case .task(let letter, let repeats):
            let task = add("task_\(letter + 1)", .task(.task), name: names[letter])
            if !repeats { return (task, task) }
            let (merge, choice) = (gateway(.exclusiveGateway, "merge"), gateway(.exclusiveGateway, "choice"))
            connect(merge, task)
            connect(task, choice)
            connect(choice, merge)
            return (merge, choice)
        case .parallel(let branches):
            let split = gateway(.parallelGateway, "split")
            let drawn = branches.map { branch in
                let own = draw(branch.region)
                if !branch.isOptional { return own }
                let (choice, merge) = (gateway(.exclusiveGateway, "choice"), gateway(.exclusiveGateway, "merge"))
                connect(choice, own.first)
                connect(own.last, merge)
                connect(choice, merge)
                return (choice, merge)
            }
            let join = gateway(.parallelGateway, "join")
            for own in drawn {
                connect(split, own.first)
                connect(own.last, join)
            }
            return (split, join)
        case .walk(let walk):
            let first = gateway(.exclusiveGateway, "choice")
            let inner = walk.regions.map { region in
                let merge = gateway(.exclusiveGateway, "merge")
                let own = draw(region)
                let choice = gateway(.exclusiveGateway, "choice")
                connect(merge, own.first)
                connect(own.last, choice)
                return (first: merge, last: choice)
            }
            let last = gateway(.exclusiveGateway, "merge")
            for place in walk.entries { connect(first, inner[place].first) }
            for (place, targets) in walk.ways.enumerated() {
                for target in targets { connect(inner[place].last, inner[target].first) }
            }
            for place in walk.exits { connect(inner[place].last, last) }
            if inner.isEmpty { connect(first, last) }
            return (first, last)
        }
    }

    /// The process: gateways with one way in and one way out are left out, exclusive ones that only lead on to their like are one, and a way
    /// that is there twice stands once.
    func process(_ name: String?) -> BPMNModel.Process {
        var (nodes, flows) = (nodes.map(Optional.some), flows)
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            var seen: Set<[Int]> = []
            flows = flows.filter { seen.insert([$0.source, $0.target]).inserted }
            for node in nodes.indices {
                guard let own = nodes[node], own.isGateway else { continue }
                let (into, out) = (flows.filter { $0.target == node }, flows.filter { $0.source == node })
                if into.count == 1 && out.count == 1 {
                    if into[0].source == node { continue }
                    flows.removeAll { $0.source == node || $0.target == node }
                    flows.append((into[0].source, out[0].target))
                } else if own.kind == .exclusiveGateway, into.count == 1, let before = nodes[into[0].source],
                    before.kind == .exclusiveGateway,
                    flows.count(where: { $0.target == into[0].source }) <= 1, into[0].source != node
                {
                    // A choice behind a choice.
                    flows.removeAll { $0.target == node }
                    for place in flows.indices where flows[place].source == node { flows[place].source = into[0].source }
                } else if own.kind == .exclusiveGateway, out.count == 1, let after = nodes[out[0].target], after.kind == .exclusiveGateway,
                    flows.count(where: { $0.source == out[0].target }) <= 1, out[0].target != node
                {
                    // A merge before a merge.
                    flows.removeAll { $0.source == node }
                    for place in flows.indices where flows[place].target == node { flows[place].target = out[0].target }
                } else {
                    continue
                }
                nodes[node] = nil
                hasChanged = true
            }
        }
        return finished(nodes, flows, name)
    }

    /// Nodes and flows under identifiers.
    private func finished(_ nodes: [BPMNModel.Node?], _ flows: [(source: Int, target: Int)], _ name: String?) -> BPMNModel.Process {
        let kept = flows.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
        var counts: [String: Int] = [:]
        let named = nodes.map { node in
            node.map { node in
                var node = node
                if node.isGateway {
                    let kind = String(node.id.prefix { $0 != "_" })
                    counts[kind, default: 0] += 1
                    node.id = "\(kind)_\(counts[kind] ?? 0)"
                }
                return node
            }
        }
        return BPMNModel.Process(
            id: "process", name: name, nodes: named.compactMap(\.self),
            flows: kept.enumerated().map { place, flow in
                .init(id: "flow_\(place + 1)", from: named[flow.source]?.id ?? "", to: named[flow.target]?.id ?? "")
            })
    }
}
