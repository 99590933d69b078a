import Foundation
import Simulation
import Testing

@Suite struct DistributionTests {
    private static let all: [Distribution] = [
        .fixed(7), .exponential(mean: 80), .exponential(mean: 1_900, lower: 1_800, upper: 3_600), .uniform(lower: 20, upper: 140),
        .normal(mean: 100, deviation: 30, lower: 0, upper: 1e9), .normal(mean: 10, deviation: 30, lower: 5, upper: 40),
        .logNormal(mean: 500, variance: 1e6), .logNormal(mean: 500, variance: 1e6, lower: 100, upper: 900),
        .gamma(mean: 613.3, variance: 661_764.96, lower: 0.286, upper: 5_098.567), .gamma(mean: 50, variance: 1_250),
        .gamma(mean: 2, variance: 40), .triangular(lower: 1, mode: 2, upper: 10),
        .histogram(cumulated: [0.25, 0.5, 1], values: [1, 5, 10]), .empirical([1, 1, 2, 8, 9.5]),
    ]

    @Test(arguments: all) func meanIsTheIntegralOfTheQuantiles(distribution: Distribution) {
        // Tanh-sinh in the probability: heavy ends are resolved.
        var sum = 0.0
        var weight = 0.0
        let step = 0.005
        var t = -3.6
        while t <= 3.6 {
            let s = Double.pi / 2 * sinh(t)
            let u = 1 / (1 + exp(-2 * s))
            let w = Double.pi / 2 * cosh(t) / (cosh(s) * cosh(s)) / 2 * step
            if u > 0 && u < 1 {
                sum += w * distribution.quantile(u)
                weight += w
            }
            t += step
        }
        #expect(abs(sum / weight - distribution.mean) <= 2e-3 * distribution.mean)
    }

    @Test(arguments: all) func quantilesAscend(distribution: Distribution) {
        var previous = -1.0
        for index in 1..<400 {
            let value = distribution.quantile(Double(index) / 400)
            #expect(value >= previous && value >= 0)
            previous = value
        }
    }

    @Test func quantilesAreExact() {
        #expect(abs(Distribution.exponential(mean: 80).quantile(0.95) - 80 * log(20)) < 1e-9)
        // χ² with 4 degrees of freedom is a gamma of shape 2 and scale 2: median 3.356694.
        #expect(abs(Distribution.gamma(mean: 4, variance: 8).quantile(0.5) - 3.356_693_980_033_32) < 1e-9)
        // χ² with 1 degree of freedom: 0.95 quantile 3.841459, 0.01 quantile 0.000157088.
        #expect(abs(Distribution.gamma(mean: 1, variance: 2).quantile(0.95) - 3.841_458_820_694_12) < 1e-9)
        #expect(abs(Distribution.gamma(mean: 1, variance: 2).quantile(0.01) - 0.000_157_087_857_909_707) < 1e-12)
        let mu = log(500.0) - log(5.0) / 2
        #expect(abs(Distribution.logNormal(mean: 500, variance: 1e6).quantile(0.5) - exp(mu)) < 1e-9)
        #expect(abs(Distribution.uniform(lower: 20, upper: 140).quantile(0.25) - 50) < 1e-12)
        #expect(abs(Distribution.triangular(lower: 0, mode: 1, upper: 2).quantile(0.5) - 1) < 1e-12)
    }

    @Test func limitsTruncate() {
        let limited = Distribution.exponential(mean: 1_900, lower: 1_800, upper: 3_600)
        #expect(limited.quantile(1e-12) >= 1_800 && limited.quantile(1 - 1e-12) <= 3_600)
        // Limits far from everything give the middle between them, as Prosimos does after a hundred tries.
        #expect(Distribution.normal(mean: 0, deviation: 1, lower: 100, upper: 200).quantile(0.3) == 150)
    }

    @Test(arguments: all) func scalingScales(distribution: Distribution) {
        for u in [0.01, 0.3, 0.77, 0.99] {
            #expect(
                abs(distribution.scaled(by: 0.7).quantile(u) - 0.7 * distribution.quantile(u)) <= 1e-9 * distribution.quantile(u) + 1e-12)
        }
    }

    @Test(arguments: all) func formIsReadBack(distribution: Distribution) throws {
        let data = try JSONEncoder().encode(distribution)
        #expect(try JSONDecoder().decode(Distribution.self, from: data) == distribution)
    }

    @Test func looseFormsAreRead() throws {
        let read: (String) throws -> Distribution = { try JSONDecoder().decode(Distribution.self, from: Data($0.utf8)) }
        #expect(
            try read(#"{"distribution_name":"expon","distribution_params":[{"value":"80"},{"value":0},{"value":1e12}]}"#)
                == .exponential(mean: 80))
        #expect(try read(#"{"distribution_name":"uniform","distribution_params":[240.0, 0.0]}"#) == .uniform(lower: 0, upper: 240))
        #expect(throws: DecodingError.self) { try read(#"{"distribution_name":"exponnorm","distribution_params":[{"value":1}]}"#) }
        #expect(throws: DecodingError.self) { try read(#"{"distribution_name":"fix","distribution_params":[{"value":-1}]}"#) }
    }
}
