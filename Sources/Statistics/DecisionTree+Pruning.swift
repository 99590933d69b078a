extension DecisionTree {
    /// The smallest subtree with the least cost: training errors as a share of all rows, plus `alpha` for every leaf (minimal cost-complexity
    /// pruning, Breiman et al. 1984, chapter 3).
    package func pruned(_ alpha: Double) -> DecisionTree {
        let total = Double(max(1, nodes[0].counts.reduce(0, +)))
        var isLeaf = nodes.map { $0.question == nil }
        var cost = nodes.map { Double($0.errors) / total + alpha }
        // Children stand behind their parents.
        for place in nodes.indices.reversed() where nodes[place].question != nil {
            let below = cost[nodes[place].yes] + cost[nodes[place].no]
            if cost[place] <= below + 1e-12 { isLeaf[place] = true } else { cost[place] = below }
        }
        var kept: [Node] = []
        _ = copy(0, isLeaf, &kept)
        return DecisionTree(nodes: kept)
    }

    private func copy(_ place: Int, _ isLeaf: [Bool], _ kept: inout [Node]) -> Int {
        let own = kept.count
        kept.append(Node(counts: nodes[place].counts))
        if isLeaf[place] { return own }
        kept[own].question = nodes[place].question
        let yes = copy(nodes[place].yes, isLeaf, &kept)
        let no = copy(nodes[place].no, isLeaf, &kept)
        kept[own].yes = yes
        kept[own].no = no
        return own
    }

    /// The values of `alpha` from which on a smaller subtree is the best, ascending from 0.
    var alphas: [Double] {
        var result = [0.0]
        var tree = pruned(0)
        while tree.nodes[0].question != nil {
            let total = Double(max(1, tree.nodes[0].counts.reduce(0, +)))
            var errors = tree.nodes.map { Double($0.errors) }
            var leaves = [Int](repeating: 1, count: tree.nodes.count)
            var weakest = Double.infinity
            for (place, node) in tree.nodes.enumerated().reversed() where node.question != nil {
                errors[place] = errors[node.yes] + errors[node.no]
                leaves[place] = leaves[node.yes] + leaves[node.no]
                weakest = min(weakest, (Double(node.errors) - errors[place]) / total / Double(leaves[place] - 1))
            }
            let alpha = max(weakest, result[result.count - 1])
            result.append(alpha)
            let smaller = tree.pruned(alpha + 1e-12)
            if smaller.nodes.count == tree.nodes.count { break }
            tree = smaller
        }
        return result
    }

    /// Grows a tree and prunes it to the size that cross-validation favours: the smallest whose error is within one standard error of the least
    /// (Breiman et al. 1984, section 3.4.3).
    ///
    /// - Parameters:
    ///   - fold: per row its fold, from 0, below `folds`; rows of one case belong in one fold.
    package init(
        _ columns: [Column], classes: [Int], count: Int, rows: [Int], fold: [Int], folds: Int, options: Options = Options()
    ) {
        let whole = DecisionTree(columns, classes: classes, count: count, rows: rows, options: options)
        let alphas = whole.alphas
        if alphas.count < 2 || rows.count < 2 * folds {
            self = whole.pruned(rows.count < 2 * folds ? .infinity : 0)
            return
        }
        // Between two values the subtree is the same: each interval is represented by its geometric middle.
        let middles = alphas.indices.map { $0 + 1 < alphas.count ? (alphas[$0] * alphas[$0 + 1]).squareRoot() : alphas[$0] * 2 + 1e-9 }
        var errors = [Int](repeating: 0, count: middles.count)
        for own in 0..<folds {
            let training = rows.filter { fold[$0] != own }
            let left = rows.filter { fold[$0] == own }
            if training.isEmpty || left.isEmpty { continue }
            let tree = DecisionTree(columns, classes: classes, count: count, rows: training, options: options)
            for (place, alpha) in middles.enumerated() {
                errors[place] += left.count - tree.pruned(alpha).hits(left, columns, classes: classes)
            }
        }
        let least = Double(errors.min() ?? 0) / Double(rows.count)
        let slack = (least * (1 - least) / Double(rows.count)).squareRoot()
        let chosen = errors.lastIndex { Double($0) / Double(rows.count) <= least + slack } ?? 0
        self = whole.pruned(middles[chosen])
    }
}
