import ArgumentParser
import EventLogs
import Indicators
import Reports
import Statistics
import Workbench

/// `weir explain`
struct ExplainVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show what drives a figure: attributes, loads, activities, rules, and when it changed.",
        discussion: """
            Differences go together with the figure; whether they cause it, a log cannot tell. Ends with status 2 where there are too few cases.

            EXAMPLES
              weir explain purchases.csv --target cycle_time
              weir explain purchases.csv --target rework_rate --format json
              weir explain purchases.csv --target cost --rates rates.yaml
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        help: ArgumentHelp(
            "What to explain, by its mean: cycle_time, waiting_time, service_time, cost or rework_rate.", valueName: "kpi"))
    var target: String = "cycle_time"

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let measure = try chosenMeasure()
        let rates = try reading.readRates()
        let ends = try reading.endActivities()
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.durations])
        if let rates { reading.warn(of: rates, in: [opened], session) }
        let options = MeasureOptions(rates: rates, endActivities: ends, censored: reading.censored)
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        guard
            let result = try ExplainLog.run(
                opened.log, target: measure, options: options, seed: UInt64(common.seed), threads: common.threadCount,
                monitor: session.monitor)
        else { throw Self.notOfCases(target) }
        try sink.print(
            Answer(
                verb: "explain", result: result, provenance: OpenedLog.provenance(of: [opened], seed: common.seed, split: nil),
                table: { ExplanationTables(result, session.language).drivers() },
                csv: { ExplanationTables(result, session.language).machine() },
                text: { text(result, opened, session) },
                markdown: {
                    ExplanationTables(result, session.language).all().map { $0.markdown(session.language) }.joined(separator: "\n")
                }),
            of: opened.stored, reading)
        if result.drivers.allSatisfy({ $0.verdict == .insufficient }) { throw EarlyEnd(status: .insufficient) }
    }

    private func chosenMeasure() throws -> KPIName.Measure {
        let name: KPIName
        do throws(KPINameError) {
            name = try KPIName(parsing: target)
        } catch {
            throw Failure(
                .usage, Phrase("“\(target)” is no KPI", "“\(target)”不是 KPI"),
                advice: error.nearest.map { Phrase("did you mean \($0)?", "是否想用 \($0)？") } ?? Self.advice)
        }
        if name.measure == .throughput { throw Self.notOfCases(target) }
        return name.measure
    }

    private static let advice = Phrase(
        "name cycle_time, waiting_time, service_time, cost or rework_rate",
        "请指定 cycle_time、waiting_time、service_time、cost 或 rework_rate")

    private static func notOfCases(_ target: String) -> Failure {
        Failure(.usage, Phrase("“\(target)” is no figure of single cases", "“\(target)”不是单个案例的指标"), advice: advice)
    }

    private func text(_ result: Explanation, _ opened: OpenedLog, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        let tables = ExplanationTables(result, language)
        var page = TextPage(session)
        let name = KPIWords(language).name(result.target + (result.unit == "share" ? ".rate" : ".mean"), unit: result.unit)
        page.folded(
            language(
                "\(opened.name): what goes with the \(name) of \(humane.count(result.n)) of \(humane.count(result.cases)) cases",
                "\(opened.name)：\(humane.count(result.cases)) 个案例中 \(humane.count(result.n)) 个的\(name)与什么有关"))
        page.line()
        let found = result.drivers.count { $0.verdict == .driver }
        if result.drivers.isEmpty || result.method == "ridge" {
            page.folded(
                language(
                    "Insufficient evidence: too few cases, or nothing about them that varies, to tell drivers from chance.",
                    "证据不足：案例太少或没有可比较的差异，无法把驱动因素与偶然区分开。"))
        } else if found == 0 {
            page.folded(
                language(
                    "No driver found: none of \(humane.count(result.drivers.count)) differences is more than chance would bring.",
                    "未找到驱动因素：\(humane.count(result.drivers.count)) 项差异都不超出偶然。"))
        } else {
            page.table(tables.drivers(onlyFound: true, isNarrow: true), rows: 8, hint: session.command(adding: "--format csv"))
        }
        page.line()
        if !result.stepDrivers.isEmpty {
            page.table(tables.steps(isNarrow: true), rows: 5, hint: session.command(adding: "--format json"))
            page.line()
        }
        if !result.rules.isEmpty {
            page.table(tables.rules(isNarrow: true), rows: 5, hint: session.command(adding: "--format json"))
            page.folded(
                language(
                    "Found in one half of the cases among \(humane.count(result.rulesTried)) rules tried, measured in the other half.",
                    "在一半案例中从 \(humane.count(result.rulesTried)) 条规则里找出，并在另一半案例中测量。"))
            page.line()
        }
        if result.drift.isEmpty {
            page.folded(language("Drift: no lasting change found.", "漂移：未发现持久变化。"))
        } else {
            page.table(tables.drift(isNarrow: true), rows: 5, hint: session.command(adding: "--format json"))
        }
        if let profiles = result.profiles {
            page.folded(
                language(
                    "Profiles: \(profiles.groups.count) groups of cases by how often activities occur (silhouette \(humane.number(profiles.silhouette))); --format json lists them.",
                    "案例画像：按活动次数分为 \(profiles.groups.count) 组（轮廓系数 \(humane.number(profiles.silhouette))）；--format json 列出各组。"))
        }
        page.line()
        page.folded(ExplanationTables.caveat(language))
        if let rule = result.rules.first(where: { $0.filter != nil && $0.effect > 0 }), let filter = rule.filter {
            page.next("weir cases \(shellWord(log)) --sort duration --filter \(shellWord(filter))")
        } else {
            page.next("weir performance \(shellWord(log))")
        }
        return page.text
    }
}
