extension Instant {
    /// The instant in ISO 8601 as seen at an offset: `2026-01-31T08:00:00+08:00`, with as many decimals as it needs (0, 3 or 6).
    ///
    /// - Parameter offset: seconds east of UTC.
    package func iso8601(offset: Int = 0) -> String {
        let parts = civil(offset: offset)
        var text = parts.date.iso8601 + "T" + Self.padded(parts.hour, 2) + ":" + Self.padded(parts.minute, 2) + ":"
        text += Self.padded(parts.second, 2)
        if parts.microsecond != 0 {
            text +=
                parts.microsecond % 1_000 == 0
                ? "." + Self.padded(parts.microsecond / 1_000, 3) : "." + Self.padded(parts.microsecond, 6)
        }
        return text + Self.offsetText(offset)
    }

    /// The calendar parts of the instant as a clock at `offset` seconds east of UTC shows them.
    package func civil(offset: Int = 0) -> CivilTime {
        let local = microseconds &+ Int64(offset) &* Microseconds.second
        let days = local.flooredQuotient(by: Microseconds.day)
        let rest = local - days * Microseconds.day
        return CivilTime(
            date: CivilDate(daysSinceEpoch: Int(days)), hour: Int(rest / Microseconds.hour),
            minute: Int(rest / Microseconds.minute % 60), second: Int(rest / Microseconds.second % 60),
            microsecond: Int(rest % Microseconds.second))
    }

    /// `+08:00`, or `Z` for 0; seconds follow only where an offset has them.
    package static func offsetText(_ offset: Int) -> String {
        if offset == 0 { return "Z" }
        let size = abs(offset)
        var text = (offset < 0 ? "-" : "+") + padded(size / 3_600, 2) + ":" + padded(size / 60 % 60, 2)
        if size % 60 != 0 { text += ":" + padded(size % 60, 2) }
        return text
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(abs(number))
        let zeros = String(repeating: "0", count: Swift.max(0, width - digits.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}

/// What a wall clock shows at an instant.
package struct CivilTime: Hashable, Sendable {
    /// The date.
    package var date: CivilDate
    /// The hour, 0 to 23.
    package var hour: Int
    /// The minute, 0 to 59.
    package var minute: Int
    /// The second, 0 to 59.
    package var second: Int
    /// The microsecond within the second.
    package var microsecond: Int
}

extension CivilDate {
    /// `2026-01-31`.
    package var iso8601: String {
        Instant.padded(year, 4) + "-" + Instant.padded(month, 2) + "-" + Instant.padded(day, 2)
    }
}

extension FixedWidthInteger {
    /// The quotient rounded towards minus infinity: for calendar arithmetic before 1970.
    @inlinable package func flooredQuotient(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}
