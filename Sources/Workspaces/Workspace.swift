package import Database
package import EventLogs
import Foundation
import Instants

/// One SQLite file that keeps logs, where they came from and what was made of them.
///
/// ```swift
/// let workspace = try Workspace(path: "weir.sqlite", access: .creating)
/// try workspace.add([Workspace.Extract(log: log, file: file)], to: "orders", monitor: SilentMonitor())
/// let (entry, log) = try workspace.log(named: nil)
/// ```
package final class Workspace: Sendable {
    /// A log of the workspace, without its events.
    package struct Entry: Sendable, Equatable {
        /// The log's name.
        package var name: String
        /// How many cases it has.
        package var cases: Int
        /// How many events it has.
        package var events: Int
        /// Its first time, in ISO 8601.
        package var first: String?
        /// Its last time, in ISO 8601.
        package var last: String?
        /// The files that it was read from, in the order of their import.
        package var imports: [Import]
    }

    /// A file that was read into a log.
    package struct Import: Sendable, Equatable {
        /// What was read.
        package var file: File
        /// How many events the file has.
        package var eventsRead: Int
        /// How many of them were new.
        package var eventsAdded: Int
        /// How many cases were new.
        package var casesAdded: Int
        /// How many known cases had an attribute changed.
        package var casesChanged: Int
    }

    /// A file, and how it was read.
    package struct File: Sendable, Equatable {
        /// The file's own name.
        package var name: String
        /// The SHA-256 of its bytes.
        package var sha256: String
        /// The options that decide what is read from it, as text that is equal where they are.
        package var parameters: String
        /// The version of the program that read it.
        package var version: String

        /// A file with these parts.
        package init(name: String, sha256: String, parameters: String, version: String) {
            self.name = name
            self.sha256 = sha256
            self.parameters = parameters
            self.version = version
        }
    }

    /// A log that was read from one file or several, to be added.
    package struct Extract: Sendable {
        /// The log.
        package var log: EventLog
        /// Where it was read from: the log's own files in their order.
        package var files: [File]
        /// Whether the format of all files tells attributes of cases from those of events.
        package var tellsLevels: Bool
        /// What a column mapping was given for: the shape of each file that has one, by the file's place, and the mapping's text.
        package var mappings: [Int: (shape: String, text: String)]

        /// An extract with these parts.
        package init(log: EventLog, files: [File], tellsLevels: Bool, mappings: [Int: (shape: String, text: String)] = [:]) {
            precondition(log.columns.files.isEmpty ? files.count == 1 : log.columns.files.count == files.count, "a log knows its files")
            self.log = log
            self.files = files
            self.tellsLevels = tellsLevels
            self.mappings = mappings
        }
    }

    let database: DatabaseFile

    /// Opens a workspace.
    ///
    /// - Throws: `DatabaseProblem`.
    package init(path: String, access: DatabaseFile.Access, wait: Double = 30, pageLimit: Int? = nil) throws {
        database = try DatabaseFile(path: path, layout: .workspace, access: access, wait: wait, pageLimit: pageLimit)
    }

    /// The logs by name.
    package func entries() throws -> [Entry] {
        try database.read { connection in
            try connection.rows(
                "SELECT id, name, case_count, event_count, first_timestamp, last_timestamp FROM weir_logs ORDER BY name"
            ).map { row in
                Entry(
                    name: row[1].text ?? "", cases: row[2].integer ?? 0, events: row[3].integer ?? 0, first: row[4].text, last: row[5].text,
                    imports: try Self.imports(of: row[0].integer ?? 0, connection).map(\.1))
            }
        }
    }

    /// A log with its entry.
    ///
    /// - Parameter name: which log; `nil` where there is only one.
    package func log(named name: String?, counting: InstanceCounting = .instances) throws -> (entry: Entry, log: EventLog) {
        try database.read { connection in
            let id = try Self.number(of: name, connection)
            let row = try connection.row(
                "SELECT name, case_count, event_count, first_timestamp, last_timestamp FROM weir_logs WHERE id = ?", [SQLValue(id)])
            guard let row, let own = row[0].text else { throw WorkspaceProblem.noLog }
            let parts = try Self.columns(of: id, named: own, connection)
            let entry = Entry(
                name: own, cases: row[1].integer ?? 0, events: row[2].integer ?? 0, first: row[3].text, last: row[4].text,
                imports: try Self.imports(of: id, connection).map(\.1))
            let log = EventLog(
                columns: EventColumns(parts), sourceFindings: try Self.findings(of: id, connection), counting: counting)
            return (entry, log)
        }
    }

    /// How the files of a log with a given checksum were read.
    package func imports(ofFile sha256: String, in log: String) throws -> [Import] {
        try database.read { connection in
            guard let row = try connection.row("SELECT id FROM weir_logs WHERE name = ?", [.text(log)]), let id = row[0].integer else {
                return []
            }
            return try Self.imports(of: id, connection).map(\.1).filter { $0.file.sha256 == sha256 }
        }
    }

    /// The column mapping that was given for files of a shape, and the name of the first such file.
    package func mapping(forShape shape: String) throws -> (text: String, file: String)? {
        try database.read { connection in
            let row = try connection.row("SELECT mapping, file FROM weir_mappings WHERE shape = ?", [.text(shape)])
            guard let row, let text = row[0].text, let file = row[1].text else { return nil }
            return (text, file)
        }
    }

    /// Removes a log with all that derives from it, and leaves no trace of it in the file.
    ///
    /// - Throws: `DatabaseProblem.busy` where another process still reads the old state: the log is gone then, and its traces go when the
    ///   workspace is next changed.
    package func delete(log name: String) throws {
        try database.write { connection in
            let id = try Self.number(of: name, connection)
            try LogTables(log: id).release(connection)
            try connection.execute("DROP VIEW IF EXISTS cases; DROP VIEW IF EXISTS events")
            try LogTables(log: id).drop(connection)
            try connection.execute("DELETE FROM weir_logs WHERE id = ?", [SQLValue(id)])
            try connection.execute("DELETE FROM weir_mappings WHERE shape NOT IN (SELECT shape FROM weir_imports WHERE shape IS NOT NULL)")
            try LogViews.rebuild(connection)
        }
        try database.compact()
    }

    /// Keeps a result that was made of a log: the JSON document with its provenance.
    package func record(result: String, of verb: String, log name: String, as title: String?) throws {
        try database.write { connection in
            let id = try Self.number(of: name, connection)
            try connection.execute(
                "INSERT INTO weir_runs(log, verb, name, result) VALUES(?, ?, ?, ?)",
                [SQLValue(id), .text(verb), SQLValue(title), .text(result)])
        }
    }

    /// Runs a statement that can only read; see `DatabaseFile.query`.
    package func query(
        _ sql: String, columns: ([String]) throws -> Void, row: ([SQLValue]) throws -> Void, monitor: some WorkMonitor
    ) throws {
        try database.query(sql, columns: columns, row: row, keepGoing: { try monitor.checkCancellation() })
    }

    /// What is wrong with the file; empty where nothing is.
    package func damages() throws -> [String] { try database.damages() }

    // MARK: - Reading

    static func number(of name: String?, _ connection: DatabaseConnection) throws -> Int {
        let all = try connection.rows("SELECT id, name FROM weir_logs ORDER BY name").map { ($0[0].integer ?? 0, $0[1].text ?? "") }
        guard let name else {
            if all.isEmpty { throw WorkspaceProblem.noLog }
            if all.count > 1 { throw WorkspaceProblem.severalLogs(all.map(\.1)) }
            return all[0].0
        }
        guard let found = all.first(where: { $0.1 == name }) else { throw WorkspaceProblem.noSuchLog(name, known: all.map(\.1)) }
        return found.0
    }

    private static func imports(of log: Int, _ connection: DatabaseConnection) throws -> [(Int, Import)] {
        try connection.rows(
            """
            SELECT id, file, sha256, parameters, version, events_read, events_added, cases_added, cases_changed
            FROM weir_imports WHERE log = ? ORDER BY id
            """, [SQLValue(log)]
        ).map { row in
            let file = File(
                name: row[1].text ?? "", sha256: row[2].text ?? "", parameters: row[3].text ?? "", version: row[4].text ?? "")
            return (
                row[0].integer ?? 0,
                Import(
                    file: file, eventsRead: row[5].integer ?? 0, eventsAdded: row[6].integer ?? 0, casesAdded: row[7].integer ?? 0,
                    casesChanged: row[8].integer ?? 0)
            )
        }
    }

    /// The columns of a log; that its rows are guarded shows that they still say the same.
    static func columns(of log: Int, named name: String, _ connection: DatabaseConnection) throws -> EventColumns.Parts {
        if !(try LogTables(log: log).areGuarded(connection)) { throw WorkspaceProblem.tamperedLog(name) }
        guard let parts = try LogArchive.columns({ try piece($0, of: log, connection) }) else { throw WorkspaceProblem.tamperedLog(name) }
        return parts
    }

    static func piece(_ name: String, of log: Int, _ connection: DatabaseConnection) throws -> [UInt8]? {
        let statement = try connection.statement("SELECT data FROM weir_columns WHERE log = \(log) AND name = '\(name)' ORDER BY piece")
        var bytes: [UInt8]?
        while try statement.next() {
            statement.withBlob(0) { blob in
                if bytes == nil { bytes = [UInt8](blob) } else { bytes?.append(contentsOf: blob) }
            }
        }
        return bytes
    }

    static func findings(of log: Int, _ connection: DatabaseConnection) throws -> [LogFinding] {
        try connection.rows(
            "SELECT rule, severity, count, detail, examples FROM weir_findings WHERE log = ? ORDER BY place", [SQLValue(log)]
        ).compactMap { row in
            guard let rule = row[0].text.flatMap(LogFinding.Rule.init), let severity = row[1].text.flatMap(LogFinding.Severity.init),
                let examples = row[4].text
            else { return nil }
            return LogFinding(
                rule, severity, count: row[2].integer ?? 0, detail: row[3].text,
                examples: try JSONDecoder().decode([LogFinding.Example].self, from: Data(examples.utf8)))
        }
    }
}
