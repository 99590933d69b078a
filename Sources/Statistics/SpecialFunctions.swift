/// The integrals behind the distributions: regularised incomplete gamma and beta functions.
///
/// Series and continued fractions are the classical ones (Abramowitz, Stegun: "Handbook of Mathematical Functions", 1964, 6.5.29,
/// 6.5.31, 26.5.8). What stands before them comes from the saddle-point form of the Poisson and binomial probabilities (Loader:
/// "Fast and Accurate Computation of Binomial Probabilities", 2000), so that no digits are lost where the parameters are large.
package enum SpecialFunctions {
    /// P(a, x) and Q(a, x) = 1 − P(a, x), each to full relative precision where it is the smaller one.
    ///
    /// - Precondition: `a` > 0, `x` ≥ 0.
    package static func regularizedGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
        precondition(a > 0 && x >= 0, "the incomplete gamma function takes a > 0, x ≥ 0")
        guard x > 0 else { return (0, 1) }
        guard x < .infinity else { return (1, 0) }
        let front = poisson(a, mean: x)
        if x < a + 1 {
            var term = 1.0
            var sum = 1.0
            var k = 1.0
            while k < iterations {
                term *= x / (a + k)
                sum += term
                if term < sum * 0x1p-54 { break }
                k += 1
            }
            let lower = min(1, front * sum)
            return (lower, 1 - lower)
        }
        var denominator = x + 1 - a
        var c = 1 / tiny
        var d = 1 / denominator
        var fraction = d
        var k = 1.0
        while k < iterations {
            let numerator = -k * (k - a)
            denominator += 2
            d = 1 / guarded(numerator * d + denominator)
            c = guarded(denominator + numerator / c)
            fraction *= c * d
            if (c * d - 1).magnitude < 0x1p-53 { break }
            k += 1
        }
        let upper = min(1, front * a * fraction)
        return (1 - upper, upper)
    }

    /// I_x(a, b) and 1 − I_x(a, b), each to full relative precision where it is the smaller one.
    ///
    /// - Parameters:
    ///   - x: between 0 and 1.
    ///   - complement: 1 − `x`, given apart so that it keeps its digits where `x` is close to 1.
    /// - Precondition: `a`, `b` > 0.
    package static func regularizedBeta(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> (lower: Double, upper: Double) {
        precondition(a > 0 && b > 0, "the incomplete beta function takes a, b > 0")
        precondition(x >= 0 && complement >= 0, "the incomplete beta function is taken between 0 and 1")
        guard x > 0 else { return (0, 1) }
        guard complement > 0 else { return (1, 0) }
        if x * (a + b + 2) < a + 1 {
            let lower = min(1, binomial(a, b, x, complement) * (b / (a + b)) * betaFraction(x, a, b))
            return (lower, 1 - lower)
        }
        let upper = min(1, binomial(b, a, complement, x) * (a / (a + b)) * betaFraction(complement, b, a))
        return (1 - upper, upper)
    }

    /// ln Γ(x) for x > 0.
    static func logGamma(_ x: Double) -> Double {
        (x - 0.5) * Double.log(x) - x + halfLogTwoPi + stirlingError(x)
    }

    /// x^a · e^(−x) ÷ Γ(a + 1): the probability of a under a Poisson distribution, `a` not being whole.
    static func poisson(_ a: Double, mean x: Double) -> Double {
        Double.exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
    }

    /// Γ(a + b + 1) ÷ (Γ(a + 1) Γ(b + 1)) · x^a · y^b with x + y = 1: the probability of a among a + b, neither being whole.
    private static func binomial(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let n = a + b
        let exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
        return Double.exp(exponent) * (n / (2 * Double.pi * a * b)).squareRoot()
    }

    /// The continued fraction of the incomplete beta function by the method of Lentz.
    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        var c = 1.0
        var d = 1 / guarded(1 - (a + b) * x / (a + 1))
        var fraction = d
        var m = 1.0
        while m < iterations {
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / guarded(1 + even * d)
            c = guarded(1 + even / c)
            fraction *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / guarded(1 + odd * d)
            c = guarded(1 + odd / c)
            fraction *= c * d
            if (c * d - 1).magnitude < 0x1p-53 { break }
            m += 1
        }
        return fraction
    }

    /// ln n! − ((n + ½) ln n − n + ½ ln 2π) for n > 0.
    static func stirlingError(_ n: Double) -> Double {
        var n = n
        var sum = 0.0
        while n < 16 {
            sum += (n + 0.5) * Double.log1p(1 / n) - 1
            n += 1
        }
        let inverse = 1 / (n * n)
        let series =
            1.0 / 12 - inverse
            * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse * (1.0 / 1188 - inverse * 691 / 360_360))))
        return sum + series / n
    }

    /// x ln(x ÷ m) + m − x without cancellation where x is close to m.
    static func deviance(_ x: Double, _ m: Double) -> Double {
        let ratio = (x - m) / (x + m)
        guard ratio.magnitude < 0.1 else { return x * Double.log(x / m) + m - x }
        // x ln(x ÷ m) = 2x·artanh(ratio), whose first term joins m − x into −(x − m)·(1 − 2x ÷ (x + m)) = (x − m)·ratio.
        var sum = (x - m) * ratio
        var power = 2 * x * ratio
        var k = 3.0
        while k < 1000 {
            power *= ratio * ratio
            let next = sum + power / k
            if next == sum { break }
            sum = next
            k += 2
        }
        return sum
    }

    private static let iterations = 1e6
    private static let tiny = 1e-300
    private static let halfLogTwoPi = 0.918_938_533_204_672_741_780_329_736_406

    @inline(__always)
    private static func guarded(_ value: Double) -> Double {
        value.magnitude < tiny ? tiny : value
    }
}
