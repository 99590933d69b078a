import EventLogs
import ProcessModels

/// Which activity can come directly after which, and what follows from it for each two of them (van der Aalst: "Process mining: data
/// science in action", 2016, section 8.4.2, doi:10.1007/978-3-662-49851-4).
package struct Footprint: Sendable, Equatable {
    /// How two activities stand to each other.
    package enum Relation: String, Codable, Sendable, CaseIterable {
        /// The first comes directly before the second, never directly after.
        case before
        /// The first comes directly after the second, never directly before.
        case after
        /// Both orders occur.
        case parallel
        /// Neither comes directly after the other.
        case never
    }

    /// The activities by name, in order of the UTF-8 bytes.
    package let activities: [String]
    /// Whether an activity (row) is directly followed by another (column), row by row.
    let follows: [Bool]
    /// Per activity: whether a case can begin with it.
    let starts: [Bool]
    /// Per activity: whether a case can end with it.
    let ends: [Bool]

    /// How two activities, by position, stand to each other.
    package func relation(_ first: Int, _ second: Int) -> Relation {
        switch (follows[first * activities.count + second], follows[second * activities.count + first]) {
        case (true, true): .parallel
        case (true, false): .before
        case (false, true): .after
        case (false, false): .never
        }
    }

    /// What numbers (of any vocabulary) follow, as a footprint over names in order.
    init(names: [String], _ pairs: [(UInt32, UInt32)], starts: [UInt32], ends: [UInt32]) {
        let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
        var place = [Int](repeating: 0, count: names.count)
        for (index, number) in order.enumerated() { place[number] = index }
        var follows = [Bool](repeating: false, count: names.count * names.count)
        for (first, second) in pairs { follows[place[Int(first)] * names.count + place[Int(second)]] = true }
        var (isStart, isEnd) = ([Bool](repeating: false, count: names.count), [Bool](repeating: false, count: names.count))
        for number in starts { isStart[place[Int(number)]] = true }
        for number in ends { isEnd[place[Int(number)]] = true }
        activities = order.map { names[$0] }
        self.follows = follows
        self.starts = isStart
        self.ends = isEnd
    }

    /// The footprint of a log, over the activities of a net made ready for it.
    init(of log: EventLog, over net: CheckedNet) {
        let counts = DirectlyFollowsCounts(of: log)
        self.init(
            names: net.activities, zip(counts.source, counts.target).map { ($0, $1) },
            starts: counts.startCounts.indices.filter { counts.startCounts[$0] > 0 }.map { UInt32($0) },
            ends: counts.endCounts.indices.filter { counts.endCounts[$0] > 0 }.map { UInt32($0) })
    }

    /// The footprint of a net: what may directly follow in some run that ends, found in its state space.
    ///
    /// - Parameter limit: how many markings the state space may have.
    /// - Throws: ``CheckedNetError`` where it has more or no run ends.
    init(of net: CheckedNet, limit: Int) throws(CheckedNetError) {
        guard let space = StateSpace(net, limit: limit) else { throw CheckedNetError(.searchLimitReached) }
        if space.toFinal[Int(MarkingGraph.initial)] == StateSpace.unreachable { throw CheckedNetError(.finalMarkingNotReached) }
        // Markings from which no run ends take no part.
        func isLive(_ marking: Int) -> Bool { space.toFinal[marking] != StateSpace.unreachable }
        var stamps = [Int](repeating: -1, count: space.count)
        var stamp = 0
        // What may come next from a marking, and whether the end may come.
        func next(_ marking: Int) -> (labels: Set<UInt32>, canEnd: Bool) {
            var labels: Set<UInt32> = []
            var stack = [marking]
            stamps[marking] = stamp
            var canEnd = false
            while let own = stack.popLast() {
                if own == space.final { canEnd = true }
                for edge in space.edges(of: own) where isLive(Int(space.targets[edge])) {
                    let target = Int(space.targets[edge])
                    if space.labels[edge] != CheckedNet.silent {
                        labels.insert(space.labels[edge])
                    } else if stamps[target] != stamp {
                        stamps[target] = stamp
                        stack.append(target)
                    }
                }
            }
            stamp += 1
            return (labels, canEnd)
        }
        var behind: [Set<UInt32>] = Array(repeating: [], count: net.activities.count)
        var ends: Set<UInt32> = []
        var known: [(labels: Set<UInt32>, canEnd: Bool)?] = Array(repeating: nil, count: space.count)
        for marking in 0..<space.count where isLive(marking) {
            for edge in space.edges(of: marking) where space.labels[edge] != CheckedNet.silent && isLive(Int(space.targets[edge])) {
                let target = Int(space.targets[edge])
                let own = known[target] ?? next(target)
                known[target] = own
                behind[Int(space.labels[edge])].formUnion(own.labels)
                if own.canEnd { ends.insert(space.labels[edge]) }
            }
        }
        let pairs = behind.enumerated().flatMap { first, own in own.map { (UInt32(first), $0) } }
        self.init(names: net.activities, pairs, starts: Array(next(Int(MarkingGraph.initial)).labels), ends: Array(ends))
    }
}
