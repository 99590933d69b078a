/// Optimal alignments by dynamic programming over all markings of a net, for nets that have few.
///
/// `cost[i][m]` is the least cost of the first `i` activities of a trace together with a run of the net to marking `m`. A row follows from
/// the one before: every marking may take a move on log; a marking behind an edge with the next activity may take it together; and from
/// markings that this made cheaper, moves on model spread the gain. Costs are kept less `i`, so that moves on log change nothing and
/// a row differs from the one before only where the trace and the net agree. Traces are taken in order of their activities, so that those
/// which begin alike share rows. Among the alignments of least cost one with the fewest silent moves is taken, and of those one
/// by a fixed order, whatever the threads.
///
/// - Complexity: O(length · (markings + edges of the next activity + edges of markings that gain)) per trace beyond its shared beginning.
struct AlignmentTable: Sendable {
    /// Deviations count this much; silent moves count 1.
    private static let deviation: Int64 = 1 << 32
    private static let infinite = Int64.max / 4

    private let net: CheckedNet
    private let initial: Int
    private let final: Int
    /// How many markings there are.
    let count: Int
    /// The edges by activity: where those of each begin, one more than there are activities.
    private let activityStarts: [Int]
    private let activitySources: [UInt32]
    private let activityTargets: [UInt32]
    /// Moves on model from each marking.
    private let outStarts: [Int]
    private let outTargets: [UInt32]
    private let outCosts: [Int64]
    /// All edges into each marking, in order of transition and source.
    private let inStarts: [Int]
    private let inSources: [UInt32]
    private let inTransitions: [UInt32]

    /// The table of a net over its state space; nil where the final marking cannot be reached.
    init?(_ net: CheckedNet, _ space: StateSpace) {
        if space.toFinal[Int(MarkingGraph.initial)] == StateSpace.unreachable { return nil }
        self.net = net
        count = space.count
        initial = Int(MarkingGraph.initial)
        final = space.final
        // Markings from which there is no way to the end take no part.
        var edges: [(source: UInt32, target: UInt32, transition: UInt32)] = []
        for source in 0..<space.count {
            for edge in space.edges(of: source) where space.toFinal[Int(space.targets[edge])] != StateSpace.unreachable {
                edges.append((UInt32(source), space.targets[edge], space.transitions[edge]))
            }
        }
        let labels = net.labels
        func starts(_ size: Int, _ key: ((source: UInt32, target: UInt32, transition: UInt32)) -> Int?) -> [Int] {
            var starts = [Int](repeating: 0, count: size + 1)
            for edge in edges { if let key = key(edge) { starts[key + 1] += 1 } }
            for place in 0..<size { starts[place + 1] += starts[place] }
            return starts
        }
        outStarts = starts(count) { Int($0.source) }
        outTargets = edges.map(\.target)
        outCosts = edges.map { labels[Int($0.transition)] == CheckedNet.silent ? 1 : Self.deviation }
        activityStarts = starts(net.activities.count) {
            labels[Int($0.transition)] == CheckedNet.silent ? nil : Int(labels[Int($0.transition)])
        }
        let visible = edges.filter { labels[Int($0.transition)] != CheckedNet.silent }
            .sorted { (labels[Int($0.transition)], $0.source, $0.target) < (labels[Int($1.transition)], $1.source, $1.target) }
        activitySources = visible.map(\.source)
        activityTargets = visible.map(\.target)
        inStarts = starts(count) { Int($0.target) }
        edges.sort { ($0.target, $0.transition, $0.source) < ($1.target, $1.transition, $1.source) }
        inSources = edges.map(\.source)
        inTransitions = edges.map(\.transition)
    }

    /// The rows of one thread.
    struct Rows {
        /// The rows one behind the other.
        fileprivate var costs: [Int64]
        fileprivate var queue: [UInt32]
        fileprivate var isQueued: [Bool]
        /// The trace whose rows these are.
        fileprivate var trace: [UInt32] = []
    }

    /// Rows for traces up to a length.
    func rows(longest: Int) -> Rows {
        var rows = Rows(
            costs: [Int64](repeating: Self.infinite, count: count * (longest + 1)), queue: [],
            isQueued: [Bool](repeating: false, count: count))
        rows.costs[initial] = 0
        rows.queue.append(UInt32(initial))
        rows.isQueued[initial] = true
        rows.costs.withUnsafeMutableBufferPointer { spread($0, &rows.queue, &rows.isQueued) }
        return rows
    }

    /// The optimal alignment of a trace.
    func align(_ trace: ArraySlice<UInt32>, _ rows: inout Rows) -> Alignment {
        var shared = 0
        for (one, other) in zip(rows.trace, trace) {
            if one != other { break }
            shared += 1
        }
        rows.trace = Array(trace)
        for position in shared..<trace.count { step(position, rows.trace[position], &rows) }
        return Alignment(moves: moves(rows))
    }

    /// Makes the row behind a position from the one before.
    private func step(_ position: Int, _ activity: UInt32, _ rows: inout Rows) {
        rows.costs.withUnsafeMutableBufferPointer { costs in
            let before = UnsafeMutableBufferPointer(rebasing: costs[position * count..<(position + 1) * count])
            let row = UnsafeMutableBufferPointer(rebasing: costs[(position + 1) * count..<(position + 2) * count])
            for marking in 0..<count { row[marking] = before[marking] }
            activitySources.withUnsafeBufferPointer { sources in
                activityTargets.withUnsafeBufferPointer { targets in
                    for edge in activityStarts[Int(activity)]..<activityStarts[Int(activity) + 1] {
                        let cost = before[Int(sources[edge])] &- Self.deviation
                        let target = Int(targets[edge])
                        if cost < row[target] && before[Int(sources[edge])] < Self.infinite / 2 {
                            row[target] = cost
                            if !rows.isQueued[target] {
                                rows.isQueued[target] = true
                                rows.queue.append(UInt32(target))
                            }
                        }
                    }
                }
            }
            if !rows.queue.isEmpty { spread(row, &rows.queue, &rows.isQueued) }
        }
    }

    /// Lets markings that got cheaper hand on what they gained, until none gains.
    private func spread(_ row: UnsafeMutableBufferPointer<Int64>, _ queue: inout [UInt32], _ isQueued: inout [Bool]) {
        outTargets.withUnsafeBufferPointer { targets in
            outCosts.withUnsafeBufferPointer { costs in
                outStarts.withUnsafeBufferPointer { starts in
                    isQueued.withUnsafeMutableBufferPointer { isQueued in
                        var place = 0
                        while place < queue.count {
                            let marking = Int(queue[place])
                            place &+= 1
                            isQueued[marking] = false
                            let own = row[marking]
                            for edge in starts[marking]..<starts[marking &+ 1] {
                                let target = Int(targets[edge])
                                let cost = own &+ costs[edge]
                                if cost < row[target] {
                                    row[target] = cost
                                    if !isQueued[target] {
                                        isQueued[target] = true
                                        queue.append(UInt32(target))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        queue.removeAll(keepingCapacity: true)
    }

    /// The moves, found from the end: taking both before the net alone before the trace alone.
    private func moves(_ rows: Rows) -> [Alignment.Move] {
        var moves: [Alignment.Move] = []
        rows.costs.withUnsafeBufferPointer { costs in
            var position = rows.trace.count
            var marking = final
            while position > 0 || marking != initial || costs[marking] != 0 {
                let row = position * count
                let cost = costs[row + marking]
                if let edge = (inStarts[marking]..<inStarts[marking + 1]).first(where: { edge in
                    position > 0 && net.labels[Int(inTransitions[edge])] == rows.trace[position - 1]
                        && costs[row - count + Int(inSources[edge])] == cost + Self.deviation
                }) {
                    position -= 1
                    moves.append(.init(activity: rows.trace[position], transition: inTransitions[edge], takesInstance: true))
                    marking = Int(inSources[edge])
                } else if let edge = (inStarts[marking]..<inStarts[marking + 1]).first(where: { edge in
                    let label = net.labels[Int(inTransitions[edge])]
                    return costs[row + Int(inSources[edge])] == cost - (label == CheckedNet.silent ? 1 : Self.deviation)
                }) {
                    let label = net.labels[Int(inTransitions[edge])]
                    moves.append(.init(activity: label, transition: inTransitions[edge], takesInstance: false))
                    marking = Int(inSources[edge])
                } else {
                    position -= 1
                    moves.append(.init(activity: rows.trace[position], transition: Alignment.Move.none, takesInstance: true))
                }
            }
        }
        return moves.reversed()
    }
}
