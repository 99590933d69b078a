import Foundation

/// A directed graph of boxes laid out from top to bottom by Graphviz, from sizes alone: no font is asked.
///
/// Paths that would close a circle are turned around for the layout (the rarest of a circle first, greedily by weight), so that
/// the frequent course runs downwards; what comes back is in their own direction.
struct MapLayout {
    /// A box.
    struct Node: Equatable {
        var width: Double
        var height: Double
        /// Whether it is the first or the last row's.
        var place: Place = .any
    }

    /// Where a box has to be.
    enum Place: Equatable {
        case any
        case first
        case last
    }

    /// An arrow.
    struct Edge: Equatable {
        var source: Int
        var target: Int
        /// The greater, the straighter.
        var weight: Int
        /// The line's width in pixels.
        var lineWidth: Double
        /// The size of its label; 0 × 0 for none.
        var labelWidth: Double
        var labelHeight: Double
    }

    /// A point, y downwards.
    struct Point: Equatable {
        var x: Double
        var y: Double
    }

    /// The course of an arrow: a start, then triples of two control points and an end; then the tip of its head.
    struct Course: Equatable {
        var points: [Point]
        var tip: Point
        /// The middle of its label.
        var label: Point?
    }

    /// The size of the drawing.
    let width: Double
    let height: Double
    /// The middles of the boxes.
    let centres: [Point]
    /// The courses of the arrows.
    let courses: [Course]

    /// Lays out a graph.
    init(_ nodes: [Node], _ edges: [Edge], with graphviz: Graphviz) throws(Graphviz.Failure) {
        let isBack = Self.backEdges(nodes.count, edges)
        let answer = try graphviz.run(Self.dot(nodes, edges, isBack), format: "json0")
        guard let output = try? JSONDecoder().decode(Output.self, from: answer), let parsed = Self.parse(output, nodes, edges, isBack)
        else { throw .failed(status: 0, message: "\(graphviz.executable) answered with a layout that cannot be read") }
        (width, height, centres, courses) = parsed
    }

    /// Which edges run against the rest, so that the others form no circle: each edge in the order of falling weight is kept
    /// unless it closes one.
    static func backEdges(_ nodes: Int, _ edges: [Edge]) -> [Bool] {
        var following = [[Int]](repeating: [], count: nodes)
        var isBack = [Bool](repeating: false, count: edges.count)
        let order = edges.indices.sorted { (-edges[$0].weight, $0) < (-edges[$1].weight, $1) }
        for index in order where edges[index].source != edges[index].target {
            if reaches(edges[index].target, edges[index].source, following) {
                isBack[index] = true
            } else {
                following[edges[index].source].append(edges[index].target)
            }
        }
        return isBack
    }

    private static func reaches(_ from: Int, _ goal: Int, _ following: [[Int]]) -> Bool {
        var seen = [Bool](repeating: false, count: following.count)
        var open = [from]
        seen[from] = true
        while let node = open.popLast() {
            if node == goal { return true }
            for next in following[node] where !seen[next] {
                seen[next] = true
                open.append(next)
            }
        }
        return false
    }

    /// The graph in the DOT language: sizes in inches of 72 pixels, labels as empty tables of a fixed size.
    static func dot(_ nodes: [Node], _ edges: [Edge], _ isBack: [Bool]) -> String {
        var text = "digraph {\n"
        text += "graph [rankdir=TB,nodesep=0.3,ranksep=0.32,splines=true,margin=0,pad=0];\n"
        text += "node [shape=box,label=\"\",fixedsize=true];\n"
        for (index, node) in nodes.enumerated() {
            text += "n\(index) [width=\(inches(node.width)),height=\(inches(node.height))];\n"
            if node.place == .first { text += "{rank=source;n\(index)}\n" }
            if node.place == .last { text += "{rank=sink;n\(index)}\n" }
        }
        let greatest = max(edges.map(\.weight).max() ?? 1, 1)
        for (index, edge) in edges.enumerated() {
            let (tail, head) = isBack[index] ? (edge.target, edge.source) : (edge.source, edge.target)
            var attributes = ["id=\"\(index)\"", "arrowsize=\(thousandths(0.7 + edge.lineWidth / 14))"]
            if isBack[index] { attributes.append("dir=back") }
            attributes.append("weight=\(isBack[index] ? 0 : 1 + 20 * edge.weight / greatest)")
            if edge.labelWidth > 0 {
                let size = "width=\"\(Int(edge.labelWidth.rounded(.up)))\" height=\"\(Int(edge.labelHeight.rounded(.up)))\""
                attributes.append(
                    "label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\"><tr><td fixedsize=\"true\" \(size)></td>"
                        + "</tr></table>>")
            }
            text += "n\(tail) -> n\(head) [\(attributes.joined(separator: ","))];\n"
        }
        return text + "}\n"
    }

    private static func inches(_ pixels: Double) -> String {
        thousandths((pixels / 72 * 1_000).rounded(.up) / 1_000)
    }

    private static func thousandths(_ value: Double) -> String {
        let whole = Int((value * 1_000).rounded())
        let rest = String(whole % 1_000)
        return "\(whole / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }

    private struct Output: Decodable {
        struct Object: Decodable {
            var name: String
            var pos: String?
        }
        struct Edge: Decodable {
            var id: String?
            var pos: String?
            var lp: String?
        }
        var bb: String
        var objects: [Object]?
        var edges: [Edge]?
    }

    private static func parse(
        _ output: Output, _ nodes: [Node], _ edges: [Edge], _ isBack: [Bool]
    ) -> (width: Double, height: Double, centres: [Point], courses: [Course])? {
        let box = numbers(output.bb)
        guard box.count == 4 else { return nil }
        let (left, bottom, right, top) = (box[0], box[1], box[2], box[3])
        func point(_ text: some StringProtocol) -> Point? {
            let parts = numbers(text)
            return parts.count == 2 ? Point(x: parts[0] - left, y: top - parts[1]) : nil
        }
        var centres = [Point?](repeating: nil, count: nodes.count)
        for object in output.objects ?? [] {
            guard object.name.hasPrefix("n"), let index = Int(object.name.dropFirst()), nodes.indices.contains(index) else { continue }
            centres[index] = object.pos.flatMap { point($0) }
        }
        var courses = [Course?](repeating: nil, count: edges.count)
        for edge in output.edges ?? [] {
            guard let index = edge.id.flatMap({ Int($0) }), edges.indices.contains(index), let pos = edge.pos else { continue }
            var points: [Point] = []
            var tip: Point?
            for word in pos.split(separator: " ") {
                if word.hasPrefix("e,") || word.hasPrefix("s,") {
                    tip = point(word.dropFirst(2))
                } else if let next = point(word) {
                    points.append(next)
                }
            }
            guard points.count >= 4, points.count % 3 == 1 else { return nil }
            if isBack[index] { points.reverse() }
            courses[index] = Course(points: points, tip: tip ?? points[points.count - 1], label: edge.lp.flatMap { point($0) })
        }
        guard !centres.contains(nil), !courses.contains(nil) else { return nil }
        return (right - left, top - bottom, centres.compactMap { $0 }, courses.compactMap { $0 })
    }

    private static func numbers(_ text: some StringProtocol) -> [Double] {
        let parts = text.split(separator: ",").map { Double($0) }
        return parts.contains(nil) ? [] : parts.compactMap { $0 }.filter { $0.isFinite && $0.magnitude < 1e7 }
    }
}
