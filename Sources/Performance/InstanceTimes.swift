package import EventLogs
import Instants

/// The times of activity instances, as columns beside the log's own: microseconds by the log's clock, ``Instant/missing`` where unknown.
///
/// Columns are as long as the log's columns of instances; those of cases outside the view are missing.
package struct InstanceTimes: Sendable, Equatable {
    /// Start − enablement of each instance whose start is known; empty where no start is known at all. An instance is enabled by
    /// the latest completion of another instance of its case that is not after its start, else by the case's first start.
    package let waiting: [Int64]
    /// Completion − previous completion in the case; missing for the first of a case.
    package let sojourn: [Int64]
    private let durations: [Int64]

    /// Completion − start of an instance.
    package func service(_ instance: Int) -> Int64 {
        durations.isEmpty ? Instant.missing : durations[instance]
    }

    /// The times of a log's instances.
    ///
    /// - Complexity: O(instances · log of the longest case).
    package init(of log: EventLog) {
        let instances = log.instances
        let readings = log.readings
        let hasStarts = !instances.start.isEmpty
        var waiting = [Int64](repeating: Instant.missing, count: hasStarts ? instances.count : 0)
        var durations = waiting
        var sojourn = [Int64](repeating: Instant.missing, count: instances.count)
        // The completions of a case in order, and the instances that they are of.
        var known: [Int64] = []
        var completed: [Int] = []
        for (position, range) in log.instanceRanges.enumerated() {
            known.removeAll(keepingCapacity: true)
            completed.removeAll(keepingCapacity: true)
            for instance in range {
                let completion = instances.completion[instance]
                if completion == Instant.missing { continue }
                if let previous = completed.last {
                    sojourn[instance] = Self.duration(readings.completion[previous], readings.completion[instance])
                }
                known.append(completion)
                completed.append(instance)
            }
            guard hasStarts, let span = log.span(ofCase: position) else { continue }
            // `known` ascends, and `own` counts the completions up to the instance's own.
            var own = 0
            for instance in range {
                let completion = instances.completion[instance]
                if completion != Instant.missing { own += 1 }
                let start = instances.start[instance]
                if start == Instant.missing { continue }
                durations[instance] = Self.duration(readings.start[instance], readings.completion[instance])
                var low = 0
                var high = known.count
                while low < high {
                    let middle = (low + high) / 2
                    if known[middle] <= start { low = middle + 1 } else { high = middle }
                }
                // An instance without duration is among those not after its start; it does not enable itself.
                if completion == start && low == own { low -= 1 }
                waiting[instance] =
                    low > 0
                    ? Self.duration(readings.completion[completed[low - 1]], readings.start[instance])
                    : log.clock.duration(from: span.firstStart, to: start)
            }
        }
        self.waiting = waiting
        self.durations = durations
        self.sojourn = sojourn
    }

    @inline(__always)
    private static func duration(_ from: Int64, _ to: Int64) -> Int64 {
        from == Instant.missing || to == Instant.missing ? Instant.missing : to - from
    }
}
