/// Where the nodes of a process stand in a drawing: in columns along the flow, so that most flows run to the right.
///
/// Loops are found by depth-first search and left out of the ranking; a node stands one column right of its rightmost predecessor
/// (longest path), and within a column by the mean place of its neighbours, a few times to and fro (Sugiyama, Tagawa, Toda: "Methods
/// for visual understanding of hierarchical system structures", IEEE SMC 11, 1981).
struct BPMNLayout {
    /// A rectangle of the drawing.
    struct Box: Equatable {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
    }

    /// By node, in the order of the process.
    private(set) var boxes: [Box] = []
    /// By flow, in the order of the process: the corners it runs through.
    private(set) var routes: [[(x: Int, y: Int)]] = []

    private static let columnWidth = 160
    private static let rowHeight = 120
    private static let margin = 60

    /// A layout that lies below `top`.
    init(_ process: BPMNModel.Process, top: Int) {
        var places: [String: Int] = [:]
        for (place, node) in process.nodes.enumerated() { places[node.id] = place }
        let edges = process.flows.compactMap { flow -> (Int, Int)? in
            guard let source = places[flow.source], let target = places[flow.target] else { return nil }
            return (source, target)
        }
        let count = process.nodes.count
        let forward = Self.withoutLoops(edges, count)
        let ranks = Self.ranks(forward, count)
        let rows = Self.rows(forward, ranks, count)
        boxes = (0..<count).map { place in
            let size = Self.size(process.nodes[place])
            return Box(
                x: Self.margin + ranks[place] * Self.columnWidth + (100 - size.width) / 2,
                y: top + Self.margin + rows[place] * Self.rowHeight + (80 - size.height) / 2, width: size.width, height: size.height)
        }
        let bottom = top + Self.margin + ((rows.max() ?? 0) + 1) * Self.rowHeight
        var loops = 0
        routes = edges.map { source, target in
            if ranks[target] > ranks[source] { return Self.ahead(boxes[source], boxes[target]) }
            loops += 1
            return Self.back(boxes[source], boxes[target], below: bottom + loops * 12)
        }
    }

    /// The lower edge of everything.
    var bottom: Int {
        let lowest = boxes.map { $0.y + $0.height }.max() ?? 0
        return max(lowest, routes.flatMap { $0 }.map(\.y).max() ?? 0)
    }

    private static func size(_ node: BPMNModel.Node) -> (width: Int, height: Int) {
        switch node.kind {
        case .task: (100, 80)
        case .startEvent, .endEvent, .catchEvent, .throwEvent, .boundaryEvent: (36, 36)
        default: (50, 50)
        }
    }

    /// The edges but those that close a loop.
    private static func withoutLoops(_ edges: [(Int, Int)], _ count: Int) -> [(Int, Int)] {
        var outgoing = [[Int]](repeating: [], count: count)
        var incoming = [Int](repeating: 0, count: count)
        for (index, edge) in edges.enumerated() {
            outgoing[edge.0].append(index)
            incoming[edge.1] += 1
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
                let target = edges[edge].1
                if state[target] == 1 {
                    isLoop[edge] = true
                } else if state[target] == 0 {
                    state[target] = 1
                    path.append((target, 0))
                }
            }
        }
        return edges.indices.filter { !isLoop[$0] }.map { edges[$0] }
    }

    private static func ranks(_ edges: [(Int, Int)], _ count: Int) -> [Int] {
        var ranks = [Int](repeating: 0, count: count)
        var incoming = [Int](repeating: 0, count: count)
        var outgoing = [[Int]](repeating: [], count: count)
        for edge in edges {
            incoming[edge.1] += 1
            outgoing[edge.0].append(edge.1)
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

    private static func rows(_ edges: [(Int, Int)], _ ranks: [Int], _ count: Int) -> [Int] {
        var columns = [[Int]](repeating: [], count: (ranks.max() ?? -1) + 1)
        for node in 0..<count { columns[ranks[node]].append(node) }
        var rows = [Int](repeating: 0, count: count)
        for column in columns {
            for (row, node) in column.enumerated() { rows[node] = row }
        }
        var before = [[Int]](repeating: [], count: count)
        var after = before
        for edge in edges {
            before[edge.1].append(edge.0)
            after[edge.0].append(edge.1)
        }
        for sweep in 0..<6 {
            let neighbours = sweep % 2 == 0 ? before : after
            let order = sweep % 2 == 0 ? Array(columns.indices) : columns.indices.reversed()
            for column in order {
                let means = columns[column].map { node -> Double in
                    let own = neighbours[node]
                    return own.isEmpty ? Double(rows[node]) : Double(own.reduce(0) { $0 + rows[$1] }) / Double(own.count)
                }
                let sorted = columns[column].indices.sorted { (means[$0], $0) < (means[$1], $1) }
                columns[column] = sorted.map { columns[column][$0] }
                for (row, node) in columns[column].enumerated() { rows[node] = row }
            }
        }
        return rows
    }

    private static func ahead(_ source: Box, _ target: Box) -> [(x: Int, y: Int)] {
        let start = (x: source.x + source.width, y: source.y + source.height / 2)
        let end = (x: target.x, y: target.y + target.height / 2)
        if start.y == end.y { return [start, end] }
        let middle = end.x - 24
        return [start, (middle, start.y), (middle, end.y), end]
    }

    private static func back(_ source: Box, _ target: Box, below: Int) -> [(x: Int, y: Int)] {
        let start = (x: source.x + source.width / 2, y: source.y + source.height)
        let end = (x: target.x + target.width / 2, y: target.y + target.height)
        return [start, (start.x, below), (end.x, below), end]
    }
}

extension BPMNLayout {
    /// The drawings of a model.
    static func diagrams(of model: BPMNModel) -> [BPMNDiagram] {
        var top = 0
        return model.processes.enumerated().map { index, process in
            let layout = BPMNLayout(process, top: top)
            top = layout.bottom
            let number = index + 1
            return BPMNDiagram(
                id: "diagram_\(number)", plane: process.id, planeID: "plane_\(number)",
                shapes: zip(process.nodes, layout.boxes).enumerated().map { place, pair in
                    let box = pair.1
                    return .init(
                        id: "shape_\(number)_\(place + 1)", element: pair.0.id,
                        box: .init(x: Double(box.x), y: Double(box.y), width: Double(box.width), height: Double(box.height)))
                },
                edges: zip(process.flows, layout.routes).enumerated().map { place, pair in
                    .init(
                        id: "edge_\(number)_\(place + 1)", element: pair.0.id,
                        points: pair.1.map { .init(x: Double($0.x), y: Double($0.y)) })
                })
        }
    }
}
