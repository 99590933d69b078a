import EventLogs
import Instants

/// An event log on its way into a table of text.
struct CSVLogTable {
    /// Where the values of a column come from.
    private enum Source {
        case caseName
        case symbols(SymbolColumn)
        case times([Int64], [UInt16], isDateOnly: Bool)
        /// Attributes of one name; the first that has a value counts.
        case events([AttributeColumn])
        case cases([AttributeColumn])
    }

    private let log: EventLog
    private var columns: [(name: String, source: Source)] = []
    private var text = CSVLogText()

    init(_ log: EventLog) {
        self.log = log
        let own = log.columns
        let names = own.sourceNames
        var events = Self.grouped(own.attributes)
        columns.append((names.caseName, .caseName))
        columns.append((names.activity, .symbols(own.activity)))
        // The enablement stands before the start, as time goes.
        if let place = events.firstIndex(where: { $0.name == "enabled" && $0.columns.allSatisfy { $0.type == .date } }) {
            columns.append(("enabled", .events(events.remove(at: place).columns)))
        }
        if !own.start.isEmpty { columns.append((names.start, times(own.start, own.startForm))) }
        columns.append((names.timestamp, times(own.time, own.timeForm)))
        for (name, column) in [
            (names.resource, own.resource), (names.role, own.role), (names.department, own.department), (names.lifecycle, own.transition),
            (names.instance, own.instanceName),
        ] {
            if let column { columns.append((name, .symbols(column))) }
        }
        var taken = Set(columns.map(\.name))
        func free(_ name: String, _ prefix: String) -> String {
            var name = name
            while !taken.insert(name).inserted { name = prefix + name }
            return name
        }
        for group in events { columns.append((free(group.name, "event:"), .events(group.columns))) }
        for group in Self.grouped(own.caseAttributes) { columns.append((free(group.name, "case:"), .cases(group.columns))) }
    }

    /// Columns of one name together, in order of first sight.
    private static func grouped(_ columns: [AttributeColumn]) -> [(name: String, columns: [AttributeColumn])] {
        var groups: [(name: String, columns: [AttributeColumn])] = []
        var places: [String: Int] = [:]
        for column in columns {
            if let place = places[column.name] {
                groups[place].columns.append(column)
            } else {
                places[column.name] = groups.count
                groups.append((column.name, [column]))
            }
        }
        return groups
    }

    private func times(_ values: [Int64], _ forms: [UInt16]) -> Source {
        let table = log.columns.timeForms
        let isDateOnly = values.indices.allSatisfy { row in
            values[row] == Instant.missing || (Int(forms[row]) < table.count && table[Int(forms[row])].isDateOnly)
        }
        return .times(values, forms, isDateOnly: isDateOnly)
    }

    mutating func write(to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        for (index, column) in columns.enumerated() {
            if index > 0 { text.comma() }
            text.append(column.name)
        }
        text.endLine()
        for row in recordedOrder() {
            for index in columns.indices {
                if index > 0 { text.comma() }
                append(columns[index].source, event: row.event, of: row.owner)
            }
            text.endLine()
            if text.bytes.count > 1 << 20 {
                try text.bytes.withUnsafeBytes(write)
                text.removeAll(keepingCapacity: true)
            }
        }
        if !text.bytes.isEmpty { try text.bytes.withUnsafeBytes(write) }
    }

    /// The events of the view with the cases they belong to, as they stood in the source.
    private func recordedOrder() -> [(event: Int, owner: Int)] {
        var rows: [(event: Int, owner: Int)] = []
        rows.reserveCapacity(log.eventCount)
        for position in 0..<log.caseCount {
            let owner = Int(log.caseIDs[position])
            for place in log.eventRanges[position] { rows.append((log.event(at: place), owner)) }
        }
        let recorded = log.columns.row
        rows.sort { (recorded[$0.event], $0.event) < (recorded[$1.event], $1.event) }
        return rows
    }

    private mutating func append(_ source: Source, event: Int, of owner: Int) {
        switch source {
        case .caseName: text.append(UInt32(owner), of: log.columns.caseNames)
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
        let forms = log.columns.timeForms
        text.append(time: time, offset: form < forms.count ? Int(forms[form].offset) : 0, isDateOnly: isDateOnly)
    }

    private mutating func append(_ columns: [AttributeColumn], _ row: Int) {
        guard let column = columns.first(where: { $0.isPresent(row) }) else { return }
        if column.isText {
            text.append(column.symbol(row), of: column.symbols.vocabulary)
        } else if let time = column.instant(row) {
            append(time.microseconds, form: row < column.forms.count ? Int(column.forms[row]) : 0, isDateOnly: false)
        } else if let value = column.text(row, forms: log.columns.timeForms) {
            text.append(plain: value)
        }
    }
}

/// Rows of CSV under construction.
private struct CSVLogText {
    private(set) var bytes: [UInt8] = []
    /// The day and offset last written, and their texts.
    private var day = Int64.min
    private var dayText: [UInt8] = []
    private var offset = Int.min
    private var offsetText: [UInt8] = []

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

    /// A time in ISO 8601 with as many decimals as it needs (0, 3 or 6).
    mutating func append(time: Int64, offset: Int, isDateOnly: Bool) {
        let local = time &+ Int64(offset) &* Microseconds.second
        let ownDay = local.flooredQuotient(by: Microseconds.day)
        if ownDay != day {
            day = ownDay
            dayText = Array(CivilDate(daysSinceEpoch: Int(ownDay)).iso8601.utf8)
        }
        bytes.append(contentsOf: dayText)
        if isDateOnly { return }
        let rest = Int(local - ownDay * Microseconds.day)
        bytes.append(UInt8(ascii: "T"))
        append(digits: rest / Int(Microseconds.hour), 2)
        bytes.append(UInt8(ascii: ":"))
        append(digits: rest / Int(Microseconds.minute) % 60, 2)
        bytes.append(UInt8(ascii: ":"))
        append(digits: rest / Int(Microseconds.second) % 60, 2)
        let fraction = rest % Int(Microseconds.second)
        if fraction != 0 {
            bytes.append(UInt8(ascii: "."))
            if fraction % 1_000 == 0 { append(digits: fraction / 1_000, 3) } else { append(digits: fraction, 6) }
        }
        if offset != self.offset {
            self.offset = offset
            offsetText = Array(Instant.offsetText(offset).utf8)
        }
        bytes.append(contentsOf: offsetText)
    }

    private mutating func append(digits number: Int, _ count: Int) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        var rest = number
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }
}
