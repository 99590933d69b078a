import Statistics
import Testing

@testable import EventLogs

@Suite struct DistinctWordsTests {
    /// As many as a set holds, for numbers of every kind: dense, doubles that are round, and the one that marks a free slot.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func countsAsASetDoes(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 3)
        for count in [0, 1, 2, 700, 5_000] {
            let values = (0..<count).map { _ -> Int64 in
                switch stream.index(below: 4) {
                case 0: Int64(stream.index(below: 1_000)) - 500
                case 1: Int64(bitPattern: Double(stream.index(below: 3_000)).bitPattern)
                case 2: Int64(bitPattern: UInt64(stream.index(below: 1 << 40)) << 20)
                default: [.min, .max, 0, -1][stream.index(below: 4)]
                }
            }
            var distinct = DistinctWords()
            distinct.insert(values)
            #expect(distinct.count == Set(values).count)
            // In parts, and up to a limit.
            var limited = DistinctWords(limit: 600)
            for part in stride(from: 0, to: count, by: 500) { limited.insert(Array(values[part..<min(count, part + 500)])) }
            #expect(limited.count == (Set(values).count > 600 ? nil : Set(values).count))
        }
    }
}
