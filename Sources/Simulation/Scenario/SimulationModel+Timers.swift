extension SimulationModel {
    /// The model with the delays before its activities as timers on the ways that lead to them: for files that know no other waiting.
    ///
    /// A way along which tokens of several activities come has the delay of an activity that follows none of them in particular. Timers
    /// run around the clock where the file knows no hours for them; here they keep their calendars.
    ///
    /// - Precondition: the flow is a graph.
    package func withTimers() -> SimulationModel {
        guard case .graph(var graph) = flow else { preconditionFailure("timers need a graph") }
        var result = self
        var sources = [[Int]](repeating: [], count: graph.nodes.count)
        for (place, node) in graph.nodes.enumerated() {
            for arc in node.arcs { sources[arc.target].append(place) }
        }
        for source in graph.nodes.indices {
            for arc in graph.nodes[source].arcs.indices {
                let target = graph.nodes[source].arcs[arc].target
                guard case .activity(let activity) = graph.nodes[target].action else { continue }
                let before = Self.activities(at: source, graph, sources)
                guard let delay = activities[activity].delay(after: before), delay.distribution != .fixed(0) else { continue }
                graph.nodes[source].arcs[arc].target = graph.nodes.count
                graph.nodes.append(
                    FlowGraph.Node(
                        id: "timer \(source + 1) \(target + 1)", action: .timer(delay), arcs: [FlowGraph.Arc(target: target)]))
            }
        }
        for activity in result.activities.indices {
            result.activities[activity].delay = nil
            result.activities[activity].delaysAfter = []
        }
        result.flow = .graph(graph)
        return result
    }

    /// The activities whose tokens may leave a node: its own, else those before it; nil stands for the start.
    private static func activities(at node: Int, _ graph: FlowGraph, _ sources: [[Int]]) -> Set<Int?> {
        var found: Set<Int?> = []
        var seen: Set<Int> = []
        var open = [node]
        while let next = open.popLast() {
            if case .activity(let activity) = graph.nodes[next].action {
                found.insert(activity)
                continue
            }
            if !seen.insert(next).inserted { continue }
            if graph.starts.contains(next) { found.insert(nil) }
            open += sources[next]
        }
        return found
    }
}

extension SimulationActivity {
    /// The delay after any of some activities; nil among them stands for none before.
    fileprivate func delay(after before: Set<Int?>) -> Delay? {
        guard before.count == 1, let only = before.first, let previous = only else { return delay }
        return delaysAfter.first { $0.activity == previous }?.delay ?? delay
    }
}
