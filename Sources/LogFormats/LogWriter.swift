package import EventLogs

/// Writes event logs.
///
/// ```swift
/// try LogWriter.writeCSV(log) { bytes in try sink.write(bytes) }
/// ```
package enum LogWriter {
    /// What a table cannot hold of a log.
    package struct Losses: Sendable, Equatable {
        /// Nested and list attributes of the cases and events of the view.
        package var nested = 0
        /// Times finer than a millisecond, which a workbook rounds.
        package var fineTimes = 0
        /// Texts with control characters, in whose place XML has U+FFFD.
        package var unwritableTexts = 0

        /// None.
        package init() {}
    }

    /// What a CSV or, with `inWorkbook`, an Excel workbook leaves out of a log.
    package static func losses(of log: EventLog, inWorkbook: Bool) -> Losses {
        var losses = Losses()
        let cases = Set(log.caseIDs)
        var events = Set<UInt32>()
        if log.columns.nested.contains(where: { $0.level == .event }) {
            for range in log.eventRanges { for place in range { events.insert(UInt32(log.event(at: place))) } }
        }
        losses.nested = log.columns.nested.count { ($0.level == .case ? cases : events).contains($0.owner) }
        if inWorkbook {
            let table = LogTable(log)
            for (_, source) in table.columns where table.mayHoldTimes(source) {
                for (event, owner) in table.recordedOrder() {
                    if let (time, _) = table.time(source, event: event, of: owner), time % 1_000 != 0 { losses.fineTimes += 1 }
                }
            }
        }
        return losses
    }

    /// What XES cannot hold of a log.
    package static func lossesInXES(of log: EventLog) -> Losses {
        var losses = Losses()
        let columns = log.columns
        func bad(_ column: SymbolColumn) -> Set<UInt32> {
            Set(column.vocabulary.ids.filter { column.vocabulary.withBytes(of: $0) { XESText.isUnwritable($0) } })
        }
        let texts = [columns.transition, columns.resource, columns.role, columns.department, columns.instanceName].compactMap { $0 }
        for column in [columns.activity] + texts + columns.attributes.filter(\.isText).map(\.symbols) {
            let bad = bad(column)
            if bad.isEmpty { continue }
            for range in log.eventRanges {
                for place in range {
                    let event = log.event(at: place)
                    if event < column.ids.count, bad.contains(column.ids[event]) { losses.unwritableTexts += 1 }
                }
            }
        }
        for column in columns.caseAttributes.filter(\.isText).map(\.symbols) {
            let bad = bad(column)
            if bad.isEmpty { continue }
            losses.unwritableTexts += log.caseIDs.count { Int($0) < column.ids.count && bad.contains(column.ids[Int($0)]) }
        }
        losses.unwritableTexts += log.caseIDs.count { id in columns.caseNames.withBytes(of: id) { XESText.isUnwritable($0) } }
        return losses
    }

    /// The log as XES 2.0: traces in the order of the cases, in each its events in recorded order, with everything that the log holds.
    ///
    /// Columns of other formats get the keys of the standard's extensions (`concept:name`, `time:timestamp`, `org:resource`, …), a start
    /// `start_timestamp`; an attribute of events whose key is taken gets `event:` in front, one of cases `case:`. A control character that
    /// XML cannot carry becomes U+FFFD.
    ///
    /// - Parameters:
    ///   - progress: learns how many events are written.
    ///   - write: takes the next bytes, about a megabyte at a time; they are valid only during the call.
    package static func writeXES(
        _ log: EventLog, progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        var writer = XESLogWriter(log)
        try writer.write(progress: progress, to: write)
    }

    /// The log as XES, without progress.
    package static func writeXES(_ log: EventLog, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try writeXES(log, progress: { _ in }, to: write)
    }

    /// The log as CSV (RFC 4180 with LF line ends, UTF-8, one header line): one row per recorded event of the view, in recorded order.
    ///
    /// Columns: case, activity, `enabled` where the log has it, start, completion, resource, role, department, transition and instance as
    /// far as the log has them, then the attributes of events and those of cases. They keep the names that they had in the source; an
    /// attribute whose name is taken gets `case:` or `event:` in front. Times are in ISO 8601 with their offset, and dates alone where
    /// nothing of the column has a time part; what is missing is empty. A text that a spreadsheet would read as a formula gets an
    /// apostrophe in front. Nested attributes and what the file says of the log as a whole have no place in a table.
    ///
    /// - Parameters:
    ///   - hasMark: whether the file begins with a byte-order mark, by which Excel knows UTF-8.
    ///   - progress: learns how many rows are written.
    ///   - write: takes the next bytes, about a megabyte at a time; they are valid only during the call.
    package static func writeCSV(
        _ log: EventLog, hasMark: Bool = false, progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        var writer = CSVLogWriter(log, hasMark: hasMark)
        try writer.write(progress: progress, to: write)
    }

    /// The log as CSV, without progress and without a mark.
    package static func writeCSV(_ log: EventLog, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try writeCSV(log, progress: { _ in }, to: write)
    }

    /// The log as NDJSON: one JSON object per line and recorded event of the view, in recorded order.
    ///
    /// Members are those of ``writeCSV(_:to:)``, but attributes of cases have `case:` in front of their names. Texts, numbers, whole
    /// numbers (without a point) and truth values keep their types; times are texts in ISO 8601 with their offset, dates alone and, where
    /// nobody said in which zone they are, without one. What is missing has no member. Containers are objects and lists arrays, elements
    /// with a key objects of one member; nested attributes of an attribute stand under its name with `@` in front. Nested attributes of
    /// a case stand on its first line. What the file says of the log as a whole has no place here.
    ///
    /// - Parameters:
    ///   - progress: learns how many lines are written.
    ///   - write: takes the next bytes, about a megabyte at a time; they are valid only during the call.
    package static func writeNDJSON(
        _ log: EventLog, progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        var writer = NDJSONLogWriter(log)
        try writer.write(progress: progress, to: write)
    }

    /// The log as NDJSON, without progress.
    package static func writeNDJSON(_ log: EventLog, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try writeNDJSON(log, progress: { _ in }, to: write)
    }

    /// The log as an Excel workbook (ECMA-376) with one sheet, the columns of ``writeCSV(_:hasMark:progress:to:)`` under a header that
    /// stays in view.
    ///
    /// Texts are texts, whatever they begin with; times are dates of Excel that show what the clock showed, to the nearest millisecond. A
    /// column of times with different offsets from UTC is followed by one that holds them. Numbers have 16 digits; whole numbers beyond 2⁵³ and times before
    /// March 1900 are texts. The same log gives the same bytes.
    ///
    /// - Parameters:
    ///   - progress: learns how many rows are written.
    ///   - write: takes the next bytes; they are valid only during the call.
    /// - Throws: ``LogWritingError``; what `progress` and `write` throw.
    package static func writeXLSX(
        _ log: EventLog, progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try XLSXLogWriter(log).write(progress: progress, to: write)
    }
}
