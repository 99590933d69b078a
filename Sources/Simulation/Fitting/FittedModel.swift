package import EventLogs
import Instants
package import Performance
import WorkingTime

/// How a model is learnt.
package struct FitOptions: Sendable, Equatable {
    /// The activities that end a case; nil for those that the log shows.
    package var endActivities: [String]?
    /// What tells this fit's random numbers from others'.
    package var seed: UInt64
    /// How many threads simulate; results do not depend on it.
    package var threads: Int
    /// Whether to find out by how much the memoryless model differs.
    package var comparesMemoryless: Bool

    /// How a model is learnt.
    package init(endActivities: [String]? = nil, seed: UInt64 = 1, threads: Int = 1, comparesMemoryless: Bool = true) {
        self.endActivities = endActivities
        self.seed = seed
        self.threads = threads
        self.comparesMemoryless = comparesMemoryless
    }
}

/// A model learnt from a log, and on what it stands.
package struct FittedModel: Sendable {
    /// The model: whole cases are drawn, with all they have in common.
    package var model: SimulationModel
    /// The nearest model without memory: a graph of tasks and exclusive gateways, with the same people, hours and arrivals.
    package var memoryless: SimulationModel
    /// On what every part stands.
    package var report: FitReport
    /// The first start of the log, in microseconds: when a simulation of the log begins.
    package var start: Int64
    /// How many cases the log has: as many as a simulation of the log makes.
    package var cases: Int

    /// The options with which a log is simulated as it is.
    package func options(replications: Int = 20, seed: UInt64 = 1, threads: Int = 1) -> SimulationOptions {
        SimulationOptions(cases: cases, replications: replications, start: start, seed: seed, threads: threads)
    }
}

extension SimulationModel {
    /// Learns a model from a log.
    ///
    /// - Throws: ``FitError`` where the log has nothing to learn from; `CancellationError` when the user has asked to stop.
    package static func fit(
        log: EventLog, options: FitOptions = FitOptions(), monitor: some WorkMonitor = SilentMonitor()
    ) throws -> FittedModel {
        let fit = try ModelFit(log, options)
        var fitted = fit.fitted()
        try monitor.checkCancellation()
        if options.comparesMemoryless {
            var run = fitted.options(replications: 5, seed: options.seed, threads: options.threads)
            run.detail = .cases
            let own = try Simulator.run(fitted.model, options: run, monitor: monitor).estimate(of: .cycleTimeMean)
            let other = try Simulator.run(fitted.memoryless, options: run, monitor: monitor).estimate(of: .cycleTimeMean)
            if let own, let other, own.value > 0 { fitted.report.memorylessCycleTimeChange = other.value / own.value - 1 }
        }
        return fitted
    }
}
