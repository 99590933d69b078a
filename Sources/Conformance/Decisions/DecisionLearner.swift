import EventLogs
import Statistics

/// Learns the rule of one choice and measures it in cases that it was not learnt from.
struct DecisionLearner {
    /// The folds of cross-validation.
    private static let folds = 5

    /// How many cases made the choice.
    let cases: Int
    private let log: EventLog
    private let moments: [DecisionFeatures.Moment]
    private let outcomes: [Int]
    private let count: Int
    private let options: DecisionOptions

    /// - Parameter moments: by position.
    init(_ log: EventLog, _ moments: [DecisionFeatures.Moment], _ outcomes: [Int], count: Int, _ options: DecisionOptions) {
        self.log = log
        self.moments = moments
        self.outcomes = outcomes
        self.count = count
        self.options = options
        cases = zip(moments, moments.dropFirst()).reduce(moments.isEmpty ? 0 : 1) { $0 + ($1.0.position != $1.1.position ? 1 : 0) }
    }

    /// - Parameters:
    ///   - names: per outcome the transition.
    ///   - next: per outcome what may follow.
    func learn(into result: inout DecisionMining.Choice, names: [String], next: (Int) -> [String]) {
        var counts = [Int](repeating: 0, count: count)
        for outcome in outcomes { counts[outcome] += 1 }
        result.outcomes = (0..<count).map {
            DecisionMining.Outcome(transition: names[$0], next: next($0), count: counts[$0], condition: nil, isDefault: false)
        }
        let others = outcomes.count - (counts.max() ?? 0)
        guard outcomes.count >= options.leastDecisions, others >= options.leastOthers else { return }
        result.verdict = .none
        let features = DecisionFeatures(log, moments)
        let columns = features.columns
        var (training, heldOut) = ([Int](), [Int]())
        var fold = [Int](repeating: 0, count: outcomes.count)
        let kept = min(1, Double(options.mostDecisions) / Double(outcomes.count))
        for row in outcomes.indices {
            // All decisions of a case go the same way, whatever else is in the log.
            var stream = RandomStream(seed: options.seed, path: 0xDE, UInt64(log.caseIDs[moments[row].position]))
            let (draw, sample) = (stream.unit(), stream.unit())
            fold[row] = stream.index(below: Self.folds)
            if sample >= kept { continue }
            if draw < options.heldOutShare { heldOut.append(row) } else { training.append(row) }
        }
        if training.isEmpty || heldOut.isEmpty { return }
        var growth = options.tree
        growth.leastLeaf = max(growth.leastLeaf, training.count / 50)
        let tree = DecisionTree(
            columns, classes: outcomes, count: count, rows: training, fold: fold, folds: Self.folds, options: growth)
        measure(tree, columns, heldOut, &result)
        let conditions = DecisionConditions(tree, features.features)
        for own in 0..<count { result.outcomes[own].condition = conditions.condition(of: own) }
        var seen: Set<Int> = []
        result.attributes = tree.nodes.compactMap(\.question?.column).filter { seen.insert($0).inserted }.map { features.features[$0].name }
        // The commonest way is what remains, where a value is missing too; a way that is never told has to be asked for.
        if result.outcomes.contains(where: { $0.condition != nil }) {
            let own = counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
            result.outcomes[own].isDefault = true
        }
    }

    private func measure(
        _ tree: DecisionTree, _ columns: [DecisionTree.Column], _ rows: [Int], _ result: inout DecisionMining.Choice
    ) {
        let commonest = tree.nodes[0].majority
        var (right, plain) = (0, 0)
        var gains: [Double] = []
        var (better, worse) = (0, 0)
        var start = 0
        while start < rows.count {
            var end = start
            var net = 0
            while end < rows.count && moments[rows[end]].position == moments[rows[start]].position {
                let (own, guess) = (tree.predict(rows[end], columns) == outcomes[rows[end]], commonest == outcomes[rows[end]])
                right += own ? 1 : 0
                plain += guess ? 1 : 0
                net += (own ? 1 : 0) - (guess ? 1 : 0)
                end += 1
            }
            gains.append(Double(net) / Double(end - start))
            if net > 0 { better += 1 }
            if net < 0 { worse += 1 }
            start = end
        }
        result.accuracy = Estimate.rate(successes: right, of: rows.count)
        result.baseline = Estimate.rate(successes: plain, of: rows.count)
        result.gain = Estimate.mean(of: gains)
        // As many better ones or more, were better and worse equally likely.
        let told = better + worse
        result.pValue = told == 0 ? 1 : Binomial(trials: told, probability: 0.5).cumulative(better - 1).more
    }
}
