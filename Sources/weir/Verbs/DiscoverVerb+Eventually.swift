import EventLogs
import Foundation
import ProcessModels
import Reports
import Workbench

extension DiscoverVerb {
    /// `--miner eventually-follows`: pairs of activities however far apart, as a table; there are too many for a picture.
    func discoverEventually(_ session: Session) throws {
        let isGiven = picture.isGiven
        if isGiven {
            throw Failure(
                .usage,
                Phrase(
                    "--activities and --paths do not go with --miner eventually-follows",
                    "--activities 和 --paths 不能与 --miner eventually-follows 同时使用"),
                advice: Phrase("leave them out; --filter narrows the log", "请去掉它们；--filter 可以缩小日志范围"))
        }
        if let file = output.output, file != "-", output.format == nil, ResultFormat(suffixOf: file) == nil {
            let suffix = URL(filePath: file).pathExtension.lowercased()
            throw Failure(
                .usage,
                Phrase("“.\(suffix)” is no form of an eventually-follows graph", "不能以“.\(suffix)”形式输出最终跟随图"),
                advice: Phrase("choose .json, .csv or .md", "请用 .json、.csv 或 .md"))
        }
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let (facts, found) = try streaming.ask(EventualQuestion(), of: log, reading, session, for: [.order])
        guard let result = found else {
            throw Failure(
                .badData,
                Phrase(
                    "“\(facts.name)” has more than \(EventuallyFollowsGraph.pairLimit) pairs of activities",
                    "“\(facts.name)”的活动对超过 \(EventuallyFollowsGraph.pairLimit) 个"),
                advice: Phrase("choose a coarser activity with --classifier or --map", "请用 --classifier 或 --map 选择更粗的活动"))
        }
        try sink.print(
            Answer(
                verb: "discover", result: result, provenance: facts.provenance(seed: common.seed),
                table: { pairs(result.graph, session.language) },
                text: {
                    var page = TextPage(session)
                    page.headline(facts.headline, open: nil)
                    page.line()
                    page.table(pairs(result.graph, session.language), rows: 15, hint: session.command(adding: "--format csv"))
                    page.warnings(facts.headline.findings.filter { FindingText($0).affects.contains(.order) })
                    page.next("weir discover \(shellWord(log)) -o map.svg", "weir variants \(shellWord(log))")
                    return page.text
                }), of: facts.stored, reading)
    }

    private func pairs(_ graph: EventuallyFollowsGraph, _ language: Language) -> Table {
        Table(
            language("Activities that come somewhere later", "之后某时出现的活动"),
            columns: [
                Table.Column(language("from", "从"), key: "source", .left), Table.Column(language("to", "到"), key: "target", .left),
                Table.Column(language("times", "次数"), key: "count"), Table.Column(language("cases", "案例"), key: "cases"),
                Table.Column(language("of cases with the first", "占含前者的案例"), key: "case_share"),
            ],
            rows: graph.edges.map { edge in
                [.name(edge.source), .name(edge.target), .count(edge.count), .count(edge.cases), .share(edge.caseShare)]
            })
    }
}
