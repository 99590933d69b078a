package import EventLogs
import Instants
package import Statistics

/// How long activities wait where branches that ran beside each other come together.
///
/// The predecessors of an instance are the earlier instances of its case that it may have waited for: complete before its start (its
/// completion where that is unknown), of activities that do not run beside its own, and none of them a predecessor of another. Its
/// **sojourn** runs from the last of their completions to its own; **synchronization** from the first to the last of them, the time that
/// finished branches waited for the last one; **pooling**, where several predecessors are of one activity, from the first to the last of
/// these (the longest over the activities). On a sequential log both are 0 and the sojourn is completion − previous completion.
///
/// After Park, Adams, van der Aalst: "OPerA: Object-Centric Performance Analysis", ER 2022, arXiv:2204.10662, where the branches are
/// objects; here they are the activities of a case.
package struct JoinTimes: Codable, Sendable, Equatable {
    /// One activity.
    package struct Activity: Codable, Sendable, Equatable {
        /// The activity.
        package var name: String
        /// Last completion of the predecessors to own completion, of instances that have predecessors.
        package var sojourn: TimeStatistics?
        /// First to last completion of the predecessors, of instances with two or more.
        package var synchronization: TimeStatistics?
        /// First to last completion of the predecessors of one activity, of instances with two or more of one.
        package var pooling: TimeStatistics?
    }

    /// What tells which activities run beside each other.
    package var concurrency: ConcurrencyRelation.Method
    /// The pairs that do.
    package var concurrent: [[String]]
    /// The activities that have predecessors, by the UTF-8 bytes of their names.
    package var activities: [Activity]

    /// How many earlier instances of a case are looked at.
    private static let reach = 64

    /// The times of a log.
    ///
    /// - Parameter concurrency: what runs beside what; nil for what the log's successions tell.
    package init(of log: EventLog, concurrency: ConcurrencyRelation? = nil) {
        let relation = concurrency ?? ConcurrencyRelation(toldBy: log)
        let instances = log.instances
        var sojourn = [[Int64]](repeating: [], count: log.activities.count)
        var synchronization = sojourn
        var pooling = sojourn
        var predecessors: [Int] = []
        // Bit k of an instance's ancestors stands for the one k + 1 places before.
        var ancestors: [UInt64] = []
        for range in log.instanceRanges {
            ancestors.removeAll(keepingCapacity: true)
            for instance in range {
                predecessors.removeAll(keepingCapacity: true)
                let completion = instances.completion[instance]
                let start = instances.startTime(instance)
                let begin = start == Instant.missing ? completion : start
                let activity = instances.activity[instance]
                var covered: UInt64 = 0
                if begin != Instant.missing {
                    for back in 1...Self.reach where instance - back >= range.lowerBound {
                        let other = instance - back
                        let time = instances.completion[other]
                        if covered & (1 << UInt64(back - 1)) != 0 || time == Instant.missing || time > begin { continue }
                        if relation.callsConcurrent(activity, instances.activity[other]) { continue }
                        predecessors.append(other)
                        covered |= 1 << UInt64(back - 1)
                        if back < 64 { covered |= ancestors[other - range.lowerBound] << UInt64(back) }
                    }
                }
                ancestors.append(covered)
                guard let last = predecessors.first, completion != Instant.missing else { continue }
                let own = Int(activity)
                sojourn[own].append(completion - instances.completion[last])
                if predecessors.count < 2 { continue }
                synchronization[own].append(instances.completion[last] - instances.completion[predecessors[predecessors.count - 1]])
                var longest = Instant.missing
                for (place, one) in predecessors.enumerated() {
                    for other in predecessors[(place + 1)...] where instances.activity[other] == instances.activity[one] {
                        longest = Swift.max(longest, instances.completion[one] - instances.completion[other])
                    }
                }
                if longest != Instant.missing { pooling[own].append(longest) }
            }
        }
        let names = log.activities
        self.concurrency = relation.method
        concurrent = relation.pairs.map { [names[$0.first], names[$0.second]] }
        activities = names.ids.filter { !sojourn[Int($0)].isEmpty }.sorted { names.precedes($0, $1) }.map { id in
            Activity(
                name: names[id], sojourn: TimeStatistics(microseconds: sojourn[Int(id)]),
                synchronization: TimeStatistics(microseconds: synchronization[Int(id)]),
                pooling: TimeStatistics(microseconds: pooling[Int(id)]))
        }
    }
}
