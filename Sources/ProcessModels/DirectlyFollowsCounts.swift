package import EventLogs

/// How often each activity occurs, opens and closes cases, and how often one directly follows another.
package struct DirectlyFollowsCounts: Sendable {
    /// The names that the activity numbers stand for.
    package let names: Vocabulary
    /// Per activity number: its instances.
    package let activityCounts: [Int]
    /// Per activity number: cases it opens.
    package let startCounts: [Int]
    /// Per activity number: cases it closes.
    package let endCounts: [Int]
    /// Per activity number: the place of its name among all names by UTF-8 bytes.
    package let nameRanks: [UInt32]
    /// How many cases there are, those without an instance included.
    package let caseCount: Int
    /// Per edge: the activity that comes first; edges are in order of descending count, ties by the UTF-8 bytes of source and target.
    package let source: [UInt32]
    /// Per edge: the activity that directly follows.
    package let target: [UInt32]
    /// Per edge: how often.
    package let edgeCounts: [Int]

    /// How many edges there are.
    package var edgeCount: Int { source.count }

    /// Counts that were made elsewhere; edges are in order.
    init(
        names: Vocabulary, activityCounts: [Int], startCounts: [Int], endCounts: [Int], nameRanks: [UInt32], caseCount: Int,
        source: [UInt32], target: [UInt32], edgeCounts: [Int]
    ) {
        self.names = names
        self.activityCounts = activityCounts
        self.startCounts = startCounts
        self.endCounts = endCounts
        self.nameRanks = nameRanks
        self.caseCount = caseCount
        self.source = source
        self.target = target
        self.edgeCounts = edgeCounts
    }

    /// The counts of a log's activity instances.
    ///
    /// - Complexity: O(instances + activities² up to 2,048 activities + edges · log edges).
    package init(of log: EventLog) {
        var pairs = PairCounts(size: log.activities.count)
        self.init(of: log, counting: &pairs)
    }

    /// The counts of a log; those of the edges are in `pairs`, too, which hold nothing before.
    init(of log: EventLog, counting pairs: inout PairCounts) {
        let size = log.activities.count
        var starts = [Int](repeating: 0, count: size)
        var ends = [Int](repeating: 0, count: size)
        starts.withUnsafeMutableBufferPointer { starts in
            ends.withUnsafeMutableBufferPointer { ends in
                log.instances.activity.withUnsafeBufferPointer { activity in
                    log.instanceRanges.withUnsafeBufferPointer { ranges in
                        pairs.countSteps(activity, cases: ranges) { first, last in
                            starts[first] &+= 1
                            ends[last] &+= 1
                        }
                    }
                }
            }
        }
        self.init(pairs.pairs, starts, ends, names: log.activities, caseCount: log.caseCount)
    }

    /// The counts of a log whose variants are known.
    ///
    /// - Parameter names: what the numbers in the variants stand for.
    /// - Complexity: O(events of the variants + edges · log edges).
    package init(of variants: VariantIndex, names: Vocabulary) {
        var starts = [Int](repeating: 0, count: names.count)
        var ends = starts
        var pairs: [UInt64: Int] = [:]
        for rank in 0..<variants.count {
            let (trace, times) = (variants.activities(ofRank: rank + 1), variants.counts[rank])
            guard let first = trace.first, let last = trace.last else { continue }
            starts[Int(first)] += times
            ends[Int(last)] += times
            for (source, target) in zip(trace, trace.dropFirst()) { pairs[UInt64(source) << 32 | UInt64(target), default: 0] += times }
        }
        let found = pairs.map { PairCounts.Pair(source: UInt32($0.key >> 32), target: UInt32($0.key & 0xFFFF_FFFF), count: $0.value) }
        self.init(found, starts, ends, names: names, caseCount: variants.counts.reduce(0, +))
    }

    /// The counts of pairs in any order.
    private init(
        _ found: [PairCounts.Pair], _ starts: [Int], _ ends: [Int], names: Vocabulary, caseCount: Int
    ) {
        // An instance is followed by another one, or it closes its case.
        var occurrences = ends
        let ranks = names.ranks()
        for pair in found { occurrences[Int(pair.source)] += pair.count }
        let ordered = found.sorted { left, right in
            if left.count != right.count { return left.count > right.count }
            let own = ranks[Int(left.source)]
            let other = ranks[Int(right.source)]
            return own != other ? own < other : ranks[Int(left.target)] < ranks[Int(right.target)]
        }
        self.init(
            names: names, activityCounts: occurrences, startCounts: starts, endCounts: ends, nameRanks: ranks, caseCount: caseCount,
            source: ordered.map(\.source), target: ordered.map(\.target), edgeCounts: ordered.map(\.count))
    }
}
