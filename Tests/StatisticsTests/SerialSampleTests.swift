import Foundation
import Statistics
import Testing

@Suite struct SerialSampleTests {
    private func normals(_ seed: UInt64, _ count: Int, _ correlation: Double = 0) -> [Double] {
        var stream = RandomStream(seed: seed, path: 91)
        var last = stream.normal()
        return (0..<count).map { _ in
            last = correlation * last + (1 - correlation * correlation).squareRoot() * stream.normal()
            return last
        }
    }

    @Test(arguments: 1...30) func statisticsAreThoseOfTheSample(seed: UInt64) throws {
        let values = normals(seed, 10 + Int(seed) * 7).map(exp)
        let sample = SerialSample(values)
        let mean = try #require(sample.mean()), median = try #require(sample.quantile(0.5))
        #expect(abs(mean.estimate.value - values.reduce(0, +) / Double(values.count)) < 1e-9)
        #expect(median.estimate.value == Quantiles.median(of: values))
        let rate = try #require(SerialSample(values.map { $0 > 1 ? 1 : 0 }).rate())
        #expect(rate.estimate.value == Double(values.count { $0 > 1 }) / Double(values.count))
        for result in [mean, median, rate] {
            #expect(result.estimate.n == values.count)
            let interval = try #require(result.estimate.ci95)
            #expect(interval.contains(result.estimate.value))
            #expect(try #require(result.widening) > 0.7)
        }
        #expect(
            abs(mean.widening! * Estimate.mean(of: values)!.ci95!.halfWidth / mean.estimate.ci95!.halfWidth - 1) < 1e-12)
    }

    /// Few values have no waves to spare: their interval is the textbook's of independent ones.
    @Test(arguments: 2...9) func fewValuesHaveTheIntervalOfIndependentOnes(count: Int) throws {
        let values = normals(5, count)
        let result = try #require(SerialSample(values).mean()), textbook = try #require(Estimate.mean(of: values)?.ci95)
        let interval = try #require(result.estimate.ci95)
        #expect(abs(interval.low - textbook.low) < 1e-9 && abs(interval.high - textbook.high) < 1e-9)
        #expect(abs(try #require(result.widening) - 1) < 1e-9)
    }

    /// Where a few values are much larger than the others, the mean may be far above what was seen but not as far below.
    @Test func theIntervalOfAMeanMindsSkewness() throws {
        let values = normals(7, 500).map { exp(1.2 * $0) }
        let own = try #require(SerialSample(values).mean()?.estimate),
            turned = try #require(SerialSample(values.map { -$0 }).mean()?.estimate)
        let interval = try #require(own.ci95), mirrored = try #require(turned.ci95)
        #expect(interval.high - own.value > 1.1 * (own.value - interval.low))
        #expect(abs(interval.low + mirrored.high) < 1e-9 && abs(interval.high + mirrored.low) < 1e-9)
    }

    @Test func valuesWithoutSpreadHaveAnIntervalWithoutWidth() throws {
        let sample = SerialSample([Double](repeating: 7, count: 50))
        #expect(sample.mean()?.estimate.ci95 == Interval(low: 7, high: 7))
        #expect(sample.quantile(0.5)?.estimate.ci95 == Interval(low: 7, high: 7))
        // A share of all is not known to be all.
        let all = try #require(sample.rate()?.estimate.ci95)
        #expect(all.high == 1 && all.low < 1 && all.low > 0.9)
    }

    @Test func tooFewValuesHaveNoInterval() {
        #expect(SerialSample([]).mean() == nil && SerialSample([]).quantile(0.5) == nil && SerialSample([]).rate() == nil)
        #expect(SerialSample([1]).mean()?.estimate.ci95 == nil)
        #expect(SerialSample([1]).quantile(0.5)?.estimate.ci95 == nil)
        #expect(SerialSample(normals(1, 20)).quantile(0.95)?.estimate.ci95 == nil)
    }

    @Test(arguments: [0.0, 0.8]) func intervalsHoldTheTruthWhereValuesAreAlikeInTime(correlation: Double) throws {
        let runs = 400
        var held = [0, 0, 0]
        var naive = 0
        for run in 0..<runs {
            let values = normals(UInt64(1_000 + run), 800, correlation)
            let sample = SerialSample(values)
            if try #require(sample.mean()?.estimate.ci95).contains(0) { held[0] += 1 }
            if try #require(sample.quantile(0.5)?.estimate.ci95).contains(0) { held[1] += 1 }
            if try #require(SerialSample(values.map { $0 > 0 ? 1 : 0 }).rate()?.estimate.ci95).contains(0.5) { held[2] += 1 }
            if try #require(Estimate.mean(of: values)?.ci95).contains(0) { naive += 1 }
        }
        // 95 %, within the chance of 400 runs.
        for count in held { #expect(Double(count) / Double(runs) > 0.91) }
        #expect((Double(naive) / Double(runs) > 0.92) == (correlation == 0))
    }
}
