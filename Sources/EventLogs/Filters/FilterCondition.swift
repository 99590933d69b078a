import Instants

/// A fact that a filter names: of a case, of an event, or of whichever has it.
struct FilterFact: Equatable, Sendable {
    enum Scope: String, Sendable {
        case bare = ""
        case ofCase = "case."
        case ofEvent = "event."
    }

    var scope = Scope.bare
    var name: String
    var place = FilterPlace()

    var text: String { scope.rawValue + LogFilter.name(name) }
}

/// A value that a filter compares with.
enum FilterValue: Equatable, Sendable {
    case text(String)
    case integer(Int64)
    case decimal(Double)
    case duration(Int64)
    case working(WorkingLength)
    case instant(Instant, offset: Int)
    case boolean(Bool)

    /// What begins as a number does: an instant, a number or a duration.
    init(quantity text: String, zone: ZoneClock, place: FilterPlace) throws(FilterError) {
        let bytes = Array(text.utf8)
        let digits = bytes.drop { $0 == UInt8(ascii: "-") }.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        if digits.count >= 4 && digits.endIndex < bytes.count && bytes[digits.endIndex] == UInt8(ascii: "-") {
            guard let time = bytes.withUnsafeBytes({ ISO8601Reader.parse($0) }) else { throw FilterError(.badInstant(text), place) }
            let resolved = time.resolved(in: zone)
            self = .instant(resolved.instant, offset: Int(resolved.offset))
            return
        }
        if let integer = Int64(text) {
            self = .integer(integer)
            return
        }
        let scientific = "0123456789.eE+-".utf8
        if bytes.allSatisfy({ scientific.contains($0) }) {
            guard let number = Double(text), number.isFinite else { throw FilterError(.badNumber(text), place) }
            self = .decimal(number)
            return
        }
        do throws(DurationTextError) {
            switch try DurationText.length(in: text) {
            case .elapsed(let microseconds): self = .duration(microseconds)
            case .working(let length): self = .working(length)
            }
        } catch {
            throw FilterError(.badDuration(text), place)
        }
    }

    /// What a value of this kind is called.
    var kind: String {
        switch self {
        case .text: "text"
        case .integer, .decimal: "numbers"
        case .duration, .working: "durations"
        case .instant: "instants"
        case .boolean: "true and false"
        }
    }

    var text: String {
        switch self {
        case .text(let text): LogFilter.quoted(text)
        case .integer(let number): String(number)
        case .decimal(let number): String(number)
        case .duration(let microseconds): DurationText.text(microseconds)
        case .working(let length): length.text
        case .instant(let instant, let offset): instant.iso8601(offset: offset)
        case .boolean(let value): value ? "true" : "false"
        }
    }
}

/// How a fact compares with a value.
enum FilterComparison: String, Sendable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// A condition as a tree.
indirect enum FilterCondition: Equatable, Sendable {
    /// All of two or more.
    case and([FilterCondition])
    /// One of two or more.
    case or([FilterCondition])
    case not(FilterCondition)
    case compare(FilterFact, FilterComparison, FilterValue)
    case isOne(FilterFact, [FilterValue])
    case matches(FilterFact, String)
    case isMissing(FilterFact)
    case has(String)
    case starts(String)
    case ends(String)
    case directly(String, String)
    case follows(String, String)
    case any(FilterCondition)
    case all(FilterCondition)

    /// How loosely the parts of a text hang together.
    enum Binding: Int {
        case or
        case and
        case not
    }

    /// The condition as text, in parentheses where it binds more loosely than its surroundings.
    func text(within binding: Binding) -> String {
        switch self {
        case .and(let parts):
            let text = parts.map { $0.text(within: .not) }.joined(separator: " and ")
            return binding == .not ? "(" + text + ")" : text
        case .or(let parts):
            let text = parts.map { $0.text(within: .and) }.joined(separator: " or ")
            return binding == .or ? text : "(" + text + ")"
        case .not(let part): return "not " + part.text(within: .not)
        case .compare(let fact, let comparison, let value): return "\(fact.text) \(comparison.rawValue) \(value.text)"
        case .isOne(let fact, let values): return "\(fact.text) in (" + values.map(\.text).joined(separator: ", ") + ")"
        case .matches(let fact, let pattern): return "\(fact.text) matches \(LogFilter.quoted(pattern))"
        case .isMissing(let fact): return "\(fact.text) is missing"
        case .has(let activity): return "has(\(LogFilter.quoted(activity)))"
        case .starts(let activity): return "starts(\(LogFilter.quoted(activity)))"
        case .ends(let activity): return "ends(\(LogFilter.quoted(activity)))"
        case .directly(let first, let second): return "directly(\(LogFilter.quoted(first)),\(LogFilter.quoted(second)))"
        case .follows(let first, let second): return "follows(\(LogFilter.quoted(first)),\(LogFilter.quoted(second)))"
        case .any(let part): return "any(\(part.text(within: .or)))"
        case .all(let part): return "all(\(part.text(within: .or)))"
        }
    }

    /// The conditions that must all hold.
    var conjuncts: [FilterCondition] {
        if case .and(let parts) = self { return parts }
        return [self]
    }
}
