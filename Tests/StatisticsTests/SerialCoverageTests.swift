import Foundation
import Statistics
import Testing

/// How often the 95 % intervals of values in order of time, and of absolute changes, hold the truth at n ≥ 200, in seeded simulations.
@Suite struct SerialCoverageTests {
    static let rounds = 2000

    /// Exponential values of mean 1 whose neighbours are alike: normal ones with a memory, by their distribution.
    static func values(_ count: Int, memory: Double, seed: UInt64, round: Int) -> [Double] {
        var stream = RandomStream(seed: seed, path: UInt64(round))
        var state = stream.normal()
        return (0..<count).map { _ in
            state = memory * state + (1 - memory * memory).squareRoot() * stream.normal()
            return -log(1 - StandardNormal.cumulative(state))
        }
    }

    /// Independent neighbours, and neighbours of which each keeps a third or two thirds of the one before.
    @Test(arguments: [(0.0, 200), (0.33, 200), (0.67, 200), (0.67, 1200)])
    func serialSamples(memory: Double, count: Int) {
        Self.check(memory, count, rounds: Self.rounds, seed: 401)
    }

    /// The same for more sizes and other random numbers: a study, not a test of every build (`WEIR_STUDY=coverage`).
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["WEIR_STUDY"] == "coverage"), arguments: [0.0, 0.33, 0.67],
        [200, 300, 400, 800, 1200])
    func serialSamplesOfAllSizes(memory: Double, count: Int) {
        print(memory, count, Self.check(memory, count, rounds: 4 * Self.rounds, seed: 402))
    }

    /// How often the intervals of a mean, a median, a 90 % quantile and a rate hold.
    @discardableResult
    static func check(_ memory: Double, _ count: Int, rounds: Int, seed: UInt64) -> [Double] {
        var held = [0, 0, 0, 0]
        for round in 0..<rounds {
            let values = Self.values(count, memory: memory, seed: seed, round: round)
            let sample = SerialSample(values)
            if sample.mean()!.estimate.ci95!.contains(1) { held[0] += 1 }
            if sample.quantile(0.5)!.estimate.ci95!.contains(log(2)) { held[1] += 1 }
            if sample.quantile(0.9)!.estimate.ci95?.contains(log(10)) ?? true { held[2] += 1 }
            if SerialSample(values.map { $0 > 1 ? 1 : 0 }).rate()!.estimate.ci95!.contains(exp(-1)) { held[3] += 1 }
        }
        let shares = held.map { Double($0) / Double(rounds) }
        for share in shares { #expect(CoverageTests.accepted.contains(share), "\(shares)") }
        return shares
    }

    @Test func absoluteChangeOfAMean() {
        let share = CoverageTests.coverage(1000, of: -2, seed: 405) { stream in
            let before = CoverageTests.exponentials(200, mean: 5, &stream)
            let after = CoverageTests.exponentials(300, mean: 3, &stream)
            return Change.ofMeans(before: [before], after: [after], replicates: 199, seed: stream.next())[0]?.absoluteCI95
        }
        #expect(CoverageTests.accepted.contains(share), "\(share)")
    }

    @Test func absoluteChangeOfAMedian() {
        let share = CoverageTests.coverage(Self.rounds, of: -2 * log(2), seed: 406) { stream in
            let before = CoverageTests.exponentials(200, mean: 5, &stream).sorted()
            let after = CoverageTests.exponentials(300, mean: 3, &stream).sorted()
            return Change.ofQuantile(0.5, sortedBefore: before, sortedAfter: after, replicates: 199, seed: stream.next())?.absoluteCI95
        }
        #expect(CoverageTests.accepted.contains(share), "\(share)")
    }

    /// The change between two estimates that bring their own intervals.
    @Test(arguments: [true, false])
    func changeOfEstimates(relative: Bool) {
        let share = CoverageTests.coverage(Self.rounds, of: relative ? -0.4 : -2, seed: 407) { stream in
            let before = Estimate.mean(of: CoverageTests.exponentials(250, mean: 5, &stream))!
            let after = Estimate.mean(of: CoverageTests.exponentials(250, mean: 3, &stream))!
            let change = Change.ofEstimates(before: before, after: after)
            return relative ? change.relativeCI95 : change.absoluteCI95
        }
        #expect(CoverageTests.accepted.contains(share), "\(share)")
    }

    /// A column that strata share, whose errors they share too: only within them is the slope told apart, and its interval knows what that cost.
    @Test func regressionWithinStrata() throws {
        var held = 0
        var combined = 0
        for round in 0..<Self.rounds {
            var stream = RandomStream(seed: 408, path: UInt64(round))
            var rows: [[Double]] = []
            var outcomes: [Double] = []
            var strata: [Int32] = []
            for stratum in 0..<15 as Range<Int32> {
                let level = 3 * stream.normal()
                for _ in 0..<20 {
                    let x = level + stream.normal()
                    let mark = stream.unit() < 0.3 ? 1.0 : 0
                    rows.append([x, mark])
                    outcomes.append(5 * level + x - mark + (stream.exponential(mean: 1) - 1) * (1 + mark))
                    strata.append(stratum)
                }
            }
            var sums = [Double](repeating: 0, count: 15)
            for (row, stratum) in strata.enumerated() { sums[Int(stratum)] += outcomes[row] / 20 }
            let centered = zip(outcomes, strata).map { $0 - sums[Int($1)] }
            let all = rows
            let design = DesignMatrix(rows: 300, columns: 2) { numbers, target in
                for (i, number) in numbers.enumerated() {
                    target[i] = all[number][0]
                    target[numbers.count + i] = all[number][1]
                }
            }
            let fit = try LinearRegression(design.centered(within: strata), centered, clusters: strata, absorbed: 15)
            if fit.coefficients[0]!.ci95!.contains(1) { held += 1 }
            if fit.combination([(0, 2), (1, 1)])!.ci95!.contains(1) { combined += 1 }
        }
        for count in [held, combined] { #expect((0.93...0.98).contains(Double(count) / Double(Self.rounds)), "\(held) \(combined)") }
    }
}
