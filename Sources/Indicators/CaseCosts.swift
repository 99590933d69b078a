package import EventLogs
import Instants

/// What each case cost.
package enum CaseCosts {
    /// Money per case position; NaN where unknown. `nil` where neither rates nor a cost column are there.
    ///
    /// With rates: for each instance the fixed rate of its activity, and its duration by the log's clock times the hourly rate of its role; the cost is unknown
    /// where such a duration is. The role is that of the closing event, its department where the log has no roles; roles without
    /// a rate cost nothing. Without rates: the sum of the cost column over the case's events, unknown where none has a value.
    package static func of(_ log: EventLog, rates: Rates?) -> [Double]? {
        if let rates { return byRates(log, rates) }
        guard let attribute = log.columns.costAttribute else { return nil }
        let column = log.columns.attributes[attribute]
        return log.eventRanges.map { range in
            var sum = 0.0
            var isKnown = false
            for place in range {
                guard let value = column.number(log.event(at: place)) else { continue }
                sum += value
                isKnown = true
            }
            return isKnown ? sum : .nan
        }
    }

    private static func byRates(_ log: EventLog, _ rates: Rates) -> [Double] {
        let fixed = log.activities.strings.map { rates.activities[$0] ?? 0 }
        let people = log.columns.role ?? log.columns.department
        let hourly = people?.vocabulary.strings.map { rates.roles[$0] ?? 0 } ?? []
        let instances = log.instances
        return log.instanceRanges.map { range in
            var sum = 0.0
            for instance in range {
                sum += fixed[Int(instances.activity[instance])]
                guard let people else { continue }
                let role = people.ids[instances.closingEvent(instance)]
                if role == Vocabulary.missing || hourly[Int(role)] == 0 { continue }
                let worked = log.clock.duration(from: instances.startTime(instance), to: instances.completion[instance])
                if worked == Instant.missing { return .nan }
                sum += hourly[Int(role)] * Double(worked) / Double(Microseconds.hour)
            }
            return sum
        }
    }
}
