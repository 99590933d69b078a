import Foundation
import GRDB
import GRDBSQLite

/// A SQLite database of our own, open for reading or for writing.
///
/// Files that are written keep a write-ahead log, so that readers and one writer do not disturb each other; foreign keys are enforced;
/// what is deleted is overwritten. One file is one connection: use it from one task at a time.
package final class DatabaseFile: Sendable {
    /// What the file is opened for.
    package enum Access: Sendable, Equatable {
        /// To be read: nothing in it changes.
        case reading
        /// To be changed; it must exist.
        case writing
        /// To be changed; it is made where it does not exist.
        case creating
    }

    private let queue: DatabaseQueue

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - wait: how many seconds to wait for another process that is writing.
    ///   - pageLimit: how many pages the file may grow to; for tests of what happens when there is no room.
    /// - Throws: ``DatabaseProblem``. A file that is refused is not changed.
    package init(path: String, layout: DatabaseLayout, access: Access, wait: Double = 30, pageLimit: Int? = nil) throws {
        try Self.check(path, layout, access)
        var configuration = Configuration()
        configuration.readonly = access == .reading
        configuration.busyMode = .timeout(wait)
        configuration.foreignKeysEnabled = true
        // Texts of logs stand in statements as values; they are not repeated in errors.
        configuration.publicStatementArguments = false
        if access != .reading {
            configuration.journalMode = .wal
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
                if let pageLimit { try db.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
            }
        }
        queue = try DatabaseProblem.translating {
            do {
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                if access == .reading { try queue.inDatabase { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") } }
                return queue
            } catch let error as DatabaseError
                where access == .reading && [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
                && !FileManager.default.fileExists(atPath: path + "-wal")
            {
                // A folder in which nothing may be written: nobody else writes there either.
                return try DatabaseQueue(path: Self.unchanging(path), configuration: configuration)
            }
        }
        if access != .reading { try bringUpToDate(layout) }
    }

    /// Runs `body` on one state of the database, whatever others write meanwhile.
    package func read<Result>(_ body: (DatabaseConnection) throws -> Result) throws -> Result {
        try DatabaseProblem.translating {
            try queue.inDatabase { db in
                var result: Result?
                try db.inTransaction(.deferred) {
                    result = try body(DatabaseConnection(db))
                    return .commit
                }
                guard let result else { preconditionFailure("a transaction that did not throw has run") }
                return result
            }
        }
    }

    /// Runs `body` as one transaction: all of it or, where it throws, nothing.
    package func write<Result>(_ body: (DatabaseConnection) throws -> Result) throws -> Result {
        try DatabaseProblem.translating {
            try queue.inDatabase { db in
                var result: Result?
                try db.inTransaction(.immediate) {
                    result = try body(DatabaseConnection(db))
                    return .commit
                }
                guard let result else { preconditionFailure("a transaction that did not throw has run") }
                return result
            }
        }
    }

    /// Makes the file as small as what it holds, and leaves nothing of what was deleted in it or in its write-ahead log.
    ///
    /// - Throws: ``DatabaseProblem/busy`` while another process reads an older state.
    package func compact() throws {
        try DatabaseProblem.translating {
            try queue.inDatabase { db in
                try db.execute(sql: "VACUUM")
                let blocked = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? 0
                if blocked != 0 { throw DatabaseProblem.busy }
            }
        }
    }

    /// What SQLite finds wrong with the file; empty where nothing is.
    package func damages() throws -> [String] {
        try read { connection in
            var found: [String] = []
            try connection.rows("PRAGMA integrity_check") { row in if let text = row[0].text, text != "ok" { found.append(text) } }
            try connection.rows("PRAGMA foreign_key_check") { row in found.append("foreign key of \(row[0].text ?? "?")") }
            return found
        }
    }

    /// Runs a statement that can only read, whatever it says.
    ///
    /// - Parameters:
    ///   - columns: is given the names of the columns before the first row.
    ///   - row: is given each row.
    ///   - keepGoing: called now and then while SQLite works; what it throws ends the work.
    /// - Throws: ``DatabaseProblem/statement(_:)`` where it is not understood or would change something.
    package func query(
        _ sql: String, columns: ([String]) throws -> Void, row: ([SQLValue]) throws -> Void, keepGoing: @escaping () throws -> Void
    ) throws {
        try DatabaseProblem.translating {
            try queue.inDatabase { db in
                guard let handle = db.sqliteConnection else { preconditionFailure("the connection is open") }
                try GuardedQuery(handle, keepGoing).run(sql, columns: columns, row: row)
            }
        }
    }

    // MARK: - Opening

    /// Refuses what is no file of this layout, before anything could change it.
    private static func check(_ path: String, _ layout: DatabaseLayout, _ access: Access) throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue { throw DatabaseProblem.isFolder }
        if !exists {
            if access == .creating { return }
            throw DatabaseProblem.missing
        }
        if !FileManager.default.isReadableFile(atPath: path) { throw DatabaseProblem.notPermitted(isWriting: false) }
        if access != .reading && !FileManager.default.isWritableFile(atPath: path) { throw DatabaseProblem.notPermitted(isWriting: true) }
        // SQLite alone looks into the file: a second descriptor of ours would, when it is closed, give up the locks by which this process's
        // other connections keep the write-ahead log from being removed (fcntl(2); "How to corrupt an SQLite database file", 2.2).
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        if size == 0 {
            if access == .creating { return }
            throw DatabaseProblem.notADatabase
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        try DatabaseProblem.translating {
            do {
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                try queue.inDatabase { db in try check(db, layout, access) }
                try queue.close()
            } catch let error as DatabaseError
                where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
                && !FileManager.default.fileExists(atPath: path + "-wal")
            {
                let queue = try DatabaseQueue(path: unchanging(path), configuration: configuration)
                try queue.inDatabase { db in try check(db, layout, access) }
                try queue.close()
            }
        }
    }

    private static func check(_ db: Database, _ layout: DatabaseLayout, _ access: Access) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let tables = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
        let isUnused = application == 0 && version == 0 && tables.isEmpty
        if isUnused && access == .creating { return }
        if application != layout.applicationID {
            throw DatabaseProblem.foreign(applicationID: application, tables: Array(tables.prefix(5)))
        }
        if version > layout.version { throw DatabaseProblem.newer(found: version, known: layout.version) }
    }

    /// Takes the steps that the file lacks, all or none.
    private func bringUpToDate(_ layout: DatabaseLayout) throws {
        let isNewest = try DatabaseProblem.translating {
            try queue.inDatabase { db in try Int.fetchOne(db, sql: "PRAGMA user_version") == layout.version }
        }
        if isNewest { return }
        try DatabaseProblem.translating {
            try queue.inDatabase { db in
                try db.inTransaction(.immediate) {
                    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                    if version > layout.version { throw DatabaseProblem.newer(found: version, known: layout.version) }
                    for step in layout.steps.dropFirst(version) { try db.execute(sql: step) }
                    try db.execute(sql: "PRAGMA application_id = \(layout.applicationID)")
                    try db.execute(sql: "PRAGMA user_version = \(layout.version)")
                    return .commit
                }
            }
        }
    }

    /// The address of a file of which SQLite may believe that nobody changes it.
    private static func unchanging(_ path: String) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "/-._~"))
        let full = URL(filePath: path).standardizedFileURL.path
        return "file:" + (full.addingPercentEncoding(withAllowedCharacters: allowed) ?? full) + "?immutable=1"
    }
}

/// The first bytes of every SQLite database.
package enum SQLiteHeader {
    /// Whether bytes begin as a SQLite database does (SQLite file format, section 1.3.1).
    package static func isDatabase(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.prefix(16).elementsEqual("SQLite format 3\0".utf8)
    }
}
