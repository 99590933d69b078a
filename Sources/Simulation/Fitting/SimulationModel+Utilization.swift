package import EventLogs
import Instants
import WorkingTime

extension SimulationModel {
    /// How far the people of a log's roles were used, within the hours of this model: worked over available time.
    ///
    /// Worked is the union of a resource's instances within its hours; available are its hours between the log's first and last event.
    /// - Returns: by role, in the order of the model, systems left out; nil where no hour was available.
    package func utilization(of log: EventLog) -> [(role: String, resources: Int, utilization: Double?)] {
        let work = ObservedWork(log)
        let span = log.timeRange
        var busy = [[(start: Int64, end: Int64)]](repeating: [], count: resources.count)
        let places = work.resourceNames.map { name in resources.firstIndex { $0.name == name } }
        for row in 0..<work.count where work.resource[row] >= 0 {
            if let place = places[work.resource[row]] { busy[place].append((work.start[row], work.completion[row])) }
        }
        return roles.indices.filter { !roles[$0].isSystem }.map { role in
            var worked: Int64 = 0
            var available: Int64 = 0
            let members = resources(of: role)
            for member in members {
                let calendar = calendars[resources[member].calendar]
                var until = Int64.min
                for piece in busy[member].sorted(by: { $0 < $1 }) where piece.end > until {
                    worked += calendar.worked(from: max(piece.start, until), to: piece.end)
                    until = piece.end
                }
                if let span { available += calendar.worked(from: span.lowerBound.microseconds, to: span.upperBound.microseconds) }
            }
            return (roles[role].name, members.count, available > 0 ? Double(worked) / Double(available) : nil)
        }
    }
}
