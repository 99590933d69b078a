import ArgumentParser
import Foundation
import Reports
import Workbench

/// `weir sql`
struct SqlVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Ask a workspace in SQL; whatever the statement says, it only reads.",
        discussion: """
            The views are cases and events (of all logs, each attribute a column), logs, attributes, imports and runs. Times stand twice: as \
            they were written (timestamp), and in microseconds since 1970 in UTC (timestamp_us).

            EXAMPLES
              weir sql weir.sqlite "SELECT activity, count(*) FROM events GROUP BY activity ORDER BY 2 DESC"
              weir sql weir.sqlite "SELECT * FROM cases" --format csv -o cases.csv
              weir sql weir.sqlite "PRAGMA table_info(events)"
            """)

    @Argument(help: "The workspace.")
    var workspace: String

    @Argument(help: ArgumentHelp("The statement.", valueName: "select"))
    var statement: String

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let sink = try ResultSink(output, inputs: [workspace], session: session)
        let rows = try WorkspaceContents(URL(filePath: workspace)).rows(of: statement, monitor: session.monitor)
        try sink.print(
            Answer(
                verb: "sql", result: rows, provenance: SqlProvenance(version: ToolVersion.current, statement: statement),
                table: { table(rows) }, text: { text(rows, session) }))
    }

    private struct SqlProvenance: Encodable {
        var tool = "weir"
        var version: String
        var statement: String
    }

    private func table(_ rows: WorkspaceContents.Rows) -> Table {
        let isNumeric = rows.columns.indices.map { column in
            rows.rows.allSatisfy { row in
                switch row[column] {
                case .integer, .real, .null: true
                case .text, .bytes: false
                }
            }
        }
        return Table(
            "",
            columns: zip(rows.columns, isNumeric).map { name, isNumeric in Table.Column(name, key: name, isNumeric ? .right : .left) },
            rows: rows.rows.map { row in
                row.map { value in
                    switch value {
                    case .null: .name(nil)
                    case .integer(let number): .words(String(number))
                    case .real(let number): .number(number)
                    case .text(let text), .bytes(let text): .name(text)
                    }
                }
            })
    }

    private func text(_ rows: WorkspaceContents.Rows, _ session: Session) -> String {
        var page = TextPage(session)
        if rows.columns.isEmpty { return page.text }
        page.table(table(rows), rows: 100, hint: session.command(adding: "--format csv"))
        page.line(page.counted(rows.rows.count, "row", "rows", "行"))
        return page.text
    }
}
