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
}

extension LogSummary {
    /// The summary of a log's view.
    ///
    /// - Complexity: linear in events times attributes.
    package init(of log: EventLog) {
        var tally = SummaryTally()
        tally.add(log)
        self = tally.summary(LogHeadline(of: log))
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
