/// What has to be put in order for a drawing: boxes joined by lines, apart from what they stand for.
package struct BPMNLayoutGraph: Sendable, Equatable {
    /// The widths of the boxes, with the words beside them.
    package var widths: [Double]
    /// The heights of the boxes, with the words below them.
    package var heights: [Double]
    /// The band of each box, from 0: bands lie below one another.
    package var bands: [Int]
    /// The lines, from box to box; none from a box to itself.
    package var edges: [Edge]

    /// A line.
    package struct Edge: Sendable, Equatable {
        /// Where it leaves.
        package var source: Int
        /// Where it arrives.
        package var target: Int

        /// A line.
        package init(source: Int, target: Int) {
            self.source = source
            self.target = target
        }
    }

    /// Boxes and lines.
    package init(widths: [Double], heights: [Double], bands: [Int], edges: [Edge]) {
        self.widths = widths
        self.heights = heights
        self.bands = bands
        self.edges = edges
    }
}

/// In which column each box stands and in which order those of a column.
package struct BPMNArrangement: Sendable, Equatable {
    /// The column of each box, from 0. A line whose target is not further right than its source runs back.
    package var ranks: [Int]
    /// How far down each box wants to be; only the order counts.
    package var heights: [Double]
    /// By line, how far down it wants to pass each column between its boxes, from the left.
    package var courses: [[Double]]

    /// An arrangement.
    package init(ranks: [Int], heights: [Double], courses: [[Double]]) {
        self.ranks = ranks
        self.heights = heights
        self.courses = courses
    }

    /// An arrangement of our own: loops are found by depth-first search and left out of the ranking, a box stands one column right of its
    /// rightmost predecessor (longest path), and within a column by the mean place of its neighbours, to and fro as long as that saves
    /// crossings (Sugiyama, Tagawa, Toda: "Methods for visual understanding of hierarchical system structures", IEEE SMC 11, 1981).
    init(_ graph: BPMNLayoutGraph) {
        ranks = Self.ranks(graph)
        heights = ranks.indices.map(Double.init)
        courses = []
        courses = graph.edges.map { edge in
            let span = abs(ranks[edge.target] - ranks[edge.source])
            let (from, to) = (heights[edge.source], heights[edge.target])
            return (0..<max(0, span - 1)).map { from + (to - from) * Double($0 + 1) / Double(span) }
        }
    }

    private static func ranks(_ graph: BPMNLayoutGraph) -> [Int] {
        let count = graph.widths.count
        let isLoop = graph.loops
        var ranks = [Int](repeating: 0, count: count)
        var incoming = [Int](repeating: 0, count: count)
        var outgoing = [[Int]](repeating: [], count: count)
        for (edge, closes) in zip(graph.edges, isLoop) where !closes {
            incoming[edge.target] += 1
            outgoing[edge.source].append(edge.target)
        }
        var open = (0..<count).filter { incoming[$0] == 0 }
        var next = 0
        while next < open.count {
            let node = open[next]
            next += 1
            for target in outgoing[node] {
                ranks[target] = max(ranks[target], ranks[node] + 1)
                incoming[target] -= 1
                if incoming[target] == 0 { open.append(target) }
            }
        }
        return ranks
    }
}

extension BPMNLayoutGraph {
    /// Which edges close a loop, as a depth-first search from the boxes without incoming edges finds them.
    package var loops: [Bool] {
        let count = widths.count
        var outgoing = [[Int]](repeating: [], count: count)
        var incoming = [Int](repeating: 0, count: count)
        for (index, edge) in edges.enumerated() {
            outgoing[edge.source].append(index)
            incoming[edge.target] += 1
        }
        // 0 not seen, 1 on the path, 2 done.
        var state = [UInt8](repeating: 0, count: count)
        var isLoop = [Bool](repeating: false, count: edges.count)
        let order = (0..<count).filter { incoming[$0] == 0 } + (0..<count).filter { incoming[$0] > 0 }
        for root in order where state[root] == 0 {
            var path = [(node: root, next: 0)]
            state[root] = 1
            while let last = path.last {
                if last.next == outgoing[last.node].count {
                    state[last.node] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let edge = outgoing[last.node][last.next]
                let target = edges[edge].target
                if state[target] == 1 {
                    isLoop[edge] = true
                } else if state[target] == 0 {
                    state[target] = 1
                    path.append((target, 0))
                }
            }
        }
        return isLoop
    }
}
