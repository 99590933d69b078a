/// The nodes and flows of a process by their positions, and which inclusive gateways belong together.
struct ProcessGraph {
    private let process: BPMNModel.Process
    /// By node, the flows that lead to it and those that leave it, in the order of the file.
    private(set) var entering: [[Int]]
    private(set) var leaving: [[Int]]
    /// By node, the events at its border that flows leave.
    private(set) var borders: [[Int]]
    /// By node, whether no flow makes it part of the course: what undoes work.
    private(set) var isAside: [Bool]
    private var from: [Int] = []
    private var to: [Int] = []
    private var starts: [Int] = []

    init(_ process: BPMNModel.Process) {
        self.process = process
        var numbers: [String: Int] = [:]
        for (number, node) in process.nodes.enumerated() { numbers[node.id] = number }
        entering = process.nodes.map { _ in [] }
        leaving = entering
        borders = entering
        isAside = process.nodes.map { $0.rest.attributes["isForCompensation"] == "true" }
        for (number, flow) in process.flows.enumerated() {
            let (source, target) = (numbers[flow.source] ?? 0, numbers[flow.target] ?? 0)
            from.append(source)
            to.append(target)
            leaving[source].append(number)
            entering[target].append(number)
        }
        for (number, node) in process.nodes.enumerated() {
            guard node.kind == .boundaryEvent, !leaving[number].isEmpty, let task = node.attachedTo.flatMap({ numbers[$0] }) else {
                continue
            }
            borders[task].append(number)
        }
        let unentered = process.nodes.indices.filter {
            entering[$0].isEmpty && process.nodes[$0].kind != .boundaryEvent && !isAside[$0]
        }
        let events = unentered.filter { process.nodes[$0].kind == .startEvent }
        starts = events.isEmpty ? unentered : events
    }

    /// - Throws: ``ModelConversionError`` where something can never be reached for want of a flow, or leads on without one.
    func check() throws(ModelConversionError) {
        let lost = process.nodes.indices.filter {
            entering[$0].isEmpty && process.nodes[$0].kind != .boundaryEvent && !isAside[$0] && !starts.contains($0)
                || process.nodes[$0].triggers.contains("link")
        }
        if !lost.isEmpty { throw ModelConversionError(.unsupportedElement, lost.map { process.nodes[$0].id }) }
        if starts.isEmpty { throw ModelConversionError(.notFromSourceToSink) }
    }

    /// Whether a node that is no gateway has flows out of it with conditions.
    func isConditional(_ node: Int) -> Bool {
        !process.nodes[node].isGateway && leaving[node].count > 1 && leaving[node].contains { process.flows[$0].condition != nil }
    }

    /// The node that parts what an inclusive gateway joins, where each way out of the one leads to one way into the other and nowhere else.
    func partner(of join: Int) -> Int? {
        guard let node = dominator(of: join), let ends = ends(from: node, to: join), ends.count == entering[join].count else { return nil }
        return node
    }

    /// Of a node that sends along some of its ways, the ways into the inclusive gateway where they meet, in the order of its ways out; nil where
    /// they do not meet so.
    func meeting(_ split: Int) -> [Int]? {
        for join in process.nodes.indices
        where process.nodes[join].kind == .inclusiveGateway && entering[join].count > 1 && join != split {
            if partner(of: join) == split { return ends(from: split, to: join) }
        }
        return nil
    }

    /// By way out of one node, the way into the other that it leads to, where the paths between have nothing to do with each other or with
    /// anything else.
    private func ends(from split: Int, to join: Int) -> [Int]? {
        if leaving[split].count < 2 { return nil }
        var ends: [Int] = []
        var owner = [Int](repeating: -1, count: process.nodes.count)
        for (way, flow) in leaving[split].enumerated() {
            if to[flow] == join {
                ends.append(flow)
                continue
            }
            var reached: [Int] = []
            var open = [to[flow]]
            var nodes: [Int] = []
            while let node = open.popLast() {
                if owner[node] == way { continue }
                if owner[node] >= 0 || node == split { return nil }
                owner[node] = way
                nodes.append(node)
                let next = leaving[node] + borders[node].flatMap { leaving[$0] }
                if next.isEmpty { return nil }
                for own in next {
                    if to[own] == join { reached.append(own) } else { open.append(to[own]) }
                }
            }
            // Nothing comes in from elsewhere.
            for node in nodes where entering[node].contains(where: { $0 != flow && !isInside(from[$0], way, owner) }) { return nil }
            if reached.count != 1 { return nil }
            ends.append(reached[0])
        }
        return Set(ends).count == ends.count ? ends : nil
    }

    private func isInside(_ node: Int, _ way: Int, _ owner: [Int]) -> Bool {
        if owner[node] == way { return true }
        return borders.indices.contains { owner[$0] == way && borders[$0].contains(node) }
    }

    /// The last node that every path to a node goes through: found by leaving out one after the other, as processes are small.
    private func dominator(of node: Int) -> Int? {
        let all = reachable(without: nil)
        guard all[node] else { return nil }
        var best: Int?
        for other in process.nodes.indices where other != node && all[other] {
            if reachable(without: other)[node] { continue }
            // Of two, the later one is reached only through the earlier one.
            if let known = best, reachable(without: known)[other] { continue }
            best = other
        }
        return best
    }

    private func reachable(without gone: Int?) -> [Bool] {
        var isReached = [Bool](repeating: false, count: process.nodes.count)
        var open = starts.filter { $0 != gone }
        for node in open { isReached[node] = true }
        while let node = open.popLast() {
            for flow in leaving[node] + borders[node].flatMap({ leaving[$0] }) where to[flow] != gone && !isReached[to[flow]] {
                isReached[to[flow]] = true
                open.append(to[flow])
            }
        }
        return isReached
    }
}
