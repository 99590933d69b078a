/// Columns of boxes and of the places where long lines pass, in bands and in rows.
struct BPMNColumns {
    /// What stands in a column: a box, or a line that passes.
    struct Item {
        /// The box, or -1.
        var node: Int
        var edge: Int
        var rank: Int
        var band: Int
        /// Within its band, from 0.
        var row = 0
        /// How far down it wants to be.
        var wish: Double
    }

    private(set) var items: [Item] = []
    /// By column the items, from the top.
    private(set) var columns: [[Int]]
    /// By edge the items it runs through from left to right, its boxes among them unless it runs back.
    private(set) var chains: [[Int]] = []
    /// By edge whether it runs back.
    private(set) var isBack: [Bool] = []
    /// By edge whether it is so long that it runs around everything.
    private(set) var isAround: [Bool] = []

    /// By edge the boxes it joins.
    private let ends: [BPMNLayoutGraph.Edge]

    /// So many places of lines are kept in order; longer lines run around everything.
    private static let mostPassing = 8_000

    init(_ graph: BPMNLayoutGraph, _ arrangement: BPMNArrangement, isOrdered: Bool) {
        let ranks = arrangement.ranks
        ends = graph.edges
        columns = Array(repeating: [], count: (ranks.max() ?? -1) + 1)
        for node in graph.widths.indices {
            items.append(Item(node: node, edge: -1, rank: ranks[node], band: graph.bands[node], wish: arrangement.heights[node]))
        }
        let spans = graph.edges.map { abs(ranks[$0.target] - ranks[$0.source]) }
        var longest = spans.max() ?? 0
        while longest > 2, spans.reduce(0, { $0 + ($1 <= longest ? $1 : 0) }) > Self.mostPassing { longest /= 2 }
        for (index, edge) in graph.edges.enumerated() {
            let back = ranks[edge.target] <= ranks[edge.source]
            let (left, right) = back ? (edge.target, edge.source) : (edge.source, edge.target)
            isBack.append(back)
            isAround.append(spans[index] > longest)
            if isAround[index] {
                chains.append([])
                continue
            }
            var chain = back ? [] : [left]
            let course = arrangement.courses[index]
            for rank in (ranks[left] + (back ? 0 : 1))..<(ranks[right] + (back ? 1 : 0)) {
                let place = rank - ranks[left] - 1
                var wish = (arrangement.heights[left] + arrangement.heights[right]) / 2
                if course.indices.contains(place) {
                    wish = course[place]
                } else if place < 0 {
                    wish = arrangement.heights[left] + 0.25
                } else {
                    wish = arrangement.heights[right] + 0.25
                }
                chain.append(items.count)
                items.append(Item(node: -1, edge: index, rank: rank, band: graph.bands[edge.source], wish: wish))
            }
            if !back { chain.append(right) }
            chains.append(chain)
        }
        for item in items.indices { columns[items[item].rank].append(item) }
        for rank in columns.indices {
            columns[rank].sort { (items[$0].band, items[$0].wish, $0) < (items[$1].band, items[$1].wish, $1) }
        }
        if !isOrdered { reduceCrossings() }
        setRows()
    }

    // MARK: Order

    private func links() -> [(left: Int, right: Int)] {
        chains.flatMap { chain in zip(chain, chain.dropFirst()).map { (left: $0, right: $1) } }
    }

    private mutating func reduceCrossings() {
        let links = links()
        var before = [[Int]](repeating: [], count: items.count)
        var after = before
        for link in links {
            before[link.right].append(link.left)
            after[link.left].append(link.right)
        }
        // Where a line that runs back meets its boxes, it wants to be beside them.
        var beside = [Int](repeating: -1, count: items.count)
        for (edge, chain) in chains.enumerated() where isBack[edge] {
            if let first = chain.first, let last = chain.last {
                beside[first] = ends[edge].target
                beside[last] = ends[edge].source
            }
        }
        var best = columns
        var fewest = crossings(links)
        var places = [Double](repeating: 0, count: items.count)
        func place(_ columns: [[Int]]) {
            for column in columns {
                for (row, item) in column.enumerated() { places[item] = Double(row) }
            }
        }
        place(columns)
        for sweep in 0..<12 {
            let neighbours = sweep % 2 == 0 ? before : after
            for rank in sweep % 2 == 0 ? Array(columns.indices) : columns.indices.reversed() {
                var means = [Int: Double]()
                for item in columns[rank] {
                    var wanted = neighbours[item].map { places[$0] }
                    if beside[item] >= 0 { wanted.append(places[beside[item]] + 0.5) }
                    means[item] = wanted.isEmpty ? places[item] : wanted.reduce(0, +) / Double(wanted.count)
                }
                columns[rank].sort { one, other in
                    (items[one].band, means[one] ?? 0, places[one]) < (items[other].band, means[other] ?? 0, places[other])
                }
                for (row, item) in columns[rank].enumerated() { places[item] = Double(row) }
            }
            let count = crossings(links)
            if count < fewest {
                fewest = count
                best = columns
            }
        }
        columns = best
    }

    /// How often lines cross between neighbouring columns.
    private func crossings(_ links: [(left: Int, right: Int)]) -> Int {
        var places = [Int](repeating: 0, count: items.count)
        for column in columns {
            for (row, item) in column.enumerated() { places[item] = row }
        }
        var between = [[(Int, Int)]](repeating: [], count: columns.count)
        for link in links { between[items[link.left].rank].append((places[link.left], places[link.right])) }
        var total = 0
        for pairs in between {
            let sorted = pairs.sorted { $0 < $1 }
            // Inversions of the right ends, counted in a tree of sums.
            let size = (sorted.map(\.1).max() ?? 0) + 2
            var tree = [Int](repeating: 0, count: size + 1)
            for (seen, pair) in sorted.enumerated() {
                var below = 0
                var index = pair.1 + 1
                while index > 0 {
                    below += tree[index]
                    index -= index & -index
                }
                total += seen - below
                index = pair.1 + 1
                while index <= size {
                    tree[index] += 1
                    index += index & -index
                }
            }
        }
        return total
    }

    /// Gives every item the row of its band that ``BPMNRows`` finds.
    private mutating func setRows() {
        let rows = BPMNRows(items: items, columns: columns, links: links()).rows
        for item in items.indices { items[item].row = rows[item] }
    }
}
