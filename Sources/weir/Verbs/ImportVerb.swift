import ArgumentParser
import Foundation
import LogFormats
import Reports
import Workbench

/// `weir import`
struct ImportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read logs once and keep them in a workspace, one SQLite file.",
        discussion: """
            All files become one log. A file that is part of the log is not read again; a later extract adds its new cases and the new \
            events of known cases. The workspace changes in one step or not at all. A column mapping that --map gives is remembered for \
            files with the same columns.

            EXAMPLES
              weir import purchases.csv
              weir import january.csv february.csv --log purchases --workspace plant.sqlite
              weir import export.xlsx --map map.yaml && weir performance weir.sqlite
            """)

    @Argument(help: ArgumentHelp("The log's files.", valueName: "log"))
    var files: [String]

    @Option(help: ArgumentHelp("The workspace; it is made where it does not exist.", valueName: "file"))
    var workspace = "weir.sqlite"

    @Option(
        help: ArgumentHelp("The log's name in the workspace; an existing one grows. (default: the first file's name)", valueName: "name"))
    var log: String?

    @Flag(help: "Do not use a column mapping that was given for files with the same columns.")
    var forgetMapping = false

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Files") var reading: FileOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        if files.contains("-") {
            throw Failure(
                .usage, Phrase("standard input cannot be imported: it has no name", "标准输入没有名称，无法导入"),
                advice: Phrase("save it as a file", "请先保存为文件"))
        }
        let sink = try ResultSink(output, inputs: files + [workspace] + reading.files, session: session)
        session.monitor.begin(URL(filePath: files[0]).lastPathComponent)
        let request = ImportLogs.Request(
            files: files.map { URL(filePath: $0) }, workspace: URL(filePath: workspace), log: log,
            reading: try reading.readOptions(threads: session.threads), recallsMappings: !forgetMapping)
        let result = try ImportLogs(request).run(monitor: session.monitor)
        for file in result.files {
            guard let from = file.mappingFrom else { continue }
            session.note(
                "\(file.file): read with the column mapping that was given for \(from); --forget-mapping reads without it",
                "\(file.file)：使用了为 \(from) 给出的列映射；加 --forget-mapping 可不使用")
        }
        let provenance = ImportProvenance(version: ToolVersion.current)
        try sink.print(
            Answer(
                verb: "import", result: result, provenance: provenance, table: { table(result, session.language) },
                text: { text(result, session) }))
    }

    /// What the result rests on, beside the files with their checksums.
    private struct ImportProvenance: Encodable {
        var tool = "weir"
        var version: String
    }

    private func table(_ result: ImportLogs.Result, _ language: Language) -> Table {
        Table(
            language("Files", "文件"),
            columns: [
                Table.Column(language("file", "文件"), key: "file", .left),
                Table.Column(language("events read", "读取事件"), key: "events_read"),
                Table.Column(language("events added", "新增事件"), key: "events_added"),
                Table.Column(language("cases added", "新增案例"), key: "cases_added"),
                Table.Column(language("cases changed", "变更案例"), key: "cases_changed"),
                Table.Column("", key: "note", .left),
            ],
            rows: result.files.map { file in
                [
                    .name(file.file), .count(file.eventsRead), .count(file.eventsAdded), .count(file.casesAdded), .count(file.casesChanged),
                    .words(file.isKnown ? language("known already", "已导入过") : ""),
                ]
            })
    }

    private func text(_ result: ImportLogs.Result, _ session: Session) -> String {
        let language = session.language
        var page = TextPage(session)
        let cases = page.counted(result.cases, "case", "cases", "个案例")
        let events = page.counted(result.events, "event", "events", "个事件")
        page.folded(
            language(
                "\(result.workspace): log “\(result.log)”\(result.isNew ? ", new" : "") · \(cases) · \(events)",
                "\(result.workspace)：日志“\(result.log)”\(result.isNew ? "（新建）" : "") · \(cases) · \(events)"))
        page.line()
        page.table(table(result, language), rows: 25, hint: session.command(adding: "--format csv"))
        page.next("weir performance \(shellWord(workspace))", "weir sql \(shellWord(workspace)) \"SELECT * FROM cases LIMIT 5\"")
        return page.text
    }
}
