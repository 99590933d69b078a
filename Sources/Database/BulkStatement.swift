import GRDBSQLite

/// A statement that is run for very many rows: values go in and come out without an object for each.
///
/// Places of values count from 0. Bytes that are lent to ``bind(_:blob:)`` must stay until the next ``run()`` has returned.
package final class BulkStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    init(_ connection: OpaquePointer, _ sql: String) throws {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw DatabaseProblem(code: code, message: String(cString: sqlite3_errmsg(connection)))
        }
        handle = statement
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Sets a value to a whole number.
    package func bind(_ place: Int, _ number: Int64) { sqlite3_bind_int64(handle, Int32(place + 1), number) }

    /// Sets a value to a number.
    package func bind(_ place: Int, _ number: Double) { sqlite3_bind_double(handle, Int32(place + 1), number) }

    /// Sets a value to nothing.
    package func bindNull(_ place: Int) { sqlite3_bind_null(handle, Int32(place + 1)) }

    /// Sets a value to a text, given as UTF-8.
    package func bind(_ place: Int, text: UnsafeRawBufferPointer) {
        // A text without bytes is a text; a null pointer would be nothing.
        if let base = text.baseAddress, !text.isEmpty {
            sqlite3_bind_text64(
                handle, Int32(place + 1), base.assumingMemoryBound(to: CChar.self), UInt64(text.count), BulkStatement.copied,
                UInt8(SQLITE_UTF8))
        } else {
            sqlite3_bind_text64(handle, Int32(place + 1), "", 0, BulkStatement.copied, UInt8(SQLITE_UTF8))
        }
    }

    /// Sets a value to a text.
    package func bind(_ place: Int, text: String) {
        var text = text
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text64(handle, Int32(place + 1), $0.baseAddress, UInt64($0.count), BulkStatement.copied, UInt8(SQLITE_UTF8))
            }
        }
    }

    /// Sets a value to bytes, lent.
    package func bind(_ place: Int, blob: UnsafeRawBufferPointer) {
        if blob.isEmpty {
            sqlite3_bind_zeroblob(handle, Int32(place + 1), 0)
        } else {
            sqlite3_bind_blob64(handle, Int32(place + 1), blob.baseAddress, UInt64(blob.count), nil)
        }
    }

    /// Runs the statement, which gives no rows, with the values set.
    package func run() throws {
        let code = sqlite3_step(handle)
        let message = code == SQLITE_DONE ? "" : String(cString: sqlite3_errmsg(connection))
        sqlite3_reset(handle)
        if code != SQLITE_DONE { throw DatabaseProblem(code: code, message: message) }
    }

    /// Goes to the next row; `false` behind the last one.
    package func next() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        let message = code == SQLITE_DONE ? "" : String(cString: sqlite3_errmsg(connection))
        sqlite3_reset(handle)
        if code == SQLITE_DONE { return false }
        throw DatabaseProblem(code: code, message: message)
    }

    /// Whether a column of the row has no value.
    package func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

    /// Whether a column of the row holds a text.
    package func isText(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_TEXT }

    /// The whole number in a column of the row.
    package func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    /// The number in a column of the row.
    package func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

    /// Lends the UTF-8 of the text in a column of the row.
    package func withText<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let text = sqlite3_column_text(handle, Int32(column))
        return try body(UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }

    /// Lends the bytes in a column of the row.
    package func withBlob<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let bytes = sqlite3_column_blob(handle, Int32(column))
        return try body(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }

    /// Tells SQLite to take a copy of what is lent.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
