package import EventLogs

/// Who hands work to whom: how often an activity instance of one resource is directly followed, in its case, by one of another.
///
/// A pair of the same resource is counted as well; readers leave it out where only work that changes hands is asked for. Where either
/// side names nobody, nothing is handed over. Van der Aalst, Reijers, Song: "Discovering Social Networks from Event Logs", Computer
/// Supported Cooperative Work 14, 2005, doi:10.1007/s10606-005-9005-9, section 4.1, with direct succession alone (β = 0) and
/// multiple transfers; raw counts, where PM4Py divides by their sum.
///
/// ```swift
/// let pairs = HandoverOfWork.counts(of: log).pairs    // by the numbers of the log's resources
/// ```
package enum HandoverOfWork {
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
        counts.update(
            { matrix in
                for range in cases {
                    if range.count < 2 { continue }
                    var before = resource[range.lowerBound]
                    var place = range.lowerBound &+ 1
                    while place < range.upperBound {
                        let own = resource[place]
                        // Missing numbers are above the limit as well.
                        if before < limit && own < limit { matrix[Int(before) &* size &+ Int(own)] &+= 1 }
                        before = own
                        place &+= 1
                    }
                }
            },
            { table in
                for range in cases {
                    if range.count < 2 { continue }
                    for place in (range.lowerBound + 1)..<range.upperBound {
                        let (before, own) = (resource[place - 1], resource[place])
                        if before < limit && own < limit { table.add(before, own) }
                    }
                }
            })
        return counts
    }
}
