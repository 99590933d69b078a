package import EventLogs
package import ProcessModels

/// A way in which two resources have to do with each other, counted over the cases of a log.
package protocol ResourcePairing {
    /// Counts the pairs of these cases.
    ///
    /// - Parameters:
    ///   - resource: who did each instance; a number of at least the size of `counts` for nobody.
    ///   - cases: each case's instances, in order.
    static func count(_ resource: UnsafePointer<UInt32>, cases: [Range<Int>], in counts: inout PairCounts)
}

extension ResourcePairing {
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
    ///   - dense: whether counts stand in a square table; by default as ``PairCounts`` says.
    package static func counts(
        resources: UnsafeBufferPointer<UInt32>, cases: [Range<Int>], size: Int, dense: Bool? = nil
    ) -> PairCounts {
        var counts = PairCounts(size: size, dense: dense)
        if let resource = resources.baseAddress, size > 0 { count(resource, cases: cases, in: &counts) }
        return counts
    }
}

extension PairCounts {
    /// Counts every pair that `walk` finds.
    @inline(__always)
    mutating func count(_ walk: (_ found: (UInt32, UInt32) -> Void) -> Void) {
        if isDense {
            let size = size
            withTable { table in walk { table[Int($0) &* size &+ Int($1)] &+= 1 } }
        } else {
            walk { add($0, $1) }
        }
    }
}
