/// Grows a tree question by question: columns are sorted once, a node reads the rows that are its own in that order.
struct DecisionTreeGrower {
    private typealias Column = DecisionTree.Column
    private let columns: [DecisionTree.Column]
    private let classes: [Int]
    private let count: Int
    private let rows: [Int]
    private let options: DecisionTree.Options
    /// Per column of numbers: the rows that have one, by value, then by row.
    private var order: [[Int]]
    /// Per row: the node that it has come to; −1 for rows that are not learnt from.
    private var home: [Int]

    init(_ columns: [DecisionTree.Column], _ classes: [Int], _ count: Int, _ rows: [Int], _ options: DecisionTree.Options) {
        self.columns = columns
        self.classes = classes
        self.count = count
        self.rows = rows
        self.options = options
        order = columns.map { column in
            guard case .numbers(let values) = column else { return [] }
            return rows.filter { !values[$0].isNaN }.sorted { (values[$0], $0) < (values[$1], $1) }
        }
        home = [Int](repeating: -1, count: classes.count)
        for row in rows { home[row] = 0 }
    }

    mutating func grow() -> [DecisionTree.Node] {
        var counts = [Int](repeating: 0, count: count)
        for row in rows { counts[classes[row]] += 1 }
        var nodes = [DecisionTree.Node(counts: counts)]
        var level = [0]
        for _ in 0..<options.deepest {
            var next: [Int] = []
            for place in level {
                guard nodes[place].errors > 0, let question = best(place, nodes[place].counts) else { continue }
                let (yes, no) = (nodes.count, nodes.count + 1)
                nodes[place].question = question
                nodes[place].yes = yes
                nodes[place].no = no
                nodes.append(DecisionTree.Node(counts: [Int](repeating: 0, count: count)))
                nodes.append(DecisionTree.Node(counts: [Int](repeating: 0, count: count)))
                for row in rows where home[row] == place {
                    home[row] = question.holds(row, columns) ? yes : no
                    nodes[home[row]].counts[classes[row]] += 1
                }
                next += [yes, no]
            }
            level = next
        }
        return nodes
    }

    /// A split that was looked at: what it comes to, and which side is told by the question.
    private struct Best {
        var score: Double
        var question: DecisionTree.Question?

        /// Takes a better one; on equal scores the earlier stays.
        mutating func offer(_ score: Double, _ question: @autoclosure () -> DecisionTree.Question) {
            if score > self.score + 1e-9 {
                self.score = score
                self.question = question()
            }
        }
    }

    /// The question that lowers the impurity of a node the most; nil where none does.
    private func best(_ place: Int, _ counts: [Int]) -> DecisionTree.Question? {
        let total = counts.reduce(0, +)
        // Σ count² ÷ size of both sides grows as Gini impurity falls.
        var best = Best(score: purity(counts, total))
        for (index, column) in columns.enumerated() {
            switch column {
            case .numbers(let values): numbers(index, values, place, counts, total, &best)
            case .levels(let values, let levels): self.levels(index, values, levels, place, counts, total, &best)
            }
        }
        return best.question
    }

    private func purity(_ counts: [Int], _ total: Int) -> Double {
        if total == 0 { return 0 }
        var sum = 0.0
        for count in counts { sum += Double(count) * Double(count) }
        return sum / Double(total)
    }

    /// The score of a split; nil where a side has too few rows.
    private func score(_ yes: [Int], _ size: Int, _ counts: [Int], _ total: Int) -> Double? {
        if size < options.leastLeaf || total - size < options.leastLeaf { return nil }
        var (own, other) = (0.0, 0.0)
        for (count, all) in zip(yes, counts) {
            own += Double(count) * Double(count)
            other += Double(all - count) * Double(all - count)
        }
        return own / Double(size) + other / Double(total - size)
    }

    private func numbers(_ index: Int, _ values: [Double], _ place: Int, _ counts: [Int], _ total: Int, _ best: inout Best) {
        let own = order[index].filter { home[$0] == place }
        if own.count < 2 { return }
        var known = [Int](repeating: 0, count: count)
        for row in own { known[classes[row]] += 1 }
        var below = [Int](repeating: 0, count: count)
        for position in 0..<own.count - 1 {
            below[classes[own[position]]] += 1
            let (low, high) = (values[own[position]], values[own[position + 1]])
            if low == high { continue }
            if own.count < total, let score = score(below, position + 1, counts, total) {
                best.offer(score, .isAtMost(column: index, RoundThreshold.between(low, high)))
            }
            let above = zip(known, below).map { $0 - $1 }
            if let score = score(above, own.count - position - 1, counts, total) {
                best.offer(score, .isAbove(column: index, RoundThreshold.between(low, high)))
            }
        }
    }

    private func levels(
        _ index: Int, _ values: [UInt32], _ levels: Int, _ place: Int, _ counts: [Int], _ total: Int, _ best: inout Best
    ) {
        var table = [Int](repeating: 0, count: levels * count)
        for row in rows where home[row] == place && values[row] != Column.missing { table[Int(values[row]) * count + classes[row]] += 1 }
        let sizes = (0..<levels).map { level in table[level * count..<(level + 1) * count].reduce(0, +) }
        let present = (0..<levels).filter { sizes[$0] > 0 }
        // Of two classes, some prefix of the levels in order of one's share is the best subset of all (Breiman et al. 1984, theorem 4.5).
        for own in 0..<(count == 2 ? 1 : count) {
            let ordered = present.sorted { left, right in
                let (one, other) = (table[left * count + own] * sizes[right], table[right * count + own] * sizes[left])
                return one != other ? one < other : left < right
            }
            for isBackward in [false, true] {
                var yes = [Int](repeating: 0, count: count)
                var size = 0
                var chosen: [UInt32] = []
                for level in (isBackward ? ordered.reversed() : ordered).prefix(options.mostLevels) {
                    for other in 0..<count { yes[other] += table[level * count + other] }
                    size += sizes[level]
                    chosen.append(UInt32(level))
                    if let score = score(yes, size, counts, total) { best.offer(score, .isOne(column: index, of: chosen.sorted())) }
                }
            }
        }
    }
}

/// Thresholds that people would choose.
enum RoundThreshold {
    /// The number with the fewest digits from one number up to below a greater one; of several the nearest to their middle.
    static func between(_ low: Double, _ high: Double) -> Double {
        let middle = low + (high - low) / 2
        if !middle.isFinite { return low }
        var unit = pow10(max(low.magnitude, high.magnitude).log10Floor + 1)
        for _ in 0..<17 {
            let below = tidy((middle / unit).rounded(.down) * unit, unit)
            let above = tidy((middle / unit).rounded(.up) * unit, unit)
            let fitting = [below, above].filter { $0 >= low && $0 < high }
            if let best = fitting.min(by: { ($0 - middle).magnitude < ($1 - middle).magnitude }) { return best }
            unit /= 10
        }
        return middle >= low && middle < high ? middle : low
    }

    /// A multiple of a power of ten as its nearest double.
    private static func tidy(_ value: Double, _ unit: Double) -> Double {
        unit < 1 ? (value * (1 / unit).rounded()).rounded() / (1 / unit).rounded() : value
    }

    private static func pow10(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent.magnitude { result *= 10 }
        return exponent < 0 ? 1 / result : result
    }
}

extension Double {
    /// The exponent of the greatest power of ten that is not above a positive number; 0 for 0.
    fileprivate var log10Floor: Int {
        if self == 0 { return 0 }
        var (exponent, power) = (0, 1.0)
        while power * 10 <= self && exponent < 308 {
            power *= 10
            exponent += 1
        }
        while power > self && exponent > -307 {
            power /= 10
            exponent -= 1
        }
        return exponent
    }
}
