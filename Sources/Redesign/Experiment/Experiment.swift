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
        let changed = try plan.applied(to: model)
        self.plan = plan
        pair = PairedExperiment(
            baseline: try Self.run(model, options, monitor), changed: try Self.run(changed, options, monitor))
        let kpis = RedesignResult.kpis(of: plan)
        var credit: ChangeCredit?
        if options.sharesCredit {
            credit = try ChangeCredit(plan, kpis: kpis, pair: pair, model: model, options: options, monitor: monitor)
        }
        result = RedesignResult(plan: plan, pair: pair, kpis: kpis, credit: credit, currency: options.rates?.currency)
    }

    /// One side of an experiment: what its cases are and cost.
    static func run(_ model: SimulationModel, _ options: Options, _ monitor: some WorkMonitor) throws -> SimulationRun {
        guard let rates = options.rates else { return try Simulator.run(model, options: options.simulation, monitor: monitor) }
        var simulation = options.simulation
        simulation.detail = .instances
        var run = try Simulator.run(model, options: simulation, monitor: monitor).priced(by: rates)
        run.options.detail = .cases
        for replication in run.replications.indices { run.replications[replication].instances = SimulatedInstances() }
        return run
    }
}

extension SimulationRun {
    /// The run with what its cases cost by these rates in the place of the model's own prices, as logs are priced: for each
    /// instance the rate of its activity, and the hours from its start to its completion by the rate of who did it.
    ///
    /// The run must have kept its instances in full.
    package func priced(by rates: Rates) -> SimulationRun {
        precondition(options.detail == .instances, "prices need all of every instance")
        let fixed = model.activities.map { rates.activities[$0.name] ?? 0 }
        let hourly = model.roles.map { rates.roles[$0.name] ?? 0 }
        var run = self
        for replication in run.replications.indices {
            let outcome = run.replications[replication]
            let rows = outcome.instances
            var cost = [Double](repeating: 0, count: outcome.cycle.count)
            for row in 0..<rows.count {
                let resource = Int(rows.resource[row])
                let role = resource < 0 ? Int(rows.role[row]) : model.resources[resource].role
                cost[Int(rows.caseNumber[row])] += fixed[Int(rows.activity[row])] + hourly[role] * Double(rows.duration[row]) / 3.6e9
            }
            run.replications[replication].cost = cost
        }
        return run
    }
}
