package import EventLogs

/// The eventually-follows graph of a log: for each two activities how often, and in how many cases, one comes somewhere after the other.
///
/// A case's instances stand in the order of completion; every instance of the target behind an instance of the source counts once, so a
/// pair may count more often than either activity occurs. An activity follows itself where it is repeated. It shows what is decided or
/// caused far ahead, where the directly-follows graph sees neighbours only (Weidlich, Mendling, Weske: "Efficient consistency measurement
/// based on behavioral profiles of process models", IEEE Transactions on Software Engineering 37, 2011, doi:10.1109/TSE.2010.96, calls the
/// relation weak order).
///
/// ```swift
/// let graph = EventuallyFollowsGraph(of: log)
/// ```
package struct EventuallyFollowsGraph: Codable, Sendable, Equatable {
    /// An activity of the graph.
    package struct Activity: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its instances.
        package var count: Int
        /// Cases that hold it.
        package var cases: Int
    }

    /// One activity somewhere after another.
    package struct Edge: Codable, Sendable, Equatable {
        /// The activity before.
        package var source: String
        /// The activity after.
        package var target: String
        /// Pairs of an instance of the source and a later one of the target in the same case.
        package var count: Int
        /// Cases that hold such a pair.
        package var cases: Int
        /// Their share of the cases that hold the source, 0…1.
        package var caseShare: Double
    }

    /// So many different pairs are told apart; a log with more has no graph that anyone could read.
    package static let pairLimit = 1 << 24

    /// The activities, by descending count, then by the UTF-8 bytes of their names.
    package var activities: [Activity]
    /// The edges, by descending count, then by the UTF-8 bytes of source and target.
    package var edges: [Edge]

    /// A graph of these parts, which are in order.
    init(activities: [Activity], edges: [Edge]) {
        self.activities = activities
        self.edges = edges
    }

    /// The graph of a log; nil where it has more than ``pairLimit`` pairs.
    package init?(of log: EventLog) {
        var tally = EventuallyFollowsTally()
        tally.add(log)
        guard let graph = tally.graph() else { return nil }
        self = graph
    }
}

/// The eventually-follows graphs of parts of a log, added up; memory follows the pairs, not the events.
package struct EventuallyFollowsTally: Sendable {
    private var names = Vocabulary()
    /// Per activity: its instances, and the cases that hold it.
    private var instances: [Int] = []
    private var holders: [Int] = []
    private var pairs: [UInt64: PairTotals] = [:]
    private var hasTooMany = false

    /// Nothing added.
    package init() {}

    /// Adds the cases of a part.
    ///
    /// - Complexity: O(instances) to find the different sequences of activities, then O(length · distinct activities) for each of them.
    package mutating func add(_ log: EventLog) {
        let map = names.numbers(of: log.activities)
        while instances.count < names.count {
            instances.append(0)
            holders.append(0)
        }
        if hasTooMany { return }
        var sequences = SequenceTable()
        log.instances.activity.withUnsafeBufferPointer { activity in
            for range in log.instanceRanges where !range.isEmpty { _ = sequences.add(UnsafeBufferPointer(rebasing: activity[range])) }
        }
        var scan = SequenceScan(activities: log.activities.count)
        for number in 0..<sequences.count {
            let isCounted = sequences.sequence(number).withUnsafeBufferPointer { scan.add($0, times: sequences.counts[number]) }
            if !isCounted {
                hasTooMany = true
                pairs = [:]
                return
            }
        }
        for (own, number) in map.enumerated() {
            instances[Int(number)] += scan.instances[own]
            holders[Int(number)] += scan.holders[own]
        }
        scan.forEachPair { source, target, totals in
            pairs[UInt64(map[source]) << 32 | UInt64(map[target]), default: PairTotals()].add(totals)
        }
        if pairs.count > EventuallyFollowsGraph.pairLimit {
            hasTooMany = true
            pairs = [:]
        }
    }

    /// The graph of all parts; nil where it has more pairs than ``EventuallyFollowsGraph/pairLimit``.
    package func graph() -> EventuallyFollowsGraph? {
        if hasTooMany { return nil }
        let ranks = names.ranks()
        let texts = names.strings
        let present = names.ids.filter { instances[Int($0)] > 0 }.sorted { left, right in
            let (own, other) = (instances[Int(left)], instances[Int(right)])
            return own != other ? own > other : ranks[Int(left)] < ranks[Int(right)]
        }
        let ordered = pairs.map { key, totals in
            (source: Int(key >> 32), target: Int(key & 0xFFFF_FFFF), totals: totals)
        }.sorted { left, right in
            if left.totals.count != right.totals.count { return left.totals.count > right.totals.count }
            let (own, other) = (ranks[left.source], ranks[right.source])
            return own != other ? own < other : ranks[left.target] < ranks[right.target]
        }
        return EventuallyFollowsGraph(
            activities: present.map { id in
                EventuallyFollowsGraph.Activity(name: texts[Int(id)], count: instances[Int(id)], cases: holders[Int(id)])
            },
            edges: ordered.map { pair in
                EventuallyFollowsGraph.Edge(
                    source: texts[pair.source], target: texts[pair.target], count: pair.totals.count, cases: pair.totals.cases,
                    caseShare: Double(pair.totals.cases) / Double(holders[pair.source]))
            })
    }
}

/// How often a pair of activities comes, and in how many cases.
private struct PairTotals: Sendable {
    var count = 0
    var cases = 0

    mutating func add(_ other: PairTotals) {
        count += other.count
        cases += other.cases
    }
}

/// Counts the pairs of sequences of activities.
///
/// A sequence is scanned from its end with the number of each activity behind the place that is looked at: O(length · distinct) whatever the
/// number of pairs. Its own square table of distinct activities is then added to that of all.
private struct SequenceScan {
    private(set) var instances: [Int]
    private(set) var holders: [Int]
    private let width: Int
    /// Row by source, up to 1,024 activities; above, ``sparse`` holds the pairs.
    private var dense: [PairTotals]
    private var sparse: [UInt64: PairTotals] = [:]
    /// Per activity: its number within the sequence, or −1.
    private var local: [Int32]
    private var distinct: [Int] = []
    private var behind: [Int] = []
    private var table: [Int] = []

    init(activities: Int) {
        width = activities
        instances = [Int](repeating: 0, count: activities)
        holders = instances
        dense = activities <= 1_024 ? [PairTotals](repeating: PairTotals(), count: activities * activities) : []
        local = [Int32](repeating: -1, count: activities)
    }

    /// Counts a sequence that comes so many times; false where there are too many pairs.
    mutating func add(_ sequence: UnsafeBufferPointer<UInt32>, times: Int) -> Bool {
        distinct.removeAll(keepingCapacity: true)
        for activity in sequence {
            instances[Int(activity)] += times
            if local[Int(activity)] >= 0 { continue }
            local[Int(activity)] = Int32(distinct.count)
            distinct.append(Int(activity))
            holders[Int(activity)] += times
        }
        defer { for activity in distinct { local[activity] = -1 } }
        let size = distinct.count
        if size * size > EventuallyFollowsGraph.pairLimit { return false }
        while behind.count < size { behind.append(0) }
        while table.count < size * size { table.append(0) }
        count(sequence, size)
        for own in 0..<size {
            for other in 0..<size where table[own * size + other] > 0 {
                let totals = PairTotals(count: table[own * size + other] * times, cases: times)
                if dense.isEmpty {
                    sparse[UInt64(distinct[own]) << 32 | UInt64(distinct[other]), default: PairTotals()].add(totals)
                } else {
                    dense[distinct[own] * width + distinct[other]].add(totals)
                }
            }
        }
        return sparse.count <= EventuallyFollowsGraph.pairLimit
    }

    /// Fills the sequence's own table.
    private mutating func count(_ sequence: UnsafeBufferPointer<UInt32>, _ size: Int) {
        table.withUnsafeMutableBufferPointer { table in
            behind.withUnsafeMutableBufferPointer { behind in
                local.withUnsafeBufferPointer { local in
                    guard let table = table.baseAddress, let behind = behind.baseAddress else { return }
                    table.update(repeating: 0, count: size * size)
                    behind.update(repeating: 0, count: size)
                    for activity in sequence.reversed() {
                        let own = Int(local[Int(activity)])
                        let row = table + own &* size
                        var other = 0
                        while other < size {
                            row[other] &+= behind[other]
                            other &+= 1
                        }
                        behind[own] &+= 1
                    }
                }
            }
        }
    }

    /// Calls `body` with every pair that occurs.
    func forEachPair(_ body: (_ source: Int, _ target: Int, _ totals: PairTotals) -> Void) {
        for (cell, totals) in dense.enumerated() where totals.count > 0 { body(cell / width, cell % width, totals) }
        for (key, totals) in sparse { body(Int(key >> 32), Int(key & 0xFFFF_FFFF), totals) }
    }
}
