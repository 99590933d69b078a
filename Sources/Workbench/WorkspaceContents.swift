import Database
package import EventLogs
package import Foundation
import Reports
import Workspaces

/// What a workspace holds, and what can be done with it.
package struct WorkspaceContents {
    /// What is listed of a workspace.
    package struct Listing: Encodable, Sendable, Equatable {
        /// A log.
        package struct Log: Encodable, Sendable, Equatable {
            /// Its name.
            package var name: String
            /// How many cases it has.
            package var cases: Int
            /// How many events it has.
            package var events: Int
            /// Its first time, in ISO 8601.
            package var firstTimestamp: String?
            /// Its last time, in ISO 8601.
            package var lastTimestamp: String?
            /// The files it was read from, in the order of their import.
            package var files: [File]
        }

        /// A file that was read into a log.
        package struct File: Encodable, Sendable, Equatable {
            /// The file's own name.
            package var name: String
            /// The SHA-256 of its bytes.
            package var sha256: String
            /// The options that decided what was read, as JSON.
            package var parameters: String
            /// The version of the program that read it.
            package var version: String
            /// How many events it has.
            package var eventsRead: Int
            /// How many of them were new.
            package var eventsAdded: Int
        }

        /// What a gate held at one time.
        package struct Baseline: Encodable, Sendable, Equatable {
            /// The name of the checks' file.
            package var checks: String
            /// The log of this workspace that the figures are of; `nil` where they are of another file.
            package var log: String?
            /// The name of the input that the figures are of.
            package var input: String
            /// The version of the program that made them.
            package var version: String

            private enum CodingKeys: String, CodingKey {
                case checks, log, input, version
            }

            package func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(checks, forKey: .checks)
                try container.encode(log, forKey: .log)
                try container.encode(input, forKey: .input)
                try container.encode(version, forKey: .version)
            }
        }

        /// The workspace's own name.
        package var workspace: String
        /// The logs by name.
        package var logs: [Log]
        /// The baselines in the order in which they were kept.
        package var baselines: [Baseline]
    }

    private let url: URL
    private var name: String { url.lastPathComponent }

    /// The contents of a workspace.
    package init(_ url: URL) { self.url = url }

    /// What is there.
    package func listing() throws -> Listing {
        try WorkspaceFailure.naming(name) {
            let workspace = try Workspace(path: url.path, access: .reading)
            let entries = try workspace.entries()
            return Listing(
                workspace: name,
                logs: entries.map { entry in
                    Listing.Log(
                        name: entry.name, cases: entry.cases, events: entry.events, firstTimestamp: entry.first, lastTimestamp: entry.last,
                        files: entry.imports.map {
                            Listing.File(
                                name: $0.file.name, sha256: $0.file.sha256, parameters: $0.file.parameters, version: $0.file.version,
                                eventsRead: $0.eventsRead, eventsAdded: $0.eventsAdded)
                        })
                },
                baselines: try workspace.baselines().map {
                    Listing.Baseline(checks: $0.checks, log: $0.log, input: $0.input, version: $0.version)
                })
        }
    }

    /// Removes a log and leaves no trace of it.
    package func delete(log: String) throws {
        try WorkspaceFailure.naming(name) { try Workspace(path: url.path, access: .writing).delete(log: log) }
    }

    /// Keeps a result that was made of a log, a JSON document with its provenance.
    package func record(result: String, of verb: String, log: String, as title: String) throws {
        try WorkspaceFailure.naming(name) {
            try Workspace(path: url.path, access: .writing).record(result: result, of: verb, log: log, as: title)
        }
    }

    /// Whether a path names a workspace, one that is there or one to be made: by its content, else by its suffix.
    package static func isNamed(by path: String) -> Bool {
        FileManager.default.fileExists(atPath: path) ? WorkspaceLog.isWorkspace(URL(filePath: path)) : path.hasSuffix(".sqlite")
    }

    /// Keeps what a gate holds now; earlier baselines stay.
    ///
    /// - Parameter stored: where the log is that the figures are of; it is tied to the baseline where it is in this workspace.
    package func keep(_ baseline: GateBaseline, of checks: String, stored: OpenedLog.StoredPlace?) throws {
        let isOwn = stored.map { $0.workspace.resolvingSymlinksInPath().path == url.resolvingSymlinksInPath().path } ?? false
        try WorkspaceFailure.naming(name) {
            try Workspace(path: url.path, access: .creating).keep(
                Workspace.Baseline(
                    checks: checks, log: isOwn ? stored?.log : nil, input: baseline.input.name, version: baseline.version,
                    text: try baseline.text()))
        }
    }

    /// The text of the newest baseline of checks: of those that are of a log of the same name, else of all; `nil` where there is none.
    package func baseline(of checks: String, input: String) throws -> String? {
        try WorkspaceFailure.naming(name) {
            let kept = try Workspace(path: url.path, access: .reading).baselines().filter { $0.checks == checks }
            return (kept.last { $0.input == input } ?? kept.last)?.text
        }
    }

    /// A value that a query gives.
    package enum Value: Encodable, Sendable, Equatable {
        /// No value.
        case null
        /// A whole number.
        case integer(Int64)
        /// A number.
        case real(Double)
        /// Text.
        case text(String)
        /// Bytes, as hexadecimal digits.
        case bytes(String)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .null: try container.encodeNil()
            case .integer(let number): try container.encode(number)
            // JSON has no number that is none and none without end.
            case .real(let number): if number.isFinite { try container.encode(number) } else { try container.encode("\(number)") }
            case .text(let text), .bytes(let text): try container.encode(text)
            }
        }
    }

    /// The rows of a query.
    package struct Rows: Encodable, Sendable, Equatable {
        /// The names of the columns.
        package var columns: [String] = []
        /// The values of each row.
        package var rows: [[Value]] = []
    }

    /// The answer to a query that can only read.
    package func rows(of sql: String, monitor: some WorkMonitor) throws -> Rows {
        try WorkspaceFailure.naming(name) {
            var result = Rows()
            try Workspace(path: url.path, access: .reading).query(
                sql, columns: { result.columns = $0 },
                row: { row in
                    result.rows.append(
                        row.map { value in
                            switch value {
                            case .null: .null
                            case .integer(let number): .integer(number)
                            case .real(let number): .real(number)
                            case .text(let text): .text(text)
                            case .blob(let bytes): .bytes(bytes.map { String(Int($0) + 256, radix: 16).dropFirst() }.joined())
                            }
                        })
                }, monitor: monitor)
            return result
        }
    }
}
