package import EventLogs
import Instants
import Statistics
import WorkingTime

/// How a model is learnt.
package struct FitOptions: Sendable, Equatable {
    /// The activities that end a case; nil for those that the log shows.
    package var endActivities: [String]?
    /// What tells this fit's random numbers from others'.
    package var seed: UInt64
    /// How many threads simulate; results do not depend on it.
    package var threads: Int
    /// Whether to find out by how much the model differs that scenarios of Prosimos can hold.
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
    /// The nearest model without memory: a graph of tasks and exclusive gateways, with the same people and hours; bundles of cases come with
    /// random working time between them.
    package var memoryless: SimulationModel
    /// On what every part stands.
    package var report: FitReport
    /// The first start of the log, in microseconds: when a simulation of the log begins.
    package var start: Int64
    /// How many cases the log has: as many as a simulation of the log makes.
    package var cases: Int

    /// When each case of the log came, in microseconds, in order.
    package var arrivals: [Int64]

    /// The model for cases that come from `start` on: the arrivals of the log, replayed on the same weekdays and at the same times of day.
    package func model(startingAt start: Int64) -> SimulationModel {
        guard case .instants = model.arrivals.process, let first = arrivals.first, let last = arrivals.last else { return model }
        var result = model
        // Everything is moved by whole weeks, so that it begins within a week after the start.
        let lag = ((first - start) % WeeklyHours.week + WeeklyHours.week) % WeeklyHours.week
        result.arrivals = Arrivals(
            .instants(arrivals.map { $0 - first + lag }), blocks: Self.blocks(length: last - first + lag), scale: model.arrivals.scale)
        return result
    }

    /// The bounds of the stretches that replications draw: whole weeks where the log has four of them, else whole days; of
    /// five units where there are twenty. Empty where the log is too short.
    static func blocks(length: Int64) -> [Int64] {
        for unit in [WeeklyHours.week, Microseconds.day] {
            let units = length / unit + 1
            if units < 4 { continue }
            let count = max(4, units / longestStretch)
            return (0...count).map { $0 * units / count * unit }
        }
        return []
    }

    /// In weeks. Crowds last: in shorter stretches busy times of the log would be torn apart, longer ones leave too few to draw from.
    private static let longestStretch: Int64 = 5

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
            let other = fitted.plain()
            let own = try Simulator.run(fitted.model, options: run, monitor: monitor).estimate(of: .cycleTimeMean)
            let memoryless = try Simulator.run(other, options: run, monitor: monitor).estimate(of: .cycleTimeMean)
            if let own, let memoryless, own.value > 0 { fitted.report.memorylessCycleTimeChange = memoryless.value / own.value - 1 }
        }
        return fitted
    }
}
