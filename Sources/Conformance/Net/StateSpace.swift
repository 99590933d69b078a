/// All reachable markings of a net, with the steps between them.
///
/// Built once per net where it is small enough; alignments, replay, precision and footprints then look steps up.
///
/// - Complexity: O(markings · transitions) to build.
struct StateSpace: Sendable {
    /// The markings; the initial one has number ``MarkingGraph/initial``.
    let graph: MarkingGraph
    /// Where the edges of each marking begin in ``transitions``, ``targets`` and ``labels``; one more than there are markings.
    let starts: [Int]
    /// Per edge: the transition that fires.
    let transitions: [UInt32]
    /// Per edge: the marking that it leads to.
    let targets: [UInt32]
    /// Per edge: the activity, or ``CheckedNet/silent``.
    let labels: [UInt32]
    /// Per marking: the fewest activities on a way to the final marking; ``unreachable`` where there is none.
    let toFinal: [Int]

    /// Stands for "no way" in ``toFinal``.
    static let unreachable = Int.max

    /// How many markings there are.
    var count: Int { starts.count - 1 }
    /// The number of the final marking.
    var final: Int { Int(graph.final) }
    /// Whether the net never holds two tokens on one place.
    let isSafe: Bool

    /// The markings of a net; nil where there are more than `limit`.
    init?(_ net: CheckedNet, limit: Int) {
        // Whether there are more markings than wanted.
        var isLarge = false
        func explored(_ lane: MarkingGraph.Lane) -> MarkingGraph? {
            guard var graph = MarkingGraph(net, lane: lane) else { return nil }
            var marking: UInt32 = 0
            while Int(marking) < graph.count {
                isLarge = graph.count > limit
                if isLarge || graph.hasOverflown { return nil }
                _ = graph.edges(from: marking)
                marking += 1
            }
            return graph.hasOverflown ? nil : graph
        }
        var graph = explored(.bit)
        isSafe = graph != nil
        if graph == nil && !isLarge { graph = explored(.count) }
        guard var graph else { return nil }
        var starts = [0]
        var transitions: [UInt32] = []
        var targets: [UInt32] = []
        for marking in 0..<UInt32(graph.count) {
            let range = graph.edges(from: marking)
            transitions.append(contentsOf: graph.edgeTransition[range])
            targets.append(contentsOf: graph.edgeTarget[range])
            starts.append(targets.count)
        }
        self.graph = graph
        self.starts = starts
        self.transitions = transitions
        self.targets = targets
        labels = transitions.map { net.labels[Int($0)] }
        toFinal = Self.distances(to: Int(graph.final), starts, targets, labels)
    }

    /// The edges of a marking.
    @inline(__always)
    func edges(of marking: Int) -> Range<Int> { starts[marking]..<starts[marking + 1] }

    /// The fewest activities from each marking to one, by breadth-first search against the edges with two queues (silent steps are free).
    private static func distances(to final: Int, _ starts: [Int], _ targets: [UInt32], _ labels: [UInt32]) -> [Int] {
        let count = starts.count - 1
        var into = [[(source: Int, cost: Int)]](repeating: [], count: count)
        for source in 0..<count {
            for edge in starts[source]..<starts[source + 1] {
                into[Int(targets[edge])].append((source, labels[edge] == CheckedNet.silent ? 0 : 1))
            }
        }
        var distance = [Int](repeating: unreachable, count: count)
        distance[final] = 0
        var level = [final]
        var cost = 0
        while !level.isEmpty {
            var next: [Int] = []
            var place = 0
            while place < level.count {
                let marking = level[place]
                place += 1
                if distance[marking] != cost { continue }
                for edge in into[marking] where distance[edge.source] > cost + edge.cost {
                    distance[edge.source] = cost + edge.cost
                    if edge.cost == 0 { level.append(edge.source) } else { next.append(edge.source) }
                }
            }
            level = next
            cost += 1
        }
        return distance
    }
}
