package import Instants

/// Values as people read them in one language: numbers, lengths of time, shares, changes, dates.
///
/// ```swift
/// Humane(.en).duration(seconds: 273_600)   // "3 d 4 h"
/// Humane(.zh).share(0.28)                  // "28%"
/// ```
/// Unknown values (`nil`, not finite) are ``unknown``. Nothing here depends on the machine's locale, and the same value is
/// always the same text. A minus is U+2212; ``unbreakable(_:)`` keeps a value on one line of a sentence.
package struct Humane: Sendable, Equatable {
    /// The language of units and words.
    package var language: Language
    /// How many seconds a day of lengths of time has: that of working time where a calendar counts, else `nil`, which is 24 hours.
    package var workingDay: Double?

    /// The length of a working day for all readers within a scope: what a day is there where durations are working time.
    @TaskLocal package static var workingDayInScope: Double?

    /// The writer of values for readers of one language, with the day of the scope.
    package init(_ language: Language) {
        self.language = language
        workingDay = Self.workingDayInScope
    }

    /// The writer of values whose days have 24 hours, whatever counts around.
    package static func elapsed(_ language: Language) -> Humane {
        var humane = Humane(language)
        humane.workingDay = nil
        return humane
    }

    /// What stands for an unknown value.
    package static let unknown = "–"

    /// The minus sign of negative values.
    static let minus = "−"

    /// The text with its spaces made unbreakable, for a value inside a sentence.
    package static func unbreakable(_ text: String) -> String {
        String(text.map { $0 == " " ? "\u{A0}" : $0 })
    }

    // MARK: Numbers

    /// A whole number with a comma between thousands: `4,890`.
    package func count(_ value: Int?) -> String {
        guard let value else { return Self.unknown }
        return (value < 0 ? Self.minus : "") + Self.grouped(value.magnitude)
    }

    /// A number with at least three significant digits where it has them, all of its whole ones, and commas between
    /// thousands: `1,234.5`, `87`, `0.0123`.
    ///
    /// - Parameter decimals: how many decimals exactly; without it as many as three significant digits need, one for
    ///   numbers from 1,000 up to 100,000, none above.
    package func number(_ value: Double?, decimals: Int? = nil) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        let size = value.magnitude
        if let decimals { return Self.signed(value, Self.fixed(size, decimals)) }
        if size == size.rounded() && size < 1e15 { return Self.signed(value, Self.fixed(size, 0)) }
        let places =
            switch size {
            case 100_000...: 0
            case 100...: 1
            case 10...: 1
            case 1...: 2
            case 0.1...: 3
            case 0.01...: 4
            default: 6
            }
        return Self.signed(value, Self.withoutTrailingZeros(Self.fixed(size, places)))
    }

    /// A number in two or three digits with the name of its size: `1.2 M`, `640 k`, `4,890`; in Chinese `120 万`, `3.1 亿`.
    package func compact(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        let sizes: [(Double, String)] =
            switch language {
            case .en: [(1e12, " T"), (1e9, " G"), (1e6, " M"), (1e3, " k")]
            case .zh: [(1e12, " 万亿"), (1e8, " 亿"), (1e4, " 万")]
            }
        let size = value.magnitude
        guard size >= 10_000 else { return number(size >= 100 ? value.rounded() : (value * 10).rounded() / 10) }
        for (unit, name) in sizes where size >= unit * 0.9995 {
            let amount = size / unit
            let text = Self.fixed(amount, amount >= 99.95 ? 0 : 1)
            return Self.signed(value, Self.withoutTrailingZeros(text)) + name
        }
        return number(value.rounded())
    }

    // MARK: Shares and changes

    /// A share of a whole in per cent: `28 %`, `0.4 %`; in Chinese `28%`. A share above none never reads as 0, nor one below the
    /// whole as 100: `< 0.1 %`, `> 99.9 %`.
    package func share(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        return Self.signed(value, percent(value.magnitude, isShare: true))
    }

    /// A relative change with its sign: `−38 %`, `+4.2 %`; in Chinese `−38%`.
    package func change(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        let text = percent(value.magnitude, isShare: false)
        if text.hasPrefix("0 ") || text.hasPrefix("0%") { return text }
        return (value < 0 ? Self.minus : "+") + text
    }

    /// A difference of two shares in percentage points with its sign: `+3.2 pp`; in Chinese `+3.2 个百分点`.
    package func points(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.unknown }
        let size = value.magnitude * 100
        let text = Self.withoutTrailingZeros(Self.fixed(size, size >= 9.95 ? 0 : 1))
        let sign = text == "0" ? "" : value < 0 ? Self.minus : "+"
        return sign + text + (language == .zh ? " 个百分点" : " pp")
    }

    /// A range between two values that ``share(_:)``, ``change(_:)`` or the like wrote: `[−44 %, −31 %]`.
    package func interval(_ low: Double?, _ high: Double?, _ form: (Double?) -> String) -> String {
        guard let low, let high, low.isFinite, high.isFinite else { return Self.unknown }
        return "[" + form(low) + ", " + form(high) + "]"
    }

    private func percent(_ share: Double, isShare: Bool) -> String {
        let value = share * 100
        let sign = language == .zh ? "%" : " %"
        if value == 0 { return "0" + sign }
        if value < 0.05 { return (isShare ? "<" + (language == .zh ? "" : " ") + "0.1" : "0") + sign }
        if isShare && value < 100 && value >= 99.95 { return ">" + (language == .zh ? "" : " ") + "99.9" + sign }
        let isCoarse = value >= 9.95 && !(isShare && value > 99 && value < 100)
        return Self.withoutTrailingZeros(Self.fixed(value, isCoarse ? 0 : 1)) + sign
    }

    // MARK: Dates

    /// The date of an instant as a clock at an offset shows it: `2026-01-31`.
    ///
    /// - Parameter offset: seconds east of UTC.
    package func date(_ instant: Instant?, offset: Int = 0) -> String {
        guard let instant, instant.microseconds != Instant.missing else { return Self.unknown }
        return instant.civil(offset: offset).date.iso8601
    }

    /// The days between two instants: `2025-01-02–2025-12-19`, or one date where both are on it.
    ///
    /// - Parameter offset: seconds east of UTC.
    package func dates(_ first: Instant?, _ last: Instant?, offset: Int = 0) -> String {
        let from = date(first, offset: offset)
        let to = date(last, offset: offset)
        return from == to ? from : from + "–" + to
    }

    /// Date and time of an instant as a clock at an offset shows them: `2026-01-31 08:05 +08:00`.
    ///
    /// - Parameters:
    ///   - offset: seconds east of UTC.
    ///   - seconds: whether seconds follow the minutes.
    package func instant(_ instant: Instant?, offset: Int = 0, seconds: Bool = false) -> String {
        guard let instant, instant.microseconds != Instant.missing else { return Self.unknown }
        let parts = instant.civil(offset: offset)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = two(parts.hour) + ":" + two(parts.minute) + (seconds ? ":" + two(parts.second) : "")
        return parts.date.iso8601 + " " + clock + " " + Self.offset(offset)
    }

    /// An offset from UTC: `+08:00`, `UTC` for none.
    package static func offset(_ seconds: Int) -> String {
        seconds == 0 ? "UTC" : Instant.offsetText(seconds)
    }

    // MARK: Digits

    /// The digits of a whole number with a comma between thousands.
    static func grouped(_ magnitude: UInt) -> String {
        let digits = Array(String(magnitude))
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }

    /// A number of at least 0 with exactly so many decimals (at most 9), halves rounded away from zero.
    static func fixed(_ size: Double, _ places: Int) -> String {
        let scale = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000][min(max(places, 0), 9)]
        let scaled = (size * Double(scale)).rounded()
        guard scaled < 1e18 else { return size < 1e18 ? grouped(UInt(size)) : "\(size)" }
        let whole = UInt(scaled)
        let head = grouped(whole / UInt(scale))
        if places <= 0 { return head }
        let rest = String(whole % UInt(scale))
        return head + "." + String(repeating: "0", count: min(places, 9) - rest.utf8.count) + rest
    }

    static func withoutTrailingZeros(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    static func signed(_ value: Double, _ text: String) -> String {
        let isZero = text.allSatisfy { !("1"..."9").contains($0) }
        return value < 0 && !isZero ? minus + text : text
    }
}
