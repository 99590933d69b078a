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

    // MARK: Rows

    /// Gives every item a row of its band, so that lines run straight where they can: by columns, to and fro, each column as near to the
    /// middle of its neighbours' rows as its order allows.
    private mutating func setRows() {
        var before = [[Int]](repeating: [], count: items.count)
        var after = before
        for link in links() where items[link.left].band == items[link.right].band {
            before[link.right].append(link.left)
            after[link.left].append(link.right)
        }
        for column in columns {
            var rows: [Int: Int] = [:]
            for item in column {
                items[item].row = rows[items[item].band, default: 0]
                rows[items[item].band, default: 0] += 1
            }
        }
        for sweep in 0..<9 {
            let isForward = sweep % 2 == 0
            for rank in isForward ? Array(columns.indices) : columns.indices.reversed() {
                settle(rank, isForward ? before : after)
            }
        }
        var used: [Int: Set<Int>] = [:]
        for item in items { used[item.band, default: []].insert(item.row) }
        let order = used.mapValues { rows in Dictionary(uniqueKeysWithValues: rows.sorted().enumerated().map { ($1, $0) }) }
        for item in items.indices { items[item].row = order[items[item].band]?[items[item].row] ?? 0 }
    }

    /// The rows of a column that are nearest to those wished: isotonic regression of rows less places in the sum of distances (pool adjacent
    /// violators with weighted medians; Stout: "Isotonic regression via partitioning", Algorithmica 66, 2013, §2).
    private mutating func settle(_ rank: Int, _ neighbours: [[Int]]) {
        struct Block {
            var wishes: [(value: Int, weight: Int)]
            var count: Int
            var level: Int
        }
        var start = 0
        let column = columns[rank]
        while start < column.count {
            var end = start
            while end < column.count, items[column[end]].band == items[column[start]].band { end += 1 }
            var blocks: [Block] = []
            for place in start..<end {
                let item = column[place]
                var wishes = neighbours[item].map { other -> (value: Int, weight: Int) in
                    let weight = (items[item].node < 0 ? 3 : 1) * (items[other].node < 0 ? 2 : 1)
                    return (items[other].row - (place - start), weight)
                }
                if wishes.isEmpty { wishes = [(items[item].row - (place - start), 1)] }
                var block = Block(wishes: wishes, count: 1, level: Self.median(wishes))
                while let last = blocks.last, last.level > block.level {
                    blocks.removeLast()
                    block.wishes = last.wishes + block.wishes
                    block.count += last.count
                    block.level = Self.median(block.wishes)
                }
                blocks.append(block)
            }
            var place = start
            for block in blocks {
                for _ in 0..<block.count {
                    items[column[place]].row = block.level + place - start
                    place += 1
                }
            }
            start = end
        }
    }

    private static func median(_ wishes: [(value: Int, weight: Int)]) -> Int {
        let sorted = wishes.sorted { $0 < $1 }
        let half = (sorted.reduce(0) { $0 + $1.weight } + 1) / 2
        var sum = 0
        for wish in sorted {
            sum += wish.weight
            if sum >= half { return wish.value }
        }
        return 0
    }
}
