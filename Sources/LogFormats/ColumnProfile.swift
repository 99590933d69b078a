import ByteParsing
import EventLogs

/// What the values of a column have in common, found by looking at all of them.
struct ColumnProfile {
    /// How many values are not empty.
    private(set) var count = 0
    private var mayBeInteger = true
    private var mayBeDecimal = true
    private var mayBeBoolean = true
    private var mayBeTime = true
    private var times = TimeFormatDetector()
    /// How numbers with separators are written.
    private(set) var separated = SeparatedNumberDetector()

    /// The type of the values, and how they are written where they are times.
    enum Finding: Equatable {
        case integer
        case decimal
        case boolean
        /// Numbers with separators in this style.
        case separated(SeparatedNumber.Style)
        case time(TimeFormat)
        case text
    }

    /// Looks at one value, which is not empty.
    mutating func observe(_ text: UnsafeRawBufferPointer) {
        count &+= 1
        let kind = mayBeDecimal || separated.isOpen ? Self.numberKind(text) : .none
        if separated.isOpen && kind != .integer { separated.observe(text) }
        if mayBeDecimal {
            switch kind {
            case .integer: mayBeTime = false
            case .decimal:
                mayBeInteger = false
                if count > 1 && times.count == 0 { mayBeTime = false }
            case .none:
                mayBeInteger = false
                mayBeDecimal = false
            }
        }
        if mayBeBoolean && NumberReader.boolean(text, acceptsDigits: false) == nil { mayBeBoolean = false }
        if mayBeTime {
            if text.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) {
                mayBeTime = false
                return
            }
            times.observe(text)
            if !times.allRead { mayBeTime = false }
        }
    }

    /// What all values seen so far allow: numbers need every value to be one, written without leading zeros and with at most 15 digits.
    var finding: Finding {
        if count == 0 { return .text }
        if mayBeInteger { return .integer }
        if mayBeDecimal { return .decimal }
        if case .style(let style) = separated.result { return .separated(style) }
        if mayBeBoolean { return .boolean }
        if mayBeTime, case .format(let format, _, 0) = times.result { return .time(format) }
        return .text
    }

    /// Whether the values are texts, whatever further ones are.
    var isSurelyText: Bool { count > 0 && !mayBeInteger && !mayBeDecimal && !mayBeBoolean && !mayBeTime && !separated.isOpen }

    /// What kind of number a text is.
    enum NumberKind {
        case integer
        case decimal
        case none
    }

    /// Whether a text is a number as ``finding`` has it: without leading zeros and with at most 15 digits.
    static func numberKind(_ text: UnsafeRawBufferPointer) -> NumberKind {
        var index = 0
        let end = text.count
        if index < end && text[index] == UInt8(ascii: "-") { index &+= 1 }
        let first = index
        while index < end && text[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
        let digits = index &- first
        if digits == 0 || (digits > 1 && text[first] == UInt8(ascii: "0")) { return .none }
        if index == end { return digits <= 15 ? .integer : .none }
        if text[index] == UInt8(ascii: ".") {
            index &+= 1
            let fraction = index
            while index < end && text[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
            if index == fraction { return .none }
        }
        if index < end && text[index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            if index < end && (text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")) { index &+= 1 }
            let power = index
            while index < end && text[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
            if index == power || index &- power > 3 { return .none }
        }
        return index == end && NumberReader.decimal(text) != nil ? .decimal : .none
    }

    /// The integer that a text is, as ``numberKind(_:)`` has it, or `nil`.
    @inline(__always)
    static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
        var index = 0
        let end = text.count
        let isNegative = end > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        let digits = end &- index
        if digits < 1 || digits > 15 || (digits > 1 && text[index] == UInt8(ascii: "0")) { return nil }
        var value: Int64 = 0
        while index < end {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value &* 10 &+ Int64(digit)
            index &+= 1
        }
        return isNegative ? -value : value
    }

    /// The number that a text is, as ``numberKind(_:)`` has it, or `nil`.
    @inline(__always)
    static func decimal(_ text: UnsafeRawBufferPointer) -> Double? {
        // Fifteen digits and a power of ten up to fifteen are exact, and so is their quotient but for one rounding.
        var index = 0
        let end = text.count
        if end > 17 || end == 0 { return anyDecimal(text) }
        let isNegative = text[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        let first = index
        var mantissa: Int64 = 0
        while index < end {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            mantissa = mantissa &* 10 &+ Int64(digit)
            index &+= 1
        }
        var digits = index &- first
        if digits == 0 || (digits > 1 && text[first] == UInt8(ascii: "0")) { return nil }
        var power = 1.0
        if index < end {
            if text[index] != UInt8(ascii: ".") { return anyDecimal(text) }
            index &+= 1
            let fraction = index
            while index < end {
                let digit = text[index] &- UInt8(ascii: "0")
                if digit > 9 { return anyDecimal(text) }
                mantissa = mantissa &* 10 &+ Int64(digit)
                power *= 10
                index &+= 1
            }
            if index == fraction { return nil }
            digits &+= index &- fraction
        }
        if digits > 15 { return anyDecimal(text) }
        let value = Double(mantissa) / power
        return isNegative ? -value : value
    }

    @inline(never)
    private static func anyDecimal(_ text: UnsafeRawBufferPointer) -> Double? {
        numberKind(text) == .none ? nil : NumberReader.decimal(text)
    }
}
