package import EventLogs
package import Instants
import Performance

/// The cases of a log one by one: when, how long, how much, along which variant, with their attributes.
package struct CaseList: Encodable, Sendable, Equatable {
    /// By what cases are ordered. Those without the value come last; ties keep the order of the log.
    package enum Order: String, Codable, Sendable, CaseIterable {
        /// As in the log.
        case log
        /// The longest first.
        case duration
        /// The earliest first.
        case start
        /// The earliest end first.
        case end
        /// The most activity instances first.
        case instances
        /// The most frequent variant first.
        case variant
        /// By name, in the order of UTF-8 bytes.
        case `case`
    }

    /// One case.
    package struct Entry: Encodable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its first start.
        package var start: Instant?
        /// Its last completion.
        package var end: Instant?
        /// The offset at which its times are shown: seconds east of UTC.
        package var offset: Int
        /// First start to last completion in seconds.
        package var durationS: Double?
        /// Its activity instances.
        package var instances: Int
        /// The rank of its variant, 1 for the most frequent.
        package var variant: Int
        /// Whether it is unfinished.
        package var censored: Bool
        /// Whether it repeats an activity.
        package var rework: Bool
        /// What it cost, in the currency of the rates or of the log; `nil` where neither says.
        package var cost: Double?
        /// Its attributes in the order of the source.
        package var attributes: [Attribute]

        private enum CodingKeys: String, CodingKey {
            case `case`, start, end, durationS, instances, variant, censored, rework, cost, attributes
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .case)
            try container.encode(start?.iso8601(offset: offset), forKey: .start)
            try container.encode(end?.iso8601(offset: offset), forKey: .end)
            try container.encode(durationS, forKey: .durationS)
            try container.encode(instances, forKey: .instances)
            try container.encode(variant, forKey: .variant)
            try container.encode(censored, forKey: .censored)
            try container.encode(rework, forKey: .rework)
            try container.encode(cost, forKey: .cost)
            var members: [String: Value?] = [:]
            for attribute in attributes where members[attribute.name] == nil || attribute.value != nil {
                members[attribute.name] = attribute.value
            }
            try container.encode(members, forKey: .attributes)
        }
    }

    /// An attribute of a case.
    package struct Attribute: Encodable, Sendable, Equatable {
        /// Its key as the source wrote it.
        package var name: String
        /// Its value, or `nil` where it is missing.
        package var value: Value?
    }

    /// The value of an attribute.
    package enum Value: Encodable, Sendable, Equatable {
        /// Text.
        case text(String)
        /// A whole number.
        case integer(Int64)
        /// Another number.
        case number(Double)
        /// True or false.
        case boolean(Bool)
        /// A point in time, shown at its offset (seconds east of UTC).
        case instant(Instant, offset: Int)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .integer(let number): try container.encode(number)
            case .number(let number): try container.encode(number)
            case .boolean(let flag): try container.encode(flag)
            case .instant(let instant, let offset): try container.encode(instant.iso8601(offset: offset))
            }
        }
    }

    /// How many cases there are.
    package var total: Int
    /// By what they are ordered.
    package var sort: Order
    /// The cases, as many as were asked for.
    package var cases: [Entry]
    /// The keys of the attributes, in the order of the source: every case lists all.
    package var attributeNames: [String]

    private enum CodingKeys: String, CodingKey {
        case total, sort, cases
    }

    /// The cases of a log.
    ///
    /// - Parameters:
    ///   - order: by what they are ordered.
    ///   - limit: how many to list; `nil` for all.
    ///   - endActivities: the declared end activities; `nil` for those that the log shows.
    ///   - costs: the cost of each case position, or `nil` where none is known at all.
    package init(of log: EventLog, order: Order = .log, limit: Int? = nil, endActivities: [String]? = nil, costs: [Double?]? = nil) {
        let times = CaseTimes.of(log, endActivities: endActivities)
        let variants = VariantIndex(of: log)
        let positions = Self.ordered(log, by: order, times, variants)
        let columns = log.columns.caseAttributes
        let offset = log.columns.prevailingOffset
        total = log.caseCount
        sort = order
        attributeNames = columns.map(\.name)
        cases = positions.prefix(limit ?? positions.count).map { position in
            let row = Int(log.caseIDs[position])
            let known = { (time: Int64) in time == Instant.missing ? nil : Instant(microseconds: time) }
            let duration = times.cycle[position]
            return Entry(
                name: log.caseName(position), start: known(times.firstStart[position]), end: known(times.lastCompletion[position]),
                offset: offset, durationS: duration == Instant.missing ? nil : Double(duration) / 1e6,
                instances: log.instanceRanges[position].count, variant: Int(variants.rank[position]),
                censored: times.isCensored[position], rework: times.hasRework[position], cost: costs?[position],
                attributes: columns.map { Attribute(name: $0.name, value: Self.value($0, row, log.columns.timeForms)) })
        }
    }

    private static func value(_ column: AttributeColumn, _ row: Int, _ forms: [TimeForm]) -> Value? {
        guard column.isPresent(row) else { return nil }
        switch column.type {
        case .string, .id: return column.text(row, forms: forms).map { .text($0) }
        case .int: return .integer(column.words[row])
        case .float: return column.number(row).map { .number($0) }
        case .boolean: return column.boolean(row).map { .boolean($0) }
        case .date:
            let form = row < column.forms.count ? Int(column.forms[row]) : 0
            let offset = form < forms.count ? Int(forms[form].offset) : 0
            return column.instant(row).map { .instant($0, offset: offset) }
        }
    }

    private static func ordered(_ log: EventLog, by order: Order, _ times: CaseTimes, _ variants: VariantIndex) -> [Int] {
        let positions = Array(0..<log.caseCount)
        func ascending(_ key: [Int64]) -> [Int] {
            positions.sorted { left, right in
                let (one, other) = (key[left], key[right])
                if one == other { return left < right }
                if one == Instant.missing || other == Instant.missing { return other == Instant.missing }
                return one < other
            }
        }
        switch order {
        case .log: return positions
        case .duration: return ascending(times.cycle.map { $0 == Instant.missing ? $0 : -$0 })
        case .start: return ascending(times.firstStart)
        case .end: return ascending(times.lastCompletion)
        case .instances: return ascending(log.instanceRanges.map { -Int64($0.count) })
        case .variant: return ascending(variants.rank.map { Int64($0) })
        case .case:
            let names = log.columns.caseNames
            return positions.sorted { names.precedes(log.caseIDs[$0], log.caseIDs[$1]) }
        }
    }
}
