package import EventLogs
package import Indicators
package import Simulation
import Statistics

/// A process as it is beside the process as a plan changes it, on common random numbers.
///
/// Replication r of both sees the same arrivals, cases, routes and durations wherever both have them, so that what differs comes from
/// the plan. Every change and every credit is estimated from the differences within replications (Law: "Simulation Modeling and
/// Analysis", 2015, chapters 10 and 11), with Student's t intervals over the replications, which are independent.
package struct Experiment: Sendable {
    /// How an experiment is made.
    package struct Options: Sendable {
        /// How both models are run; without open cases.
        package var simulation: SimulationOptions
        /// What work costs; nil where the model says, or nothing does.
        package var rates: Rates?
        /// Whether the gain is shared out among the changes, which takes further runs.
        package var sharesCredit: Bool

        /// How an experiment is made.
        package init(simulation: SimulationOptions, rates: Rates? = nil, sharesCredit: Bool = true) {
            self.simulation = simulation
            self.rates = rates
            self.sharesCredit = sharesCredit
        }
    }

    /// The plan.
    package let plan: RedesignPlan
    /// The runs as it is and as it would be.
    package let pair: PairedExperiment
    /// What came of it.
    package let result: RedesignResult

    /// Runs a model as it is and as a plan changes it.
    ///
    /// - Throws: ``PlanError`` for a plan that does not fit the model, `SimulationModelError` for a model that cannot run, and
    ///   `CancellationError` when the user has asked to stop.
    package init(
        _ plan: RedesignPlan, on model: SimulationModel, options: Options, monitor: some WorkMonitor = SilentMonitor()
    ) throws {
        precondition(options.simulation.openCases.isEmpty, "open cases follow the steps of one model")
        let baseline = options.rates.map { model.priced(by: $0) } ?? model
        var changed = try plan.applied(to: model)
        if let rates = options.rates { changed = changed.priced(by: rates) }
        self.plan = plan
        pair = PairedExperiment(
            baseline: try Simulator.run(baseline, options: options.simulation, monitor: monitor),
            changed: try Simulator.run(changed, options: options.simulation, monitor: monitor))
        let kpis = RedesignResult.kpis(of: plan)
        var credit: ChangeCredit?
        if options.sharesCredit {
            credit = try ChangeCredit(plan, kpis: kpis, pair: pair, model: model, options: options, monitor: monitor)
        }
        result = RedesignResult(plan: plan, pair: pair, kpis: kpis, credit: credit, currency: options.rates?.currency)
    }
}

extension SimulationModel {
    /// The model with these rates in the place of its own: an hour of somebody's work costs what the role's rate says, nothing where
    /// it has none, and an execution of an activity what the activity's rate says.
    package func priced(by rates: Rates) -> SimulationModel {
        var model = self
        for place in model.resources.indices { model.resources[place].costPerHour = rates.roles[roles[resources[place].role].name] ?? 0 }
        for place in model.activities.indices { model.activities[place].fixedCost = rates.activities[activities[place].name] ?? 0 }
        return model
    }
}
