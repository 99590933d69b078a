/// Numbers as people write them, with separators of thousands or a comma before the decimals.
package enum SeparatedNumber {
    /// Which sign stands before the decimals.
    package enum Style: Sendable, Hashable, CaseIterable {
        /// `1.234,56`, `1 234,56`, `1'234,56`, `1234,56`.
        case decimalComma
        /// `1,234.56`, `1'234.56`, `1234.56`.
        case decimalPoint
    }

    /// The number that a text is in a style, or `nil`: at most 15 digits, no leading zeros, thousands parted everywhere or nowhere and
    /// always by the same sign; a minus sign stands before it or, as SAP writes it, behind.
    package static func value(_ text: UnsafeRawBufferPointer, _ style: Style) -> Double? {
        // A sign, 15 digits and a point.
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { room in
            guard let length = rewrite(text, style, into: room) else { return nil }
            return NumberReader.decimal(UnsafeRawBufferPointer(rebasing: room[..<length]))
        }
    }

    /// Writes the number without separators and with a decimal point; its length, or `nil` where the text is none.
    private static func rewrite(_ text: UnsafeRawBufferPointer, _ style: Style, into room: UnsafeMutableRawBufferPointer) -> Int? {
        var end = text.count
        var start = 0
        var length = 0
        var isNegative = false
        func put(_ byte: UInt8) {
            room[length] = byte
            length += 1
        }
        if start < end && text[start] == UInt8(ascii: "-") {
            isNegative = true
            start += 1
        } else if end > 1 && text[end - 1] == UInt8(ascii: "-") {
            isNegative = true
            end -= 1
        }
        if isNegative { put(UInt8(ascii: "-")) }
        func digits(from index: Int) -> Int {
            var index = index
            while index < end && text[index] &- UInt8(ascii: "0") < 10 { index += 1 }
            return index
        }
        var index = digits(from: start)
        var total = index - start
        if total == 0 || total > 15 || (total > 1 && text[start] == UInt8(ascii: "0")) { return nil }
        for place in start..<index { put(text[place]) }
        let first = index
        var separator = 0
        while total <= 3 || separator > 0, let size = separatorSize(text, index, end, style) {
            let after = digits(from: index + size)
            if after - index - size != 3 { break }
            if separator > 0 && !text[first..<first + separator].elementsEqual(text[index..<index + size]) { return nil }
            if text[start] == UInt8(ascii: "0") { return nil }
            separator = size
            total += 3
            if total > 15 { return nil }
            for place in index + size..<after { put(text[place]) }
            index = after
        }
        if index < end && text[index] == (style == .decimalComma ? UInt8(ascii: ",") : UInt8(ascii: ".")) {
            let after = digits(from: index + 1)
            total += after - index - 1
            if after == index + 1 || total > 15 { return nil }
            put(UInt8(ascii: "."))
            for place in index + 1..<after { put(text[place]) }
            index = after
        }
        return index == end ? length : nil
    }

    /// How many bytes a separator of thousands has that stands at `index`, or `nil` where none does.
    private static func separatorSize(_ text: UnsafeRawBufferPointer, _ index: Int, _ end: Int, _ style: Style) -> Int? {
        if index >= end { return nil }
        switch (text[index], style) {
        case (UInt8(ascii: "."), .decimalComma), (UInt8(ascii: " "), .decimalComma), (UInt8(ascii: ","), .decimalPoint),
            (UInt8(ascii: "'"), _):
            return 1
        // U+00A0 and U+202F.
        case (0xC2, .decimalComma): return index + 1 < end && text[index + 1] == 0xA0 ? 2 : nil
        case (0xE2, .decimalComma):
            return index + 2 < end && text[index + 1] == 0x80 && text[index + 2] == 0xAF ? 3 : nil
        default: return nil
        }
    }
}

/// Tells in which style the numbers of a column are written, by all of its values.
package struct SeparatedNumberDetector: Sendable {
    /// What was found.
    package enum Result: Sendable, Equatable {
        /// Some value is no number in either style, or no value has a separator.
        case none
        /// All values are numbers in this style alone.
        case style(SeparatedNumber.Style)
        /// All values are numbers in both, and not the same ones.
        case ambiguous
    }

    /// Values with a separator, or with a comma before the decimals.
    package private(set) var count = 0
    /// The first of them.
    package private(set) var example: String?
    private var mayBeComma = true
    private var mayBePoint = true

    /// A detector that has seen nothing.
    package init() {}

    /// Whether further values can still make it find a style.
    package var isOpen: Bool { mayBeComma || mayBePoint }

    /// Looks at one value, which is no plain whole number.
    package mutating func observe(_ text: UnsafeRawBufferPointer) {
        if mayBeComma && SeparatedNumber.value(text, .decimalComma) == nil { mayBeComma = false }
        if mayBePoint && SeparatedNumber.value(text, .decimalPoint) == nil { mayBePoint = false }
        // A plain decimal tells which sign stands before decimals, but has no separator.
        if NumberReader.decimal(text) == nil {
            count += 1
            if example == nil { example = String(decoding: text.prefix(60), as: UTF8.self) }
        }
    }

    /// What the values seen so far show.
    package var result: Result {
        if count == 0 { return .none }
        switch (mayBeComma, mayBePoint) {
        case (true, true): return .ambiguous
        case (true, false): return .style(.decimalComma)
        case (false, true): return .style(.decimalPoint)
        case (false, false): return .none
        }
    }
}
