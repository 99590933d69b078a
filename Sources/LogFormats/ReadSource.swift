import EventLogs

/// What one file holds, before its events are put in order, and what was found out about the file.
struct ReadSource {
    /// The events as they stand in the file.
    var builder: EventLogBuilder
    /// The file's format.
    var format: LogFormat
    /// Which columns of a table play which role; `nil` for XES.
    var recognised: ColumnMapping?
    /// How the time columns of a table are written: timestamp, then start.
    var timeFormats: [String]
    /// How a table was understood; `nil` for XES.
    var shape: TableShape?
    /// The sheet that was read of a workbook.
    var sheet: String?
    /// How many bytes the file has, packed as it is.
    var byteCount: Int

    /// The log.
    consuming func finish(_ options: ReadOptions, _ monitor: some WorkMonitor) -> ReadLog {
        monitor.progress(.building, fraction: nil, events: builder.eventCount)
        return ReadLog(
            log: builder.finish(counting: options.counting), format: format, recognised: recognised,
            columnNames: [shape?.names ?? []], timeFormats: timeFormats, sheet: sheet,
            byteCount: byteCount)
    }
}

/// What a table holds, and how its columns were understood.
struct ReadTable {
    /// The events, not yet put in order.
    var builder: EventLogBuilder
    /// Which columns play which role, by their names.
    var mapping: ColumnMapping
    /// How the time columns are written: timestamp, then start.
    var timeFormats: [String]
    /// The same for other tables.
    var shape: TableShape
    /// Whether all of its text is known to be ASCII.
    var isASCII = false
}
