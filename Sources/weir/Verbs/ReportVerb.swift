import ArgumentParser
import EventLogs
import Foundation
import Indicators
import Instants
import Reports
import Workbench

/// `weir report`
struct ReportVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write a report: the answer first, then the evidence, then the method.",
        discussion: """
            The suffix of FILE chooses the form: .html (one file, complete without a network), .md or .ipynb (a notebook \
            with the pictures inside, readable without a kernel). Process maps need Graphviz; without it the report holds tables in \
            their place and says so.

            With --plan the report says what a plan of changes would gain (see weir help redesign), how far the model behind that is \
            to be believed, and, with --after or --split, how the forecast compares with what came. A model that is not trusted is \
            stated; the exit code stays 0.

            EXAMPLES
              weir report purchases.csv -o report.html
              weir report p2p-before.csv --after p2p-after.csv -o report.html
              weir report purchases.csv --split 2026-01-01 --lang zh -o report.html
              weir report purchases.csv --plan plan.yaml -o report.html
              weir report purchases.csv --model purchase.bpmn -o report.html
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the report to FILE when it is complete: .html, .md or .ipynb.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("Compare with the log after a change.", valueName: "log"))
    var after: String?

    @Option(help: ArgumentHelp("Forecast what a plan of changes would gain: a YAML file.", valueName: "file"))
    var plan: String?

    @Option(help: ArgumentHelp("Hold the log against a model (BPMN, PNML, PTML, JSON) or a YAML file of rules.", valueName: "file"))
    var model: String?

    @Option(help: ArgumentHelp("The report's title. (default: the log's name)", valueName: "text"))
    var title: String?

    @OptionGroup(title: "Comparison") var splitting: SplitOption
    @OptionGroup(title: "Simulation, with --plan") var experiment: ExperimentOptions
    @OptionGroup(title: "Picture") var picture: PictureOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    private enum Form {
        case html, markdown, notebook
    }

    func run(in session: Session) throws {
        try reading.refuseRecord()
        try picture.check()
        if plan != nil { try reading.refuseCalendar() }
        let form = try form()
        let split = try splitting.instant(zone: try reading.zone())
        if split != nil && after != nil {
            throw Failure(
                .usage, Phrase("--after and --split exclude each other", "--after 与 --split 不能同时使用"),
                advice: Phrase("leave one of them out", "请去掉其中之一"))
        }
        if log == "-" && after == "-" { throw LogOptions.repeatedStandardInput }
        let logs = [log] + (after.map { [$0] } ?? [])
        // The calendar that rules name is theirs alone: the report's times stay as they are.
        var ruleReading = reading
        let norm = try model.map { try NormFile.reading($0, &ruleReading) }
        let performance = try reading.performance()
        let rates = try reading.readRates()
        let trial = try plan.map { try experiment.plan(in: $0, reading: reading, rates: rates, session) }
        let sink = try ResultSink(path: output, inputs: logs + [plan, model].compactMap(\.self) + reading.files, session: session)
        let opened = try logs.enumerated().map { try reading.open($1, session, place: $0) }
        if let rates { reading.warn(of: rates, in: opened, session) }
        let hasMaps = Doctor.isThere("dot", searchPath: session.searchPath)
        if !hasMaps {
            session.note(
                "Graphviz is missing, so the report has tables in place of process maps — apt-get install graphviz",
                "缺少 Graphviz，报告中以表格代替流程图 — apt-get install graphviz")
        }
        let report = try Failure.naming(norm?.input.name) {
            try MakeReport.run(
                MakeReport.Request(
                    title: title, logs: opened, split: split, performance: performance, rates: rates, plan: trial, norm: norm,
                    options: ReportOptions(
                        language: session.language, people: reading.people, activities: picture.activityShare, paths: picture.pathShare),
                    seed: common.seed, threads: common.threadCount),
                monitor: session.monitor)
        }
        session.monitor.progress(.writing, fraction: nil, events: 0)
        let text =
            switch form {
            case .html: report.html
            case .markdown: report.markdown
            case .notebook: report.notebook
            }
        try sink.print(text)
        if output != "-" {
            let bytes = Double(text.utf8.count)
            let size = bytes < 1e6 ? String(format: "%.0f kB", bytes / 1e3) : String(format: "%.1f MB", bytes / 1e6)
            let name = URL(filePath: output).lastPathComponent
            session.note("wrote \(name) (\(size))", "已写入 \(name)（\(size)）")
        }
    }

    private func form() throws(Failure) -> Form {
        switch URL(filePath: output).pathExtension.lowercased() {
        case "html", "htm": return .html
        case "md", "markdown": return .markdown
        case "ipynb": return .notebook
        case let suffix:
            throw Failure(
                .usage, Phrase("“.\(suffix)” is no form of a report", "报告没有“.\(suffix)”这种形式"),
                advice: Phrase("give -o a name that ends in .html, .md or .ipynb", "请让 -o 的文件名以 .html、.md 或 .ipynb 结尾"))
        }
    }
}
