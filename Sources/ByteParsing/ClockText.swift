package import Instants

/// Reads times of day that stand alone, beside their date: `08:30`, `8:05:30.25`, `8:05 PM`, `08时30分`, `083000`.
package enum ClockText {
    /// The microseconds since midnight, with an offset where the text has one, or `nil`.
    package static func parse(_ text: UnsafeRawBufferPointer) -> ParsedTime? {
        if text.isEmpty || text.count > 40 { return nil }
        let isDigits = text.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
        if isDigits ? text.count != 6 : !text.contains(where: { $0 == UInt8(ascii: ":") || $0 >= 0x80 }) { return nil }
        let day: StaticString = isDigits ? "1970-01-01T" : "1970-01-01 "
        return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { room -> ParsedTime? in
            let length = day.utf8CodeUnitCount
            room.copyMemory(from: UnsafeRawBufferPointer(start: day.utf8Start, count: length))
            UnsafeMutableRawBufferPointer(rebasing: room[length...]).copyMemory(from: text)
            let whole = UnsafeRawBufferPointer(rebasing: room[..<(length + text.count)])
            guard let parsed = TimeFormat.national(.yearMonthDayDash).parse(whole), !parsed.isDateOnly else { return nil }
            return parsed
        }
    }
}

extension ParsedTime {
    /// The time of a day at a time of day from ``ClockText``.
    package func at(_ clock: ParsedTime) -> ParsedTime {
        ParsedTime(local: local + clock.local, offset: clock.offset ?? offset, isRounded: isRounded || clock.isRounded)
    }
}
