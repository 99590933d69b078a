package import ProcessModels

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
package enum HandoverOfWork: ResourcePairing {
    /// Counts who hands to whom.
    ///
    /// - Complexity: one pass over the instances.
    package static func count(_ resource: UnsafePointer<UInt32>, cases: [Range<Int>], in counts: inout PairCounts) {
        let limit = UInt32(counts.size)
        counts.count { found in
            for range in cases where range.count > 1 {
                var before = resource[range.lowerBound]
                var place = range.lowerBound &+ 1
                while place < range.upperBound {
                    let own = resource[place]
                    // Missing numbers are above the limit as well.
                    if before < limit && own < limit { found(before, own) }
                    before = own
                    place &+= 1
                }
            }
        }
    }
}
