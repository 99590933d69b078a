import EventLogs
import Statistics

/// The conditions that a tree comes to, in the words of the filter language.
struct DecisionConditions {
    private let tree: DecisionTree
    private let features: [DecisionFeatures.Feature]

    init(_ tree: DecisionTree, _ features: [DecisionFeatures.Feature]) {
        self.tree = tree
        self.features = features
    }

    /// When the tree says a class; nil where it never does. A tree without questions has nothing to say.
    func condition(of own: Int) -> String? {
        let paths = tree.leaves.filter { $0.node.majority == own && !$0.path.isEmpty }.map { text($0.path) }
        if paths.isEmpty { return nil }
        return paths.count == 1 ? paths[0] : paths.map { $0.contains(" and ") ? "(\($0))" : $0 }.joined(separator: " or ")
    }

    /// The questions of a path, each column's bounds only where no later one is narrower.
    private func text(_ path: [(question: DecisionTree.Question, answer: Bool)]) -> String {
        var kept: [(question: DecisionTree.Question, answer: Bool)] = []
        for step in path {
            kept.removeAll { isWider($0, than: step) }
            kept.append(step)
        }
        return kept.map { text($0.question, $0.answer) }.joined(separator: " and ")
    }

    private func isWider(
        _ one: (question: DecisionTree.Question, answer: Bool), than other: (question: DecisionTree.Question, answer: Bool)
    ) -> Bool {
        if one.question.column != other.question.column || one.answer != other.answer { return false }
        switch (one.question, other.question) {
        case (.isAbove(_, let low), .isAbove(_, let high)): return one.answer ? low <= high : low >= high
        case (.isAtMost(_, let high), .isAtMost(_, let low)): return one.answer ? low <= high : low >= high
        case (.isOne(_, let all), .isOne(_, let some)):
            return one.answer ? Set(some).isSubset(of: all) : Set(all).isSubset(of: some)
        default: return false
        }
    }

    private func text(_ question: DecisionTree.Question, _ answer: Bool) -> String {
        let feature = features[question.column]
        let isPlain = answer || !feature.hasMissing
        switch question {
        case .isAbove(_, let threshold):
            return isPlain
                ? "\(feature.name) \(answer ? ">" : "<=") \(Self.number(threshold))" : "not \(feature.name) > \(Self.number(threshold))"
        case .isAtMost(_, let threshold):
            return isPlain
                ? "\(feature.name) \(answer ? "<=" : ">") \(Self.number(threshold))" : "not \(feature.name) <= \(Self.number(threshold))"
        case .isOne(_, let levels):
            if let only = levels.first, levels.count == 1 {
                let value = feature.levels[Int(only)]
                return isPlain ? "\(feature.name) \(answer ? "==" : "!=") \(value)" : "not \(feature.name) == \(value)"
            }
            let list = levels.map { feature.levels[Int($0)] }.joined(separator: ", ")
            return "\(answer ? "" : "not ")\(feature.name) in (\(list))"
        }
    }

    /// A number in digits, without an exponent where that can be.
    private static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
    }
}
