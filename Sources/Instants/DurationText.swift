/// Lengths of time as people type them: `90s`, `5m`, `4h`, `2d`, `1w`, combined `1d12h`, with fractions `1.5h`.
///
/// A day is 24 hours and a week 7 days. Months and years have no fixed length and are no units.
package enum DurationText {
    /// The length of time that `text` says, in microseconds.
    ///
    /// Units stand from the largest to the smallest, each at most once; spaces may stand between parts. Fractions are
    /// exact decimals, rounded to the nearest microsecond (halves up).
    ///
    /// - Throws: ``DurationTextError`` with the place in the text.
    package static func microseconds(in text: String) throws(DurationTextError) -> Int64 {
        let bytes = Array(text.utf8)
        var index = 0
        var total: Int128 = 0
        var previous: Int64?
        func fail(_ problem: DurationTextError.Problem, at place: Int) -> DurationTextError {
            DurationTextError(text: text, position: place, problem: problem)
        }
        while true {
            while index < bytes.count && bytes[index] == UInt8(ascii: " ") { index += 1 }
            if index == bytes.count { break }
            let (number, decimals, end) = decimal(bytes, from: index)
            guard let number else { throw fail(end == index ? .noNumber : .badNumber, at: index) }
            index = end
            let unitStart = index
            while index < bytes.count && isLetter(bytes[index]) { index += 1 }
            let name = String(decoding: bytes[unitStart..<index], as: UTF8.self)
            if name.isEmpty { throw fail(.noUnit, at: unitStart) }
            guard let unit = units.first(where: { $0.name == name })?.length else {
                switch name {
                case "wd", "wh": throw fail(.workingTimeUnit(name), at: unitStart)
                case "mo", "M", "month", "months", "y", "a", "year", "years": throw fail(.calendarUnit(name), at: unitStart)
                default: throw fail(.unknownUnit(name), at: unitStart)
                }
            }
            if let previous, unit >= previous { throw fail(.wrongOrder(name), at: unitStart) }
            previous = unit
            let product = number * Int128(unit)
            total += (product + decimals / 2) / decimals
            if total > Int128(Int64.max) { throw fail(.tooLong, at: 0) }
        }
        if previous == nil { throw fail(.empty, at: 0) }
        return Int64(total)
    }

    /// The shortest text that reads back as this length: `1d12h`, `0.25s`, `0s`.
    ///
    /// - Precondition: the length is not negative.
    package static func text(_ microseconds: Int64) -> String {
        precondition(microseconds >= 0, "a duration as typed has no sign")
        var rest = microseconds
        var text = ""
        for unit in units where unit.length > Microseconds.second {
            let count = rest / unit.length
            if count > 0 { text += "\(count)\(unit.name)" }
            rest -= count * unit.length
        }
        if rest == 0 { return text.isEmpty ? "0s" : text }
        text += "\(rest / Microseconds.second)"
        var fraction = rest % Microseconds.second
        if fraction > 0 {
            var width = 6
            while fraction % 10 == 0 {
                fraction /= 10
                width -= 1
            }
            text += "." + Instant.padded(Int(fraction), width)
        }
        return text + "s"
    }

    private static let units: [(name: String, length: Int64)] = [
        ("w", 7 * Microseconds.day), ("d", Microseconds.day), ("h", Microseconds.hour), ("m", Microseconds.minute),
        ("s", Microseconds.second),
    ]

    /// An unsigned decimal number as numerator and power of ten, or `nil` where none starts at `from` or it is too long.
    private static func decimal(_ bytes: [UInt8], from: Int) -> (number: Int128?, decimals: Int128, end: Int) {
        var index = from
        var number: Int128 = 0
        var decimals: Int128 = 1
        var digits = 0
        var inFraction = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: ".") && !inFraction && digits > 0 {
                inFraction = true
            } else if byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
                number = number * 10 + Int128(byte - UInt8(ascii: "0"))
                if inFraction { decimals *= 10 }
                digits += 1
                if digits > 18 { return (nil, 1, index) }
            } else {
                break
            }
            index += 1
        }
        if digits == 0 { return (nil, 1, from) }
        if inFraction && decimals == 1 { return (nil, 1, index) }
        return (number, decimals, index)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    }
}

/// Why a text is no length of time.
package struct DurationTextError: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// Nothing but spaces.
        case empty
        /// A number is expected here.
        case noNumber
        /// A number with more than 18 digits, or a decimal point without digits after it.
        case badNumber
        /// A number without a unit.
        case noUnit
        /// A word that is no unit.
        case unknownUnit(String)
        /// `wd` and `wh` need a working calendar, which this version does not read.
        case workingTimeUnit(String)
        /// Months and years have no fixed length.
        case calendarUnit(String)
        /// A unit that is not smaller than the one before it.
        case wrongOrder(String)
        /// More than 292,000 years.
        case tooLong
    }

    /// The text that was to be read.
    package var text: String
    /// Where in its UTF-8 bytes the problem is, from 0.
    package var position: Int
    /// What is wrong.
    package var problem: Problem

    package var description: String {
        let units = "write a number and s, m, h, d or w, such as 90s, 4h or 1d12h"
        return switch problem {
        case .empty: "an empty text is no duration — \(units)"
        case .noNumber: "“\(text)” is no duration: a number is expected at character \(position + 1) — \(units)"
        case .badNumber: "“\(text)” is no duration: the number at character \(position + 1) is incomplete or too long — \(units)"
        case .noUnit: "“\(text)” has no unit — \(units)"
        case .unknownUnit(let name): "“\(name)” in “\(text)” is no unit of time — \(units)"
        case .workingTimeUnit(let name): "“\(name)” in “\(text)” is working time, which needs a calendar — \(units)"
        case .calendarUnit(let name): "“\(name)” in “\(text)” has no fixed length — write it in days, such as 30d"
        case .wrongOrder(let name): "“\(name)” in “\(text)” is out of order — write the largest unit first, each once"
        case .tooLong: "“\(text)” is longer than can be counted — write a shorter duration"
        }
    }
}
