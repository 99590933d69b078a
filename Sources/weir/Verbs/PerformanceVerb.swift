import ArgumentParser
import EventLogs
import Instants
import Performance
import Reports
import Statistics
import Workbench
import WorkingTime

/// `weir performance`
struct PerformanceVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "performance",
        abstract: "Show where the time goes: cycle, waiting and service time, why work waits, bottlenecks, rework.",
        discussion: """
            EXAMPLES
              weir performance purchases.csv
              weir performance purchases.csv --end "Pay Invoice" --censored exclude
              weir performance purchases.csv --filter "plant == 'P11'" --format json
              weir performance purchases.csv --calendar cn --by role
              weir performance purchases.csv --format csv --table waiting-causes -o waiting.csv
              weir performance completions.xes --estimate-starts --concurrent "Record Goods Receipt,Record Invoice Receipt"
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        help: ArgumentHelp(
            "Break times down: by resource, role, department, month, week, or an attribute's name.", valueName: "key"))
    var by: String?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Analysis") var waiting: WaitingOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Log") var streaming: StreamOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        var options = try reading.performance()
        options.by = try by.map { BreakdownKey(named: $0, clock: ZoneClock(try reading.zone() ?? .utc)) }
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let question = PerformanceQuestion(options: options, withRework: output.chosenFormat == .text, detail: try waiting.detail())
        var (facts, (result, rework, detail)) = try waiting.streaming(streaming).ask(
            question, of: log, reading, session, for: [.durations])
        if by == "resource" && reading.people == .roles { result.breakdown?.hideValues() }
        let tables = PerformanceTables(detail: detail, language: session.language)
        try sink.print(
            Answer(
                verb: "performance", result: DetailedPerformance(result, detail, namesPeople: reading.people == .names),
                provenance: facts.provenance(seed: common.seed),
                table: { result.breakdown.map { breakdown($0, session.language) } ?? bottlenecks(result, session.language) },
                csv: { table(result, tables, session.language) }, text: { text(result, rework, tables, facts, session) },
                markdown: {
                    times(result, session.language).markdown(session.language) + "\n"
                        + bottlenecks(result, session.language).markdown(session.language) + "\n"
                        + activities(result, session.language).markdown(session.language)
                        + (result.breakdown.map { "\n" + breakdown($0, session.language).markdown(session.language) } ?? "")
                        + tables.markdown
                }), of: facts.stored, reading)
    }

    /// The table that CSV holds.
    private func table(_ result: PerformanceResult, _ tables: PerformanceTables, _ language: Language) -> Table {
        switch waiting.table {
        case .bottlenecks: result.breakdown.map { breakdown($0, language) } ?? bottlenecks(result, language)
        case .waitingCauses: tables.waitingCauses()
        case .batches: tables.batches()
        case .activities: activities(result, language)
        case .repetition: tables.repetition()
        case .joins: tables.joins()
        }
    }

    /// - Parameter isNarrow: whether how often is left out, for the room it takes.
    private func bottlenecks(_ result: PerformanceResult, _ language: Language, isNarrow: Bool = false) -> Table {
        let cases = Double(max(1, result.cases))
        let table = Table(
            language("Where the time goes", "时间花在哪里"),
            columns: [
                Table.Column("", key: "rank"), Table.Column("", key: "place", .left), Table.Column("", key: "kind", .left),
                Table.Column(language("total", "合计"), key: "total_s"), Table.Column(language("share", "占比"), key: "share_of_cycle_time"),
                Table.Column(language("per case", "每案例"), key: "per_case_s"),
                Table.Column(language("10 % faster saves", "加快 10% 可省"), key: "score_s"),
                Table.Column(language("times", "次数"), key: "count"),
            ],
            rows: result.bottlenecks.map { item in
                let place = item.kind == .edge ? [item.source ?? "", item.target ?? ""] : [item.activity ?? ""]
                return [
                    .count(item.rank), .path(place),
                    .words(item.kind == .edge ? language("edge", "路径") : language("activity", "活动")), .seconds(item.totalS),
                    .share(item.shareOfCycleTime), .seconds(item.totalS / cases), .seconds(item.scoreS), .count(item.count),
                ]
            })
        if !isNarrow { return table }
        return Table(table.title, columns: table.columns.dropLast(), rows: table.rows.map { $0.dropLast() })
    }

    private func times(_ result: PerformanceResult, _ language: Language) -> Table {
        let all: [(String, TimeStatistics?)] = [
            (language("cycle time", "周期时间"), result.cycleTime), (language("waiting time", "等待时间"), result.waitingTime),
            (language("service time", "处理时间"), result.serviceTime), (language("idle time", "空闲时间"), result.idleTime),
        ]
        return Table(
            language("Times per case", "每案例时间"),
            columns: [
                Table.Column("", key: "time", .left), Table.Column("n", key: "n"),
                Table.Column(language("median", "中位数"), key: "median_s"), Table.Column(language("mean", "平均值"), key: "mean_s"),
                Table.Column(language("90 % under", "90% 低于"), key: "p90_s"), Table.Column(language("longest", "最长"), key: "max_s"),
            ],
            rows: all.map { name, time in
                [.words(name), .count(time?.n), .seconds(time?.medianS), .seconds(time?.meanS), .seconds(time?.p90S), .seconds(time?.maxS)]
            })
    }

    private func activities(_ result: PerformanceResult, _ language: Language) -> Table {
        Table(
            language("Activities", "活动"),
            columns: [
                Table.Column("", key: "activity", .left), Table.Column(language("instances", "活动实例"), key: "instances"),
                Table.Column(language("cases", "案例"), key: "cases"),
                Table.Column(language("service, median", "处理时间中位数"), key: "service_median_s"),
                Table.Column(language("waiting, median", "等待时间中位数"), key: "waiting_median_s"),
                Table.Column(language("sojourn, median", "停留时间中位数"), key: "sojourn_median_s"),
                Table.Column(language("repeated", "重复"), key: "rework_instances"),
            ],
            rows: result.activities.map { activity in
                [
                    .name(activity.name), .count(activity.instances), .count(activity.cases), .seconds(activity.service?.medianS),
                    .seconds(activity.waiting?.medianS), .seconds(activity.sojourn?.medianS), .count(activity.reworkInstances),
                ]
            })
    }

    private func text(
        _ result: PerformanceResult, _ rework: Rework?, _ tables: PerformanceTables, _ facts: LogFacts, _ session: Session
    ) -> String {
        let language = session.language
        var page = TextPage(session)
        page.headline(facts.headline, open: result.censored)
        page.line()
        for line in Self.timeLines(result, language) { page.line(line) }
        if reading.censored == .exclude && result.censored > 0 {
            page.line(language("Open cases are left out of all times.", "未完成案例不计入各项时间。"))
        }
        page.line()
        if !result.bottlenecks.isEmpty {
            page.table(bottlenecks(result, language, isNarrow: true), rows: 3, hint: session.command(adding: "--format csv"))
            page.line()
        }
        if let by = result.breakdown {
            page.table(breakdown(by, language), rows: 20, hint: session.command(adding: "--format csv"))
            page.line()
        } else if let by {
            let name = InertText.cut(by, to: 40)
            page.folded(language("The log has nothing to break down by “\(name)”.", "日志中没有可按“\(name)”细分的内容。"))
        }
        let causes = tables.mainCauses()
        if !causes.rows.isEmpty {
            page.table(causes, rows: 3, hint: session.command(adding: "--format csv --table waiting-causes"))
            if let note = tables.hoursLine { page.folded(note) }
            page.line()
        }
        let joins = tables.joins(onlyBranches: true)
        if !joins.rows.isEmpty {
            page.table(joins, rows: 3, hint: session.command(adding: "--format csv --table joins"))
            page.line()
        }
        page.folded(Self.reworkLine(result, rework, language))
        for line in tables.lines { page.folded(line) }
        if let bounds = result.dateOnly { page.folded(Self.dateOnlyLine(bounds, language)) }
        page.folded(Self.endLine(result, language))
        if let calendar = facts.calendar {
            let name = InertText.cut(calendar.name, to: 40)
            page.folded(
                language(
                    "Working time by the calendar \(name): 1 wd is one working day; --filter \"duration > 5wd\" finds cases by it",
                    "按日历 \(name) 计工作时间：1 工作日为一个完整的工作日；可用 --filter \"duration > 5wd\" 查找案例"))
        }
        page.warnings(
            facts.headline.findings.filter { finding in
                FindingText(finding).affects.contains { $0 == .durations || $0 == .service }
            })
        let name = shellWord(log)
        if let first = result.bottlenecks.first {
            page.next("weir report \(name) -o report.html", "weir cases \(name) --sort duration --filter \(shellWord(first.filter))")
        } else {
            page.next("weir report \(name) -o report.html", "weir inspect \(name)")
        }
        return page.text
    }

    /// Cycle time, and what it is made of.
    private static func timeLines(_ result: PerformanceResult, _ language: Language) -> [String] {
        let humane = Humane(language)
        func row(_ label: String, _ cells: [String]) -> String {
            let padded = cells.dropLast().map { DisplayWidth.padded($0, to: max(19, DisplayWidth.of($0) + 2)) }
            return DisplayWidth.padded(label, to: 16) + padded.joined() + (cells.last ?? "")
        }
        guard let cycle = result.cycleTime else {
            return [row(language("Cycle time", "周期时间"), [language("unknown: no case has a time", "未知：没有案例带有时间")])]
        }
        var lines = [
            row(
                language("Cycle time", "周期时间"),
                [
                    language("median ", "中位数 ") + humane.duration(seconds: cycle.medianS),
                    language("mean ", "平均 ") + humane.duration(seconds: cycle.meanS),
                    language("90 % under ", "90% 低于 ") + humane.duration(seconds: cycle.p90S),
                ])
        ]
        if let elapsed = result.elapsed?.cycleTime {
            let humane = Humane.elapsed(language)
            lines.append(
                row(
                    language("  elapsed", "  自然时间"),
                    [
                        language("median ", "中位数 ") + humane.duration(seconds: elapsed.medianS),
                        language("mean ", "平均 ") + humane.duration(seconds: elapsed.meanS),
                        language("90 % under ", "90% 低于 ") + humane.duration(seconds: elapsed.p90S),
                    ]))
        }
        if let survival = result.survival, survival.censored > 0 {
            let humane = Humane(language)
            let time = { (seconds: Double?) in humane.duration(seconds: seconds) }
            var cells = [
                language("median ", "中位数 ")
                    + (survival.medianS == nil ? language("not reached", "未达到") : time(survival.medianS))
                    + (survival.medianCi95.map { " " + humane.interval($0.low, $0.high, time) } ?? "")
            ]
            if let mean = survival.restrictedMeanS {
                cells.append(
                    language(
                        "mean \(time(mean)) within \(time(survival.horizonS))", "\(time(survival.horizonS)) 以内的平均 \(time(mean))"))
            }
            lines.append(row(language("  open cases in", "  计入未完成"), [cells.joined(separator: language("; ", "；"))]))
        }
        let label = language("of which", "其中")
        guard let service = result.serviceTime, let idle = result.idleTime, let waiting = result.waitingTime,
            service.meanS + idle.meanS > 0
        else {
            lines.append(
                row(
                    label,
                    [
                        language(
                            "waiting and service unknown: starts are not recorded", "等待时间和处理时间未知：没有记录开始时间")
                    ]))
            return lines
        }
        // Service and idle time make up the cycle time, case by case.
        let whole = service.meanS + idle.meanS
        var cells = [
            language("waiting ", "等待 ") + humane.share(waiting.meanS / whole),
            language("service ", "处理 ") + humane.share(service.meanS / whole),
        ]
        let outside = (idle.meanS - waiting.meanS) / whole
        if outside >= 0.0005 { cells.append(language("idle outside both ", "两者之外的空闲 ") + humane.share(outside)) }
        if service.n < cycle.n {
            cells.append(language("(\(service.n) cases with all starts)", "（开始时间齐全的 \(service.n) 个案例）"))
        }
        lines.append(row(label, cells))
        return lines
    }

    private static func reworkLine(_ result: PerformanceResult, _ rework: Rework?, _ language: Language) -> String {
        let humane = Humane(language)
        guard result.reworkCases > 0, let most = rework?.activities.first else {
            return language("Rework: no case repeats an activity", "返工：没有案例重复任何活动")
        }
        let share = humane.share(result.reworkShare)
        let name = InertText.cut(most.name, to: 40)
        let extra = most.medianExtraS.map { humane.durationChange(seconds: $0) }
        let cases = humane.count(most.cases)
        let english = "Rework: \(share) of cases repeat an activity, most often \(name) (\(cases) cases"
        let chinese = "返工：\(share) 的案例重复某个活动，最常见的是 \(name)（\(cases) 个案例"
        return language(
            english + (extra.map { ", median \($0)" } ?? "") + ")", chinese + (extra.map { "，中位数 \($0)" } ?? "") + "）")
    }

    /// How far cycle times are known where stamps tell the day alone.
    private static func dateOnlyLine(_ bounds: DateOnlyBounds, _ language: Language) -> String {
        let humane = Humane(language)
        let share = humane.share(bounds.share)
        let time = { (seconds: Double?) in humane.duration(seconds: seconds) }
        let mean = humane.interval(bounds.meanS.low, bounds.meanS.high, time)
        let median = humane.interval(bounds.medianS.low, bounds.medianS.high, time)
        return language(
            "Dates without a time of day begin or end \(share) of the cases; a date stands for its 24 hours, so the mean cycle time lies within \(mean), the median within \(median)",
            "\(share) 的案例以没有时刻的日期开始或结束；日期代表当天 24 小时，因此周期时间的平均值在 \(mean) 之间，中位数在 \(median) 之间")
    }

    private func breakdown(_ breakdown: TimesBreakdown, _ language: Language) -> Table {
        let isOfCases = breakdown.level == .case
        let named = [
            "resource": language("resource", "资源"), "role": language("role", "角色"), "department": language("department", "部门"),
            "month": language("month", "月份"), "week": language("week", "周"),
        ]
        let key = named[breakdown.by] ?? InertText.cut(breakdown.by, to: 40)
        var columns = [
            Table.Column(key, key: "value", .left), Table.Column(language("cases", "案例"), key: "cases"),
            Table.Column(language("instances", "活动实例"), key: "instances"),
        ]
        if isOfCases {
            columns += [
                Table.Column(language("cycle, median", "周期时间中位数"), key: "cycle_median_s"),
                Table.Column(language("cycle, mean", "周期时间平均值"), key: "cycle_mean_s"),
            ]
        }
        columns += [
            Table.Column(language("waiting, mean", "等待时间平均值"), key: "waiting_mean_s"),
            Table.Column(language("service, mean", "处理时间平均值"), key: "service_mean_s"),
        ]
        columns.append(
            isOfCases
                ? Table.Column(language("idle, mean", "空闲时间平均值"), key: "idle_mean_s")
                : Table.Column(language("sojourn, median", "停留时间中位数"), key: "sojourn_median_s"))
        return Table(
            language("Times by \(key)", "按\(key)细分的时间"), columns: columns,
            rows: breakdown.rows.map { row in
                let name: Table.Cell = row.value.map { .name($0) } ?? .words(language("none", "无"))
                var cells = [name, .count(row.cases), .count(row.instances)]
                if isOfCases { cells += [.seconds(row.cycleTime?.medianS), .seconds(row.cycleTime?.meanS)] }
                cells += [.seconds(row.waitingTime?.meanS), .seconds(row.serviceTime?.meanS)]
                return cells + [isOfCases ? .seconds(row.idleTime?.meanS) : .seconds(row.sojournTime?.medianS)]
            })
    }

    private static func endLine(_ result: PerformanceResult, _ language: Language) -> String {
        let names = result.endActivities.prefix(5).map { InertText.cut($0, to: 40) }.joined(separator: language(", ", "、"))
        let more = result.endActivities.count - 5
        let rest = more > 0 ? language(" and \(more) more", " 等 \(more + 5) 个") : ""
        if result.endActivities.isEmpty {
            return language(
                "End activities: none found, so every case counts as open; name them with --end A,B",
                "结束活动：未找到，因此所有案例都算未完成；可用 --end A,B 指定")
        }
        let rule = result.endRule == .declared ? language("declared", "指定") : language("found in the log", "由日志得出")
        return language("End activities (\(rule)): \(names)\(rest)", "结束活动（\(rule)）：\(names)\(rest)")
    }
}
