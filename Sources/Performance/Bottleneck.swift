import EventLogs
import Instants
import ProcessModels

/// What holds time: an activity (its instances' durations) or an edge (its positive times).
///
/// An instance with unknown start holds nothing, the edge into it does; so on a log without overlaps the totals of all
/// bottlenecks sum to the summed cycle times.
package struct Bottleneck: Codable, Sendable, Equatable {
    /// An activity or an edge.
    package enum Kind: String, Codable, Sendable {
        /// Time in work.
        case activity
        /// Time between two activities.
        case edge
    }

    /// What it is.
    package var kind: Kind
    /// The activity; nil for an edge.
    package var activity: String?
    /// The activity before; nil for an activity.
    package var source: String?
    /// The activity after; nil for an activity.
    package var target: String?
    /// The time it holds in seconds, over all cases.
    package var totalS: Double
    /// Its instances, or how often the edge is taken.
    package var count: Int
    /// Cases that hold it.
    package var cases: Int
    /// Its share of the sum of all totals, 0…1; nil where that sum is 0.
    package var shareOfCycleTime: Double?
    /// Seconds of mean cycle time saved if it were 10 % faster.
    package var scoreS: Double?
    /// For an edge: the change of the expected cycle time in seconds when its probability rises by 0.01 at the cost of its
    /// siblings; nil where it cannot rise so much.
    package var routingS: Double?
    /// Its place by total, from 1.
    package var rank: Int
    /// The names of the ten cases that lose most time there, the most first; fewer where fewer lose any.
    package var slowest: [String]
    /// The filter that selects the cases that hold it.
    package var filter: String
}

/// A bottleneck in numbers, before it is put into words.
struct HeldTime {
    var kind: Bottleneck.Kind
    /// The activity, or the edge.
    var number: Int
    /// Microseconds; 128 bits, for stamps such as 9999-12-31 stand in real logs and their sums are beyond 64.
    var total: Int128
    var count: Int
    var cases: Int
    /// Whether a time of it is known.
    var isKnown: Bool
    /// The cases that lose most.
    var slowest: SlowestCases
}

extension Bottleneck {
    /// All bottlenecks by descending total; ties by the UTF-8 bytes of the names, activities first.
    ///
    /// - Parameter held: what activities and edges hold, by their numbers in the counts.
    static func ranked(_ held: [HeldTime], _ steps: DirectlyFollowsCounts) -> [Bottleneck] {
        let sum = held.reduce(Int128(0)) { $0 + $1.total }
        let effects = BottleneckEffects(held, steps)
        let ranks = steps.nameRanks
        // By total, first name, activity before edge, second name.
        let keyed = held.map { item -> (item: HeldTime, first: UInt32, second: Int64) in
            switch item.kind {
            case .activity: (item, ranks[item.number], -1)
            case .edge: (item, ranks[Int(steps.source[item.number])], Int64(ranks[Int(steps.target[item.number])]))
            }
        }
        let sorted = keyed.sorted { left, right in
            (-left.item.total, left.first, left.second) < (-right.item.total, right.first, right.second)
        }
        return sorted.enumerated().map { place, entry in
            let item = entry.item
            var result = Bottleneck(
                kind: item.kind, totalS: Double(item.total) / 1e6, count: item.count, cases: item.cases,
                shareOfCycleTime: sum == 0 ? nil : Double(item.total) / Double(sum), rank: place + 1, slowest: item.slowest.names,
                filter: "")
            switch item.kind {
            case .activity:
                let name = steps.names[UInt32(item.number)]
                result.activity = name
                result.scoreS = effects?.activityScores[item.number]
                result.filter = LogFilter.has(name).text
            case .edge:
                let source = steps.names[steps.source[item.number]]
                let target = steps.names[steps.target[item.number]]
                result.source = source
                result.scoreS = effects?.edgeScores[item.number]
                result.routingS = effects?.routing[item.number]
                result.target = target
                result.filter = LogFilter.directly(source, target).text
            }
            return result
        }
    }

    /// What every activity and edge of a log holds.
    static func heldTimes(
        in log: EventLog, steps: DirectlyFollowsIndex, occurrences: Occurrences, times: InstanceTimes
    ) -> [HeldTime] {
        var result: [HeldTime] = []
        for id in log.activities.ids {
            let range = occurrences.range(of: id)
            var sum = CaseSum(log)
            for place in range { sum.add(times.service(Int(occurrences.instance[place])), occurrences.position[place]) }
            result.append(sum.finished(.activity, Int(id), count: range.count))
        }
        for edge in 0..<steps.edgeCount {
            let range = steps.offsets[edge]..<steps.offsets[edge + 1]
            var sum = CaseSum(log)
            for step in range { sum.add(steps.time[step], steps.position[step]) }
            result.append(sum.finished(.edge, edge, count: range.count))
        }
        return result
    }
}

/// Sums the positive times of occurrences that come case by case, and keeps the ten cases that lose most.
private struct CaseSum {
    private let log: EventLog
    private var total: Int128 = 0
    private var cases = 0
    private var isKnown = false
    private var current = UInt32.max
    private var own: Int128 = 0
    private var top: [(time: Int128, position: UInt32)] = []

    init(_ log: EventLog) {
        self.log = log
    }

    @inline(__always)
    mutating func add(_ time: Int64, _ position: UInt32) {
        if position != current {
            if own > 0 { close() }
            current = position
            own = 0
            cases += 1
        }
        if time == Instant.missing { return }
        isKnown = true
        if time > 0 {
            own += Int128(time)
            total += Int128(time)
        }
    }

    mutating func finished(_ kind: Bottleneck.Kind, _ number: Int, count: Int) -> HeldTime {
        if own > 0 { close() }
        var slowest = SlowestCases()
        for item in top { slowest.add(item.time, log.caseName(Int(item.position))) }
        return HeldTime(kind: kind, number: number, total: total, count: count, cases: cases, isKnown: isKnown, slowest: slowest)
    }

    private mutating func close() {
        if top.count == 10 && own < top[9].time { return }
        var place = top.count
        while place > 0 && precedes(own, current, top[place - 1]) { place -= 1 }
        if place == 10 { return }
        top.insert((own, current), at: place)
        if top.count > 10 { top.removeLast() }
    }

    private func precedes(_ time: Int128, _ position: UInt32, _ other: (time: Int128, position: UInt32)) -> Bool {
        if time != other.time { return time > other.time }
        return log.columns.caseNames.precedes(log.caseIDs[Int(position)], log.caseIDs[Int(other.position)])
    }
}
