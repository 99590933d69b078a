import Foundation
import Statistics
import Testing

@Suite struct BootstrapTests {
    /// Every resample of a small sample, each equally likely, against the draws of ranks.
    @Test(arguments: [0.0, 0.25, 0.5, 0.6, 0.9, 1.0])
    func quantilesHaveTheDistributionOfResampling(probability: Double) {
        let values = [1.0, 2, 4, 8, 16]
        let n = values.count
        var exact: [Double: Double] = [:]
        let all = Int(pow(Double(n), Double(n)))
        for code in 0..<all {
            var rest = code
            let sample = (0..<n).map { _ -> Double in
                defer { rest /= n }
                return values[rest % n]
            }
            exact[QuantilesTests.key(Quantiles.quantile(probability, of: sample)), default: 0] += 1 / Double(all)
        }
        let replicates = Bootstrap.quantiles(probability, ofSorted: values, replicates: 40_000, seed: 6, path: [UInt64(probability * 100)])
        var found: [Double: Double] = [:]
        for replicate in replicates { found[QuantilesTests.key(replicate), default: 0] += 1 / 40_000 }
        for (value, share) in found { #expect(exact[value] != nil, "\(value) has share \(share), but no resample gives it") }
        for (value, share) in exact {
            let error = (share * (1 - share) / 40_000).squareRoot()
            #expect(abs((found[value] ?? 0) - share) < 5 * error + 1e-12, "\(value)")
        }
    }

    /// The counted draws, one by one and without matrices.
    @Test(arguments: [1, 2, 7, 33, 100])
    func meansEqualPlainSums(rows: Int) {
        var stream = RandomStream(seed: 8, path: UInt64(rows))
        var columns = (0..<4).map { column in
            (0..<rows).map { _ in Double(1_000_000 * column) + stream.exponential(mean: 100) }
        }
        for row in 0..<rows where row % 3 == 1 && rows > 80 {
            columns[1][row] = .nan
            columns[3][row] = .nan
        }
        let replicates = 60
        let found = Bootstrap.means(of: columns, replicates: replicates, seed: 3, path: [5])
        for replicate in 0..<replicates {
            var draws = RandomStream(seed: 3, path: 5, 0, UInt64(replicate))
            var drawn: [Int] = []
            while drawn.count < rows {
                let bits = draws.next()
                let pair = [Int(((bits & 0xFFFF_FFFF) * UInt64(rows)) >> 32), Int(((bits >> 32) * UInt64(rows)) >> 32)]
                drawn += rows - drawn.count == 1 ? [pair[1]] : pair
            }
            for column in 0..<4 {
                let known = drawn.map { columns[column][$0] }.filter { !$0.isNaN }
                let expected = known.reduce(0, +) / Double(known.count)
                #expect(abs(found[column][replicate] - expected) <= 1e-10 * expected)
            }
        }
    }

    @Test func meansHaveTheVarianceOfTheMean() {
        var stream = RandomStream(seed: 12)
        let values = (0..<500).map { _ in stream.exponential(mean: 3) }
        let mean = values.reduce(0, +) / 500
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 500 / 500
        let replicates = Bootstrap.means(of: [values], replicates: 2000, seed: 1)[0]
        let average = replicates.reduce(0, +) / 2000
        let spread = replicates.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 1999
        #expect(abs(average - mean) < 5 * (variance / 2000).squareRoot())
        #expect(abs(spread / variance - 1) < 5 * (2.0 / 2000).squareRoot())
    }

    @Test func scarceColumnsAreResampledAlone() {
        var scarce = [Double](repeating: .nan, count: 1000)
        scarce[10] = 1
        scarce[500] = 3
        let full = (0..<1000).map(Double.init)
        let found = Bootstrap.means(of: [scarce, full, [Double](repeating: .nan, count: 1000)], replicates: 400, seed: 2)
        #expect(Set(found[0]) == [1, 2, 3])
        #expect(found[1] == Bootstrap.means(of: [full], replicates: 400, seed: 2)[0])
        #expect(found[2].allSatisfy { $0.isNaN })
        #expect(Bootstrap.means(of: [], replicates: 5, seed: 1).isEmpty)
    }

    @Test func equalValuesDoNotSpread() throws {
        let constant = [Double](repeating: 0.1, count: 77)
        let change = try #require(Change.ofMeans(before: [constant], after: [constant], replicates: 199, seed: 1)[0])
        #expect(change.absoluteCI95 == Interval(low: 0, high: 0))
        #expect(change.pValue == 1)
        #expect(change.relative == 0)
    }

    @Test func percentilesAndPValue() throws {
        let replicates = (1...1999).map(Double.init).reversed() as [Double]
        #expect(Bootstrap.percentileInterval(replicates) == Interval(low: 50, high: 1950))
        #expect(Bootstrap.percentileInterval(Array(replicates.prefix(38))) == nil)
        #expect(Bootstrap.percentileInterval([.nan] + replicates) == nil)
        #expect(Bootstrap.pValue(ofDifferences: replicates) == 2.0 / 2000)
        #expect(Bootstrap.pValue(ofDifferences: replicates.map { $0 - 50 }) == 2.0 * 51 / 2000)
        #expect(Bootstrap.pValue(ofDifferences: []) == nil)
    }

    @Test func changesOfKnownSamples() throws {
        // Halved values: every replicate of the relative change is drawn around −50 %.
        let before = (1...400).map { Int64($0) * 1_000_000 }
        let after = before.map { $0 / 2 }
        let change = try #require(Change.ofQuantile(0.5, sortedBefore: before, sortedAfter: after, seed: 1))
        #expect(change.relative == -0.5)
        #expect(try #require(change.relativeCI95).contains(-0.5))
        #expect(change.pValue == 2.0 / 2001)
        #expect(change == Change.ofQuantile(0.5, sortedBefore: before, sortedAfter: after, seed: 1))
        #expect(change != Change.ofQuantile(0.5, sortedBefore: before, sortedAfter: after, seed: 2))
        let seconds = change.scaled(by: 1e-6)
        #expect(abs(seconds.before - 200.5) < 1e-9)
        #expect(seconds.relativeCI95 == change.relativeCI95)
        let real = Change.ofQuantile(0.5, sortedBefore: before.map(Double.init), sortedAfter: after.map(Double.init), seed: 1)
        #expect(real == change)
        #expect(Change.ofQuantile(0.5, sortedBefore: [] as [Int64], sortedAfter: after, seed: 1) == nil)
        let single = try #require(Change.ofQuantile(0.5, sortedBefore: [5.0], sortedAfter: [7.0, 8], seed: 1))
        #expect(single.absoluteCI95 == nil && single.pValue == nil && single.relative == 0.5)
        let crossing = try #require(Change.ofMeans(before: [[-3, 4, -1, 1]], after: [[1, 2, 3, 4]], replicates: 99, seed: 1)[0])
        #expect(crossing.relative != nil && crossing.relativeCI95 == nil && crossing.absoluteCI95 != nil)
        #expect(Change.ofMeans(before: [[.nan]], after: [[1]], replicates: 99, seed: 1) == [nil])
    }
}

extension QuantilesTests {
    /// A quantile as a key: rounding in the interpolation must not split equal values.
    static func key(_ value: Double?) -> Double {
        ((value ?? -1) * 1e9).rounded()
    }
}
