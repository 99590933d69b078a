/// Writes many times in ISO 8601, each with as many decimals as it needs (0, 3 or 6); remembers the texts of the last day and offset.
package struct TimeText {
    private var day = Int64.min
    private var dayText: [UInt8] = []
    private var offset = Int.min
    private var offsetText: [UInt8] = []

    /// A writer that remembers nothing yet.
    package init() {}

    /// Appends a time.
    ///
    /// - Parameters:
    ///   - time: microseconds since 1970-01-01T00:00:00Z.
    ///   - offset: the offset to write behind it, in seconds east of UTC; `nil` for none.
    ///   - shownAt: the offset of the clock that is shown.
    package mutating func append(_ time: Int64, offset: Int?, shownAt: Int, isDateOnly: Bool, to bytes: inout [UInt8]) {
        let local = time &+ Int64(shownAt) &* Microseconds.second
        let ownDay = local.flooredQuotient(by: Microseconds.day)
        if ownDay != day {
            day = ownDay
            dayText = Array(CivilDate(daysSinceEpoch: Int(ownDay)).iso8601.utf8)
        }
        bytes.append(contentsOf: dayText)
        if !isDateOnly {
            let rest = Int(local - ownDay * Microseconds.day)
            bytes.append(UInt8(ascii: "T"))
            Self.append(rest / Int(Microseconds.hour), 2, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            Self.append(rest / Int(Microseconds.minute) % 60, 2, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            Self.append(rest / Int(Microseconds.second) % 60, 2, to: &bytes)
            let fraction = rest % Int(Microseconds.second)
            if fraction != 0 {
                bytes.append(UInt8(ascii: "."))
                if fraction % 1_000 == 0 { Self.append(fraction / 1_000, 3, to: &bytes) } else { Self.append(fraction, 6, to: &bytes) }
            }
        }
        guard let offset else { return }
        if offset != self.offset {
            self.offset = offset
            offsetText = Array(Instant.offsetText(offset).utf8)
        }
        bytes.append(contentsOf: offsetText)
    }

    private static func append(_ number: Int, _ count: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        var rest = number
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }
}
