import Foundation

/// The clock on which times without an offset are read: a fixed offset or a zone of the IANA time zone database.
package enum TimeZoneChoice: Hashable, Sendable {
    /// Always that many seconds east of UTC.
    case fixed(seconds: Int)
    /// A zone such as `Asia/Shanghai`, with its changes of offset.
    case named(String)

    /// Coordinated Universal Time.
    package static let utc = TimeZoneChoice.fixed(seconds: 0)

    /// The choice that a person typed: `UTC`, `Z`, `+08:00`, `+0800`, `UTC+8`, or an IANA name in any case.
    ///
    /// - Throws: ``TimeZoneTextError`` with the nearest known name.
    package init(parsing text: String) throws(TimeZoneTextError) {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        if let offset = ISO8601Reader.offset(trimmed.uppercased()) {
            self = .fixed(seconds: Int(offset))
            return
        }
        let upper = trimmed.uppercased()
        for prefix in ["UTC", "GMT"] where upper.hasPrefix(prefix) && upper.count == 5 {
            // `UTC+8`: one digit of hours.
            let sign = upper.dropFirst(3).prefix(1)
            if let offset = ISO8601Reader.offset(sign + "0" + upper.suffix(1)) {
                self = .fixed(seconds: Int(offset))
                return
            }
        }
        if let known = Self.known(trimmed) {
            self = .named(known)
            return
        }
        throw TimeZoneTextError(text: text, suggestion: Self.nearest(trimmed))
    }

    /// The choice as it can be typed: `Asia/Shanghai`, `+08:00`, `UTC`.
    package var name: String {
        switch self {
        case .fixed(let seconds): seconds == 0 ? "UTC" : Instant.offsetText(seconds)
        case .named(let name): name
        }
    }

    private static func known(_ text: String) -> String? {
        let names = TimeZone.knownTimeZoneIdentifiers
        if names.contains(text) { return text }
        let lower = text.lowercased()
        if let name = names.first(where: { $0.lowercased() == lower }) { return name }
        // Links of the database, such as `PRC`, that the list leaves out; abbreviations such as `CST` mean several zones.
        if text.contains("/") || text == "PRC" || text == "Japan" || text == "Singapore", TimeZone(identifier: text) != nil { return text }
        return nil
    }

    private static func nearest(_ text: String) -> String? {
        let wanted = Array(text.lowercased().utf8)
        if wanted.isEmpty || wanted.count > 64 { return nil }
        var best: (name: String, distance: Int)?
        for name in TimeZone.knownTimeZoneIdentifiers.sorted() {
            let lower = name.lowercased()
            let city = lower.split(separator: "/").last.map(String.init) ?? lower
            let distance = min(editDistance(wanted, Array(lower.utf8)), editDistance(wanted, Array(city.utf8)))
            if distance < best?.distance ?? Int.max { best = (name, distance) }
        }
        guard let best, best.distance * 3 <= max(3, wanted.count) else { return nil }
        return best.name
    }
}

/// How many insertions, deletions and replacements of bytes turn one text into the other (Levenshtein distance).
package func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let above = row[j + 1]
            row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
            diagonal = above
        }
    }
    return row[right.count]
}

/// A text that names no time zone.
package struct TimeZoneTextError: Error, Equatable, CustomStringConvertible {
    /// The text that was to be read.
    package var text: String
    /// The known zone that looks most like it, if any does.
    package var suggestion: String?

    package var description: String {
        let hint = suggestion.map { "did you mean \($0)?" } ?? "write an IANA name such as Asia/Shanghai, or an offset such as +08:00"
        return "“\(text)” is no known time zone — \(hint)"
    }
}
