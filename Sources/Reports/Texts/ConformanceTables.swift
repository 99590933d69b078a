package import Conformance
import EventLogs
import ProcessModels
import Statistics

/// What comparing a log with a model or with rules found, as tables.
package struct ConformanceTables {
    private let language: Language

    /// Tables in one language.
    package init(_ language: Language) { self.language = language }

    /// Deviations by the time that goes with them.
    ///
    /// - Parameter isNarrow: whether a terminal has to hold it.
    package func deviations(_ model: ConformanceResult, isNarrow: Bool = false) -> Table {
        let columns = [
            Table.Column(language("what departs", "偏差"), key: "kind", .left),
            Table.Column(language("activity", "活动"), key: "activity", .left),
            Table.Column(language("cases", "案例"), key: "cases"), Table.Column(language("of all", "占比"), key: "share_of_cases"),
            Table.Column(language("times", "次数"), key: "instances"), Table.Column(language("variants", "流程变体"), key: "variants"),
            Table.Column(language("longer by", "延长"), key: "excess_s"),
            Table.Column(language("95 % interval", "95% 置信区间"), key: "excess_s_ci95", isInterval: true),
            Table.Column(language("in all", "合计"), key: "cost_s"),
            Table.Column(language("such as", "例如"), key: "examples", .left),
        ]
        let rows = model.deviations.map { item -> [Table.Cell] in
            [
                .words(kind(item.kind)), .name(item.activity), .count(item.cases), .share(item.shareOfCases), .count(item.instances),
                .count(item.variants), .seconds(item.excessS), .interval(item.excessCi95, .seconds), .seconds(item.costS),
                .list(item.examples),
            ]
        }
        func cut<Element>(_ list: [Element]) -> [Element] { isNarrow ? [0, 1, 2, 3, 6, 7, 8].map { list[$0] } : list }
        return Table(
            language("Deviations, by the time that goes with them", "偏差（按相关时间排序）"), columns: cut(columns), rows: rows.map { cut($0) })
    }

    private func kind(_ kind: Alignment.Kind) -> String {
        switch kind {
        case .inserted: language("not foreseen", "多出")
        case .skipped: language("left out", "缺少")
        case .synchronous, .silent: ""
        }
    }

    /// Activities that the net was not ready for, of token replay.
    package func unready(_ model: ConformanceResult) -> Table {
        Table(
            language("Activities that came unready", "未就绪即发生的活动"),
            columns: [
                Table.Column(language("activity", "活动"), key: "activity", .left), Table.Column(language("times", "次数"), key: "replayed"),
                Table.Column(language("of which unready", "其中未就绪"), key: "forced"),
            ],
            rows: (model.activities ?? []).map { [.name($0.name), .count($0.replayed), .count($0.forced)] })
    }

    /// Constraints and how far they are kept.
    ///
    /// - Parameter isNarrow: whether a terminal has to hold it; the most broken come first then.
    package func constraints(_ result: DeclareConformance, isNarrow: Bool = false) -> Table {
        let text = DeclareText(language)
        let columns = [
            Table.Column(language("constraint", "约束"), key: "sentence", .left),
            Table.Column(language("template", "模板"), key: "template", .left),
            Table.Column(language("speaks of", "涉及案例"), key: "activated"), Table.Column(language("kept", "遵守"), key: "satisfied"),
            Table.Column(language("broken", "违反"), key: "violated"), Table.Column(language("share kept", "遵守率"), key: "confidence"),
        ]
        let sorted = isNarrow ? result.constraints.sorted { $0.violated > $1.violated } : result.constraints
        let rows = sorted.map { item -> [Table.Cell] in
            [
                .name(text.sentence(item.template, item.activities)), .words(item.template.rawValue), .count(item.activated),
                .count(item.satisfied), .count(item.violated), .share(item.confidence),
            ]
        }
        func cut<Element>(_ list: [Element]) -> [Element] { isNarrow ? [0, 2, 4, 5].map { list[$0] } : list }
        return Table(language("Constraints, the most broken first", "约束（违反最多的在前）"), columns: cut(columns), rows: rows.map { cut($0) })
    }

    /// What of a log skeleton is broken, the most first.
    ///
    /// - Parameter isNarrow: whether a terminal has to hold it.
    package func skeleton(_ result: LogSkeletonConformance, isNarrow: Bool = false) -> Table {
        let text = LogSkeletonText(language)
        let columns = [
            Table.Column(language("what does not hold", "不成立的规律"), key: "sentence", .left),
            Table.Column(language("relation", "关系"), key: "relation", .left),
            Table.Column(language("activities", "活动"), key: "activities", .left), Table.Column(language("cases", "案例"), key: "cases"),
        ]
        let rows = result.deviations.map { item -> [Table.Cell] in
            [
                .name(text.broken(item.relation, item.activities)), .words(item.relation), .list(item.activities),
                .count(item.cases),
            ]
        }
        func cut<Element>(_ list: [Element]) -> [Element] { isNarrow ? [list[0], list[3]] : list }
        return Table(
            language("What is broken, in the most cases first", "违反情况（案例最多的在前）"), columns: cut(columns), rows: rows.map { cut($0) })
    }

    /// Pairs of activities whose times deviate from a temporal profile.
    package func times(_ result: TemporalConformance) -> Table {
        Table(
            language("Times that deviate, the most first", "偏离的时间（最多的在前）"),
            columns: [
                Table.Column(language("from", "从"), key: "source", .left), Table.Column(language("to", "到"), key: "target", .left),
                Table.Column(language("times", "次数"), key: "checked"), Table.Column(language("deviate", "偏离"), key: "deviating"),
                Table.Column(language("cases", "案例"), key: "cases"),
            ],
            rows: result.pairs.map { [.name($0.source), .name($0.target), .count($0.checked), .count($0.deviating), .count($0.cases)] })
    }

    /// Rules and how far they are kept.
    ///
    /// - Parameter isNarrow: whether a terminal has to hold it.
    package func rules(_ result: RulesConformance, isNarrow: Bool = false) -> Table {
        let columns = [
            Table.Column(language("rule", "规则"), key: "name", .left), Table.Column(language("demands", "要求"), key: "demand", .left),
            Table.Column(language("severity", "严重程度"), key: "severity", .left), Table.Column(language("cases", "案例"), key: "cases"),
            Table.Column(language("kept", "遵守"), key: "satisfied"), Table.Column(language("broken", "违反"), key: "violated"),
            Table.Column(language("not concerned", "不涉及"), key: "not_applicable"), Table.Column(language("unknown", "未知"), key: "unknown"),
            Table.Column(language("share kept", "遵守率"), key: "compliance"),
            Table.Column(language("over the limit", "超时合计"), key: "over_limit_total_s"),
        ]
        let rows = result.rules.map { rule -> [Table.Cell] in
            [
                .name(rule.name), .name(rule.demand), .words(rule.severity.rawValue), .count(rule.cases), .count(rule.satisfied),
                .count(rule.violated), .count(rule.notApplicable), .count(rule.unknown), .share(rule.compliance),
                .seconds(rule.overLimitTotalS),
            ]
        }
        func cut<Element>(_ list: [Element]) -> [Element] { isNarrow ? [0, 4, 5, 6, 7, 8].map { list[$0] } : list }
        return Table(language("Rules", "规则"), columns: cut(columns), rows: rows.map { cut($0) })
    }

    /// Every case of a comparison with a model; empty where cases were not listed.
    package func cases(_ model: ConformanceResult) -> Table {
        Table(
            language("Cases", "案例"),
            columns: caseColumns + [
                Table.Column(language("cost", "代价"), key: "cost"), Table.Column(language("at least", "至少"), key: "lower_bound"),
                Table.Column(language("variant", "流程变体"), key: "variant"), Table.Column(language("inserted", "多出"), key: "inserted", .left),
                Table.Column(language("skipped", "缺少"), key: "skipped", .left),
            ],
            rows: (model.cases ?? []).map { item in
                [
                    .name(item.case), .share(item.fitness), .count(item.cost), .count(item.lowerBound), .count(item.variant),
                    .list(item.inserted ?? []), .list(item.skipped ?? []),
                ]
            })
    }

    /// Every case of a comparison with constraints.
    package func cases(_ constraints: DeclareConformance) -> Table {
        Table(
            language("Cases", "案例"),
            columns: caseColumns + [
                Table.Column(language("speak", "涉及"), key: "activated"), Table.Column(language("broken", "违反"), key: "violated", .left),
            ],
            rows: constraints.cases.map { item in
                [.name(item.name), .share(item.fitness), .count(item.activated), .list(item.violated.map(String.init))]
            })
    }

    /// Every case of a comparison with a log skeleton.
    package func cases(_ skeleton: LogSkeletonConformance) -> Table {
        let text = LogSkeletonText(language)
        return Table(
            language("Cases", "案例"),
            columns: caseColumns + [Table.Column(language("broken", "违反"), key: "violated", .left)],
            rows: skeleton.cases.map { item in
                [.name(item.name), .share(item.fitness), .list(item.deviations.map { text.broken($0.relation, $0.activities) })]
            })
    }

    /// Every case of a comparison with a temporal profile.
    package func cases(_ times: TemporalConformance) -> Table {
        Table(
            language("Cases", "案例"),
            columns: caseColumns + [
                Table.Column(language("times", "次数"), key: "checked"), Table.Column(language("deviate", "偏离"), key: "deviating"),
            ],
            rows: times.cases.map { [.name($0.name), .share($0.fitness), .count($0.checked), .count($0.deviating)] })
    }

    /// Every case of a comparison with rules.
    package func cases(_ rules: RulesConformance) -> Table {
        Table(
            language("Cases", "案例"),
            columns: caseColumns + [
                Table.Column(language("kept", "遵守"), key: "satisfied"), Table.Column(language("broken", "违反"), key: "violated", .left),
                Table.Column(language("unknown", "未知"), key: "unknown"),
            ],
            rows: rules.cases.map { item in
                [
                    .name(item.name), .share(item.fitness), .count(item.satisfied), .list(item.violated.map { rules.rules[$0 - 1].name }),
                    .count(item.unknown),
                ]
            })
    }

    private var caseColumns: [Table.Column] {
        [Table.Column(language("case", "案例"), key: "case", .left), Table.Column(language("fitness", "拟合度"), key: "fitness")]
    }

    /// What a model says and the log shows, activity by activity.
    package func activities(_ gaps: SaidAndSeen) -> Table {
        Table(
            language("Said and seen, activity by activity", "模型与日志逐项对照"),
            columns: [
                Table.Column(language("activity", "活动"), key: "name", .left),
                Table.Column(language("how it fares", "结论"), key: "verdict", .left),
                Table.Column(language("as the model says", "符合模型"), key: "as_said"),
                Table.Column(language("not foreseen", "多出"), key: "inserted"), Table.Column(language("left out", "缺少"), key: "skipped"),
                Table.Column(language("cases", "案例"), key: "cases"),
            ],
            rows: gaps.activities.map { item in
                [
                    .name(item.name), .words(verdict(item.verdict)), .count(item.asSaid), .count(item.inserted), .count(item.skipped),
                    .count(item.cases),
                ]
            })
    }

    private func verdict(_ verdict: SaidAndSeen.Verdict) -> String {
        switch verdict {
        case .neverSeen: language("in the model, never seen", "模型中有，从未出现")
        case .neverSaid: language("seen, not in the model", "出现过，模型中没有")
        case .departs: language("departs", "有偏差")
        case .agrees: language("agrees", "一致")
        }
    }

    /// Pairs of activities that stand to each other otherwise in the log than in the model.
    package func footprints(_ comparison: FootprintComparison) -> Table {
        Table(
            language("Pairs that differ", "关系不同的活动对"),
            columns: [
                Table.Column(language("one", "甲"), key: "first", .left), Table.Column(language("other", "乙"), key: "second", .left),
                Table.Column(language("in the log", "日志中"), key: "log", .left),
                Table.Column(language("in the model", "模型中"), key: "model", .left),
            ],
            rows: comparison.differences.map { item in
                [.name(item.first), .name(item.second), .words(relation(item.log)), .words(relation(item.model))]
            })
    }

    private func relation(_ relation: Footprint.Relation) -> String {
        switch relation {
        case .before: language("one directly before the other", "甲直接先于乙")
        case .after: language("one directly after the other", "甲直接后于乙")
        case .parallel: language("in both orders", "两种次序都有")
        case .never: language("never side by side", "从不相邻")
        }
    }
}
