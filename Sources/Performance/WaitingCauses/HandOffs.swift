package import EventLogs
import Instants

/// What let each instance of a log begin: the hand-off from the instance that enabled it.
///
/// An instance is enabled by the latest completion of another instance of its case that is not after its start, else by the first start
/// of its case. Columns are as long as the log's columns of instances; elapsed time, whatever clock the log's durations are counted by.
package struct HandOffs: Sendable, Equatable {
    /// When each instance was enabled: microseconds; missing where its start is unknown.
    package let enabled: [Int64]
    /// The instance whose completion that was; ``none`` where the case's first start was it, or the start is unknown.
    package let enabling: [UInt32]

    /// No enabling instance.
    package static let none = UInt32.max

    /// The hand-offs of a log.
    ///
    /// - Complexity: O(instances · log of the longest case).
    package init(of log: EventLog) {
        let instances = log.instances
        var enabled = [Int64](repeating: Instant.missing, count: instances.count)
        var enabling = [UInt32](repeating: Self.none, count: instances.count)
        var times: [Int64] = []
        var known: [UInt32] = []
        let ranges = instances.start.isEmpty ? [] : log.instanceRanges
        for (position, range) in ranges.enumerated() {
            guard let span = log.span(ofCase: position) else { continue }
            times.removeAll(keepingCapacity: true)
            known.removeAll(keepingCapacity: true)
            for instance in range where instances.completion[instance] != Instant.missing {
                times.append(instances.completion[instance])
                known.append(UInt32(instance))
            }
            for instance in range {
                let start = instances.start[instance]
                if start == Instant.missing { continue }
                var low = 0
                var high = times.count
                while low < high {
                    let middle = (low + high) / 2
                    if times[middle] <= start { low = middle + 1 } else { high = middle }
                }
                // The last of them that is another one; of those completed at once with itself, one recorded before rather than after.
                var place = low - 1
                if instances.completion[instance] == start, let own = Self.place(of: UInt32(instance), in: known) {
                    if own > 0 && times[own - 1] == start || place == own { place = own - 1 }
                }
                enabled[instance] = place >= 0 ? times[place] : span.firstStart
                if place >= 0 { enabling[instance] = known[place] }
            }
        }
        self.enabled = enabled
        self.enabling = enabling
    }

    /// The place of an instance in the ascending numbers of a case.
    private static func place(of instance: UInt32, in known: [UInt32]) -> Int? {
        var low = 0
        var high = known.count
        while low < high {
            let middle = (low + high) / 2
            if known[middle] < instance { low = middle + 1 } else { high = middle }
        }
        return low < known.count && known[low] == instance ? low : nil
    }
}
