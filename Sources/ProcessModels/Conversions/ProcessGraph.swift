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
    /// By inclusive gateway that joins, the node that parts what it joins, and by way out of that the way into the gateway.
    private var partners: [Int: (node: Int, ends: [Int])] = [:]

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
        let dominators = dominators()
        for (join, node) in process.nodes.enumerated() where node.kind == .inclusiveGateway && entering[join].count > 1 {
            guard let parting = dominators[join], let ends = ends(from: parting, to: join), ends.count == entering[join].count else {
                continue
            }
            partners[join] = (parting, ends)
        }
    }

    /// Takes inclusive gateways for alone.
    mutating func unpair() { partners = [:] }

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
    func partner(of join: Int) -> Int? { partners[join]?.node }

    /// Of a node that sends along some of its ways, the ways into the inclusive gateway where they meet, in the order of its ways out; nil where
    /// they do not meet so.
    func meeting(_ split: Int) -> [Int]? {
        partners.filter { $0.value.node == split && $0.key != split }.min { $0.key < $1.key }?.value.ends
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

    /// By node, the last other one that every path to it goes through; nil for those where cases begin and those that are not reached
    /// (Cooper, Harvey, Kennedy: "A simple, fast dominance algorithm", Rice University TR-06-33870, 2001).
    private func dominators() -> [Int?] {
        // The root before all beginnings has the number of the nodes.
        let root = process.nodes.count
        let next = process.nodes.indices.map { node in (leaving[node] + borders[node].flatMap { leaving[$0] }).map { to[$0] } } + [starts]
        var rank = [Int](repeating: -1, count: root + 1)
        var order: [Int] = []
        var path = [(node: root, next: 0)]
        var isSeen = [Bool](repeating: false, count: root + 1)
        isSeen[root] = true
        while let last = path.last {
            if last.next == next[last.node].count {
                rank[last.node] = order.count
                order.append(last.node)
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let node = next[last.node][last.next]
            if !isSeen[node] {
                isSeen[node] = true
                path.append((node, 0))
            }
        }
        var before = [[Int]](repeating: [], count: root + 1)
        for node in order { for other in next[node] { before[other].append(node) } }
        var result = [Int?](repeating: nil, count: root + 1)
        result[root] = root
        var isChanged = true
        while isChanged {
            isChanged = false
            for node in order.reversed() where node != root {
                var own: Int?
                for var other in before[node] where result[other] != nil {
                    guard var known = own else {
                        own = other
                        continue
                    }
                    while known != other {
                        while rank[known] < rank[other] { known = result[known] ?? root }
                        while rank[other] < rank[known] { other = result[other] ?? root }
                    }
                    own = known
                }
                if result[node] != own {
                    result[node] = own
                    isChanged = true
                }
            }
        }
        return process.nodes.indices.map { result[$0] == root ? nil : result[$0] }
    }
}
