import ArgumentParser
import Instants
import Performance
import Reports
import Workbench

extension DottedChart.Order: ExpressibleByArgument {}

/// `weir dots`
struct DotsVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "dots", abstract: "Show every case as a row of dots over time: a dotted chart.",
        discussion: """
            The suffix of FILE chooses what is written: .svg (the picture), .json, .csv (a row per dot), .md.

            EXAMPLES
              weir dots purchases.csv -o dots.svg
              weir dots purchases.csv --sort duration --relative -o dots.svg
              weir dots purchases.csv --format csv -o dots.csv
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        help: ArgumentHelp(
            "The order of the rows: start, end, duration (longest first), instances (most first) or log.", valueName: "key"))
    var sort: DottedChart.Order = .start

    @Flag(help: "Count times from each case's first start.")
    var relative = false

    @Option(
        help: ArgumentHelp(
            "How many dots to keep; of more, whole cases at equal distances. (default: 20000; for csv all)", valueName: "n"))
    var limit: Int?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        if let limit { try SuffixOption.check("--limit", limit) }
        let isPicture = try SuffixOption.isPicture(output)
        try reading.refuseCalendarForElapsedTime()
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.durations])
        let most = isPicture ? Swift.min(limit ?? 20_000, 20_000) : limit ?? (output.chosenFormat == .csv ? nil : 20_000)
        let chart = DottedChart(of: opened.log, order: sort, isRelative: relative, limit: most)
        if isPicture {
            let language = session.language
            let frame = PictureFrame(
                id: "dots", title: opened.name,
                description: language("Each row is a case, each dot an activity instance at its time.", "每行是一个案例，每个点是一个活动实例及其时间。"),
                language: language)
            try reading.refuseRecord()
            try sink.print(DottedPicture(chart).picture(frame).file)
            return
        }
        try sink.print(
            Answer(
                verb: "dots", result: chart, provenance: opened.provenance(seed: common.seed), table: { table(chart, session.language) },
                text: { text(chart, opened, session) }), of: opened.stored, reading)
    }

    private func table(_ chart: DottedChart, _ language: Language) -> Table {
        Table(
            language("Dots", "点"),
            columns: [
                Table.Column(language("row", "行"), key: "row"), Table.Column(language("case", "案例"), key: "case", .left),
                Table.Column(language("activity", "活动"), key: "activity", .left),
                Table.Column(language("time", "时间"), key: chart.isRelative ? "time_s" : "time"),
            ],
            rows: chart.rows.enumerated().flatMap { place, row in
                row.dots.map { dot in
                    let time = Instant(microseconds: chart.origin + Int64((dot.timeS * 1e6).rounded()))
                    return [
                        .count(place + 1), .name(row.caseName), .name(chart.activities[dot.activity]),
                        chart.isRelative ? .seconds(dot.timeS) : .instant(time, offset: chart.offsetS),
                    ]
                }
            })
    }

    private func text(_ chart: DottedChart, _ opened: OpenedLog, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        var page = TextPage(session)
        page.headline(opened.log, open: nil)
        page.line()
        page.line(
            language(
                "\(humane.count(chart.dots)) dots in \(humane.count(chart.cases)) rows, \(humane.count(chart.activities.count)) activities",
                "\(humane.count(chart.cases)) 行，\(humane.count(chart.dots)) 个点，\(humane.count(chart.activities.count)) 种活动"))
        page.table(table(chart, language), rows: 10, hint: session.command(adding: "--format csv"))
        page.next("weir dots \(shellWord(log)) -o dots.svg", "weir spectrum \(shellWord(log))")
        return page.text
    }
}
