import EventLogs
package import Performance

/// What is told of a log's performance beside the times: why work waits, batches, work that goes round, estimated starts, joins.
///
/// All but the repetition need the whole log; of a log that is read piece by piece they stay nil.
package struct PerformanceDetail: Sendable {
    /// What is to be told.
    package struct Options: Sendable {
        /// Whether starts that are not recorded are estimated.
        package var estimatesStarts: Bool
        /// Whether the times of joins are told.
        package var joins: Bool
        /// Groups of activities that run beside each other; nil for what the log's successions tell.
        package var concurrent: [[String]]?

        /// These options.
        package init(estimatesStarts: Bool = false, joins: Bool = false, concurrent: [[String]]? = nil) {
            self.estimatesStarts = estimatesStarts
            self.joins = joins
            self.concurrent = concurrent
        }

        /// Whether the whole log is needed.
        package var needsWhole: Bool { estimatesStarts || joins || concurrent != nil }
    }

    /// Why work waits; nil where no start is known, or the log was not seen whole.
    package var waiting: WaitingCauses?
    /// What is done in batches; nil likewise.
    package var batches: BatchDetection?
    /// Self-loops and ping-pong.
    package var repetition: Repetition?
    /// What estimating starts did; nil where none was asked for.
    package var startTimes: StartTimes?
    /// The times of joins; nil where they were not asked for.
    package var joins: JoinTimes?
    /// Whether the log was seen whole.
    package var isWhole = false

    /// The details of a whole log, and the log with its starts estimated where that is asked for.
    static func of(whole log: EventLog, _ options: PerformanceOptions, _ wanted: Options) -> (EventLog, PerformanceDetail) {
        var detail = PerformanceDetail()
        detail.isWhole = true
        var log = log
        let relation = wanted.concurrent.map { ConcurrencyRelation(declared: $0, in: log) }
        if wanted.estimatesStarts {
            let estimated = StartTimes.estimating(log, concurrency: relation)
            log = estimated.log
            detail.startTimes = estimated.times
        }
        if wanted.joins || wanted.concurrent != nil { detail.joins = JoinTimes(of: log, concurrency: relation) }
        if log.instances.start.isEmpty { return (log, detail) }
        let hours = ResourceHours(of: log)
        let split = WaitingSplit(of: log, hours: hours)
        var isCounted: [Bool]?
        if options.censored == .exclude {
            isCounted = CaseTimes.of(log, endActivities: options.endActivities).isCensored.map { !$0 }
        }
        detail.waiting = WaitingCauses(of: log, split: split, hours: hours, isCounted: isCounted)
        detail.batches = BatchDetection(of: log, split: split, hours: hours)
        return (log, detail)
    }
}

/// The performance of a log with its details as one object: the keys of `weir performance`.
package struct DetailedPerformance: Encodable {
    private let result: PerformanceResult
    private let detail: PerformanceDetail
    private let namesPeople: Bool

    /// - Parameter namesPeople: whether resources are named.
    package init(_ result: PerformanceResult, _ detail: PerformanceDetail, namesPeople: Bool) {
        self.result = result
        self.detail = detail
        self.namesPeople = namesPeople
    }

    private enum CodingKeys: String, CodingKey {
        case waitingCauses, waitingByCause, batches, repetition, startTimes, joins
    }

    /// The waiting of the whole log by cause, and by activity, role and resource.
    private struct ByCause: Encodable {
        var total: WaitingCauses.Causes
        var instances: Int
        var n: Int
        var withoutResource: Int
        var withUnknownHours: Int
        var hours: ResourceHours.Method
        var activities: [WaitingCauses.Group]
        var roles: [WaitingCauses.Group]
        /// Nil where people are not named.
        var resources: [WaitingCauses.Group]?
    }

    package func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(detail.waiting?.handOffs, forKey: .waitingCauses)
        let byCause = detail.waiting.map { waiting in
            ByCause(
                total: waiting.total, instances: waiting.instances, n: waiting.n, withoutResource: waiting.withoutResource,
                withUnknownHours: waiting.withUnknownHours, hours: waiting.hours, activities: waiting.activities, roles: waiting.roles,
                resources: namesPeople ? waiting.resources : nil)
        }
        try container.encode(byCause, forKey: .waitingByCause)
        try container.encode(detail.batches?.activities, forKey: .batches)
        try container.encode(detail.repetition, forKey: .repetition)
        try container.encode(detail.startTimes, forKey: .startTimes)
        try container.encode(detail.joins, forKey: .joins)
    }
}
