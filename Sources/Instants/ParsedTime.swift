/// A point in time as a text said it: what the clock showed, and the offset where the text carried one.
package struct ParsedTime: Hashable, Sendable {
    /// Microseconds from 1970-01-01T00:00:00 to what the clock showed, on that clock.
    package var local: Int64
    /// Seconds east of UTC that the text carried, or `nil`.
    package var offset: Int32?
    /// Whether the text had no time part.
    package var isDateOnly: Bool
    /// Whether the text was finer than a microsecond, so that ``local`` is rounded.
    package var isRounded: Bool

    /// A parsed time with these parts.
    package init(local: Int64, offset: Int32? = nil, isDateOnly: Bool = false, isRounded: Bool = false) {
        self.local = local
        self.offset = offset
        self.isDateOnly = isDateOnly
        self.isRounded = isRounded
    }

    /// The instant and the offset it was seen at; a time without offset is read on `zone`'s clock.
    package func resolved(in zone: ZoneClock) -> (instant: Instant, offset: Int32) {
        if let offset {
            return (Instant(microseconds: local - Int64(offset) * Microseconds.second), offset)
        }
        let reading = zone.reading(local: local)
        return (reading.instant, Int32(reading.offset))
    }
}

extension Instant {
    /// The instant that a flag or a filter names: `2026-01-31`, `2026-01-31T08:00`, `2026-01-31 08:00:30.5+08:00`, any form of
    /// ISO 8601; without an offset it is read on `zone`'s clock. A date stands for its midnight.
    ///
    /// - Throws: ``InstantTextError`` where the text is no such form.
    package init(parsing text: String, zone: ZoneClock) throws(InstantTextError) {
        var copy = text
        let parsed = copy.withUTF8 { ISO8601Reader.parse(UnsafeRawBufferPointer($0)) }
        guard let parsed else { throw InstantTextError(text: text) }
        self = parsed.resolved(in: zone).instant
    }
}

/// A text that is no instant.
package struct InstantTextError: Error, Equatable, CustomStringConvertible {
    /// The text that was to be read.
    package var text: String

    package var description: String {
        "“\(text)” is no date or time — write 2026-01-31 or 2026-01-31T08:00, with an offset such as +08:00 where it matters"
    }
}
