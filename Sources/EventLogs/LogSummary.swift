package import Instants

/// What a log holds: how much, from when to when, and which attributes with how many values.
package struct LogSummary: Sendable, Equatable {
    /// One attribute.
    package struct Attribute: Codable, Sendable, Equatable {
        /// Its key as the source wrote it.
        package var name: String
        /// Whether it describes cases or events.
        package var level: AttributeLevel
        /// The type of its values.
        package var type: AttributeType
        /// How many different values occur; `nil` above ``LogSummary/distinctLimit``.
        package var distinct: Int?
        /// How many cases or events have no value.
        package var missing: Int

        /// An attribute with these figures.
        package init(name: String, level: AttributeLevel, type: AttributeType, distinct: Int?, missing: Int) {
            self.name = name
            self.level = level
            self.type = type
            self.distinct = distinct
            self.missing = missing
        }
    }

    /// How many different values of an attribute are counted; more are said to be unknown.
    package static let distinctLimit = 1_000_000

    /// Cases.
    package var cases: Int
    /// Recorded events.
    package var events: Int
    /// Activity instances.
    package var instances: Int
    /// Different activities among the events.
    package var activities: Int
    /// Different sequences of activities.
    package var variants: Int
    /// Different resources; `nil` where the log has none.
    package var resources: Int?
    /// The earliest time, or `nil` where no event has one.
    package var first: Instant?
    /// The latest time.
    package var last: Instant?
    /// The offset in which most times were written: seconds east of UTC.
    package var offset: Int
    /// The columns with a meaning of their own, in a fixed order, then further attributes of cases, then of events, both in
    /// the order of the source.
    package var attributes: [Attribute]
    /// What reading and building found, and what was capped here.
    package var findings: [LogFinding]

    /// The summary of a log's view.
    ///
    /// - Complexity: linear in events times attributes.
    package init(of log: EventLog) {
        let columns = log.columns
        var counter = DistinctCounter(log)
        cases = log.caseCount
        events = log.eventCount
        instances = log.instanceCount
        variants = VariantIndex(of: log).count
        activities = counter.events(columns.activity).distinct ?? 0
        resources = columns.resource.map { counter.events($0).distinct ?? 0 }
        let range = log.timeRange
        first = range?.lowerBound
        last = range?.upperBound
        offset = columns.prevailingOffset
        var all = counter.standardColumns()
        all += columns.caseAttributes.map { counter.attribute($0, .case) }
        all += columns.attributes.map { counter.attribute($0, .event) }
        attributes = all
        let capped = all.filter { $0.distinct == nil }
        findings =
            log.findings + capped.map { LogFinding(.distinctCapped, .info, count: Self.distinctLimit, detail: $0.name) }
    }
}

extension LogSummary: Encodable {
    private enum CodingKeys: String, CodingKey {
        case cases, events, instances, activities, variants, resources, firstTimestamp, lastTimestamp, attributes
    }

    /// Counts, times in ISO 8601 at the prevailing offset, and attributes; findings are left to whoever has words for them.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(cases, forKey: .cases)
        try container.encode(events, forKey: .events)
        try container.encode(instances, forKey: .instances)
        try container.encode(activities, forKey: .activities)
        try container.encode(variants, forKey: .variants)
        try container.encode(resources, forKey: .resources)
        try container.encode(first?.iso8601(offset: offset), forKey: .firstTimestamp)
        try container.encode(last?.iso8601(offset: offset), forKey: .lastTimestamp)
        try container.encode(attributes, forKey: .attributes)
    }
}

/// Counts the different values of columns over the events or cases of one view.
private struct DistinctCounter {
    private let log: EventLog
    private let eventCount: Int
    private var seen = Bitmap()

    init(_ log: EventLog) {
        self.log = log
        eventCount = log.eventCount
    }

    /// Different and missing values of a text column of events.
    mutating func events(_ column: SymbolColumn) -> (distinct: Int?, missing: Int) {
        seen = Bitmap()
        var missing = 0
        for range in log.eventRanges {
            for place in range {
                let event = log.event(at: place)
                let id = event < column.ids.count ? column.ids[event] : Vocabulary.missing
                if id == Vocabulary.missing { missing += 1 } else { seen.insert(Int(id)) }
            }
        }
        return (capped(seen.count), missing)
    }

    /// Different and missing values of a time column.
    private func times(_ column: [Int64]) -> (distinct: Int?, missing: Int) {
        var values: [Int64] = []
        values.reserveCapacity(eventCount)
        for range in log.eventRanges {
            for place in range {
                let time = column[log.event(at: place)]
                if time != Instant.missing { values.append(time) }
            }
        }
        let missing = eventCount - values.count
        return (distinct(values), missing)
    }

    /// The columns with a meaning of their own.
    mutating func standardColumns() -> [LogSummary.Attribute] {
        let columns = log.columns
        let names = columns.sourceNames
        var result = [
            LogSummary.Attribute(name: names.caseName, level: .case, type: .string, distinct: capped(log.caseCount), missing: 0)
        ]
        func add(_ name: String, _ type: AttributeType, _ figures: (distinct: Int?, missing: Int)) {
            result.append(
                LogSummary.Attribute(name: name, level: .event, type: type, distinct: figures.distinct, missing: figures.missing))
        }
        add(names.activity, .string, events(columns.activity))
        add(names.timestamp, .date, times(columns.time))
        if !columns.start.isEmpty { add(names.start, .date, times(columns.start)) }
        let texts = [
            (names.lifecycle, columns.transition), (names.resource, columns.resource), (names.role, columns.role),
            (names.department, columns.department), (names.instance, columns.instanceName),
        ]
        for case (let name, let column?) in texts { add(name, .string, events(column)) }
        return result
    }

    /// A further attribute.
    mutating func attribute(_ column: AttributeColumn, _ level: AttributeLevel) -> LogSummary.Attribute {
        let rows = level == .event ? eventCount : log.caseCount
        var present = 0
        var distinctValues: Int?
        if column.isText {
            seen = Bitmap()
            forEachRow(level) { row in
                let id = column.symbol(row)
                if id == Vocabulary.missing { return }
                present += 1
                seen.insert(Int(id))
            }
            distinctValues = capped(seen.count)
        } else {
            var values: [Int64] = []
            forEachRow(level) { row in
                if let value = column.identity(row) { values.append(value) }
            }
            present = values.count
            distinctValues = distinct(values)
        }
        return LogSummary.Attribute(
            name: column.name, level: level, type: column.type, distinct: distinctValues, missing: rows - present)
    }

    private func forEachRow(_ level: AttributeLevel, _ body: (Int) -> Void) {
        switch level {
        case .case:
            for id in log.caseIDs { body(Int(id)) }
        case .event:
            for range in log.eventRanges {
                for place in range { body(log.event(at: place)) }
            }
        }
    }

    private func distinct(_ values: [Int64]) -> Int? {
        capped(DistinctWords.count(values))
    }

    private func capped(_ count: Int) -> Int? {
        count > LogSummary.distinctLimit ? nil : count
    }
}
