import ArgumentParser
import EventLogs
import Foundation
import Indicators
import Instants
import Performance
import Reports
import Statistics
import Workbench

/// `weir compare`
struct CompareVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare before and after, or plants and months side by side: times and rates with interval and verdict.",
        discussion: """
            With several AFTER each is compared with BEFORE; with --by the cases of each value with all other cases. Verdicts of several
            comparisons are corrected for their number. Ends with status 2 where the evidence does not suffice for any verdict.

            EXAMPLES
              weir compare p2p-before.csv p2p-after.csv
              weir compare purchases.csv --split 2026-01-01
              weir compare purchases.csv --by plant
              weir compare before.xes after.xes --rates rates.yaml --format json
            """)

    @Argument(help: ArgumentHelp("The log before, and the logs after; one log alone with --split or --by.", valueName: "before after"))
    var logs: [String]

    @OptionGroup(title: "Comparison") var splitting: SplitOption

    @Option(
        help: ArgumentHelp(
            "Compare the cases of each value with all others: by month, week (of the first start), or a case attribute.", valueName: "key"))
    var by: String?

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
        if by != nil && (logs.count != 1 || split != nil) {
            throw Failure(
                .usage, Phrase("--by takes one log and no --split", "--by 只用于一个日志，且不能与 --split 同用"),
                advice: Phrase("leave --by or the others out", "请去掉 --by 或其余选项与日志"))
        }
        if split == nil && by == nil && logs.count < 2 {
            throw Failure(
                .usage, Phrase("there is nothing to compare with", "缺少对比的日志"),
                advice: Phrase(
                    "name a second log, the date of the change with --split, or what parts the log with --by",
                    "请指定第二个日志，或用 --split 指定变更日期，或用 --by 指定按什么划分日志"))
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
        let result = try compared(opened, split, options, session)
        let provenance = OpenedLog.provenance(of: opened, seed: common.seed, split: split?.text)
        try sink.print(
            Answer(
                verb: "compare", result: result, provenance: provenance, table: { table(result, session.language) },
                csv: { machineTable(result) }, text: { text(result, session) },
                markdown: result.by == nil
                    ? nil
                    : {
                        sideBySide(result, session.language).markdown(session.language) + "\n"
                            + differences(result, session.language).markdown(session.language)
                    }), of: opened.first?.stored, reading)
        if result.comparisons.allSatisfy({ $0.comparison.kpis.allSatisfy { $0.verdict == .insufficient } }) {
            throw EarlyEnd(status: .insufficient)
        }
    }

    private func compared(
        _ opened: [OpenedLog], _ split: (instant: Instant, text: String)?, _ options: ComparisonOptions, _ session: Session
    ) throws -> CompareLogs.Result {
        guard let by else {
            return try CompareLogs.run(opened, split: split, options: options, threads: common.threadCount, monitor: session.monitor)
        }
        let key = BreakdownKey(named: by, clock: ZoneClock(try reading.zone() ?? .utc))
        let name = InertText.cut(by, to: 40)
        guard key.caseValue(in: opened[0].log) != nil else {
            let known = opened[0].log.columns.caseAttributes.map { InertText.cut($0.name, to: 40) }.prefix(12).joined(separator: ", ")
            throw Failure(
                .usage, Phrase("“\(name)” is nothing that cases have", "案例没有“\(name)”"),
                advice: Phrase("compare by month, week, or a case attribute: \(known)", "可按 month、week 或案例属性对比：\(known)"))
        }
        let parts = try CompareLogs.parts(
            of: opened[0], by: key, options: options, threads: common.threadCount, monitor: session.monitor)
        guard let parts else {
            throw Failure(
                .usage, Phrase("all cases have the same “\(name)”", "所有案例的“\(name)”都相同"),
                advice: Phrase("compare by something that differs", "请按取值不同的内容对比"))
        }
        return parts
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
        if isSeveral { columns.insert(Table.Column(heading(result, language), key: "log", .left), at: 0) }
        var rows: [[Table.Cell]] = []
        for one in result.comparisons {
            for kpi in one.comparison.kpis where !isNarrow || kpi.before != nil || kpi.after != nil {
                var row: [Table.Cell] = [
                    .words(words.name(kpi.id, unit: kpi.unit)), words.cell(kpi.before, unit: kpi.unit),
                    words.cell(kpi.after, unit: kpi.unit),
                    .change(kpi.changeRelative), .interval(kpi.changeRelativeCi95, .change),
                    .change(kpi.adjustedChangeRelative), words.verdict(kpi.verdict), .count(kpi.nBefore), .count(kpi.nAfter),
                ]
                if isSeveral { row.insert(.name(one.name), at: 0) }
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
            "adjusted_change_relative", "adjusted_change_relative_ci95", "p_value", "p_adjusted", "n_before", "n_after",
        ]
        var columns = ["log", "kpi", "unit"].map { Table.Column($0, key: $0, .left) }
        columns += keys.map { Table.Column($0, key: $0, isInterval: $0.hasSuffix("_ci95")) }
        columns.append(Table.Column("verdict", key: "verdict", .left))
        let rows = result.comparisons.flatMap { one in
            one.comparison.kpis.map { kpi -> [Table.Cell] in
                func interval(_ interval: Interval?) -> Table.Cell { .interval(interval, .number) }
                return [
                    .name(one.name), .words(kpi.id), .words(kpi.unit), .number(kpi.before), .number(kpi.after),
                    .number(kpi.changeAbsolute), interval(kpi.changeAbsoluteCi95), .number(kpi.changeRelative),
                    interval(kpi.changeRelativeCi95), .number(kpi.adjustedChangeRelative), interval(kpi.adjustedChangeRelativeCi95),
                    .number(kpi.pValue), .number(kpi.pAdjusted), .count(kpi.nBefore), .count(kpi.nAfter), .words(kpi.verdict.rawValue),
                ]
            }
        }
        return Table("", columns: columns, rows: rows)
    }

    /// What names the rows of several comparisons.
    private func heading(_ result: CompareLogs.Result, _ language: Language) -> String {
        switch result.by {
        case nil: language("log", "日志")
        case "month"?: language("month", "月份")
        case "week"?: language("week", "周")
        case let by?: InertText.cut(by, to: 40)
        }
    }

    /// A row for each comparison: its cycle time with the change, and the other figures that are most asked for.
    private func sideBySide(_ result: CompareLogs.Result, _ language: Language) -> Table {
        let words = KPIWords(language)
        let columns = [
            Table.Column(heading(result, language), key: "log", .left), Table.Column(language("cases", "案例"), key: "cases"),
            Table.Column(language("cycle, median", "周期时间中位数"), key: "cycle_time.median"),
            Table.Column(language("change", "变化"), key: "change_relative"),
            Table.Column(language("95 % interval", "95% 置信区间"), key: "change_relative_ci95", isInterval: true),
            Table.Column(language("verdict", "结论"), key: "verdict", .left),
            Table.Column(language("p90", "90 分位数"), key: "cycle_time.p90"), Table.Column(language("rework", "返工"), key: "rework_rate.rate"),
        ]
        func row(_ name: Table.Cell, _ comparison: Comparison, isBefore: Bool) -> [Table.Cell] {
            func value(_ id: String) -> Table.Cell {
                guard let kpi = comparison.kpis.first(where: { $0.id == id }) else { return .number(nil) }
                return words.cell(isBefore ? kpi.before : kpi.after, unit: kpi.unit)
            }
            let median = isBefore ? nil : comparison.kpis.first { $0.id == "cycle_time.median" }
            return [
                name, .count(isBefore ? comparison.casesBefore : comparison.casesAfter), value("cycle_time.median"),
                .change(median?.changeRelative), .interval(median?.changeRelativeCi95, .change),
                median.map { verdict($0.verdict, result, words) } ?? .number(nil), value("cycle_time.p90"), value("rework_rate.rate"),
            ]
        }
        var rows = result.comparisons.map { row(.name($0.name), $0.comparison, isBefore: false) }
        if result.by == nil {
            rows.insert(row(.name(result.comparisons[0].before), result.comparisons[0].comparison, isBefore: true), at: 0)
        }
        return Table("", columns: columns, rows: rows)
    }

    /// The differences that stand after correction, the cycle times' left out that ``sideBySide(_:_:)`` shows.
    private func differences(_ result: CompareLogs.Result, _ language: Language) -> Table {
        let words = KPIWords(language)
        let columns = [
            Table.Column(heading(result, language), key: "log", .left), Table.Column("", key: "kpi", .left),
            Table.Column(language("others", "其他案例"), key: "before"), Table.Column(language("here", "此处"), key: "after"),
            Table.Column(language("change", "变化"), key: "change_relative"),
            Table.Column(language("95 % interval", "95% 置信区间"), key: "change_relative_ci95", isInterval: true),
            Table.Column(language("verdict", "结论"), key: "verdict", .left),
        ]
        let shown: Set<ComparedKPI.Verdict> = [.improved, .worsened]
        let rows = result.comparisons.flatMap { one in
            one.comparison.kpis.filter { shown.contains($0.verdict) && $0.id != "cycle_time.median" }.map { kpi -> [Table.Cell] in
                [
                    .name(one.name), .words(words.name(kpi.id, unit: kpi.unit)), words.cell(kpi.before, unit: kpi.unit),
                    words.cell(kpi.after, unit: kpi.unit), .change(kpi.changeRelative), .interval(kpi.changeRelativeCi95, .change),
                    verdict(kpi.verdict, result, words),
                ]
            }
        }
        return Table(language("Differences of other figures", "其他指标的差异"), columns: columns, rows: rows)
    }

    /// A verdict; parts of one log do not improve, they are better or worse than the others.
    private func verdict(_ verdict: ComparedKPI.Verdict, _ result: CompareLogs.Result, _ words: KPIWords) -> Table.Cell {
        guard result.by != nil else { return words.verdict(verdict) }
        return switch verdict {
        case .improved: .words(words.language("better", "更好"), tone: .better)
        case .worsened: .words(words.language("worse", "更差"), tone: .worse)
        default: words.verdict(verdict)
        }
    }

    private func text(_ result: CompareLogs.Result, _ session: Session) -> String {
        let language = session.language
        var page = TextPage(session)
        let humane = Humane(language)
        if result.by != nil || result.comparisons.count > 1 {
            if result.by != nil {
                let name = heading(result, language)
                page.folded(
                    language(
                        "\(result.comparisons[0].before): the cases of each \(name) against all others",
                        "\(result.comparisons[0].before)：每个“\(name)”的案例对比所有其他案例"))
                page.line()
            }
            page.table(sideBySide(result, language), rows: .max)
            page.folded(
                language(
                    "Verdicts are corrected for \(result.comparisons.count) comparisons.", "结论已按 \(result.comparisons.count) 次对比作多重检验校正。"))
            if result.valuesLeftOut > 0 || result.casesWithoutValue > 0 {
                page.folded(
                    language(
                        "Not compared: \(humane.count(result.valuesLeftOut)) rarer values, \(humane.count(result.casesWithoutValue)) cases without a value.",
                        "未对比：\(humane.count(result.valuesLeftOut)) 个较少见的值，\(humane.count(result.casesWithoutValue)) 个无此值的案例。"))
            }
        }
        if result.by != nil {
            let other = differences(result, language)
            if !other.rows.isEmpty {
                page.line()
                page.table(other, rows: 20, hint: session.command(adding: "--format csv"))
            }
            page.next(session.command(adding: "--format csv"))
            return page.text
        }
        for one in result.comparisons {
            if result.comparisons.count > 1 { page.line() }
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

extension CompareLogs.One {
    /// What it is called beside others: the value of its cases, else the log after.
    fileprivate var name: String { value ?? after }
}
