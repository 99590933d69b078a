import ArgumentParser
import Instants
import Performance
import Reports
import Workbench

/// `weir spectrum`
struct SpectrumVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "spectrum",
        abstract: "Show how every single case fared between two activities over time: batches, slow phases, overtaking.",
        discussion: """
            The suffix of FILE chooses what is written: .svg (the picture), .json (all), .csv (a row per case and step), .md.

            EXAMPLES
              weir spectrum purchases.csv
              weir spectrum purchases.csv -o spectrum.svg
              weir spectrum purchases.csv --edge "Match Invoice,Pay Invoice" --format csv
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        help: ArgumentHelp(
            "Show the steps from A to B; may be given several times. (default: those that hold most time)", valueName: "a,b"))
    var edge: [String] = []

    @Option(help: ArgumentHelp("How many steps to show, those that hold most time first.", valueName: "n"))
    var steps: Int = 8

    @Option(
        help: ArgumentHelp(
            "How many cases of a step to keep; of more, as many at equal distances. (default: 4000; for csv all)", valueName: "n"))
    var lines: Int?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        try SuffixOption.check("--steps", steps)
        if let lines { try SuffixOption.check("--lines", lines) }
        let named = try edges()
        let isPicture = try SuffixOption.isPicture(output)
        try reading.refuseCalendarForElapsedTime()
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.order, .durations])
        // All marks of a picture together are at most 20,000.
        let shown = Swift.max(1, named?.count ?? steps)
        let most =
            isPicture ? Swift.min(lines ?? 4_000, Swift.max(1, 20_000 / shown)) : lines ?? (output.chosenFormat == .csv ? Int.max : 4_000)
        let spectrum = PerformanceSpectrum(
            of: opened.log, options: PerformanceSpectrum.Options(segments: steps, named: named, lines: most))
        if let named { tell(named, spectrum, session) }
        if isPicture {
            let language = session.language
            let frame = PictureFrame(
                id: "spectrum", title: opened.name,
                description: language(
                    "Each line is one case between two activities; darker lines are slower.", "每条线是一个案例在两个活动之间的经过；颜色越深越慢。"),
                language: language)
            try reading.refuseRecord()
            try sink.print(SpectrumPicture(spectrum).picture(frame).file)
            return
        }
        try sink.print(
            Answer(
                verb: "spectrum", result: spectrum, provenance: opened.provenance(seed: common.seed),
                table: { segments(spectrum, session.language) }, csv: { lineTable(spectrum, session.language) },
                text: { text(spectrum, opened, session) }), of: opened.stored, reading)
    }

    private func edges() throws(Failure) -> [(source: String, target: String)]? {
        if edge.isEmpty { return nil }
        var result: [(source: String, target: String)] = []
        for text in edge {
            let names = try LogOptions.list(text)
            if names.count != 2 {
                throw Failure(
                    .usage, Phrase("“\(text)” is no step from one activity to another", "“\(text)”不是从一个活动到另一个活动的步骤"),
                    advice: Phrase("write --edge \"A,B\"; a name with a comma in double quotes", "请写成 --edge \"A,B\"；含逗号的名称放在双引号中"))
            }
            result.append((names[0], names[1]))
        }
        return result
    }

    private func tell(_ named: [(source: String, target: String)], _ spectrum: PerformanceSpectrum, _ session: Session) {
        for pair in named where !spectrum.segments.contains(where: { $0.source == pair.source && $0.target == pair.target }) {
            session.note(
                "no case goes directly from “\(pair.source)” to “\(pair.target)”", "没有案例从“\(pair.source)”直接到“\(pair.target)”")
        }
    }

    private func segments(_ spectrum: PerformanceSpectrum, _ language: Language) -> Table {
        Table(
            language("Steps that hold most time", "耗时最多的步骤"),
            columns: [
                Table.Column("", key: "step", .left), Table.Column(language("times", "次数"), key: "count"),
                Table.Column(language("total", "合计"), key: "total_s"), Table.Column(language("median", "中位数"), key: "median_s"),
                Table.Column(language("slowest quarter over", "最慢四分之一超过"), key: "p75_s"),
                Table.Column(language("overtaken", "被超越"), key: "overtaken_share"),
                Table.Column(language("in batches", "成批"), key: "converging_share"),
            ],
            rows: spectrum.segments.map { segment in
                let hasTimes = segment.quartilesS.count == 3
                return [
                    .path([segment.source, segment.target]), .count(segment.count), .seconds(segment.totalS),
                    .seconds(hasTimes ? segment.quartilesS[1] : nil), .seconds(hasTimes ? segment.quartilesS[2] : nil),
                    .share(segment.overtakenShare), .share(segment.convergingShare),
                ]
            }, omitted: spectrum.omitted)
    }

    private func lineTable(_ spectrum: PerformanceSpectrum, _ language: Language) -> Table {
        let offset = spectrum.offsetS
        func instant(_ seconds: Double) -> Table.Cell {
            .instant(Instant(microseconds: spectrum.origin + Int64((seconds * 1e6).rounded())), offset: offset)
        }
        return Table(
            language("Cases between two activities", "两个活动之间的案例"),
            columns: [
                Table.Column(language("case", "案例"), key: "case", .left), Table.Column(language("from", "从"), key: "source", .left),
                Table.Column(language("to", "到"), key: "target", .left), Table.Column(language("start", "开始"), key: "start"),
                Table.Column(language("end", "结束"), key: "end"), Table.Column(language("time", "时间"), key: "time_s"),
                Table.Column(language("quarter", "四分位"), key: "quartile"),
            ],
            rows: spectrum.segments.flatMap { segment in
                segment.lines.map { line in
                    [
                        .name(line.caseName), .name(segment.source), .name(segment.target), instant(line.startS), instant(line.endS),
                        .seconds(line.endS - line.startS), .count(line.quartile),
                    ]
                }
            })
    }

    private func text(_ spectrum: PerformanceSpectrum, _ opened: OpenedLog, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        var page = TextPage(session)
        page.headline(opened.log, open: nil)
        page.line()
        page.table(segments(spectrum, language), rows: .max, hint: "weir spectrum \(shellWord(log)) --steps 100 --format json")
        let batches = spectrum.segments.filter { ($0.convergingShare ?? 0) >= 0.2 }.max {
            ($0.convergingShare ?? 0, $1.totalS) < ($1.convergingShare ?? 0, $0.totalS)
        }
        if let batches {
            let name = "\(batches.source) → \(batches.target)"
            page.line()
            page.folded(
                language(
                    "\(name): \(humane.share(batches.convergingShare)) of the cases end together in \(humane.count(batches.convergingGroups)) groups that began apart: batches",
                    "\(name)：\(humane.share(batches.convergingShare)) 的案例先后开始、同时结束，共 \(humane.count(batches.convergingGroups)) 批：批量处理"))
        }
        page.next("weir spectrum \(shellWord(log)) -o spectrum.svg", "weir queues \(shellWord(log))")
        return page.text
    }
}
