package import EventLogs

/// Which role does each activity of a log most often.
package struct ActivityRoles: Sendable {
    /// By activity, how many of its instances each role did.
    private var counts: [String: [String: Int]] = [:]

    /// Nothing known.
    package init() {}

    /// The roles of a log's activities.
    package init(of log: EventLog) { add(log) }

    /// Adds what a part of a log, or a whole one, tells.
    package mutating func add(_ log: EventLog) {
        guard let column = log.columns.role else { return }
        let size = column.vocabulary.count
        var own = [Int](repeating: 0, count: log.activities.count * size)
        for range in log.instanceRanges {
            for instance in range {
                let role = column.ids[log.instances.closingEvent(instance)]
                if role != Vocabulary.missing { own[Int(log.instances.activity[instance]) * size + Int(role)] += 1 }
            }
        }
        for activity in log.activities.ids {
            for role in column.vocabulary.ids {
                let count = own[Int(activity) * size + Int(role)]
                if count > 0 { counts[log.activities[activity], default: [:]][column.vocabulary[role], default: 0] += count }
            }
        }
    }

    /// Whether no role is known.
    package var isEmpty: Bool { counts.isEmpty }

    /// The role of an activity: of equally frequent ones the first by the UTF-8 bytes of its name; nil where none is known.
    package func role(of activity: String) -> String? {
        counts[activity]?.min { left, right in
            left.value != right.value ? left.value > right.value : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
        }?.key
    }
}
