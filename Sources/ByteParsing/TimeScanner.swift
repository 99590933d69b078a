import Instants

/// Takes the parts of a date or time from a text, one after the other; spaces around the text are left out.
struct TimeScanner {
    private let text: UnsafeRawBufferPointer
    private var index: Int
    private let end: Int

    init(_ text: UnsafeRawBufferPointer) {
        var first = 0
        var last = text.count
        while first < last && text[first] <= 0x20 { first &+= 1 }
        while last > first && text[last &- 1] <= 0x20 { last &-= 1 }
        self.text = text
        index = first
        end = last
    }

    var isAtEnd: Bool { index == end }

    private var peek: UInt8 { index < end ? text[index] : 0 }

    /// How many digits follow, counted to 20.
    var digitRun: Int {
        var count = 0
        while count < 20 && index &+ count < end && text[index &+ count] &- UInt8(ascii: "0") < 10 { count &+= 1 }
        return count
    }

    mutating func skipSpaces() {
        while peek == UInt8(ascii: " ") { index &+= 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        take(byte: UInt8(ascii: character))
    }

    mutating func take(byte: UInt8) -> Bool {
        if index == end || text[index] != byte { return false }
        index &+= 1
        return true
    }

    mutating func take(wide text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        if end &- index < length { return false }
        for place in 0..<length where self.text[index &+ place] != text.utf8Start[place] { return false }
        index &+= length
        return true
    }

    /// A number of at least `low` and at most `high` digits; more digits are left where they are.
    mutating func number(_ low: Int, _ high: Int) -> Int? {
        var value = 0
        var count = 0
        while count < high && index < end {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            value = value &* 10 &+ Int(digit)
            index &+= 1
            count &+= 1
        }
        return count >= low ? value : nil
    }

    /// An English month name, whole or its first three letters, as 1 to 12.
    mutating func monthName() -> Int? {
        var letters = 0
        while index &+ letters < end && text[index &+ letters] | 0x20 >= UInt8(ascii: "a")
            && text[index &+ letters] | 0x20 <= UInt8(ascii: "z")
        {
            letters &+= 1
        }
        if letters < 3 { return nil }
        for (place, name) in Self.months.enumerated() {
            let length = name.utf8CodeUnitCount
            let isSept = place == 8 && letters == 4
            if letters != 3 && letters != length && !isSept { continue }
            var isEqual = true
            for offset in 0..<letters where text[index &+ offset] | 0x20 != name.utf8Start[offset] { isEqual = false }
            if isEqual {
                index &+= letters
                return place + 1
            }
        }
        return nil
    }

    private static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    /// Decimals of a second behind the point, rounded to the nearest microsecond.
    mutating func fraction() -> (microseconds: Int64, isRounded: Bool)? {
        let run = digitRun
        if run == 0 { return nil }
        var value: Int64 = 0
        for place in 0..<6 {
            value *= 10
            if place < run { value += Int64(text[index + place] - UInt8(ascii: "0")) }
        }
        var isRounded = false
        if run > 6 {
            if text[index + 6] >= UInt8(ascii: "5") { value += 1 }
            isRounded = text[(index + 6)..<(index + run)].contains { $0 != UInt8(ascii: "0") }
        }
        index += run
        return (value, isRounded)
    }

    /// `AM` or `PM` (with or without points, any case), 上午 or 下午: whether it is the afternoon.
    mutating func afternoon() -> Bool? {
        if take(wide: "上午") { return false }
        if take(wide: "下午") { return true }
        let letter = peek | 0x20
        if letter != UInt8(ascii: "a") && letter != UInt8(ascii: "p") { return nil }
        let mark = index
        index &+= 1
        let hasPoint = take(".")
        if peek | 0x20 != UInt8(ascii: "m") {
            index = mark
            return nil
        }
        index &+= 1
        if hasPoint { _ = take(".") }
        return letter == UInt8(ascii: "p")
    }

    /// A time of day: `8:05`, `08:05:30.25 PM`, `下午 8:05`, `8时05分30秒`, `8 AM`.
    mutating func time(_ shape: inout TimeShape) -> (microseconds: Int64, isRounded: Bool)? {
        shape.insert(.time)
        var half = afternoon()
        if half != nil { skipSpaces() }
        guard var hour = number(1, 2) else { return nil }
        var minute = 0
        var second = 0
        var rest: (microseconds: Int64, isRounded: Bool) = (0, false)
        if take(":") {
            guard let minutes = number(2, 2) else { return nil }
            minute = minutes
            if take(":") {
                guard let seconds = number(2, 2) else { return nil }
                second = seconds
                shape.insert(.seconds)
                if take(".") || take(",") {
                    guard let decimals = fraction() else { return nil }
                    rest = decimals
                    shape.insert(.fraction)
                }
            }
        } else if take(wide: "时") || take(wide: "点") {
            if !isAtEnd {
                guard let minutes = number(1, 2), take(wide: "分") else { return nil }
                minute = minutes
                if !isAtEnd {
                    guard let seconds = number(1, 2), take(wide: "秒") else { return nil }
                    second = seconds
                    shape.insert(.seconds)
                }
            }
        } else {
            let mark = index
            skipSpaces()
            half = half ?? afternoon()
            if half == nil { return nil }
            index = mark
        }
        if half == nil || !isAtEnd {
            let mark = index
            skipSpaces()
            if let found = afternoon() { half = found } else { index = mark }
        }
        if let half {
            shape.insert(.twelveHours)
            // 下午 14:05 occurs: an hour above 12 is on the 24-hour clock already.
            if hour < 12 && half { hour += 12 } else if hour == 12 && !half { hour = 0 }
        }
        if minute > 59 || second > 60 || hour > 24 || (hour == 24 && minute + second > 0) { return nil }
        let whole = Int64(hour) * Microseconds.hour + Int64(minute) * Microseconds.minute + Int64(second) * Microseconds.second
        return (whole + rest.microseconds, rest.isRounded)
    }

    /// An offset as ISO 8601 writes it, or `UTC`, in seconds east; it ends the text.
    mutating func offset() -> Int32? {
        let rest = String(decoding: text[index..<end], as: UTF8.self)
        guard rest.utf8.count <= 16, let offset = ISO8601Reader.offset(rest) else { return nil }
        index = end
        return offset
    }
}
