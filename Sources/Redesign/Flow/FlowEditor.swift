import ProcessModels

/// Changes a process of tasks, events, and exclusive and parallel gateways, as miners find them, step by step.
///
/// What stays keeps its identifier; what is new begins with the number of the change that brings it. Every change keeps a sound process
/// sound, or is not made.
struct FlowEditor {
    /// The process as it is by now.
    var process: BPMNModel.Process
    /// What the changes did to nodes and flows, by their identifiers.
    var marks: [String: RedesignedFlow.Mark] = [:]
    private let prefix: String
    private var taken: Set<String>

    /// - Parameter change: the number of the change that is made, from 1.
    init(_ process: BPMNModel.Process, marks: [String: RedesignedFlow.Mark], change: Int) {
        self.process = process
        self.marks = marks
        prefix = "change_\(change)_"
        taken = Set(process.identifiers)
    }

    // MARK: Reading

    /// The identifiers of the tasks of an activity.
    func tasks(of activity: String) -> [String] {
        process.nodes.filter { $0.isTask && ($0.name ?? $0.id) == activity }.map(\.id)
    }

    /// The places of the flows that lead to a node.
    func flows(to id: String) -> [Int] { process.flows.indices.filter { process.flows[$0].target == id } }

    /// The places of the flows that leave a node.
    func flows(from id: String) -> [Int] { process.flows.indices.filter { process.flows[$0].source == id } }

    func place(of id: String) -> Int? { process.nodes.firstIndex { $0.id == id } }

    func kind(of id: String) -> BPMNModel.Kind? { place(of: id).map { process.nodes[$0].kind } }

    /// What an activity's task is called.
    func activity(at id: String) -> String? {
        guard let node = process.node(id), node.isTask else { return nil }
        return node.name ?? node.id
    }

    /// The activities that may come first from a node on, itself included, and whether the end may.
    func reachedSilently(from id: String) -> (activities: Set<String>, end: Bool) {
        if let activity = activity(at: id) { return ([activity], false) }
        let reached = kind(of: id) == .endEvent ? [] : process.next(after: id)
        let activities = Set(reached.filter(\.isTask).map { $0.name ?? $0.id })
        return (activities, kind(of: id) == .endEvent || reached.contains { $0.kind == .endEvent })
    }

    /// Whether the process is known to be sound; where it has too many markings to tell, it is not.
    var isSound: Bool {
        guard let net = try? PetriNet(process) else { return false }
        var options = Soundness.Options()
        options.mostMarkings = 20_000
        return Soundness(of: net, options: options).verdict == .holds
    }

    // MARK: Writing

    private mutating func unused(_ word: String) -> String {
        var id = prefix + word
        var number = 2
        while !taken.insert(id).inserted {
            id = "\(prefix)\(word)_\(number)"
            number += 1
        }
        return id
    }

    /// A new node; its identifier ends with the word.
    mutating func add(_ kind: BPMNModel.Kind, _ word: String, name: String? = nil) -> String {
        let id = unused(word)
        process.nodes.append(BPMNModel.Node(id: id, name: name, kind: kind))
        marks[id] = .added
        return id
    }

    /// A new flow.
    mutating func connect(_ source: String, _ target: String, condition: String? = nil, isDefault: Bool = false) {
        let id = unused("flow")
        process.flows.append(BPMNModel.Flow(id: id, from: source, to: target, condition: condition, isDefault: isDefault))
        marks[id] = .added
    }

    /// Lets one flow at most lead to a node: what led there meets before it.
    mutating func gather(_ id: String) {
        let into = flows(to: id)
        if into.count < 2 { return }
        let merge = add(.exclusiveGateway, "merge")
        for flow in into { process.flows[flow].target = merge }
        connect(merge, id)
    }

    /// Lets one flow at most lead to a task and one leave it: what it begins at once is parted behind it.
    mutating func isolate(_ task: String) {
        gather(task)
        let out = flows(from: task)
        if out.count < 2 { return }
        let split = add(.parallelGateway, "split")
        for flow in out { process.flows[flow].source = split }
        connect(task, split)
    }

    /// Where a new flow can lead so that its token goes on at a node, as those do that already lead there.
    mutating func entry(of id: String) -> String {
        if kind(of: id) == .exclusiveGateway { return id }
        gather(id)
        if let flow = flows(to: id).first, kind(of: process.flows[flow].source) == .exclusiveGateway,
            flows(from: process.flows[flow].source).count == 1
        {
            return process.flows[flow].source
        }
        let merge = add(.exclusiveGateway, "merge")
        for flow in flows(to: id) { process.flows[flow].target = merge }
        connect(merge, id)
        return merge
    }

    /// Takes flows out.
    mutating func removeFlows(_ ids: Set<String>) {
        process.flows.removeAll { ids.contains($0.id) }
        for id in ids { marks[id] = nil }
    }

    /// Takes a node out.
    mutating func removeNode(_ id: String) {
        process.nodes.removeAll { $0.id == id }
        marks[id] = nil
    }

    /// Takes out a node with one flow in and one out; the flow that led to it leads on.
    mutating func bypass(_ id: String) {
        guard let into = flows(to: id).first, let out = flows(from: id).first else { return }
        process.flows[into].target = process.flows[out].target
        if marks[process.flows[out].id] != nil && marks[process.flows[into].id] == nil { marks[process.flows[into].id] = .added }
        removeFlows([process.flows[out].id])
        removeNode(id)
    }

    /// Takes out what nothing leads to.
    mutating func removeUnreached() {
        var reached: Set<String> = []
        var open = process.nodes.filter { $0.kind == .startEvent }.map(\.id)
        while let node = open.popLast() {
            if reached.insert(node).inserted { open += flows(from: node).map { process.flows[$0].target } }
        }
        for node in process.nodes where !reached.contains(node.id) { removeNode(node.id) }
        removeFlows(Set(process.flows.filter { !reached.contains($0.source) }.map(\.id)))
    }

    /// Takes out gateways that neither part nor join, ways that are there twice, and loops in which nothing is done.
    mutating func simplify() {
        while simplifyOnce() {}
    }

    private mutating func simplifyOnce() -> Bool {
        for node in process.nodes where node.isGateway {
            let (into, out) = (flows(to: node.id), flows(from: node.id))
            if let circle = out.first(where: { process.flows[$0].target == node.id }) {
                removeFlows([process.flows[circle].id])
                return true
            }
            if into.count == 1 && out.count == 1 {
                bypass(node.id)
                return true
            }
            if node.kind == .exclusiveGateway, out.count > 1, let back = out.first(where: { isBareCircle(node.id, into, $0) }) {
                removeFlows([process.flows[back].id])
                return true
            }
            for (place, flow) in out.enumerated() {
                guard let twin = out[..<place].first(where: { process.flows[$0].target == process.flows[flow].target }) else { continue }
                join(flow, into: twin)
                return true
            }
        }
        return false
    }

    /// Whether a flow goes from a choice straight back to where the only way to the choice begins.
    private func isBareCircle(_ choice: String, _ into: [Int], _ flow: Int) -> Bool {
        let merge = process.flows[flow].target
        guard into.count == 1, process.flows[into[0]].source == merge, kind(of: merge) == .exclusiveGateway else { return false }
        return flows(from: merge).count == 1 && flows(to: merge).count > 1
    }

    /// Makes two flows between the same nodes one, taken where either was.
    private mutating func join(_ flow: Int, into twin: Int) {
        let (one, other) = (process.flows[twin], process.flows[flow])
        if one.isDefault || other.isDefault {
            process.flows[twin].isDefault = true
            process.flows[twin].condition = nil
        } else if let first = one.condition, let second = other.condition {
            process.flows[twin].condition = "(\(first)) or (\(second))"
        } else {
            process.flows[twin].condition = nil
        }
        removeFlows([other.id])
    }
}
