import Database
import EventLogs
import Foundation
import LogFormats
import Reports
import Workspaces

/// A log that a workspace holds, opened.
struct WorkspaceLog {
    let name: String
    let log: EventLog
    let source: SourceDescription
    let inputs: [Provenance.Input]

    /// Opens the log that a request names.
    ///
    /// - Throws: ``WorkspaceFailure``, also for options that were decided when the log was imported.
    init(_ url: URL, _ request: LogRequest) throws {
        let reading = request.reading
        let options: [(String, Bool)] = [
            ("--map", reading.mapping != nil), ("--encoding", reading.encoding != nil), ("--delimiter", reading.delimiter != nil),
            ("--sheet", reading.sheet != nil), ("--unpack-limit", reading.unpackLimit != nil), ("--classifier", reading.classifier != nil),
        ]
        for (option, isGiven) in options where isGiven {
            throw WorkspaceFailure(file: request.name, .decidedAtImport(option: option))
        }
        let (entry, log) = try WorkspaceFailure.naming(request.name) {
            try Workspace(path: url.path, access: .reading).log(named: request.logName, counting: reading.counting)
        }
        // On what clock times without an offset stand was settled then; here the zone is that of the filters alone.
        if reading.zone != nil && log.columns.timeForms.contains(where: { $0.isNaive || $0.isDateOnly }) {
            throw WorkspaceFailure(file: request.name, .decidedAtImport(option: "--timezone"))
        }
        name = entry.name
        self.log = log
        source = SourceDescription(
            format: "sqlite", log: entry.name, gzipped: false, columns: [], timeFormats: [],
            classifiers: log.columns.metadata.classifiers.map(\.name))
        inputs = entry.imports.map { Provenance.Input(name: $0.file.name, sha256: $0.file.sha256) }
    }

    /// Whether a file is a SQLite database, by its first bytes.
    static func isWorkspace(_ url: URL) -> Bool {
        // Reading from a pipe would take its bytes away.
        guard (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true,
            let file = try? FileHandle(forReadingFrom: url)
        else { return false }
        defer { try? file.close() }
        return SQLiteHeader.isDatabase((try? file.read(upToCount: 16)) ?? Data())
    }
}
