/// How a file was understood when it was read.
package struct SourceDescription: Codable, Sendable, Equatable {
    /// A column or key and what it was taken for.
    package struct Column: Codable, Sendable, Equatable {
        /// What it was taken for: `case`, `activity`, `timestamp`, `start`, `resource`, `role`, `department`, `lifecycle`, `cost`.
        package var role: String
        /// Its name in the file.
        package var column: String

        /// A column with what it was taken for.
        package init(role: String, column: String) {
            self.role = role
            self.column = column
        }
    }

    /// `xes`, `csv`, `xlsx`, `ndjson` or, for a workspace, `sqlite`.
    package var format: String
    /// The sheet that was read of a workbook; `nil` for other formats.
    package var sheet: String?
    /// Which log of a workspace it is; `nil` for other formats.
    package var log: String?
    /// Whether it was gzipped.
    package var gzipped: Bool
    /// Columns recognised in a table without keys of its own; empty where the format names its keys.
    package var columns: [Column]
    /// The patterns in which times were written, where they had to be found out.
    package var timeFormats: [String]
    /// The classifiers that the file offers for `--classifier`.
    package var classifiers: [String]

    /// A description with these parts.
    package init(
        format: String, sheet: String? = nil, log: String? = nil, gzipped: Bool, columns: [Column], timeFormats: [String],
        classifiers: [String]
    ) {
        self.format = format
        self.log = log
        self.sheet = sheet
        self.gzipped = gzipped
        self.columns = columns
        self.timeFormats = timeFormats
        self.classifiers = classifiers
    }
}
