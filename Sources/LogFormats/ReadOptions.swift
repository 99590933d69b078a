import ByteParsing
package import EventLogs
package import Instants

/// How a log is to be read, where the file does not say it itself.
package struct ReadOptions: Sendable {
    /// Which columns of a table play which role; `nil` to recognise them.
    package var mapping: ColumnMapping?
    /// Where ``mapping`` is `nil`, gives the mapping for a table with these columns, if one is known from before.
    package var recalledMapping: (@Sendable (_ columns: [String]) -> ColumnMapping?)?
    /// The encoding of a table (see `TextDecoding.canonicalName`); `nil` to detect it.
    package var encoding: String?
    /// What separates the fields of a table; `nil` to detect it.
    package var delimiter: UInt8?
    /// The sheet of a workbook, by its name or its number from 1; `nil` for the first that is shown.
    package var sheet: String?
    /// How many bytes a packed file may swell to though it swells as no log does; `nil` for the usual limits.
    package var unpackLimit: Int?
    /// The clock on which times without an offset are read; `nil` for UTC, with a finding.
    package var zone: TimeZoneChoice?
    /// What the activity is: the name of a classifier of the log, or attribute keys joined by `+`; `nil` for the activity itself.
    package var classifier: String?
    /// The only columns of delimited text that are read, by their roles; `nil` for all. Without times events keep the order of the file.
    package var roles: Set<ColumnRole>?
    /// How events are counted as activity instances.
    package var counting: InstanceCounting
    /// How many threads read; the log does not depend on it.
    package var threads: Int

    /// Attributes of tables that stay text whatever their values are, as another file of the log has texts there.
    var textColumns: Set<String> = []
    /// How other tables of the log were understood.
    var shapes: [TableShape] = []

    /// When a gzip file is taken for a decompression bomb.
    var inflateLimit: GzipInflater.Limit { unpackLimit.map { GzipInflater.Limit(bytes: $0) } ?? GzipInflater.Limit() }

    /// Options with these parts.
    package init(
        mapping: ColumnMapping? = nil, encoding: String? = nil, delimiter: UInt8? = nil, sheet: String? = nil,
        unpackLimit: Int? = nil, zone: TimeZoneChoice? = nil, classifier: String? = nil, roles: Set<ColumnRole>? = nil,
        counting: InstanceCounting = .instances, threads: Int = 1
    ) {
        self.mapping = mapping
        self.encoding = encoding
        self.delimiter = delimiter
        self.sheet = sheet
        self.unpackLimit = unpackLimit
        self.zone = zone
        self.classifier = classifier
        self.roles = roles
        self.counting = counting
        self.threads = threads
    }
}

extension ReadOptions {
    /// The options with the mapping that is known from before for these columns, where none was given.
    func recalling(columns: [String]) -> ReadOptions {
        var options = self
        if mapping == nil { options.mapping = recalledMapping?(columns) }
        return options
    }
}

/// The format of a log's file.
package struct LogFormat: Sendable, Equatable {
    /// The formats that are read.
    package enum Kind: String, Sendable, Codable {
        /// XES, IEEE 1849-2023.
        case xes
        /// Delimited text, RFC 4180.
        case csv
        /// One JSON object per line.
        case ndjson
        /// An Excel workbook, ECMA-376.
        case xlsx
    }

    /// The format.
    package var kind: Kind
    /// Whether the file is packed with gzip.
    package var isGzipped: Bool
    /// What separates the fields of a table.
    package var delimiter: UInt8?
}

/// A log as read, and what was found out about its file.
package struct ReadLog: Sendable {
    /// The log.
    package var log: EventLog
    /// The file's format.
    package var format: LogFormat
    /// Which columns of a table play which role; `nil` for XES.
    package var recognised: ColumnMapping?
    /// The names of the columns of each file in order; empty for XES.
    package var columnNames: [[String]] = []
    /// How the time columns of a table are written: timestamp, then start.
    package var timeFormats: [String]
    /// The sheet that was read of a workbook.
    package var sheet: String?
    /// How many bytes the file has, packed as it is.
    package var byteCount: Int
}
