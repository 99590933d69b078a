import Foundation
import Statistics
import Testing

@Suite struct EstimateTests {
    @Test func meanOfFive() throws {
        // 1 … 5: mean 3, standard error √(2.5 / 5), t₀.₉₇₅,₄ = 2.776445105197793.
        let estimate = try #require(Estimate.mean(of: [1.0, 2, 3, 4, 5]))
        #expect(estimate.value == 3)
        let half = try #require(estimate.ci95).halfWidth
        #expect(abs(half - 2.776445105197793 * 0.5.squareRoot()) < 1e-12)
        #expect(Estimate.mean(of: [1, 2, 3, 4, 5] as [Int64]) == estimate)
        #expect(Estimate.mean(of: [7.0])?.ci95 == nil)
        #expect(Estimate.mean(of: [1, .infinity, 3])?.ci95 == nil)
        #expect(Estimate.mean(of: [1e308, -1e308, 1e308])?.ci95 == nil)
        #expect(Estimate.mean(of: [Double]()) == nil)
        #expect(Estimate.mean(of: [0.1, 0.1, 0.1])?.ci95 == Interval(low: 0.1, high: 0.1))
        #expect(abs(try #require(estimate.scaled(by: 2).ci95).halfWidth - 2 * half) < 1e-12)
    }

    @Test func wilson() throws {
        // The ends solve (p̂ − p)² = z²·p(1 − p) / n.
        for (successes, n) in [(0, 10), (1, 10), (81, 263), (10, 10), (1, 1), (75_000, 150_000)] {
            let estimate = try #require(Estimate.rate(successes: successes, of: n))
            let interval = try #require(estimate.ci95)
            for end in [interval.low, interval.high] where end > 0 && end < 1 {
                let left = (estimate.value - end) * (estimate.value - end)
                let right = StandardNormal.z975 * StandardNormal.z975 * end * (1 - end) / Double(n)
                #expect(abs(left - right) < 1e-12)
            }
            #expect(interval.contains(estimate.value))
        }
        #expect(Estimate.rate(successes: 0, of: 0) == nil)
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 … 0.3662.
        let table = try #require(Estimate.rate(successes: 81, of: 263)?.ci95)
        #expect(abs(table.low - 0.2553) < 5e-5 && abs(table.high - 0.3662) < 5e-5)
    }

    @Test func newcombe() throws {
        // Newcombe 1998 (difference), example (a), method 10: 56/70 − 48/80 is 0.2 with 0.0524 … 0.3339.
        let change = try #require(Change.ofRate(before: (48, 80), after: (56, 70)))
        let interval = try #require(change.absoluteCI95)
        #expect(abs(interval.low - 0.0524) < 5e-5 && abs(interval.high - 0.3339) < 5e-5)
        #expect(abs(try #require(change.relative) - (0.8 / 0.6 - 1)) < 1e-12)
        // Turned around, the interval is mirrored and the p-value the same.
        let back = try #require(Change.ofRate(before: (56, 70), after: (48, 80)))
        #expect(abs(try #require(back.absoluteCI95).low + interval.high) < 1e-12)
        #expect(abs(try #require(back.pValue) - (try #require(change.pValue))) < 1e-12)
        // Nothing before, something after: a difference, but no ratio.
        let fresh = try #require(Change.ofRate(before: (0, 50), after: (9, 50)))
        #expect(fresh.relative == nil && fresh.relativeCI95 == nil)
        #expect(try #require(fresh.absoluteCI95).low > 0)
        #expect(Change.ofRate(before: (0, 0), after: (1, 2)) == nil)
        #expect(Change.ofRate(before: (3, 10), after: (3, 10))?.pValue == 1)
        #expect(Change.ofRate(before: (0, 10), after: (0, 10))?.pValue == 1)
    }

    /// The three answers of a change agree: either interval excludes 0 exactly where the p-value is at most 0.05.
    static func agree(_ change: Change?) -> Bool {
        guard let change, let absolute = change.absoluteCI95, let relative = change.relativeCI95, let pValue = change.pValue else {
            return false
        }
        return absolute.contains(0) == (pValue > 0.05) && relative.contains(0) == (pValue > 0.05)
    }

    @Test func intervalsAndPValueAgree() throws {
        var stream = RandomStream(seed: 17)
        var significant = 0
        for _ in 0..<500 {
            let n = 5 + stream.index(below: 200)
            let m = 5 + stream.index(below: 200)
            let change = Change.ofRate(before: (1 + stream.index(below: n), n), after: (stream.index(below: m + 1), m))
            #expect(Self.agree(change))
            if let pValue = change?.pValue, pValue <= 0.05 { significant += 1 }
        }
        #expect(significant > 50 && significant < 450)
        for round in 0..<200 {
            let before = (0..<40).map { _ in Double(1 + stream.index(below: 12)) }.sorted()
            let after = (0..<30).map { _ in Double(1 + stream.index(below: 10)) }.sorted()
            let path = [UInt64(round)]
            #expect(Self.agree(.ofQuantile(0.5, sortedBefore: before, sortedAfter: after, replicates: 199, seed: 2, path: path)))
            #expect(Self.agree(Change.ofMeans(before: [before], after: [after], replicates: 199, seed: 2, path: path)[0]))
        }
    }

    /// The ends by their definition, from a table of binomial probabilities.
    @Test(arguments: [5, 6, 17, 20, 35, 36, 40, 101, 250], [0.25, 0.5, 0.9])
    func quantileIntervals(n: Int, probability: Double) throws {
        let values = (0..<n).map { Double($0 * $0) }
        let estimate = try #require(Estimate.quantile(probability, ofSorted: values))
        #expect(estimate == Estimate.quantile(probability, ofSorted: values.map { Int64($0) }))
        var mass = [Double](repeating: 0, count: n + 1)
        mass[0] = pow(1 - probability, Double(n))
        for k in 0..<n { mass[k + 1] = mass[k] * Double(n - k) / Double(k + 1) * probability / (1 - probability) }
        let misses = (0..<n).map { mass[0...$0].reduce(0, +) }
        let missesAbove = (0..<n).map { mass[($0 + 1)...].reduce(0, +) }
        guard let low = misses.lastIndex(where: { $0 <= 0.025 }), let high = missesAbove.firstIndex(where: { $0 <= 0.025 }) else {
            #expect(estimate.ci95 == nil)
            return
        }
        let interval = try #require(estimate.ci95)
        let up = (0.025 - misses[low]) / (misses[low + 1] - misses[low])
        let down = (0.025 - missesAbove[high]) / (missesAbove[high - 1] - missesAbove[high])
        #expect(abs(interval.low - (values[low] + up * (values[low + 1] - values[low]))) < 1e-8)
        #expect(abs(interval.high - (values[high] + down * (values[high - 1] - values[high]))) < 1e-8)
    }

    @Test func quantileOfNothing() {
        #expect(Estimate.quantile(0.5, ofSorted: [Double]()) == nil)
        #expect(Estimate.quantile(0.5, ofSorted: [Int64(3)])?.ci95 == nil)
        #expect(Estimate.quantile(0, ofSorted: [1, 2, 3.0])?.ci95 == nil)
    }

    @Test func unknownIntervalIsNull() throws {
        let text = String(decoding: try JSONEncoder().encode(try #require(Estimate.mean(of: [7.0]))), as: UTF8.self)
        #expect(text.contains(#""ci95":null"#) && text.contains(#""method":"student-t""#))
    }
}
