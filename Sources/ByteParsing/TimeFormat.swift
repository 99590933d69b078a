package import Instants

/// How the times of a column are written.
package enum TimeFormat: Hashable, Sendable {
    /// ISO 8601 in any of its forms.
    case iso8601
    /// One of the usual national ways.
    case national(NationalTime)
    /// A pattern that a person gave.
    case pattern(TimePattern)
    /// Seconds since 1970-01-01T00:00:00Z with decimals, or thousandths or millionths of them.
    case unix(perSecond: Int64)

    /// The format that a person named: `ISO 8601` (or `iso`), `unix`, `unix_ms`, `unix_us`, or a pattern.
    package init(named text: String) throws(TimePatternError) {
        switch text.lowercased() {
        case "iso", "iso8601", "iso 8601", "iso-8601": self = .iso8601
        case "unix", "unix_s": self = .unix(perSecond: 1)
        case "unix_ms": self = .unix(perSecond: 1_000)
        case "unix_us": self = .unix(perSecond: 1_000_000)
        default: self = .pattern(try TimePattern(text))
        }
    }

    /// What a text written this way says, or `nil`.
    package func parse(_ text: UnsafeRawBufferPointer) -> ParsedTime? {
        switch self {
        case .iso8601: ISO8601Reader.parse(text)
        case .national(.yearMonthDayDash): ISO8601Reader.parse(text) ?? NationalTime.yearMonthDayDash.parse(text)?.time
        case .national(let form): form.parse(text)?.time
        case .pattern(let pattern): pattern.parse(text)
        case .unix(let perSecond): Self.unix(text, perSecond)
        }
    }

    private static func unix(_ text: UnsafeRawBufferPointer, _ perSecond: Int64) -> ParsedTime? {
        let scale = Microseconds.second / perSecond
        if let whole = NumberReader.integer(text) {
            let (local, overflowed) = whole.multipliedReportingOverflow(by: scale)
            return overflowed || local > Self.limit || local < -Self.limit ? nil : ParsedTime(local: local, offset: 0)
        }
        guard let value = NumberReader.decimal(text) else { return nil }
        let local = (value * Double(scale)).rounded()
        return Swift.abs(local) < Double(Self.limit) ? ParsedTime(local: Int64(local), offset: 0) : nil
    }

    /// The end of the year 9999 in microseconds since 1970.
    private static let limit: Int64 = 253_402_300_800 * Microseconds.second
}
