import ByteParsing
package import EventLogs
import Foundation
import LogFormats

/// Writes a log, narrowed by its filters, into a file of another format: recorded events in recorded order.
package struct ExportLog: Sendable {
    /// The formats that are written.
    package enum Form: String, Sendable, Codable, CaseIterable {
        /// XES, IEEE 1849-2023.
        case xes
        /// CSV, RFC 4180.
        case csv
        /// An Excel workbook.
        case xlsx
        /// One JSON object per line.
        case ndjson

        /// Whether it is text, which can stand on standard output and be packed with gzip.
        package var isText: Bool { self != .xlsx }
    }

    /// What was written.
    package struct Written: Codable, Sendable, Equatable {
        /// The file's own name.
        package var file: String
        /// Its format.
        package var to: Form
        /// Whether it is packed with gzip.
        package var gzipped: Bool
        /// How many cases it holds.
        package var cases: Int
        /// How many events it holds.
        package var events: Int
        /// How many nested and list attributes the format has no place for.
        package var nestedLeftOut: Int
        /// How many times the format rounds, to the millisecond.
        package var timesRounded: Int
        /// How many texts hold control characters that the format cannot carry and that were replaced by U+FFFD.
        package var textsReplaced: Int

        /// A log that an export wrote into a file of this name.
        package init(_ log: EventLog, by export: ExportLog, into file: String) {
            self.file = file
            to = export.form
            gzipped = export.isGzipped
            cases = log.caseCount
            events = log.eventCount
            let isTable = export.form == .csv || export.form == .xlsx
            let losses =
                isTable
                ? LogWriter.losses(of: log, inWorkbook: export.form == .xlsx)
                : export.form == .xes ? LogWriter.lossesInXES(of: log) : LogWriter.Losses()
            nestedLeftOut = losses.nested
            timesRounded = losses.fineTimes
            textsReplaced = losses.unwritableTexts
        }
    }

    /// The format.
    package let form: Form
    /// Whether to pack the file with gzip.
    package let isGzipped: Bool
    /// Whether a CSV begins with a byte-order mark.
    package let hasMark: Bool

    /// An export in this form.
    package init(_ form: Form, isGzipped: Bool = false, hasMark: Bool = false) {
        self.form = form
        self.isGzipped = isGzipped
        self.hasMark = hasMark
    }

    /// The form that a file's name asks for by its ending, such as `.csv` or `.csv.gz`, or `nil`.
    package static func form(ofName name: String) -> (form: Form, isGzipped: Bool)? {
        var url = URL(filePath: name)
        var suffix = url.pathExtension.lowercased()
        let isGzipped = suffix == "gz"
        if isGzipped {
            url = url.deletingPathExtension()
            suffix = url.pathExtension.lowercased()
        }
        let form: Form? =
            switch suffix {
            case "xes": .xes
            case "csv": .csv
            case "xlsx": .xlsx
            case "ndjson", "jsonl": .ndjson
            default: nil
            }
        return form.map { ($0, isGzipped) }
    }

    /// Writes the log.
    ///
    /// - Parameter write: takes the next bytes; they are valid only during the call.
    /// - Throws: `LogWritingError` where the format cannot hold the log; what `write` and the monitor throw.
    package func write(_ log: EventLog, monitor: some WorkMonitor, to write: (UnsafeRawBufferPointer) throws -> Void) throws {
        let total = max(log.eventCount, 1)
        monitor.progress(.writing, fraction: 0, events: 0)
        let progress: (Int) throws -> Void = { rows in
            try monitor.checkCancellation()
            monitor.progress(.writing, fraction: Double(rows) / Double(total), events: rows)
        }
        if isGzipped && form.isText {
            var deflater = GzipDeflater()
            try writePlain(log, progress) { bytes in
                try monitor.checkCancellation()
                try deflater.append(bytes, to: write)
            }
            try deflater.finish(to: write)
        } else {
            try writePlain(log, progress) { bytes in
                try monitor.checkCancellation()
                try write(bytes)
            }
        }
    }

    private func writePlain(
        _ log: EventLog, _ progress: (Int) throws -> Void, _ write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        switch form {
        case .xes: try LogWriter.writeXES(log, progress: progress, to: write)
        case .csv: try LogWriter.writeCSV(log, hasMark: hasMark, progress: progress, to: write)
        case .ndjson: try LogWriter.writeNDJSON(log, progress: progress, to: write)
        case .xlsx: try LogWriter.writeXLSX(log, progress: progress, to: write)
        }
    }
}
