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
            #expect(try #require(result.widening) >= 1)
        }
        // Never narrower than for independent values.
        #expect(mean.estimate.ci95!.halfWidth >= Estimate.mean(of: values)!.ci95!.halfWidth * (1 - 1e-12))
    }

    @Test func theIntervalOfAMeanIsThatOfBatchMeans() throws {
        // Twelve parts of ten, each of one level: the textbook interval of twelve means.
        let levels = normals(5, SerialSample.batches)
        let values = levels.flatMap { level in (0..<10).map { level + 0.001 * Double($0) } }
        let interval = try #require(SerialSample(values).mean()?.estimate.ci95)
        let means = levels.map { $0 + 0.0045 }
        let textbook = try #require(Estimate.mean(of: means)?.ci95)
        #expect(abs(interval.low - textbook.low) < 1e-9 && abs(interval.high - textbook.high) < 1e-9)
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
        // 95 %, within the chance of 400 runs and what parts of sixty-six leave out.
        for count in held { #expect(Double(count) / Double(runs) > 0.91) }
        #expect((Double(naive) / Double(runs) > 0.92) == (correlation == 0))
    }
}
