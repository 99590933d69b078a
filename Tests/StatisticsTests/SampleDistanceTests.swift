import Statistics
import Testing

@Suite struct SampleDistanceTests {
    /// Both distances by their definitions, for every pair of points.
    static func reference(_ first: [Double], _ second: [Double]) -> (supremum: Double, area: Double) {
        func share(_ values: [Double], _ x: Double) -> Double {
            Double(values.filter { $0 <= x }.count) / Double(values.count)
        }
        let points = (first + second).sorted()
        var supremum = 0.0
        var area = 0.0
        for (index, point) in points.enumerated() {
            let gap = abs(share(first, point) - share(second, point))
            supremum = max(supremum, gap)
            if index + 1 < points.count { area += gap * (points[index + 1] - point) }
        }
        return (supremum, area)
    }

    @Test(arguments: [1, 2, 7, 33, 100], [1, 3, 33, 64])
    func equalTheirDefinitions(m: Int, n: Int) throws {
        for range in [5, 1_000_000] {
            var stream = RandomStream(seed: 30, path: UInt64(m), UInt64(n), UInt64(range))
            let first = (0..<m).map { _ in Int64(stream.index(below: range)) }.sorted()
            let second = (0..<n).map { _ in Int64(stream.index(below: range)) - 1 }.sorted()
            let expected = Self.reference(first.map(Double.init), second.map(Double.init))
            let supremum = try #require(SampleDistance.kolmogorovSmirnov(sorted: first, second))
            let area = try #require(SampleDistance.wasserstein(sorted: first, second))
            #expect(abs(supremum - expected.supremum) < 1e-12)
            #expect(abs(area - expected.area) <= 1e-10 * max(1, expected.area))
            #expect(SampleDistance.kolmogorovSmirnov(sorted: second.map(Double.init), first.map(Double.init)) == supremum)
            #expect(SampleDistance.wasserstein(sorted: first, first) == 0)
            if m == n {
                let paired = zip(first, second).reduce(0.0) { $0 + Double(abs($1.0 - $1.1)) } / Double(m)
                #expect(abs(area - paired) <= 1e-10 * max(1, paired))
            }
        }
    }

    @Test func shiftIsTheDistance() throws {
        let values = (0..<50).map { Double($0 * $0) }
        #expect(abs(try #require(SampleDistance.wasserstein(sorted: values, values.map { $0 + 7 })) - 7) < 1e-12)
        #expect(SampleDistance.kolmogorovSmirnov(sorted: [1.0, 2], [3.0]) == 1)
        #expect(SampleDistance.wasserstein(sorted: [], [1.0]) == nil)
    }
}
