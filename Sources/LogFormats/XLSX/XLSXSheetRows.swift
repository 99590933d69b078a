import ByteParsing
import EventLogs
import Instants

/// The rows of a worksheet below its header, read from the archive as they are asked for.
///
/// The header is the first row with at least two values. Numbers under a format of dates are times without an offset, to the nearest
/// millisecond; formulas count with the value they had when the workbook was saved; errors such as `#N/A` are nothing. A cell that is
/// merged over several rows stands in each of them.
struct XLSXSheetRows: CellSource {
    private(set) var cells: [Cell] = []
    private(set) var names: [String] = []
    private(set) var line = 0
    let keepsTypesApart = false
    let timeName = "Excel"
    private let workbook: XLSXWorkbook
    private let sheet: XLSXWorkbook.Sheet
    private var xml: ZippedXML
    private var isInData = false
    private var text = CellText()
    /// Texts of the row that lie nowhere else.
    private let room = ByteScratch()
    private var pending: [(cell: Int, start: Int, end: Int)] = []
    /// Per column of the sheet its place in ``names``; -1 for none.
    private var places: [Int] = []
    private var merges: [Merge] = []
    private var nextMerge = 0
    private var open: [OpenMerge] = []
    private var knowsMerges = false
    private var headerLine = 0
    private var hasHeader = false
    private var counts = Counts()

    /// A cell that is merged over several rows, all from 1.
    private struct Merge: Equatable {
        var column: Int
        var first: Int
        var last: Int
    }

    /// A merged cell that reaches into the current row, with its value, which outlives its row.
    private struct OpenMerge {
        let merge: Merge
        let value: Cell.Value
        let written: [UInt8]
    }

    private struct Counts {
        var times = 0
        var errors = 0
        var errorPlaces: [LogFinding.Example] = []
        var merged = 0
        var blank = 0
        var blankRows: [LogFinding.Example] = []
        var titles = 0
    }

    /// The last row and the last column that a sheet can have.
    private static let limits = (row: 1_048_576, column: 16_384)

    init(_ workbook: XLSXWorkbook, _ sheet: XLSXWorkbook.Sheet) throws {
        self.workbook = workbook
        self.sheet = sheet
        xml = try workbook.open(sheet)
        try rewind()
    }

    var byteCount: Int { xml.byteCount }

    var fraction: Double { xml.fraction }

    mutating func rewind() throws {
        xml = try workbook.open(sheet)
        isInData = false
        line = 0
        counts = Counts()
        nextMerge = 0
        open = []
        try readHeader()
    }

    mutating func next() throws -> Bool {
        var blank: [Int] = []
        while try nextRow() {
            if cells.isEmpty {
                blank.append(line)
                continue
            }
            // Empty rows at the end are formatting.
            counts.blank += blank.count
            for row in blank where counts.blankRows.count < 5 { counts.blankRows.append(.row(row)) }
            try fillMerged()
            settle()
            openMerged()
            return true
        }
        return false
    }

    private static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

    /// Gives the values of the row their texts, now that those stay in place.
    private mutating func settle() {
        for part in pending {
            let text = UnsafeRawBufferPointer(rebasing: room.bytes[part.start..<part.end])
            switch cells[part.cell].value {
            case .integer(let number, _): cells[part.cell].value = .integer(number, as: text)
            case .number(let number, _): cells[part.cell].value = .number(number, as: text)
            default: cells[part.cell].value = .text(text)
            }
        }
    }

    // MARK: - Merged cells

    /// A few bytes can merge a whole sheet.
    private static let mostFilled = 20_000_000

    private mutating func note(merge reference: String) {
        let corners = reference.split(separator: ":").map { corner -> (column: Int, row: Int) in
            let text = Array(corner.utf8.filter { $0 != UInt8(ascii: "$") })
            return text.withUnsafeBytes { bytes in
                let digits = bytes.drop { $0 > UInt8(ascii: "9") }
                return (Self.column(bytes), Int(String(decoding: digits, as: UTF8.self)) ?? 0)
            }
        }
        guard !knowsMerges, corners.count == 2, corners[1].row > corners[0].row, corners[0].row > headerLine, corners[0].column >= 0 else {
            return
        }
        merges.append(Merge(column: corners[0].column, first: corners[0].row, last: corners[1].row))
    }

    /// Puts the values of cells that are merged over this row into it.
    private mutating func fillMerged() throws {
        if merges.isEmpty { return }
        open.removeAll { $0.merge.last < line }
        if open.isEmpty { return }
        var isThere = [Bool](repeating: false, count: names.count)
        for cell in cells { isThere[cell.column] = true }
        for merged in open {
            let column = place(of: merged.merge.column)
            if isThere[column] { continue }
            counts.merged += 1
            if counts.merged > Self.mostFilled { throw damaged("merged cells fill more than \(Self.mostFilled) cells") }
            let start = room.bytes.count
            for byte in merged.written { room.append(byte) }
            if !merged.written.isEmpty { pending.append((cells.count, start, room.bytes.count)) }
            cells.append(Cell(column: column, value: merged.value))
        }
    }

    /// Remembers the values of cells that are merged over the rows to come.
    private mutating func openMerged() {
        while nextMerge < merges.count && merges[nextMerge].first <= line {
            let merge = merges[nextMerge]
            nextMerge += 1
            let column = place(of: merge.column)
            if merge.first < line || open.contains(where: { $0.merge.column == merge.column }) { continue }
            guard let cell = cells.first(where: { $0.column == column }) else { continue }
            switch cell.value {
            case .text(let text): open.append(OpenMerge(merge: merge, value: .boolean(false), written: Array(text)))
            case .integer(let number, let text):
                open.append(OpenMerge(merge: merge, value: .integer(number, as: Self.nothing), written: Array(text)))
            case .number(let number, let text):
                open.append(OpenMerge(merge: merge, value: .number(number, as: Self.nothing), written: Array(text)))
            default: open.append(OpenMerge(merge: merge, value: cell.value, written: []))
            }
        }
    }

    mutating func tree(_ nested: UnsafeRawBufferPointer, key: String) -> AttributeTree {
        preconditionFailure("a cell of a sheet holds no list")
    }

    mutating func hasLearnt() -> Bool {
        knowsMerges = true
        merges.sort { ($0.first, $0.column) < ($1.first, $1.column) }
        return !merges.isEmpty
    }

    func findings() -> [LogFinding] {
        var findings: [LogFinding] = []
        if counts.blank > 0 { findings.append(LogFinding(.blankLine, .info, count: counts.blank, examples: counts.blankRows)) }
        if counts.titles > 0 { findings.append(LogFinding(.titleRow, .info, count: counts.titles)) }
        if counts.errors > 0 { findings.append(LogFinding(.cellError, .warning, count: counts.errors, examples: counts.errorPlaces)) }
        if counts.merged > 0 { findings.append(LogFinding(.mergedCell, .info, count: counts.merged)) }
        if counts.times > 0 { findings.append(LogFinding(.serialTime, .info, count: counts.times)) }
        let hidden = workbook.sheets.filter(\.isHidden).map(\.name)
        if !hidden.isEmpty { findings.append(LogFinding(.hiddenSheet, .info, count: hidden.count, examples: hidden.map { .text($0) })) }
        return findings
    }

    // MARK: - Header

    private mutating func readHeader() throws {
        let known = names
        names = []
        places = []
        hasHeader = false
        var titles = 0
        while try nextRow() {
            if cells.count >= 2 { break }
            if cells.count == 1 { titles += 1 }
        }
        settle()
        headerLine = line
        if cells.count < 2 { throw InputError(file: workbook.file, .workbook(.noTable(sheet: sheet.name))) }
        counts = Counts()
        counts.titles = titles
        var headers: [(column: Int, name: String)] = []
        let scratch = ByteScratch()
        for cell in cells {
            let raw = cell.value.text(scratch).map { String(decoding: $0, as: UTF8.self) } ?? ""
            headers.append((cell.column, String(raw.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())))
        }
        var seen: Set<String> = []
        for (column, name) in headers.sorted(by: { $0.column < $1.column }) {
            while places.count <= column { places.append(-1) }
            let name = name.isEmpty ? Self.unnamed(column) : name
            var unique = name
            var copy = 1
            while !seen.insert(unique).inserted {
                copy += 1
                unique = "\(name) (\(copy))"
            }
            places[column] = names.count
            names.append(unique)
        }
        hasHeader = true
        // Columns without a name that an earlier pass met keep their places.
        for name in known.dropFirst(names.count) { names.append(name) }
    }

    private static func unnamed(_ column: Int) -> String { "column \(letters(column))" }

    /// The column from 0 that the letters of a reference such as `AB12` name; -1 for none.
    private static func column(_ reference: UnsafeRawBufferPointer) -> Int {
        var column = 0
        for byte in reference {
            let letter = byte & 0xDF
            if letter < 65 || letter > 90 || column > limits.column { break }
            column = column * 26 + Int(letter) - 64
        }
        return column - 1
    }

    /// `A`, `B`, …, `Z`, `AA`, … for columns from 0.
    private static func letters(_ column: Int) -> String {
        var rest = column + 1
        var text = ""
        while rest > 0 {
            text = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + text
            rest = (rest - 1) / 26
        }
        return text
    }

    /// The place in ``names`` of a column of the sheet; one without a name gets one.
    private mutating func place(of column: Int) -> Int {
        while places.count <= column { places.append(-1) }
        if places[column] < 0 {
            let name = Self.unnamed(column)
            if let known = names.firstIndex(of: name) {
                places[column] = known
            } else {
                places[column] = names.count
                names.append(name)
            }
        }
        return places[column]
    }

    // MARK: - Rows

    /// Moves to the next row of the sheet, which may be empty.
    private mutating func nextRow() throws -> Bool {
        cells.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
        room.clear()
        do {
            while let node = try xml.next() {
                switch node {
                case .start:
                    if xml.is("row") && isInData {
                        try readRow()
                        return true
                    }
                    if xml.is("sheetData") { isInData = !xml.isEmpty }
                    if xml.is("mergeCell"), !isInData, let reference = xml.attribute("ref") { note(merge: reference) }
                case .end: if xml.is("sheetData") { isInData = false }
                case .text: continue
                }
            }
            return false
        } catch {
            throw XLSXWorkbook.inputError(error, workbook.file)
        }
    }

    private func damaged(_ words: String) -> InputError {
        InputError(file: workbook.file, .workbook(.damaged(part: xml.name, words: words)))
    }

    private mutating func readRow() throws {
        var number: Int?
        xml.withAttributes { name, value in
            if name.count == 1 && name[0] == UInt8(ascii: "r") { number = NumberReader.integer(value).flatMap { Int(exactly: $0) } }
        }
        let row = number ?? line + 1
        if row <= line || row > Self.limits.row { throw damaged("row \(row) after row \(line)") }
        line = row
        if xml.isEmpty { return }
        var column = -1
        while let node = try xml.next() {
            if node == .end && xml.is("row") { break }
            if node == .start && xml.is("c") { column = try readCell(after: column) }
        }
    }

    private enum CellType {
        case number, shared, inline, formulaText, boolean, error, date
    }

    /// Reads the cell that begins; returns its column in the sheet, from 0.
    private mutating func readCell(after previous: Int) throws -> Int {
        var column = previous + 1
        var type = CellType.number
        var style = 0
        xml.withAttributes { name, value in
            guard name.count == 1 else { return }
            switch name[0] {
            case UInt8(ascii: "r"): column = Self.column(value)
            case UInt8(ascii: "s"): style = NumberReader.integer(value).map { Int(clamping: $0) } ?? 0
            case UInt8(ascii: "t"):
                switch value.count {
                case 1:
                    type = value[0] == UInt8(ascii: "s") ? .shared : value[0] == UInt8(ascii: "b") ? .boolean : .number
                    if value[0] == UInt8(ascii: "e") { type = .error }
                    if value[0] == UInt8(ascii: "d") { type = .date }
                case 3: type = .formulaText
                case 9: type = .inline
                default: type = .number
                }
            default: break
            }
        }
        if column <= previous || column >= Self.limits.column { throw damaged("cells of row \(line) out of order") }
        if xml.isEmpty { return column }
        text.begin()
        let valueRoom = room.bytes.count
        var isValue = false
        var valueEnd = valueRoom
        while let node = try xml.next() {
            if node == .end && xml.is("c") { break }
            switch node {
            case .start where xml.is("v"): isValue = !xml.isEmpty
            case .end where xml.is("v"): isValue = false
            case .text where isValue:
                room.append(xml.text)
                valueEnd = room.bytes.count
            default: text.take(node, xml)
            }
        }
        if type == .inline {
            let start = room.bytes.count
            room.append(text.finished)
            addText(column, start, room.bytes.count)
        } else if valueEnd > valueRoom {
            try add(column, type, style, valueRoom, valueEnd)
        }
        return column
    }

    private mutating func addText(_ column: Int, _ start: Int, _ end: Int) {
        if end == start { return }
        pending.append((cells.count, start, end))
        append(column, .boolean(false))
    }

    private mutating func append(_ column: Int, _ value: Cell.Value) {
        cells.append(Cell(column: hasHeader ? place(of: column) : column, value: value))
    }

    private mutating func add(_ column: Int, _ type: CellType, _ style: Int, _ start: Int, _ end: Int) throws {
        let value = UnsafeRawBufferPointer(rebasing: room.bytes[start..<end])
        switch type {
        case .shared:
            guard let number = NumberReader.integer(value), let index = Int(exactly: number), index >= 0, index < workbook.texts.count
            else {
                throw damaged("cell \(Self.letters(column))\(line) refers to a text that is not there")
            }
            let text = workbook.texts[index]
            if !text.isEmpty { append(column, .text(text)) }
        case .formulaText, .inline: addText(column, start, end)
        case .boolean: append(column, .boolean(value.first == UInt8(ascii: "1") || value.first == UInt8(ascii: "t")))
        case .error:
            counts.errors += 1
            if counts.errorPlaces.count < 5 {
                counts.errorPlaces.append(
                    LogFinding.Example(
                        row: line, text: "\(Self.letters(column))\(line) \(String(decoding: value, as: UTF8.self))"))
            }
        case .date:
            if let time = ISO8601Reader.parse(value) { append(column, .time(time)) } else { addText(column, start, end) }
        case .number:
            guard let number = NumberReader.decimal(value) else {
                throw damaged("the number in cell \(Self.letters(column))\(line) is none")
            }
            add(column, number, style < workbook.styles.count && style >= 0 ? workbook.styles[style] : .number)
        }
    }

    private mutating func add(_ column: Int, _ number: Double, _ kind: NumberFormatKind) {
        switch kind {
        case .number: break
        case .time where number < 1:
            if number >= 0 {
                let start = room.bytes.count
                for byte in Self.clock(number).utf8 { room.append(byte) }
                addText(column, start, room.bytes.count)
                return
            }
        case .date, .dateAndTime, .time:
            if let time = ExcelTime.parsed(number, workbook.epoch, isDateOnly: kind == .date) {
                counts.times += 1
                append(column, .time(time))
                return
            }
        }
        let isWhole = number == number.rounded() && abs(number) < 1e15
        let written = isWhole ? String(Int64(number)) : "\(number)"
        let start = room.bytes.count
        for byte in written.utf8 { room.append(byte) }
        pending.append((cells.count, start, room.bytes.count))
        append(column, isWhole ? .integer(Int64(number), as: Self.nothing) : .number(number, as: Self.nothing))
    }

    /// The time of day as a clock shows it.
    private static func clock(_ fraction: Double) -> String {
        let milliseconds = Int((fraction * 86_400_000).rounded())
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let seconds = milliseconds / 1_000
        let text = "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return milliseconds % 1_000 == 0 ? text : text + "." + String(1_000 + milliseconds % 1_000).dropFirst()
    }
}
