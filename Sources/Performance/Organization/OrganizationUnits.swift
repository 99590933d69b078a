import EventLogs

/// What the units are between which work changes hands.
package enum OrganizationUnit: String, Codable, Sendable {
    /// The department or group column.
    case department
    /// The role column, or fitted roles.
    case role
}

/// The unit of each instance of a log: its department where the log has that column, else the role of who did it.
struct OrganizationUnits {
    /// What the units are; nil where the log tells none.
    let kind: OrganizationUnit?
    /// The names of the units, by their numbers.
    let names: [String]
    /// Per instance its unit, or ``Vocabulary/missing``; as long as the columns of instances.
    let side: [UInt32]

    /// The units of a log whose resources have these roles.
    init(of log: EventLog, roles: ResourceRoles) {
        let instances = log.instances
        if let column = log.columns.department {
            kind = .department
            names = column.vocabulary.strings
            side = (0..<instances.count).map { column.ids[instances.closingEvent($0)] }
        } else if !roles.names.isEmpty {
            kind = .role
            names = roles.names
            side = instances.resource.map { person in
                let role = person == Vocabulary.missing ? -1 : roles.roleOf[Int(person)]
                return role < 0 ? Vocabulary.missing : UInt32(role)
            }
        } else {
            kind = nil
            names = []
            side = []
        }
    }
}
