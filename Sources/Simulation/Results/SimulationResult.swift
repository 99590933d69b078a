import Instants
package import Statistics

/// What a simulation says, over all its replications: what `weir simulate` shows.
///
/// Intervals are Student's t over the replications, which are independent; they are nil where there is only one.
package struct SimulationResult: Codable, Sendable, Equatable {
    /// A time per case.
    package struct TimeFigures: Codable, Sendable, Equatable {
        /// The mean over replications of the mean, in seconds.
        package let meanS: Double?
        /// Its interval.
        package let meanCi95: Interval?
        /// The mean over replications of the median, in seconds.
        package let medianS: Double?
        /// Its interval.
        package let medianCi95: Interval?
        /// The mean over replications of the 0.9 quantile, in seconds.
        package let p90S: Double?
        /// Its interval.
        package let p90Ci95: Interval?
    }

    /// Money per case.
    package struct CostFigures: Codable, Sendable, Equatable {
        /// The mean over replications of the mean.
        package let mean: Double?
        /// Its interval.
        package let meanCi95: Interval?
    }

    /// Completed cases per day.
    package struct ThroughputFigures: Codable, Sendable, Equatable {
        /// The mean over replications.
        package let meanPerDay: Double?
        /// Its interval.
        package let meanPerDayCi95: Interval?
    }

    /// The figures of cases.
    package struct KPIs: Codable, Sendable, Equatable {
        /// From the start of a case to its last completion.
        package let cycleTime: TimeFigures
        /// The sum of the waits of its instances.
        package let waitingTime: TimeFigures
        /// The length of the union of its instances.
        package let serviceTime: TimeFigures
        /// What it costs.
        package let cost: CostFigures
        /// How many are completed.
        package let throughput: ThroughputFigures
    }

    /// An activity's instances over all replications together.
    package struct ActivityFigures: Codable, Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// How many instances there were in all replications.
        package let instances: Int
        /// From start to completion.
        package let service: TimeStatistics?
        /// From enablement to start.
        package let waiting: TimeStatistics?
    }

    /// Somebody's work.
    package struct ResourceFigures: Codable, Sendable, Equatable {
        /// Who.
        package let name: String
        /// In which role.
        package let role: String
        /// Worked over available time, the mean over replications; nil where no hour was available.
        package let utilization: Double?
        /// Its interval.
        package let utilizationCi95: Interval?
        /// Working time within the hours, the mean over replications, in seconds.
        package let workedS: Double
        /// Hours between the first start and the last completion, the mean over replications, in seconds.
        package let availableS: Double
    }

    /// The work of a role's resources together; systems are not listed.
    package struct RoleFigures: Codable, Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// How many resources it has.
        package let resources: Int
        /// Worked over available time of all of them, the mean over replications.
        package let utilization: Double?
        /// Its interval.
        package let utilizationCi95: Interval?
    }

    /// Cases per replication that count.
    package let cases: Int
    /// Activity instances of those cases in all replications.
    package let instances: Int
    /// Events that the engine handled in all replications.
    package let events: Int
    /// How many independent runs there were.
    package let replications: Int
    /// Cases per replication that came before the ones that count.
    package let warmUpCases: Int
    /// Cases of all replications that never ended, or ended with a token stuck: a model without such cases is sound.
    package let unsoundCases: Int
    /// The figures of cases.
    package let kpis: KPIs
    /// By activity, in the order of the model.
    package let activities: [ActivityFigures]
    /// By resource, in the order of the model.
    package let resources: [ResourceFigures]
    /// By role, in the order of the model.
    package let roles: [RoleFigures]
    /// From when on cases count.
    package let caseStart: SimulationOptions.CaseStart

    /// The result of a run.
    package init(_ run: SimulationRun) {
        let outcomes = run.replications
        let estimate: (SimulationKPI) -> Estimate? = { run.estimate(of: $0) }
        let times: (SimulationKPI, SimulationKPI, SimulationKPI) -> TimeFigures = { mean, median, p90 in
            let figures = [estimate(mean), estimate(median), estimate(p90)]
            return TimeFigures(
                meanS: figures[0]?.value, meanCi95: figures[0]?.ci95, medianS: figures[1]?.value, medianCi95: figures[1]?.ci95,
                p90S: figures[2]?.value, p90Ci95: figures[2]?.ci95)
        }
        cases = run.options.cases
        instances = outcomes.reduce(0) { $0 + $1.instanceCount }
        events = outcomes.reduce(0) { $0 + $1.eventCount }
        replications = outcomes.count
        warmUpCases = run.options.warmUp
        unsoundCases = outcomes.reduce(0) { $0 + $1.unfinished + $1.stuck }
        let cost = estimate(.costMean)
        let throughput = estimate(.throughputMean)
        kpis = KPIs(
            cycleTime: times(.cycleTimeMean, .cycleTimeMedian, .cycleTimeP90),
            waitingTime: times(.waitingTimeMean, .waitingTimeMedian, .waitingTimeP90),
            serviceTime: times(.serviceTimeMean, .serviceTimeMedian, .serviceTimeP90),
            cost: CostFigures(mean: cost?.value, meanCi95: cost?.ci95),
            throughput: ThroughputFigures(meanPerDay: throughput?.value, meanPerDayCi95: throughput?.ci95))
        activities = Self.activities(run)
        resources = run.model.resources.indices.map { Self.resource($0, run) }
        roles = run.model.roles.indices.filter { !run.model.roles[$0].isSystem }.map { Self.role($0, run) }
        caseStart = run.options.caseStart
    }

    private static func activities(_ run: SimulationRun) -> [ActivityFigures] {
        let count = run.model.activities.count
        var durations = [[Int64]](repeating: [], count: count)
        var waits = durations
        for outcome in run.replications {
            for row in 0..<outcome.instances.count {
                let activity = Int(outcome.instances.activity[row])
                durations[activity].append(outcome.instances.duration[row])
                waits[activity].append(outcome.instances.waiting[row])
            }
        }
        return (0..<count).map { activity in
            ActivityFigures(
                name: run.model.activities[activity].name, instances: durations[activity].count,
                service: TimeStatistics(microseconds: durations[activity]), waiting: TimeStatistics(microseconds: waits[activity]))
        }
    }

    private static func resource(_ resource: Int, _ run: SimulationRun) -> ResourceFigures {
        let own = run.model.resources[resource]
        let utilization = run.utilization(of: [resource])
        let count = Double(max(run.replications.count, 1))
        return ResourceFigures(
            name: own.name, role: run.model.roles[own.role].name, utilization: utilization?.value, utilizationCi95: utilization?.ci95,
            workedS: run.replications.reduce(0.0) { $0 + Double($1.worked[resource]) } / count / 1e6,
            availableS: run.replications.reduce(0.0) { $0 + Double($1.available[resource]) } / count / 1e6)
    }

    private static func role(_ role: Int, _ run: SimulationRun) -> RoleFigures {
        let members = run.model.resources(of: role)
        let utilization = run.utilization(of: members)
        return RoleFigures(
            name: run.model.roles[role].name, resources: members.count, utilization: utilization?.value,
            utilizationCi95: utilization?.ci95)
    }
}

extension SimulationRun {
    /// A figure over the replications, with its interval; nil where any of them cannot tell it.
    package func estimate(of kpi: SimulationKPI) -> Estimate? {
        let values = replications.compactMap { $0.value(of: kpi) }
        return values.count == replications.count ? Estimate.mean(of: values) : nil
    }

    /// Worked over available time of some resources together, over the replications.
    package func utilization(of resources: [Int]) -> Estimate? {
        var values: [Double] = []
        for outcome in replications {
            let available = resources.reduce(Int64(0)) { $0 + outcome.available[$1] }
            if available <= 0 { return nil }
            values.append(Double(resources.reduce(Int64(0)) { $0 + outcome.worked[$1] }) / Double(available))
        }
        return Estimate.mean(of: values)
    }
}
