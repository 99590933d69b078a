/// Lengths of time as people type them: `90s`, `5m`, `4h`, `2d`, `1w`, combined `1d12h`, with fractions `1.5h`; of working time `3wd`, `1wd4wh`.
///
/// A day is 24 hours and a week 7 days; how long a working day is, a calendar says. Months and years have no fixed length and are no units.
package enum DurationText {
    /// A length of time as it was typed.
    package enum Length: Equatable, Sendable {
        /// Hours that pass, in microseconds.
        case elapsed(Int64)
        /// Working time of a calendar.
        case working(WorkingLength)
    }

    /// The length of time that `text` says, in microseconds.
    ///
    /// - Throws: ``DurationTextError`` with the place in the text; working time, which needs a calendar, is one.
    package static func microseconds(in text: String) throws(DurationTextError) -> Int64 {
        switch try length(in: text) {
        case .elapsed(let microseconds): return microseconds
        case .working(let length):
            let unit = length.days > 0 ? "wd" : "wh"
            let position = text.firstRange(of: unit).map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
            throw DurationTextError(text: text, position: position, problem: .workingTimeUnit(unit))
        }
    }

    /// The length of time that `text` says, elapsed or working.
    ///
    /// Units stand from the largest to the smallest, each at most once; spaces may stand between parts. Fractions are
    /// exact decimals, rounded to the nearest microsecond or millionth of a working day (halves up). Working units stand alone.
    ///
    /// - Throws: ``DurationTextError`` with the place in the text.
    package static func length(in text: String) throws(DurationTextError) -> Length {
        let bytes = Array(text.utf8)
        var index = 0
        var total: Int128 = 0
        var days: Int128 = 0
        var previous: Int?
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
            guard let unit = units.firstIndex(where: { $0.name == name }) else {
                switch name {
                case "mo", "M", "month", "months", "y", "a", "year", "years": throw fail(.calendarUnit(name), at: unitStart)
                default: throw fail(.unknownUnit(name), at: unitStart)
                }
            }
            if let previous {
                if (previous < workingUnits) != (unit < workingUnits) { throw fail(.mixedUnits(name), at: unitStart) }
                if unit <= previous { throw fail(.wrongOrder(name), at: unitStart) }
            }
            previous = unit
            let amount = (number * Int128(units[unit].length) + decimals / 2) / decimals
            if name == "wd" { days = amount } else { total += amount }
            if max(total, days) > Int128(Int64.max) { throw fail(.tooLong, at: 0) }
        }
        guard let previous else { throw fail(.empty, at: 0) }
        if previous >= workingUnits { return .elapsed(Int64(total)) }
        return .working(WorkingLength(days: Int64(days), time: Int64(total)))
    }

    /// The shortest text that reads back as this length: `1d12h`, `0.25s`, `0s`.
    ///
    /// - Precondition: the length is not negative.
    package static func text(_ microseconds: Int64) -> String {
        precondition(microseconds >= 0, "a duration as typed has no sign")
        var rest = microseconds
        var text = ""
        for unit in units[workingUnits...] where unit.length > Microseconds.second {
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

    /// How many of ``units`` are of working time; they come first.
    private static let workingUnits = 2
    /// Working days count in their millionths.
    private static let units: [(name: String, length: Int64)] = [
        ("wd", WorkingLength.wholeDay), ("wh", Microseconds.hour),
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

/// A length of working time as people type it: how many hours a working day has, a calendar says.
package struct WorkingLength: Hashable, Sendable {
    /// One working day in ``days``.
    package static let wholeDay: Int64 = 1_000_000

    /// Millionths of a working day.
    package var days: Int64
    /// Microseconds beside them.
    package var time: Int64

    /// A length of these parts.
    package init(days: Int64, time: Int64) {
        self.days = days
        self.time = time
    }

    /// The length where a working day has so many microseconds; at most the longest there is.
    package func microseconds(workingDay: Int64) -> Int64 {
        Int64(clamping: (Int128(days) * Int128(workingDay) + Int128(Self.wholeDay) / 2) / Int128(Self.wholeDay) + Int128(time))
    }

    /// The shortest text that reads back as this length: `12wd`, `1.5wd4wh`.
    package var text: String {
        func decimal(_ amount: Int128, _ whole: Int128) -> String {
            var digits = ""
            var rest = amount % whole
            while rest > 0 && digits.count < 18 {
                rest *= 10
                digits += "\(rest / whole)"
                rest %= whole
            }
            return "\(amount / whole)" + (digits.isEmpty ? "" : "." + digits)
        }
        let dayText = days > 0 ? decimal(Int128(days), Int128(Self.wholeDay)) + "wd" : ""
        return dayText + (time > 0 || days == 0 ? decimal(Int128(time), Int128(Microseconds.hour)) + "wh" : "")
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
        /// `wd` and `wh` where working time has no meaning, for want of a calendar.
        case workingTimeUnit(String)
        /// Months and years have no fixed length.
        case calendarUnit(String)
        /// A working unit beside another.
        case mixedUnits(String)
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
        case .mixedUnits(let name): "“\(name)” in “\(text)” mixes working time with elapsed time — write one of them"
        case .wrongOrder(let name): "“\(name)” in “\(text)” is out of order — write the largest unit first, each once"
        case .tooLong: "“\(text)” is longer than can be counted — write a shorter duration"
        }
    }
}
