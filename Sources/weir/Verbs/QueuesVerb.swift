import ArgumentParser
import Performance
import Reports
import Workbench

/// `weir queues`
struct QueuesVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "Show work in progress, queue lengths, arrival and service rates over time, and whether they fit together.",
        discussion: """
            Where starts are recorded a queue is what waits for an activity; where not, what is on its way to it and in work. Little's law \
            (mean number = arrivals per time × mean time) is held against the log.

            EXAMPLES
              weir queues purchases.csv
              weir queues purchases.csv --format csv -o queues.csv
              weir queues purchases.csv --end "Pay Invoice" --format json
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let ends = try reading.endActivities()
        try reading.refuseCalendarForElapsedTime()
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.durations])
        let queues = Queues(of: opened.log, endActivities: ends)
        try sink.print(
            Answer(
                verb: "queues", result: queues, provenance: opened.provenance(seed: common.seed),
                table: { table(queues, session.language) }, csv: { periods(queues, session.language) },
                text: { text(queues, opened, session) }), of: opened.stored, reading)
    }

    private func name(_ series: Queues.Series, _ language: Language) -> Table.Cell {
        series.activity.map { .name($0) } ?? .words(language("cases in progress", "在制案例"))
    }

    private func measure(_ measure: Queues.Measure, _ language: Language) -> String {
        switch measure {
        case .cases: language("cases", "案例")
        case .waiting: language("waiting", "等待")
        case .sojourn: language("on the way and in work", "途中及处理中")
        }
    }

    private func all(_ queues: Queues) -> [Queues.Series] { [queues.cases].compactMap(\.self) + queues.activities }

    private func table(_ queues: Queues, _ language: Language, isNarrow: Bool = false) -> Table {
        let columns = [
            Table.Column("", key: "queue", .left), Table.Column(language("what", "内容"), key: "measure", .left),
            Table.Column(language("come a day", "日到达"), key: "arrivals_per_day"),
            Table.Column(language("done a day", "日完成"), key: "completions_per_day"),
            Table.Column(language("mean number", "平均数量"), key: "mean_number"), Table.Column(language("most", "最多"), key: "max_number"),
            Table.Column(language("mean time", "平均时间"), key: "mean_time_s"), Table.Column(language("gap", "偏差"), key: "gap"),
            Table.Column(language("Little's law", "利特尔法则"), key: "little", .left),
        ]
        let rows = all(queues).map { series -> [Table.Cell] in
            [
                name(series, language), .words(measure(series.measure, language)), .number(series.arrivalsPerDay),
                .number(series.completionsPerDay), .number(series.meanNumber), .count(series.maxNumber), .seconds(series.little.meanTimeS),
                .change(series.little.gap), .words(Self.verdict(series.little, language)),
            ]
        }
        let title = language("Queues", "队列")
        if !isNarrow { return Table(title, columns: columns, rows: rows) }
        func cut<Element>(_ list: [Element]) -> [Element] { [0, 2, 3, 4, 5, 6, 7].map { list[$0] } }
        return Table(title, columns: cut(columns), rows: rows.map { cut($0) })
    }

    private static func verdict(_ little: LittlesLaw, _ language: Language) -> String {
        switch (little.verdict, little.reason) {
        case (.consistent, _): language("holds", "成立")
        case (.insufficient, _): language("too little to tell", "证据不足")
        case (.inconsistent, .open?): language("off: much never left", "不符：许多未离开")
        case (.inconsistent, .falling?): language("off: fewer and fewer", "不符：数量在减少")
        case (.inconsistent, _): language("off: more and more", "不符：数量在增加")
        }
    }

    private func periods(_ queues: Queues, _ language: Language) -> Table {
        Table(
            language("Queues over time", "队列随时间的变化"),
            columns: [
                Table.Column(language("queue", "队列"), key: "queue", .left), Table.Column(language("what", "内容"), key: "measure", .left),
                Table.Column(language("from", "从"), key: "from", .left), Table.Column(language("come", "到达"), key: "arrivals"),
                Table.Column(language("left", "离开"), key: "departures"), Table.Column(language("done", "完成"), key: "completions"),
                Table.Column(language("mean number", "平均数量"), key: "mean_number"), Table.Column(language("most", "最多"), key: "max_number"),
                Table.Column(language("cut by the log", "不完整"), key: "is_partial", .left),
            ],
            rows: all(queues).flatMap { series in
                series.periods.map { period in
                    [
                        .name(series.activity), .words(series.measure.rawValue), .words(period.from), .count(period.arrivals),
                        .count(period.departures), .count(period.completions), .number(period.meanNumber), .count(period.maxNumber),
                        .words(period.isPartial ? "true" : "false"),
                    ]
                }
            })
    }

    private func text(_ queues: Queues, _ opened: OpenedLog, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        var page = TextPage(session)
        page.headline(opened.log, open: queues.cases?.open)
        page.line()
        guard let cases = queues.cases else {
            page.line(language("No case has a time.", "没有案例带有时间。"))
            page.next("weir inspect \(shellWord(log))")
            return page.text
        }
        page.table(table(queues, language, isNarrow: true), rows: 11, hint: session.command(adding: "--format json"))
        page.line()
        let little = cases.little
        let number = humane.number(little.meanNumber)
        let rate = humane.number(little.arrivalsPerS.map { $0 * 86_400 })
        let time = humane.duration(seconds: little.meanTimeS)
        page.folded(
            language(
                "Little's law over the middle of the log: \(number) cases on average against \(rate) arrivals a day × \(time) each, \(humane.change(little.gap)): \(Self.verdict(little, language))",
                "日志中段的利特尔法则：平均 \(number) 个案例，日到达 \(rate) × 平均 \(time)，偏差 \(humane.change(little.gap))：\(Self.verdict(little, language))"))
        page.next("weir bottlenecks \(shellWord(log))", "weir queues \(shellWord(log)) --format csv -o queues.csv")
        return page.text
    }
}
