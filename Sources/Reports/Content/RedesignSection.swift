import Indicators
import Redesign
import Simulation
import Statistics

extension ReportBuilder {
    private var forecast: RedesignResult? { input.redesign?.result }

    /// The figure that stands for the plan: the median cycle time.
    private var mainForecast: RedesignResult.Delta? { forecast?.delta.first { $0.kpi == "cycle_time.median" } }

    /// The forecast shown large, where no log tells what came.
    var forecastHeadline: ReportDocument.Headline? {
        guard let redesign = input.redesign, let delta = mainForecast, delta.changeRelative != nil else { return nil }
        let text = KPIText(delta.kpi, unit: delta.unit, words.language)
        let isTrusted = redesign.backtest.trusted
        let interval = delta.changeRelativeCi95.map { "  " + words.changes($0.low, $0.high) } ?? ""
        let figure = delta.verdict == .noDifference ? words.noDifference + interval : words.change(delta.changeRelative) + interval
        return ReportDocument.Headline(
            label: words.forecastLabel(
                text.name, plan: redesign.plan.name ?? redesign.plan.fileName, before: text.value(delta.baseline),
                after: text.value(delta.redesigned)),
            figure: figure, tone: isTrusted ? Self.tone(delta.verdict) : .warning,
            basis: words.forecastBasis(cases: redesign.result.cases, replications: redesign.result.replications, isTrusted: isTrusted))
    }

    private static func tone(_ verdict: RedesignResult.Delta.Verdict?) -> Table.Tone {
        switch verdict {
        case .better: .better
        case .worse: .worse
        case .noDifference, nil: .plain
        }
    }

    /// The forecast as a finding, where the large figure is what came.
    var forecastCandidate: Candidate? {
        guard input.comparison != nil, let redesign = input.redesign, let delta = mainForecast, let change = delta.changeRelative else {
            return nil
        }
        let text = KPIText(delta.kpi, unit: delta.unit, words.language)
        let came = input.comparison?.kpis.first { $0.id == delta.kpi }?.changeRelative
        let interval = words.changes(delta.changeRelativeCi95?.low, delta.changeRelativeCi95?.high)
        return Candidate(
            weight: 95,
            finding: .init(
                sentence: words.forecastFinding(
                    plan: words.planPhrase(redesign.plan.name), kpi: text.phrase, change: change, interval: interval,
                    came: came.map { words.change($0) }, isTrusted: redesign.backtest.trusted),
                basis: words.forecastFindingBasis(cases: redesign.result.cases, replications: redesign.result.replications),
                picture: pictures.miniForecast(delta, text), section: "redesign", cases: nil))
    }

    /// What the plan would gain, and how far to believe it.
    var redesignSection: ReportDocument.Section? {
        guard let redesign = input.redesign, let main = mainForecast else { return nil }
        let result = redesign.result
        let isTrusted = redesign.backtest.trusted
        let text = KPIText(main.kpi, unit: main.unit, words.language)
        let tables = RedesignTables(
            result, backtest: redesign.backtest, flow: redesign.flow?.shown, log: input.before.name, plan: redesign.plan.fileName,
            words.language)
        var blocks: [ReportDocument.Block] = []
        if main.changeRelative != nil {
            blocks.append(
                .paragraph(
                    words.forecastReading(
                        text.name, asIs: text.value(main.baseline), toBe: text.value(main.redesigned),
                        change: words.change(main.changeRelative),
                        interval: words.changes(main.changeRelativeCi95?.low, main.changeRelativeCi95?.high), cases: result.cases,
                        replications: result.replications, warmUp: result.warmUpCases)))
        }
        blocks.append(.paragraph(Prose(tables.trust)))
        blocks.append(.paragraph(words.planNamed(redesign.plan.name, file: redesign.plan.fileName)))
        blocks.append(.points(redesign.plan.changes.map(words.planned)))
        if !result.cycleTimes.baselineS.isEmpty && !result.cycleTimes.redesignedS.isEmpty {
            let caption = words.forecastDistributionsCaption
            blocks.append(.figure(.init(svg: pictures.forecast(result, main, caption), caption: caption, data: [])))
        }
        blocks.append(.table(tables.figures))
        let caption = words.forecastIntervalsCaption(isTrusted: isTrusted)
        blocks.append(
            .figure(.init(svg: pictures.forecasts(result.delta, isTrusted: isTrusted, caption), caption: caption, data: [])))
        for table in [tables.goals, tables.credit].compactMap(\.self) { blocks.append(.table(table)) }
        blocks += roleBlocks(result, tables)
        blocks += flowBlocks(redesign, tables)
        if let pairing = tables.pairing { blocks.append(.paragraph(Prose(pairing))) }
        blocks.append(.heading(Prose(words.backtestHead)))
        if redesign.backtest.obstacle == nil {
            blocks.append(
                .paragraph(
                    words.backtestReading(
                        heldOut: redesign.backtest.heldOutCases, openCases: redesign.backtest.openCases,
                        replications: redesign.backtest.replications)))
            blocks.append(.table(BacktestText(words.language).table(redesign.backtest)))
        } else {
            blocks.append(.paragraph(Prose(tables.trust)))
        }
        blocks += whatCameBlocks(result, isTrusted: isTrusted)
        return ReportDocument.Section(
            id: "redesign", topic: words.redesignTopic,
            heading: words.forecastHeading(text.phrase, change: main.changeRelative, verdict: main.verdict, isTrusted: isTrusted),
            blocks: blocks)
    }

    private func roleBlocks(_ result: RedesignResult, _ tables: RedesignTables) -> [ReportDocument.Block] {
        let known = result.roles.filter { $0.utilization != nil || $0.utilizationRedesigned != nil }
        if known.isEmpty { return [] }
        var blocks: [ReportDocument.Block] = [.heading(Prose(words.roleUseHead))]
        let moved = known.max { left, right in Self.shift(left) < Self.shift(right) }
        if let moved, Self.shift(moved) >= 0.005 {
            blocks.append(
                .paragraph(
                    words.roleUse(moved.name, from: words.share(moved.utilization), to: words.share(moved.utilizationRedesigned))))
        }
        let caption = words.roleUseCaption
        blocks.append(.figure(.init(svg: pictures.roleUse(known, caption), caption: caption, data: [tables.roles])))
        return blocks
    }

    /// The flow to be, with what the plan changes marked.
    private func flowBlocks(_ redesign: PlannedRedesign, _ tables: RedesignTables) -> [ReportDocument.Block] {
        guard let flow = redesign.flow, let shown = tables.flowShown else { return [] }
        let changes = PlanText(words.language).changes(of: flow, by: redesign.plan)
        let drawn = BPMNPicture(flow.model, changes: changes)
        return [
            .heading(Prose(words.toBeFlowHead)),
            .figure(pictures.model(drawn, words.toBeFlowHead, words.toBeFlowCaption, id: "to-be")),
            .paragraph(words.toBeFlowReading(drawn: flow.shown.count { $0.isDrawn }, of: flow.shown.count)),
            .folded(shown),
        ]
    }

    private static func shift(_ role: RedesignResult.Role) -> Double {
        guard let before = role.utilization, let after = role.utilizationRedesigned else { return 0 }
        return abs(after - before)
    }

    /// The forecast beside what an after-log tells.
    private func whatCameBlocks(_ result: RedesignResult, isTrusted: Bool) -> [ReportDocument.Block] {
        guard let comparison = input.comparison else { return [] }
        let pairs = result.delta.compactMap { delta -> (delta: RedesignResult.Delta, came: ComparedKPI)? in
            guard delta.changeRelative != nil, let came = comparison.kpis.first(where: { $0.id == delta.kpi }),
                came.changeRelative != nil, came.verdict != .insufficient
            else { return nil }
            return (delta, came)
        }
        if pairs.isEmpty { return [] }
        let isWithin: (RedesignResult.Delta, ComparedKPI) -> Bool? = { delta, came in
            guard let change = delta.changeRelative, let interval = came.changeRelativeCi95 else { return nil }
            return interval.contains(change)
        }
        let table = Table(
            words.whatCameTable,
            columns: [
                .init(words.figureHead, key: "kpi", .left), .init(words.forecastTerm, key: "forecast"),
                .init(words.ci95, key: "forecast_ci95", isInterval: true), .init(words.cameTerm, key: "came"),
                .init(words.ci95, key: "came_ci95", isInterval: true), .init(words.differenceHead, key: "difference"),
                .init(words.withinHead, key: "within", .left),
            ],
            rows: pairs.map { delta, came in
                let inside = isWithin(delta, came)
                let difference = (came.changeRelative ?? 0) - (delta.changeRelative ?? 0)
                return [
                    .words(KPIText(delta.kpi, unit: delta.unit, words.language).name), .change(delta.changeRelative),
                    .interval(delta.changeRelativeCi95, .change), .change(came.changeRelative),
                    .interval(came.changeRelativeCi95, .change), .words(words.humane.points(difference)),
                    .words(inside.map { $0 ? words.yes : words.no }, tone: inside == false ? .warning : .plain),
                ]
            })
        let caption = words.whatCameCaption
        return [
            .heading(Prose(words.whatCameHead)),
            .paragraph(words.whatCame(within: pairs.count { isWithin($0.delta, $0.came) == true }, of: pairs.count)),
            .figure(.init(svg: pictures.whatCame(pairs, isTrusted: isTrusted, caption), caption: caption, data: [])),
            .table(table),
        ]
    }
}
