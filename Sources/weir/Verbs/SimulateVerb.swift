import ArgumentParser
import EventLogs
import Foundation
import Instants
import LogFormats
import Reports
import Simulation
import Statistics
import Workbench

/// `weir simulate`
struct SimulateVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Run a model of a process many times: times, costs and use of people with intervals.",
        discussion: """
            MODEL is BPMN 2.0, the scenario is JSON as Prosimos 2 reads it: arrivals, people with their hours, durations, \
            probabilities. Its cases count from their arrival. Of a log a model is learnt and tested first; its cases are measured as the \
            log is, from their first start. Intervals are of independent replications.

            EXAMPLES
              weir simulate purchases.csv
              weir simulate purchase.bpmn --scenario purchase.json
              weir simulate purchase.bpmn --scenario purchase.json --cases 5000 --warm-up 500 --replications 50
              weir simulate purchase.bpmn --scenario purchase.json --start 2026-01-05T08:00+08:00 --format json
              weir simulate purchase.bpmn --scenario purchase.json --export-log simulated.csv
            """)

    @Argument(help: ArgumentHelp("The model, a BPMN file; or a log.", valueName: "model or log"))
    var model: String

    @Option(help: ArgumentHelp("The numbers of the model, a JSON file.", valueName: "file"))
    var scenario: String?

    @Option(help: ArgumentHelp("How many cases each replication has. (default: 1000; as many as the log has)", valueName: "n"))
    var cases: Int?

    @Option(help: ArgumentHelp("How many independent runs.", valueName: "n"))
    var replications: Int = 20

    @Option(
        help: ArgumentHelp(
            "When it begins; an offset such as +08:00 is the clock of the working hours. (default: Monday 2024-01-01, midnight; when the log does)",
            valueName: "instant"))
    var start: String?

    @Option(help: ArgumentHelp("Cases that come before the ones that count, to fill the process up.", valueName: "none|n"))
    var warmUp: String = "none"

    @Option(help: ArgumentHelp("Write the first replication as an event log, a CSV, to FILE.", valueName: "file"))
    var exportLog: String?

    @Option(help: ArgumentHelp("With which cases the simulation begins.", valueName: "empty"))
    var from: BeginningState = .empty

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        try reading.refuseCalendar()
        if from == .openCases { throw ExperimentOptions.openCases }
        guard let request = try request() else { return try runLog(in: session) }
        let inputs = [model] + [scenario].compactMap { $0 }
        let exported = try exportSink(inputs, session)
        let sink = try ResultSink(output, inputs: inputs, session: session)
        session.monitor.begin(request.model.lastPathComponent)
        let use = try SimulateModel(request)
        for warning in use.warnings { session.note(warning.phrase.english, warning.phrase.chinese) }
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let result = try use.run(monitor: session.monitor)
        if let exported { try export(try use.log(monitor: session.monitor), exported, session) }
        let page = SimulationPage(result: result, model: request.model.lastPathComponent, scenario: request.scenario.lastPathComponent)
        try print(page, "simulate", use.provenance, sink, session)
    }

    /// Learns a model of a log and runs it.
    private func runLog(in session: Session) throws {
        let rates = try reading.readRates()
        let ends = try reading.endActivities()
        let zone = try reading.zone()
        let run = LearntModel.Run(
            cases: cases, warmUp: try warmUpCases(Self.limit), replications: replications,
            start: try startTime()?.resolved(in: ZoneClock(zone ?? .utc)).instant.microseconds, rates: rates)
        let inputs = [model] + reading.files
        let exported = try exportSink(inputs, session)
        let sink = try ResultSink(output, inputs: inputs, session: session)
        let opened = try reading.open(model, session, for: [.simulation])
        if let rates { reading.warn(of: rates, in: [opened], session) }
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let learnt = try LearntModel(
            opened, endActivities: ends, comparesMemoryless: false, seed: common.seed, threads: common.threadCount, monitor: session.monitor
        )
        let result = try learnt.simulate(run, monitor: session.monitor)
        if let exported { try export(try learnt.log(run, monitor: session.monitor), exported, session) }
        let page = SimulationPage(result: result, model: opened.name, scenario: nil)
        try print(page, "simulate", learnt.provenance, of: [opened], sink, session)
    }

    private func export(_ log: EventLog, _ target: (sink: ResultSink, form: ExportLog), _ session: Session) throws {
        try target.form.write(log, into: target.sink, named: exportLog ?? "", session)
    }

    private func print(
        _ page: SimulationPage, _ verb: String, _ provenance: Provenance, of logs: [OpenedLog] = [], _ sink: ResultSink, _ session: Session
    ) throws {
        let language = session.language
        try sink.print(
            Answer(
                verb: verb, result: page.result, provenance: provenance, table: { page.figures(language) },
                csv: { page.machineTable }, text: { text(page, session) }, markdown: { page.markdown(language) }), of: logs.first?.stored,
            reading)
    }

    // MARK: Arguments

    private static let limit = 10_000_000

    /// What to simulate where it is a model; nil where it is a log.
    private func request() throws -> SimulateModel.Request? {
        for (name, value, least) in [("--cases", cases ?? 1, 1), ("--replications", replications, 1)]
        where !(least...Self.limit).contains(value) {
            throw Self.outOfRange(name, "\(value)", least)
        }
        let file = URL(filePath: model)
        guard let scenario else {
            if model == "-" { return nil }
            if try !SimulateModel.isModel(file) { return nil }
            throw Failure(
                .usage, Phrase("--scenario is missing: a model alone has no times", "缺少 --scenario：模型本身没有时间信息"),
                advice: Phrase("add --scenario FILE.json", "请加上 --scenario FILE.json"))
        }
        if reading.rates != nil {
            throw Failure(
                .usage, Phrase("--rates is for logs: a scenario has rates of its own", "--rates 用于日志：情景文件自带费率"),
                advice: Phrase("leave --rates out", "请去掉 --rates"))
        }
        return SimulateModel.Request(
            model: file, scenario: URL(filePath: scenario), cases: cases ?? 1_000, warmUp: try warmUpCases(Self.limit),
            replications: replications,
            start: try startTime(), seed: common.seed, threads: common.threadCount)
    }

    private static func outOfRange(_ name: String, _ value: String, _ least: Int) -> Failure {
        Failure(
            .usage, Phrase("“\(value)” cannot be the value of “\(name)”", "“\(value)”不能用作“\(name)”的取值"),
            advice: Phrase("give a whole number from \(least) to 10,000,000", "请用 \(least) 到 10,000,000 之间的整数"))
    }

    private func warmUpCases(_ limit: Int) throws(Failure) -> Int {
        if warmUp == "none" { return 0 }
        if let count = Int(warmUp), (0...limit).contains(count) { return count }
        if warmUp == "mser5" {
            throw Failure(
                .usage, Phrase("“mser5” is not supported yet", "尚不支持“mser5”"),
                advice: Phrase("give none or a number of cases", "请用 none 或案例数"))
        }
        throw Failure(
            .usage, Phrase("“\(warmUp)” cannot be the value of “--warm-up”", "“\(warmUp)”不能用作“--warm-up”的取值"),
            advice: Phrase("give none or a number of cases", "请用 none 或案例数"))
    }

    private func startTime() throws(Failure) -> ParsedTime? {
        guard let start else { return nil }
        if let time = Array(start.utf8).withUnsafeBytes({ ISO8601Reader.parse($0) }) { return time }
        throw Failure(
            .usage, Phrase("“\(start)” is no instant", "“\(start)”不是时间"),
            advice: Phrase(
                "write --start 2026-01-05 or --start 2026-01-05T08:00+08:00", "请写 --start 2026-01-05 或 --start 2026-01-05T08:00+08:00"))
    }

    private func exportSink(_ inputs: [String], _ session: Session) throws -> (sink: ResultSink, form: ExportLog)? {
        guard let exportLog else { return nil }
        if exportLog == "-" {
            throw Failure(
                .usage, Phrase("--export-log needs a file: the result stands on standard output", "--export-log 需要一个文件：标准输出用于结果"),
                advice: Phrase("give it a name such as simulated.csv", "请指定文件名，如 simulated.csv"))
        }
        let file = URL(filePath: exportLog)
        if let output = output.output, output != "-", URL(filePath: output).standardizedFileURL == file.standardizedFileURL {
            throw Failure(
                .usage, Phrase("-o and --export-log name the same file", "-o 与 --export-log 指向同一个文件"),
                advice: Phrase("give two names", "请用两个不同的文件名"))
        }
        let suffix = file.pathExtension
        guard let form = suffix.isEmpty ? (.csv, false) : ExportLog.form(ofName: exportLog) else {
            throw Failure(
                .usage, Phrase("logs cannot be written as .\(suffix)", "不能把日志写成 .\(suffix)"), advice: ExportLog.endingAdvice)
        }
        let sink = try ResultSink(path: exportLog, inputs: inputs, session: session)
        return (sink, ExportLog(form.form, isGzipped: form.isGzipped))
    }

    // MARK: Text

    private func text(_ content: SimulationPage, _ session: Session) -> String {
        let language = session.language
        var page = TextPage(session)
        page.folded(content.headline(language))
        if let backtest = content.result.backtest { page.folded(BacktestText(language).sentence(backtest)) }
        page.line()
        page.table(content.figures(language), rows: .max)
        page.line()
        page.table(content.people(language), rows: 12, hint: session.command(adding: "--format json"))
        page.line()
        page.table(content.activities(language), rows: 20, hint: session.command(adding: "--format json"))
        if let sentence = content.unsound(language) {
            page.line()
            page.folded(sentence)
        }
        if let exportLog {
            page.next("weir performance \(shellWord(exportLog))", "weir report \(shellWord(exportLog)) -o report.html")
        } else {
            page.next(session.command(adding: "--export-log simulated.csv"))
        }
        return page.text
    }
}
