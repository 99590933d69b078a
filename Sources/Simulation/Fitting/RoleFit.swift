import Foundation
import Instants
import Performance
import WorkingTime

/// Who belongs together, how many things each does at once, and when each works.
struct RoleFit {
    /// The roles, in order of first sight.
    private(set) var roles: [SimulationRole] = []
    /// The resources that do one thing at a time, role by role.
    private(set) var resources: [SimulationResource] = []
    /// The calendars.
    private(set) var calendars: [WorkCalendar] = []
    /// Of each observed resource its role; the last element is the role of work that names nobody.
    private(set) var roleOfResource: [Int] = []
    /// Of each observed resource its place in the model, or -1 for those without limits.
    private(set) var placeOfResource: [Int] = []
    /// The calendar of a role's work as a whole; nil for systems.
    private(set) var calendarOfRole: [Int?] = []
    /// On what all that stands.
    private(set) var parts: [FitReport.Part] = []

    /// The role of a row.
    func role(_ work: ObservedWork, _ row: Int) -> Int {
        work.resource[row] < 0 ? roleOfResource[work.resourceNames.count] : roleOfResource[work.resource[row]]
    }

    init(_ work: ObservedWork) {
        var rowsOf = [[Int]](repeating: [], count: work.resourceNames.count)
        for row in 0..<work.count where work.resource[row] >= 0 { rowsOf[work.resource[row]].append(row) }
        let groups = Self.groups(work, rowsOf)
        var unnamed = 0
        for row in 0..<work.count where work.resource[row] < 0 { unnamed += 1 }

        placeOfResource = [Int](repeating: -1, count: work.resourceNames.count)
        roleOfResource = [Int](repeating: -1, count: work.resourceNames.count + 1)
        let everybody = Array(Set(groups.map(\.name)))
        let logHours = WorkingHoursFit(
            Self.instants(
                work,
                groups.filter { !Self.isUnlimited(work, rowsOf, $0.members) }
                    .flatMap { $0.members.flatMap { rowsOf[$0] } }))
        for group in groups {
            let role = roles.count
            let rows = group.members.flatMap { rowsOf[$0] }
            let isSystem = Self.isUnlimited(work, rowsOf, group.members)
            roles.append(SimulationRole(name: group.name, isSystem: isSystem))
            for member in group.members { roleOfResource[member] = role }
            parts.append(
                FitReport.Part(
                    .role, name: group.name, detail: group.method.rawValue, method: isSystem ? .unlimited : .limited,
                    observations: rows.count))
            calendarOfRole.append(nil)
            if !isSystem { addPeople(work, role, group.members, rowsOf, logHours) }
        }
        if unnamed > 0 || roles.isEmpty {
            var name = "Unassigned"
            while everybody.contains(name) { name += "*" }
            roleOfResource[work.resourceNames.count] = roles.count
            roles.append(SimulationRole(name: name, isSystem: true))
            calendarOfRole.append(nil)
            parts.append(FitReport.Part(.role, name: name, method: .noResources, basis: .assumed, observations: unnamed))
        }
    }

    // MARK: Hours

    private mutating func addPeople(
        _ work: ObservedWork, _ role: Int, _ members: [Int], _ rowsOf: [[Int]], _ logHours: WorkingHoursFit
    ) {
        let name = roles[role].name
        let own = WorkingHoursFit(Self.instants(work, members.flatMap { rowsOf[$0] }))
        let basis: FitReport.Basis = own.hours != nil ? .own : logHours.hours != nil ? .log : .assumed
        let hours = own.hours ?? logHours.hours ?? .always
        let usual = add(hours, name, work.offset)
        calendarOfRole[role] = usual
        let count = own.hours != nil ? own.observations : logHours.hours != nil ? logHours.observations : 0
        parts.append(
            FitReport.Part(
                .hours, name: name, method: hours.isAlways ? .always : .weekly, basis: basis, observations: count, hours: hours.text))
        for member in members {
            placeOfResource[member] = resources.count
            var calendar = usual
            let single = WorkingHoursFit(Self.instants(work, rowsOf[member]))
            if members.count > 1, let alone = single.hours, alone.keepsFewer(than: hours, observations: single.observations) {
                calendar = add(alone, work.resourceNames[member], work.offset)
                parts.append(
                    FitReport.Part(
                        .hours, name: name, detail: work.resourceNames[member], method: alone.isAlways ? .always : .weekly,
                        observations: single.observations, hours: alone.text))
            }
            resources.append(SimulationResource(name: work.resourceNames[member], role: role, calendar: calendar))
        }
    }

    private mutating func add(_ hours: WeeklyHours, _ name: String, _ offset: Int) -> Int {
        if let known = calendars.firstIndex(where: { $0.hours == hours }) { return known }
        calendars.append(WorkCalendar(name: name, hours: hours, offset: offset))
        return calendars.count - 1
    }

    private static func instants(_ work: ObservedWork, _ rows: [Int]) -> [Int64] {
        let shift = Int64(work.offset) * Microseconds.second
        var result: [Int64] = []
        result.reserveCapacity(rows.count * 2)
        for row in rows {
            result.append(work.completion[row] + shift)
            if work.hasStart[row] && work.start[row] != work.completion[row] { result.append(work.start[row] + shift) }
        }
        return result
    }

    // MARK: Groups

    private struct Group {
        var name: String
        var members: [Int]
        var method: FitReport.Method
    }

    private static func groups(_ work: ObservedWork, _ rowsOf: [[Int]]) -> [Group] {
        var groups: [Group] = []
        var placeOf: [String: Int] = [:]
        for (resource, name) in work.groupNames.enumerated() {
            guard let name else { continue }
            if let place = placeOf[name] {
                groups[place].members.append(resource)
            } else {
                placeOf[name] = groups.count
                groups.append(Group(name: name, members: [resource], method: work.groupMethod))
            }
        }
        // The rest by what they do.
        let rest = work.groupNames.indices.filter { work.groupNames[$0] == nil }
        let profiles = rest.map { resource in
            var profile = [Int](repeating: 0, count: work.activityNames.count)
            for row in rowsOf[resource] { profile[work.activity[row]] += 1 }
            return profile
        }
        for cluster in RoleClusters(profiles: profiles).groups {
            let activity = work.activityNames[cluster.commonest]
            var name = activity
            var number = 2
            while placeOf[name] != nil {
                name = "\(activity) \(number)"
                number += 1
            }
            placeOf[name] = groups.count
            groups.append(Group(name: name, members: cluster.members.map { rest[$0] }, method: .cluster))
        }
        return groups
    }

    /// Whether more than a fifth of a role's instances lie over another one of the same resource, or none takes any time.
    private static func isUnlimited(_ work: ObservedWork, _ rowsOf: [[Int]], _ members: [Int]) -> Bool {
        var overlapping = 0
        var count = 0
        var takesTime = false
        for member in members {
            let rows = rowsOf[member].filter { work.completion[$0] > work.start[$0] }
                .sorted { (work.start[$0], work.completion[$0], $0) < (work.start[$1], work.completion[$1], $1) }
            count += rowsOf[member].count
            takesTime = takesTime || !rows.isEmpty
            var isOver = [Bool](repeating: false, count: rows.count)
            var longest = 0
            for place in rows.indices.dropFirst() {
                if work.start[rows[place]] < work.completion[rows[longest]] {
                    isOver[place] = true
                    isOver[longest] = true
                }
                if work.completion[rows[place]] > work.completion[rows[longest]] { longest = place }
            }
            for value in isOver where value { overlapping += 1 }
        }
        return !takesTime || overlapping * 5 > count
    }
}
