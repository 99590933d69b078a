package import EventLogs
import Instants
import Statistics

/// The directly-follows graphs of parts of a log, added up: eight bytes a step.
///
/// ```swift
/// var tally = DirectlyFollowsTally()
/// for part in parts { tally.add(DirectlyFollowsIndex(of: part)) }
/// let graph = tally.graph()
/// ```
package struct DirectlyFollowsTally: Sendable {
    /// The activities of all parts, in order of first sight.
    package private(set) var names = Vocabulary()
    private var activityCounts: [Int] = []
    private var startCounts: [Int] = []
    private var endCounts: [Int] = []
    private var caseCount = 0
    private var numbers: [UInt64: Int] = [:]
    private var sources: [UInt32] = []
    private var targets: [UInt32] = []
    private var counts: [Int] = []
    /// Per edge: its known times.
    private var times: [DurationList] = []

    /// Nothing added.
    package init() {}

    /// Adds the steps of a part; the numbers that its activities and edges have here.
    @discardableResult
    package mutating func add(_ index: DirectlyFollowsIndex) -> (activities: [UInt32], edges: [Int]) {
        let map = names.numbers(of: index.names)
        while activityCounts.count < names.count {
            activityCounts.append(0)
            startCounts.append(0)
            endCounts.append(0)
        }
        for (own, number) in map.enumerated() {
            activityCounts[Int(number)] += index.activityCounts[own]
            startCounts[Int(number)] += index.startCounts[own]
            endCounts[Int(number)] += index.endCounts[own]
        }
        caseCount += index.caseCount
        var known: [Int64] = []
        let edges = (0..<index.edgeCount).map { edge in
            let number = self.number(map[Int(index.source[edge])], map[Int(index.target[edge])])
            counts[number] += index.count(ofEdge: edge)
            known.removeAll(keepingCapacity: true)
            for time in index.time[index.offsets[edge]..<index.offsets[edge + 1]] where time != Instant.missing { known.append(time) }
            times[number].append(contentsOf: known)
            return number
        }
        return (map, edges)
    }

    private mutating func number(_ source: UInt32, _ target: UInt32) -> Int {
        let key = UInt64(source) << 32 | UInt64(target)
        if let known = numbers[key] { return known }
        let number = counts.count
        numbers[key] = number
        sources.append(source)
        targets.append(target)
        counts.append(0)
        times.append(DurationList())
        return number
    }

    /// The counts, and the number here of each of their edges.
    package func inOrder() -> (counts: DirectlyFollowsCounts, edges: [Int]) {
        let ranks = names.ranks()
        let order = counts.indices.sorted { left, right in
            if counts[left] != counts[right] { return counts[left] > counts[right] }
            let own = ranks[Int(sources[left])]
            let other = ranks[Int(sources[right])]
            return own != other ? own < other : ranks[Int(targets[left])] < ranks[Int(targets[right])]
        }
        let ordered = DirectlyFollowsCounts(
            names: names, activityCounts: activityCounts, startCounts: startCounts, endCounts: endCounts, nameRanks: ranks,
            caseCount: caseCount, source: order.map { sources[$0] }, target: order.map { targets[$0] },
            edgeCounts: order.map { counts[$0] })
        return (ordered, order)
    }

    /// The graph of all parts; the times are given up.
    package mutating func graph() -> DirectlyFollowsGraph {
        let (counts, order) = inOrder()
        return DirectlyFollowsGraph(counts) { edge in
            var list = DurationList()
            swap(&list, &times[order[edge]])
            return list.values().withUnsafeBufferPointer { EdgeTimes($0) }
        }
    }
}
