import ArgumentParser
import EventLogs
import Foundation
import Indicators
import Instants
import Reports
import Workbench

/// `weir gate`
struct GateVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Hold targets and a baseline in CI: pass, fail, or too little evidence.",
        discussion: """
            KPIS is a YAML file of checks:

              calendar: cn                  # a calendar file or name, where targets are in wd or wh
              kpis:
                - {id: cycle_time.median, max_regression: 10%}
                - {id: cycle_time.p90, target: "<= 30d", min_n: 100}
                - {id: rework_rate, where: "plant == 'P11'", target: "<= 25%"}

            Figures: cycle_time, waiting_time, service_time, cost with .mean .median .p90 .p95 .sum .count; throughput; rework_rate. \
            max_regression compares with a baseline: it fails when the figure is worse by more and the 95 % interval of the change \
            excludes 0; it is undecided with fewer than min_n cases (30) on a side, or when the interval is wider than ± twice \
            max_regression. A target fails when the whole interval misses it. Intervals allow for cases of one time being alike.

            Ends with 0 passed, 1 failed, 2 too little evidence, 3 data too bad. A check that passes in one part and is undecided in \
            the other is undecided. JUnit XML counts fail as failure, and too little evidence and veto as errors.

            EXAMPLES
              weir gate p2p-kpis.yaml before.csv --baseline p2p-baseline.json --update
              weir gate p2p-kpis.yaml today.csv --baseline p2p-baseline.json --junit gate.xml
              weir gate p2p-kpis.yaml today.csv --baseline plant.sqlite
              weir gate p2p-kpis.yaml after.csv --baseline before.csv --format markdown >> "$GITHUB_STEP_SUMMARY"
            """)

    @Argument(help: ArgumentHelp("The checks: a YAML file.", valueName: "kpis"))
    var checks: String

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(help: ArgumentHelp("What to compare with: a file or workspace that --update wrote, or a log.", valueName: "file"))
    var baseline: String?

    @Flag(help: "Write the log's figures to the baseline FILE, or keep them in it if it is a workspace: what is now is what shall be held.")
    var update = false

    @Option(help: ArgumentHelp("Write the checks as JUnit XML too, for CI servers.", valueName: "file"))
    var junit: String?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        if update && baseline == nil {
            throw Failure(
                .usage, Phrase("--update needs the file to write", "--update 需要指定要写入的文件"),
                advice: Phrase("add --baseline FILE", "请加上 --baseline FILE"))
        }
        if let baseline, log == "-", baseline == "-" { throw LogOptions.repeatedStandardInput }
        let reading = try calendarReading()
        let zone = try reading.clock()
        let workingDay = try reading.calendars()?.workingDay
        let file = try naming(checks) { text throws(GateFile.Problem) in
            try GateFile(parsing: text, zone: zone, workingDay: workingDay)
        }
        let options = MeasureOptions(rates: try reading.readRates(), endActivities: try reading.endActivities(), censored: reading.censored)
        let inputs = [checks, log] + reading.files
        let readOnly = update ? inputs : inputs + [baseline].compactMap { $0 }
        let workspace = baseline.flatMap { WorkspaceContents.isNamed(by: $0) ? WorkspaceContents(URL(filePath: $0)) : nil }
        let written = try update && workspace == nil ? ResultSink(path: baseline, inputs: inputs, session: session) : nil
        let report = try junit.map { try ResultSink(path: $0, inputs: readOnly, session: session) }
        let sink = try ResultSink(output, inputs: readOnly, session: session)

        let opened = try reading.open(log, session)
        if let rates = options.rates { reading.warn(of: rates, in: [opened], session) }
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let measured = try measure(opened, file, options)
        let definition = GateBaseline.Definition(
            opened.provenance(seed: common.seed), options, ratesSha256: try reading.ratesDigest(), calendar: try reading.calendarIdentity())
        var logs = [opened]
        let held: GateBaseline?
        if update {
            held = GateBaseline(input: opened.input, cases: opened.log.caseCount, definition: definition, measured: measured)
        } else if let baseline, file.entries.contains(where: { $0.check.maxRegression != nil }) {
            held = try read(baseline, for: opened.input, file, options, reading, definition, measured, &logs, session)
        } else {
            held = nil
        }
        let gate = HoldGate(
            measured, baseline: held, findings: logs.flatMap(\.log.findings), options: options, accepting: opened.accepted,
            isByCalendar: opened.calendars != nil)
        let isWritten = update && gate.verdict != .veto
        if isWritten, let held {
            try workspace?.keep(held, of: fileName(checks), stored: opened.stored)
            try written?.print(try held.text())
        }
        let answer = GateAnswer(gate, updated: isWritten ? baseline.map(fileName) : nil, session.language)
        try report?.print(answer.junit(suite: fileName(checks), subject: opened.name))
        try sink.print(
            Answer(
                verb: "gate", result: answer, provenance: OpenedLog.provenance(of: logs, seed: common.seed),
                table: { table(gate, session.language) }, csv: { answer.table }, text: { text(gate, opened, held, session) },
                markdown: { markdown(gate, opened, held, session.language) }), of: opened.stored, reading)
        switch gate.verdict {
        case .veto: throw EarlyEnd(status: .veto)
        case .pass: return
        case .fail where !update: throw EarlyEnd(status: .failed)
        case .insufficient where !update: throw EarlyEnd(status: .insufficient)
        case .fail, .insufficient: return
        }
    }

    /// How logs are read: with the calendar that the checks name, where the command line names none.
    private func calendarReading() throws -> LogOptions {
        var reading = reading
        if let text = try? LogOptions.text(of: checks) { reading.takeCalendar(GateFile.calendar(in: text), beside: checks) }
        return reading
    }

    func workingDay() throws -> Double? {
        try calendarReading().calendars().map { Double($0.workingDay) / 1e6 }
    }

    private func naming<Value>(_ path: String, _ read: (String) throws(GateFile.Problem) -> Value) throws -> Value {
        let text = try LogOptions.text(of: path)
        do throws(GateFile.Problem) {
            return try read(text)
        } catch {
            throw Failure(gate: error, in: fileName(path))
        }
    }

    private func measure(
        _ opened: OpenedLog, _ file: GateFile, _ options: MeasureOptions
    ) throws -> [(check: GateCheck, measured: GateMeasurement)] {
        do throws(GateFile.Problem) {
            return try HoldGate.measure(opened.log, file, options: options)
        } catch {
            throw Failure(gate: error, in: fileName(checks))
        }
    }

    /// The baseline: a file of figures, those that a workspace keeps for these checks, or a log to make them of.
    private func read(
        _ path: String, for input: Provenance.Input, _ file: GateFile, _ options: MeasureOptions, _ reading: LogOptions,
        _ definition: GateBaseline.Definition,
        _ measured: [(check: GateCheck, measured: GateMeasurement)], _ logs: inout [OpenedLog], _ session: Session
    ) throws -> GateBaseline {
        let isObject = path != "-" && Self.beginsWithBrace(path)
        let kept =
            path != "-" && WorkspaceContents.isNamed(by: path)
            ? try WorkspaceContents(URL(filePath: path)).baseline(of: fileName(checks), input: input.name) : nil
        if !isObject && kept == nil {
            let other = try reading.open(path, session, place: 1)
            logs.append(other)
            return GateBaseline(
                input: other.input, cases: other.log.caseCount, definition: definition, measured: try measure(other, file, options))
        }
        let text = try kept ?? LogOptions.text(of: path)
        do throws(GateBaseline.Problem) {
            let baseline = try GateBaseline(parsing: text)
            try baseline.check(definition, measured)
            return baseline
        } catch {
            throw Failure(baseline: error, in: fileName(path))
        }
    }

    /// Whether a file is a JSON object, by its first sign.
    private static func beginsWithBrace(_ path: String) -> Bool {
        guard let handle = try? FileHandle(forReadingFrom: URL(filePath: path)) else { return false }
        defer { try? handle.close() }
        let begin = (try? handle.read(upToCount: 64)) ?? Data()
        return begin.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "{")
    }

    private func fileName(_ path: String) -> String { path == "-" ? "-" : URL(filePath: path).lastPathComponent }

    private func table(_ gate: HoldGate, _ language: Language) -> Table {
        let words = GateWords(language)
        let values = KPIWords(language)
        let comparesAny = gate.outcomes.contains { $0.judgement.check.maxRegression != nil }
        let aimsAny = gate.outcomes.contains { $0.judgement.check.target != nil }
        var columns = [
            Table.Column(language("verdict", "结论"), key: "verdict", .left), Table.Column(language("check", "检查项"), key: "check", .left),
            Table.Column(language("value", "取值"), key: "value"),
        ]
        if aimsAny { columns.append(Table.Column(language("target", "目标"), key: "target")) }
        if comparesAny {
            columns += [
                Table.Column(language("baseline", "基线"), key: "baseline"), Table.Column(language("change", "变化"), key: "change_relative"),
                Table.Column(language("95 % interval", "95% 置信区间"), key: "change_relative_ci95", isInterval: true),
            ]
        }
        columns.append(Table.Column("n", key: "n"))
        return Table(
            language("Checks", "检查项"), columns: columns,
            rows: gate.outcomes.map { outcome in
                let judgement = outcome.judgement
                var row = [
                    words.cell(outcome.verdict), .name(words.name(judgement)),
                    values.cell(
                        judgement.measured.value, unit: judgement.measured.unit, isElapsed: judgement.check.target?.time == .elapsed),
                ]
                if aimsAny { row.append(.words(judgement.check.target?.text)) }
                if comparesAny {
                    row += [
                        values.cell(
                            judgement.baseline?.value, unit: judgement.measured.unit,
                            isElapsed: judgement.check.target?.time == .elapsed), .change(judgement.change),
                        .interval(judgement.changeCi95, .change),
                    ]
                }
                return row + [.count(judgement.measured.n)]
            })
    }

    /// What was held against what.
    private func subject(_ opened: OpenedLog, _ held: GateBaseline?, _ language: Language) -> String {
        let humane = Humane(language)
        let own = humane.count(opened.log.caseCount)
        let name = InertText.cut(opened.name, to: 40)
        guard let held, !update else {
            return language("\(fileName(checks)) on \(name) (\(own) cases)", "\(fileName(checks))，日志 \(name)（\(own) 个案例）")
        }
        let other = InertText.cut(held.input.name, to: 40)
        let cases = humane.count(held.cases)
        return language(
            "\(fileName(checks)) on \(name) (\(own) cases), baseline of \(other) (\(cases) cases)",
            "\(fileName(checks))，日志 \(name)（\(own) 个案例），基线取自 \(other)（\(cases) 个案例）")
    }

    private func text(_ gate: HoldGate, _ opened: OpenedLog, _ held: GateBaseline?, _ session: Session) -> String {
        let language = session.language
        let words = GateWords(language)
        var page = TextPage(session)
        if update, let baseline {
            if gate.verdict == .veto {
                page.line(language("Baseline not written: the data are too bad", "未写入基线：数据质量太差"))
            } else {
                page.line(language("Baseline written to \(fileName(baseline))", "基线已写入 \(fileName(baseline))"))
            }
        } else {
            page.line(words.headline(gate))
        }
        page.folded(subject(opened, held, language))
        page.line()
        page.table(table(gate, language), rows: .max)
        let shown = gate.outcomes.filter { $0.verdict != .pass }
        if !shown.isEmpty { page.line() }
        for outcome in shown {
            page.folded("\(words.name(outcome.judgement))\(language(": ", "："))\(words.reason(outcome))")
        }
        if update {
            let held = shellWord(baseline ?? "")
            let gate = "weir gate \(shellWord(checks)) LOG --baseline \(held)"
            if WorkspaceContents.isNamed(by: baseline ?? "") {
                page.next(gate, "weir logs \(held)")
            } else {
                page.next("git add \(held)", gate)
            }
        } else if gate.verdict == .veto {
            page.next("weir inspect \(shellWord(log))")
        } else if gate.verdict != .pass {
            page.next("weir performance \(shellWord(log))", "weir report \(shellWord(log)) -o report.html")
        }
        return page.text
    }

    private func markdown(_ gate: HoldGate, _ opened: OpenedLog, _ held: GateBaseline?, _ language: Language) -> String {
        let words = GateWords(language)
        var text = "## \(InertText.markdown(words.headline(gate)))\n\n\(InertText.markdown(subject(opened, held, language)))\n\n"
        text += table(gate, language).markdown(language)
        for outcome in gate.outcomes where outcome.verdict != .pass {
            let line = "\(words.name(outcome.judgement))\(language(": ", "："))\(words.reason(outcome))"
            text += "\n- \(InertText.markdown(line))"
        }
        return text.hasSuffix("\n") ? text : text + "\n"
    }
}

extension LogOptions {
    /// The clock of times without an offset.
    fileprivate func clock() throws -> ZoneClock { ZoneClock(try zone() ?? .utc) }

    /// The SHA-256 of the rates, or `nil` where none were given.
    fileprivate func ratesDigest() throws -> String? { try rates.map(Self.digest) }

    /// What the calendar is: its name and, of a file, the SHA-256.
    fileprivate func calendarIdentity() throws -> String? {
        guard let calendar, let known = try calendars() else { return nil }
        return FileManager.default.fileExists(atPath: calendar) ? "\(known.name) \(try Self.digest(calendar))" : known.name
    }

    private static func digest(_ path: String) throws -> String {
        var text = try Self.text(of: path)
        var digest = InputDigest()
        text.withUTF8 { digest.update(UnsafeRawBufferPointer($0)) }
        return digest.hexadecimal
    }
}
