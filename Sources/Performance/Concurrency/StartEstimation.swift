package import EventLogs
import Instants
package import Statistics

/// Starts for the instances of a log that records only their completions, and how many were estimated by what.
///
/// An instance can have begun once what it waits for in its case was complete, and once its resource had completed what it did before: the
/// later of the latest earlier completion in its case of an activity that does not run beside it, and of its resource's previous
/// completion. Where only one is known, that is it; where neither is, the median duration of its activity counts back from its completion,
/// if at least five others tell one; else the start stays unknown. Where people do one thing at a time these are the earliest starts
/// possible, so service times come out long and waiting short: pauses, and time outside hours, count as work.
///
/// The method is that of Chapela-Campa, Dumas: "Repairing Activity Start Times to Improve Business Process Simulation", arXiv:2208.12224,
/// without its detection of outliers and of resources that work by themselves.
package struct StartEstimation: Sendable {
    /// What the start of an instance rests on.
    package enum Basis: UInt8, Sendable {
        /// It is recorded.
        case recorded
        /// The completion of what enabled it.
        case enablement
        /// The previous completion of its resource.
        case resource
        /// The median duration of its activity.
        case median
        /// Nothing: it is unknown.
        case unknown
    }

    /// The starts by instance; missing where unknown.
    package let starts: [Int64]
    /// What each rests on; ``Basis/unknown`` for instances outside the view.
    package let basis: [Basis]
    /// What runs beside what.
    package let concurrency: ConcurrencyRelation

    /// The fewest durations that tell a median.
    private static let fewest = 5

    /// The starts of a log.
    ///
    /// - Parameter concurrency: what runs beside what; nil for what the log's successions tell.
    /// - Complexity: O(n log n) for n instances; in a case, more where many concurrent activities follow one another.
    package init(of log: EventLog, concurrency: ConcurrencyRelation? = nil) {
        let relation = concurrency ?? ConcurrencyRelation(toldBy: log)
        let instances = log.instances
        var starts = [Int64](repeating: Instant.missing, count: instances.count)
        var basis = [Basis](repeating: .unknown, count: instances.count)
        let before = Self.previousCompletions(of: log)
        var durations = [[Int64]](repeating: [], count: log.activities.count)
        for range in log.instanceRanges {
            for instance in range {
                let activity = instances.activity[instance]
                let completion = instances.completion[instance]
                let recorded = instances.startTime(instance)
                if recorded != Instant.missing {
                    starts[instance] = recorded
                    basis[instance] = .recorded
                } else if completion != Instant.missing {
                    var enabled = Instant.missing
                    var place = instance - 1
                    while place >= range.lowerBound {
                        if instances.completion[place] != Instant.missing && !relation.callsConcurrent(activity, instances.activity[place])
                        {
                            enabled = instances.completion[place]
                            break
                        }
                        place -= 1
                    }
                    let free = before[instance]
                    if enabled == Instant.missing && free == Instant.missing { continue }
                    // A missing instant is before all others.
                    starts[instance] = Swift.max(enabled, free)
                    basis[instance] = enabled >= free ? .enablement : .resource
                }
                if starts[instance] != Instant.missing && completion != Instant.missing {
                    durations[Int(activity)].append(completion - starts[instance])
                }
            }
        }
        let medians = durations.map { $0.count < Self.fewest ? nil : Quantiles.median(of: $0).map { Int64($0) } }
        for range in log.instanceRanges {
            for instance in range where starts[instance] == Instant.missing && instances.completion[instance] != Instant.missing {
                guard let median = medians[Int(instances.activity[instance])] else { continue }
                starts[instance] = instances.completion[instance] - median
                basis[instance] = .median
            }
        }
        self.starts = starts
        self.basis = basis
        self.concurrency = relation
    }

    /// Of each instance the latest completion of its resource before its own; missing where there is none.
    private static func previousCompletions(of log: EventLog) -> [Int64] {
        let instances = log.instances
        var before = [Int64](repeating: Instant.missing, count: instances.count)
        let work = WorkByResource(of: log)
        for resource in 0..<UInt32(work.resources) {
            let list = work.instances(of: resource).filter { instances.completion[Int($0)] != Instant.missing }
                .sorted { (instances.completion[Int($0)], $0) < (instances.completion[Int($1)], $1) }
            var (current, previous) = (Instant.missing, Instant.missing)
            for instance in list {
                let completion = instances.completion[Int(instance)]
                if completion != current { (previous, current) = (current, completion) }
                before[Int(instance)] = previous
            }
        }
        return before
    }
}

/// What estimating starts did to a log: how many, by what, and how the times changed.
package struct StartTimes: Codable, Sendable, Equatable {
    /// Instances whose start is recorded.
    package var recorded: Int
    /// Instances whose start was estimated.
    package var estimated: Int
    /// Instances whose start is unknown still.
    package var unknown: Int
    /// The share of all instances whose start was estimated, 0…1; nil where there are none.
    package var estimatedShare: Double?
    /// How: `enablement_and_resource`.
    package var method: String
    /// Starts that are the completion of what enabled the instance.
    package var byEnablement: Int
    /// Starts that are the previous completion of the resource.
    package var byResource: Int
    /// Starts counted back from the completion by the activity's median duration.
    package var byMedian: Int
    /// What tells which activities run beside each other.
    package var concurrency: ConcurrencyRelation.Method
    /// The pairs that do.
    package var concurrent: [[String]]
    /// Times per case as recorded.
    package var before: CaseFigures
    /// Times per case with the estimates.
    package var after: CaseFigures

    /// Times per case; nil where unknown.
    package struct CaseFigures: Codable, Sendable, Equatable {
        /// First start to last completion.
        package var cycleTime: TimeStatistics?
        /// Union of the instances' intervals.
        package var serviceTime: TimeStatistics?
        /// Sum of start − enablement.
        package var waitingTime: TimeStatistics?

        init(of log: EventLog) {
            let times = CaseTimes.of(log, endActivities: [])
            func statistics(_ values: [Int64]) -> TimeStatistics? {
                TimeStatistics(microseconds: values.filter { $0 != Instant.missing })
            }
            cycleTime = statistics(times.cycle)
            serviceTime = statistics(times.service)
            waitingTime = statistics(times.waiting)
        }
    }

    /// The log with estimated starts, and what that did.
    package static func estimating(_ log: EventLog, concurrency: ConcurrencyRelation? = nil) -> (log: EventLog, times: StartTimes) {
        let estimation = StartEstimation(of: log, concurrency: concurrency)
        let result = log.starting(at: estimation.starts)
        var counts = [Int](repeating: 0, count: 5)
        for range in log.instanceRanges {
            for instance in range { counts[Int(estimation.basis[instance].rawValue)] += 1 }
        }
        func count(_ basis: StartEstimation.Basis) -> Int { counts[Int(basis.rawValue)] }
        let estimated = count(.enablement) + count(.resource) + count(.median)
        let all = counts.reduce(0, +)
        let names = log.activities
        return (
            result,
            StartTimes(
                recorded: count(.recorded), estimated: estimated, unknown: count(.unknown),
                estimatedShare: all == 0 ? nil : Double(estimated) / Double(all), method: "enablement_and_resource",
                byEnablement: count(.enablement), byResource: count(.resource), byMedian: count(.median),
                concurrency: estimation.concurrency.method,
                concurrent: estimation.concurrency.pairs.map { [names[$0.first], names[$0.second]] }, before: CaseFigures(of: log),
                after: CaseFigures(of: result))
        )
    }
}
