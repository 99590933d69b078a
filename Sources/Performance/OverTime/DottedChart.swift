package import EventLogs
import Instants

/// Every case as a row of dots over time: the data of a dotted chart (Song, van der Aalst: "Supporting process mining by showing events
/// at a glance", WITS 2007).
///
/// A dot is the completion of an activity instance. Of more dots than fit, whole cases are left out: those that stay stand at equal
/// distances in the order of the chart, so its shape stays.
package struct DottedChart: Encodable, Sendable, Equatable {
    /// The order of the rows.
    package enum Order: String, Codable, Sendable, CaseIterable {
        /// By first start.
        case start
        /// By last completion.
        case end
        /// By cycle time, the longest first.
        case duration
        /// By how many instances they have, the most first.
        case instances
        /// As the log has them.
        case log
    }

    /// One dot.
    package struct Dot: Encodable, Sendable, Equatable {
        /// When, in seconds after the chart's origin; after the case's first start where the chart is relative.
        package var timeS: Double
        /// The activity, by its place in ``DottedChart/activities``.
        package var activity: Int
    }

    /// One case.
    package struct Row: Encodable, Sendable, Equatable {
        /// The case.
        package var caseName: String
        /// Its cycle time in seconds; nil where unknown.
        package var durationS: Double?
        /// Its dots in order of time.
        package var dots: [Dot]

        private enum CodingKeys: String, CodingKey {
            case caseName = "case"
            case durationS, dots
        }
    }

    /// The order of the rows.
    package var order: Order
    /// Whether times count from each case's first start.
    package var isRelative: Bool
    /// The log's first time: microseconds; 0 where it has none.
    package var origin: Int64
    /// The offset of the log's clock: seconds east of UTC.
    package var offsetS: Int
    /// The latest time of a dot, in seconds.
    package var lengthS: Double
    /// Activities by descending dots in the log, then by the UTF-8 bytes of their names.
    package var activities: [String]
    /// All cases with a dot.
    package var cases: Int
    /// All dots.
    package var dots: Int
    /// The rows that are kept, from the top of the chart.
    package var rows: [Row]
    /// Whether cases were left out.
    package var isSampled: Bool

    private enum CodingKeys: String, CodingKey {
        case order, isRelative, origin, offsetS, lengthS, activities, cases, dots, rows, isSampled
    }

    /// Writes ``origin`` as an instant; null where the chart is relative.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(order, forKey: .order)
        try container.encode(isRelative, forKey: .isRelative)
        try container.encode(isRelative ? nil : Instant(microseconds: origin).iso8601(offset: offsetS), forKey: .origin)
        try container.encode(offsetS, forKey: .offsetS)
        try container.encode(lengthS, forKey: .lengthS)
        try container.encode(activities, forKey: .activities)
        try container.encode(cases, forKey: .cases)
        try container.encode(dots, forKey: .dots)
        try container.encode(rows, forKey: .rows)
        try container.encode(isSampled, forKey: .isSampled)
    }

    /// The chart of a log, in elapsed time whatever its clock.
    ///
    /// - Parameter limit: how many dots are kept at most, unless one case alone has more; `nil` for all.
    package init(of log: EventLog, order: Order = .start, isRelative: Bool = false, limit: Int? = 20_000) {
        let log = log.measured(by: .elapsed)
        self.order = order
        self.isRelative = isRelative
        let instances = log.instances
        let spans = log.caseSpans
        var counts = [Int](repeating: 0, count: log.activities.count)
        var timed = [Int](repeating: 0, count: log.caseCount)
        var first = Int64.max
        for (position, range) in log.instanceRanges.enumerated() {
            for instance in range where instances.completion[instance] != Instant.missing {
                counts[Int(instances.activity[instance])] += 1
                timed[position] += 1
                first = Swift.min(first, spans[position]?.firstStart ?? instances.completion[instance])
            }
        }
        let total = timed.reduce(0, +)
        origin = first == Int64.max ? 0 : first
        offsetS = log.columns.prevailingOffset
        let shown = log.activities.ids.filter { counts[Int($0)] > 0 }.sorted { left, right in
            let (own, other) = (counts[Int(left)], counts[Int(right)])
            return own != other ? own > other : log.activities.precedes(left, right)
        }
        var placeOf = [Int](repeating: -1, count: counts.count)
        for (place, id) in shown.enumerated() { placeOf[Int(id)] = place }
        activities = shown.map { log.activities[$0] }
        let sorted = Self.sorted(log, timed.indices.filter { timed[$0] > 0 }, spans, order)
        cases = sorted.count
        dots = total
        let kept: [Int]
        if let limit, total > limit {
            // Fewer and fewer rows, until their dots fit.
            var rows = Swift.max(1, sorted.count * limit / Swift.max(1, total))
            while true {
                let chosen = (0..<rows).map { sorted[$0 * sorted.count / rows] }
                if rows == 1 || chosen.reduce(0, { $0 + timed[$1] }) <= limit {
                    kept = chosen
                    break
                }
                rows = Swift.max(1, rows * 9 / 10)
            }
        } else {
            kept = sorted
        }
        isSampled = kept.count < sorted.count
        let base = origin
        var latest = 0.0
        rows = kept.map { position in
            let span = spans[position]
            let zero = isRelative ? span?.firstStart ?? base : base
            let dots = log.instanceRanges[position].filter { instances.completion[$0] != Instant.missing }.map { instance in
                Dot(timeS: Double(instances.completion[instance] - zero) / 1e6, activity: placeOf[Int(instances.activity[instance])])
            }
            latest = Swift.max(latest, dots.last?.timeS ?? 0)
            return Row(
                caseName: log.caseName(position), durationS: span.flatMap { $0.isCompleted ? Double($0.cycleTime) / 1e6 : nil }, dots: dots)
        }
        lengthS = latest
    }

    private static func sorted(_ log: EventLog, _ positions: [Int], _ spans: [EventLog.CaseSpan?], _ order: Order) -> [Int] {
        func key(_ position: Int) -> Int64 {
            switch order {
            case .start: spans[position]?.firstStart ?? Int64.max
            case .end: spans[position]?.lastCompletion ?? Int64.max
            case .duration: -(spans[position]?.cycleTime ?? 0)
            case .instances: -Int64(log.instanceRanges[position].count)
            case .log: Int64(position)
            }
        }
        let keys = Dictionary(uniqueKeysWithValues: positions.map { ($0, key($0)) })
        return positions.sorted { left, right in
            let (own, other) = (keys[left] ?? 0, keys[right] ?? 0)
            if own != other { return own < other }
            return log.columns.caseNames.precedes(log.caseIDs[left], log.caseIDs[right])
        }
    }
}
