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
        let numbers = table.add(log, numbered: nil)
        self.init(table, numbers, log.activities)
    }

    /// - Parameter numbers: by case position the number of its sequence.
    fileprivate init(_ table: SequenceTable, _ numbers: [UInt32], _ names: Vocabulary) {
        order = table.ranked(by: names.ranks())
        var place = [UInt32](repeating: 0, count: order.count)
        for (index, number) in order.enumerated() { place[number] = UInt32(index + 1) }
        var firsts = [Int](repeating: -1, count: order.count)
        for (position, number) in numbers.enumerated() where firsts[Int(number)] < 0 { firsts[Int(number)] = position }
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

/// The variants of parts of a log, added up: four bytes a case, and each sequence once.
package struct VariantIndexTally: Sendable {
    /// The activities of all parts, in order of first sight: the numbers in the variants are theirs.
    package private(set) var names = Vocabulary()
    private var sequences = SequenceTable()
    private var numbers: [UInt32] = []

    /// Nothing added.
    package init() {}

    /// Adds the cases of a part.
    package mutating func add(_ log: EventLog) {
        let map = names.numbers(of: log.activities)
        numbers += sequences.add(log, numbered: map)
    }

    /// The variants of all parts.
    package func index() -> VariantIndex { VariantIndex(sequences, numbers, names) }
}

extension SequenceTable {
    /// Counts the sequence of each case of a log; by case position its number.
    ///
    /// - Parameter map: by activity of the log what it is called in the sequences; nil where that is the same.
    package mutating func add(_ log: EventLog, numbered map: [UInt32]?) -> [UInt32] {
        let map = map.flatMap { map in map.enumerated().allSatisfy { $0.offset == Int($0.element) } ? nil : map }
        var numbers: [UInt32] = []
        numbers.reserveCapacity(log.caseCount)
        var sequence: [UInt32] = []
        log.instances.activity.withUnsafeBufferPointer { activity in
            for range in log.instanceRanges {
                guard let map else {
                    numbers.append(add(UnsafeBufferPointer(rebasing: activity[range])))
                    continue
                }
                sequence.removeAll(keepingCapacity: true)
                for instance in range { sequence.append(map[Int(activity[instance])]) }
                numbers.append(sequence.withUnsafeBufferPointer { add($0) })
            }
        }
        return numbers
    }
}
