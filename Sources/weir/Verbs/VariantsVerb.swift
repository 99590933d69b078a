import ArgumentParser
import EventLogs
import ProcessModels
import Reports
import Workbench

/// `weir variants`
struct VariantsVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "variants", abstract: "List the ways cases run, with counts, coverage and cycle time.",
        discussion: """
            --groups joins variants that go alike, --tree shows how cases begin, --against tells which activities, paths and variants come \
            more or less often in other logs (plants, months, companies), corrected for how many were looked at.

            EXAMPLES
              weir variants purchases.csv
              weir variants purchases.csv --groups
              weir variants purchases.csv --tree -o tree.dot
              weir variants plant-a.csv --against plant-b.csv --against plant-c.csv
              weir variants purchases.csv --filter "duration > 30d" --format csv
              weir variants hospital.xes.gz --format json -o variants.json
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Flag(help: "Group cases that go alike around one variant each.")
    var groups = false

    @Flag(help: "Show how cases begin as a tree; to .dot, what at least one case in 200 comes to.")
    var tree = false

    @Option(help: ArgumentHelp("Tell how cases go otherwise in this log; again for further logs.", valueName: "log"))
    var against: [String] = []

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Log") var streaming: StreamOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let chosen = [(groups, "--groups"), (tree, "--tree"), (!against.isEmpty, "--against")].filter(\.0).map(\.1)
        if chosen.count > 1 {
            throw Failure(
                .usage, Phrase("\(chosen[0]) and \(chosen[1]) exclude each other", "\(chosen[0]) 与 \(chosen[1]) 不能同时使用"),
                advice: Phrase("ask one after the other", "请分别查询"))
        }
        if groups { return try groups(in: session) }
        if tree { return try tree(in: session) }
        if !against.isEmpty { return try difference(in: session) }
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let (facts, variants) = try streaming.ask(VariantQuestion(), of: log, reading, session, for: [.order])
        try sink.print(
            Answer(
                verb: "variants", result: variants, provenance: facts.provenance(seed: common.seed),
                table: { table(variants, session.language) },
                text: { text(variants, facts, session) }), of: facts.stored, reading)
    }

    private func table(_ variants: VariantTable, _ language: Language) -> Table {
        var covered = 0
        return Table(
            language("Variants", "流程变体"),
            columns: [
                Table.Column("", key: "rank"), Table.Column("", key: "activities", .left),
                Table.Column(language("cases", "案例"), key: "count"), Table.Column(language("share", "占比"), key: "share"),
                Table.Column(language("coverage", "累计占比"), key: "coverage"),
                Table.Column(language("median", "中位数"), key: "median_s"),
                Table.Column(language("mean", "平均值"), key: "mean_s"),
            ],
            rows: variants.variants.enumerated().map { index, variant in
                covered += variant.count
                return [
                    .count(index + 1), .path(variant.activities), .count(variant.count), .share(variant.share),
                    .share(Double(covered) / Double(variants.cases)), .seconds(variant.medianS), .seconds(variant.meanS),
                ]
            })
    }

    private func text(_ variants: VariantTable, _ facts: LogFacts, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        var page = TextPage(session)
        page.headline(facts.headline, open: nil)
        page.line()
        let once = variants.variants.count { $0.count == 1 }
        let few = variants.variants.prefix(5).reduce(0) { $0 + $1.count }
        if variants.total > 0 {
            let five = humane.share(Double(few) / Double(variants.cases))
            page.line(
                language(
                    "\(page.counted(variants.total, "variant", "variants", "")); the \(min(5, variants.total)) most frequent cover \(five) of the cases; \(humane.count(once)) occur once",
                    "\(humane.count(variants.total)) 个流程变体；最常见的 \(min(5, variants.total)) 个覆盖 \(five) 的案例；\(humane.count(once)) 个只出现一次"))
            page.line()
            page.table(table(variants, language), rows: 10, hint: session.command(adding: "--format csv"))
        }
        page.warnings(facts.headline.findings.filter { FindingText($0).affects.contains(.order) })
        page.next(
            "weir cases \(shellWord(log)) --filter \"variant == 1\"",
            "weir discover \(shellWord(log)) -o map.svg")
        return page.text
    }
}
