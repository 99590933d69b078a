import EventLogs
import Instants

/// Writes an event log as CSV.
struct CSVLogWriter {
    private let table: LogTable
    private var text = CSVLogText()

    init(_ log: EventLog, hasMark: Bool = false) {
        table = LogTable(log)
        if hasMark { text.append(plain: "\u{FEFF}") }
    }

    mutating func write(progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        for (index, column) in table.columns.enumerated() {
            if index > 0 { text.comma() }
            text.append(column.name)
        }
        text.endLine()
        for (number, row) in table.recordedOrder().enumerated() {
            for index in table.columns.indices {
                if index > 0 { text.comma() }
                append(table.columns[index].source, event: row.event, of: row.owner)
            }
            text.endLine()
            if text.bytes.count > 1 << 20 {
                try text.bytes.withUnsafeBytes(write)
                text.removeAll(keepingCapacity: true)
                try progress(number + 1)
            }
        }
        if !text.bytes.isEmpty { try text.bytes.withUnsafeBytes(write) }
    }

    private mutating func append(_ source: LogTable.Source, event: Int, of owner: Int) {
        switch source {
        case .caseName: text.append(UInt32(owner), of: table.log.columns.caseNames)
        case .symbols(let column):
            let symbol = event < column.ids.count ? column.ids[event] : Vocabulary.missing
            text.append(symbol, of: column.vocabulary)
        case .times(let values, let forms, let isDateOnly):
            if values[event] != Instant.missing { append(values[event], form: Int(forms[event]), isDateOnly: isDateOnly) }
        case .events(let columns): append(columns, event)
        case .cases(let columns): append(columns, owner)
        }
    }

    private mutating func append(_ time: Int64, form: Int, isDateOnly: Bool) {
        let forms = table.log.columns.timeForms
        text.append(time: time, offset: form < forms.count ? Int(forms[form].offset) : 0, isDateOnly: isDateOnly)
    }

    private mutating func append(_ columns: [AttributeColumn], _ row: Int) {
        guard let column = columns.first(where: { $0.isPresent(row) }) else { return }
        if column.isText {
            text.append(column.symbol(row), of: column.symbols.vocabulary)
        } else if let time = column.instant(row) {
            append(time.microseconds, form: row < column.forms.count ? Int(column.forms[row]) : 0, isDateOnly: false)
        } else if let value = column.text(row, forms: table.log.columns.timeForms) {
            text.append(plain: value)
        }
    }
}

/// Rows of CSV under construction.
private struct CSVLogText {
    private(set) var bytes: [UInt8] = []
    private var times = TimeText()

    /// What makes a spreadsheet take a text for a formula, or what it skips before looking.
    private static let formulaStarts: Set<UInt8> = Set("=+-@\t\r\n".utf8)
    /// `＝ ＋ － ＠`, which some spreadsheets read as the plain signs.
    private static let wideFormulaStarts = ["＝", "＋", "－", "＠"].map { Array($0.utf8) }

    mutating func removeAll(keepingCapacity: Bool) { bytes.removeAll(keepingCapacity: keepingCapacity) }

    mutating func comma() { bytes.append(UInt8(ascii: ",")) }

    mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    /// A text of ours that needs no care.
    mutating func append(plain text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(field: UnsafeRawBufferPointer($0)) }
    }

    mutating func append(_ symbol: UInt32, of vocabulary: Vocabulary) {
        if symbol == Vocabulary.missing { return }
        vocabulary.withBytes(of: symbol) { append(field: $0) }
    }

    private mutating func append(field: UnsafeRawBufferPointer) {
        guard let first = field.first else { return }
        let isWide = first == 0xEF && Self.wideFormulaStarts.contains { field.starts(with: $0) }
        let isFormula = isWide || Self.formulaStarts.contains(first)
        let needsQuotes = field.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") || $0 == 0x0A || $0 == 0x0D }
        if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        if needsQuotes {
            for byte in field {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        } else {
            bytes.append(contentsOf: field)
        }
    }

    mutating func append(time: Int64, offset: Int, isDateOnly: Bool) {
        times.append(time, offset: isDateOnly ? nil : offset, shownAt: offset, isDateOnly: isDateOnly, to: &bytes)
    }
}
