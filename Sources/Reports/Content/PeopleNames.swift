package import EventLogs

/// What stands for each person: a role, a number, or the name.
///
/// With ``PeopleDisplay/roles`` a person is the role they most often work in (ties by the UTF-8 bytes of the role); where a log
/// records no roles, or none for this person, they are R1, R2, … by descending activity instances over all logs given, then by
/// the UTF-8 bytes of the name. The same logs give the same numbers.
package struct PeopleNames: Sendable {
    private let shown: [String: String]
    private let display: PeopleDisplay

    /// Whether people are shown by their role, so that several share a name.
    package let isByRole: Bool

    /// The names of all resources of some logs.
    package init(of logs: [EventLog], display: PeopleDisplay) {
        self.display = display
        var instances: [String: Int] = [:]
        var roles: [String: [String: Int]] = [:]
        for log in logs { Self.tally(log, &instances, &roles) }
        var shown: [String: String] = [:]
        var number = 0
        let order = instances.sorted { left, right in
            left.value != right.value ? left.value > right.value : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
        }
        var isByRole = false
        for (person, _) in order {
            let best = roles[person]?.max { left, right in
                left.value != right.value ? left.value < right.value : right.key.utf8.lexicographicallyPrecedes(left.key.utf8)
            }
            if let role = best?.key {
                shown[person] = role
                isByRole = true
            } else {
                number += 1
                shown[person] = "R\(number)"
            }
        }
        self.shown = shown
        self.isByRole = isByRole && display == .roles
    }

    private static func tally(_ log: EventLog, _ instances: inout [String: Int], _ roles: inout [String: [String: Int]]) {
        guard let column = log.columns.resource, !log.instances.resource.isEmpty else { return }
        var counts = [Int](repeating: 0, count: column.vocabulary.count)
        var inRole: [UInt64: Int] = [:]
        let role = log.columns.role
        for range in log.instanceRanges {
            for instance in range {
                let person = log.instances.resource[instance]
                if person == Vocabulary.missing { continue }
                counts[Int(person)] += 1
                guard let role else { continue }
                let own = role.ids[log.instances.closingEvent(instance)]
                if own != Vocabulary.missing { inRole[UInt64(person) << 32 | UInt64(own), default: 0] += 1 }
            }
        }
        for (person, count) in counts.enumerated() where count > 0 {
            instances[column.vocabulary[UInt32(person)], default: 0] += count
        }
        guard let role else { return }
        for (key, count) in inRole {
            let person = column.vocabulary[UInt32(key >> 32)]
            roles[person, default: [:]][role.vocabulary[UInt32(truncatingIfNeeded: key)], default: 0] += count
        }
    }

    /// What stands for a person.
    package func name(of resource: String) -> String {
        switch display {
        case .names: resource
        case .roles: shown[resource] ?? "R?"
        }
    }
}
