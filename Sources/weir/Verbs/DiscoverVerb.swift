import ArgumentParser
import EventLogs
import Foundation
import ProcessModels
import Reports
import Workbench

/// The ways to find a model.
enum MinerName: String, CaseIterable, ExpressibleByArgument {
    /// The directly-follows graph.
    case dfg
    /// Which activities come somewhere after which.
    case eventuallyFollows = "eventually-follows"
    /// The inductive miner: a process tree.
    case inductive
    /// The inductive miner on the directly-follows graph alone.
    case inductiveGraph = "inductive-dfg"
    /// The heuristics miner: what depends on what.
    case heuristics
    /// The alpha miner: a Petri net.
    case alpha
    /// The split miner: BPMN.
    case split
    /// DECLARE constraints.
    case declare
    /// What always holds between activities.
    case logSkeleton = "log-skeleton"
    /// How long it takes from each activity to each later one.
    case temporalProfile = "temporal-profile"

    /// The miner of a model; nil for graphs of what follows what.
    var model: ModelMiner? { ModelMiner(rawValue: rawValue) }
}

/// `weir discover`
struct DiscoverVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Find the process: its activities and how they follow one another.",
        discussion: """
            The suffix of FILE chooses what is written: .json (the model), .dot (Graphviz), .svg (a picture of it); or .csv .md for \
            the edges. JSON and tables are complete unless --activities or --paths is given; pictures show 80 % of the paths. A model \
            with a beginning and an end can also be .bpmn, .pnml (a Petri net) or .ptml (a process tree).

            EXAMPLES
              weir discover purchases.csv
              weir discover purchases.csv --miner dfg -o map.svg
              weir discover purchases.csv --activities 0.5 --paths 0.3 -o map.dot
              weir discover purchases.csv --miner eventually-follows -o pairs.csv
              weir discover purchases.csv --miner split -o model.bpmn
              weir discover purchases.csv --miner split --decisions --engine python -o engine.bpmn
              weir discover purchases.csv --miner inductive --noise 0.1 -o model.pnml
              weir discover purchases.csv --miner declare --confidence 1 -o rules.json
              weir discover purchases.csv --miner log-skeleton -o skeleton.json
              weir discover purchases.csv --miner temporal-profile -o times.json
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        help: ArgumentHelp(
            "How to find the model: dfg (directly-follows graph), eventually-follows (which activities come somewhere later), inductive (a process tree), inductive-dfg (the same from the graph alone), heuristics (what depends on what), alpha (a Petri net), split (BPMN), declare (constraints), log-skeleton (what always holds between activities), temporal-profile (times from each activity to each later one).",
            valueName: "name"))
    var miner: MinerName = .dfg

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Miner") var mining: MiningOptions
    @OptionGroup(title: "Picture") var picture: PictureOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Log") var streaming: StreamOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    private enum Drawing {
        case dot, svg
    }

    func run(in session: Session) throws {
        try picture.check()
        if let miner = miner.model { return try discoverModel(miner, in: session) }
        _ = try mining.options(for: nil, named: miner.rawValue, threads: session.threads)
        if miner == .eventuallyFollows { return try discoverEventually(session) }
        let drawing = try drawing()
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        if drawing == .svg && !Doctor.isThere("dot", searchPath: session.searchPath) { throw Failure.graphvizIsMissing }
        let performance = try reading.performance()
        let question = GraphQuestion(timesBy: drawing == .svg ? performance : nil)
        let (facts, (graph, times)) = try streaming.ask(question, of: log, reading, session, for: [.order])
        let reduced = DrawProcess.shown(graph, activities: picture.activities, paths: picture.paths)
        switch drawing {
        case .dot:
            try sink.print(reduced.dot())
            sayKept(reduced, session)
        case .svg:
            session.monitor.progress(.writing, fraction: nil, events: 0)
            try sink.print(
                DrawProcess.svg(reduced, times: times, title: facts.name, language: session.language))
            sayKept(reduced, session)
        case nil:
            let whole = graph.abstracted(activities: picture.activityShare, paths: picture.pathShare)
            let result = Discovery(graph, reducedTo: picture.isGiven ? whole : nil)
            try sink.print(
                Answer(
                    verb: "discover", result: result, provenance: facts.provenance(seed: common.seed),
                    table: { edges(result.graph, session.language) }, text: { text(result, facts, session) },
                    markdown: {
                        activities(result.graph, session.language).markdown(session.language) + "\n"
                            + edges(result.graph, session.language).markdown(session.language)
                    }), of: facts.stored, reading)
        }
    }

    /// Which picture the output's suffix asks for, if any; other suffixes than those known are refused.
    private func drawing() throws(Failure) -> Drawing? {
        guard let file = output.output, file != "-" else { return nil }
        let suffix = URL(filePath: file).pathExtension.lowercased()
        let drawing: Drawing? = suffix == "dot" ? .dot : suffix == "svg" ? .svg : nil
        if let format = output.format {
            if drawing == nil { return nil }
            throw Failure(
                .usage,
                Phrase(
                    "--format \(format.rawValue) and a file “.\(suffix)” exclude each other",
                    "--format \(format.rawValue) 与 .\(suffix) 文件不能同时使用"),
                advice: Phrase("leave --format out", "请去掉 --format"))
        }
        if drawing != nil || ResultFormat(suffixOf: file) != nil { return drawing }
        throw Failure(
            .usage, Phrase("“.\(suffix)” is no form of a model here", "这里不能输出“.\(suffix)”形式的模型"),
            advice: Phrase("choose .json, .dot, .svg, .csv or .md", "请用 .json、.dot、.svg、.csv 或 .md"))
    }

    private func sayKept(_ reduced: AbstractedGraph, _ session: Session) {
        let humane = Humane(session.language)
        let events = humane.share(reduced.keptEventShare)
        let steps = humane.share(reduced.keptPathShare)
        session.note(
            "shown: \(reduced.keptActivities) of \(reduced.allActivities) activities (\(events) of the instances), \(reduced.keptEdges) of \(reduced.allEdges) paths (\(steps) of the steps)",
            "已显示：\(reduced.allActivities) 种活动中的 \(reduced.keptActivities) 种（占活动实例的 \(events)），\(reduced.allEdges) 条路径中的 \(reduced.keptEdges) 条（占步骤的 \(steps)）"
        )
    }

    private func edges(_ graph: DirectlyFollowsGraph, _ language: Language) -> Table {
        Table(
            language("Paths", "路径"),
            columns: [
                Table.Column(language("from", "从"), key: "source", .left), Table.Column(language("to", "到"), key: "target", .left),
                Table.Column(language("times", "次数"), key: "count"), Table.Column(language("median", "中位数"), key: "median_s"),
                Table.Column(language("mean", "平均值"), key: "mean_s"), Table.Column(language("90 % under", "90% 低于"), key: "p90_s"),
                Table.Column(language("total", "合计"), key: "total_s"), Table.Column(language("overlaps", "重叠"), key: "overlaps"),
            ],
            rows: graph.edges.map { edge in
                [
                    .name(edge.source), .name(edge.target), .count(edge.count), .seconds(edge.medianS), .seconds(edge.meanS),
                    .seconds(edge.p90S), .seconds(edge.totalS), .count(edge.overlaps),
                ]
            })
    }

    private func activities(_ graph: DirectlyFollowsGraph, _ language: Language) -> Table {
        Table(
            language("Activities", "活动"),
            columns: [
                Table.Column("", key: "name", .left), Table.Column(language("instances", "活动实例"), key: "count"),
                Table.Column(language("opens cases", "开始案例"), key: "starts"),
                Table.Column(language("closes cases", "结束案例"), key: "ends"),
            ],
            rows: graph.activities.map { [.name($0.name), .count($0.count), .count($0.starts), .count($0.ends)] })
    }

    private func text(_ result: Discovery, _ facts: LogFacts, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        var page = TextPage(session)
        page.headline(facts.headline, open: nil)
        if let kept = result.kept {
            let steps = humane.share(kept.stepShare)
            page.line(
                language(
                    "\(kept.activities) of \(kept.allActivities) activities, \(kept.edges) of \(kept.allEdges) paths: \(steps) of the steps",
                    "\(kept.allActivities) 种活动中的 \(kept.activities) 种，\(kept.allEdges) 条路径中的 \(kept.edges) 条：占步骤的 \(steps)"))
        }
        page.line()
        page.table(activities(result.graph, language), rows: 15)
        page.line()
        page.table(edges(result.graph, language), rows: 15, hint: session.command(adding: "--format csv"))
        page.warnings(facts.headline.findings.filter { FindingText($0).affects.contains(.order) })
        page.next("weir discover \(shellWord(log)) -o map.svg", "weir performance \(shellWord(log))")
        return page.text
    }
}
