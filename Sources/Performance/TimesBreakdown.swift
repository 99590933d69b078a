package import EventLogs
package import Instants
package import Statistics

/// Times by who did the work, by an attribute or by period: one row a value.
package struct TimesBreakdown: Codable, Sendable, Equatable {
    /// What rows stand for.
    package enum Level: String, Codable, Sendable {
        /// The times of a row are those of cases.
        case `case`
        /// The times of a row are those of activity instances.
        case instance
    }

    /// The times of one value.
    package struct Row: Codable, Sendable, Equatable {
        /// The value; `nil` for cases or instances that have none.
        package var value: String?
        /// Cases of the value or, of instances, the cases that hold one.
        package var cases: Int
        /// Instances of the value; of cases, all theirs.
        package var instances: Int
        /// Cycle times of the cases; nil for instances.
        package var cycleTime: TimeStatistics?
        /// Waiting times: of cases their sum, of instances each one's.
        package var waitingTime: TimeStatistics?
        /// Service times: of cases the union, of instances start to completion.
        package var serviceTime: TimeStatistics?
        /// Idle times of the cases; nil for instances.
        package var idleTime: TimeStatistics?
        /// Sojourn times of the instances; nil for cases.
        package var sojournTime: TimeStatistics?
    }

    /// By what: `resource`, `role`, `department`, `month`, `week`, or the name of an attribute.
    package var by: String
    /// What rows stand for.
    package var level: Level
    /// The values: periods in their order; others by cases (instances), then by the UTF-8 bytes of the value; what has none comes last.
    package var rows: [Row]

    /// Puts R1, R2, … in the place of the values, in the order of the rows: for people who are not to be named.
    package mutating func hideValues() {
        for place in rows.indices where rows[place].value != nil { rows[place].value = "R\(place + 1)" }
    }
}

/// What times are broken down by.
package enum BreakdownKey: Sendable, Equatable {
    /// Who did the work.
    case resource
    /// The role of who did it.
    case role
    /// The department of who did it.
    case department
    /// The month of the case's first start, on a clock.
    case month(ZoneClock)
    /// The week of the case's first start, by its Monday, on a clock.
    case week(ZoneClock)
    /// An attribute: of cases, else of events, there the closing event of an instance.
    case attribute(String)

    /// The name as it is typed.
    package var name: String {
        switch self {
        case .resource: "resource"
        case .role: "role"
        case .department: "department"
        case .month: "month"
        case .week: "week"
        case .attribute(let name): name
        }
    }

    package static func == (left: BreakdownKey, right: BreakdownKey) -> Bool { left.name == right.name }

    /// The key of a name as it is typed; every name that stands for nothing else is that of an attribute.
    ///
    /// - Parameter clock: the clock of months and weeks.
    package init(named name: String, clock: ZoneClock) {
        self =
            switch name {
            case "resource": .resource
            case "role": .role
            case "department": .department
            case "month": .month(clock)
            case "week": .week(clock)
            default: .attribute(name)
            }
    }

    /// Whether the values are periods, whose order is that of time.
    package var isPeriod: Bool {
        switch self {
        case .month, .week: true
        default: false
        }
    }

    /// Tells the value of the case at a position whose first start is given (``Instant/missing`` where unknown); `nil` where values are not those of
    /// cases but of instances, or the log has none.
    package func caseValue(in log: EventLog) -> ((_ position: Int, _ firstStart: Int64) -> String?)? {
        switch self {
        case .month(let clock): { _, first in first == Instant.missing ? nil : Self.month(first, clock) }
        case .week(let clock): { _, first in first == Instant.missing ? nil : Self.week(first, clock) }
        case .attribute(let name):
            log.columns.caseAttributes.first(where: { $0.name == name }).map { column in
                { position, _ in column.text(Int(log.caseIDs[position]), forms: log.columns.timeForms) }
            }
        case .resource, .role, .department: nil
        }
    }

    private static func month(_ instant: Int64, _ clock: ZoneClock) -> String {
        String(Instant(microseconds: instant).iso8601(offset: clock.offset(at: Instant(microseconds: instant))).prefix(7))
    }

    private static func week(_ instant: Int64, _ clock: ZoneClock) -> String {
        let offset = clock.offset(at: Instant(microseconds: instant))
        let day = (instant + Int64(offset) * Microseconds.second).flooredQuotient(by: Microseconds.day)
        // 1970-01-05 was a Monday.
        let monday = (day - 4).flooredQuotient(by: 7) * 7 + 4
        return String(Instant(microseconds: monday * Microseconds.day).iso8601(offset: 0).prefix(10))
    }

    /// The order in which values are listed: periods in their order, others by size, then by the UTF-8 bytes; what has no value comes last.
    package func listsBefore(_ first: (value: String?, size: Int), _ second: (value: String?, size: Int)) -> Bool {
        guard let own = first.value, let other = second.value else { return first.value != nil && second.value == nil }
        if !isPeriod && first.size != second.size { return first.size > second.size }
        return own.utf8.lexicographicallyPrecedes(other.utf8)
    }
}

/// A breakdown of parts of a log, added up.
package struct BreakdownTally: Sendable {
    private let key: BreakdownKey
    private var level: TimesBreakdown.Level?
    private var numbers: [String?: Int] = [:]
    private var entries: [Entry] = []

    private struct Entry {
        var value: String?
        var cases = 0
        var instances = 0
        var cycle = DurationList()
        var waiting = DurationList()
        var service = DurationList()
        var idle = DurationList()
        var sojourn = DurationList()
    }

    /// Nothing added.
    package init(by key: BreakdownKey) { self.key = key }

    /// Adds the cases of a part.
    package mutating func add(_ log: EventLog) {
        let times = InstanceTimes(of: log)
        let columns = log.columns
        switch key {
        case .resource: addInstances(log, times, columns.resource.map(Self.values))
        case .role: addInstances(log, times, columns.role.map(Self.values))
        case .department: addInstances(log, times, columns.department.map(Self.values))
        case .month, .week, .attribute:
            if let value = key.caseValue(in: log) {
                addCases(log, times, value)
            } else if case .attribute(let name) = key, let column = columns.attributes.first(where: { $0.name == name }) {
                addInstances(log, times) { column.text($0, forms: columns.timeForms) }
            }
        }
    }

    private static func values(_ column: SymbolColumn) -> (Int) -> String? {
        { column.ids[$0] == Vocabulary.missing ? nil : column.vocabulary[column.ids[$0]] }
    }

    private mutating func number(_ value: String?) -> Int {
        if let known = numbers[value] { return known }
        numbers[value] = entries.count
        entries.append(Entry(value: value))
        return entries.count - 1
    }

    private mutating func addCases(_ log: EventLog, _ instances: InstanceTimes, _ value: (_ position: Int, _ firstStart: Int64) -> String?)
    {
        level = .case
        let times = CaseTimes.of(log, ends: EndActivities(of: log, declared: []), instances: instances)
        for position in 0..<log.caseCount {
            let entry = number(value(position, times.firstStart[position]))
            entries[entry].cases += 1
            entries[entry].instances += log.instanceRanges[position].count
            entries[entry].cycle.append(known: [times.cycle[position]])
            entries[entry].waiting.append(known: [times.waiting[position]])
            entries[entry].service.append(known: [times.service[position]])
            entries[entry].idle.append(known: [times.idle[position]])
        }
    }

    private mutating func addInstances(_ log: EventLog, _ times: InstanceTimes, _ value: ((_ event: Int) -> String?)?) {
        guard let value else { return }
        level = .instance
        var lastCase: [Int] = []
        for (position, range) in log.instanceRanges.enumerated() {
            for instance in range {
                let entry = number(value(log.instances.closingEvent(instance)))
                while lastCase.count <= entry { lastCase.append(-1) }
                if lastCase[entry] != position {
                    lastCase[entry] = position
                    entries[entry].cases += 1
                }
                entries[entry].instances += 1
                entries[entry].service.append(known: [times.service(instance)])
                if !times.waiting.isEmpty { entries[entry].waiting.append(known: [times.waiting[instance]]) }
                entries[entry].sojourn.append(known: [times.sojourn[instance]])
            }
        }
    }

    /// The breakdown; `nil` where the log has nothing to break down by.
    package mutating func result() -> TimesBreakdown? {
        guard let level else { return nil }
        func size(_ entry: Entry) -> Int { level == .case ? entry.cases : entry.instances }
        let order = entries.indices.sorted {
            key.listsBefore((entries[$0].value, size(entries[$0])), (entries[$1].value, size(entries[$1])))
        }
        let rows = order.map { place in
            let entry = entries[place]
            return TimesBreakdown.Row(
                value: entry.value, cases: entry.cases, instances: entry.instances, cycleTime: entry.cycle.statistics(),
                waitingTime: entry.waiting.statistics(), serviceTime: entry.service.statistics(), idleTime: entry.idle.statistics(),
                sojournTime: entry.sojourn.statistics())
        }
        return TimesBreakdown(by: key.name, level: level, rows: rows)
    }
}
