/// The variants of a log: the different sequences of activities that its cases follow, ranked.
///
/// The most frequent variant has rank 1; equally frequent ones are ordered by the UTF-8 bytes of their activities' names,
/// activity by activity, a sequence before its continuations. A case without any instance has the empty variant.
///
/// - Complexity: linear in the number of instances, plus sorting the variants.
package struct VariantIndex: Sendable {
    /// The rank of the variant of each case position, from 1.
    package let rank: [UInt32]
    /// How many cases follow each variant, by rank − 1.
    package let counts: [Int]
    /// A case position that follows each variant (the first), by rank − 1.
    package let firstCase: [Int]

    private let sequences: SequenceTable
    private let order: [Int]

    /// The variants of the log's cases, over all their instances in order of completion.
    package init(of log: EventLog) {
        var table = SequenceTable()
        var numbers: [UInt32] = []
        var firsts: [Int] = []
        numbers.reserveCapacity(log.caseCount)
        log.instances.activity.withUnsafeBufferPointer { activity in
            for (position, range) in log.instanceRanges.enumerated() {
                let number = table.add(UnsafeBufferPointer(rebasing: activity[range]))
                if Int(number) == firsts.count { firsts.append(position) }
                numbers.append(number)
            }
        }
        order = table.ranked(by: log.activities.ranks())
        var place = [UInt32](repeating: 0, count: order.count)
        for (index, number) in order.enumerated() { place[number] = UInt32(index + 1) }
        rank = numbers.map { place[Int($0)] }
        counts = order.map { table.counts[$0] }
        firstCase = order.map { firsts[$0] }
        sequences = table
    }

    /// How many variants there are.
    package var count: Int { counts.count }

    /// The activities of the variant with that rank, as numbers of the log's ``EventLog/activities``.
    ///
    /// - Precondition: the rank is in `1 ... count`.
    package func activities(ofRank rank: Int) -> ArraySlice<UInt32> {
        sequences.sequence(order[rank - 1])
    }
}
