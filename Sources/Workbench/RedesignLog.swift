package import EventLogs
import Indicators
package import Redesign
package import Reports
package import Simulation

/// What a plan would gain: a model is learnt from a log and tested, then run as it is and as the plan changes it.
package struct RedesignLog: Sendable {
    /// What to change, and how to find out.
    package struct Request: Sendable {
        /// The log.
        package var log: OpenedLog
        /// The plan.
        package var plan: RedesignPlan
        /// The plan's file with its checksum.
        package var planInput: Provenance.Input
        /// The part of the log that is learnt from; nil for all of it.
        package var part: EventLog?
        /// How both models are run: replications are pairs.
        package var run: LearntModel.Run
        /// The declared end activities; nil for those that the log shows.
        package var endActivities: [String]?
        /// The seed of everything random.
        package var seed: Int
        /// How many threads to use; results do not depend on it.
        package var threads: Int

        /// A request with these parts.
        package init(
            log: OpenedLog, part: EventLog? = nil, plan: RedesignPlan, planInput: Provenance.Input,
            run: LearntModel.Run = LearntModel.Run(), endActivities: [String]? = nil, seed: Int = 1, threads: Int = 1
        ) {
            self.log = log
            self.part = part
            self.plan = plan
            self.planInput = planInput
            self.run = run
            self.endActivities = endActivities
            self.seed = seed
            self.threads = threads
        }
    }

    /// What a program reads: the redesign's figures with the back-test behind them.
    package struct Result: Encodable, Sendable {
        /// What the plan would gain.
        package let redesign: RedesignResult
        /// How far to believe it.
        package let backtest: Backtest
        /// What the flow to be shows of each change; nil where none was asked for.
        package var flow: [RedesignedFlow.Shown]?

        private enum CodingKeys: String, CodingKey {
            case backtest, flow
        }

        package func encode(to encoder: any Encoder) throws {
            try redesign.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(backtest, forKey: .backtest)
            if let flow { try container.encode(flow, forKey: .flow) }
        }
    }

    /// What the plan would gain, and how far to believe it.
    package var result: Result
    /// The runs behind the figures.
    package let experiment: Experiment
    /// The learnt model, and on what it stands.
    package let fitted: FittedModel
    /// What the result rests on.
    package let provenance: Provenance

    /// The model as the plan changes it.
    package var changedModel: SimulationModel { experiment.pair.changed.model }

    /// Learns, tests, changes and simulates.
    ///
    /// - Throws: `PlanError` where the plan does not fit the process, `FitError` where nothing can be learnt, `CancellationError` where the
    ///   monitor says so.
    package init(_ request: Request, monitor: some WorkMonitor) throws {
        let log = request.part ?? request.log.log
        let options = FitOptions(
            endActivities: request.endActivities, seed: UInt64(request.seed), threads: request.threads, comparesMemoryless: false)
        let fitted = try SimulationModel.fit(log: log, options: options, monitor: monitor)
        let model = request.run.start.map { fitted.model(startingAt: $0) } ?? fitted.model
        // A plan that does not fit is refused before anybody waits.
        _ = try request.plan.applied(to: model)
        let backtest = try Backtest.of(log, options: options, monitor: monitor)
        var simulation = fitted.options(replications: request.run.replications, seed: UInt64(request.seed), threads: request.threads)
        if let cases = request.run.cases { simulation.cases = cases }
        if let start = request.run.start { simulation.start = start }
        simulation.warmUp = request.run.warmUp
        simulation.detail = .cases
        let experiment = try Experiment(
            request.plan, on: model, options: Experiment.Options(simulation: simulation, rates: request.run.rates), monitor: monitor)
        self.fitted = fitted
        self.experiment = experiment
        result = Result(redesign: experiment.result, backtest: backtest)
        var provenance = request.log.provenance(seed: request.seed)
        provenance.inputs.append(request.planInput)
        self.provenance = provenance
    }
}
