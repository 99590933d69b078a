package import EventLogs

/// What programs do: the activities that accounts of machines carry out.
package enum AutomatedActivities {
    /// The share of an activity's instances with a resource that a machine must have done.
    package static let leastShare = 0.9

    /// The activities that machines do nearly always; none where the log has no resources.
    package static func names(in log: EventLog) -> Set<String> {
        guard let column = log.columns.resource, !log.instances.resource.isEmpty else { return [] }
        let isMachine = column.vocabulary.strings.map(SystemAccount.isOne)
        var all = [Int](repeating: 0, count: log.activities.count)
        var machines = all
        for range in log.instanceRanges {
            for instance in range {
                let resource = log.instances.resource[instance]
                if resource == Vocabulary.missing { continue }
                let activity = Int(log.instances.activity[instance])
                all[activity] += 1
                if isMachine[Int(resource)] { machines[activity] += 1 }
            }
        }
        return Set(
            log.activities.ids.filter { id in
                let activity = Int(id)
                return all[activity] > 0 && Double(machines[activity]) >= leastShare * Double(all[activity])
            }.map { log.activities[$0] })
    }
}
