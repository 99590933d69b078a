import Statistics
import Testing

@Suite struct DecisionTreeTests {
    private func stream(_ seed: UInt64) -> RandomStream { RandomStream(seed: seed, path: 0xDEC) }

    @Test("A planted rule of two questions is learnt with round thresholds, and told rightly where it was not learnt")
    func planted() {
        var stream = stream(1)
        let amounts = (0..<2_000).map { _ in (stream.unit() * 1_000_000).rounded() / 100 }
        let vendors = (0..<2_000).map { _ in UInt32(stream.index(below: 6)) }
        let noise = (0..<2_000).map { _ in stream.normal() }
        let classes = zip(amounts, vendors).map { $0 > 5_000 && $1 == 2 ? 1 : 0 }
        let columns: [DecisionTree.Column] = [.numbers(noise), .numbers(amounts), .levels(vendors, count: 6)]
        let fold = (0..<2_000).map { $0 % 5 }
        let tree = DecisionTree(columns, classes: classes, count: 2, rows: Array(0..<1_400), fold: fold, folds: 5)
        #expect(tree.leaves.count == 3)
        #expect(tree.hits(Array(1_400..<2_000), columns, classes: classes) >= 598)
        let paths = tree.leaves.filter { $0.node.majority == 1 }.map(\.path)
        #expect(paths.count == 1 && Set(paths[0].map(\.question.column)) == [1, 2])
        for (question, answer) in paths[0] {
            if case .isAbove(_, let threshold) = question { #expect(answer && abs(threshold - 5_000) < 40) }
            if case .isOne(_, let levels) = question { #expect(answer && levels == [2]) }
        }
    }

    @Test("The first question is the best of all there are", arguments: [UInt64(3), 4, 5, 6])
    func bestQuestion(seed: UInt64) throws {
        var stream = stream(seed)
        let count = 60
        let classes = (0..<count).map { _ in stream.index(below: 2) }
        let numbers = (0..<count).map { _ in stream.index(below: 12) == 0 ? Double.nan : Double(stream.index(below: 10)) }
        let levels = (0..<count).map { _ in stream.index(below: 12) == 0 ? DecisionTree.Column.missing : UInt32(stream.index(below: 5)) }
        let columns: [DecisionTree.Column] = [.numbers(numbers), .levels(levels, count: 5)]
        var options = DecisionTree.Options()
        options.deepest = 1
        options.leastLeaf = 5
        let tree = DecisionTree(columns, classes: classes, count: 2, rows: Array(0..<count), options: options)
        func impurity(_ holds: (Int) -> Bool) -> Double? {
            var (sides, sizes) = ([[0, 0], [0, 0]], [0, 0])
            for row in 0..<count {
                let side = holds(row) ? 1 : 0
                sides[side][classes[row]] += 1
                sizes[side] += 1
            }
            if sizes.min()! < 5 { return nil }
            return (0..<2).reduce(0) { sum, side in
                sum + Double(sizes[side]) - sides[side].reduce(0) { $0 + Double($1 * $1) } / Double(sizes[side])
            }
        }
        var questions: [DecisionTree.Question] = (0..<10).flatMap { value in
            [.isAbove(column: 0, Double(value)), .isAtMost(column: 0, Double(value))] as [DecisionTree.Question]
        }
        for set in 1..<31 { questions.append(.isOne(column: 1, of: (0..<5).filter { set >> $0 & 1 == 1 }.map(UInt32.init))) }
        let best = questions.compactMap { question in impurity { question.holds($0, columns) } }.min()
        let question = try #require(tree.nodes[0].question)
        let own = try #require(impurity { question.holds($0, columns) })
        #expect(abs(own - (try #require(best))) < 1e-9)
    }

    @Test("Where nothing is to be learnt, pruning leaves one leaf nearly always")
    func noise() {
        var grown = 0
        for seed in 0..<20 {
            var stream = stream(UInt64(100 + seed))
            let columns: [DecisionTree.Column] = (0..<4).map { _ in .numbers((0..<200).map { _ in stream.normal() }) }
            let classes = (0..<200).map { _ in stream.index(below: 3) == 0 ? 1 : 0 }
            let fold = (0..<200).map { $0 % 5 }
            let tree = DecisionTree(columns, classes: classes, count: 2, rows: Array(0..<200), fold: fold, folds: 5)
            if tree.nodes.count > 1 { grown += 1 }
        }
        #expect(grown <= 4)
    }

    @Test("Of all subtrees, the pruned one costs the least, and more is pruned at a higher price")
    func pruning() {
        var stream = stream(7)
        let columns: [DecisionTree.Column] = (0..<3).map { _ in .numbers((0..<200).map { _ in stream.unit() }) }
        guard case .numbers(let first) = columns[0] else { return }
        let classes = first.map { $0 > 0.4 ? stream.index(below: 4) == 0 ? 0 : 1 : 0 }
        var options = DecisionTree.Options()
        options.leastLeaf = 5
        let tree = DecisionTree(columns, classes: classes, count: 2, rows: Array(0..<200), options: options)
        func cost(_ tree: DecisionTree, _ alpha: Double) -> Double {
            tree.leaves.reduce(0) { $0 + Double($1.node.errors) / 200 + alpha }
        }
        var sizes: [Int] = []
        for alpha in [0, 0.001, 0.005, 0.01, 0.05, 0.3, 1] {
            let pruned = tree.pruned(alpha)
            sizes.append(pruned.leaves.count)
            // Every other price makes a subtree too: none of them is cheaper at this one.
            for other in stride(from: 0.0, to: 1, by: 0.01) { #expect(cost(pruned, alpha) <= cost(tree.pruned(other), alpha) + 1e-9) }
        }
        #expect(sizes == sizes.sorted(by: >) && sizes.first! > sizes.last! && sizes.last == 1)
    }

    @Test("A missing value answers no")
    func missing() {
        let values = (0..<100).map { $0 < 50 ? Double($0) : .nan }
        let classes = (0..<100).map { $0 < 30 ? 1 : 0 }
        let tree = DecisionTree([.numbers(values)], classes: classes, count: 2, rows: Array(0..<100))
        #expect(tree.nodes[0].question == .isAtMost(column: 0, 29))
        #expect(tree.predict(99, [.numbers(values)]) == 0)
    }

    @Test("A threshold between two numbers has as few digits as can be")
    func thresholds() {
        for (low, high, expected) in [
            (4_987.13, 5_012.4, 5_000.0), (4_999.3, 5_000.0, 4_999.6), (0.12, 0.31, 0.2), (-3.0, 4.0, 0.0), (29.0, 30.0, 29.0),
        ] {
            let values = [low, high].flatMap { Array(repeating: $0, count: 30) }
            let classes = [0, 1].flatMap { Array(repeating: $0, count: 30) }
            let tree = DecisionTree([.numbers(values)], classes: classes, count: 2, rows: Array(0..<60))
            guard case .isAbove(_, let threshold) = tree.nodes[0].question else {
                Issue.record("there is a question")
                continue
            }
            #expect(threshold == expected && threshold >= low && threshold < high)
        }
    }
}
