import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A ``Distribution`` ready for fast draws: plain numbers, tables in one common array.
struct Sampler {
    enum Kind: UInt8 {
        case fixed, exponential, uniform, normal, logNormal, gamma, triangular, histogram, empirical
    }

    var kind: Kind
    var a = 0.0
    var b = 0.0
    /// Probability below the lower limit.
    var c = 0.0
    /// Probability between the limits.
    var d = 1.0
    var lower = 0.0
    var upper = Double.infinity
    var first = 0
    var count = 0

    static func compiled(_ distribution: Distribution) -> Sampler {
        var none: [Double] = []
        return compile(distribution, appendingTo: &none)
    }

    /// The sampler of a valid distribution; tables are appended to `values`.
    static func compile(_ distribution: Distribution, appendingTo values: inout [Double]) -> Sampler {
        switch distribution {
        case .fixed(let value): return Sampler(kind: .fixed, a: value)
        case .uniform(let lower, let upper): return Sampler(kind: .uniform, a: lower, b: upper - lower)
        case .exponential(let mean, let lower, let upper):
            let start = max(0, lower)
            let scale = mean >= start ? mean - start : mean
            if scale <= 0 || upper <= start { return Sampler(kind: .fixed, a: min(start, upper)) }
            let inside = upper.isFinite ? -expm1(-(upper - start) / scale) : 1
            return Sampler(kind: .exponential, a: start, b: scale, d: inside, lower: start, upper: upper)
        case .normal(let mean, let deviation, let lower, let upper):
            let start = max(0, lower)
            if deviation == 0 { return Sampler(kind: .fixed, a: min(max(mean, start), upper)) }
            let below = StandardNormal.cumulative((start - mean) / deviation)
            let above = StandardNormal.cumulative((mean - upper) / deviation)
            return limited(Sampler(kind: .normal, a: mean, b: deviation, c: below, d: 1 - below - above, lower: start, upper: upper), mean)
        case .logNormal(let mean, let variance, let lower, let upper):
            let start = max(0, lower)
            if mean == 0 || variance == 0 { return Sampler(kind: .fixed, a: min(max(mean, start), upper)) }
            let sigma = log1p(variance / (mean * mean)).squareRoot()
            let mu = log(mean) - sigma * sigma / 2
            let below = start > 0 ? StandardNormal.cumulative((log(start) - mu) / sigma) : 0
            let above = upper.isFinite ? StandardNormal.cumulative((mu - log(upper)) / sigma) : 0
            return limited(Sampler(kind: .logNormal, a: mu, b: sigma, c: below, d: 1 - below - above, lower: start, upper: upper), mean)
        case .gamma(let mean, let variance, let lower, let upper):
            let start = max(0, lower)
            if mean == 0 || variance == 0 { return Sampler(kind: .fixed, a: min(max(mean, start), upper)) }
            let scale = variance / mean
            let shape = mean / scale
            let below = SpecialFunctions.regularizedGamma(shape, start / scale).lower
            let above = upper.isFinite ? SpecialFunctions.regularizedGamma(shape, upper / scale).upper : 0
            return limited(Sampler(kind: .gamma, a: shape, b: scale, c: below, d: 1 - below - above, lower: start, upper: upper), mean)
        case .triangular(let lower, let mode, let upper):
            if upper == lower { return Sampler(kind: .fixed, a: lower) }
            return Sampler(kind: .triangular, a: mode, c: (mode - lower) / (upper - lower), lower: lower, upper: upper)
        case .histogram(let cumulated, let bins):
            let sampler = Sampler(kind: .histogram, d: cumulated[cumulated.count - 1], first: values.count, count: bins.count)
            values += cumulated
            values += bins
            return sampler
        case .empirical(let sample):
            if sample.count == 1 { return Sampler(kind: .fixed, a: sample[0]) }
            let sampler = Sampler(kind: .empirical, first: values.count, count: sample.count)
            values += sample
            return sampler
        }
    }

    /// Limits that leave nothing of the distribution give its mean, or the middle between them where it lies outside.
    private static func limited(_ sampler: Sampler, _ mean: Double) -> Sampler {
        if sampler.d > 1e-12 { return sampler }
        let inside = mean >= sampler.lower && mean <= sampler.upper
        let middle = sampler.upper.isFinite ? (sampler.lower + sampler.upper) / 2 : sampler.lower
        return Sampler(kind: .fixed, a: inside ? mean : middle)
    }

    /// The value at the probability `u`, strictly between 0 and 1.
    @inline(__always)
    func value(at u: Double, _ tables: UnsafeBufferPointer<Double>) -> Double {
        switch kind {
        case .fixed: return a
        case .exponential: return min(upper, a - b * log(1 - u * d))
        case .uniform: return a + u * b
        default: return slowValue(at: u, tables)
        }
    }

    @inline(never)
    private func slowValue(at u: Double, _ tables: UnsafeBufferPointer<Double>) -> Double {
        switch kind {
        case .fixed, .exponential, .uniform: return a
        case .normal: return min(max(a + b * StandardNormal.quantile(inside(u)), lower), upper)
        case .logNormal: return min(max(exp(a + b * StandardNormal.quantile(inside(u))), lower), upper)
        case .gamma: return min(max(b * Self.gammaQuantile(a, inside(u)), lower), upper)
        case .triangular:
            if u < c { return lower + (u * (upper - lower) * (a - lower)).squareRoot() }
            return upper - ((1 - u) * (upper - lower) * (upper - a)).squareRoot()
        case .histogram:
            var low = first
            var high = first + count - 1
            while low < high {
                let middle = (low + high) / 2
                if tables[middle] >= u * d { high = middle } else { low = middle + 1 }
            }
            return tables[low + count]
        case .empirical:
            let place = u * Double(count) - 0.5
            if place <= 0 { return tables[first] }
            let index = Int(place)
            if index >= count - 1 { return tables[first + count - 1] }
            let left = tables[first + index]
            return left + (place - Double(index)) * (tables[first + index + 1] - left)
        }
    }

    /// The probability within the untruncated distribution, kept off 0 and 1.
    private func inside(_ u: Double) -> Double {
        min(max(c + u * d, 1e-300), 1 - 0x1p-53)
    }

    /// The value that a gamma variable of scale 1 stays below with probability `p`: Newton's method on the logarithm from Wilson and
    /// Hilferty's cube, held inside a bracket.
    static func gammaQuantile(_ shape: Double, _ p: Double) -> Double {
        let z = StandardNormal.quantile(p)
        let cube = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
        let logGamma = logGamma(shape)
        var x = shape * cube * cube * cube
        if cube <= 0 || shape < 1 && p < 0.5 || !(x > 0) {
            // Near 0 the distribution function is x^a ÷ Γ(a + 1).
            x = exp((log(p) + logGamma + log(shape)) / shape)
        }
        if x < 1e-300 { return 0 }
        // On the logarithm of x, where the distribution function is smooth at both ends; no step leaves the bracket or leaps.
        var low = 1e-300
        var high = Double.greatestFiniteMagnitude
        for _ in 0..<100 {
            let (lower, upper) = SpecialFunctions.regularizedGamma(shape, x)
            let error = p < 0.5 ? lower - p : (1 - p) - upper
            if error > 0 { high = min(high, x) } else { low = max(low, x) }
            let density = exp((shape - 1) * log(x) - x - logGamma)
            let newton = -error / (density * x)
            if newton.magnitude <= 1e-14 || high - low <= 1e-14 * high { return x }
            var next = x * exp(newton.isFinite ? min(max(newton, -2), 2) : error > 0 ? -2 : 2)
            if next <= low || next >= high { next = low.squareRoot() * high.squareRoot() }
            x = next
        }
        return x
    }

    /// The expected value of a limited exponential, normal, log-normal or gamma variable.
    var mean: Double {
        switch kind {
        case .exponential:
            guard upper.isFinite else { return a + b }
            let width = upper - a
            return a + b - width * exp(-width / b) / d
        case .normal:
            let left = StandardNormal.density((lower - a) / b)
            let right = upper.isFinite ? StandardNormal.density((upper - a) / b) : 0
            return a + b * (left - right) / d
        case .logNormal:
            let left = lower > 0 ? StandardNormal.cumulative((log(lower) - a) / b - b) : 0
            let right = upper.isFinite ? StandardNormal.cumulative((log(upper) - a) / b - b) : 1
            return exp(a + b * b / 2) * (right - left) / d
        case .gamma:
            let left = SpecialFunctions.regularizedGamma(a + 1, lower / b).lower
            let right = upper.isFinite ? SpecialFunctions.regularizedGamma(a + 1, upper / b).lower : 1
            return a * b * (right - left) / d
        case .fixed, .uniform, .triangular, .histogram, .empirical: return a
        }
    }
}

extension Sampler {
    /// The exponential of mean 1 at a probability.
    static func unitExponential(_ u: Double) -> Double {
        -log(1 - u)
    }
}

/// ln Γ(x) for x > 0: Stirling's series, reached by the recurrence where x is small.
private func logGamma(_ x: Double) -> Double {
    var x = x
    var product = 1.0
    while x < 16 {
        product *= x
        x += 1
    }
    let inverse = 1 / (x * x)
    let series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)))) / x
    return (x - 0.5) * log(x) - x + 0.918_938_533_204_672_741_8 + series - log(product)
}
