package import EventLogs

/// Writes event logs.
///
/// ```swift
/// try LogWriter.writeCSV(log) { bytes in try sink.write(bytes) }
/// ```
package enum LogWriter {
    /// The log as CSV (RFC 4180 with LF line ends, UTF-8, one header line): one row per recorded event of the view, in recorded order.
    ///
    /// Columns: case, activity, `enabled` where the log has it, start, completion, resource, role, department, transition and instance as
    /// far as the log has them, then the attributes of events and those of cases. They keep the names that they had in the source; an
    /// attribute whose name is taken gets `case:` or `event:` in front. Times are in ISO 8601 with their offset, and dates alone where
    /// nothing of the column has a time part; what is missing is empty. A text that a spreadsheet would read as a formula gets an
    /// apostrophe in front. Nested attributes and what the file says of the log as a whole have no place in a table.
    ///
    /// - Parameter write: takes the next bytes, about a megabyte at a time; they are valid only during the call.
    package static func writeCSV(_ log: EventLog, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        var table = CSVLogTable(log)
        try table.write(to: write)
    }
}
