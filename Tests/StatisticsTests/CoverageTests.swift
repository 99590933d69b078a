import Foundation
import Statistics
import Testing

/// How often 95 % intervals hold the truth, in seeded simulations; at n ≥ 200 that must be 93 to 97 %.
@Suite struct CoverageTests {
    static let accepted = 0.93...0.97

    /// The share of `rounds` in which an interval, made from a stream of its own, holds `truth`.
    static func coverage(_ rounds: Int, of truth: Double, seed: UInt64, _ interval: (inout RandomStream) -> Interval?) -> Double {
        var held = 0
        for round in 0..<rounds {
            var stream = RandomStream(seed: seed, path: UInt64(round))
            if interval(&stream)?.contains(truth) == true { held += 1 }
        }
        return Double(held) / Double(rounds)
    }

    static func exponentials(_ count: Int, mean: Double, _ stream: inout RandomStream) -> [Double] {
        (0..<count).map { _ in stream.exponential(mean: mean) }
    }

    @Test func mean() {
        let share = Self.coverage(3000, of: 5, seed: 101) { Estimate.mean(of: Self.exponentials(200, mean: 5, &$0))?.ci95 }
        #expect(Self.accepted.contains(share), "\(share)")
    }

    @Test(arguments: [(200, 0.1), (200, 0.5), (1000, 0.02)])
    func rate(n: Int, rate: Double) {
        let share = Self.coverage(2000, of: rate, seed: 102) { stream in
            var successes = 0
            for _ in 0..<n where stream.unit() < rate { successes += 1 }
            return Estimate.rate(successes: successes, of: n)?.ci95
        }
        #expect(Self.accepted.contains(share), "\(share)")
    }

    @Test(arguments: [0.5, 0.9])
    func quantile(probability: Double) {
        let truth = -5 * log(1 - probability)
        let share = Self.coverage(2000, of: truth, seed: 103) { stream in
            Estimate.quantile(probability, ofSorted: Self.exponentials(200, mean: 5, &stream).sorted())?.ci95
        }
        #expect(Self.accepted.contains(share), "\(share)")
    }

    @Test(arguments: [(0.5, 200), (0.9, 500)])
    func relativeChangeOfAQuantile(probability: Double, n: Int) {
        let share = Self.coverage(2000, of: -0.4, seed: 104) { stream in
            let before = Self.exponentials(n, mean: 5, &stream).sorted()
            let after = Self.exponentials(n + 50, mean: 3, &stream).sorted()
            let seed = stream.next()
            return Change.ofQuantile(probability, sortedBefore: before, sortedAfter: after, replicates: 199, seed: seed)?.relativeCI95
        }
        #expect(Self.accepted.contains(share), "\(share)")
    }

    @Test func relativeChangeOfAMean() {
        let share = Self.coverage(1000, of: -0.4, seed: 105) { stream in
            let before = Self.exponentials(200, mean: 5, &stream)
            let after = Self.exponentials(200, mean: 3, &stream)
            return Change.ofMeans(before: [before], after: [after], replicates: 199, seed: stream.next())[0]?.relativeCI95
        }
        #expect(Self.accepted.contains(share), "\(share)")
    }

    @Test(arguments: [true, false])
    func changeOfARate(relative: Bool) {
        let share = Self.coverage(2000, of: relative ? 0.5 : 0.1, seed: 106) { stream in
            var before = 0
            for _ in 0..<200 where stream.unit() < 0.2 { before += 1 }
            var after = 0
            for _ in 0..<300 where stream.unit() < 0.3 { after += 1 }
            let change = Change.ofRate(before: (before, 200), after: (after, 300))
            return relative ? change?.relativeCI95 : change?.absoluteCI95
        }
        #expect(Self.accepted.contains(share), "\(share)")
    }
}
