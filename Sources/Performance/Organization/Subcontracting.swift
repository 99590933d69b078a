package import ProcessModels

/// Who works for whom in between: how often a resource has one step of a case done by another and then goes on itself (A → B → A).
///
/// The first number of a pair is the resource that gives the step away, the second the one that does it; steps stand directly one
/// behind the other, and B is another than A. Van der Aalst, Reijers, Song (2005), section 4.1, with a depth of n = 2; raw counts of
/// every occurrence, where PM4Py divides by the number of cases and, of each resource, counts the first sequence of resources alone.
package enum Subcontracting: ResourcePairing {
    /// Counts who has steps done by whom.
    ///
    /// - Complexity: one pass over the instances.
    package static func count(_ resource: UnsafePointer<UInt32>, cases: [Range<Int>], in counts: inout PairCounts) {
        let limit = UInt32(counts.size)
        counts.count { found in
            for range in cases {
                var place = range.lowerBound &+ 2
                while place < range.upperBound {
                    let (own, between) = (resource[place], resource[place &- 1])
                    if own == resource[place &- 2] && own != between && own < limit && between < limit { found(own, between) }
                    place &+= 1
                }
            }
        }
    }
}
