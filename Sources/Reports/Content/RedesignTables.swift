package import Redesign
package import Simulation
import Statistics

/// The tables and sentences of a redesign.
package struct RedesignTables: Sendable {
    /// What the plan would gain.
    let redesign: RedesignResult
    /// How far to believe it.
    let backtest: Backtest
    /// The name of the log.
    let log: String
    /// The name of the plan's file.
    let plan: String
    /// What the flow to be shows of each change; nil where none was asked for.
    let flow: [RedesignedFlow.Shown]?
    private let language: Language

    /// The tables and sentences in one language.
    package init(
        _ redesign: RedesignResult, backtest: Backtest, flow: [RedesignedFlow.Shown]? = nil, log: String, plan: String, _ language: Language
    ) {
        self.flow = flow
        self.redesign = redesign
        self.backtest = backtest
        self.log = log
        self.plan = plan
        self.language = language
    }

    /// What was run, in a line.
    package var headline: String {
        let humane = Humane(language)
        let cases = humane.count(redesign.cases)
        let runs = humane.count(redesign.replications)
        var parts = [
            language("\(log) with \(plan)", "\(log) 配 \(plan)"),
            language("\(cases) \(redesign.cases == 1 ? "case" : "cases") × \(runs) replications", "\(cases) 个案例 × 重复运行 \(runs) 次"),
        ]
        if redesign.warmUpCases > 0 {
            let count = humane.count(redesign.warmUpCases)
            parts.append(language("\(count) before them to warm up", "之前预热 \(count) 个"))
        }
        return parts.joined(separator: " · ")
    }

    /// How far to believe the figures.
    package var trust: String { BacktestText(language).sentence(backtest) }

    /// What shared random numbers are worth, where that is known.
    package var pairing: String? {
        guard let factor = redesign.varianceReduction else { return nil }
        let shown = Humane(language).number(factor, decimals: factor < 10 ? 1 : 0)
        return language(
            "Variance reduction by shared random numbers, mean cycle time: \(shown) × (1 × is what independent runs have).",
            "共用随机数带来的方差缩减（平均周期时间）：\(shown) 倍（独立运行为 1 倍）。")
    }

    /// The figures as they are and as they would be.
    package var figures: Table {
        Table(
            language("What the plan would gain", "方案的预期收益"),
            columns: [
                Table.Column("", key: "kpi", .left), Table.Column(language("as is", "现状"), key: "baseline"),
                Table.Column(language("to be", "目标方案"), key: "redesigned"), Table.Column(language("change", "变化"), key: "change_relative"),
                Table.Column(language("95 % interval", "95% 置信区间"), key: "change_relative_ci95", isInterval: true),
                Table.Column(language("verdict", "结论"), key: "verdict", .left),
            ],
            rows: redesign.delta.filter { $0.baseline != nil || $0.redesigned != nil }.map { delta -> [Table.Cell] in
                let text = KPIText(delta.kpi, unit: delta.unit, language)
                return [
                    .words(text.name), text.cell(delta.baseline), text.cell(delta.redesigned), .change(delta.changeRelative),
                    .interval(delta.changeRelativeCi95, .change), verdict(delta.verdict),
                ]
            })
    }

    private func verdict(_ verdict: RedesignResult.Delta.Verdict?) -> Table.Cell {
        switch verdict {
        case .better: .words(language("better", "更好"), tone: .better)
        case .worse: .words(language("worse", "更差"), tone: .worse)
        case .noDifference: .words(language("no difference", "未发现差异"))
        case nil: .words(nil)
        }
    }

    /// How the goals stand; nil where the plan has none.
    package var goals: Table? {
        if redesign.goals.isEmpty { return nil }
        return Table(
            language("Goals", "目标"),
            columns: [
                Table.Column(language("figure", "指标"), key: "kpi", .left), Table.Column(language("goal", "目标"), key: "goal", .left),
                Table.Column(language("verdict", "结论"), key: "verdict", .left),
            ],
            rows: redesign.goals.map { goal in
                let unit = redesign.delta.first { $0.kpi == goal.kpi }?.unit ?? ""
                let isChange = goal.goal.hasPrefix("change ")
                let bound = goal.goal.split(separator: " ").dropFirst().joined(separator: " ")
                return [
                    .words(KPIText(goal.kpi, unit: unit, language).name),
                    .words(isChange ? language("change \(bound)", "变化 \(bound)") : bound),
                    verdict(goal.verdict),
                ]
            })
    }

    private func verdict(_ verdict: PlanGoal.Verdict) -> Table.Cell {
        switch verdict {
        case .pass: .words(language("met", "达成"), tone: .better)
        case .fail: .words(language("missed", "未达成"), tone: .worse)
        case .unsure: .words(language("not certain", "不确定"), tone: .warning)
        }
    }

    /// What each change contributes to the mean cycle time; nil where there are fewer than two.
    package var credit: Table? {
        let kpi = "cycle_time.mean"
        let shares = redesign.credit.filter { $0.kpi == kpi }
        if shares.count < 2 { return nil }
        return Table(
            language("Saved of the mean cycle time, by change", "各项变更节省的平均周期时间"),
            columns: [
                Table.Column("", key: "change"), Table.Column(language("change", "变更"), key: "text", .left),
                Table.Column(language("saves", "节省"), key: "gain"),
                Table.Column(language("95 % interval", "95% 置信区间"), key: "gain_ci95", isInterval: true),
            ],
            rows: shares.map { share in
                let text = redesign.changes.indices.contains(share.change - 1) ? redesign.changes[share.change - 1] : ""
                return [.count(share.change), .name(text), .seconds(share.gain), .interval(share.gainCi95, .seconds)]
            })
    }

    /// What of each change the flow to be shows, and what stands in words only; nil where no flow was asked for.
    package var flowShown: Table? {
        guard let flow, !flow.isEmpty else { return nil }
        let words = Words(language)
        return Table(
            words.flowShownTable,
            columns: [
                Table.Column("", key: "change"), Table.Column(language("change", "变更"), key: "text", .left),
                Table.Column(language("drawn", "图示"), key: "drawn", .left),
                Table.Column(language("in words only", "仅文字说明"), key: "in_words", .left),
            ],
            rows: flow.map { item in
                let text = redesign.changes.indices.contains(item.change - 1) ? redesign.changes[item.change - 1] : ""
                return [
                    .count(item.change), .name(text), .words(item.isDrawn ? words.yes : words.no),
                    item.inWords.isEmpty ? .words(nil) : .list(item.inWords),
                ]
            })
    }

    /// The use of each role before and after.
    package var roles: Table {
        Table(
            language("Roles", "角色"),
            columns: [
                Table.Column("", key: "role", .left), Table.Column(language("people", "人数"), key: "resources"),
                Table.Column(language("to be", "目标方案"), key: "resources_redesigned"),
                Table.Column(language("utilization", "利用率"), key: "utilization"),
                Table.Column(language("to be", "目标方案"), key: "utilization_redesigned"),
            ],
            rows: redesign.roles.map { role in
                [
                    .name(role.name), .count(role.resources), .count(role.resourcesRedesigned), .share(role.utilization),
                    .share(role.utilizationRedesigned),
                ]
            })
    }

    /// The figures for programs.
    package var machineTable: Table {
        let keys = [
            "baseline", "redesigned", "change_absolute", "change_absolute_ci95", "change_relative", "change_relative_ci95",
            "variance_reduction",
        ]
        var columns = ["kpi", "unit"].map { Table.Column($0, key: $0, .left) }
        columns += keys.map { Table.Column($0, key: $0, isInterval: $0.hasSuffix("_ci95")) }
        columns.append(Table.Column("verdict", key: "verdict", .left))
        return Table(
            "", columns: columns,
            rows: redesign.delta.map { delta in
                [
                    .words(delta.kpi), .words(delta.unit), .number(delta.baseline), .number(delta.redesigned),
                    .number(delta.changeAbsolute),
                    .interval(delta.changeAbsoluteCi95, .number), .number(delta.changeRelative),
                    .interval(delta.changeRelativeCi95, .number), .number(delta.varianceReduction),
                    Table.Cell.words(delta.verdict?.rawValue),
                ]
            })
    }

    /// All of it for notes and tickets.
    package var markdown: String {
        var parts = [InertText.markdown(headline) + "\n", trust + "\n", figures.markdown(language)]
        if let goals { parts.append(goals.markdown(language)) }
        if let credit { parts.append(credit.markdown(language)) }
        parts.append(roles.markdown(language))
        if let flowShown { parts.append(flowShown.markdown(language)) }
        if let pairing { parts.append(pairing + "\n") }
        return parts.joined(separator: "\n")
    }
}
