package import ProcessModels

/// Who works together: in how many cases two resources both did something.
///
/// Pairs are unordered; the one with the smaller number first is counted. Van der Aalst, Reijers, Song (2005), section 4.2; raw counts
/// of cases, where PM4Py divides by the number of events and gives every pair both ways.
package enum WorkingTogether: ResourcePairing {
    /// Counts who works with whom.
    ///
    /// - Complexity: linear in the instances and in the pairs of different resources of each case.
    package static func count(_ resource: UnsafePointer<UInt32>, cases: [Range<Int>], in counts: inout PairCounts) {
        let size = counts.size
        let limit = UInt32(size)
        // The last case in which each resource was met, and who was met in this one.
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { seen in
            seen.initialize(repeating: .max)
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { met in
                let (seen, met) = (seen.baseAddress!, met.baseAddress!)
                counts.count { found in
                    for (number, range) in cases.enumerated() {
                        let mark = UInt32(truncatingIfNeeded: number)
                        var count = 0
                        var place = range.lowerBound
                        while place < range.upperBound {
                            let own = resource[place]
                            if own < limit && seen[Int(own)] != mark {
                                seen[Int(own)] = mark
                                met[count] = own
                                count &+= 1
                            }
                            place &+= 1
                        }
                        var first = 0
                        while first < count {
                            let one = met[first]
                            var second = first &+ 1
                            while second < count {
                                let other = met[second]
                                found(min(one, other), max(one, other))
                                second &+= 1
                            }
                            first &+= 1
                        }
                    }
                }
            }
        }
    }
}
