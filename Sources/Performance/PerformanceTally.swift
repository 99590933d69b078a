package import EventLogs
import Instants
import ProcessModels
import Statistics

/// The performance of parts of a log, added up: eight bytes a duration.
///
/// ```swift
/// var tally = PerformanceTally(options: options)
/// repeat { for part in parts { tally.add(part) } } while tally.needsAnotherLook()
/// let result = tally.result()
/// ```
package struct PerformanceTally: Sendable {
    private let options: PerformanceOptions
    private var seen = EndActivityTally()
    /// The end activities, once they are known.
    private var ends: EndActivities?
    /// Whether cases are measured in this look.
    private var measures: Bool
    /// Whether the parts come once more.
    private var isAnotherLook = false
    private var cycle = DurationList()
    private var service = DurationList()
    private var waiting = DurationList()
    private var idle = DurationList()
    private var processing = DurationList()
    private var cases = 0
    private var reworkCases = 0
    private var dateOnly = DateOnlyTally()
    private var survival = SurvivalTally()
    private var isWorkingTime = false
    private var elapsedCycle = DurationList()
    private var elapsedService = DurationList()
    private var elapsedWaiting = DurationList()
    private var elapsedIdle = DurationList()
    private var breakdown: BreakdownTally?
    private var steps = DirectlyFollowsTally()
    /// By activity number of the steps.
    private var activities: [ActivityTally] = []
    private var heldByActivity: [HeldTime?] = []
    /// By edge number of the steps.
    private var heldByEdge: [HeldTime?] = []

    /// The figures of one activity.
    private struct ActivityTally {
        var instances = 0
        var cases = 0
        var service = DurationList()
        var waiting = DurationList()
        var sojourn = DurationList()
    }

    /// Nothing added.
    package init(options: PerformanceOptions) {
        self.options = options
        ends = options.endActivities.map { EndActivities(declared: $0, rule: .declared, among: Vocabulary()) }
        breakdown = options.by.map { BreakdownTally(by: $0) }
        // Which cases are unfinished shows only at the end.
        measures = options.censored == .include || ends != nil
    }

    /// Adds the cases of a part.
    package mutating func add(_ log: EventLog) {
        if !isAnotherLook { seen.add(log) }
        if !measures { return }
        guard options.censored == .exclude, let ends else {
            measure(log)
            return
        }
        let own = EndActivities(declared: ends.names, rule: ends.rule, among: log.activities)
        let instances = log.instances
        let finished = log.instanceRanges.indices.filter { position in
            let range = log.instanceRanges[position]
            if range.isEmpty { return false }
            if !instances.openCount.isEmpty && instances.openCount[Int(log.caseIDs[position])] > 0 { return false }
            return own.isEnd[Int(instances.activity[range.upperBound - 1])]
        }
        measure(finished.count == log.caseCount ? log : log.selecting(cases: finished))
    }

    /// Whether the parts must be added once more, from the first on.
    package mutating func needsAnotherLook() -> Bool {
        if measures { return false }
        ends = seen.ends
        measures = true
        isAnotherLook = true
        return true
    }

    private mutating func measure(_ log: EventLog) {
        let instances = InstanceTimes(of: log)
        let times = CaseTimes.of(log, ends: EndActivities(of: log, declared: []), instances: instances)
        cases += log.caseCount
        cycle.append(known: times.cycle)
        service.append(known: times.service)
        waiting.append(known: times.waiting)
        idle.append(known: times.idle)
        processing.append(known: times.processing)
        reworkCases += times.hasRework.count { $0 }
        dateOnly.add(log, times)
        breakdown?.add(log)
        if log.clock.calendar != nil {
            isWorkingTime = true
            let elapsed = log.measured(by: .elapsed)
            let times = CaseTimes.of(elapsed, ends: EndActivities(of: log, declared: []), instances: InstanceTimes(of: elapsed))
            elapsedCycle.append(known: times.cycle)
            elapsedService.append(known: times.service)
            elapsedWaiting.append(known: times.waiting)
            elapsedIdle.append(known: times.idle)
        }
        let index = DirectlyFollowsIndex(of: log)
        let occurrences = Occurrences(of: log)
        let numbers = steps.add(index)
        if options.censored == .include { survival.add(log, times, numbers: numbers.activities) }
        while activities.count < steps.names.count {
            activities.append(ActivityTally())
            heldByActivity.append(nil)
        }
        for edge in numbers.edges where edge >= heldByEdge.count { heldByEdge.append(nil) }
        for id in log.activities.ids where occurrences.count(of: id) > 0 {
            let number = Int(numbers.activities[Int(id)])
            let held = occurrences.instance[occurrences.range(of: id)]
            activities[number].instances += held.count
            activities[number].cases += occurrences.caseCount(of: id)
            activities[number].service.append(known: held.map { instances.service(Int($0)) })
            if !instances.waiting.isEmpty { activities[number].waiting.append(known: held.map { instances.waiting[Int($0)] }) }
            activities[number].sojourn.append(known: held.map { instances.sojourn[Int($0)] })
        }
        for item in Bottleneck.heldTimes(in: log, steps: index, occurrences: occurrences, times: instances) {
            switch item.kind {
            case .activity: Self.add(item, to: &heldByActivity[Int(numbers.activities[item.number])])
            case .edge: Self.add(item, to: &heldByEdge[numbers.edges[item.number]])
            }
        }
    }

    private static func add(_ item: HeldTime, to held: inout HeldTime?) {
        guard var sum = held else {
            held = item
            return
        }
        sum.total += item.total
        sum.count += item.count
        sum.cases += item.cases
        sum.isKnown = sum.isKnown || item.isKnown
        sum.slowest.add(item.slowest)
        held = sum
    }

    /// The result; the times are given up.
    package mutating func result() -> PerformanceResult {
        let ends = ends ?? seen.ends
        let (counts, order) = steps.inOrder()
        var held: [HeldTime] = []
        for number in heldByActivity.indices {
            guard var item = heldByActivity[number], item.isKnown else { continue }
            item.number = number
            held.append(item)
        }
        for (place, edge) in order.enumerated() {
            guard var item = heldByEdge[edge], item.isKnown else { continue }
            item.number = place
            held.append(item)
        }
        let elapsed =
            isWorkingTime
            ? ElapsedTimes(
                cycleTime: elapsedCycle.giveUp(), waitingTime: elapsedWaiting.giveUp(), serviceTime: elapsedService.giveUp(),
                idleTime: elapsedIdle.giveUp()) : nil
        let endNames = Set(ends.names)
        let isEnd = (0..<steps.names.count).map { endNames.contains(steps.names[UInt32($0)]) }
        let reworkShare = cases == 0 ? nil : Double(reworkCases) / Double(cases)
        return PerformanceResult(
            cases: seen.cases, censored: seen.censored(ends), endActivities: ends.names, endRule: ends.rule,
            cycleTime: cycle.giveUp(), serviceTime: service.giveUp(), waitingTime: waiting.giveUp(), idleTime: idle.giveUp(),
            processingTime: processing.giveUp(), reworkCases: reworkCases, reworkShare: reworkShare,
            activities: activityTimes(counts), edges: steps.graph().edges, bottlenecks: Bottleneck.ranked(held, counts),
            survival: options.censored == .include ? survival.times(isEnd: isEnd) : nil, elapsed: elapsed,
            dateOnly: dateOnly.bounds(),
            breakdown: breakdown?.result())
    }

    private mutating func activityTimes(_ counts: DirectlyFollowsCounts) -> [ActivityTimes] {
        let order = activities.indices.filter { activities[$0].instances > 0 }.sorted { left, right in
            let own = activities[left].instances
            let other = activities[right].instances
            return own != other ? own > other : counts.nameRanks[left] < counts.nameRanks[right]
        }
        return order.map { number in
            let (instances, cases) = (activities[number].instances, activities[number].cases)
            return ActivityTimes(
                name: counts.names[UInt32(number)], instances: instances, cases: cases, service: activities[number].service.giveUp(),
                waiting: activities[number].waiting.giveUp(), sojourn: activities[number].sojourn.giveUp(),
                reworkInstances: instances - cases)
        }
    }
}

extension DurationList {
    /// Adds the durations that are known.
    mutating func append(known microseconds: [Int64]) {
        append(contentsOf: microseconds.filter { $0 != Instant.missing })
    }

    /// The statistics of a list that is empty afterwards.
    fileprivate mutating func giveUp() -> TimeStatistics? {
        var list = DurationList()
        swap(&list, &self)
        return list.statistics()
    }
}
