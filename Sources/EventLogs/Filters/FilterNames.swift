import Instants
import WorkingTime

/// Where the values of a fact are, by the index of the fact's level: case positions or events (places in the columns).
enum FilterSource {
    /// Texts: a number of the vocabulary or ``Vocabulary/missing``.
    case text((Int) -> UInt32, Vocabulary)
    /// Whole numbers.
    case integer((Int) -> Int64?)
    /// Microseconds of length: elapsed and, where the log has a calendar, working, with what a working day has then.
    case duration((Int) -> Int64?, working: ((Int) -> (length: Int64, workingDay: Int64)?)?)
    /// Microseconds since the epoch.
    case instant((Int) -> Int64?)
    /// 0 or 1.
    case boolean((Int) -> Int64?)
    /// Other numbers.
    case decimal((Int) -> Double?)

    /// What the fact is said to hold.
    var kind: String {
        switch self {
        case .text: "text"
        case .integer, .decimal: "numbers"
        case .duration: "durations"
        case .instant: "instants"
        case .boolean: "true and false"
        }
    }
}

/// The facts and attributes of one log by name.
final class FilterNames {
    struct Found {
        var level: AttributeLevel
        /// One, or several where attributes of different types share the name.
        var sources: [FilterSource]
    }

    private let log: EventLog
    private lazy var spans = log.caseSpans
    private lazy var variants = VariantIndex(of: log)

    static let caseFacts = ["case", "duration", "instances", "start", "end", "variant"]
    static let eventFacts = ["activity", "resource", "role", "department", "lifecycle", "timestamp"]

    init(_ log: EventLog) {
        self.log = log
    }

    /// Finds what a fact names, or says which name is near.
    func resolve(_ fact: FilterFact) throws(FilterError) -> Found {
        let name = fact.name
        let found =
            switch fact.scope {
            case .bare: caseFact(name) ?? caseAttribute(name) ?? eventFact(name) ?? eventAttribute(name) ?? sourceName(name)
            case .ofCase: caseAttribute(name) ?? caseFact(name) ?? sourceName(name, level: .case)
            case .ofEvent: eventAttribute(name) ?? eventFact(name) ?? eventStart(name) ?? sourceName(name, level: .event)
            }
        guard let found else {
            throw FilterError(.unknownName(name, nearest: NearestName.among(known(fact.scope), to: name).map(LogFilter.name)), fact.place)
        }
        return found
    }

    private func known(_ scope: FilterFact.Scope) -> [String] {
        let names = log.columns.sourceNames
        let ofCase = Self.caseFacts + log.columns.caseAttributes.map(\.name) + [names.caseName]
        let ofEvent = Self.eventFacts + log.columns.attributes.map(\.name) + [names.activity, names.timestamp]
        return switch scope {
        case .bare: ofCase + ofEvent
        case .ofCase: ofCase
        case .ofEvent: ofEvent
        }
    }

    private func caseFact(_ name: String) -> Found? {
        let source: FilterSource
        switch name {
        case "case":
            let ids = log.caseIDs
            source = .text({ ids[$0] }, log.columns.caseNames)
        case "duration":
            let spans = spans.map { $0.flatMap { $0.isCompleted ? $0 : nil } }
            var working: ((Int) -> (length: Int64, workingDay: Int64)?)?
            if let calendar = log.clock.calendar {
                working = { position in
                    guard let span = spans[position], span.cycleTime != Instant.missing else { return nil }
                    let day = span.firstStart.flooredQuotient(by: Microseconds.day)
                    return (span.cycleTime, calendar.workingDay(on: Int(day)))
                }
            }
            source = .duration({ spans[$0].map { $0.lastCompletion - $0.firstStart } }, working: working)
        case "start":
            let spans = spans
            source = .instant { spans[$0]?.firstStart }
        case "end":
            let spans = spans
            source = .instant { spans[$0].flatMap { $0.isCompleted ? $0.lastCompletion : nil } }
        case "instances":
            let ranges = log.instanceRanges
            source = .integer { Int64(ranges[$0].count) }
        case "variant":
            let ranks = variants.rank
            source = .integer { Int64(ranks[$0]) }
        default: return nil
        }
        return Found(level: .case, sources: [source])
    }

    private func eventFact(_ name: String) -> Found? {
        let columns = log.columns
        let column: SymbolColumn?
        switch name {
        case "activity": column = columns.activity
        case "resource": column = columns.resource
        case "role": column = columns.role
        case "department": column = columns.department
        case "lifecycle": column = columns.transition
        case "timestamp": return Found(level: .event, sources: [.instant(Self.time(columns.time))])
        default: return nil
        }
        return Found(level: .event, sources: [Self.text(column)])
    }

    private func eventStart(_ name: String) -> Found? {
        let start = log.columns.start
        return name == "start" ? Found(level: .event, sources: [.instant(start.isEmpty ? { _ in nil } : Self.time(start))]) : nil
    }

    private func caseAttribute(_ name: String) -> Found? {
        let columns = log.columns.caseAttributes.filter { $0.name == name }
        if columns.isEmpty { return nil }
        let ids = log.caseIDs
        return Found(level: .case, sources: columns.map { Self.attribute($0) { Int(ids[$0]) } })
    }

    private func eventAttribute(_ name: String) -> Found? {
        let columns = log.columns.attributes.filter { $0.name == name }
        return columns.isEmpty ? nil : Found(level: .event, sources: columns.map { Self.attribute($0) { $0 } })
    }

    /// The standard columns by the names that they had in the source.
    private func sourceName(_ name: String, level: AttributeLevel? = nil) -> Found? {
        let columns = log.columns
        let names = columns.sourceNames
        if name == names.caseName && level != .event { return caseFact("case") }
        if level == .case { return nil }
        switch name {
        case names.activity: return eventFact("activity")
        case names.timestamp: return eventFact("timestamp")
        case names.start: return columns.start.isEmpty ? nil : eventStart("start")
        case names.lifecycle: return columns.transition == nil ? nil : eventFact("lifecycle")
        case names.resource: return columns.resource == nil ? nil : eventFact("resource")
        case names.role: return columns.role == nil ? nil : eventFact("role")
        case names.department: return columns.department == nil ? nil : eventFact("department")
        case names.instance: return columns.instanceName.map { Found(level: .event, sources: [Self.text($0)]) }
        default: return nil
        }
    }

    private static func text(_ column: SymbolColumn?) -> FilterSource {
        guard let column else { return .text({ _ in Vocabulary.missing }, Vocabulary()) }
        let ids = column.ids
        return .text({ ids[$0] }, column.vocabulary)
    }

    private static func time(_ column: [Int64]) -> (Int) -> Int64? {
        { column[$0] == Instant.missing ? nil : column[$0] }
    }

    private static func attribute(_ column: AttributeColumn, row: @escaping (Int) -> Int) -> FilterSource {
        switch column.type {
        case .string, .id: .text({ column.symbol(row($0)) }, column.symbols.vocabulary)
        case .int: .integer { column.identity(row($0)) }
        case .boolean: .boolean { column.identity(row($0)) }
        case .date: .instant { column.identity(row($0)) }
        case .float: .decimal { column.number(row($0)) }
        }
    }
}
