import Indicators
import Performance
import Statistics

extension ReportBuilder {
    /// The figure that stands for the comparison: the median cycle time, or the first that is known.
    private var mainKPI: ComparedKPI? {
        guard let kpis = input.comparison?.kpis else { return nil }
        return kpis.first { $0.id == "cycle_time.median" } ?? kpis.first { $0.before != nil && $0.after != nil } ?? kpis.first
    }

    /// The change shown large.
    var headline: ReportDocument.Headline? {
        guard let kpi = mainKPI else { return nil }
        let text = KPIText(kpi.id, unit: kpi.unit, words.language)
        let change = words.change(kpi.changeRelative)
        let interval = kpi.changeRelativeCi95.map { "  " + words.changes($0.low, $0.high) } ?? ""
        let figure =
            switch kpi.verdict {
            case .insufficient: words.tooLittle
            case .noChange: words.noDifference + interval
            case .improved, .worsened, .changed: change + interval
            }
        let adjusted = kpi.adjustedChangeRelative.map { value in
            words.change(value) + (kpi.adjustedChangeRelativeCi95.map { " " + words.changes($0.low, $0.high) } ?? "")
        }
        return ReportDocument.Headline(
            label: words.headlineLabel(text.name, before: text.value(kpi.before), after: text.value(kpi.after)), figure: figure,
            tone: Self.tone(kpi.verdict),
            basis: words.headlineBasis(
                verdict: kpi.verdict, nBefore: kpi.nBefore, nAfter: kpi.nAfter, method: kpi.method, adjusted: adjusted))
    }

    static func tone(_ verdict: ComparedKPI.Verdict) -> Table.Tone {
        switch verdict {
        case .improved: .better
        case .worsened: .worse
        case .insufficient: .warning
        case .changed, .noChange: .plain
        }
    }

    /// Before against after.
    var comparisonSection: ReportDocument.Section? {
        guard let comparison = input.comparison, let main = mainKPI, let after = input.after else { return nil }
        let text = KPIText(main.id, unit: main.unit, words.language)
        var blocks: [ReportDocument.Block] = []
        if main.before != nil && main.after != nil {
            blocks.append(
                .paragraph(
                    words.changeReading(
                        text.name, before: text.value(main.before), nBefore: main.nBefore, after: text.value(main.after),
                        nAfter: main.nAfter, change: words.change(main.changeRelative),
                        interval: words.changes(main.changeRelativeCi95?.low, main.changeRelativeCi95?.high),
                        verdict: words.verdict(main.verdict))))
        }
        if !input.before.cycleTimes.isEmpty && !after.cycleTimes.isEmpty {
            let caption = words.comparedDistributionsCaption
            blocks.append(
                .figure(
                    .init(
                        svg: pictures.beforeAfter(
                            input.before, after, comparison.kpis.first { $0.id == "cycle_time.median" }, caption, id: "comparison"),
                        caption: caption, data: [])))
        }
        let known = comparison.kpis.filter { $0.before != nil || $0.after != nil }
        blocks.append(.table(table(of: known)))
        let caption = words.intervalsCaption
        blocks.append(.figure(.init(svg: pictures.intervals(known, caption, id: "intervals"), caption: caption, data: [])))
        if let mix = comparison.caseMix {
            blocks.append(
                .paragraph(
                    words.caseMix(mix.attributes, strata: mix.strata, coverage: min(mix.coverageBefore, mix.coverageAfter))))
        } else {
            blocks.append(.paragraph(words.noCaseMix))
        }
        if comparison.kpis.contains(where: { $0.id.hasPrefix("cost") && $0.before == nil && $0.after == nil }) {
            blocks.append(.paragraph(words.noCost))
        }
        if let astride = comparison.astride, astride > 0 { blocks.append(.paragraph(words.astride(astride))) }
        let listed = comparison.activities.flatMap(\.kpis) + comparison.edges.flatMap(\.kpis)
        if !listed.isEmpty {
            blocks.append(
                .paragraph(
                    words.listedReading(
                        listed.count { [.improved, .worsened, .changed].contains($0.verdict) }, of: listed.count,
                        insufficient: listed.count { $0.verdict == .insufficient })))
            blocks.append(
                .folded(
                    listTable(
                        words.activityChangesTable, words.activity, key: "activity",
                        comparison.activities.flatMap { activity in activity.kpis.map { (.name(activity.name), $0) } })))
            blocks.append(
                .folded(
                    listTable(
                        words.pathChangesTable, words.path, key: "path",
                        comparison.edges.flatMap { edge in edge.kpis.map { (.path([edge.source, edge.target]), $0) } })))
        }
        return ReportDocument.Section(
            id: "comparison", topic: words.comparisonTopic,
            heading: words.changeHeading(text.phrase, change: main.changeRelative, verdict: main.verdict), blocks: blocks)
    }

    private func table(of kpis: [ComparedKPI]) -> Table {
        let isAdjusted = kpis.contains { $0.adjustedChangeRelative != nil }
        var columns: [Table.Column] = [
            .init(words.figureHead, key: "id", .left), .init(words.beforeHead, key: "before"), .init(words.afterHead, key: "after"),
            .init(words.changeHead, key: "change_relative"), .init(words.ci95, key: "change_relative_ci95", isInterval: true),
        ]
        if isAdjusted {
            columns += [
                .init(words.adjustedHead, key: "adjusted_change_relative"),
                .init(words.ci95, key: "adjusted_change_relative_ci95", isInterval: true),
            ]
        }
        columns += [
            .init(words.verdictHead, key: "verdict", .left), .init(words.nBeforeHead, key: "n_before"),
            .init(words.nAfterHead, key: "n_after"), .init(words.methodHead, key: "method", .left),
        ]
        let rows = kpis.map { kpi -> [Table.Cell] in
            let text = KPIText(kpi.id, unit: kpi.unit, words.language)
            var row: [Table.Cell] = [
                .words(text.name), text.cell(kpi.before), text.cell(kpi.after), .change(kpi.changeRelative),
                .interval(kpi.changeRelativeCi95, .change),
            ]
            if isAdjusted { row += [.change(kpi.adjustedChangeRelative), .interval(kpi.adjustedChangeRelativeCi95, .change)] }
            row += [
                .words(words.verdict(kpi.verdict), tone: Self.tone(kpi.verdict)), .count(kpi.nBefore), .count(kpi.nAfter),
                .words(words.method(kpi.method)),
            ]
            return row
        }
        return Table(words.kpiTable, columns: columns, rows: rows)
    }

    private func listTable(_ title: String, _ term: String, key: String, _ listed: [(place: Table.Cell, kpi: ComparedKPI)]) -> Table {
        let limit = 400
        // What differs comes first, what cannot be told last; otherwise in the order given.
        let decided = listed.filter { [.improved, .worsened, .changed].contains($0.kpi.verdict) }
        let listed = decided + listed.filter { $0.kpi.verdict == .noChange } + listed.filter { $0.kpi.verdict == .insufficient }
        return Table(
            title,
            columns: [
                .init(term, key: key, .left), .init(words.figureHead, key: "id", .left), .init(words.beforeHead, key: "before"),
                .init(words.afterHead, key: "after"), .init(words.changeHead, key: "change_relative"),
                .init(words.ci95, key: "change_relative_ci95", isInterval: true), .init(words.verdictHead, key: "verdict", .left),
                .init(words.correctedHead, key: "p_adjusted"), .init(words.nBeforeHead, key: "n_before"),
                .init(words.nAfterHead, key: "n_after"),
            ],
            rows: listed.prefix(limit).map { place, kpi in
                let text = KPIText(kpi.id, unit: kpi.unit, words.language)
                return [
                    place, .words(text.name), text.cell(kpi.before), text.cell(kpi.after), .change(kpi.changeRelative),
                    .interval(kpi.changeRelativeCi95, .change), .words(words.verdict(kpi.verdict), tone: Self.tone(kpi.verdict)),
                    kpi.pAdjusted.map { $0 < 0.0001 ? .words("< 0.0001") : .number($0) } ?? .number(nil), .count(kpi.nBefore),
                    .count(kpi.nAfter),
                ]
            }, omitted: max(0, listed.count - limit))
    }

    /// What changed most beside the cycle time: the place where most time was won or lost beyond chance, else a figure of the
    /// whole, else that nothing did.
    var comparisonCandidate: Candidate? {
        guard let comparison = input.comparison, !comparison.kpis.isEmpty else { return nil }
        return placeCandidate(comparison) ?? figureCandidate(comparison) ?? nothingCandidate(comparison)
    }

    private func isDecided(_ kpi: ComparedKPI) -> Bool { [.improved, .worsened].contains(kpi.verdict) }

    private func placeCandidate(_ comparison: Comparison) -> Candidate? {
        // Time won or lost over all cases, as if they were those before.
        var best: (size: Double, place: Prose, kpi: ComparedKPI, cases: ReportDocument.CaseList?)?
        func offer(_ place: Prose, _ count: Int, _ kpi: ComparedKPI?, _ bottleneck: @autoclosure () -> Bottleneck?) {
            guard let kpi, isDecided(kpi), let change = kpi.changeAbsolute, kpi.changeRelative != nil else { return }
            let size = abs(change) * Double(count)
            if size <= best?.size ?? 0 { return }
            best = (size, place, kpi, bottleneck().map { .init(slowest: $0.slowest, filter: $0.filter) })
        }
        let bottlenecks = input.before.performance.bottlenecks
        for edge in comparison.edges {
            offer(
                words.path(edge.source, edge.target), edge.countBefore, edge.kpis.first { $0.id == "time.mean" },
                bottlenecks.first { $0.source == edge.source && $0.target == edge.target })
        }
        for activity in comparison.activities {
            offer(
                "\(name: activity.name)", activity.instancesBefore, activity.kpis.first { $0.id == "service.mean" },
                bottlenecks.first { $0.activity == activity.name })
        }
        guard let best, let change = best.kpi.changeRelative else { return nil }
        let text = KPIText(best.kpi.id, unit: best.kpi.unit, words.language)
        return Candidate(
            weight: 90,
            finding: .init(
                sentence: words.placeChanged(
                    best.place, kpi: text.phrase, change: change,
                    interval: words.changes(best.kpi.changeRelativeCi95?.low, best.kpi.changeRelativeCi95?.high),
                    before: text.value(best.kpi.before), after: text.value(best.kpi.after)),
                basis: words.changeBasis(nBefore: best.kpi.nBefore, nAfter: best.kpi.nAfter),
                picture: pictures.miniChange(best.kpi, text, id: "change"), section: "comparison", cases: best.cases))
    }

    private func figureCandidate(_ comparison: Comparison) -> Candidate? {
        let decided = comparison.kpis.filter { isDecided($0) && $0.id != mainKPI?.id && $0.changeRelative != nil }
        let best = decided.max { abs($0.changeRelative ?? 0) < abs($1.changeRelative ?? 0) }
        guard let kpi = best, let change = kpi.changeRelative else { return nil }
        let text = KPIText(kpi.id, unit: kpi.unit, words.language)
        return Candidate(
            weight: 90,
            finding: .init(
                sentence: words.figureChanged(
                    text.phrase, change: change, interval: words.changes(kpi.changeRelativeCi95?.low, kpi.changeRelativeCi95?.high),
                    before: text.value(kpi.before), after: text.value(kpi.after)),
                basis: words.changeBasis(nBefore: kpi.nBefore, nAfter: kpi.nAfter), picture: pictures.miniChange(kpi, text, id: "change"),
                section: "comparison", cases: input.after.flatMap { longCases($0) }))
    }

    private func nothingCandidate(_ comparison: Comparison) -> Candidate? {
        if mainKPI.map(isDecided) == true { return nil }
        return Candidate(
            weight: 85,
            finding: .init(
                sentence: words.nothingChanged(
                    comparison.kpis.count, insufficient: comparison.kpis.count { $0.verdict == .insufficient }),
                basis: words.nothingBasis(nBefore: comparison.casesBefore, nAfter: comparison.casesAfter), picture: nil,
                section: "comparison", cases: input.after.flatMap { longCases($0) }))
    }
}
