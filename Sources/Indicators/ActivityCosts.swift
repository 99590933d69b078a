package import EventLogs
import Instants

/// What each activity cost.
package enum ActivityCosts {
    /// Money by activity; without those whose cost is unknown. `nil` where neither rates nor a cost column are there.
    ///
    /// As ``CaseCosts``, added up by activity: with rates the fixed rate and the hourly rate of the role for each instance (unknown where
    /// such a duration is), else the cost column of the events that closed its instances (unknown where none has a value).
    package static func of(_ log: EventLog, rates: Rates?) -> [String: Double]? {
        let instances = log.instances
        var sums = [Double](repeating: 0, count: log.activities.count)
        var known = [Bool](repeating: false, count: sums.count)
        if let rates {
            let fixed = log.activities.strings.map { rates.activities[$0] ?? 0 }
            let people = log.columns.role ?? log.columns.department
            let hourly = people?.vocabulary.strings.map { rates.roles[$0] ?? 0 } ?? []
            for range in log.instanceRanges {
                for instance in range {
                    let activity = Int(instances.activity[instance])
                    known[activity] = true
                    sums[activity] += fixed[activity]
                    guard let people else { continue }
                    let role = people.ids[instances.closingEvent(instance)]
                    if role == Vocabulary.missing || hourly[Int(role)] == 0 { continue }
                    let worked = log.clock.duration(from: instances.startTime(instance), to: instances.completion[instance])
                    sums[activity] += worked == Instant.missing ? .nan : hourly[Int(role)] * Double(worked) / Double(Microseconds.hour)
                }
            }
        } else {
            guard let attribute = log.columns.costAttribute else { return nil }
            let column = log.columns.attributes[attribute]
            for range in log.instanceRanges {
                for instance in range {
                    guard let value = column.number(instances.closingEvent(instance)) else { continue }
                    known[Int(instances.activity[instance])] = true
                    sums[Int(instances.activity[instance])] += value
                }
            }
        }
        var result: [String: Double] = [:]
        for id in log.activities.ids where known[Int(id)] && !sums[Int(id)].isNaN { result[log.activities[id]] = sums[Int(id)] }
        return result
    }
}
