import EventLogs
import ProcessModels

extension ReportBuilder {
    /// The process map with its tables.
    var processSection: ReportDocument.Section {
        let graph = input.before.graph
        let shown = ProcessMap.abstracted(graph, activities: input.options.activities, paths: input.options.paths)
        var blocks: [ReportDocument.Block] = []
        if let reading = startsAndEnds(graph, cases: input.before.log.caseCount) { blocks.append(.paragraph(reading)) }
        blocks += map(input.before, shown, name: "before")
        if let after = input.after {
            let shownAfter = ProcessMap.abstracted(
                after.graph, activities: input.options.activities, paths: input.options.paths)
            blocks.append(.details(title: words.mapAfter, blocks: map(after, shownAfter, name: "after")))
        }
        return ReportDocument.Section(
            id: "process", topic: words.processMap,
            heading: words.mapHeading(
                activities: graph.activities.count, paths: graph.edges.count, shown: shown.keptEdges, share: shown.keptPathShare),
            blocks: blocks)
    }

    private func map(_ analysed: AnalysedLog, _ shown: AbstractedGraph, name: String) -> [ReportDocument.Block] {
        let tables = [activitiesTable(analysed.graph), pathsTable(analysed.graph)]
        switch pictures.map(shown, analysed.performance, id: "map-\(name)") {
        case .success((let svg, let caption, let isBroad)):
            return [.figure(ReportDocument.Figure(svg: svg, caption: Prose(caption), data: tables, isBroad: isBroad))]
        case .failure(.missing): return [.paragraph(words.mapMissing)] + tables.map { .folded($0) }
        case .failure: return [.paragraph(words.mapFailed)] + tables.map { .folded($0) }
        }
    }

    private func startsAndEnds(_ graph: DirectlyFollowsGraph, cases: Int) -> Prose? {
        // Activities come by count, so the first of the greatest is taken: the order of ties is settled.
        var start: DirectlyFollowsGraph.Activity?
        var end: DirectlyFollowsGraph.Activity?
        for activity in graph.activities {
            if activity.starts > start?.starts ?? 0 { start = activity }
            if activity.ends > end?.ends ?? 0 { end = activity }
        }
        guard let start, let end, cases > 0 else { return nil }
        return words.mapReading(
            start: start.name, startShare: Double(start.starts) / Double(cases), end: end.name, endShare: Double(end.ends) / Double(cases))
    }

    private func activitiesTable(_ graph: DirectlyFollowsGraph) -> Table {
        Table(
            words.activitiesTable,
            columns: [
                .init(words.activity, key: "name", .left), .init(words.instancesHead, key: "count"), .init(words.startsHead, key: "starts"),
                .init(words.endsHead, key: "ends"),
            ], rows: graph.activities.map { [.name($0.name), .count($0.count), .count($0.starts), .count($0.ends)] }
        ).prefix(Self.rowLimit)
    }

    private func pathsTable(_ graph: DirectlyFollowsGraph) -> Table {
        Table(
            words.pathsTable,
            columns: [
                .init(words.path, key: "path", .left), .init(words.countHead, key: "count"), .init(words.median, key: "median_s"),
                .init(words.mean, key: "mean_s"), .init(words.p90, key: "p90_s"), .init(words.totalHead, key: "total_s"),
                .init(words.overlapsHead, key: "overlaps"),
            ],
            rows: graph.edges.prefix(Self.rowLimit).map { edge in
                [
                    .path([edge.source, edge.target]), .count(edge.count), .seconds(edge.medianS), .seconds(edge.meanS),
                    .seconds(edge.p90S),
                    .seconds(edge.totalS), .count(edge.overlaps),
                ]
            }, omitted: max(0, graph.edges.count - Self.rowLimit))
    }
}
