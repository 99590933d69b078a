import Foundation
import GRDBSQLite

/// One statement that can only read: an authorizer refuses everything else while it is compiled, and SQLite itself says that it does
/// not write.
final class GuardedQuery {
    private let connection: OpaquePointer
    private let keepGoing: () throws -> Void
    /// What `keepGoing` threw.
    private var stopped: (any Error)?
    private var refused = false

    init(_ connection: OpaquePointer, _ keepGoing: @escaping () throws -> Void) {
        self.connection = connection
        self.keepGoing = keepGoing
    }

    func run(_ sql: String, columns: ([String]) throws -> Void, row: ([SQLValue]) throws -> Void) throws {
        let own = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection,
            { own, action, first, second, _, _ in
                guard let own, !GuardedQuery.reads(action, first, second) else { return SQLITE_OK }
                Unmanaged<GuardedQuery>.fromOpaque(own).takeUnretainedValue().refused = true
                return SQLITE_DENY
            }, own)
        sqlite3_progress_handler(
            connection, 10_000,
            { own in own.map { Unmanaged<GuardedQuery>.fromOpaque($0).takeUnretainedValue().mustStop ? 1 : 0 } ?? 0 }, own)
        defer {
            sqlite3_set_authorizer(connection, nil, nil)
            sqlite3_progress_handler(connection, 0, nil, nil)
        }
        let statement = try compiled(sql)
        defer { sqlite3_finalize(statement) }
        let count = Int(sqlite3_column_count(statement))
        try columns((0..<count).map { String(cString: sqlite3_column_name(statement, Int32($0))) })
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            if let stopped { throw stopped }
            if code != SQLITE_ROW { throw problem(code) }
            try row((0..<count).map { Self.value(statement, Int32($0)) })
        }
    }

    private var mustStop: Bool {
        do {
            try keepGoing()
            return false
        } catch {
            stopped = error
            return true
        }
    }

    private func compiled(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        var rest = ""
        let code = sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(connection, text, -1, &statement, &tail)
            if let tail { rest = String(cString: tail) }
            return code
        }
        if code != SQLITE_OK { throw problem(code) }
        guard let statement else { throw DatabaseProblem.statement(.empty) }
        var problem: DatabaseProblem.StatementProblem?
        if sqlite3_stmt_readonly(statement) == 0 {
            problem = .writes
        } else if sqlite3_bind_parameter_count(statement) > 0 {
            problem = .parameters
        } else if !isBlank(rest) {
            problem = .several
        }
        if let problem {
            sqlite3_finalize(statement)
            throw DatabaseProblem.statement(problem)
        }
        return statement
    }

    /// Whether nothing stands behind the statement but comments.
    private func isBlank(_ rest: String) -> Bool {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, rest, -1, &statement, nil)
        defer { sqlite3_finalize(statement) }
        return code == SQLITE_OK && statement == nil && !rest.contains(";")
    }

    private func problem(_ code: Int32) -> DatabaseProblem {
        if refused { return .statement(.writes) }
        let message = String(cString: sqlite3_errmsg(connection))
        if code == SQLITE_ERROR {
            let offset = sqlite3_error_offset(connection)
            return .statement(.invalid(message, offset: offset < 0 ? nil : Int(offset)))
        }
        return DatabaseProblem(code: code, message: message)
    }

    /// Whether an action of a statement only reads (SQLite, “Authorizer Action Codes”).
    private static func reads(_ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return true
        case SQLITE_FUNCTION: return second.map { String(cString: $0).lowercased() != "load_extension" } ?? true
        case SQLITE_PRAGMA:
            guard let name = first.map({ String(cString: $0).lowercased() }) else { return false }
            return tellingPragmas.contains(name) || (second == nil && tellingPragmasAlone.contains(name))
        default: return false
        }
    }

    /// Pragmas that tell something about what they name.
    private static let tellingPragmas: Set<String> = [
        "foreign_key_list", "index_info", "index_list", "index_xinfo", "integrity_check", "quick_check", "table_info", "table_list",
        "table_xinfo",
    ]
    /// Pragmas that tell something where nothing is given to them.
    private static let tellingPragmasAlone: Set<String> = [
        "application_id", "collation_list", "compile_options", "database_list", "encoding", "freelist_count", "function_list",
        "journal_mode", "page_count", "page_size", "user_version",
    ]

    private static func value(_ statement: OpaquePointer, _ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, column)
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let blob = sqlite3_column_blob(statement, column)
            return .blob([UInt8](UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, column)))))
        default: return .null
        }
    }
}
