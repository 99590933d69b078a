package import Instants

/// A way of writing times that a person gave, such as `dd.MM.yyyy HH:mm`.
///
/// Letters are those of Unicode's date patterns (UTS 35): `yyyy yy`, `M MM` (numbers), `MMM MMMM` (English names), `d dd`, `H HH`
/// (0–24), `h hh` (1–12) with `a` (AM or PM), `m mm`, `s ss`, `S…` (decimals, as many as there are), `X XX XXX Z` (an offset).
/// Text in single quotes and everything that is no letter stands for itself; a space stands for one or more. A number of two
/// letters may have one digit where no other number follows at once.
package struct TimePattern: Hashable, Sendable {
    /// The pattern as given.
    package let text: String
    private let parts: [Part]

    private enum Part: Hashable {
        case number(Field, low: Int, high: Int)
        case monthName
        case half
        case fraction
        case offset
        case spaces
        case literal(UInt8)
    }

    private enum Field: Hashable {
        case year, shortYear, month, day, hour, halfDayHour, minute, second
    }

    /// The pattern of `text`.
    ///
    /// - Throws: ``TimePatternError`` for unknown letters, and where year, month or day is missing.
    package init(_ text: String) throws(TimePatternError) {
        var parts: [Part] = []
        let scalars = Array(text.unicodeScalars)
        var index = 0
        var fields: Set<Field> = []
        var hasMonth = false
        func literal(_ scalar: Unicode.Scalar) {
            for byte in UTF8.encode(scalar)! { parts.append(.literal(byte)) }
        }
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "'" {
                index += 1
                if index < scalars.count && scalars[index] == "'" {
                    literal("'")
                    index += 1
                    continue
                }
                while index < scalars.count && scalars[index] != "'" {
                    literal(scalars[index])
                    index += 1
                }
                if index == scalars.count { throw TimePatternError(pattern: text, problem: .unclosedQuote) }
                index += 1
                continue
            }
            guard ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) else {
                if scalar == " " {
                    if parts.last != .spaces { parts.append(.spaces) }
                } else {
                    literal(scalar)
                }
                index += 1
                continue
            }
            var count = 0
            while index + count < scalars.count && scalars[index + count] == scalar { count += 1 }
            let letter = Character(scalar)
            switch (letter, count) {
            case ("y", 4), ("u", 4): parts.append(.number(.year, low: 4, high: 4))
            case ("y", 2): parts.append(.number(.shortYear, low: 2, high: 2))
            case ("M", 1), ("M", 2): parts.append(.number(.month, low: 1, high: 2))
            case ("M", 3), ("M", 4): parts.append(.monthName)
            case ("d", 1), ("d", 2): parts.append(.number(.day, low: 1, high: 2))
            case ("H", 1), ("H", 2): parts.append(.number(.hour, low: 1, high: 2))
            case ("h", 1), ("h", 2): parts.append(.number(.halfDayHour, low: 1, high: 2))
            case ("m", 1), ("m", 2): parts.append(.number(.minute, low: 1, high: 2))
            case ("s", 1), ("s", 2): parts.append(.number(.second, low: 1, high: 2))
            case ("S", _): parts.append(.fraction)
            case ("a", 1): parts.append(.half)
            case ("X", 1...5), ("Z", 1...5), ("x", 1...5): parts.append(.offset)
            case ("T", 1): literal("T")
            default: throw TimePatternError(pattern: text, problem: .unknownLetters(String(repeating: letter, count: count)))
            }
            if case .number(let field, _, _) = parts[parts.count - 1] { fields.insert(field) }
            if letter == "M" { hasMonth = true }
            index += count
        }
        if !fields.contains(.day) || !hasMonth || (!fields.contains(.year) && !fields.contains(.shortYear)) {
            throw TimePatternError(pattern: text, problem: .incompleteDate)
        }
        for place in parts.indices.dropLast() {
            // `MMdd`: where the next part is a number, this one has all its digits.
            if case .number(let field, _, let high) = parts[place] {
                switch parts[place + 1] {
                case .number, .fraction: parts[place] = .number(field, low: high, high: high)
                default: break
                }
            }
        }
        self.text = text
        self.parts = parts
    }

    /// What a text written this way says, or `nil`.
    package func parse(_ text: UnsafeRawBufferPointer) -> ParsedTime? {
        var scanner = TimeScanner(text)
        var year = 0
        var month = 1
        var day = 1
        var hour: Int?
        var minute = 0
        var second = 0
        var rest: (microseconds: Int64, isRounded: Bool) = (0, false)
        var half: Bool?
        var offset: Int32?
        for part in parts {
            switch part {
            case .number(let field, let low, let high):
                guard let value = scanner.number(low, high) else { return nil }
                switch field {
                case .year: year = value
                case .shortYear: year = NationalTime.fullYear(value)
                case .month: month = value
                case .day: day = value
                case .hour: hour = value
                case .halfDayHour:
                    if value < 1 || value > 12 { return nil }
                    hour = value
                case .minute: minute = value
                case .second: second = value
                }
            case .monthName:
                guard let value = scanner.monthName() else { return nil }
                month = value
            case .half:
                guard let value = scanner.afternoon() else { return nil }
                half = value
            case .fraction:
                guard let value = scanner.fraction() else { return nil }
                rest = value
            case .offset:
                guard let value = scanner.offset() else { return nil }
                offset = value
            case .spaces:
                scanner.skipSpaces()
            case .literal(let byte):
                if !scanner.take(byte: byte) { return nil }
            }
        }
        guard scanner.isAtEnd, let days = NationalTime.days(year, month, day) else { return nil }
        let midnight = Int64(days) * Microseconds.day
        guard var clock = hour else { return ParsedTime(local: midnight, offset: offset, isDateOnly: true) }
        if let half { clock = clock % 12 + (half ? 12 : 0) }
        if minute > 59 || second > 60 || clock > 24 || (clock == 24 && minute + second > 0) { return nil }
        let time = Int64(clock) * Microseconds.hour + Int64(minute) * Microseconds.minute + Int64(second) * Microseconds.second
        return ParsedTime(local: midnight + time + rest.microseconds, offset: offset, isRounded: rest.isRounded)
    }
}

/// Why a text is no pattern for times.
package struct TimePatternError: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// Letters that stand for nothing.
        case unknownLetters(String)
        /// A quote that is never closed.
        case unclosedQuote
        /// Year, month or day is missing.
        case incompleteDate
    }

    /// The pattern.
    package var pattern: String
    /// What is wrong.
    package var problem: Problem

    package var description: String {
        switch problem {
        case .unknownLetters(let letters): "“\(letters)” in the time format “\(pattern)” stands for nothing"
        case .unclosedQuote: "a quote in the time format “\(pattern)” is never closed"
        case .incompleteDate: "the time format “\(pattern)” lacks the year, the month or the day"
        }
    }
}
