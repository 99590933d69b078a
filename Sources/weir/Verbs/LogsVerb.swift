import ArgumentParser
import Foundation
import Reports
import Workbench

/// `weir logs`
struct LogsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "List the logs of a workspace, or delete one.",
        discussion: """
            Baselines that weir gate --update kept are listed too. A log is deleted with all that derives from it, and no trace of it stays in the file.

            EXAMPLES
              weir logs weir.sqlite
              weir logs weir.sqlite --format json
              weir logs weir.sqlite --delete purchases
            """)

    @Argument(help: "The workspace.")
    var workspace: String

    @Option(help: ArgumentHelp("Delete the log with that name.", valueName: "name"))
    var delete: String?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let sink = try ResultSink(output, inputs: [workspace], session: session)
        let contents = WorkspaceContents(URL(filePath: workspace))
        if let delete {
            try contents.delete(log: delete)
            session.note("the log “\(delete)” is deleted", "已删除日志“\(delete)”")
        }
        let listing = try contents.listing()
        let language = session.language
        try sink.print(
            Answer(
                verb: "logs", result: listing, provenance: LogsProvenance(version: ToolVersion.current),
                table: { table(listing, language) },
                text: { text(listing, session) }))
    }

    private struct LogsProvenance: Encodable {
        var tool = "weir"
        var version: String
    }

    private func table(_ listing: WorkspaceContents.Listing, _ language: Language) -> Table {
        Table(
            language("Logs", "日志"),
            columns: [
                Table.Column(language("log", "日志"), key: "log", .left), Table.Column(language("cases", "案例"), key: "cases"),
                Table.Column(language("events", "事件"), key: "events"),
                Table.Column(language("from", "起"), key: "first_timestamp", .left),
                Table.Column(language("to", "止"), key: "last_timestamp", .left),
                Table.Column(language("files", "文件"), key: "files", .left),
            ],
            rows: listing.logs.map { log in
                [
                    .name(log.name), .count(log.cases), .count(log.events), .words(log.firstTimestamp), .words(log.lastTimestamp),
                    .list(log.files.map(\.name)),
                ]
            })
    }

    private func text(_ listing: WorkspaceContents.Listing, _ session: Session) -> String {
        let language = session.language
        var page = TextPage(session)
        guard let first = listing.logs.first else {
            page.line(language("\(listing.workspace) holds no log", "\(listing.workspace) 中没有日志"))
            baselines(listing, &page)
            page.next("weir import LOG --workspace \(shellWord(workspace))")
            return page.text
        }
        page.table(table(listing, language), rows: 50, hint: session.command(adding: "--format csv"))
        baselines(listing, &page)
        page.next(
            "weir inspect \(shellWord(workspace))" + (listing.logs.count > 1 ? " --log \(shellWord(first.name))" : ""),
            "weir sql \(shellWord(workspace)) \"SELECT * FROM events LIMIT 5\"")
        return page.text
    }

    private func baselines(_ listing: WorkspaceContents.Listing, _ page: inout TextPage) {
        if listing.baselines.isEmpty { return }
        let language = page.session.language
        page.line()
        page.table(
            Table(
                language("Baselines, the newest last", "基线（最新的在最后）"),
                columns: [
                    Table.Column(language("checks", "检查项"), key: "checks", .left),
                    Table.Column(language("made of", "取自"), key: "input", .left),
                    Table.Column(language("log", "日志"), key: "log", .left), Table.Column(language("version", "版本"), key: "version", .left),
                ],
                rows: listing.baselines.map { [.name($0.checks), .name($0.input), .words($0.log), .words($0.version)] }), rows: 50)
    }
}
