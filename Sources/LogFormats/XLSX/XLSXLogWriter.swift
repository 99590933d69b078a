import CXLSXWriter
import EventLogs
import Foundation
import Instants

/// Writes an event log as an Excel workbook with one sheet, row by row: only one row is held in memory.
struct XLSXLogWriter {
    /// The last row and the last column that a sheet can have.
    private static let limits = (rows: 1_048_576, columns: 16_384)

    private let table: LogTable
    private let columns: [Column]

    private struct Column {
        var name: String
        var source: LogTable.Source
        var content: Content
        /// Whether some time has a fraction of a second.
        var hasFractions = false
        /// Whether every time is a date alone.
        var areDates = false
    }

    private enum Content {
        /// The values themselves.
        case values
        /// The offsets from UTC of the times of the column before.
        case offsets
    }

    init(_ log: EventLog) {
        let table = LogTable(log)
        var columns: [Column] = []
        var taken = Set(table.columns.map(\.name))
        for (name, source) in table.columns {
            let seen = Self.times(source, table)
            columns.append(
                Column(name: name, source: source, content: .values, hasFractions: seen.hasFractions, areDates: seen.areDates))
            if seen.offsets.count > 1 {
                var offsetName = name + " offset"
                while !taken.insert(offsetName).inserted { offsetName = "event:" + offsetName }
                columns.append(Column(name: offsetName, source: source, content: .offsets))
            }
        }
        self.table = table
        self.columns = columns
    }

    /// What the times of a column have in common.
    private static func times(_ source: LogTable.Source, _ table: LogTable) -> (offsets: Set<Int32>, hasFractions: Bool, areDates: Bool) {
        var offsets: Set<Int32> = []
        var hasFractions = false
        var areDates = true
        func observe(_ time: Int64, _ form: TimeForm) {
            offsets.insert(form.offset)
            if time % Microseconds.second != 0 { hasFractions = true }
            if !form.isDateOnly { areDates = false }
        }
        let log = table.log
        for position in 0..<log.caseCount {
            let owner = Int(log.caseIDs[position])
            for place in log.eventRanges[position] {
                if let (time, form) = table.time(source, event: log.event(at: place), of: owner) { observe(time, form) }
            }
        }
        return (offsets, hasFractions, areDates && !offsets.isEmpty)
    }

    /// Writes the workbook into a file without a name, then hands over its bytes.
    func write(progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void) throws {
        let rows = table.recordedOrder()
        if rows.count >= Self.limits.rows { throw LogWritingError.tooManyRows(rows.count, limit: Self.limits.rows - 1) }
        if columns.count > Self.limits.columns { throw LogWritingError.tooManyColumns(columns.count, limit: Self.limits.columns) }
        let descriptor = try Self.namelessFile()
        defer { close(descriptor) }
        try fill("/proc/self/fd/\(descriptor)", rows, progress)
        var position: off_t = 0
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { room.deallocate() }
        while true {
            let count = pread(descriptor, room.baseAddress, room.count, position)
            if count < 0 { throw LogWritingError.system(String(cString: strerror(errno))) }
            if count == 0 { return }
            position += off_t(count)
            try write(UnsafeRawBufferPointer(rebasing: room[..<count]))
        }
    }

    private static func namelessFile() throws -> Int32 {
        var path = Array((FileManager.default.temporaryDirectory.path + "/weir-XXXXXX").utf8CString)
        let descriptor = mkstemp(&path)
        if descriptor < 0 { throw LogWritingError.system(String(cString: strerror(errno))) }
        unlink(path)
        return descriptor
    }

    private func fill(_ path: String, _ rows: [(event: Int, owner: Int)], _ progress: (Int) throws -> Void) throws {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let book = workbook_new_opt(path, &options) else { throw LogWritingError.system("libxlsxwriter") }
        var isOpen = true
        defer { if isOpen { lxw_workbook_free(book) } }
        // The same log makes the same bytes, whatever the time is: 2000-01-01.
        var properties = lxw_doc_properties()
        properties.created = 946_684_800
        workbook_set_properties(book, &properties)
        let sheet = workbook_add_worksheet(book, "Events")
        let heading = workbook_add_format(book)
        format_set_bold(heading)
        let formats = columns.map { column -> UnsafeMutablePointer<lxw_format>? in
            let format = workbook_add_format(book)
            format_set_num_format(
                format, column.areDates ? "yyyy-mm-dd" : column.hasFractions ? "yyyy-mm-dd hh:mm:ss.000" : "yyyy-mm-dd hh:mm:ss")
            return format
        }
        worksheet_freeze_panes(sheet, 1, 0)
        for (number, column) in columns.enumerated() {
            if column.content == .values && table.mayHoldTimes(column.source) {
                worksheet_set_column(sheet, lxw_col_t(number), lxw_col_t(number), 22, nil)
            }
        }
        let writer = SheetWriter(sheet: sheet)
        for (number, column) in columns.enumerated() { try writer.text(column.name, 0, number, column.name, heading) }
        for (number, row) in rows.enumerated() {
            for (place, column) in columns.enumerated() {
                try append(column, formats[place], row.event, row.owner, number + 1, place, writer)
            }
            if number & 0xFFF == 0xFFF { try progress(number + 1) }
        }
        isOpen = false
        let result = workbook_close(book)
        if result != LXW_NO_ERROR {
            throw LogWritingError.system(lxw_strerror(result).map { String(cString: $0) } ?? "libxlsxwriter")
        }
    }

    private func append(
        _ column: Column, _ format: UnsafeMutablePointer<lxw_format>?, _ event: Int, _ owner: Int, _ row: Int, _ place: Int,
        _ writer: SheetWriter
    ) throws {
        if let (time, form) = table.time(column.source, event: event, of: owner) {
            let offset = Int64(form.offset)
            if column.content == .offsets {
                try writer.text(Instant.offsetText(Int(offset)), row, place, column.name)
            } else if let serial = ExcelTime.serial(local: time + offset * Microseconds.second) {
                writer.number(serial, row, place, format)
            } else {
                try writer.text(Instant(microseconds: time).iso8601(offset: Int(offset)), row, place, column.name)
            }
            return
        }
        if column.content == .offsets { return }
        switch column.source {
        case .caseName: try writer.text(table.log.columns.caseNames[UInt32(owner)], row, place, column.name)
        case .symbols(let symbols):
            if event < symbols.ids.count, let text = symbols.text(event) { try writer.text(text, row, place, column.name) }
        case .times: return
        case .events(let columns): try append(columns, event, row, place, column.name, writer)
        case .cases(let columns): try append(columns, owner, row, place, column.name, writer)
        }
    }

    private func append(
        _ columns: [AttributeColumn], _ index: Int, _ row: Int, _ place: Int, _ name: String, _ writer: SheetWriter
    ) throws {
        guard let column = columns.first(where: { $0.isPresent(index) }) else { return }
        if let truth = column.boolean(index) {
            writer.boolean(truth, row, place)
        } else if let number = column.number(index), number.isFinite, column.type == .float || column.words[index].magnitude <= 1 << 53 {
            writer.number(number, row, place, nil)
        } else if let text = column.text(index, forms: table.log.columns.timeForms) {
            // A whole number that a spreadsheet would round stays as it is.
            try writer.text(text, row, place, name)
        }
    }
}

/// Writes cells: texts as texts, never as formulas, links or numbers.
private struct SheetWriter {
    let sheet: UnsafeMutablePointer<lxw_worksheet>?

    func text(
        _ text: String, _ row: Int, _ column: Int, _ name: String, _ format: UnsafeMutablePointer<lxw_format>? = nil
    ) throws {
        if text.isEmpty { return }
        let result = worksheet_write_string(sheet, lxw_row_t(row), lxw_col_t(column), Self.escaped(text), format)
        if result == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED {
            throw LogWritingError.textTooLong(column: name, row: row + 1, limit: 32_767)
        }
        if result != LXW_NO_ERROR {
            throw LogWritingError.system(lxw_strerror(result).map { String(cString: $0) } ?? "libxlsxwriter")
        }
    }

    func number(_ number: Double, _ row: Int, _ column: Int, _ format: UnsafeMutablePointer<lxw_format>?) {
        worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), number, format)
    }

    func boolean(_ truth: Bool, _ row: Int, _ column: Int) {
        worksheet_write_boolean(sheet, lxw_row_t(row), lxw_col_t(column), truth ? 1 : 0, nil)
    }

    /// The text without NUL, and with `_x0041_` and its like kept from being read as the character they would stand for.
    private static func escaped(_ text: String) -> String {
        if !text.utf8.contains(0) && !text.contains("_x") { return text }
        return text.replacing("\0", with: "\u{FFFD}").replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
    }
}

/// Why a log cannot be written in a format.
package enum LogWritingError: Error, Equatable {
    /// More events than the format has rows.
    case tooManyRows(Int, limit: Int)
    /// More attributes than the format has columns.
    case tooManyColumns(Int, limit: Int)
    /// A text that does not fit in a cell: its column, and its row from 1 with the header.
    case textTooLong(column: String, row: Int, limit: Int)
    /// The system or a library refused, in their words.
    case system(String)
}
