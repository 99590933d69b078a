import ArgumentParser
import EventLogs
import Foundation
import Reports
import Workbench

/// How findings about data are printed.
enum LintFormat: String, CaseIterable, ExpressibleByArgument {
    /// For eyes.
    case text
    /// For programs: the whole result.
    case json
    /// For spreadsheets.
    case csv
    /// For notes and tickets.
    case markdown
    /// For code hosts and editors.
    case sarif
}

/// `weir lint`
struct LintVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Show what is wrong with a log's data, what it touches and what to do.",
        discussion: """
            Each finding has a rule with a stable id, a severity, how often it applies, up to five places with file and line, and the \
            analyses that it touches. Ends with 0, or with 3 where a finding is an error that --accept does not name.

            EXAMPLES
              weir lint purchases.csv
              weir lint purchases.csv --format sarif -o purchases.sarif
              weir lint export.csv --timezone Asia/Shanghai --as-of 2026-01-31
              weir lint hospital.xes.gz --accept missing-activity --format json
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(help: ArgumentHelp("Form of the result: text, json, csv, markdown or sarif. (default: text)", valueName: "form"))
    var format: LintFormat?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the result to FILE when it is complete; .json .csv .md .sarif choose the form.", valueName: "file"))
    var output: String?

    @OptionGroup(title: "Lint") var knowledge: LintOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    private var chosenFormat: LintFormat {
        if let format { return format }
        guard let output else { return .text }
        if URL(filePath: output).pathExtension.lowercased() == "sarif" { return .sarif }
        return ResultFormat(suffixOf: output).flatMap { LintFormat(rawValue: $0.rawValue) } ?? .text
    }

    func run(in session: Session) throws {
        let options = try knowledge.lint(zone: try reading.zone())
        let format = chosenFormat
        let plain = ResultFormat(rawValue: format.rawValue) ?? .text
        let sink = try ResultSink(path: output, format: plain, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session)
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let quality = DataQuality(of: opened, options: options)
        let result = LintResult(quality, of: opened, language: session.language)
        if format == .sarif {
            let report = SARIFReport(
                version: ToolVersion.current, input: opened.input, findings: quality.findings, accepted: opened.accepted,
                rowUnit: quality.rowUnit, language: session.language)
            try sink.print(report.json)
        } else {
            try sink.print(
                Answer(
                    verb: "lint", result: result, provenance: opened.provenance(seed: common.seed),
                    table: { table(result, session.language) }, text: { text(result, opened, session) }), of: opened.stored, reading)
        }
        if result.isVetoed { throw EarlyEnd(status: .veto) }
    }

    private func table(_ result: LintResult, _ language: Language) -> Table {
        Table(
            language("Data quality", "数据质量"),
            columns: [
                Table.Column(language("severity", "级别"), key: "severity", .left), Table.Column(language("rule", "规则"), key: "rule", .left),
                Table.Column(language("count", "次数"), key: "count"), Table.Column(language("finding", "发现"), key: "message", .left),
                Table.Column(language("touches", "影响"), key: "affects", .left),
                Table.Column(language("places", "位置"), key: "examples", .left),
                Table.Column(language("what to do", "处理办法"), key: "advice", .left),
            ],
            rows: result.lint.map { entry in
                let touched = entry.affects.map { $0.name(language) }.joined(separator: language(", ", "、"))
                return [
                    .words(FindingText.severity(entry.severity, language), tone: entry.severity == .info ? .plain : .warning),
                    .words(entry.rule.rawValue), .count(entry.count), .words(entry.message), .words(touched.isEmpty ? nil : touched),
                    entry.examples.isEmpty ? .name(nil) : .list(entry.examples), .words(entry.advice),
                ]
            })
    }

    private func text(_ result: LintResult, _ opened: OpenedLog, _ session: Session) -> String {
        let language = session.language
        var page = TextPage(session)
        let name = shellWord(log)
        let size = [
            page.counted(result.cases, "case", "cases", "个案例"), page.counted(result.events, "event", "events", "个事件"),
        ].joined(separator: " · ")
        if result.lint.isEmpty {
            page.folded(language("Nothing found in \(size)", "未发现问题（\(size)）"))
            page.next("weir performance \(name)", "weir report \(name) -o report.html")
            return page.text
        }
        let counts = [
            page.counted(result.errors, "error", "errors", "项错误"), page.counted(result.warnings, "warning", "warnings", "项警告"),
            page.counted(result.notes, "note", "notes", "条提示"),
        ].joined(separator: language(", ", "、"))
        page.folded(language("\(counts) in \(size)", "\(counts)（\(size)）"))
        for entry in result.lint {
            page.line()
            let isAccepted = result.accepted.contains(entry.rule)
            let accepted = isAccepted ? language(", accepted", "，已接受") : ""
            let severity = FindingText.severity(entry.severity, language) + accepted
            page.folded(
                "\(severity)\(language(": ", "："))\(entry.message)\(language(" [\(entry.rule.rawValue)]", "[\(entry.rule.rawValue)]"))")
            if !entry.examples.isEmpty {
                let shown = entry.examples.map { InertText.cut(InertText.line($0), to: 60) }.joined(separator: " · ")
                page.indented(shown)
            }
            if !entry.affects.isEmpty {
                let touched = entry.affects.map { $0.name(language) }.joined(separator: language(", ", "、"))
                page.indented(language("touches \(touched): ", "影响\(touched)。") + entry.why)
            }
            if entry.severity != .info { page.indented(language("do: ", "处理：") + entry.advice) }
        }
        page.next("weir lint \(name) --format sarif -o lint.sarif", "weir report \(name) -o report.html")
        return page.text
    }
}
