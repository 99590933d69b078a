package import Instants

/// A usual way of writing dates that is not ISO 8601: the order of day, month and year and what stands between them.
///
/// The time behind the date is free: none, `8:05`, `08:05:30.25`, with `AM`/`PM` or 上午/下午, with an offset. Days, months and
/// hours may have one digit or two. Years of two digits are 1969 to 2068 (as POSIX has it).
package enum NationalTime: Hashable, Sendable, CaseIterable {
    /// `2026-1-31`: as ISO 8601, with parts of one digit.
    case yearMonthDayDash
    /// `2026/01/31`.
    case yearMonthDaySlash
    /// `2026.01.31`.
    case yearMonthDayDot
    /// `2026年1月31日`, also `8时05分`.
    case chinese
    /// `31.01.2026` or `31.01.26`.
    case dayMonthYearDot
    /// `31/01/2026` or `31/01/26`.
    case dayMonthYearSlash
    /// `01/31/2026` or `01/31/26`.
    case monthDayYearSlash
    /// `31-01-2026` or `31-01-26`.
    case dayMonthYearDash
    /// `01-31-2026` or `01-31-26`.
    case monthDayYearDash
    /// `26-01-31`.
    case shortYearMonthDayDash
    /// `31 Jan 2026`, `31-Jan-26`.
    case dayMonthNameYear
    /// `Jan 31, 2026`.
    case monthNameDayYear
    /// `20260131080000`, with or without seconds and milliseconds.
    case digits

    /// The format as a pattern of `format:`, with the parts of the time that `shape` has.
    package func name(_ shape: TimeShape) -> String {
        let year = shape.contains(.shortYear) ? "yy" : "yyyy"
        let date =
            switch self {
            case .yearMonthDayDash: "yyyy-MM-dd"
            case .yearMonthDaySlash: "yyyy/MM/dd"
            case .yearMonthDayDot: "yyyy.MM.dd"
            case .chinese: "yyyy年MM月dd日"
            case .dayMonthYearDot: "dd.MM." + year
            case .dayMonthYearSlash: "dd/MM/" + year
            case .monthDayYearSlash: "MM/dd/" + year
            case .dayMonthYearDash: "dd-MM-" + year
            case .monthDayYearDash: "MM-dd-" + year
            case .shortYearMonthDayDash: "yy-MM-dd"
            case .dayMonthNameYear: "dd MMM " + year
            case .monthNameDayYear: "MMM dd, " + year
            case .digits: "yyyyMMdd"
            }
        if self == .digits {
            return date + (shape.contains(.time) ? shape.contains(.seconds) ? "HHmmss" : "HHmm" : "")
        }
        if !shape.contains(.time) { return date }
        var text = date + (shape.contains(.twelveHours) ? " hh:mm" : " HH:mm")
        if shape.contains(.seconds) { text += ":ss" }
        if shape.contains(.fraction) { text += ".SSS" }
        if shape.contains(.twelveHours) { text += " a" }
        if shape.contains(.offset) { text += "XXX" }
        return text
    }

    /// What the text says and which parts it has, or `nil` where it is not written this way.
    package func parse(_ text: UnsafeRawBufferPointer) -> (time: ParsedTime, shape: TimeShape)? {
        var scanner = TimeScanner(text)
        var shape: TimeShape = []
        guard let days = date(&scanner, &shape) else { return nil }
        let midnight = Int64(days) * Microseconds.day
        if self == .digits { return Self.digitTime(&scanner, midnight, &shape) }
        scanner.skipSpaces()
        if scanner.isAtEnd { return (ParsedTime(local: midnight, isDateOnly: true), shape) }
        _ = scanner.take("T") || scanner.take(",")
        scanner.skipSpaces()
        guard let time = scanner.time(&shape) else { return nil }
        scanner.skipSpaces()
        var offset: Int32?
        if !scanner.isAtEnd {
            guard let found = scanner.offset(), scanner.isAtEnd else { return nil }
            offset = found
            shape.insert(.offset)
        }
        return (ParsedTime(local: midnight + time.microseconds, offset: offset, isRounded: time.isRounded), shape)
    }

    private func date(_ scanner: inout TimeScanner, _ shape: inout TimeShape) -> Int? {
        switch self {
        case .yearMonthDayDash: return Self.yearFirst(&scanner, "-")
        case .yearMonthDaySlash: return Self.yearFirst(&scanner, "/")
        case .yearMonthDayDot: return Self.yearFirst(&scanner, ".")
        case .chinese:
            guard let year = scanner.number(4, 4), scanner.take(wide: "年") else { return nil }
            scanner.skipSpaces()
            guard let month = scanner.number(1, 2), scanner.take(wide: "月") else { return nil }
            scanner.skipSpaces()
            guard let day = scanner.number(1, 2), scanner.take(wide: "日") || scanner.take(wide: "号") else { return nil }
            return Self.days(year, month, day)
        case .dayMonthYearDot: return Self.yearLast(&scanner, ".", isDayFirst: true, &shape)
        case .dayMonthYearSlash: return Self.yearLast(&scanner, "/", isDayFirst: true, &shape)
        case .monthDayYearSlash: return Self.yearLast(&scanner, "/", isDayFirst: false, &shape)
        case .dayMonthYearDash: return Self.yearLast(&scanner, "-", isDayFirst: true, &shape)
        case .monthDayYearDash: return Self.yearLast(&scanner, "-", isDayFirst: false, &shape)
        case .shortYearMonthDayDash:
            guard let year = scanner.number(2, 2), scanner.take("-"), let month = scanner.number(1, 2), scanner.take("-"),
                let day = scanner.number(1, 2)
            else { return nil }
            return Self.days(Self.fullYear(year), month, day)
        case .dayMonthNameYear:
            guard let day = scanner.number(1, 2) else { return nil }
            Self.skipJoint(&scanner)
            guard let month = scanner.monthName() else { return nil }
            Self.skipJoint(&scanner)
            guard let year = Self.lastYear(&scanner, &shape) else { return nil }
            return Self.days(year, month, day)
        case .monthNameDayYear:
            guard let month = scanner.monthName() else { return nil }
            Self.skipJoint(&scanner)
            guard let day = scanner.number(1, 2) else { return nil }
            Self.skipJoint(&scanner)
            guard let year = Self.lastYear(&scanner, &shape) else { return nil }
            return Self.days(year, month, day)
        case .digits:
            let run = scanner.digitRun
            guard run == 8 || run == 12 || run == 14 || run == 17, let year = scanner.number(4, 4), let month = scanner.number(2, 2),
                let day = scanner.number(2, 2)
            else { return nil }
            return Self.days(year, month, day)
        }
    }

    private static func digitTime(
        _ scanner: inout TimeScanner, _ midnight: Int64, _ shape: inout TimeShape
    ) -> (time: ParsedTime, shape: TimeShape)? {
        if scanner.isAtEnd { return (ParsedTime(local: midnight, isDateOnly: true), shape) }
        guard let hour = scanner.number(2, 2), let minute = scanner.number(2, 2), hour < 24, minute < 60 else { return nil }
        shape.insert(.time)
        var local = midnight + Int64(hour) * Microseconds.hour + Int64(minute) * Microseconds.minute
        if !scanner.isAtEnd {
            guard let second = scanner.number(2, 2), second < 60 else { return nil }
            shape.insert(.seconds)
            local += Int64(second) * Microseconds.second
            if !scanner.isAtEnd {
                guard let milliseconds = scanner.number(3, 3) else { return nil }
                local += Int64(milliseconds) * 1_000
            }
        }
        return scanner.isAtEnd ? (ParsedTime(local: local), shape) : nil
    }

    private static func skipJoint(_ scanner: inout TimeScanner) {
        scanner.skipSpaces()
        _ = scanner.take("-") || scanner.take(",") || scanner.take(".") || scanner.take("/")
        scanner.skipSpaces()
    }

    private static func yearFirst(_ scanner: inout TimeScanner, _ separator: Unicode.Scalar) -> Int? {
        guard let year = scanner.number(4, 4), scanner.take(separator), let month = scanner.number(1, 2), scanner.take(separator),
            let day = scanner.number(1, 2)
        else { return nil }
        return days(year, month, day)
    }

    private static func yearLast(
        _ scanner: inout TimeScanner, _ separator: Unicode.Scalar, isDayFirst: Bool, _ shape: inout TimeShape
    ) -> Int? {
        guard let first = scanner.number(1, 2), scanner.take(separator), let second = scanner.number(1, 2), scanner.take(separator),
            let year = lastYear(&scanner, &shape)
        else { return nil }
        return isDayFirst ? days(year, second, first) : days(year, first, second)
    }

    private static func lastYear(_ scanner: inout TimeScanner, _ shape: inout TimeShape) -> Int? {
        let run = scanner.digitRun
        if run == 4 { return scanner.number(4, 4) }
        guard run == 2, let year = scanner.number(2, 2) else { return nil }
        shape.insert(.shortYear)
        return fullYear(year)
    }

    static func fullYear(_ year: Int) -> Int {
        year < 69 ? 2_000 + year : 1_900 + year
    }

    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        let date = CivilDate(year: year, month: month, day: day)
        return date.isValid ? date.daysSinceEpoch : nil
    }
}

/// Which parts a time had as written.
package struct TimeShape: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// Parts by their bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Hours and minutes.
    package static let time = TimeShape(rawValue: 1)
    /// Seconds.
    package static let seconds = TimeShape(rawValue: 2)
    /// Decimals of a second.
    package static let fraction = TimeShape(rawValue: 4)
    /// `AM` and `PM`.
    package static let twelveHours = TimeShape(rawValue: 8)
    /// An offset from UTC.
    package static let offset = TimeShape(rawValue: 16)
    /// A year of two digits.
    package static let shortYear = TimeShape(rawValue: 32)
}
