package import EventLogs
import Instants

/// Who did how much, week by week: resources, roles and departments, and the cases in progress.
///
/// Weeks are those of ISO 8601, from Monday 00:00 on a clock at the log's prevailing offset. An instance counts in the week of
/// its completion. Worked time is the length of the union of a person's intervals, cut at the weeks' ends; a role's or a
/// department's is the sum over its people of the union of what each did in it. Instances with unknown start have no interval.
package struct Workload: Codable, Sendable, Equatable {
    /// What was done in one week.
    package struct Week: Codable, Sendable, Equatable {
        /// The number of the week, 0 for the first week of ``Workload/weeks``.
        package var number: Int
        /// Its Monday 00:00, in ISO 8601 with offset.
        package var weekStart: String
        /// Instances completed in it.
        package var instances: Int
        /// Seconds worked in it; nil where no start is known.
        package var workedS: Double?
        /// Whether the log does not cover all of it: see ``LogWeek/isPartial``.
        package var isPartial: Bool
    }

    /// One resource, role or department.
    package struct Series: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its instances.
        package var instances: Int
        /// Seconds it worked; nil where no start of its instances is known.
        package var workedS: Double?
        /// Every week from its first to its last with an instance or work, in order.
        package var weeks: [Week]
    }

    /// One week of the whole log.
    package struct LogWeek: Codable, Sendable, Equatable {
        /// The number of the week, from 0.
        package var number: Int
        /// Its Monday 00:00, in ISO 8601 with offset.
        package var weekStart: String
        /// Whether the log does not cover all of it: the first week, where the log begins after its Monday; the last week,
        /// where the log ends before its Sunday.
        package var isPartial: Bool
        /// Instances completed in it.
        package var instances: Int
        /// Cases whose first start lies in it.
        package var casesStarted: Int
        /// Cases whose last completion lies in it.
        package var casesCompleted: Int
        /// Cases under way in it: their first start is not after its end, their last completion not before its start.
        package var casesInProgress: Int
    }

    /// The offset of the weeks' clock: seconds east of UTC.
    package var offsetS: Int
    /// Every week from the first to the last time of the log's instances; empty where none has a time. Where a log spans more than
    /// a century, only the 50 years on either side of the median completion count, here and below.
    package var weeks: [LogWeek]
    /// Resources by descending instances, then by the UTF-8 bytes of their names; empty where the log has none.
    package var resources: [Series]
    /// Roles, likewise.
    package var roles: [Series]
    /// Departments, likewise.
    package var departments: [Series]

    /// The workload of a log.
    package init(of log: EventLog) {
        let calendar = WeekCalendar(log)
        offsetS = calendar.offset
        weeks = calendar.logWeeks(log)
        let instances = log.instances
        let people = instances.resource
        let done = log.instanceRanges.flatMap { $0.map { UInt32($0) } }
        let whole: (UInt32) -> UInt32 = { instances.resource[Int($0)] }
        resources =
            people.isEmpty
            ? [] : Self.series(done, instances, calendar, names: log.columns.resource?.vocabulary, group: whole, person: whole)
        let person: (UInt32) -> UInt32 = { people.isEmpty ? Vocabulary.missing : people[Int($0)] }
        roles = Self.series(done, log, calendar, log.columns.role, person)
        departments = Self.series(done, log, calendar, log.columns.department, person)
    }

    private static func series(
        _ done: [UInt32], _ log: EventLog, _ calendar: WeekCalendar, _ column: SymbolColumn?, _ person: (UInt32) -> UInt32
    ) -> [Series] {
        guard let column else { return [] }
        let instances = log.instances
        return series(
            done, instances, calendar, names: column.vocabulary, group: { column.ids[instances.closingEvent(Int($0))] }, person: person)
    }

    /// One series per group that occurs.
    private static func series(
        _ done: [UInt32], _ instances: ActivityInstances, _ calendar: WeekCalendar, names: Vocabulary?, group: (UInt32) -> UInt32,
        person: (UInt32) -> UInt32
    ) -> [Series] {
        guard let names else { return [] }
        var tallies = [Tally](repeating: Tally(), count: names.count)
        var intervals: [WorkInterval] = []
        for instance in done {
            let id = group(instance)
            if id == Vocabulary.missing { continue }
            let completion = instances.completion[Int(instance)]
            tallies[Int(id)].add(instanceIn: completion == Instant.missing ? nil : calendar.week(of: completion))
            let start = instances.startTime(Int(instance))
            if start == Instant.missing || completion == Instant.missing { continue }
            intervals.append(WorkInterval(group: id, person: person(instance), start: start, end: completion))
        }
        intervals.sort()
        var covered: (group: UInt32, person: UInt32, end: Int64) = (Vocabulary.missing, Vocabulary.missing, Int64.min)
        for interval in intervals {
            let isSame = covered.group == interval.group && covered.person == interval.person
            let from = isSame ? Swift.max(covered.end, interval.start) : interval.start
            calendar.forEachWeek(from, interval.end) { week, time in tallies[Int(interval.group)].add(worked: time, in: week) }
            covered = (interval.group, interval.person, isSame ? Swift.max(covered.end, interval.end) : interval.end)
        }
        let order = names.ids.filter { tallies[Int($0)].instances > 0 }.sorted { left, right in
            let own = tallies[Int(left)].instances
            let other = tallies[Int(right)].instances
            return own != other ? own > other : names.precedes(left, right)
        }
        return order.map { tallies[Int($0)].series(named: names[$0], calendar) }
    }
}

/// The time between start and completion of an instance, with who worked and for what it counts.
private struct WorkInterval: Comparable {
    var group: UInt32
    var person: UInt32
    var start: Int64
    var end: Int64

    static func < (left: WorkInterval, right: WorkInterval) -> Bool {
        if left.group != right.group { return left.group < right.group }
        if left.person != right.person { return left.person < right.person }
        return left.start != right.start ? left.start < right.start : left.end < right.end
    }
}

/// Instances and work of one series by week, from its first week on.
private struct Tally {
    private(set) var instances = 0
    private var firstWeek = 0
    private var counts: [Int] = []
    private var worked: [Int64] = []
    private var knowsWork = false

    mutating func add(instanceIn week: Int?) {
        instances += 1
        guard let week else { return }
        reach(week)
        counts[week - firstWeek] += 1
    }

    mutating func add(worked time: Int64, in week: Int) {
        reach(week)
        knowsWork = true
        worked[week - firstWeek] += time
    }

    private mutating func reach(_ week: Int) {
        if counts.isEmpty { firstWeek = week }
        if week < firstWeek {
            let more = firstWeek - week
            counts.insert(contentsOf: repeatElement(0, count: more), at: 0)
            worked.insert(contentsOf: repeatElement(0, count: more), at: 0)
            firstWeek = week
        }
        let missing = week - firstWeek + 1 - counts.count
        if missing > 0 {
            counts.append(contentsOf: repeatElement(0, count: missing))
            worked.append(contentsOf: repeatElement(0, count: missing))
        }
    }

    func series(named name: String, _ calendar: WeekCalendar) -> Workload.Series {
        let weeks = counts.indices.map { place in
            Workload.Week(
                number: firstWeek + place, weekStart: calendar.texts[firstWeek + place], instances: counts[place],
                workedS: knowsWork ? Double(worked[place]) / 1e6 : nil, isPartial: calendar.isPartial(firstWeek + place))
        }
        let total = worked.reduce(0, +)
        return Workload.Series(name: name, instances: instances, workedS: knowsWork ? Double(total) / 1e6 : nil, weeks: weeks)
    }
}
