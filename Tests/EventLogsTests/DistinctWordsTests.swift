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
            #expect(DistinctWords.count(values) == Set(values).count)
        }
    }
}
