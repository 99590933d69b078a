package import EventLogs

/// Which role does each activity of a log most often.
package struct ActivityRoles: Sendable {
    private var roles: [String: String] = [:]

    /// The roles of a log's activities; of equally frequent ones the first by the UTF-8 bytes of its name.
    package init(of log: EventLog) {
        guard let column = log.columns.role else { return }
        let size = column.vocabulary.count
        var counts = [Int](repeating: 0, count: log.activities.count * size)
        for range in log.instanceRanges {
            for instance in range {
                let role = column.ids[log.instances.closingEvent(instance)]
                if role != Vocabulary.missing { counts[Int(log.instances.activity[instance]) * size + Int(role)] += 1 }
            }
        }
        for activity in log.activities.ids {
            var best: UInt32?
            for role in column.vocabulary.ids {
                let count = counts[Int(activity) * size + Int(role)]
                let most = best.map { counts[Int(activity) * size + Int($0)] } ?? 0
                let isFirst = best.map { column.vocabulary.precedes(role, $0) } ?? true
                if count > most || (count > 0 && count == most && isFirst) { best = role }
            }
            if let best { roles[log.activities[activity]] = column.vocabulary[best] }
        }
    }

    /// Whether no role is known.
    package var isEmpty: Bool { roles.isEmpty }

    /// The role of an activity; nil where none is known.
    package func role(of activity: String) -> String? { roles[activity] }
}
