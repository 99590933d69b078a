import Statistics
import Testing

@Suite struct FamilywiseErrorTests {
    /// Holm's own words: in ascending order each is held against the level divided by how many are left, and the first that is above it ends
    /// the naming.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func namesAsTheStepwiseProcedureDoes(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 4)
        let values: [Double?] = (0..<(1 + stream.index(below: 12))).map { _ in
            stream.index(below: 6) == 0 ? nil : stream.unit() * stream.unit() * 0.1
        }
        let adjusted = FamilywiseError.adjusted(values)
        for level in [0.01, 0.05, 0.2] {
            let ascending = values.compactMap { $0 }.sorted()
            let named = ascending.enumerated().prefix { $0.element * Double(ascending.count - $0.offset) <= level }.count
            #expect(adjusted.count { $0.map { $0 <= level } ?? false } == named)
        }
        #expect(zip(values, adjusted).allSatisfy { ($0 == nil) == ($1 == nil) && ($1 ?? 1) >= ($0 ?? 0) })
    }
}
