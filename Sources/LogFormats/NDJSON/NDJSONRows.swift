import ByteParsing
import EventLogs

/// The rows of a file with one JSON object per line: members are cells, `null` is nothing, lists and objects are nested attributes.
struct NDJSONRows: CellSource {
    private(set) var cells: [Cell] = []
    private(set) var line = 0
    let keepsTypesApart = true
    let timeName = "ISO 8601"
    private let text: UnsafeRawBufferPointer
    private let file: String
    private var scanner: JSONScanner
    private var nextLine = 1
    private var keys = Vocabulary()
    private(set) var names: [String] = []
    /// The row in which each column was last seen, to find keys that stand twice.
    private var seen: [Int] = []
    private var row = 0
    private var blankLines = 0
    private var firstBlankLines: [LogFinding.Example] = []
    /// Texts of the row that had escapes.
    private let room = ByteScratch()
    private let keyRoom = ByteScratch()
    private var unescaped: [(cell: Int, start: Int, end: Int)] = []

    /// The rows of `text`, which is valid UTF-8 and must stay in place.
    init(_ text: UnsafeRawBufferPointer, file: String) {
        self.text = text
        self.file = file
        scanner = JSONScanner(text, at: Self.start(text), staysOnLine: true)
    }

    /// As many as a sheet has columns; keys that are values, such as dates, would make a column each.
    private static let mostKeys = 16_384

    private static func start(_ text: UnsafeRawBufferPointer) -> Int {
        text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    var byteCount: Int { text.count }

    var fraction: Double { Double(scanner.position) / Double(max(text.count, 1)) }

    mutating func rewind() {
        scanner = JSONScanner(text, at: Self.start(text), staysOnLine: true)
        nextLine = 1
        row = 0
        blankLines = 0
        firstBlankLines = []
        for column in seen.indices { seen[column] = 0 }
    }

    mutating func next() throws -> Bool {
        do {
            return try nextRow()
        } catch {
            throw located(error)
        }
    }

    private func located(_ error: JSONError) -> InputError {
        let place = TextPlace.lineAndColumn(of: error.position, in: text)
        return InputError(file: file, line: place.line, column: place.column, .json(error.problem))
    }

    private mutating func nextRow() throws(JSONError) -> Bool {
        cells.removeAll(keepingCapacity: true)
        unescaped.removeAll(keepingCapacity: true)
        room.clear()
        while true {
            scanner.skipSpace()
            if !scanner.take(0x0A) { break }
            blankLines += 1
            if firstBlankLines.count < 5 { firstBlankLines.append(.row(nextLine)) }
            nextLine += 1
        }
        if scanner.position == text.count { return false }
        line = nextLine
        row += 1
        if !scanner.take(UInt8(ascii: "{")) { throw JSONError(position: scanner.position, problem: .notAnObject) }
        scanner.skipSpace()
        if !scanner.take(UInt8(ascii: "}")) {
            repeat {
                scanner.skipSpace()
                try member()
            } while try scanner.hasNext(before: UInt8(ascii: "}"))
        }
        scanner.skipSpace()
        if scanner.position < text.count && !scanner.take(0x0A) {
            throw JSONError(position: scanner.position, problem: .textAfterObject)
        }
        nextLine += 1
        for part in unescaped {
            cells[part.cell].value = .text(UnsafeRawBufferPointer(rebasing: room.bytes[part.start..<part.end]))
        }
        return true
    }

    private mutating func member() throws(JSONError) {
        let place = scanner.position
        let column = try key()
        if seen[column] == row { throw JSONError(position: place, problem: .duplicateKey(names[column])) }
        seen[column] = row
        try scanner.colon()
        let kind = try scanner.kind()
        switch kind {
        case .null: try scanner.word(kind)
        case .yes, .no:
            try scanner.word(kind)
            cells.append(Cell(column: column, value: .boolean(kind == .yes)))
        case .text:
            let token = try scanner.text()
            if token.isSpecial {
                let start = room.bytes.count
                scanner.unescape(token, into: room)
                unescaped.append((cells.count, start, room.bytes.count))
                cells.append(Cell(column: column, value: .boolean(false)))
            } else {
                cells.append(Cell(column: column, value: .text(slice(token.start, token.end))))
            }
        case .number: cells.append(Cell(column: column, value: Self.number(try scanner.number(), text)))
        case .object, .array:
            let start = scanner.position
            try scanner.skipValue()
            cells.append(Cell(column: column, value: .nested(slice(start, scanner.position))))
        }
    }

    private mutating func key() throws(JSONError) -> Int {
        let token = try scanner.text()
        let number: UInt32
        if token.isSpecial {
            keyRoom.clear()
            scanner.unescape(token, into: keyRoom)
            number = keys.intern(keyRoom.bytes)
        } else {
            number = keys.intern(slice(token.start, token.end))
        }
        if Int(number) == names.count {
            if names.count == Self.mostKeys { throw JSONError(position: token.start - 1, problem: .tooManyKeys(Self.mostKeys)) }
            names.append(keys[number])
            seen.append(0)
        }
        return Int(number)
    }

    private func slice(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text[start..<end])
    }

    static func number(_ token: JSONScanner.Token, _ text: UnsafeRawBufferPointer) -> Cell.Value {
        let written = UnsafeRawBufferPointer(rebasing: text[token.start..<token.end])
        if !token.isSpecial {
            return NumberReader.integer(written).map { .integer($0, as: written) } ?? .wideInteger(written)
        }
        // What no double holds, such as 1e999, stays as it is written.
        return NumberReader.decimal(written).map { .number($0, as: written) } ?? .wideInteger(written)
    }

    mutating func tree(_ nested: UnsafeRawBufferPointer, key: String) throws -> AttributeTree {
        try JSONAttributeTree.read(nested, key: key)
    }

    func findings() -> [LogFinding] {
        var findings: [LogFinding] = []
        if blankLines > 0 { findings.append(LogFinding(.blankLine, .info, count: blankLines, examples: firstBlankLines)) }
        if scanner.loneSurrogates > 0 { findings.append(LogFinding(.invalidEncoding, .warning, count: scanner.loneSurrogates)) }
        return findings
    }

    mutating func hasLearnt() -> Bool { false }
}
