package import EventLogs
import Instants

/// Which activity directly follows which in a log, as columns: every step from an instance of a case to the next one, grouped
/// by edge.
///
/// Edges are numbered by descending count, ties by the UTF-8 bytes of source and target. Two passes over the instances: the
/// first numbers and counts the pairs (a dense table up to 1,024 activities, hashing above), the second sorts the steps by
/// edge with a counting sort. Within an edge, steps keep the order of cases and, in a case, of instances.
package struct DirectlyFollowsIndex: Sendable {
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
    /// Per edge: the activity that comes first.
    package let source: [UInt32]
    /// Per edge: the activity that directly follows.
    package let target: [UInt32]
    /// Edge `e` has the steps `offsets[e] ..< offsets[e + 1]`; one more element than edges.
    package let offsets: [Int]
    /// Per step: the position of its case in the log.
    package let position: [UInt32]
    /// Per step: microseconds by the log's clock from the source's completion to the target's start (to its completion where the start is
    /// unknown), negative where they overlap; ``Instant/missing`` where a time is missing.
    package let time: [Int64]

    /// How many edges there are.
    package var edgeCount: Int { source.count }

    /// The counts alone.
    package var counts: DirectlyFollowsCounts {
        DirectlyFollowsCounts(
            names: names, activityCounts: activityCounts, startCounts: startCounts, endCounts: endCounts, nameRanks: nameRanks,
            caseCount: caseCount, source: source, target: target, edgeCounts: (0..<edgeCount).map { count(ofEdge: $0) })
    }

    /// How many steps an edge has.
    package func count(ofEdge edge: Int) -> Int { offsets[edge + 1] - offsets[edge] }

    /// The index of a log's activity instances.
    ///
    /// - Complexity: O(instances + activities² up to 1,024 activities + edges · log edges).
    package init(of log: EventLog) {
        names = log.activities
        let size = names.count
        caseCount = log.caseCount
        let ranks = names.ranks()
        nameRanks = ranks
        var activityCounts = [Int](repeating: 0, count: size)
        var startCounts = [Int](repeating: 0, count: size)
        var endCounts = [Int](repeating: 0, count: size)
        var pairs = PairNumbers(activities: size)
        var edgeOfStep: [UInt32] = []
        edgeOfStep.reserveCapacity(log.instanceCount)
        let instances = log.instances
        instances.activity.withUnsafeBufferPointer { activity in
            for range in log.instanceRanges where !range.isEmpty {
                var previous = activity[range.lowerBound]
                startCounts[Int(previous)] += 1
                activityCounts[Int(previous)] += 1
                for instance in range.dropFirst() {
                    let own = activity[instance]
                    activityCounts[Int(own)] += 1
                    edgeOfStep.append(pairs.number(previous, own))
                    previous = own
                }
                endCounts[Int(previous)] += 1
            }
        }
        self.activityCounts = activityCounts
        self.startCounts = startCounts
        self.endCounts = endCounts

        let order = (0..<pairs.count).sorted { left, right in
            if pairs.counts[left] != pairs.counts[right] { return pairs.counts[left] > pairs.counts[right] }
            let own = ranks[Int(pairs.sources[left])]
            let other = ranks[Int(pairs.sources[right])]
            return own != other ? own < other : ranks[Int(pairs.targets[left])] < ranks[Int(pairs.targets[right])]
        }
        source = order.map { pairs.sources[$0] }
        target = order.map { pairs.targets[$0] }
        var offsets = [0]
        var next = [Int](repeating: 0, count: order.count)
        for edge in order {
            next[edge] = offsets[offsets.count - 1]
            offsets.append(next[edge] + pairs.counts[edge])
        }
        self.offsets = offsets

        var position = [UInt32](repeating: 0, count: edgeOfStep.count)
        var time = [Int64](repeating: Instant.missing, count: edgeOfStep.count)
        var step = 0
        let readings = log.readings
        for (place, range) in log.instanceRanges.enumerated() where !range.isEmpty {
            var before = readings.completion[range.lowerBound]
            for instance in range.dropFirst() {
                let edge = Int(edgeOfStep[step])
                let slot = next[edge]
                next[edge] = slot + 1
                step += 1
                position[slot] = UInt32(place)
                let completion = readings.completion[instance]
                let after = instances.startTime(instance) == Instant.missing ? completion : readings.start[instance]
                if before != Instant.missing && after != Instant.missing { time[slot] = after - before }
                before = completion
            }
        }
        self.position = position
        self.time = time
    }
}

/// Gives numbers to pairs of activities in order of first sight, and counts them.
private struct PairNumbers {
    private(set) var sources: [UInt32] = []
    private(set) var targets: [UInt32] = []
    private(set) var counts: [Int] = []
    /// Row by source, column by target; or the slots of a hash table.
    private var table: [UInt32]
    private let width: Int
    private let isDense: Bool

    init(activities: Int) {
        isDense = activities <= 1_024
        width = activities
        table = [UInt32](repeating: Vocabulary.missing, count: isDense ? activities * activities : 4_096)
    }

    var count: Int { counts.count }

    @inline(__always)
    mutating func number(_ source: UInt32, _ target: UInt32) -> UInt32 {
        let slot = isDense ? Int(source) * width + Int(target) : hashSlot(source, target)
        var number = table[slot]
        if number == Vocabulary.missing {
            number = UInt32(counts.count)
            table[slot] = number
            sources.append(source)
            targets.append(target)
            counts.append(1)
            if !isDense && counts.count * 2 > table.count { grow() }
        } else {
            counts[Int(number)] += 1
        }
        return number
    }

    private func hashSlot(_ source: UInt32, _ target: UInt32) -> Int {
        let key = (UInt64(source) << 32 | UInt64(target)) &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(truncatingIfNeeded: key >> 32) & (table.count - 1)
        while table[slot] != Vocabulary.missing {
            let number = Int(table[slot])
            if sources[number] == source && targets[number] == target { break }
            slot = (slot + 1) & (table.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        table = [UInt32](repeating: Vocabulary.missing, count: table.count * 2)
        for number in counts.indices {
            table[hashSlot(sources[number], targets[number])] = UInt32(number)
        }
    }
}
