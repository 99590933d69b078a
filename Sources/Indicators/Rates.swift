package import EventLogs

/// What work costs: money per hour by role, and fixed per instance by activity.
package struct Rates: Sendable, Equatable {
    /// The currency's code, such as `EUR`, if one is named.
    package var currency: String?
    /// Money per hour of an instance's duration, by the role (or department, where the log has no roles) of who did it.
    package var roles: [String: Double]
    /// Money per instance, by activity.
    package var activities: [String: Double]

    /// Rates by role and by activity.
    package init(currency: String? = nil, roles: [String: Double] = [:], activities: [String: Double] = [:]) {
        self.currency = currency
        self.roles = roles
        self.activities = activities
    }

    /// The names that the log does not have, roles and activities, each sorted by their UTF-8 bytes: their rates have no effect.
    package func unknownNames(in log: EventLog) -> (roles: [String], activities: [String]) {
        let people = (log.columns.role ?? log.columns.department)?.vocabulary
        func sorted(_ names: [String]) -> [String] { names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        return (
            sorted(roles.keys.filter { people?.find($0) == nil }), sorted(activities.keys.filter { log.activities.find($0) == nil })
        )
    }
}
