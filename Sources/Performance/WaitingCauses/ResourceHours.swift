package import EventLogs
import Instants
package import WorkingTime

/// When each resource of a log is there: one calendar for all, or weekly hours learnt from the log.
///
/// Learnt hours are those of ``WorkingHoursFit`` from all starts and completions on the log's own wall clock: a role's (else a department's)
/// people share the hours that they show together, but one who keeps clearly fewer has hours of their own; who has no role has their own,
/// and whose instants are too few to tell hours has those of the whole log. A resource more than a fifth of whose instances lie over
/// another one of it, or whose work takes no time, is taken for a system that is always there. Where the log is too short to tell any
/// hours they are unknown, which is not the same as always.
package struct ResourceHours: Sendable {
    /// Where hours come from.
    package enum Method: String, Codable, Sendable {
        /// One calendar, given.
        case calendar
        /// Weekly hours learnt from the log.
        case learnt
        /// No hours are known of any resource.
        case unknown
    }

    /// The hours of one resource.
    enum Hours: Sendable {
        case unknown
        case weekly(WorkCalendar)
        case calendar(WorkingClock)
    }

    /// Where they come from.
    package let method: Method
    /// Of resources that occur: those whose hours are known.
    package let known: Int
    /// Those that are taken for systems, always there.
    package let systems: Int
    private let all: [Hours]
    private let place: [Int32]

    /// The hours of a resource, by its number in the log.
    func hours(_ resource: UInt32) -> Hours {
        place[Int(resource)] < 0 ? .unknown : all[Int(place[Int(resource)])]
    }

    /// The weekly hours of a resource where they are known to have openings.
    func weekly(_ resource: UInt32) -> WorkCalendar? {
        if case .weekly(let calendar) = hours(resource), !calendar.hours.isAlways { return calendar }
        return nil
    }

    /// The hours of a calendar for every resource of a log: its own where the calendar has them, else those of the role (else the department) in
    /// which it worked most, else the site's.
    package init(of log: EventLog, calendar: WorkingClock) {
        let count = log.instances.resource.isEmpty ? 0 : log.columns.resource?.vocabulary.count ?? 0
        method = .calendar
        known = count
        systems = 0
        var all: [Hours] = [.calendar(calendar)]
        var place = [Int32](repeating: 0, count: count)
        if let names = log.columns.resource?.vocabulary, !(calendar.calendar.roles.isEmpty && calendar.calendar.resources.isEmpty) {
            let work = WorkByResource(of: log)
            let resources = (0..<UInt32(count)).filter { !work.instances(of: $0).isEmpty }
            let roles = (log.columns.role ?? log.columns.department)?.vocabulary
            for (resource, group) in zip(resources, Self.groups(of: resources, work, log)) {
                let role = group == Vocabulary.missing ? nil : roles?[group]
                guard calendar.hasOwnHours(resource: names[resource], role: role) else { continue }
                place[Int(resource)] = Int32(all.count)
                all.append(.calendar(calendar.clock(ofResource: names[resource], role: role)))
            }
        }
        self.all = all
        self.place = place
    }

    /// The hours of a log's resources: those of the calendar that counts its durations, else learnt.
    package init(of log: EventLog) {
        if case .working(let clock) = log.clock {
            self.init(of: log, calendar: clock)
        } else {
            self.init(learntFrom: log)
        }
    }

    /// Hours learnt from a log.
    package init(learntFrom log: EventLog) {
        let work = WorkByResource(of: log)
        let offset = log.columns.prevailingOffset
        var all: [Hours] = []
        var place = [Int32](repeating: -1, count: work.resources)
        func add(_ hours: WeeklyHours) -> Int32 {
            all.append(.weekly(WorkCalendar(name: "", hours: hours, offset: offset)))
            return Int32(all.count - 1)
        }
        var systems: Int32?
        var systemCount = 0
        var people: [UInt32] = []
        for resource in 0..<UInt32(work.resources) where !work.instances(of: resource).isEmpty {
            if Self.isSystem(work.instances(of: resource), log.instances) {
                if systems == nil { systems = add(.always) }
                place[Int(resource)] = systems ?? -1
                systemCount += 1
            } else {
                people.append(resource)
            }
        }
        func instants(_ resources: [UInt32]) -> [Int64] {
            Self.instants(resources.map { work.instances(of: $0) }, log.instances, offset: offset)
        }
        var groups: [(name: UInt32, members: [UInt32])] = []
        var groupPlace: [UInt32: Int] = [:]
        let groupOf = Self.groups(of: people, work, log)
        for (resource, group) in zip(people, groupOf) {
            if group != Vocabulary.missing, let known = groupPlace[group] {
                groups[known].members.append(resource)
            } else {
                if group != Vocabulary.missing { groupPlace[group] = groups.count }
                groups.append((group, [resource]))
            }
        }
        // The whole log's hours are asked for only where somebody needs them.
        var ofLog: Int32?
        for group in groups {
            let shared = WorkingHoursFit(instants(group.members))
            let usual: Int32
            if let hours = shared.hours {
                usual = add(hours)
            } else {
                if ofLog == nil { ofLog = WorkingHoursFit(instants(people)).hours.map { add($0) } ?? -1 }
                usual = ofLog ?? -1
            }
            for member in group.members {
                place[Int(member)] = usual
                guard group.members.count > 1, let hours = shared.hours else { continue }
                let own = WorkingHoursFit(instants([member]))
                if let alone = own.hours, alone.keepsFewer(than: hours, observations: own.observations) { place[Int(member)] = add(alone) }
            }
        }
        self.all = all
        self.place = place
        self.systems = systemCount
        known = place.count { $0 >= 0 }
        method = known > 0 ? .learnt : .unknown
    }

    /// The role or department most instances of each resource name.
    private static func groups(of resources: [UInt32], _ work: WorkByResource, _ log: EventLog) -> [UInt32] {
        guard let column = log.columns.role ?? log.columns.department else {
            return [UInt32](repeating: Vocabulary.missing, count: resources.count)
        }
        return resources.map { resource in
            var votes: [UInt32: Int] = [:]
            for instance in work.instances(of: resource) {
                let id = column.ids[log.instances.closingEvent(Int(instance))]
                if id != Vocabulary.missing { votes[id, default: 0] += 1 }
            }
            return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? Vocabulary.missing
        }
    }

    private static func instants(_ lists: [ArraySlice<UInt32>], _ instances: ActivityInstances, offset: Int) -> [Int64] {
        let shift = Int64(offset) * Microseconds.second
        var result: [Int64] = []
        result.reserveCapacity(lists.reduce(0) { $0 + $1.count } * 2)
        for list in lists {
            for instance in list {
                let start = instances.startTime(Int(instance))
                let completion = instances.completion[Int(instance)]
                if completion != Instant.missing { result.append(completion &+ shift) }
                if start != Instant.missing && start != completion { result.append(start &+ shift) }
            }
        }
        return result
    }

    /// Whether more than a fifth of these instances lie over another one, or none takes any time.
    private static func isSystem(_ list: ArraySlice<UInt32>, _ instances: ActivityInstances) -> Bool {
        var spans: [(start: Int64, end: Int64)] = []
        for instance in list {
            let start = instances.startTime(Int(instance))
            let completion = instances.completion[Int(instance)]
            if start != Instant.missing && completion > start { spans.append((start, completion)) }
        }
        if spans.isEmpty { return list.contains { instances.startTime(Int($0)) != Instant.missing } }
        spans.sort { ($0.start, $0.end) < ($1.start, $1.end) }
        var over = 0
        var end = Int64.min
        var isEndCounted = true
        for span in spans {
            if span.start < end {
                over += isEndCounted ? 1 : 2
                isEndCounted = true
                end = Swift.max(end, span.end)
            } else {
                isEndCounted = false
                end = span.end
            }
        }
        return over * 5 > list.count
    }
}

/// The instances of a log grouped by resource (counting sort), in the order of cases, then of instances.
struct WorkByResource {
    /// How many numbers of resources there are.
    let resources: Int
    private let list: [UInt32]
    private let offsets: [Int]

    init(of log: EventLog) {
        let column = log.instances.resource
        let count = column.isEmpty ? 0 : log.columns.resource?.vocabulary.count ?? 0
        var offsets = [Int](repeating: 0, count: count + 1)
        if count > 0 {
            for range in log.instanceRanges {
                for instance in range where column[instance] != Vocabulary.missing { offsets[Int(column[instance]) + 1] += 1 }
            }
        }
        for resource in 0..<count { offsets[resource + 1] += offsets[resource] }
        var next = offsets
        var list = [UInt32](repeating: 0, count: offsets[count])
        if count > 0 {
            for range in log.instanceRanges {
                for instance in range where column[instance] != Vocabulary.missing {
                    let resource = Int(column[instance])
                    list[next[resource]] = UInt32(instance)
                    next[resource] += 1
                }
            }
        }
        resources = count
        self.list = list
        self.offsets = offsets
    }

    /// The instances of a resource.
    func instances(of resource: UInt32) -> ArraySlice<UInt32> {
        list[offsets[Int(resource)]..<offsets[Int(resource) + 1]]
    }
}
