package import EventLogs
import Instants
import ProcessModels
package import Statistics

/// Who works with whom, how much, and where work changes hands: the organisation behind a log.
package struct Organization: Codable, Sendable, Equatable {
    /// One resource or role and its work.
    package struct Worker: Codable, Sendable, Equatable {
        /// What stands for it.
        package var name: String
        /// A resource's role; nil for roles, and for resources without one.
        package var role: String?
        /// Where a role comes from.
        package var basis: ResourceRoles.Basis?
        /// How many resources it is: 1 for a resource.
        package var resources: Int
        /// Whether it is a system account, by name; a role is one where all its resources are.
        package var isSystem: Bool
        /// Instances it did.
        package var instances: Int
        /// Cases in which it did one.
        package var cases: Int
        /// The sum of its instances' durations in seconds; nil where no start is known.
        package var processingS: Double?
        /// The union of its instances (of a role: summed over its resources) in seconds; nil where no start is known.
        package var workedS: Double?
        /// Of that what lies within its hours; nil where hours or starts are unknown.
        package var workedInHoursS: Double?
        /// Its hours between the log's first and last event, in seconds; nil where unknown.
        package var availableS: Double?
        /// Worked within hours ÷ available; nil where unknown, and for system accounts, which are always there.
        package var utilization: Double?
        /// The share of its worked time in which at least two instances were under way; nil where no time is known.
        package var parallelShare: Double?
        /// Processing ÷ worked time: how many instances were under way at once on average while it worked.
        package var meanParallelism: Double?
        /// Its weeks, from the first to the last with an instance or work.
        package var weeks: [Workload.Week]
    }

    /// Who directly hands work to whom.
    package struct Handover: Codable, Sendable, Equatable {
        /// Who hands over.
        package var source: String
        /// Who takes over.
        package var target: String
        /// Steps from the one to the other.
        package var count: Int
        /// Of these, steps in which one and the same resource goes on.
        package var sameResource: Int
        /// Cases with such a step.
        package var cases: Int
        /// The sum of the positive times in seconds; nil where none is known.
        package var totalS: Double?
        /// From completion to start (to completion where the start is unknown).
        package var elapsed: TimeStatistics?
    }

    /// Two who work on the same cases.
    package struct Companions: Codable, Sendable, Equatable {
        /// The one whose name comes first.
        package var first: String
        /// The other.
        package var second: String
        /// Cases in which both did something.
        package var cases: Int
    }

    /// Who has single steps done by whom.
    package struct Subcontract: Codable, Sendable, Equatable {
        /// Who gives a step away and then goes on.
        package var source: String
        /// Who does it.
        package var target: String
        /// How often.
        package var count: Int
    }

    /// What may be told.
    package struct Options: Sendable {
        /// What stands for each resource, by its number in the log; nil for their names.
        package var shown: [String]?
        /// Whether what stands for resources are their roles, so that single resources are not listed.
        package var isByRole: Bool
        /// What counts as written twice.
        package var reentry: ReentrySuspects.Options

        /// These options.
        package init(
            shown: [String]? = nil, isByRole: Bool = false,
            reentry: ReentrySuspects.Options = ReentrySuspects.Options()
        ) {
            self.shown = shown
            self.isByRole = isByRole
            self.reentry = reentry
        }
    }

    /// Cases.
    package var cases: Int
    /// Activity instances.
    package var instances: Int
    /// Of these, instances that name nobody.
    package var unassignedInstances: Int
    /// Resources that occur.
    package var people: Int
    /// Where hours come from.
    package var hours: ResourceHours.Method
    /// Resources by descending instances, then by the UTF-8 bytes of their names; nil where people show as their roles.
    package var resources: [Worker]?
    /// Roles, likewise.
    package var roles: [Worker]
    /// By descending count, then by the UTF-8 bytes of the names.
    package var handovers: [Handover]
    /// By descending cases, then by the UTF-8 bytes of the names.
    package var workingTogether: [Companions]
    /// By descending count, then by the UTF-8 bytes of the names.
    package var subcontracting: [Subcontract]
    /// The borders between departments.
    package var departments: DepartmentBorders
    /// What was perhaps written twice.
    package var reentry: ReentrySuspects
}

extension Organization {
    /// The organisation behind a log; hours are those of the calendar that its clock counts by, else learnt from it.
    package init(of log: EventLog, options: Options = Options()) {
        let roles = ResourceRoles(of: log)
        let units = OrganizationUnits(of: log, roles: roles)
        let hours = ResourceHours(of: log)
        let use = ResourceUse(of: log, hours: hours)
        let workers = Workers(log, roles, use)
        let actors = Actors(log, shown: options.shown)
        cases = log.caseCount
        instances = log.instanceCount
        people = use.resources.count { $0.instances > 0 }
        unassignedInstances = instances - use.resources.reduce(0) { $0 + $1.instances }
        self.hours = hours.method
        resources = options.isByRole ? nil : workers.byResource(actors)
        self.roles = workers.byRole()
        handovers = actors.handovers(log)
        workingTogether = actors.companions(log)
        subcontracting = actors.subcontracts(log)
        departments = DepartmentBorders(of: log, units: units)
        reentry = ReentrySuspects(of: log, units: units, options: options.reentry)
    }
}

/// The figures of resources and roles, put into words.
private struct Workers {
    private let log: EventLog
    private let roles: ResourceRoles
    private let use: ResourceUse
    private let names: [String]
    private let isSystem: [Bool]
    /// Per resource its weeks.
    private let weeks: [[Workload.Week]]

    init(_ log: EventLog, _ roles: ResourceRoles, _ use: ResourceUse) {
        self.log = log
        self.roles = roles
        self.use = use
        let vocabulary = use.resources.isEmpty ? nil : log.columns.resource?.vocabulary
        names = vocabulary?.strings ?? []
        isSystem = names.map(SystemAccount.isOne)
        var weeks = [[Workload.Week]](repeating: [], count: names.count)
        for series in Workload(of: log).resources {
            if let id = vocabulary?.find(series.name) { weeks[Int(id)] = series.weeks }
        }
        self.weeks = weeks
    }

    func byResource(_ actors: Actors) -> [Organization.Worker] {
        Self.sorted(
            use.resources.indices.filter { use.resources[$0].instances > 0 }.map { id in
                let role = roles.roleOf[id]
                return worker(
                    actors.names[Int(actors.of[id])], role: role < 0 ? nil : roles.names[role], basis: nil, members: [id],
                    use.resources[id], cases: use.resources[id].cases)
            })
    }

    func byRole() -> [Organization.Worker] {
        let cases = casesOfRoles()
        return Self.sorted(
            roles.names.indices.map { role in
                let members = roles.roleOf.indices.filter { roles.roleOf[$0] == role }
                var sum = use.resources[members[0]]
                for member in members.dropFirst() { sum.add(use.resources[member]) }
                // Members whose starts are all unknown make the hours worked of all unknown.
                return worker(roles.names[role], role: nil, basis: roles.basis[role], members: members, sum, cases: cases[role])
            })
    }

    private func casesOfRoles() -> [Int] {
        var cases = [Int](repeating: 0, count: roles.names.count)
        var last = [Int](repeating: -1, count: cases.count)
        for (position, range) in log.instanceRanges.enumerated() where !log.instances.resource.isEmpty {
            for instance in range {
                let person = log.instances.resource[instance]
                if person == Vocabulary.missing { continue }
                let role = roles.roleOf[Int(person)]
                if role < 0 || last[role] == position { continue }
                last[role] = position
                cases[role] += 1
            }
        }
        return cases
    }

    private func worker(
        _ name: String, role: String?, basis: ResourceRoles.Basis?, members: [Int], _ figures: ResourceUse.Figures, cases: Int
    ) -> Organization.Worker {
        let isKnown = figures.timed > 0
        let system = members.allSatisfy { isSystem[$0] }
        let within = isKnown ? figures.workedInHours : nil
        let worked = Double(figures.worked)
        return Organization.Worker(
            name: name, role: role, basis: basis, resources: members.count, isSystem: system, instances: figures.instances, cases: cases,
            processingS: isKnown ? Double(figures.processing) / 1e6 : nil, workedS: isKnown ? worked / 1e6 : nil,
            workedInHoursS: within.map { Double($0) / 1e6 }, availableS: figures.available.map { Double($0) / 1e6 },
            utilization: system
                ? nil
                : within.flatMap { own in figures.available.flatMap { $0 > 0 ? Double(own) / Double($0) : nil } },
            parallelShare: figures.worked > 0 ? Double(figures.parallel) / worked : nil,
            meanParallelism: figures.worked > 0 ? Double(figures.processing) / worked : nil, weeks: weeks(of: members))
    }

    private func weeks(of members: [Int]) -> [Workload.Week] {
        if members.count == 1 { return weeks[members[0]] }
        var sums: [Int: Workload.Week] = [:]
        for member in members {
            for week in weeks[member] {
                guard var sum = sums[week.number] else {
                    sums[week.number] = week
                    continue
                }
                sum.instances += week.instances
                if let own = week.workedS { sum.workedS = (sum.workedS ?? 0) + own }
                sums[week.number] = sum
            }
        }
        guard let first = sums.keys.min(), let last = sums.keys.max() else { return [] }
        let all = Workload.Week.all(of: log)
        return (first...last).map { number in
            sums[number]
                ?? Workload.Week(
                    number: number, weekStart: all[number].weekStart, instances: 0, workedS: nil, isPartial: all[number].isPartial)
        }
    }

    private static func sorted(_ workers: [Organization.Worker]) -> [Organization.Worker] {
        workers.sorted { left, right in
            left.instances != right.instances
                ? left.instances > right.instances : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
    }
}

/// What stands for the resources of a log: several may share a name.
private struct Actors {
    /// The names, sorted by their UTF-8 bytes.
    let names: [String]
    /// Per resource, by its number, the place of its name.
    let of: [UInt32]

    init(_ log: EventLog, shown: [String]?) {
        let given = log.instances.resource.isEmpty ? [] : shown ?? log.columns.resource?.vocabulary.strings ?? []
        names = Set(given).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, UInt32($0)) })
        of = given.compactMap { places[$0] }
    }

    private func side(_ log: EventLog) -> [UInt32] {
        log.instances.resource.map { $0 == Vocabulary.missing ? $0 : of[Int($0)] }
    }

    func handovers(_ log: EventLog) -> [Organization.Handover] {
        if names.isEmpty { return [] }
        let entries = StepTimes(of: log, side: side(log), size: names.count, withinSides: true).entries
        // Numbers of names ascend with their bytes.
        return entries.sorted { ($1.count, $0.source, $0.target) < ($0.count, $1.source, $1.target) }.map { entry in
            Organization.Handover(
                source: names[Int(entry.source)], target: names[Int(entry.target)], count: entry.count, sameResource: entry.sameResource,
                cases: entry.cases, totalS: entry.elapsed == nil ? nil : Double(entry.total) / 1e6, elapsed: entry.elapsed)
        }
    }

    func companions(_ log: EventLog) -> [Organization.Companions] {
        if names.isEmpty { return [] }
        let pairs = side(log).withUnsafeBufferPointer {
            WorkingTogether.counts(resources: $0, cases: log.instanceRanges, size: names.count).pairs
        }
        return pairs.sorted { ($1.count, $0.source, $0.target) < ($0.count, $1.source, $1.target) }.map { pair in
            Organization.Companions(first: names[Int(pair.source)], second: names[Int(pair.target)], cases: pair.count)
        }
    }

    /// Of resources, then added up by what stands for them.
    func subcontracts(_ log: EventLog) -> [Organization.Subcontract] {
        var sums: [UInt64: Int] = [:]
        for pair in Subcontracting.counts(of: log).pairs {
            sums[UInt64(of[Int(pair.source)]) << 32 | UInt64(of[Int(pair.target)]), default: 0] += pair.count
        }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { key, count in
            Organization.Subcontract(
                source: names[Int(key >> 32)], target: names[Int(UInt32(truncatingIfNeeded: key))], count: count)
        }
    }
}

extension Workload.Week {
    /// Every week of a log, empty.
    fileprivate static func all(of log: EventLog) -> [Workload.Week] {
        let calendar = WeekCalendar(log)
        return (0..<calendar.count).map { number in
            Workload.Week(
                number: number, weekStart: calendar.texts[number], instances: 0, workedS: nil, isPartial: calendar.isPartial(number))
        }
    }
}
