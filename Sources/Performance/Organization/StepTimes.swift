import EventLogs
import Instants
import ProcessModels
import Statistics

/// The time between consecutive instances of a case, by what stands on either side: people, roles or departments.
///
/// The time of a step is that of an edge, by the log's clock: source completion to target start (to its completion where the start is
/// unknown), signed.
struct StepTimes {
    /// One pair of sides.
    struct Entry {
        /// The side that hands over.
        var source: UInt32
        /// The side that takes over.
        var target: UInt32
        /// Steps between them.
        var count: Int
        /// Of these, steps in which one resource goes on itself.
        var sameResource: Int
        /// Cases with such a step.
        var cases: Int
        /// The sum of the positive times: microseconds.
        var total: Int128
        /// The spread of the times; nil where none is known.
        var elapsed: TimeStatistics?
        /// The step's activities that hold most time, of equal ones the most frequent, then by the UTF-8 bytes of their names.
        var path: (source: UInt32, target: UInt32, count: Int, total: Int128)
    }

    /// The pairs that occur, by their numbers.
    let entries: [Entry]

    /// The steps of a log between the sides of its instances.
    ///
    /// - Parameters:
    ///   - side: what each instance belongs to, or ``Vocabulary/missing``; as long as the columns of instances.
    ///   - size: the numbers of sides are below.
    ///   - withinSides: whether steps within one side count.
    init(of log: EventLog, side: [UInt32], size: Int, withinSides: Bool) {
        let instances = log.instances
        let counts = side.withUnsafeBufferPointer { HandoverOfWork.counts(resources: $0, cases: log.instanceRanges, size: size) }
        let pairs = counts.pairs.filter { withinSides || $0.source != $0.target }
        var placeOf: [UInt64: Int] = [:]
        placeOf.reserveCapacity(pairs.count)
        var offsets = [0]
        for (place, pair) in pairs.enumerated() {
            placeOf[UInt64(pair.source) << 32 | UInt64(pair.target)] = place
            offsets.append(offsets[place] + pair.count)
        }
        var next = offsets
        var times = [Int64](repeating: Instant.missing, count: offsets[pairs.count])
        var path = [UInt64](repeating: 0, count: times.count)
        var cases = [Int](repeating: 0, count: pairs.count)
        var lastCase = [Int](repeating: -1, count: pairs.count)
        var same = cases
        for (position, range) in log.instanceRanges.enumerated() {
            for instance in range.dropFirst() {
                let (from, to) = (side[instance - 1], side[instance])
                if from == Vocabulary.missing || to == Vocabulary.missing || (!withinSides && from == to) { continue }
                guard let place = placeOf[UInt64(from) << 32 | UInt64(to)] else { continue }
                let slot = next[place]
                next[place] += 1
                let (before, after) = log.stepTimes(to: instance)
                if before != Instant.missing && after != Instant.missing { times[slot] = after - before }
                path[slot] = UInt64(instances.activity[instance - 1]) << 32 | UInt64(instances.activity[instance])
                if !instances.resource.isEmpty, instances.resource[instance] != Vocabulary.missing,
                    instances.resource[instance] == instances.resource[instance - 1]
                {
                    same[place] += 1
                }
                if lastCase[place] != position {
                    lastCase[place] = position
                    cases[place] += 1
                }
            }
        }
        let ranks = log.activities.ranks()
        entries = pairs.indices.map { place in
            let slots = offsets[place]..<offsets[place + 1]
            let known = times[slots].filter { $0 != Instant.missing }
            return Entry(
                source: pairs[place].source, target: pairs[place].target, count: slots.count, sameResource: same[place],
                cases: cases[place], total: known.reduce(Int128(0)) { $1 > 0 ? $0 + Int128($1) : $0 },
                elapsed: TimeStatistics(microseconds: known), path: Self.most(path[slots], times[slots], ranks))
        }
    }

    private static func most(
        _ paths: ArraySlice<UInt64>, _ times: ArraySlice<Int64>, _ ranks: [UInt32]
    ) -> (source: UInt32, target: UInt32, count: Int, total: Int128) {
        var sums: [UInt64: (count: Int, total: Int128)] = [:]
        for (path, time) in zip(paths, times) {
            sums[path, default: (0, 0)].count += 1
            if time != Instant.missing && time > 0 { sums[path, default: (0, 0)].total += Int128(time) }
        }
        func key(_ path: UInt64) -> (UInt32, UInt32) { (ranks[Int(path >> 32)], ranks[Int(UInt32(truncatingIfNeeded: path))]) }
        let best = sums.max { left, right in
            if left.value.total != right.value.total { return left.value.total < right.value.total }
            if left.value.count != right.value.count { return left.value.count < right.value.count }
            return key(left.key) > key(right.key)
        }
        guard let best else { return (0, 0, 0, 0) }
        return (UInt32(best.key >> 32), UInt32(truncatingIfNeeded: best.key), best.value.count, best.value.total)
    }
}

extension EventLog {
    /// When the instance before one was completed, and when this one began (was completed, where its start is unknown), by the log's clock;
    /// missing where unknown.
    func stepTimes(to instance: Int) -> (before: Int64, after: Int64) {
        let isKnown = instances.startTime(instance) != Instant.missing
        return (readings.completion[instance - 1], isKnown ? readings.start[instance] : readings.completion[instance])
    }
}
