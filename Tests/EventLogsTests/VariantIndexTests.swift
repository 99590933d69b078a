import Statistics
import TestSupport
import Testing

@testable import EventLogs

@Suite struct VariantIndexTests {
    @Test(arguments: 1...10 as ClosedRange<UInt64>) func ranksEqualThoseOfGroupedNames(seed: UInt64) {
        let records = Records.random(
            seed: seed, cases: 300, longest: 3, lifecycle: seed % 2 == 0 ? .mixed : .none, withStarts: seed % 3 == 0)
        for log in [records.log(), records.log().selecting { $0 % 3 != 0 }] {
            let sequences = (0..<log.caseCount).map { log.plainInstances($0).map(\.activity) }
            var counts: [[String]: Int] = [:]
            for sequence in sequences { counts[sequence, default: 0] += 1 }
            let sorted = counts.keys.sorted { left, right in
                if counts[left]! != counts[right]! { return counts[left]! > counts[right]! }
                return left.lexicographicallyPrecedes(right) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            let index = VariantIndex(of: log)
            #expect(index.count == sorted.count)
            #expect(index.counts == sorted.map { counts[$0]! })
            for (rank, sequence) in sorted.enumerated() {
                #expect(index.activities(ofRank: rank + 1).map { log.activities[$0] } == sequence)
                #expect(index.firstCase[rank] == sequences.firstIndex(of: sequence))
            }
            for (position, sequence) in sequences.enumerated() { #expect(sorted[Int(index.rank[position]) - 1] == sequence) }
        }
    }
}
