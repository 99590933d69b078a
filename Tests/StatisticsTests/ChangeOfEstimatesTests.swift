import Statistics
import Testing

@Suite struct ChangeOfEstimatesTests {
    @Test(arguments: 1...200) func ratesChangeAsNewcombeSays(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 92)
        let sizes = [20 + stream.index(below: 500), 20 + stream.index(below: 500)]
        let counts = sizes.map { 1 + stream.index(below: $0 - 1) }
        let known = try #require(Change.ofRate(before: (counts[0], sizes[0]), after: (counts[1], sizes[1])))
        let change = Change.ofEstimates(
            before: try #require(Estimate.rate(successes: counts[0], of: sizes[0])),
            after: try #require(Estimate.rate(successes: counts[1], of: sizes[1])))
        #expect(change.absolute == known.absolute)
        let pairs = [(change.absoluteCI95, known.absoluteCI95), (change.relativeCI95, known.relativeCI95)]
        for (one, other) in pairs {
            let one = try #require(one), other = try #require(other)
            #expect(abs(one.low - other.low) < 1e-9 * max(1, abs(other.low)))
            #expect(abs(one.high - other.high) < 1e-9 * max(1, abs(other.high)))
        }
    }

    @Test(arguments: 1...500) func theRelativeIntervalHoldsTheRatiosThatTheDifferenceDoes(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 93)
        let before = 0.1 + stream.unit(), after = 0.1 + stream.unit()
        let first = Interval(low: before * (0.02 + 0.97 * stream.unit()), high: before * (1 + 3 * stream.unit()))
        let second = Interval(low: after * stream.unit(), high: after * (1 + 3 * stream.unit()))
        func estimate(_ value: Double, _ interval: Interval) -> Estimate {
            Estimate(value: value, ci95: interval, n: 100, method: .serial)
        }
        let change = Change.ofEstimates(before: estimate(before, first), after: estimate(after, second))
        let absolute = try #require(change.absoluteCI95), relative = try #require(change.relativeCI95)
        #expect(absolute.contains(change.absolute))
        #expect(relative.contains(try #require(change.relative)))
        #expect(absolute.contains(0) == relative.contains(0))
        // Ratios inside and outside, by the difference of after and so many times before.
        for _ in 0..<20 {
            let ratio = 4 * stream.unit() * after / before
            let scaled = Interval(low: first.low * ratio, high: first.high * ratio)
            let difference = Change.ofEstimates(before: estimate(before * ratio, scaled), after: estimate(after, second))
            let holds = try #require(difference.absoluteCI95).contains(0)
            let isNearAnEnd = min(abs(ratio - 1 - relative.low), abs(ratio - 1 - relative.high)) < 1e-9
            #expect(holds == relative.contains(ratio - 1) || isNearAnEnd)
        }
    }

    @Test func whatMayBeNothingHasNoRelativeInterval() {
        let nothing = Estimate(value: 0.01, ci95: Interval(low: 0, high: 0.05), n: 100, method: .wilson)
        let some = Estimate(value: 0.3, ci95: Interval(low: 0.2, high: 0.4), n: 100, method: .wilson)
        let unknown = Estimate(value: 0.3, ci95: nil, n: 1, method: .wilson)
        #expect(Change.ofEstimates(before: nothing, after: some).relativeCI95 == nil)
        #expect(Change.ofEstimates(before: nothing, after: some).absoluteCI95 != nil)
        #expect(Change.ofEstimates(before: some, after: nothing).relativeCI95?.low == -1)
        #expect(Change.ofEstimates(before: unknown, after: some).absoluteCI95 == nil)
        #expect(Change.ofEstimates(before: some, after: unknown).relativeCI95 == nil)
    }
}
