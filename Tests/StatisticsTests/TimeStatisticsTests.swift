import Foundation
import Statistics
import Testing

@Suite struct TimeStatisticsTests {
    @Test func closedForm() throws {
        // 1 … n seconds: mean (n + 1) / 2, variance n (n + 1) / 12.
        for count in [1, 2, 7, 1000] {
            let statistics = try #require(TimeStatistics(microseconds: (1...count).reversed().map { Int64($0) * 1_000_000 }))
            #expect(statistics.n == count)
            #expect(statistics.meanS == Double(count + 1) / 2)
            #expect(statistics.medianS == Double(count + 1) / 2)
            #expect(abs(statistics.p90S - (1 + 0.9 * Double(count - 1))) < 1e-10 * Double(count))
            #expect(abs(statistics.p95S - (1 + 0.95 * Double(count - 1))) < 1e-10 * Double(count))
            #expect(statistics.minS == 1)
            #expect(statistics.maxS == Double(count))
            if count == 1 {
                #expect(statistics.stdS == nil)
            } else {
                let expected = (Double(count) * Double(count + 1) / 12).squareRoot()
                #expect(abs(try #require(statistics.stdS) - expected) < 1e-10 * expected)
            }
        }
        #expect(TimeStatistics(microseconds: []) == nil)
    }

    /// The variance of values far from zero, where one-pass formulas in floating point lose all digits.
    @Test func stableFarFromZero() throws {
        var stream = RandomStream(seed: 3)
        let small = (0..<999).map { _ in Int64(stream.index(below: 1000)) }
        let near = try #require(TimeStatistics(microseconds: small))
        let far = try #require(TimeStatistics(microseconds: small.map { $0 + 4_000_000_000_000_000_000 }))
        #expect(abs(try #require(near.stdS) - (try #require(far.stdS))) < 1e-10 * (near.stdS ?? 1))
    }

    @Test func sumsDoNotOverflow() throws {
        let top = try #require(TimeStatistics(microseconds: [Int64.max, .max, .max]))
        #expect(top.meanS == 0x1p63 / 1e6)
        #expect(top.stdS == 0)
        let both = try #require(TimeStatistics(microseconds: [Int64.min, .max]))
        #expect(abs(both.meanS) < 1e-5)
        #expect(abs((both.stdS ?? 0) / (0x1p63 * 2.0.squareRoot() / 1e6) - 1) < 1e-12)
    }

    @Test func orderDoesNotMatter() {
        var stream = RandomStream(seed: 5)
        var values = (0..<2000).map { _ in Int64(stream.exponential(mean: 1e10)) }
        let first = TimeStatistics(microseconds: values)
        values.shuffle(using: &stream)
        #expect(TimeStatistics(microseconds: values) == first)
    }

    @Test func unknownIsNull() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let single = try #require(TimeStatistics(microseconds: [1_500_000]))
        let text = String(decoding: try encoder.encode(single), as: UTF8.self)
        #expect(
            text
                == #"{"maxS":1.5,"meanS":1.5,"medianS":1.5,"minS":1.5,"n":1,"p90S":1.5,"p95S":1.5,"stdS":null}"#)
        #expect(try JSONDecoder().decode(TimeStatistics.self, from: Data(text.utf8)) == single)
    }

    @Test func intervalIsAList() throws {
        let interval = Interval(low: -1, high: 2.5)
        let text = String(decoding: try JSONEncoder().encode([interval]), as: UTF8.self)
        #expect(text == "[[-1,2.5]]")
        #expect(try JSONDecoder().decode([Interval].self, from: Data(text.utf8)) == [interval])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Interval.self, from: Data("[2,1]".utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Interval.self, from: Data("[1,2,3]".utf8)) }
        #expect(interval.scaled(by: -2) == Interval(low: -5, high: 2))
    }
}
