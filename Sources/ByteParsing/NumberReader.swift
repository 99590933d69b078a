import Foundation

/// Reads numbers from bytes; spaces around them are ignored.
package enum NumberReader {
    /// A 64-bit integer with an optional sign, or `nil`.
    package static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
        var index = 0
        var end = text.count
        while index < end && text[index] <= 0x20 { index &+= 1 }
        while end > index && text[end &- 1] <= 0x20 { end &-= 1 }
        var isNegative = false
        if index < end && (text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")) {
            isNegative = text[index] == UInt8(ascii: "-")
            index &+= 1
        }
        if index == end { return nil }
        var value: Int64 = 0
        while index < end {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, over) = product.subtractingReportingOverflow(Int64(digit))
            if overflowed || over { return nil }
            value = sum
            index &+= 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The double nearest to a decimal number (`12`, `-0.5`, `.5`, `1e-3`), or `nil`; infinities and NaN are no numbers here.
    ///
    /// Up to 19 digits with a power of ten within ±22 are exact in one operation (Clinger, "How to read floating point
    /// numbers accurately", PLDI 1990, doi:10.1145/93542.93557); the rest goes to the system's `strtod`.
    package static func decimal(_ text: UnsafeRawBufferPointer) -> Double? {
        var index = 0
        var end = text.count
        while index < end && text[index] <= 0x20 { index &+= 1 }
        while end > index && text[end &- 1] <= 0x20 { end &-= 1 }
        let first = index
        var isNegative = false
        if index < end && (text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")) {
            isNegative = text[index] == UInt8(ascii: "-")
            index &+= 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0
        var seen = 0
        var inFraction = false
        while index < end {
            let byte = text[index]
            let digit = byte &- UInt8(ascii: "0")
            if digit <= 9 {
                seen &+= 1
                if digits < 19 {
                    mantissa = mantissa &* 10 &+ UInt64(digit)
                    if mantissa > 0 { digits &+= 1 }
                    if inFraction { exponent &-= 1 }
                } else {
                    digits &+= 1
                    if !inFraction { exponent &+= 1 }
                }
            } else if byte == UInt8(ascii: ".") && !inFraction {
                inFraction = true
            } else {
                break
            }
            index &+= 1
        }
        if seen == 0 { return nil }
        if index < end && text[index] | 0x20 == UInt8(ascii: "e") {
            guard let power = integer(UnsafeRawBufferPointer(rebasing: text[(index + 1)..<end])), text[index + 1] > 0x20 else { return nil }
            exponent = Int(max(-100_000, min(100_000, power))) + exponent
            index = end
        }
        if index < end { return nil }
        if mantissa == 0 && digits == 0 { return isNegative ? -0.0 : 0 }
        if digits <= 19 && mantissa <= 1 << 53 && abs(exponent) <= 22 {
            let value = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
            return isNegative ? -value : value
        }
        let value = strtod(String(decoding: text[first..<end], as: UTF8.self), nil)
        return value.isFinite ? value : nil
    }

    /// `true` or `false` in any case, or `nil`; with `acceptsDigits` also `1` and `0`, as XML Schema has it.
    package static func boolean(_ text: UnsafeRawBufferPointer, acceptsDigits: Bool) -> Bool? {
        var index = 0
        var end = text.count
        while index < end && text[index] <= 0x20 { index &+= 1 }
        while end > index && text[end &- 1] <= 0x20 { end &-= 1 }
        switch end - index {
        case 1 where acceptsDigits:
            return text[index] == UInt8(ascii: "1") ? true : text[index] == UInt8(ascii: "0") ? false : nil
        case 4: return equals(text, index, "true") ? true : nil
        case 5: return equals(text, index, "false") ? false : nil
        default: return nil
        }
    }

    private static func equals(_ text: UnsafeRawBufferPointer, _ start: Int, _ word: StaticString) -> Bool {
        for offset in 0..<word.utf8CodeUnitCount where text[start + offset] | 0x20 != word.utf8Start[offset] { return false }
        return true
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}
