import ArgumentParser
import EventLogs
import Reports
import SyntheticLogs
import Workbench

/// `weir generate`
struct GenerateVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Make a synthetic log whose truth is known.",
        discussion: """
            The same name, variant, number of cases and seed give the same bytes. What was planted, and an analysis should find \
            again, is listed beside the log.

            EXAMPLES
              weir generate --list
              weir generate p2p -o p2p-before.csv
              weir generate p2p --variant after --cases 5000 --seed 7 -o p2p-after.csv
              weir generate p2p --cases 10 | weir variants -
            """)

    @Argument(help: "The log to make; --list names them all.")
    var name: String?

    @Flag(help: "List what can be made.")
    var list = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the log, a CSV, to FILE. (default: standard output)", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("How many cases. (default: as --list says)", valueName: "n"))
    var cases: Int?

    @Option(help: ArgumentHelp("before, after, drift or plain. (default: the first that --list names)", valueName: "name"))
    var variant: String?

    @Option(help: ArgumentHelp("Form of the list of planted facts: text, json, csv or markdown.", valueName: "form"))
    var format: ResultFormat = .text

    @OptionGroup var common: CommonOptions

    private var isToStandardOutput: Bool { output == nil || output == "-" }

    func run(in session: Session) throws {
        if list { return try printCatalogue(session) }
        guard let name else {
            throw Failure(
                .usage, Phrase("<name> is missing", "缺少 <name>"),
                advice: Phrase("“weir generate --list” names them all", "运行 weir generate --list 查看可选名称"))
        }
        let sink = try ResultSink(path: output, inputs: [], session: session)
        session.monitor.begin(name)
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let log = try Generate.log(name: name, variant: variant, cases: cases, seed: UInt64(common.seed))
        var written = 0
        try log.writeCSV { bytes in
            try sink.write(bytes)
            written += bytes.count
            session.monitor.progress(.writing, fraction: nil, events: 0)
        }
        try sink.finish()
        let facts = factsAnswer(log, session)
        if !isToStandardOutput {
            try ResultSink(path: nil, format: format, inputs: [], session: session).print(facts)
        } else if !session.isQuiet {
            // Standard output holds the log itself.
            for line in facts.text().split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                standardError(String(line))
            }
        }
    }

    private func printCatalogue(_ session: Session) throws {
        if let name {
            throw Failure(
                .usage, Phrase("--list takes no name, but “\(name)” was given", "--list 不带名称，却给出了“\(name)”"),
                advice: Phrase("leave one of them out", "请去掉其中之一"))
        }
        let catalogue = Generate.catalogue()
        let language = session.language
        let table = Table(
            language("Logs that can be made", "可生成的日志"),
            columns: [
                Table.Column(language("name", "名称"), key: "name", .left),
                Table.Column(language("variants", "变体"), key: "variants", .left),
                Table.Column(language("cases", "案例数"), key: "cases"),
            ],
            rows: catalogue.logs.map { entry in
                [.name(entry.name), .words(entry.variants.joined(separator: " ")), .count(entry.cases)]
            })
        let answer = Answer(verb: "generate", result: catalogue, provenance: ToolProvenance(seed: common.seed), table: { table }) {
            var page = TextPage(session)
            page.table(table, rows: .max)
            page.next("weir generate \(catalogue.logs.first?.name ?? "") -o log.csv")
            return page.text
        }
        try ResultSink(path: output, format: format, inputs: [], session: session).print(answer)
    }

    private func factsAnswer(_ log: Generate.GeneratedLog, _ session: Session) -> Answer {
        let language = session.language
        let humane = Humane(language)
        let table = Table(
            language("Planted facts", "预设事实"),
            columns: [
                Table.Column(language("kind", "类别"), key: "kind", .left), Table.Column(language("fact", "事实"), key: "fact", .left),
            ],
            rows: log.facts.plantedFacts.map { fact in
                [.words(fact.kind.rawValue), .words(language(fact.english, fact.chinese))]
            })
        return Answer(
            verb: "generate", result: log.facts, provenance: ToolProvenance(seed: common.seed), table: { table }
        ) {
            var page = TextPage(session)
            let cases = humane.count(log.facts.cases)
            let rows = humane.count(log.facts.rows)
            page.line(
                language(
                    "\(log.facts.name) · \(log.facts.variant) · \(cases) cases · \(rows) activity instances · seed \(common.seed)",
                    "\(log.facts.name) · \(log.facts.variant) · \(cases) 个案例 · \(rows) 个活动实例 · 种子 \(common.seed)"))
            if log.facts.plantedFacts.isEmpty { page.line(language("Nothing is planted.", "没有预设任何事实。")) }
            for fact in log.facts.plantedFacts { page.folded("- " + language(fact.english, fact.chinese)) }
            if let output, !isToStandardOutput {
                page.next("weir inspect \(shellWord(output))", "weir report \(shellWord(output)) -o report.html")
            }
            return page.text
        }
    }
}
