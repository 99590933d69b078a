import EventLogs
import Instants

/// An event log as a table: named columns, and the events as rows in recorded order.
struct LogTable {
    /// Where the values of a column come from.
    enum Source {
        case caseName
        case symbols(SymbolColumn)
        case times([Int64], [UInt16], isDateOnly: Bool)
        /// Attributes of one name; the first that has a value counts.
        case events([AttributeColumn])
        case cases([AttributeColumn])
    }

    /// The log.
    let log: EventLog
    /// The columns: case, activity, `enabled`, start, completion, resource, role, department, transition and instance as far as the log
    /// has them, then the attributes of events and those of cases.
    private(set) var columns: [(name: String, source: Source)] = []

    /// The table of a log.
    ///
    /// - Parameter marksCases: whether all attributes of cases get `case:` in front of their names, not only those whose name is taken.
    init(_ log: EventLog, marksCases: Bool = false) {
        self.log = log
        let own = log.columns
        let names = own.sourceNames
        var events = Self.grouped(own.attributes)
        columns.append((names.caseName, .caseName))
        columns.append((names.activity, .symbols(own.activity)))
        // The enablement stands before the start, as time goes.
        if let place = events.firstIndex(where: { $0.name == "enabled" && $0.columns.allSatisfy { $0.type == .date } }) {
            columns.append(("enabled", .events(events.remove(at: place).columns)))
        }
        if !own.start.isEmpty { columns.append((names.start, times(own.start, own.startForm))) }
        columns.append((names.timestamp, times(own.time, own.timeForm)))
        for (name, column) in [
            (names.resource, own.resource), (names.role, own.role), (names.department, own.department), (names.lifecycle, own.transition),
            (names.instance, own.instanceName),
        ] {
            if let column { columns.append((name, .symbols(column))) }
        }
        var taken = Set(columns.map(\.name))
        func free(_ name: String, _ prefix: String) -> String {
            var name = name
            while !taken.insert(name).inserted { name = prefix + name }
            return name
        }
        for group in events { columns.append((free(group.name, "event:"), .events(group.columns))) }
        for group in Self.grouped(own.caseAttributes) {
            columns.append((free((marksCases ? "case:" : "") + group.name, "case:"), .cases(group.columns)))
        }
    }

    /// Columns of one name together, in order of first sight.
    private static func grouped(_ columns: [AttributeColumn]) -> [(name: String, columns: [AttributeColumn])] {
        var groups: [(name: String, columns: [AttributeColumn])] = []
        var places: [String: Int] = [:]
        for column in columns {
            if let place = places[column.name] {
                groups[place].columns.append(column)
            } else {
                places[column.name] = groups.count
                groups.append((column.name, [column]))
            }
        }
        return groups
    }

    private func times(_ values: [Int64], _ forms: [UInt16]) -> Source {
        let table = log.columns.timeForms
        let isDateOnly = values.indices.allSatisfy { row in
            values[row] == Instant.missing || (Int(forms[row]) < table.count && table[Int(forms[row])].isDateOnly)
        }
        return .times(values, forms, isDateOnly: isDateOnly)
    }

    /// Whether a column may hold times.
    func mayHoldTimes(_ source: Source) -> Bool {
        switch source {
        case .times: true
        case .events(let columns), .cases(let columns): columns.contains { $0.type == .date }
        case .caseName, .symbols: false
        }
    }

    /// The time that a column has for an event of a case, in microseconds, and how it was written; `nil` where there is none or where
    /// the value is no time.
    func time(_ source: Source, event: Int, of owner: Int) -> (time: Int64, form: TimeForm)? {
        func form(_ number: Int) -> TimeForm { number < log.columns.timeForms.count ? log.columns.timeForms[number] : .utc }
        func first(_ columns: [AttributeColumn], _ row: Int) -> (Int64, TimeForm)? {
            guard let column = columns.first(where: { $0.isPresent(row) }), column.type == .date else { return nil }
            return (column.words[row], form(row < column.forms.count ? Int(column.forms[row]) : 0))
        }
        switch source {
        case .caseName, .symbols: return nil
        case .times(let values, let forms, _):
            return values[event] == Instant.missing ? nil : (values[event], form(Int(forms[event])))
        case .events(let columns): return first(columns, event)
        case .cases(let columns): return first(columns, owner)
        }
    }

    /// The events of the view with the cases they belong to, as they stood in the source.
    func recordedOrder() -> [(event: Int, owner: Int)] {
        var rows: [(event: Int, owner: Int)] = []
        rows.reserveCapacity(log.eventCount)
        for position in 0..<log.caseCount {
            let owner = Int(log.caseIDs[position])
            for place in log.eventRanges[position] { rows.append((log.event(at: place), owner)) }
        }
        let recorded = log.columns.row
        rows.sort { (recorded[$0.event], $0.event) < (recorded[$1.event], $1.event) }
        return rows
    }
}
