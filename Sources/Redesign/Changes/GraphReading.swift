import Simulation

/// What a graph says about the order of activities.
extension FlowGraph {
    /// The activity of a node.
    func activity(at node: Int) -> Int? {
        if case .activity(let activity) = nodes[node].action { return activity }
        return nil
    }

    /// The nodes of an activity.
    func nodes(of activity: Int) -> [Int] { nodes.indices.filter { self.activity(at: $0) == activity } }

    /// How many arcs lead to each node.
    var incoming: [Int] {
        var counts = [Int](repeating: 0, count: nodes.count)
        for node in nodes {
            for arc in node.arcs { counts[arc.target] += 1 }
        }
        return counts
    }

    /// The activities after which the node may come with no activity between.
    func activitiesBefore(_ node: Int) -> Set<Int> {
        var sources = [[Int]](repeating: [], count: nodes.count)
        for (place, own) in nodes.enumerated() {
            for arc in own.arcs { sources[arc.target].append(place) }
        }
        var found: Set<Int> = []
        var seen: Set<Int> = []
        var open = sources[node]
        while let next = open.popLast() {
            if let activity = activity(at: next) {
                found.insert(activity)
            } else if seen.insert(next).inserted {
                open += sources[next]
            }
        }
        return found
    }

    /// The nodes with activities that may be reached from a node, itself included, with no activity between; and whether the end may.
    func reachedSilently(from node: Int) -> (nodes: Set<Int>, end: Bool) {
        var found: Set<Int> = []
        var seen: Set<Int> = []
        var reachesEnd = false
        var open = [node]
        while let next = open.popLast() {
            if activity(at: next) != nil {
                found.insert(next)
                continue
            }
            if !seen.insert(next).inserted { continue }
            let own = nodes[next]
            if own.arcs.isEmpty { reachesEnd = true }
            for arc in own.arcs where own.split == .all || own.arcs.count == 1 || arc.probability > 0 { open.append(arc.target) }
        }
        return (found, reachesEnd)
    }

    /// Whether a case may end without having done anything.
    var mayDoNothing: Bool { starts.contains { reachedSilently(from: $0).end } }
}
