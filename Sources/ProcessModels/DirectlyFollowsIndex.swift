package import EventLogs
import Instants

/// Which activity directly follows which in a log, as columns: every step from an instance of a case to the next one, grouped
/// by edge.
///
/// Edges are numbered by descending count, ties by the UTF-8 bytes of source and target. Two passes over the instances: the
/// first counts the pairs (a dense table up to 2,048 activities, hashing above), the second sorts the steps by edge with a counting
/// sort. Within an edge, steps keep the order of cases and, in a case, of instances.
package struct DirectlyFollowsIndex: Sendable {
    /// The counts alone.
    package let counts: DirectlyFollowsCounts
    /// Edge `e` has the steps `offsets[e] ..< offsets[e + 1]`; one more element than edges.
    package let offsets: [Int]
    /// Per step: the position of its case in the log.
    package let position: [UInt32]
    /// Per step: microseconds by the log's clock from the source's completion to the target's start (to its completion where the start is
    /// unknown), negative where they overlap; ``Instant/missing`` where a time is missing.
    package let time: [Int64]

    /// The names that the activity numbers stand for.
    package var names: Vocabulary { counts.names }
    /// Per activity number: its instances.
    package var activityCounts: [Int] { counts.activityCounts }
    /// Per activity number: cases it opens.
    package var startCounts: [Int] { counts.startCounts }
    /// Per activity number: cases it closes.
    package var endCounts: [Int] { counts.endCounts }
    /// Per activity number: the place of its name among all names by UTF-8 bytes.
    package var nameRanks: [UInt32] { counts.nameRanks }
    /// How many cases there are, those without an instance included.
    package var caseCount: Int { counts.caseCount }
    /// Per edge: the activity that comes first.
    package var source: [UInt32] { counts.source }
    /// Per edge: the activity that directly follows.
    package var target: [UInt32] { counts.target }
    /// How many edges there are.
    package var edgeCount: Int { counts.edgeCount }

    /// How many steps an edge has.
    package func count(ofEdge edge: Int) -> Int { offsets[edge + 1] - offsets[edge] }

    /// The index of a log's activity instances.
    ///
    /// - Complexity: O(instances + activities² up to 2,048 activities + edges · log edges).
    package init(of log: EventLog) {
        var pairs = PairCounts(size: log.activities.count)
        let counts = DirectlyFollowsCounts(of: log, counting: &pairs)
        var offsets = [0]
        offsets.reserveCapacity(counts.edgeCount + 1)
        for edge in 0..<counts.edgeCount {
            // From now on each pair's number is the place of its next step.
            pairs.set(counts.source[edge], counts.target[edge], to: UInt32(offsets[edge]))
            offsets.append(offsets[edge] + counts.edgeCounts[edge])
        }
        let steps = offsets[counts.edgeCount]
        var time: [Int64] = []
        position = [UInt32](unsafeUninitializedCapacity: steps) { position, stepCount in
            time = [Int64](unsafeUninitializedCapacity: steps) { time, timeCount in
                Self.sort(log, &pairs, position, time)
                timeCount = steps
            }
            stepCount = steps
        }
        self.time = time
        self.counts = counts
        self.offsets = offsets
    }

    /// Puts every step where its pair says.
    private static func sort(
        _ log: EventLog, _ pairs: inout PairCounts, _ position: UnsafeMutableBufferPointer<UInt32>,
        _ time: UnsafeMutableBufferPointer<Int64>
    ) {
        guard let position = position.baseAddress, let time = time.baseAddress else { return }
        let instances = log.instances
        // An instance without a start is told by its own times, and how long a step takes by the clock.
        let readings = log.readings
        instances.activity.withUnsafeBufferPointer { activity in
            readings.completion.withUnsafeBufferPointer { completion in
                readings.start.withUnsafeBufferPointer { start in
                    @inline(__always)
                    func walk(_ slot: (_ source: UInt32, _ target: UInt32) -> UInt32) {
                        let hasStarts = !start.isEmpty
                        for (place, range) in log.instanceRanges.enumerated() where range.count > 1 {
                            var source = activity[range.lowerBound]
                            var before = completion[range.lowerBound]
                            for instance in range.dropFirst() {
                                let target = activity[instance]
                                let slot = Int(slot(source, target))
                                let end = completion[instance]
                                let isStarted = hasStarts && instances.start[instance] != Instant.missing
                                let after = isStarted ? start[instance] : end
                                position[slot] = UInt32(truncatingIfNeeded: place)
                                time[slot] = before == Instant.missing || after == Instant.missing ? Instant.missing : after - before
                                source = target
                                before = end
                            }
                        }
                    }
                    if pairs.isDense {
                        let size = pairs.size
                        pairs.withTable { table in
                            walk { source, target in
                                let cell = Int(source) &* size &+ Int(target)
                                let slot = table[cell]
                                table[cell] = slot &+ 1
                                return slot
                            }
                        }
                    } else {
                        walk { pairs.next($0, $1) }
                    }
                }
            }
        }
    }
}
