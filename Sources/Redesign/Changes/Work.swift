import Instants
import Simulation
import WorkingTime

/// Changes of who works, when, and how long: nothing of the flow.
extension SimulationModel {
    /// Lets a program do an activity for a share of the cases that may; what waited for people, for a batch or without a reason no
    /// longer does there.
    mutating func automate(_ activity: Int, share: Double, duration: Int64, eligible: [Bool]?) {
        activities[activity].automation = SimulationActivity.Automation(
            share: share, duration: .fixed(Double(duration) / 1e6), role: systemRole(), eligible: eligible)
    }

    /// The place of a role of programs: one that is there, else a new one.
    private mutating func systemRole() -> Int {
        if let known = roles.firstIndex(where: { $0.isSystem && $0.name == "System" }) ?? roles.firstIndex(where: \.isSystem) {
            return known
        }
        roles.append(SimulationRole(name: unused("System", among: roles.map(\.name)), isSystem: true))
        return roles.count - 1
    }

    private func unused(_ name: String, among taken: [String]) -> String {
        if !taken.contains(name) { return name }
        var number = 2
        while taken.contains("\(name) \(number)") { number += 1 }
        return "\(name) \(number)"
    }

    /// Adds people to a role; each works as one of those who are there, in turn: same hours, same activities, same pace, same rate.
    mutating func hire(_ count: Int, for role: Int) {
        let members = resources(of: role)
        if members.isEmpty { calendars.append(.always) }
        for number in 0..<count {
            let model = members.isEmpty ? nil : members[number % members.count]
            let name = unused("\(roles[role].name) +\(number + 1)", among: resources.map(\.name))
            var hired = model.map { resources[$0] } ?? SimulationResource(name: name, role: role, calendar: calendars.count - 1)
            hired.name = name
            resources.append(hired)
            guard let model else { continue }
            for activity in activities.indices {
                for performer in activities[activity].performers.indices {
                    let individuals = activities[activity].performers[performer].resources
                    guard let own = individuals.first(where: { $0.resource == model }) else { continue }
                    activities[activity].performers[performer].resources.append(
                        SimulationActivity.Individual(resource: resources.count - 1, duration: own.duration))
                }
            }
        }
    }

    /// Takes the last people of a role away; gives the place of an activity that nobody could do any more, and is then of no use.
    mutating func dismiss(_ count: Int, from role: Int) -> Int? {
        let leaving = Set(resources(of: role).suffix(count))
        var places = [Int](repeating: -1, count: resources.count)
        var kept = 0
        for place in resources.indices where !leaving.contains(place) {
            places[place] = kept
            kept += 1
        }
        resources = resources.indices.filter { !leaving.contains($0) }.map { resources[$0] }
        for activity in activities.indices {
            for performer in activities[activity].performers.indices {
                let own = activities[activity].performers[performer]
                let individuals = own.resources.filter { !leaving.contains($0.resource) }.map {
                    SimulationActivity.Individual(resource: places[$0.resource], duration: $0.duration)
                }
                // An empty list would mean the whole role.
                if individuals.isEmpty && !own.resources.isEmpty { return activity }
                activities[activity].performers[performer].resources = individuals
                if roles[own.role].isSystem { continue }
                let able = individuals.isEmpty ? resources(of: own.role) : individuals.map(\.resource)
                if !able.contains(where: { !calendars[resources[$0].calendar].hours.isEmpty }) { return activity }
            }
        }
        return nil
    }

    /// Gives everybody of a role the same weekly hours, on the model's wall clock.
    mutating func setHours(_ hours: WeeklyHours, of role: Int) {
        calendars.append(WorkCalendar(name: "\(roles[role].name): \(hours.text)", hours: hours, offset: offset))
        for place in resources(of: role) { resources[place].calendar = calendars.count - 1 }
    }

    /// Holds an activity back and lets it go every so often, at times that its batches so far know, else from Monday 00:00 on; nil
    /// ends its batches.
    mutating func batch(_ activity: Int, every period: Int64?) {
        guard let period else {
            activities[activity].batching = nil
            return
        }
        let known = activities[activity].batching
        activities[activity].batching = SimulationActivity.Batching(
            release: .every(period, from: known?.release.weekly.first ?? 0), form: known?.form ?? .apart)
    }
}
