import Indicators
package import Simulation
package import Statistics

/// What a redesign would gain: what `weir redesign` shows.
package struct RedesignResult: Codable, Sendable, Equatable {
    /// One figure as it is and as it would be; nil where a simulation cannot tell it.
    package struct Delta: Codable, Sendable, Equatable {
        /// Whether the change is good.
        package enum Verdict: String, Codable, Sendable {
            /// The interval of the change lies on the good side of 0.
            case better
            /// The interval of the change lies on the bad side of 0.
            case worse
            /// The interval holds 0.
            case noDifference = "no_difference"
        }

        /// The full name of the figure, such as `cycle_time.p90`.
        package let kpi: String
        /// Its unit: `s`, `cases/day`, `share`, or for money the currency, `money` where none is named.
        package let unit: String
        /// As it is: the mean over replications.
        package let baseline: Double?
        /// As it would be.
        package let redesigned: Double?
        /// Redesigned − baseline.
        package let changeAbsolute: Double?
        /// Its interval over the paired replications; nil where there is only one.
        package let changeAbsoluteCi95: Interval?
        /// Redesigned ÷ baseline − 1; nil where the baseline is 0.
        package let changeRelative: Double?
        /// Its interval.
        package let changeRelativeCi95: Interval?
        /// How good it is; nil where nothing tells.
        package let verdict: Verdict?
        /// How many times as many replications it would take without common random numbers; nil where nothing varies.
        package let varianceReduction: Double?
    }

    /// How a goal of the plan stands.
    package struct Goal: Codable, Sendable, Equatable {
        /// The full name of the figure.
        package let kpi: String
        /// The goal as the plan says it: `change <= -40%`.
        package let goal: String
        /// How it stands.
        package let verdict: PlanGoal.Verdict
    }

    /// What one change contributes.
    package struct Credit: Codable, Sendable, Equatable {
        /// The change, by its place in the plan, from 1.
        package let change: Int
        /// The full name of the figure.
        package let kpi: String
        /// By how much it makes the figure better, in the figure's unit; negative where worse.
        package let gain: Double?
        /// Its interval.
        package let gainCi95: Interval?
    }

    /// The work of a role's people before and after; systems are not listed.
    package struct Role: Codable, Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// How many people it has.
        package let resources: Int
        /// How many it would have.
        package let resourcesRedesigned: Int
        /// Worked over available time as it is.
        package let utilization: Double?
        /// Its interval.
        package let utilizationCi95: Interval?
        /// Worked over available time as it would be.
        package let utilizationRedesigned: Double?
        /// Its interval.
        package let utilizationRedesignedCi95: Interval?
    }

    /// The cycle times of all replications together, before and after, as type 7 quantiles.
    package struct Distribution: Codable, Sendable, Equatable {
        /// The probabilities 0.01, 0.02, …, 0.99.
        package let probabilities: [Double]
        /// The cycle times as it is, in seconds; empty where no case did anything.
        package let baselineS: [Double]
        /// The cycle times as it would be.
        package let redesignedS: [Double]
    }

    /// What the plan is called.
    package let plan: String?
    /// The changes as the plan says them.
    package let changes: [String]
    /// Cases per replication.
    package let cases: Int
    /// How many pairs of runs there were.
    package let replications: Int
    /// Cases per replication that came before the ones that count.
    package let warmUpCases: Int
    /// The figures as it is.
    package let baseline: SimulationResult.KPIs
    /// The figures as it would be.
    package let redesigned: SimulationResult.KPIs
    /// The changes: those that every comparison lists, then those of the goals.
    package let delta: [Delta]
    /// How the goals stand, in the order of the plan.
    package let goals: [Goal]
    /// How many times as many replications the change of the mean cycle time would take without common random numbers.
    package let varianceReduction: Double?
    /// How the gain was shared out; nil where it was not.
    package let creditMethod: ChangeCredit.Method?
    /// What each change contributes, by change, then as `delta`. The gains of a figure sum to its change.
    package let credit: [Credit]
    /// The work of the roles, in the order of the model.
    package let roles: [Role]
    /// The two distributions of cycle times.
    package let cycleTimes: Distribution

    /// The figures that are listed.
    static func kpis(of plan: RedesignPlan) -> [SimulationKPI] {
        var kpis = KPIName.compared.compactMap { SimulationKPI(rawValue: $0.text) }
        for goal in plan.goals where !kpis.contains(goal.kpi) { kpis.append(goal.kpi) }
        return kpis
    }

    init(plan: RedesignPlan, pair: PairedExperiment, kpis: [SimulationKPI], credit: ChangeCredit?, currency: String?) {
        let before = SimulationResult(pair.baseline)
        let after = SimulationResult(pair.changed)
        self.plan = plan.name
        changes = plan.changes.map(\.yaml)
        cases = before.cases
        replications = before.replications
        warmUpCases = before.warmUpCases
        baseline = before.kpis
        redesigned = after.kpis
        let found = kpis.map { pair.change(of: $0) }
        delta = zip(kpis, found).map { Self.delta($0, $1, currency) }
        goals = plan.goals.map { goal in
            let change = kpis.firstIndex(of: goal.kpi).flatMap { found[$0] }
            return Goal(kpi: goal.kpi.rawValue, goal: "\(goal.key) \(goal.text)", verdict: goal.verdict(change))
        }
        varianceReduction = found.first.flatMap { $0?.varianceReduction }
        creditMethod = credit?.method
        self.credit = (credit?.shares ?? []).enumerated().flatMap { number, shares in
            zip(kpis, shares).map { Self.credit(number + 1, $0, $1) }
        }
        roles = Self.roles(before, after)
        cycleTimes = Self.distribution(pair)
    }

    private static func isLowerBetter(_ kpi: SimulationKPI) -> Bool { kpi != .throughputMean }

    private static func unit(_ kpi: SimulationKPI, _ currency: String?) -> String {
        (try? KPIName(parsing: kpi.rawValue))?.unit(currency: currency) ?? ""
    }

    private static func delta(_ kpi: SimulationKPI, _ change: PairedExperiment.Change?, _ currency: String?) -> Delta {
        let verdict = change?.absolute.ci95.map { interval -> Delta.Verdict in
            if interval.contains(0) { return .noDifference }
            return (interval.high < 0) == isLowerBetter(kpi) ? .better : .worse
        }
        return Delta(
            kpi: kpi.rawValue, unit: unit(kpi, currency), baseline: change?.baseline.value, redesigned: change?.changed.value,
            changeAbsolute: change?.absolute.value, changeAbsoluteCi95: change?.absolute.ci95, changeRelative: change?.relative?.value,
            changeRelativeCi95: change?.relative?.ci95, verdict: verdict, varianceReduction: change?.varianceReduction)
    }

    private static func credit(_ change: Int, _ kpi: SimulationKPI, _ share: [Double]?) -> Credit {
        let estimate = share.flatMap { Estimate.mean(of: $0) }?.scaled(by: isLowerBetter(kpi) ? -1 : 1)
        return Credit(change: change, kpi: kpi.rawValue, gain: estimate?.value, gainCi95: estimate?.ci95)
    }

    private static func roles(_ before: SimulationResult, _ after: SimulationResult) -> [Role] {
        before.roles.map { role in
            let changed = after.roles.first { $0.name == role.name }
            return Role(
                name: role.name, resources: role.resources, resourcesRedesigned: changed?.resources ?? 0, utilization: role.utilization,
                utilizationCi95: role.utilizationCi95, utilizationRedesigned: changed?.utilization,
                utilizationRedesignedCi95: changed?.utilizationCi95)
        }
    }

    private static func distribution(_ pair: PairedExperiment) -> Distribution {
        let probabilities = (1...99).map { Double($0) / 100 }
        let quantiles: (SimulationRun) -> [Double] = { run in
            let pooled = run.replications.flatMap(\.cycle).filter { $0 >= 0 }.sorted()
            return probabilities.compactMap { Quantiles.quantile($0, ofSorted: pooled) }.map { $0 / 1e6 }
        }
        return Distribution(probabilities: probabilities, baselineS: quantiles(pair.baseline), redesignedS: quantiles(pair.changed))
    }
}
