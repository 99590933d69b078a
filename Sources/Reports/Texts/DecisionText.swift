package import Conformance
package import ProcessModels
import Statistics

/// What was found at the choices of a process, as tables and in words.
package struct DecisionText: Sendable {
    private let words: Words
    private let language: Language

    /// The words of a language.
    package init(_ language: Language) {
        self.language = language
        words = Words(language)
    }

    /// The ways of choices at which a rule was found, with their conditions.
    package func conditions(_ found: [DecisionMining.Choice]) -> Table {
        Table(
            language("Which way when", "何时走哪条路"),
            columns: [
                next, when, Table.Column(language("times", "次数"), key: "count"), Table.Column(language("right in", "准确率"), key: "accuracy"),
                Table.Column(language("guessing", "猜测基准"), key: "baseline"),
            ],
            rows: found.flatMap { choice in
                choice.outcomes.map { outcome in
                    [
                        way(outcome), condition(outcome), .count(outcome.count), .share(choice.accuracy?.value),
                        .share(choice.baseline?.value),
                    ]
                }
            })
    }

    /// All choices of a process: after what, which ways, when, how well that is told, and what became of it. The choices where a rule was found
    /// come first, each way of theirs in a row; the others have one row each.
    package func choices(_ mining: DecisionMining, in process: BPMNModel.Process) -> Table {
        let order = mining.choices.filter { $0.verdict == .found } + mining.choices.filter { $0.verdict != .found }
        return Table(
            words.choicesTable,
            columns: [
                Table.Column(language("after", "之后"), key: "after", .left), next, when,
                Table.Column(language("taken", "次数"), key: "count"), Table.Column(language("decisions", "决策数"), key: "decisions"),
                Table.Column(language("right in", "准确率"), key: "accuracy"),
                Table.Column(language("95 % interval", "95% 置信区间"), key: "accuracy_ci95", isInterval: true),
                Table.Column(language("commonest way", "最常见路径"), key: "baseline"),
                Table.Column(language("verdict", "结论"), key: "verdict", .left),
            ],
            rows: order.flatMap { choice -> [[Table.Cell]] in
                let after = Table.Cell.list(names(process.previous(before: choice.gateway ?? "")))
                let measured: [Table.Cell] = [
                    .count(choice.decisions), .share(choice.accuracy?.value), .interval(choice.accuracy?.ci95, .share),
                    .share(choice.baseline?.value), verdict(choice),
                ]
                if choice.verdict == .found {
                    return choice.outcomes.map { [after, way($0), condition($0), .count($0.count)] + measured }
                }
                let ways = choice.outcomes.map { $0.next.first ?? words.endOfCase }
                return [[after, .list(ways), .words(nil), .words(nil)] + measured]
            })
    }

    /// What was seen at a choice, for the documentation of its gateway.
    package func sentence(_ choice: DecisionMining.Choice) -> String {
        let all = max(1, choice.outcomes.reduce(0) { $0 + $1.count })
        let ways = choice.outcomes.map { outcome in
            "\(outcome.next.prefix(3).joined(separator: " / ").nonEmpty ?? words.endOfCase) "
                + words.humane.share(Double(outcome.count) / Double(all))
        }
        return words.choiceSeen(choice, ways.joined(separator: words.listComma))
    }

    private var next: Table.Column { Table.Column(language("next", "下一步"), key: "next", .left) }
    private var when: Table.Column { Table.Column(language("when", "条件"), key: "condition", .left) }

    private func way(_ outcome: DecisionMining.Outcome) -> Table.Cell {
        outcome.next.isEmpty ? .words(words.endOfCase) : .list(Array(outcome.next.prefix(3)))
    }

    private func condition(_ outcome: DecisionMining.Outcome) -> Table.Cell {
        if outcome.isDefault { return .words(language("else", "否则")) }
        return outcome.condition.map { .code($0) } ?? .words(language("(never told)", "（无法判断）"))
    }

    private func verdict(_ choice: DecisionMining.Choice) -> Table.Cell {
        switch choice.verdict {
        case .found: .words(words.ruleFound, tone: .better)
        case .none: .words(words.noRule)
        case .insufficient: .words(words.tooFewDecisions, tone: .warning)
        }
    }

    private func names(_ nodes: [BPMNModel.Node]) -> [String] {
        nodes.map { $0.isTask ? $0.name ?? $0.id : words.startOfCase }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
