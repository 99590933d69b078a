import Database
package import EventLogs
package import Foundation
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

        /// The workspace's own name.
        package var workspace: String
        /// The logs by name.
        package var logs: [Log]
    }

    private let url: URL
    private var name: String { url.lastPathComponent }

    /// The contents of a workspace.
    package init(_ url: URL) { self.url = url }

    /// What is there.
    package func listing() throws -> Listing {
        try WorkspaceFailure.naming(name) {
            let entries = try Workspace(path: url.path, access: .reading).entries()
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
