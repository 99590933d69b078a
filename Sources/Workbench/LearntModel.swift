package import EventLogs
package import Indicators
import Instants
import ProcessModels
import Redesign
package import Reports
package import Simulation

/// A model learnt from a log, with its back-test: what `fit` writes and `simulate` runs.
package struct LearntModel: Sendable {
    /// What `fit` tells a program.
    package struct Fit: Encodable, Sendable {
        /// On what every part of the model stands.
        package let report: FitReport
        /// How far to believe it.
        package let backtest: Backtest

        private enum CodingKeys: String, CodingKey {
            case backtest
        }

        package func encode(to encoder: any Encoder) throws {
            try report.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(backtest, forKey: .backtest)
        }
    }

    /// How a learnt model is run.
    package struct Run: Sendable {
        /// Cases per replication; nil for as many as the log has.
        package var cases: Int?
        /// Cases that come before those that count.
        package var warmUp: Int
        /// Independent runs.
        package var replications: Int
        /// When the simulation begins, in microseconds; nil for the first start of the log.
        package var start: Int64?
        /// What work costs; nil where nothing says.
        package var rates: Rates?

        /// How a learnt model is run.
        package init(cases: Int? = nil, warmUp: Int = 0, replications: Int = 20, start: Int64? = nil, rates: Rates? = nil) {
            self.cases = cases
            self.warmUp = warmUp
            self.replications = replications
            self.start = start
            self.rates = rates
        }
    }

    /// The model, and on what it stands.
    package let fitted: FittedModel
    /// How far to believe it.
    package let backtest: Backtest
    /// What results of it rest on.
    package let provenance: Provenance
    private let seed: Int
    private let threads: Int

    /// Learns a model and tests it.
    ///
    /// - Throws: `FitError` where nothing can be learnt, `CancellationError` where the monitor says so.
    package init(
        _ opened: OpenedLog, endActivities: [String]?, comparesMemoryless: Bool, seed: Int, threads: Int, monitor: some WorkMonitor
    ) throws {
        let options = FitOptions(
            endActivities: endActivities, seed: UInt64(seed), threads: threads, comparesMemoryless: comparesMemoryless)
        fitted = try SimulationModel.fit(log: opened.log, options: options, monitor: monitor)
        backtest = try Backtest.of(opened.log, options: options, monitor: monitor)
        provenance = opened.provenance(seed: seed)
        self.seed = seed
        self.threads = threads
    }

    /// What `fit` tells.
    package var fit: Fit { Fit(report: fitted.report, backtest: backtest) }

    // MARK: Files

    /// The model without memory as BPMN 2.0, and the scenario that goes with it: its plain sections hold the model without memory, its
    /// section `weir` the whole model, for cases that come from a Monday on.
    ///
    /// - Throws: what the encoder throws for numbers that JSON does not have.
    package func files() throws -> (bpmn: String, scenario: String) {
        let plain = fitted.plain()
        guard case .graph(let graph) = plain.flow else { preconditionFailure("a model without memory is a graph") }
        let process = graph.process(id: "process") { plain.activities[$0].name }
        var scenario = Scenario(plain: plain, process: process)
        let monday = SimulateModel.usualStart - Int64(fitted.model.offset) * Microseconds.second
        scenario.own = fitted.model(startingAt: monday)
        return (BPMNModel(processes: [process]).xml(), try scenario.json())
    }

    // MARK: Runs

    private func options(_ run: Run) -> (model: SimulationModel, options: SimulationOptions) {
        var options = fitted.options(replications: run.replications, seed: UInt64(seed), threads: threads)
        if let cases = run.cases { options.cases = cases }
        options.warmUp = run.warmUp
        guard let start = run.start else { return (fitted.model, options) }
        options.start = start
        return (fitted.model(startingAt: start), options)
    }

    /// Simulates the process as it is; cases are measured as those of logs are.
    package func simulate(_ run: Run, monitor: some WorkMonitor) throws -> SimulateModel.Result {
        var (model, options) = options(run)
        if run.rates != nil { options.detail = .instances }
        var done = try Simulator.run(model, options: options, monitor: monitor)
        if let rates = run.rates { done = done.priced(by: rates) }
        let start = Instant(microseconds: options.start).iso8601(offset: model.offset)
        return SimulateModel.Result(simulation: SimulationResult(done), start: start, backtest: backtest, warnings: [])
    }

    /// The first replication as an event log.
    package func log(_ run: Run, monitor: some WorkMonitor) throws -> EventLog {
        var (model, options) = options(run)
        options.replications = 1
        options.detail = .instances
        return try Simulator.run(model, options: options, monitor: monitor).log(of: 0)
    }
}
