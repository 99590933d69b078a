import Foundation
import GRDB
import GRDBSQLite

/// The database inside a transaction.
package struct DatabaseConnection {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Runs statements that give no rows.
    package func execute(_ sql: String, _ values: [SQLValue] = []) throws {
        try db.execute(sql: sql, arguments: StatementArguments(values.map(\.databaseValue)))
    }

    /// Gives each row of a query to `body`.
    package func rows(_ sql: String, _ values: [SQLValue] = [], _ body: ([SQLValue]) throws -> Void) throws {
        let cursor = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(values.map(\.databaseValue)))
        while let row = try cursor.next() { try body(row.databaseValues.map { SQLValue($0) }) }
    }

    /// All rows of a query.
    package func rows(_ sql: String, _ values: [SQLValue] = []) throws -> [[SQLValue]] {
        var all: [[SQLValue]] = []
        try rows(sql, values) { all.append($0) }
        return all
    }

    /// The first row of a query.
    package func row(_ sql: String, _ values: [SQLValue] = []) throws -> [SQLValue]? {
        try Row.fetchOne(db, sql: sql, arguments: StatementArguments(values.map(\.databaseValue))).map { row in
            row.databaseValues.map { SQLValue($0) }
        }
    }

    /// The number of the row that was inserted last.
    package var lastInsertedRow: Int { Int(db.lastInsertedRowID) }

    /// A statement for many rows.
    package func statement(_ sql: String) throws -> BulkStatement {
        guard let handle = db.sqliteConnection else { preconditionFailure("the connection is open") }
        return try BulkStatement(handle, sql)
    }
}

extension SQLValue {
    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }

    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob([UInt8](data))
        }
    }
}
