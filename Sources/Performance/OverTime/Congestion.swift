package import EventLogs
import Instants
import ProcessModels
package import Statistics

/// Whether waiting grows with load: the time that an instance waits against how many others waited there when it came.
///
/// Who is there is told in elapsed time, how long it waits by the log's clock.
///
/// An association, not yet a cause: what fills a queue (a Monday, a holiday) may also make it slow. The line is that of least squares
/// over all who came, in the order in which they came; its interval bears that neighbours meet the same queue, and the line that whoever
/// stays long is met by others (`SerialSlope`).
package struct Congestion: Codable, Sendable, Equatable {
    /// What the numbers say.
    package enum Verdict: String, Codable, Sendable {
        /// Waiting grows with the queue, also after correction.
        case growing
        /// Waiting falls with the queue, also after correction.
        case falling
        /// No growth that matters: nothing is found, and even the upper end of the interval makes the mean queue cost less than a quarter of the
        /// mean time.
        case noGrowth = "no_growth"
        /// Too few came, or the interval is too wide to tell.
        case insufficient
    }

    /// Fewer instances say nothing.
    package static let fewest = 100

    /// An activity or an edge.
    package var kind: Bottleneck.Kind
    /// The activity; nil for an edge.
    package var activity: String?
    /// The activity before; nil for an activity.
    package var source: String?
    /// The activity after; nil for an activity.
    package var target: String?
    /// What is counted: who waits for the activity or is on the way to it; for an edge who is on it (sojourn).
    package var measure: Queues.Measure
    /// How many came.
    package var n: Int
    /// How many others each met on average.
    package var meanQueue: Double?
    /// The most that one met.
    package var maxQueue: Int
    /// The mean time there in seconds.
    package var meanS: Double?
    /// Seconds that one more in the queue adds; nil where it cannot be told.
    package var effectS: Double?
    /// Its 95 % interval.
    package var effectCi95: Interval?
    /// The two-sided p-value of no effect; nil where it cannot be told.
    package var pValue: Double?
    /// The same after Holm's correction over all activities, or all edges, of the log: in at most 5 % of logs any of those named is chance.
    package var pAdjusted: Double?
    /// What the numbers say.
    package var verdict: Verdict

    /// Seconds of the mean time that go with the mean queue: effect × mean queue; nil where unknown.
    package var queueS: Double? { effectS.flatMap { effect in meanQueue.map { effect * $0 } } }

    /// Congestion at the activities and edges of a log: activities first, each by descending ``n``, then by the UTF-8 bytes of names.
    package static func of(_ log: EventLog) -> [Congestion] {
        let clock = log.clock
        let log = log.measured(by: .elapsed)
        let occurrences = Occurrences(of: log)
        let times = InstanceTimes(of: log)
        let ranks = log.activities.ranks()
        let ids = log.activities.ids.filter { !occurrences.range(of: $0).isEmpty }.sorted { left, right in
            let (own, other) = (occurrences.range(of: left).count, occurrences.range(of: right).count)
            return own != other ? own > other : ranks[Int(left)] < ranks[Int(right)]
        }
        let activities = ids.compactMap { id -> Congestion? in
            let (measure, sojourns, _) = Sojourns.activity(id, of: log, occurrences, times)
            if sojourns.count == 0 { return nil }
            return Congestion(.activity, measure, sojourns, clock, activity: log.activities[id])
        }
        return judged(activities) + judged(edges(log, clock))
    }

    private static func judged(_ places: [Congestion]) -> [Congestion] {
        zip(places, FamilywiseError.adjusted(places.map(\.pValue))).map { place, value in
            var place = place
            place.judge(pAdjusted: value)
            return place
        }
    }

    private static func edges(_ log: EventLog, _ clock: DurationClock) -> [Congestion] {
        let index = DirectlyFollowsIndex(of: log)
        var placeOf: [UInt64: Int] = [:]
        for edge in 0..<index.edgeCount { placeOf[UInt64(index.source[edge]) << 32 | UInt64(index.target[edge])] = edge }
        var spans = [[(from: Int64, to: Int64)]](repeating: [], count: index.edgeCount)
        let instances = log.instances
        for range in log.instanceRanges {
            for instance in range.dropFirst() {
                let (before, completion) = (instances.completion[instance - 1], instances.completion[instance])
                let start = instances.startTime(instance)
                let after = start == Instant.missing ? completion : start
                if before == Instant.missing || after == Instant.missing || after < before { continue }
                let key = UInt64(instances.activity[instance - 1]) << 32 | UInt64(instances.activity[instance])
                if let edge = placeOf[key] { spans[edge].append((before, after)) }
            }
        }
        return (0..<index.edgeCount).compactMap { edge in
            if spans[edge].isEmpty { return nil }
            return Congestion(
                .edge, .sojourn, Sojourns(spans[edge]), clock, source: log.activities[index.source[edge]],
                target: log.activities[index.target[edge]])
        }
    }

    private init(
        _ kind: Bottleneck.Kind, _ measure: Queues.Measure, _ sojourns: Sojourns, _ clock: DurationClock, activity: String? = nil,
        source: String? = nil,
        target: String? = nil
    ) {
        self.kind = kind
        self.measure = measure
        self.activity = activity
        self.source = source
        self.target = target
        n = sojourns.count
        let met = sojourns.met
        maxQueue = met.max() ?? 0
        verdict = .insufficient
        // Beyond the calendar of a working clock elapsed time must do.
        let waits = zip(sojourns.from, sojourns.to).map { from, to in
            let time = clock.duration(from: from, to: to)
            return Double(time == Instant.missing ? to - from : time) / 1e6
        }
        if n > 0 {
            meanQueue = Double(met.reduce(0, +)) / Double(n)
            meanS = waits.reduce(0, +) / Double(n)
        }
        guard n >= Self.fewest, let line = SerialSlope(met.map(Double.init), waits, raised: sojourns.metBy.map(Double.init)) else { return }
        effectS = line.slope
        effectCi95 = line.ci95
        pValue = line.pValue
    }

    private mutating func judge(pAdjusted: Double?) {
        self.pAdjusted = pAdjusted
        guard let pAdjusted, let effectS, let effectCi95, let meanQueue, let meanS else { return }
        if pAdjusted <= 0.05 {
            verdict = effectS > 0 ? .growing : .falling
        } else if effectCi95.high * meanQueue < 0.25 * meanS {
            verdict = .noGrowth
        }
    }
}
