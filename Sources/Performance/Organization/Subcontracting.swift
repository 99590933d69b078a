package import EventLogs

/// Who works for whom in between: how often a resource has one step of a case done by another and then goes on itself (A → B → A).
///
/// The first number of a pair is the resource that gives the step away, the second the one that does it; steps stand directly one
/// behind the other, and B is another than A. Van der Aalst, Reijers, Song (2005), section 4.1, with a depth of n = 2; raw counts of
/// every occurrence, where PM4Py divides by the number of cases and, of each resource, counts the first sequence of resources alone.
package enum Subcontracting {
    /// The counts of a log, by the numbers of its resources; of no pair where the log names none.
    package static func counts(of log: EventLog) -> PairCounts {
        let size = log.instances.resource.isEmpty ? 0 : log.columns.resource?.vocabulary.count ?? 0
        return log.instances.resource.withUnsafeBufferPointer { counts(resources: $0, cases: log.instanceRanges, size: size) }
    }

    /// The counts of cases that are ranges into a column of resources.
    ///
    /// - Parameters:
    ///   - resources: who did each instance, or ``Vocabulary/missing``.
    ///   - cases: each case's instances, in order.
    ///   - size: the numbers of resources are below.
    ///   - dense: whether counts stand in a matrix; by default as ``PairCounts`` says.
    /// - Complexity: one pass over the instances.
    package static func counts(
        resources: UnsafeBufferPointer<UInt32>, cases: [Range<Int>], size: Int, dense: Bool? = nil
    ) -> PairCounts {
        var counts = PairCounts(size: size, dense: dense)
        guard let resource = resources.baseAddress, size > 0 else { return counts }
        let limit = UInt32(size)
        func each(_ found: (UInt32, UInt32) -> Void) {
            for range in cases {
                var place = range.lowerBound &+ 2
                while place < range.upperBound {
                    let (own, between) = (resource[place], resource[place &- 1])
                    if own == resource[place &- 2] && own != between && own < limit && between < limit { found(own, between) }
                    place &+= 1
                }
            }
        }
        counts.update(
            { matrix in each { matrix[Int($0) &* size &+ Int($1)] &+= 1 } },
            { table in each { table.add($0, $1) } })
        return counts
    }
}
