import Foundation
import Statistics
import Testing

/// Closed forms and identities of the distributions.
@Suite struct DistributionsTests {
    static func relative(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
        abs(found - expected) <= tolerance * abs(expected)
    }

    @Test func betaClosedForms() {
        for x in [1e-12, 0.01, 0.3, 0.5, 0.77, 0.999] {
            for b in [0.3, 1, 2.5, 40, 1e5] {
                let first = SpecialFunctions.regularizedBeta(x, complement: 1 - x, 1, b)
                #expect(Self.relative(first.upper, exp(b * log1p(-x)), 1e-11))
                #expect(Self.relative(first.lower, -expm1(b * log1p(-x)), 1e-11))
                #expect(Self.relative(SpecialFunctions.regularizedBeta(x, complement: 1 - x, b, 1).lower, pow(x, b), 1e-11))
            }
            let arcsine = SpecialFunctions.regularizedBeta(x, complement: 1 - x, 0.5, 0.5).lower
            #expect(Self.relative(arcsine, 2 / Double.pi * asin(x.squareRoot())))
        }
        #expect(SpecialFunctions.regularizedBeta(0, complement: 1, 2, 3).lower == 0)
        #expect(SpecialFunctions.regularizedBeta(1, complement: 0, 2, 3).lower == 1)
    }

    @Test func betaIsSymmetricAndRecurs() {
        var stream = RandomStream(seed: 1)
        for _ in 0..<300 {
            let a = exp(12 * stream.unit() - 2)
            let b = exp(12 * stream.unit() - 2)
            // Around the mean, where the values are neither 0 nor 1.
            let x = stream.beta(a, b)
            guard x > 0, x < 1 else { continue }
            let value = SpecialFunctions.regularizedBeta(x, complement: 1 - x, a, b)
            let mirrored = SpecialFunctions.regularizedBeta(1 - x, complement: x, b, a)
            #expect(abs(value.lower - mirrored.upper) < 1e-13)
            // I_x(a, b) = x·I_x(a − 1, b) + (1 − x)·I_x(a, b − 1)
            let up = SpecialFunctions.regularizedBeta(x, complement: 1 - x, a + 1, b + 1)
            let left = SpecialFunctions.regularizedBeta(x, complement: 1 - x, a, b + 1)
            let right = SpecialFunctions.regularizedBeta(x, complement: 1 - x, a + 1, b)
            #expect(abs(up.lower - x * left.lower - (1 - x) * right.lower) < 1e-12)
        }
    }

    @Test(arguments: [(1, 0.3), (2, 0.5), (7, 0.9), (33, 0.01), (200, 0.9), (150_000, 0.5), (150_000, 0.95)])
    func binomialEqualsItsSum(trials: Int, probability: Double) {
        // Probabilities relative to that of the mode, by their ratios; the total makes them absolute.
        let mode = min(trials, Int(Double(trials + 1) * probability))
        var mass = [Double](repeating: 0, count: trials + 1)
        mass[mode] = 1
        let odds = probability / (1 - probability)
        for k in stride(from: mode, to: 0, by: -1) { mass[k - 1] = mass[k] * Double(k) / Double(trials - k + 1) / odds }
        for k in mode..<trials { mass[k + 1] = mass[k] * Double(trials - k) / Double(k + 1) * odds }
        let total = mass.reduce(0, +)
        let binomial = Binomial(trials: trials, probability: probability)
        let spread = (Double(trials) * probability * (1 - probability)).squareRoot()
        for deviation in [-6.0, -2, -0.5, 0, 0.7, 1.96, 6] {
            let k = Int(Double(trials) * probability + deviation * spread)
            guard k >= 0, k <= trials else { continue }
            let expected = mass[0...k].reduce(0, +) / total
            let rest = k < trials ? mass[(k + 1)...].reversed().reduce(0, +) / total : 0
            #expect(Self.relative(binomial.cumulative(k).atMost, expected, 1e-10))
            #expect(Self.relative(binomial.cumulative(k).more, rest, 1e-10))
        }
        for level in [0.025, 0.3, 0.975] {
            let quantile = binomial.quantile(level)
            #expect(binomial.cumulative(quantile).atMost >= level)
            #expect(quantile == 0 || binomial.cumulative(quantile - 1).atMost < level)
        }
    }

    @Test func gammaClosedForms() {
        for x in [1e-10, 0.2, 1, 3, 30, 200] {
            #expect(Self.relative(SpecialFunctions.regularizedGamma(1, x).upper, exp(-x)))
            #expect(Self.relative(SpecialFunctions.regularizedGamma(1, x).lower, -expm1(-x)))
            #expect(Self.relative(SpecialFunctions.regularizedGamma(0.5, x).lower, erf(x.squareRoot())))
            #expect(Self.relative(SpecialFunctions.regularizedGamma(0.5, x).upper, erfc(x.squareRoot()), 1e-11))
            // Q(k, x) is a Poisson sum.
            var term = exp(-x)
            var sum = 0.0
            for k in 1...40 {
                sum += term
                term *= x / Double(k)
                #expect(Self.relative(SpecialFunctions.regularizedGamma(Double(k), x).upper, sum, 1e-11))
            }
        }
        // P(a, x) − P(a + 1, x) = x^a·e^(−x) / Γ(a + 1), far out by Stirling's own identity: the halves of a large parameter.
        for a in [1e3, 1e5, 1e6] {
            let here = SpecialFunctions.regularizedGamma(a, a)
            // Q(a, a) = 1/2 + (1/3 + 1/(540·a) − 25/(6048·a²)…) / √(2πa)
            let expected = 0.5 + (1.0 / 3 + 1 / (540 * a)) / (2 * Double.pi * a).squareRoot()
            #expect(abs(here.lower - expected) < 1e-9)
            #expect(abs(here.lower + here.upper - 1) < 1e-15)
        }
    }

    @Test func normal() {
        #expect(Self.relative(StandardNormal.quantile(0.975), 1.959963984540054, 1e-15))
        #expect(StandardNormal.quantile(0.5) == 0)
        #expect(StandardNormal.quantile(0) == -.infinity)
        #expect(StandardNormal.quantile(1) == .infinity)
        for exponent in stride(from: -300.0, through: -0.31, by: 3.7) {
            let probability = pow(10, exponent)
            let z = StandardNormal.quantile(probability)
            #expect(Self.relative(StandardNormal.cumulative(z), probability, 1e-11))
            #expect(StandardNormal.quantile(1 - probability) == -StandardNormal.quantile(1 - (1 - probability)))
        }
        for z in stride(from: -8.0, through: 5, by: 0.37) {
            #expect(abs(StandardNormal.quantile(StandardNormal.cumulative(z)) - z) < 1e-9)
            let slope = (StandardNormal.cumulative(z + 1e-5) - StandardNormal.cumulative(z - 1e-5)) / 2e-5
            #expect(abs(slope - StandardNormal.density(z)) < 1e-9)
        }
    }

    @Test func studentClosedForms() {
        for t in [-1e6, -30, -2.5, -0.1, 0, 0.3, 1, 4.7, 200] {
            #expect(Self.relative(StudentT(degreesOfFreedom: 1).cumulative(t), t < -1 ? atan(-1 / t) / .pi : 0.5 + atan(t) / .pi, 1e-11))
            let root = (2 + t * t).squareRoot()
            #expect(
                Self.relative(StudentT(degreesOfFreedom: 2).cumulative(t), t < 0 ? 1 / (root * (root - t)) : 0.5 + t / (2 * root), 1e-11))
            let four = 1.5 * (t / (4 + t * t).squareRoot()) * (1 - t * t / (3 * (4 + t * t)))
            #expect(abs(StudentT(degreesOfFreedom: 4).cumulative(t) - (0.5 + four / 2)) < 1e-12)
        }
        for probability in [1e-10, 0.001, 0.025, 0.4, 0.5, 0.6, 0.975, 0.9999] {
            #expect(
                abs(StudentT(degreesOfFreedom: 1).quantile(probability) / tan(.pi * (probability - 0.5)) - 1) < 1e-6 || probability == 0.5)
            let two = (2 * probability - 1) / (2 * probability * (1 - probability)).squareRoot()
            #expect(abs(StudentT(degreesOfFreedom: 2).quantile(probability) - two) <= 1e-10 * max(1, abs(two)))
            for freedom in [0.7, 3, 10, 199, 149_999] {
                let student = StudentT(degreesOfFreedom: freedom)
                let t = student.quantile(probability)
                let back = student.cumulative(t)
                #expect(Self.relative(min(back, 1 - back), min(probability, 1 - probability), 1e-10))
            }
        }
        #expect(Self.relative(StudentT(degreesOfFreedom: 10).quantile(0.975), 2.2281388519862753, 1e-13))
        #expect(abs(StudentT(degreesOfFreedom: 1e7).quantile(0.975) - StandardNormal.quantile(0.975)) < 1e-6)
    }

    @Test func chiSquareClosedForms() {
        for x in [1e-8, 0.5, 3, 20, 90] {
            #expect(Self.relative(ChiSquare(degreesOfFreedom: 2).upperTail(x), exp(-x / 2)))
            #expect(Self.relative(ChiSquare(degreesOfFreedom: 4).upperTail(x), exp(-x / 2) * (1 + x / 2)))
            #expect(Self.relative(ChiSquare(degreesOfFreedom: 1).cumulative(x), erf((x / 2).squareRoot()), 1e-11))
            let five = ChiSquare(degreesOfFreedom: 5)
            let slope = (five.upperTail(x * 0.9999) - five.upperTail(x * 1.0001)) / (x * 0.0002)
            let rise = (five.cumulative(x * 1.0001) - five.cumulative(x * 0.9999)) / (x * 0.0002)
            #expect(Self.relative(x < 5 ? rise : slope, five.density(x), 1e-5))
        }
        for freedom in [0.1, 1, 2, 10, 500, 1e5] {
            for probability in [1e-10, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9] {
                let chi = ChiSquare(degreesOfFreedom: freedom)
                let x = chi.quantile(probability)
                if probability <= 0.5 {
                    #expect(Self.relative(chi.cumulative(x), probability, 1e-10))
                } else {
                    #expect(Self.relative(chi.upperTail(x), 1 - probability, 1e-10))
                }
            }
        }
        #expect(Self.relative(ChiSquare(degreesOfFreedom: 10).quantile(0.95), 18.307038053275146, 1e-13))
    }

    /// Means and variances of draws: a for gamma, a / (a + b) for beta.
    @Test(arguments: [0.2, 1, 3.5, 1000])
    func draws(shape: Double) {
        var stream = RandomStream(seed: 9, path: UInt64(shape * 10))
        let count = 20_000
        var sum = 0.0
        var squares = 0.0
        var beta = 0.0
        for _ in 0..<count {
            let draw = stream.gamma(shape: shape)
            sum += draw
            squares += (draw - shape) * (draw - shape)
            beta += stream.beta(shape, 2)
        }
        let n = Double(count)
        // Five standard errors; the fourth central moment of a gamma is 3a² + 6a.
        #expect(abs(sum / n - shape) < 5 * (shape / n).squareRoot())
        #expect(abs(squares / n - shape) < 5 * ((2 * shape * shape + 6 * shape) / n).squareRoot())
        let variance = shape * 2 / ((shape + 2) * (shape + 2) * (shape + 3))
        #expect(abs(beta / n - shape / (shape + 2)) < 5 * (variance / n).squareRoot())
    }
}
