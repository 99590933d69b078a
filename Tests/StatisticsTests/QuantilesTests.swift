import Statistics
import Testing

@Suite struct QuantilesTests {
    /// Type 7 by its definition on a sorted copy.
    static func reference(_ probability: Double, _ values: [Double]) -> Double {
        let sorted = values.sorted()
        let exact = Double(values.count - 1) * probability
        let lower = Int(exact.rounded(.down))
        let upper = min(lower + 1, values.count - 1)
        return sorted[lower] * (1 - (exact - Double(lower))) + sorted[upper] * (exact - Double(lower))
    }

    @Test(arguments: [1, 2, 3, 10, 24, 25, 100, 257, 1000, 5000])
    func selectionEqualsSorting(count: Int) {
        for kind in 0..<5 {
            var stream = RandomStream(seed: 11, path: UInt64(count), UInt64(kind))
            let whole: [Int64] = (0..<count).map { index in
                switch kind {
                case 0: Int64(stream.index(below: 1_000_000_000)) - 500_000_000
                case 1: Int64(stream.index(below: 3))
                case 2: Int64(index)
                case 3: Int64(count - index)
                default: Int64(index % 2 == 0 ? index : -index)
                }
            }
            let values = whole.map(Double.init)
            let probabilities = [0.95, 0, 0.5, 0.25, 1, 0.9, 0.333, 0.5]
            let found = Quantiles.quantiles(probabilities, of: values) ?? []
            let foundWhole = Quantiles.quantiles(probabilities, of: whole) ?? []
            #expect(found == foundWhole)
            for (probability, quantile) in zip(probabilities, found) {
                let expected = Self.reference(probability, values)
                #expect(abs(quantile - expected) <= 1e-10 * max(1, abs(expected)))
                #expect(Quantiles.quantile(probability, ofSorted: values.sorted()) == quantile)
                #expect(Quantiles.quantile(probability, ofSorted: whole.sorted()) == quantile)
            }
        }
    }

    /// Whole numbers that lie unevenly: far apart, in lumps, at both ends of what there is, and almost all in one place.
    @Test(arguments: [2, 47, 48, 49, 64, 65, 300, 4_097, 20_000])
    func selectionOfUnevenWholeNumbersEqualsSorting(count: Int) {
        for kind in 0..<8 {
            var stream = RandomStream(seed: 12, path: UInt64(count), UInt64(kind))
            let values: [Int64] = (0..<count).map { index in
                switch kind {
                case 0: Int64(stream.exponential(mean: 1e12))
                case 1: index == 7 ? -60_000_000_000_000_000 : Int64(stream.index(below: 1_000))
                case 2: Int64(stream.index(below: 5)) * 86_400_000_000
                case 3: index % 3 == 0 ? Int64.min : index % 3 == 1 ? Int64.max : Int64(index)
                case 4: Int64(1) << Int64(stream.index(below: 62))
                case 5: stream.index(below: 50) == 0 ? Int64(bitPattern: stream.next()) : 42
                case 6: 7
                default: Int64(bitPattern: stream.next())
                }
            }
            let sorted = values.sorted()
            let probabilities = [0.5, 0.9, 0.95, 0, 1, 0.123, 0.5]
            let found = values.withUnsafeBufferPointer {
                Quantiles.quantiles(probabilities, of: $0, smallest: sorted[0], largest: sorted[count - 1])
            }
            #expect(found == probabilities.map { Quantiles.quantile($0, ofSorted: sorted) })
            #expect(found == Quantiles.quantiles(probabilities, of: values))
        }
    }

    @Test func knownAnswers() {
        // R: quantile(c(1, 2, 3, 4), c(.1, .25, .5, .9), type = 7)
        #expect(Quantiles.quantiles([0.1, 0.25, 0.5, 0.9], of: [4.0, 2, 1, 3]) == [1.3, 1.75, 2.5, 3.7])
        #expect(Quantiles.median(of: [7 as Int64]) == 7)
        #expect(Quantiles.median(of: [Int64]()) == nil)
        #expect(Quantiles.quantile(0.5, ofSorted: [Double]()) == nil)
        #expect(Quantiles.median(of: [Int64.min, Int64.max]) == -0x1p63 + 0.5 * 0x1p64)
        #expect(Quantiles.median(of: [Double.infinity, .infinity, 1]) == .infinity)
    }
}
