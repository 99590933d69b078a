package import EventLogs
package import Indicators
package import Performance

/// Where the ways to tell a bottleneck agree, with all queues that were asked.
package struct BottleneckReport: Encodable, Sendable, Equatable {
    /// The ways that were asked.
    package var asked: [BottleneckAgreement.View]
    /// The places that any of them names.
    package var places: [BottleneckAgreement.Place]
    /// How many others there are.
    package var omitted: Int
    /// Waiting against queue length, everywhere.
    package var congestion: [Congestion]

    /// The report of a log.
    ///
    /// - Parameter rates: what work costs; `nil` where only the log's own cost column may tell.
    package init(of log: EventLog, options: PerformanceOptions, rates: Rates?) {
        let congestion = Congestion.of(log)
        let agreement = BottleneckAgreement(
            PerformanceResult(of: log, options: options), congestion: congestion, costs: ActivityCosts.of(log, rates: rates))
        asked = agreement.asked
        places = agreement.places
        omitted = agreement.omitted
        self.congestion = congestion
    }
}
