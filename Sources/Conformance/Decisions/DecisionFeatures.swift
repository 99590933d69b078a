import EventLogs
import Instants
import Statistics

/// What is known of cases before decisions, as columns: the attributes of their cases, and what events said last.
struct DecisionFeatures {
    /// A decision: in which case, and how many of its instances came before.
    struct Moment {
        var position: Int
        var before: Int
    }

    /// A column and how conditions write it.
    struct Feature {
        /// The name as a filter needs it.
        var name: String
        /// Per level the text of its value as a filter needs it; empty for numbers.
        var levels: [String]
        var column: DecisionTree.Column
        /// Whether a value is missing somewhere.
        var hasMissing: Bool
    }

    /// The most different texts of a column that are told apart, the commonest.
    static let mostLevels = 50

    /// Names that mean something else where they stand alone.
    private static let facts: Set<String> = [
        "case", "duration", "instances", "start", "end", "variant", "activity", "resource", "role", "department", "lifecycle", "timestamp",
    ]

    private(set) var features: [Feature] = []

    var columns: [DecisionTree.Column] { features.map(\.column) }

    /// - Parameter moments: the decisions, by position.
    init(_ log: EventLog, _ moments: [Moment]) {
        let columns = log.columns
        let shared = Set(columns.caseAttributes.map(\.name)).intersection(columns.attributes.map(\.name)).union(Self.facts)
        for column in columns.caseAttributes {
            let name = (shared.contains(column.name) ? "case." : "") + LogFilter.name(column.name)
            add(column, name, moments) { moment in Int(log.caseIDs[moment.position]) }
        }
        for column in columns.attributes {
            let name = (shared.contains(column.name) ? "event." : "") + LogFilter.name(column.name)
            let rows = Self.latest(log, moments) { column.isPresent($0) }
            addRows(column, name, rows)
        }
        for (column, name) in [(columns.resource, "resource"), (columns.role, "role"), (columns.department, "department")] {
            guard let column else { continue }
            let rows = Self.latest(log, moments) { $0 < column.ids.count && column.ids[$0] != Vocabulary.missing }
            addTexts(name, rows.map { $0 < 0 ? Vocabulary.missing : column.ids[$0] }, column.vocabulary)
        }
    }

    /// Per decision the last event before it that has a value; −1 where none has.
    private static func latest(_ log: EventLog, _ moments: [Moment], _ isPresent: (Int) -> Bool) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(moments.count)
        var (position, next, last) = (-1, 0, -1)
        for moment in moments {
            if moment.position != position || moment.before < next { (position, next, last) = (moment.position, 0, -1) }
            let first = log.instanceRanges[position].lowerBound
            while next < moment.before {
                let event = log.instances.closingEvent(first + next)
                if isPresent(event) { last = event }
                next += 1
            }
            result.append(last)
        }
        return result
    }

    private mutating func add(_ column: AttributeColumn, _ name: String, _ moments: [Moment], row: (Moment) -> Int) {
        addRows(column, name, moments.map { column.isPresent(row($0)) ? row($0) : -1 })
    }

    /// - Parameter rows: per decision the row with its value, or −1.
    private mutating func addRows(_ column: AttributeColumn, _ name: String, _ rows: [Int]) {
        switch column.type {
        case .string, .id: addTexts(name, rows.map { $0 < 0 ? Vocabulary.missing : column.symbol($0) }, column.symbols.vocabulary)
        case .int, .float:
            let values = rows.map { row in row < 0 ? Double.nan : column.number(row).flatMap { $0.isFinite ? $0 : nil } ?? .nan }
            add(Feature(name: name, levels: [], column: .numbers(values), hasMissing: values.contains(where: \.isNaN)))
        case .boolean:
            let levels = rows.map { row in row < 0 ? DecisionTree.Column.missing : column.boolean(row) == true ? UInt32(1) : 0 }
            add(
                Feature(
                    name: name, levels: ["false", "true"], column: .levels(levels, count: 2),
                    hasMissing: levels.contains(DecisionTree.Column.missing)))
        // Times are points of one history: a threshold on them tells when, not why.
        case .date: break
        }
    }

    private mutating func addTexts(_ name: String, _ ids: [UInt32], _ vocabulary: Vocabulary) {
        var counts = [Int](repeating: 0, count: vocabulary.count)
        for id in ids where id != Vocabulary.missing { counts[Int(id)] += 1 }
        let ranks = vocabulary.ranks()
        let kept = vocabulary.ids.filter { counts[Int($0)] > 0 }
            .sorted { counts[Int($0)] != counts[Int($1)] ? counts[Int($0)] > counts[Int($1)] : ranks[Int($0)] < ranks[Int($1)] }
            .prefix(Self.mostLevels).sorted { ranks[Int($0)] < ranks[Int($1)] }
        var number = [UInt32](repeating: DecisionTree.Column.missing, count: vocabulary.count)
        for (place, id) in kept.enumerated() { number[Int(id)] = UInt32(place) }
        let levels = ids.map { $0 == Vocabulary.missing ? DecisionTree.Column.missing : number[Int($0)] }
        add(
            Feature(
                name: name, levels: kept.map { LogFilter.quoted(vocabulary[$0]) }, column: .levels(levels, count: kept.count),
                hasMissing: levels.contains(DecisionTree.Column.missing)))
    }

    /// Adds a column that tells at least two things apart.
    private mutating func add(_ feature: Feature) {
        let isTelling =
            switch feature.column {
            case .numbers(let values): values.contains { !$0.isNaN && $0 != values[0] }
            case .levels(let values, _): values.contains { $0 != values[0] }
            }
        if isTelling { features.append(feature) }
    }
}
