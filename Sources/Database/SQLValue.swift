/// A value of SQLite, by its storage class.
package enum SQLValue: Sendable, Equatable {
    /// No value.
    case null
    /// A 64-bit integer.
    case integer(Int64)
    /// A double-precision number.
    case real(Double)
    /// Text.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// Text, or no value.
    package init(_ text: String?) { self = text.map(SQLValue.text) ?? .null }

    /// A whole number, or no value.
    package init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }

    /// The text, or `nil` where it is none.
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The whole number, or `nil` where it is none.
    package var integer: Int? { if case .integer(let number) = self { Int(number) } else { nil } }

    /// The bytes, or `nil` where it has none.
    package var blob: [UInt8]? { if case .blob(let bytes) = self { bytes } else { nil } }
}
