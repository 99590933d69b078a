package import EventLogs

/// The role of each resource of a log: what the role column says, else the department column, else a group of like profiles named by
/// its commonest activity (``RoleClusters``).
///
/// Of several roles a resource has the one in which it closed most instances, ties by the UTF-8 bytes of the role.
package struct ResourceRoles: Sendable, Equatable {
    /// Where a role comes from.
    package enum Basis: String, Codable, Sendable {
        /// The role column.
        case role
        /// The department column.
        case department
        /// A group of like profiles.
        case cluster
    }

    /// The names of the roles that occur, sorted by their UTF-8 bytes.
    package let names: [String]
    /// Per role: where it comes from.
    package let basis: [Basis]
    /// Per resource of the log, by its number: its role, or −1 where it did nothing.
    package let roleOf: [Int]

    /// The roles of the log's resources; none where it names nobody.
    package init(of log: EventLog) {
        let instances = log.instances
        let count = instances.resource.isEmpty ? 0 : log.columns.resource?.vocabulary.count ?? 0
        let column = log.columns.role ?? log.columns.department
        let given: Basis = log.columns.role != nil ? .role : .department
        var profiles = [[Int]](repeating: [], count: count)
        var votes = [[UInt32: Int]](repeating: [:], count: count)
        let activities = log.activities.count
        for range in log.instanceRanges where count > 0 {
            for instance in range {
                let person = instances.resource[instance]
                if person == Vocabulary.missing { continue }
                if profiles[Int(person)].isEmpty { profiles[Int(person)] = [Int](repeating: 0, count: activities) }
                profiles[Int(person)][Int(instances.activity[instance])] += 1
                guard let column else { continue }
                let own = column.ids[instances.closingEvent(instance)]
                if own != Vocabulary.missing { votes[Int(person)][own, default: 0] += 1 }
            }
        }
        var named = [String?](repeating: nil, count: count)
        var basisOf: [String: Basis] = [:]
        if let column {
            for person in 0..<count {
                let best = votes[person].max { left, right in
                    left.value != right.value ? left.value < right.value : column.vocabulary.precedes(right.key, left.key)
                }
                guard let best else { continue }
                let name = column.vocabulary[best.key]
                named[person] = name
                basisOf[name] = given
            }
        }
        let rest = profiles.indices.filter { named[$0] == nil && !profiles[$0].isEmpty }
        for group in RoleClusters(profiles: rest.map { profiles[$0] }).groups {
            let activity = log.activities[UInt32(group.commonest)]
            var name = activity
            var number = 2
            while basisOf[name] != nil {
                name = "\(activity) \(number)"
                number += 1
            }
            basisOf[name] = .cluster
            for member in group.members { named[rest[member]] = name }
        }
        let names = basisOf.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        self.names = names
        basis = names.compactMap { basisOf[$0] }
        roleOf = named.map { name in name.flatMap { places[$0] } ?? -1 }
    }
}
