import Performance
import ProcessModels
import Statistics

extension ReportBuilder {
    /// Where the time goes.
    var bottlenecksSection: ReportDocument.Section {
        let bottlenecks = input.before.performance.bottlenecks
        guard let worst = bottlenecks.first else {
            return ReportDocument.Section(id: "bottlenecks", topic: words.bottlenecksTopic, heading: words.noBottlenecks, blocks: [])
        }
        let sum = bottlenecks.reduce(0) { $0 + $1.totalS }
        let first = min(3, bottlenecks.count)
        let figure = ReportDocument.Figure(
            svg: pictures.bottlenecks(bottlenecks, words.bottlenecksCaption, id: "bottlenecks"), caption: words.bottlenecksCaption,
            data: [bottlenecksTable(bottlenecks, input.before, title: words.bottlenecksTable)])
        var blocks: [ReportDocument.Block] = [.figure(figure)]
        if sum > 0 {
            let held = bottlenecks.prefix(first).reduce(0) { $0 + $1.totalS }
            blocks.append(.paragraph(words.bottleneckReading(first: first, share: held / sum, of: bottlenecks.count)))
        }
        for bottleneck in bottlenecks.prefix(10) { blocks.append(details(of: bottleneck)) }
        if bottlenecks.count > 10 { blocks.append(.folded(casesTable(Array(bottlenecks.dropFirst(10))))) }
        if let after = input.after {
            blocks.append(.folded(bottlenecksTable(after.performance.bottlenecks, after, title: words.bottlenecksAfterTable)))
        }
        return ReportDocument.Section(
            id: "bottlenecks", topic: words.bottlenecksTopic,
            heading: words.bottleneckHeading(place(worst), share: worst.shareOfCycleTime), blocks: blocks)
    }

    /// The median and 90 % of the times at a bottleneck.
    func times(at bottleneck: Bottleneck, in performance: PerformanceResult) -> (median: Double?, p90: Double?) {
        if let activity = bottleneck.activity {
            let service = performance.activities.first { $0.name == activity }?.service
            return (service?.medianS, service?.p90S)
        }
        let edge = performance.edges.first { $0.source == bottleneck.source && $0.target == bottleneck.target }
        return (edge?.medianS, edge?.p90S)
    }

    private func details(of bottleneck: Bottleneck) -> ReportDocument.Block {
        let (median, p90) = times(at: bottleneck, in: input.before.performance)
        var said: [Prose] = [
            words.bottleneckBasis(
                cases: bottleneck.cases, of: input.before.performance.cases, count: bottleneck.count, median: median, p90: p90)
                + Prose(words.pick(".", "。"))
        ]
        if let saved = bottleneck.scoreS { said.append(words.bottleneckSaving(saved)) }
        if let routing = bottleneck.routingS { said.append(words.bottleneckRouting(routing)) }
        return .details(
            title: words.bottleneckTitle(
                rank: bottleneck.rank, place(bottleneck), total: bottleneck.totalS, share: bottleneck.shareOfCycleTime),
            blocks: [
                .paragraph(Prose.joined(said, separator: words.pick(" ", ""))),
                .cases(.init(slowest: bottleneck.slowest, filter: bottleneck.filter)),
            ])
    }

    private func bottlenecksTable(_ bottlenecks: [Bottleneck], _ analysed: AnalysedLog, title: String) -> Table {
        let cases = analysed.performance.cycleTime?.n ?? analysed.performance.cases
        return Table(
            title,
            columns: [
                .init(words.rankHead, key: "rank"), .init(words.whereHead, key: "where", .left), .init(words.kindHead, key: "kind", .left),
                .init(words.totalHead, key: "total_s"), .init(words.shareHead, key: "share_of_cycle_time"),
                .init(words.perCaseHead, key: "per_case_s"), .init(words.savedHead, key: "score_s"),
                .init(words.routingHead, key: "routing_s"), .init(words.casesHead, key: "cases"),
            ],
            rows: bottlenecks.prefix(Self.rowLimit).map { bottleneck in
                [
                    .count(bottleneck.rank), placeCell(bottleneck), .words(words.kind(isEdge: bottleneck.kind == .edge)),
                    .seconds(bottleneck.totalS), .share(bottleneck.shareOfCycleTime),
                    .seconds(cases == 0 ? nil : bottleneck.totalS / Double(cases)), .seconds(bottleneck.scoreS),
                    .seconds(bottleneck.routingS), .count(bottleneck.cases),
                ]
            }, omitted: max(0, bottlenecks.count - Self.rowLimit))
    }

    private func casesTable(_ bottlenecks: [Bottleneck]) -> Table {
        Table(
            words.bottleneckCasesTable,
            columns: [
                .init(words.rankHead, key: "rank"), .init(words.whereHead, key: "where", .left),
                .init(words.slowestHead, key: "slowest", .left), .init(words.filterHead, key: "filter", .left),
            ],
            rows: bottlenecks.prefix(Self.rowLimit).map { bottleneck in
                [
                    .count(bottleneck.rank), placeCell(bottleneck),
                    bottleneck.slowest.isEmpty ? .name(nil) : .list(bottleneck.slowest), .code(bottleneck.filter),
                ]
            }, omitted: max(0, bottlenecks.count - Self.rowLimit))
    }
}
