package import EventLogs

/// The instances of a log grouped by activity (counting sort); within an activity in the order of cases, then of instances.
package struct Occurrences: Sendable {
    /// Per occurrence: the instance.
    package let instance: [UInt32]
    /// Per occurrence: the position of its case.
    package let position: [UInt32]
    private let offsets: [Int]

    /// The occurrences in a log.
    package init(of log: EventLog) {
        let size = log.activities.count
        let activity = log.instances.activity
        var offsets = [Int](repeating: 0, count: size + 1)
        for range in log.instanceRanges {
            for place in range { offsets[Int(activity[place]) + 1] += 1 }
        }
        for id in 0..<size { offsets[id + 1] += offsets[id] }
        var next = offsets
        var instance = [UInt32](repeating: 0, count: offsets[size])
        var position = instance
        for (number, range) in log.instanceRanges.enumerated() {
            for place in range {
                let id = Int(activity[place])
                instance[next[id]] = UInt32(place)
                position[next[id]] = UInt32(number)
                next[id] += 1
            }
        }
        self.instance = instance
        self.position = position
        self.offsets = offsets
    }

    /// The occurrences of an activity.
    package func range(of activity: UInt32) -> Range<Int> {
        offsets[Int(activity)]..<offsets[Int(activity) + 1]
    }

    /// How many instances an activity has.
    func count(of activity: UInt32) -> Int { range(of: activity).count }

    /// How many cases hold an activity.
    func caseCount(of activity: UInt32) -> Int {
        var count = 0
        var last = UInt32.max
        for occurrence in range(of: activity) where position[occurrence] != last {
            last = position[occurrence]
            count += 1
        }
        return count
    }
}
