package import EventLogs
import Instants

/// The variants of parts of a log, added up: twelve bytes a case.
package struct VariantTally: Sendable {
    private var names = Vocabulary()
    private var sequences = SequenceTable()
    private var cases = 0
    /// Per known cycle time: the sequence of its case.
    private var numbers: [[UInt32]] = []
    private var times: [[Int64]] = []

    /// Nothing added.
    package init() {}

    /// Adds the cases of a part.
    package mutating func add(_ log: EventLog) {
        let map = names.numbers(of: log.activities)
        var own: [UInt32] = []
        var cycles: [Int64] = []
        own.reserveCapacity(log.caseCount)
        cycles.reserveCapacity(log.caseCount)
        for (number, time) in zip(sequences.add(log, numbered: map), log.cycleTimes) where time != Instant.missing {
            own.append(number)
            cycles.append(time)
        }
        cases += log.caseCount
        numbers.append(own)
        self.times.append(cycles)
    }

    /// The table of all parts.
    package func table() -> VariantTable {
        let order = sequences.ranked(by: names.ranks())
        var rank = [Int](repeating: 0, count: order.count)
        for (place, number) in order.enumerated() { rank[number] = place + 1 }
        let texts = names.strings
        return VariantTable(counts: order.map { sequences.counts[$0] }, cases: cases) { rank in
            sequences.sequence(order[rank - 1]).map { texts[Int($0)] }
        } times: { body in
            for (own, cycles) in zip(numbers, times) {
                for (number, time) in zip(own, cycles) { body(rank[Int(number)], time) }
            }
        }
    }
}
