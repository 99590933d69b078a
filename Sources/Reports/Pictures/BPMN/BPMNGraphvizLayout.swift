import Foundation
package import ProcessModels

/// Lays BPMN models out by Graphviz: `dot` says in which columns nodes stand, from left to right, in which order in a column and how long
/// lines pass between them; lanes, pools, corners and words are drawn around that by ``BPMNLayout``.
package struct BPMNGraphvizLayout: Sendable {
    /// The way to run Graphviz.
    package var graphviz: Graphviz
    /// With more lines than this a process is laid out without Graphviz, which would take its time for what nobody can follow by eye.
    package var mostLines: Int

    /// A layout by Graphviz.
    package init(graphviz: Graphviz = Graphviz(), mostLines: Int = 800) {
        self.graphviz = graphviz
        self.mostLines = mostLines
    }

    /// The model with new diagrams; where Graphviz is missing or fails, those that are laid out without it.
    package func laidOut(_ model: BPMNModel) -> BPMNModel {
        model.laidOut { arrange($0) }
    }

    /// The columns and the order of boxes as `dot` puts them; nil where it does not answer.
    ///
    /// The graph is laid out from top to bottom, with widths and heights exchanged: so the answer is read as one from left to right.
    func arrange(_ graph: BPMNLayoutGraph) -> BPMNArrangement? {
        if graph.widths.count < 3 || graph.edges.count > mostLines { return nil }
        let nodes = zip(graph.widths, graph.heights).map { MapLayout.Node(width: $1, height: $0) }
        // What closes a loop runs back: the other lines weigh more.
        let edges = zip(graph.edges, graph.loops).map { edge, isLoop in
            MapLayout.Edge(
                source: edge.source, target: edge.target, weight: isLoop ? 1 : 2, lineWidth: 1, labelWidth: 0, labelHeight: 0)
        }
        guard let layout = try? MapLayout(nodes, edges, with: graphviz) else { return nil }
        let ranks = Self.ranks(layout.centres.map(\.y))
        let levels = Self.levels(layout.centres.map(\.y), ranks)
        let courses = zip(graph.edges, layout.courses).map { edge, course -> [Double] in
            let (low, high) = (min(ranks[edge.source], ranks[edge.target]), max(ranks[edge.source], ranks[edge.target]))
            guard high - low > 1 else { return [] }
            return (low + 1..<high).map { Self.across(course, at: levels[$0]) }
        }
        return BPMNArrangement(ranks: ranks, heights: layout.centres.map(\.x), courses: courses)
    }

    /// Boxes at the same height stand in the same rank.
    private static func ranks(_ heights: [Double]) -> [Int] {
        var ranks = [Int](repeating: 0, count: heights.count)
        var rank = -1
        var last = -Double.infinity
        for index in heights.indices.sorted(by: { (heights[$0], $0) < (heights[$1], $1) }) {
            if heights[index] - last > 2 { rank += 1 }
            last = heights[index]
            ranks[index] = rank
        }
        return ranks
    }

    private static func levels(_ heights: [Double], _ ranks: [Int]) -> [Double] {
        var levels = [Double](repeating: 0, count: (ranks.max() ?? -1) + 1)
        for (height, rank) in zip(heights, ranks) { levels[rank] = height }
        return levels
    }

    /// Where a curve passes a height: between the two of its points that lie next to it.
    private static func across(_ course: MapLayout.Course, at height: Double) -> Double {
        let points = course.samples
        for (a, b) in zip(points, points.dropFirst()) where min(a.y, b.y) <= height && height <= max(a.y, b.y) {
            return a.y == b.y ? a.x : a.x + (b.x - a.x) * (height - a.y) / (b.y - a.y)
        }
        return points.min { abs($0.y - height) < abs($1.y - height) }?.x ?? 0
    }
}
