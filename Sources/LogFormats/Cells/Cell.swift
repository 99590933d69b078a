import ByteParsing
import EventLogs
import Instants

/// One value of a row of a table whose format knows types, and the column it stands in.
struct Cell {
    /// The column, as a place in the names of its source.
    var column: Int
    /// The value.
    var value: Value

    /// A typed value; texts stay valid until the next row is read.
    enum Value {
        case text(UnsafeRawBufferPointer)
        /// A whole number and how it is written.
        case integer(Int64, as: UnsafeRawBufferPointer)
        /// A whole number beyond 64 bits, as it is written.
        case wideInteger(UnsafeRawBufferPointer)
        /// A number and how it is written.
        case number(Double, as: UnsafeRawBufferPointer)
        case boolean(Bool)
        case time(ParsedTime)
        /// A list or an object, as it is written.
        case nested(UnsafeRawBufferPointer)
    }
}

extension Cell.Value {
    /// The value as text, which is how columns of names and times take it; none for lists and objects, and for the empty text.
    func text(_ scratch: ByteScratch) -> UnsafeRawBufferPointer? {
        switch self {
        case .text(let text), .integer(_, as: let text), .wideInteger(let text), .number(_, as: let text):
            return text.isEmpty ? nil : text
        case .boolean(let value): return Self.written(value ? "true" : "false", scratch)
        case .time(let time): return Self.written(time.iso8601, scratch)
        case .nested: return nil
        }
    }

    private static func written(_ text: String, _ scratch: ByteScratch) -> UnsafeRawBufferPointer {
        scratch.clear()
        for byte in text.utf8 { scratch.append(byte) }
        return scratch.bytes
    }
}

extension ParsedTime {
    /// What the clock showed in ISO 8601, without an offset where none is known.
    fileprivate var iso8601: String {
        let shown = Instant(microseconds: local).iso8601(offset: 0).dropLast()
        if isDateOnly { return String(shown.prefix(10)) }
        return shown + (offset.map { Instant.offsetText(Int($0)) } ?? "")
    }
}

/// Rows of typed cells under named columns, which can be gone through more than once.
protocol CellSource {
    /// The names of the columns seen so far, each once.
    var names: [String] { get }
    /// The cells of the current row that hold something, each column at most once.
    var cells: [Cell] { get }
    /// The line or row of the source on which the current row begins, from 1.
    var line: Int { get }
    /// How many bytes the rows are written with, unpacked.
    var byteCount: Int { get }
    /// How much of the source was gone through, in 0…1.
    var fraction: Double { get }
    /// Whether a column that holds texts and numbers becomes an attribute of each type; else all of it is text.
    var keepsTypesApart: Bool { get }
    /// What times that are no texts are called among the forms of times.
    var timeName: String { get }

    /// Goes back before the first row.
    mutating func rewind() throws

    /// Moves to the next row; `false` at the end.
    mutating func next() throws -> Bool

    /// A list or an object as the tree of an attribute with this key.
    mutating func tree(_ nested: UnsafeRawBufferPointer, key: String) throws -> AttributeTree

    /// What the pass that is now at its end found about the source itself.
    func findings() -> [LogFinding]

    /// Whether the pass that is now at its end found what makes the next one give other rows.
    mutating func hasLearnt() -> Bool
}
