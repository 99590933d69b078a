/// Rows for the items of columns whose order is set, so that long lines and the courses of a process run straight and rows are few.
///
/// Each item is aligned with the middle one of its neighbours to the left where no other alignment is crossed, lines that pass before boxes; what
/// is aligned stands in one row, the highest that its order allows (Brandes, Köpf: "Fast and simple horizontal coordinate assignment", GD
/// 2001, LNCS 2265, doi:10.1007/3-540-45848-4_3, the first of its four layouts, with rows for distances). Then rows sink towards their
/// neighbours where nothing is below them.
struct BPMNRows {
    /// By item its row within its band, from 0, without gaps.
    private(set) var rows: [Int]

    private let items: [BPMNColumns.Item]
    private let columns: [[Int]]
    private var before: [[Int]]
    private var after: [[Int]]
    /// By item the first one of those aligned with it.
    private var head: [Int]

    init(items: [BPMNColumns.Item], columns: [[Int]], links: [(left: Int, right: Int)]) {
        self.items = items
        self.columns = columns
        rows = [Int](repeating: 0, count: items.count)
        before = [[Int]](repeating: [], count: items.count)
        after = before
        head = Array(items.indices)
        for link in links where items[link.left].band == items[link.right].band {
            before[link.right].append(link.left)
            after[link.left].append(link.right)
        }
        align()
        let order = place()
        sink(order)
        close()
    }

    // MARK: Alignment

    private mutating func align() {
        var places = [Int](repeating: 0, count: items.count)
        for column in columns {
            for (place, item) in column.enumerated() { places[item] = place }
        }
        for column in columns.dropFirst() {
            // Lines that pass from column to column go first: what crosses one of them is not aligned.
            let passing = column.flatMap { right in
                before[right].filter { items[$0].node < 0 && items[right].node < 0 }.map { (left: places[$0], right: places[right]) }
            }
            var limit = -1
            for item in column {
                let near = before[item].sorted { places[$0] < places[$1] }
                if near.isEmpty { continue }
                for median in [(near.count - 1) / 2, near.count / 2] {
                    let other = near[median]
                    let isPassing = items[other].node < 0 && items[item].node < 0
                    let crosses = !isPassing && passing.contains { ($0.left - places[other]) * ($0.right - places[item]) < 0 }
                    if crosses || places[other] <= limit { continue }
                    head[item] = head[other]
                    limit = places[other]
                    break
                }
            }
        }
    }

    // MARK: Rows

    /// Which rows have to lie below others: by the heads of two items that stand one above the other.
    private func pairs() -> [(upper: Int, lower: Int)] {
        columns.flatMap { column in
            zip(column, column.dropFirst()).filter { items[$0].band == items[$1].band }.map { (upper: head[$0], lower: head[$1]) }
        }
    }

    /// Gives what is aligned the highest row that its order allows; the heads from the top.
    private mutating func place() -> [Int] {
        var below = [[Int]](repeating: [], count: items.count)
        var above = [Int](repeating: 0, count: items.count)
        for pair in pairs() {
            below[pair.upper].append(pair.lower)
            above[pair.lower] += 1
        }
        var order = items.indices.filter { head[$0] == $0 && above[$0] == 0 }
        var next = 0
        while next < order.count {
            let own = order[next]
            next += 1
            for lower in below[own] {
                rows[lower] = max(rows[lower], rows[own] + 1)
                above[lower] -= 1
                if above[lower] == 0 { order.append(lower) }
            }
        }
        precondition(order.count == items.indices.count { head[$0] == $0 }, "alignments do not cross")
        for item in items.indices { rows[item] = rows[head[item]] }
        return order
    }

    /// Lets rows sink towards the middle of their neighbours' rows, from the bottom, as far as the next below.
    private mutating func sink(_ order: [Int]) {
        var below = [[Int]](repeating: [], count: items.count)
        for pair in pairs() { below[pair.upper].append(pair.lower) }
        var members = [[Int]](repeating: [], count: items.count)
        for item in items.indices { members[head[item]].append(item) }
        var deepest: [Int: Int] = [:]
        for item in items.indices { deepest[items[item].band] = max(deepest[items[item].band] ?? 0, rows[item]) }
        for own in order.reversed() {
            let near = members[own].flatMap { before[$0] + after[$0] }.filter { head[$0] != own }.map { rows[$0] }.sorted()
            guard !near.isEmpty else { continue }
            let wish = near[(near.count - 1) / 2]
            let floor = below[own].map { rows[$0] - 1 }.min() ?? deepest[items[own].band] ?? 0
            let row = min(wish, floor)
            if row > rows[own] {
                for item in members[own] { rows[item] = row }
            }
        }
    }

    /// Leaves no row empty.
    private mutating func close() {
        var used: [Int: Set<Int>] = [:]
        for item in items.indices { used[items[item].band, default: []].insert(rows[item]) }
        let order = used.mapValues { rows in Dictionary(uniqueKeysWithValues: rows.sorted().enumerated().map { ($1, $0) }) }
        for item in items.indices { rows[item] = order[items[item].band]?[rows[item]] ?? 0 }
    }
}
