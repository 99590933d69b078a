import Foundation
import Testing

@testable import Statistics

@Suite struct LongRunVarianceTests {
    private static func deviations(_ count: Int, memory: Double, seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed, path: 92)
        var last = stream.normal()
        let values = (0..<count).map { _ in
            last = memory * last + (1 - memory * memory).squareRoot() * stream.normal()
            return last
        }
        let mean = values.reduce(0, +) / Double(count)
        return values.map { $0 - mean }
    }

    /// The definition, cosine by cosine.
    private static func powers(_ deviations: [Double], _ waves: Int) -> [Double] {
        let count = Double(deviations.count)
        return (1...waves).map { wave in
            let sum = deviations.enumerated().reduce(0.0) {
                $0 + $1.element * cos(Double.pi * Double(wave) * (Double($1.offset) + 0.5) / count)
            }
            return 2 / count * sum * sum
        }
    }

    @Test(arguments: [(30, 0.0), (200, 0.0), (401, 0.3), (1000, 0.9), (5000, 0.5)])
    func theRatioIsThatOfTheDefinition(count: Int, memory: Double) {
        for seed in 1...5 as ClosedRange<UInt64> {
            let deviations = Self.deviations(count, memory: memory, seed: seed)
            let found = LongRunVariance(ofDeviations: deviations)
            let variance = deviations.reduce(0) { $0 + $1 * $1 } / Double(count - 1)
            let waves = Int(found.degreesOfFreedom)
            #expect(waves == LongRunVariance.waves(count) || waves == LongRunVariance.slowWaves)
            let expected = Self.powers(deviations, waves).reduce(0, +) / Double(waves) / variance
            // Sums over parts of about five values lose a little of the shortest waves.
            #expect(abs(found.ratio / max(0.5, expected) - 1) < (count > LongRunVariance.mostParts ? 0.01 : 1e-9))
        }
    }

    /// Values of autoregression have (1 + memory) ÷ (1 − memory) times the variance in the long run; that the slow waves count alone where
    /// they hold more by chance adds a little.
    @Test(arguments: [0.0, 0.3, 0.6]) func theRatioIsThatOfAutoregression(memory: Double) {
        let found = (1...200 as ClosedRange<UInt64>).map { seed in
            LongRunVariance(ofDeviations: Self.deviations(2_000, memory: memory, seed: 100 + seed)).ratio
        }
        #expect(abs(found.reduce(0, +) / 200 / ((1 + memory) / (1 - memory)) - 1) < 0.1)
    }

    /// All the waves there are hold all the variance.
    @Test(arguments: 2...9) func fewValuesKeepTheirVariance(count: Int) {
        let found = LongRunVariance(ofDeviations: Self.deviations(count, memory: 0, seed: 3))
        #expect(found.degreesOfFreedom == Double(count - 1) && abs(found.ratio - 1) < 1e-9)
    }

    /// Levels that last for a sixth of the sample: the slow waves alone count, and they hold what fast ones do not.
    @Test func whatLastsForLongIsToldBySlowWaves() {
        var stream = RandomStream(seed: 8, path: 1)
        let values = (0..<6).flatMap { level in (0..<300).map { _ in Double(level % 3) + stream.normal() } }
        let mean = values.reduce(0, +) / 1_800
        let found = LongRunVariance(ofDeviations: values.map { $0 - mean })
        #expect(found.degreesOfFreedom == 11 && found.ratio > 20, "\(found)")
    }

    @Test func whatDoesNotVaryHasNoRatioOfItsOwn() {
        #expect(LongRunVariance(ofDeviations: []).ratio == 1 && LongRunVariance(ofDeviations: [0]).degreesOfFreedom == 1)
        #expect(LongRunVariance(ofDeviations: [0, 0, 0]).ratio == 1)
        // Neighbours that balance each other are believed to a half only.
        #expect(LongRunVariance(ofDeviations: (0..<400).map { $0 % 2 == 0 ? 1 : -1 }).ratio == 0.5)
    }
}
