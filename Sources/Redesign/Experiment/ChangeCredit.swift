import EventLogs
import Simulation
import Statistics

/// How the gain of a plan is shared out among its changes.
///
/// The gain of a change depends on what was changed before it. Up to four changes get their Shapley values, the mean over all orders
/// in which the plan could be carried out (Shapley: "A value for n-person games", 1953); more changes the mean over the plan's order
/// and its reverse. Both share out exactly the whole gain. Every order is valued within each replication, so that the intervals are
/// those of paired differences. A change that does not fit without an earlier one has no effect until that is made.
package struct ChangeCredit: Sendable {
    /// How it was shared out.
    package enum Method: String, Sendable, Codable {
        /// The mean over all orders.
        case shapley
        /// The mean over the plan's order and its reverse.
        case bothWays = "both_ways"
    }

    /// From this many changes on only two orders are valued.
    static let mostForAllOrders = 4

    /// How it was shared out.
    package let method: Method
    /// By change, by figure: the change of the figure that is due to it, per replication; nil where the figure is unknown.
    let shares: [[[Double]?]]

    init(
        _ plan: RedesignPlan, kpis: [SimulationKPI], pair: PairedExperiment, model: SimulationModel, options: Experiment.Options,
        monitor: some WorkMonitor
    ) throws {
        let count = plan.changes.count
        method = count <= Self.mostForAllOrders ? .shapley : .bothWays
        var values = [[Int](): Self.values(of: pair.baseline, kpis)]
        values[Array(0..<count)] = Self.values(of: pair.changed, kpis)
        func value(_ subset: [Int]) throws -> [[Double]?] {
            if let known = values[subset] { return known }
            var sized = options
            sized.simulation.detail = .cases
            let own = Self.values(of: try Experiment.run(plan.applied(subset, to: model), sized, monitor), kpis)
            values[subset] = own
            return own
        }
        let replications = pair.baseline.replications.count
        var shares = [[[Double]?]](
            repeating: [[Double]?](repeating: [Double](repeating: 0, count: replications), count: kpis.count), count: count)
        for change in 0..<count {
            for (subset, weight) in Self.contexts(of: change, among: count, method) {
                let without = try value(subset)
                let with = try value((subset + [change]).sorted())
                for kpi in kpis.indices {
                    guard let before = without[kpi], let after = with[kpi], var sums = shares[change][kpi] else {
                        shares[change][kpi] = nil
                        continue
                    }
                    for replication in 0..<replications { sums[replication] += weight * (after[replication] - before[replication]) }
                    shares[change][kpi] = sums
                }
            }
        }
        self.shares = shares
    }

    /// The sets of other changes that come before a change, each with its weight; the weights sum to 1.
    private static func contexts(of change: Int, among count: Int, _ method: Method) -> [(subset: [Int], weight: Double)] {
        if method == .bothWays { return [(Array(0..<change), 0.5), (Array((change + 1)..<count), 0.5)] }
        let others = (0..<count).filter { $0 != change }
        return (0..<(1 << others.count)).map { mask in
            let subset = others.indices.filter { mask >> $0 & 1 == 1 }.map { others[$0] }
            // |S|! (n − |S| − 1)! ÷ n! is 1 ÷ (n · C(n − 1, |S|)).
            var ways = 1.0
            for step in 0..<subset.count { ways *= Double(others.count - step) / Double(step + 1) }
            return (subset, 1 / (Double(count) * ways))
        }
    }

    /// Per figure its value in each replication; nil where one of them cannot tell it.
    private static func values(of run: SimulationRun, _ kpis: [SimulationKPI]) -> [[Double]?] {
        kpis.map { kpi in
            let values = run.replications.compactMap { $0.value(of: kpi) }
            return values.count == run.replications.count ? values : nil
        }
    }
}
