package import EventLogs

/// Who works together: in how many cases two resources both did something.
///
/// Pairs are unordered; the one with the smaller number first is counted. Van der Aalst, Reijers, Song (2005), section 4.2; raw counts
/// of cases, where PM4Py divides by the number of events and gives every pair both ways.
package enum WorkingTogether {
    /// The counts of a log, by the numbers of its resources; of no pair where the log names none.
    package static func counts(of log: EventLog) -> PairCounts {
        let size = log.instances.resource.isEmpty ? 0 : log.columns.resource?.vocabulary.count ?? 0
        return log.instances.resource.withUnsafeBufferPointer { counts(resources: $0, cases: log.instanceRanges, size: size) }
    }

    /// The counts of cases that are ranges into a column of resources.
    ///
    /// - Parameters:
    ///   - resources: who did each instance, or ``Vocabulary/missing``.
    ///   - cases: each case's instances.
    ///   - size: the numbers of resources are below.
    ///   - dense: whether counts stand in a matrix; by default as ``PairCounts`` says.
    /// - Complexity: linear in the instances and in the pairs of different resources of each case.
    package static func counts(
        resources: UnsafeBufferPointer<UInt32>, cases: [Range<Int>], size: Int, dense: Bool? = nil
    ) -> PairCounts {
        var counts = PairCounts(size: size, dense: dense)
        guard let resource = resources.baseAddress, size > 0 else { return counts }
        let limit = UInt32(size)
        // The last case in which each resource was met, and who was met in this one.
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { seen in
            seen.initialize(repeating: .max)
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { met in
                let (seen, met) = (seen.baseAddress!, met.baseAddress!)
                func distinct(_ number: Int, _ range: Range<Int>) -> Int {
                    var count = 0
                    var place = range.lowerBound
                    while place < range.upperBound {
                        let own = resource[place]
                        if own < limit && seen[Int(own)] != UInt32(truncatingIfNeeded: number) {
                            seen[Int(own)] = UInt32(truncatingIfNeeded: number)
                            met[count] = own
                            count &+= 1
                        }
                        place &+= 1
                    }
                    return count
                }
                counts.update(
                    { matrix in
                        for (number, range) in cases.enumerated() {
                            let count = distinct(number, range)
                            var first = 0
                            while first < count {
                                let one = met[first]
                                var second = first &+ 1
                                while second < count {
                                    let other = met[second]
                                    let (low, high) = one < other ? (one, other) : (other, one)
                                    matrix[Int(low) &* size &+ Int(high)] &+= 1
                                    second &+= 1
                                }
                                first &+= 1
                            }
                        }
                    },
                    { table in
                        for (number, range) in cases.enumerated() {
                            let count = distinct(number, range)
                            for first in 0..<count {
                                for second in (first + 1)..<max(count, first + 1) {
                                    table.add(min(met[first], met[second]), max(met[first], met[second]))
                                }
                            }
                        }
                    })
            }
        }
        return counts
    }
}
