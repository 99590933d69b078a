/// The graph of what followed what, without memory: tasks and exclusive gateways with the observed shares.
enum MemorylessFlow {
    /// The graph of some cases of a log, each with its weight.
    ///
    /// Nodes are `start`, `end`, one `task N` per activity, and one `gateway N` behind each task (`gateway 0` behind the start) that has
    /// several successors.
    static func graph(_ work: ObservedWork, cases: [(range: Range<Int>, weight: Double)]) -> FlowGraph {
        let n = work.activityNames.count
        // Row n stands for the start, column n for the end.
        var flows = [Double](repeating: 0, count: (n + 1) * (n + 1))
        for (range, weight) in cases {
            var last = n
            for row in range {
                flows[last * (n + 1) + work.activity[row]] += weight
                last = work.activity[row]
            }
            if last != n { flows[last * (n + 1) + n] += weight }
        }
        var nodes = [FlowGraph.Node(id: "start"), FlowGraph.Node(id: "end")]
        for activity in 0..<n { nodes.append(FlowGraph.Node(id: "task \(activity + 1)", action: .activity(activity))) }
        for source in 0...n {
            let row = flows[source * (n + 1)..<(source + 1) * (n + 1)]
            let total = row.reduce(0, +)
            if total == 0 { continue }
            let arcs = (0...n).compactMap { target -> FlowGraph.Arc? in
                let weight = flows[source * (n + 1) + target]
                if weight == 0 { return nil }
                return FlowGraph.Arc(target: target == n ? 1 : 2 + target, probability: weight / total)
            }
            let place = source == n ? 0 : 2 + source
            if arcs.count == 1 {
                nodes[place].arcs = [FlowGraph.Arc(target: arcs[0].target)]
            } else {
                nodes[place].arcs = [FlowGraph.Arc(target: nodes.count)]
                nodes.append(FlowGraph.Node(id: "gateway \(source == n ? 0 : source + 1)", split: .one, arcs: arcs))
            }
        }
        return FlowGraph(nodes: nodes, starts: [0])
    }
}
