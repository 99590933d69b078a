import ArgumentParser
import EventLogs
import Foundation
import Indicators
import Instants
import Reports
import Statistics
import Workbench

/// `weir compare`
struct CompareVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare before and after: every time and rate with its interval and verdict.",
        discussion: """
            With several AFTER each is compared with BEFORE. Ends with status 2 where the evidence does not suffice for any verdict.

            EXAMPLES
              weir compare p2p-before.csv p2p-after.csv
              weir compare purchases.csv --split 2026-01-01
              weir compare before.xes after.xes --rates rates.yaml --format json
            """)

    @Argument(help: ArgumentHelp("The log before, and the logs after; one log alone with --split.", valueName: "before after"))
    var logs: [String]

    @OptionGroup(title: "Comparison") var splitting: SplitOption
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let split = try splitting.instant(zone: try reading.zone())
        if split != nil && logs.count != 1 {
            throw Failure(
                .usage, Phrase("--split takes one log, but there are \(logs.count)", "--split 只用于一个日志，却给出了 \(logs.count) 个"),
                advice: Phrase("leave --split or the other logs out", "请去掉 --split 或其他日志"))
        }
        if split == nil && logs.count < 2 {
            throw Failure(
                .usage, Phrase("there is nothing to compare with", "缺少对比的日志"),
                advice: Phrase("name a second log, or the date of the change with --split", "请指定第二个日志，或用 --split 指定变更日期"))
        }
        if logs.count(where: { $0 == "-" }) > 1 { throw LogOptions.repeatedStandardInput }
        let rates = try reading.readRates()
        let ends = try reading.endActivities()
        let sink = try ResultSink(output, inputs: logs + reading.files, session: session)
        let opened = try logs.enumerated().map { try reading.open($1, session, place: $0, for: [.durations]) }
        if let rates { reading.warn(of: rates, in: opened, session) }
        let measures = MeasureOptions(rates: rates, endActivities: ends, censored: reading.censored)
        let options = ComparisonOptions(measures: measures, seed: UInt64(common.seed))
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let result = try CompareLogs.run(opened, split: split, options: options, threads: common.threadCount, monitor: session.monitor)
        let provenance = OpenedLog.provenance(of: opened, seed: common.seed, split: split?.text)
        try sink.print(
            Answer(
                verb: "compare", result: result, provenance: provenance, table: { table(result, session.language) },
                csv: { machineTable(result) },
                text: { text(result, session) }), of: opened.first?.stored, reading)
        if result.comparisons.allSatisfy({ $0.comparison.kpis.allSatisfy { $0.verdict == .insufficient } }) {
            throw EarlyEnd(status: .insufficient)
        }
    }

    /// - Parameter isNarrow: whether sizes and what nobody knows are left out, for the room they take.
    private func table(_ result: CompareLogs.Result, _ language: Language, isNarrow: Bool = false) -> Table {
        let words = KPIWords(language)
        var columns = [
            Table.Column("", key: "kpi", .left), Table.Column(language("before", "变更前"), key: "before"),
            Table.Column(language("after", "变更后"), key: "after"),
            Table.Column(language("change", "变化"), key: "change_relative"),
            Table.Column(language("95 % interval", "95% 置信区间"), key: "change_relative_ci95", isInterval: true),
            Table.Column(language("adjusted", "调整后"), key: "adjusted_change_relative"),
            Table.Column(language("verdict", "结论"), key: "verdict", .left), Table.Column("n", key: "n_before"),
            Table.Column(language("n after", "n（后）"), key: "n_after"),
        ]
        let isSeveral = result.comparisons.count > 1
        if isSeveral { columns.insert(Table.Column(language("log", "日志"), key: "log", .left), at: 0) }
        var rows: [[Table.Cell]] = []
        for one in result.comparisons {
            for kpi in one.comparison.kpis where !isNarrow || kpi.before != nil || kpi.after != nil {
                var row: [Table.Cell] = [
                    .words(words.name(kpi.id, unit: kpi.unit)), words.cell(kpi.before, unit: kpi.unit),
                    words.cell(kpi.after, unit: kpi.unit),
                    .change(kpi.changeRelative), .interval(kpi.changeRelativeCi95, .change),
                    .change(kpi.adjustedChangeRelative), words.verdict(kpi.verdict), .count(kpi.nBefore), .count(kpi.nAfter),
                ]
                if isSeveral { row.insert(.name(one.after), at: 0) }
                rows.append(row)
            }
        }
        if isNarrow { return Table("", columns: columns.dropLast(2), rows: rows.map { $0.dropLast(2) }) }
        return Table("", columns: columns, rows: rows)
    }

    /// The same for programs: ids and units in place of words.
    private func machineTable(_ result: CompareLogs.Result) -> Table {
        let keys = [
            "before", "after", "change_absolute", "change_absolute_ci95", "change_relative", "change_relative_ci95",
            "adjusted_change_relative", "adjusted_change_relative_ci95", "p_value", "n_before", "n_after",
        ]
        var columns = ["log", "kpi", "unit"].map { Table.Column($0, key: $0, .left) }
        columns += keys.map { Table.Column($0, key: $0, isInterval: $0.hasSuffix("_ci95")) }
        columns.append(Table.Column("verdict", key: "verdict", .left))
        let rows = result.comparisons.flatMap { one in
            one.comparison.kpis.map { kpi -> [Table.Cell] in
                func interval(_ interval: Interval?) -> Table.Cell { .interval(interval, .number) }
                return [
                    .name(one.after), .words(kpi.id), .words(kpi.unit), .number(kpi.before), .number(kpi.after),
                    .number(kpi.changeAbsolute), interval(kpi.changeAbsoluteCi95), .number(kpi.changeRelative),
                    interval(kpi.changeRelativeCi95), .number(kpi.adjustedChangeRelative), interval(kpi.adjustedChangeRelativeCi95),
                    .number(kpi.pValue), .count(kpi.nBefore), .count(kpi.nAfter), .words(kpi.verdict.rawValue),
                ]
            }
        }
        return Table("", columns: columns, rows: rows)
    }

    private func text(_ result: CompareLogs.Result, _ session: Session) -> String {
        let language = session.language
        var page = TextPage(session)
        let humane = Humane(language)
        for (index, one) in result.comparisons.enumerated() {
            if index > 0 { page.line() }
            let before = humane.count(one.comparison.casesBefore)
            let after = humane.count(one.comparison.casesAfter)
            if let split = result.split {
                let astride = humane.count(one.comparison.astride)
                page.folded(
                    language(
                        "\(one.before), split at \(split): \(before) cases before, \(after) after, \(astride) astride left out",
                        "\(one.before)，以 \(split) 为界：之前 \(before) 个案例，之后 \(after) 个，跨界 \(astride) 个不计入"))
            } else {
                page.folded(
                    language(
                        "\(one.before) (\(before) cases) against \(one.after) (\(after) cases)",
                        "\(one.before)（\(before) 个案例）对比 \(one.after)（\(after) 个案例）"))
            }
            page.line()
            let single = CompareLogs.Result(comparisons: [one], split: result.split)
            page.table(table(single, language, isNarrow: true), rows: .max)
        }
        if logs.count > 1 {
            page.next("weir report \(shellWord(logs[0])) --after \(shellWord(logs[1])) -o report.html")
        } else if let split = splitting.split {
            page.next("weir report \(shellWord(logs[0])) --split \(shellWord(split)) -o report.html")
        }
        return page.text
    }
}
