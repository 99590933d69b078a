/// Reads dates and times of ISO 8601-1:2019 and of XML Schema's `dateTime` and `date` from bytes.
///
/// Dates: `2026-01-31`, `20260131`, ordinal `2026-031`, week `2026-W05-6`; years −9999 to 9999.
/// Times after `T` or a space: hours, minutes, seconds, in the extended or the basic form, the last part with a decimal
/// fraction after `.` or `,`; `24:00` is the next midnight, a leap second the second after. Offsets: `Z`, `UTC`, `GMT`, `±hh`,
/// `±hh:mm`, `±hhmm`, `±hh:mm:ss`, up to 18 hours. Spaces around the text are ignored.
package enum ISO8601Reader {
    /// What the text says, or `nil` where it is no such date or time.
    package static func parse(_ text: UnsafeRawBufferPointer) -> ParsedTime? {
        var end = text.count
        var index = 0
        while index < end && text[index] <= 0x20 { index &+= 1 }
        while end > index && text[end &- 1] <= 0x20 { end &-= 1 }
        var scanner = Scanner(text: text, index: index, end: end)
        guard let days = scanner.date() else { return nil }
        var local = Int64(days) &* Microseconds.day
        if scanner.isAtEnd { return ParsedTime(local: local, isDateOnly: true) }
        let separator = scanner.peek
        if separator | 0x20 == UInt8(ascii: "t") || separator == UInt8(ascii: " ") {
            let mark = scanner.index
            scanner.index &+= 1
            if separator == UInt8(ascii: " ") {
                while scanner.peek == UInt8(ascii: " ") { scanner.index &+= 1 }
            }
            if isDigit(scanner.peek) {
                guard let time = scanner.timeOfDay() else { return nil }
                local &+= time.microseconds
                if scanner.isAtEnd { return ParsedTime(local: local, isRounded: time.isRounded) }
                while scanner.peek == UInt8(ascii: " ") { scanner.index &+= 1 }
                guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
                return ParsedTime(local: local, offset: offset, isRounded: time.isRounded)
            }
            scanner.index = mark
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        return ParsedTime(local: local, offset: offset, isDateOnly: true)
    }

    /// The offset that `text` says (`Z`, `UTC`, `+08:00`, `+0800`, `+08`) in seconds east of UTC, or `nil`.
    package static func offset(_ text: String) -> Int32? {
        var copy = text
        return copy.withUTF8 { offset(UnsafeRawBufferPointer($0)) }
    }

    /// The offset that these bytes say, or `nil`.
    package static func offset(_ text: UnsafeRawBufferPointer) -> Int32? {
        var scanner = Scanner(text: text, index: 0, end: text.count)
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        return offset
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    /// A place in the text; the parts of a date or time are taken from it one after the other.
    private struct Scanner {
        let text: UnsafeRawBufferPointer
        var index: Int
        let end: Int

        var isAtEnd: Bool { index == end }

        /// The next byte, or 0 at the end.
        var peek: UInt8 { index < end ? text[index] : 0 }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            if peek != UInt8(ascii: character) { return false }
            index &+= 1
            return true
        }

        /// How many digits follow, counted to 9.
        func digitRun() -> Int {
            var count = 0
            while count < 9 && index &+ count < end && isDigit(text[index &+ count]) { count &+= 1 }
            return count
        }

        /// Exactly `count` digits as a number.
        mutating func digits(_ count: Int) -> Int? {
            if end &- index < count { return nil }
            var number = 0
            for place in index..<(index &+ count) {
                let byte = text[place]
                if !isDigit(byte) { return nil }
                number = number &* 10 &+ Int(byte &- UInt8(ascii: "0"))
            }
            index &+= count
            return number
        }

        /// Days since 1970-01-01.
        mutating func date() -> Int? {
            let isNegative = take("-")
            let isSigned = isNegative || take("+")
            let run = digitRun()
            let isExtended = index &+ run < end && text[index &+ run] == UInt8(ascii: "-")
            if isExtended && run == 4 {
                guard let size = digits(4) else { return nil }
                let year = isNegative ? -size : size
                index &+= 1
                if take("W") { return week(year, isExtended: true) }
                switch digitRun() {
                case 2:
                    guard let month = digits(2), take("-"), let day = digits(2) else { return nil }
                    return days(year, month, day)
                case 3: return ordinal(year)
                default: return nil
                }
            }
            if isSigned || isExtended { return nil }
            switch run {
            case 4:
                guard let year = digits(4), take("W") else { return nil }
                return week(year, isExtended: false)
            case 7:
                guard let year = digits(4) else { return nil }
                return ordinal(year)
            case 8:
                guard let year = digits(4), let month = digits(2), let day = digits(2) else { return nil }
                return days(year, month, day)
            default: return nil
            }
        }

        private func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
            let date = CivilDate(year: year, month: month, day: day)
            return date.isValid ? date.daysSinceEpoch : nil
        }

        private mutating func ordinal(_ year: Int) -> Int? {
            guard let day = digits(3), day >= 1 else { return nil }
            let first = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
            let next = CivilDate(year: year + 1, month: 1, day: 1).daysSinceEpoch
            return first + day - 1 < next ? first + day - 1 : nil
        }

        private mutating func week(_ year: Int, isExtended: Bool) -> Int? {
            guard let week = digits(2), week >= 1 && week <= 53 else { return nil }
            if isExtended && !take("-") { return nil }
            guard let day = digits(1), day >= 1 && day <= 7 else { return nil }
            let monday = Self.firstMonday(year)
            let date = monday + (week - 1) * 7 + day - 1
            return monday + (week - 1) * 7 < Self.firstMonday(year + 1) ? date : nil
        }

        /// The Monday of ISO week 1: the week that holds 4 January.
        private static func firstMonday(_ year: Int) -> Int {
            let fourth = CivilDate(year: year, month: 1, day: 4).daysSinceEpoch
            return fourth - ((fourth + 3) % 7 + 7) % 7
        }

        /// Microseconds since midnight.
        mutating func timeOfDay() -> (microseconds: Int64, isRounded: Bool)? {
            guard let hour = digits(2), hour <= 24 else { return nil }
            var result = Int64(hour) &* Microseconds.hour
            var unit = Microseconds.hour
            let isExtended = peek == UInt8(ascii: ":")
            if isExtended || isDigit(peek) {
                if isExtended { index &+= 1 }
                guard let minute = digits(2), minute < 60 else { return nil }
                result &+= Int64(minute) &* Microseconds.minute
                unit = Microseconds.minute
                if isExtended ? peek == UInt8(ascii: ":") : isDigit(peek) {
                    if isExtended { index &+= 1 }
                    guard let second = digits(2), second < 60 || (second == 60 && minute == 59) else { return nil }
                    result &+= Int64(second) &* Microseconds.second
                    unit = Microseconds.second
                }
            }
            var isRounded = false
            if peek == UInt8(ascii: ".") || peek == UInt8(ascii: ",") {
                index &+= 1
                guard let fraction = fraction(of: unit) else { return nil }
                result &+= fraction.microseconds
                isRounded = fraction.isRounded
            }
            return result <= Microseconds.day || hour == 23 ? (result, isRounded) : nil
        }

        /// Decimal digits as a part of `unit`, rounded to the nearest microsecond.
        private mutating func fraction(of unit: Int64) -> (microseconds: Int64, isRounded: Bool)? {
            let first = index
            if unit == Microseconds.second {
                var value: Int64 = 0
                while index < end && index &- first < 6 && isDigit(text[index]) {
                    value = value &* 10 &+ Int64(text[index] &- UInt8(ascii: "0"))
                    index &+= 1
                }
                if index == first { return nil }
                for _ in 0..<(6 &- (index &- first)) { value &*= 10 }
                if !isDigit(peek) { return (value, false) }
                if peek >= UInt8(ascii: "5") { value &+= 1 }
                var isRounded = false
                while isDigit(peek) {
                    if peek != UInt8(ascii: "0") { isRounded = true }
                    index &+= 1
                }
                return (value, isRounded)
            }
            var numerator: Int128 = 0
            var denominator: Int128 = 1
            while index < end && index &- first < 18 && isDigit(text[index]) {
                numerator = numerator * 10 + Int128(text[index] &- UInt8(ascii: "0"))
                denominator *= 10
                index &+= 1
            }
            if index == first { return nil }
            while isDigit(peek) { index &+= 1 }
            let product = numerator * Int128(unit)
            return (Int64((product + denominator / 2) / denominator), product % denominator != 0)
        }

        /// Seconds east of UTC.
        mutating func offset() -> Int32? {
            switch peek {
            case UInt8(ascii: "Z"), UInt8(ascii: "z"):
                index &+= 1
                return 0
            case UInt8(ascii: "U"), UInt8(ascii: "G"):
                if end &- index < 3 { return nil }
                let word = (text[index], text[index &+ 1], text[index &+ 2])
                let isUTC = word == (UInt8(ascii: "U"), UInt8(ascii: "T"), UInt8(ascii: "C"))
                let isGMT = word == (UInt8(ascii: "G"), UInt8(ascii: "M"), UInt8(ascii: "T"))
                if !isUTC && !isGMT { return nil }
                index &+= 3
                if isAtEnd || (peek != UInt8(ascii: "+") && peek != UInt8(ascii: "-")) { return 0 }
                return signedOffset()
            default: return signedOffset()
            }
        }

        private mutating func signedOffset() -> Int32? {
            let isWest = take("-")
            if !isWest && !take("+") { return nil }
            let run = digitRun()
            guard run == 2 || run == 4 || run == 6, let hours = digits(2) else { return nil }
            var seconds = hours * 3_600
            if run > 2 || take(":") {
                guard let minutes = digits(2), minutes < 60 else { return nil }
                seconds += minutes * 60
                if run == 6 || (run == 2 && take(":")) {
                    guard let rest = digits(2), rest < 60 else { return nil }
                    seconds += rest
                }
            }
            if seconds > 18 * 3_600 { return nil }
            return Int32(isWest ? -seconds : seconds)
        }
    }
}
