import GRDB
import GRDBSQLite

/// Why a database cannot be used: facts, for which whoever shows them finds the words.
package enum DatabaseProblem: Error, Equatable, Sendable {
    /// There is no such file.
    case missing
    /// The file is a folder.
    case isFolder
    /// The file may not be read, or not be written.
    case notPermitted(isWriting: Bool)
    /// The file is no SQLite database.
    case notADatabase
    /// The file is a SQLite database of another program: its application id, and the first of its tables.
    case foreign(applicationID: Int32, tables: [String])
    /// The file was written by a newer version: the version of its layout, and the newest that is known here.
    case newer(found: Int, known: Int)
    /// Another process is writing and did not end in time.
    case busy
    /// There is no room left on the disk.
    case full
    /// The file is damaged, as SQLite says.
    case damaged(String)
    /// A statement is not understood, or would do more than read.
    case statement(StatementProblem)
    /// Something else, as SQLite says.
    case other(code: Int32, String)

    /// What is wrong with a statement.
    package enum StatementProblem: Equatable, Sendable {
        /// There is none.
        case empty
        /// There is a second one behind the first.
        case several
        /// It would change something.
        case writes
        /// It holds marks for values, and none are given.
        case parameters
        /// SQLite does not understand it; where, in bytes from its beginning, if that is known.
        case invalid(String, offset: Int?)
    }

    /// What a result code of SQLite means.
    init(code: Int32, message: String) {
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        case SQLITE_FULL: self = .full
        case SQLITE_NOTADB: self = .notADatabase
        case SQLITE_CORRUPT: self = .damaged(message)
        case SQLITE_READONLY: self = .notPermitted(isWriting: true)
        case SQLITE_PERM: self = .notPermitted(isWriting: false)
        default: self = .other(code: code, message)
        }
    }

    /// What an error of the database means; other errors stay what they are.
    static func translated(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return DatabaseProblem(code: error.extendedResultCode.rawValue, message: error.message ?? "")
    }

    /// Runs `body` and gives errors of the database their meaning.
    static func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw translated(error) }
    }
}
