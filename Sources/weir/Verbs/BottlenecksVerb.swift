import ArgumentParser
import Performance
import Reports
import Workbench

/// `weir bottlenecks`
struct BottlenecksVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "bottlenecks",
        abstract: "Show where the ways to tell a bottleneck agree: time held, routing, waiting that grows with load, cost.",
        discussion: """
            A place is named by the time it holds or its cost where it belongs to the fewest places that hold half of all, by routing where \
            a change of its probability moves the cycle time most, and by congestion where waiting grows with the queue.

            EXAMPLES
              weir bottlenecks purchases.csv
              weir bottlenecks purchases.csv --rates rates.yaml --format json
              weir bottlenecks purchases.csv --format csv
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let options = try reading.performance()
        let rates = try reading.readRates()
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.durations])
        if let rates { reading.warn(of: rates, in: [opened], session) }
        let report = BottleneckReport(of: opened.log, options: options, rates: rates)
        try sink.print(
            Answer(
                verb: "bottlenecks", result: report, provenance: opened.provenance(seed: common.seed),
                table: { BottleneckAgreementTable.table(report.places, omitted: report.omitted, session.language) },
                text: { text(report, opened, session) }), of: opened.stored, reading)
    }

    private func text(_ report: BottleneckReport, _ opened: OpenedLog, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        var page = TextPage(session)
        page.headline(opened.log, open: nil)
        page.line()
        let whole = BottleneckAgreementTable.table(report.places, omitted: report.omitted, language)
        let keys = ["place", "total_s", "effect_s", "views"]
        let kept = whole.columns.indices.filter { keys.contains(whole.columns[$0].key) }
        let narrow = Table(
            whole.title, columns: kept.map { whole.columns[$0] }, rows: whole.rows.map { row in kept.map { row[$0] } },
            omitted: whole.omitted)
        page.table(narrow, rows: 10, hint: session.command(adding: "--format csv"))
        page.line()
        let growing = report.congestion.count { $0.verdict == .growing }
        let flat = report.congestion.count { $0.verdict == .noGrowth || $0.verdict == .falling }
        let thin = report.congestion.count { $0.verdict == .insufficient }
        page.folded(
            language(
                "Waiting grows with the queue at \(humane.count(growing)) of \(humane.count(report.congestion.count)) places, does not at \(humane.count(flat)); at \(humane.count(thin)) the evidence is insufficient",
                "\(humane.count(report.congestion.count)) 处中有 \(humane.count(growing)) 处等待随队列增长，\(humane.count(flat)) 处不增长，\(humane.count(thin)) 处证据不足"
            ))
        if let first = report.places.first {
            page.next(
                "weir queues \(shellWord(log))", "weir cases \(shellWord(log)) --sort duration --filter \(shellWord(first.filter))")
        } else {
            page.next("weir queues \(shellWord(log))")
        }
        return page.text
    }
}
