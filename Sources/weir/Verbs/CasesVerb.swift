import ArgumentParser
import EventLogs
import Instants
import Reports
import Workbench

extension CaseList.Order: ExpressibleByArgument {}

/// `weir cases`
struct CasesVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "List the cases: start, end, duration, instances, variant, attributes.",
        discussion: """
            EXAMPLES
              weir cases purchases.csv --sort duration --limit 10
              weir cases purchases.csv --filter "follows('Goods receipt','Invoice receipt')"
              weir cases purchases.csv --filter "vendor == 'V1010'" --format csv -o v1010.csv
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        help: ArgumentHelp(
            "The order: log, duration (longest first), start, end, instances (most first), variant or case.", valueName: "key"))
    var sort: CaseList.Order = .log

    @Option(help: ArgumentHelp("How many cases to list. (default: all; as text 20)", valueName: "n"))
    var limit: Int?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        if let limit, limit < 0 {
            throw Failure(.usage, Phrase("--limit is below 0", "--limit 小于 0"), advice: Phrase("give 0 or more", "请用 0 或更大的整数"))
        }
        let ends = try reading.endActivities()
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session)
        let shown = limit ?? (output.chosenFormat == .text ? 20 : nil)
        let costs = try reading.costs(of: opened.log)
        let cases = CaseList(of: opened.log, order: sort, limit: shown, endActivities: ends, costs: costs)
        try sink.print(
            Answer(
                verb: "cases", result: cases, provenance: opened.provenance(seed: common.seed),
                table: { table(cases, session.language) }, text: { text(cases, opened, session) }), of: opened.stored, reading)
    }

    private func table(_ cases: CaseList, _ language: Language) -> Table {
        let hasCosts = cases.cases.contains { $0.cost != nil }
        var columns = [
            Table.Column(language("case", "案例"), key: "case", .left), Table.Column(language("duration", "时长"), key: "duration_s"),
            Table.Column(language("start", "开始"), key: "start"), Table.Column(language("end", "结束"), key: "end"),
            Table.Column(language("instances", "活动实例"), key: "instances"),
            Table.Column(language("variant", "流程变体"), key: "variant"), Table.Column(language("state", "状态"), key: "state", .left),
        ]
        if hasCosts { columns.append(Table.Column(language("cost", "成本"), key: "cost")) }
        columns += cases.attributeNames.map { Table.Column($0, key: $0, .left) }
        return Table(
            language("Cases", "案例"), columns: columns,
            rows: cases.cases.map { entry in
                var row: [Table.Cell] = [
                    .name(entry.name), .seconds(entry.durationS), .instant(entry.start, offset: entry.offset),
                    .instant(entry.end, offset: entry.offset), .count(entry.instances), .count(entry.variant),
                    .words(entry.censored ? language("open", "未完成") : language("done", "已完成")),
                ]
                if hasCosts { row.append(.number(entry.cost)) }
                return row + entry.attributes.map { Self.cell($0.value) }
            },
            omitted: cases.total - cases.cases.count)
    }

    private static func cell(_ value: CaseList.Value?) -> Table.Cell {
        switch value {
        case .text(let text): .name(text)
        case .integer(let number): Table.Cell(.name(String(number)))
        case .number(let number): .number(number)
        case .boolean(let flag): .words(flag ? "true" : "false")
        case .instant(let instant, let offset): .instant(instant, offset: offset)
        case nil: Table.Cell(.missing)
        }
    }

    private func text(_ cases: CaseList, _ opened: OpenedLog, _ session: Session) -> String {
        var page = TextPage(session)
        page.headline(opened.log, open: nil)
        page.line()
        page.table(table(cases, session.language), rows: .max, hint: session.command(adding: "--format csv"))
        if let slowest = cases.cases.first, sort == .duration {
            page.next("weir variants \(shellWord(log)) --filter \(shellWord("case == \(LogFilter.quoted(slowest.name))"))")
        } else {
            page.next("weir cases \(shellWord(log)) --sort duration", "weir performance \(shellWord(log))")
        }
        return page.text
    }
}
