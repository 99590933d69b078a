import Instants

/// Excel's count of days, with the time of day as their fraction.
enum ExcelTime {
    /// Where the count begins.
    enum Epoch {
        /// Day 1 is 1900-01-01, and there is a day 60 that never was, 1900-02-29.
        case year1900
        /// Day 0 is 1904-01-01.
        case year1904
    }

    /// Days from 1970-01-01 to 1899-12-30: day 0 of the 1900 count as it is from day 61 on.
    private static let zero1900 = -25_569
    /// Days from 1970-01-01 to 1904-01-01.
    private static let zero1904 = -24_107

    /// What the clock shows at a serial number, to the nearest millisecond; `nil` for days that Excel does not show as dates, and for the
    /// day that never was.
    static func parsed(_ serial: Double, _ epoch: Epoch, isDateOnly: Bool) -> ParsedTime? {
        // The last day is 9999-12-31.
        guard serial >= 0, serial < (epoch == .year1900 ? 2_958_466 : 2_957_004) else { return nil }
        let milliseconds = Int64((serial * 86_400_000).rounded())
        let day = milliseconds / 86_400_000
        var zero = epoch == .year1900 ? zero1900 : zero1904
        if epoch == .year1900 {
            if day == 60 { return nil }
            if day < 60 { zero += 1 }
        }
        let isWholeDay = milliseconds % 86_400_000 == 0
        return ParsedTime(local: milliseconds * 1_000 + Int64(zero) * Microseconds.day, isDateOnly: isDateOnly && isWholeDay)
    }

    /// The serial number (1900 count) at which the clock shows `local`, microseconds from 1970-01-01T00:00:00 on that clock, to the
    /// nearest millisecond; `nil` before 1900-03-01 and after 9999, which no spreadsheet shows alike.
    static func serial(local: Int64) -> Double? {
        let milliseconds = (local &+ 500).flooredQuotient(by: 1_000)
        let fromZero = milliseconds - Int64(zero1900) * 86_400_000
        guard fromZero >= 61 * 86_400_000, fromZero < 2_958_466 * 86_400_000 else { return nil }
        return Double(fromZero) / 86_400_000
    }
}

extension ParsedTime {
    /// Whether it is a time of day as spreadsheets store it: on the day at which their count begins.
    var isClockOfSheet: Bool {
        let day = local.flooredQuotient(by: Microseconds.day)
        return !isDateOnly && (day == -25_568 || day == -25_569 || day == -24_107)
    }
}
