import Foundation
import Statistics

/// Which distribution a sample of times comes from, chosen by the likelihood of observations that were held out.
///
/// Every family is fitted to the even and to the odd members of the sample and judged on the others; the best one is then fitted to all.
/// Means are always the sample's own: what queues do depends on them before all else. Log-normal and gamma take their shape from
/// maximum likelihood (gamma by Minka's iteration, "Estimating a Gamma distribution", 2002).
struct DistributionFit {
    /// What was chosen.
    var distribution: Distribution
    /// Its family.
    var method: FitReport.Method
    /// Mean logarithm of the likelihood per held-out second, or nil where nothing was chosen.
    var heldOut: Double?

    /// From how many observations on their own values may stand for the distribution.
    static let empiricalFrom = 50
    /// Samples are thinned to so many quantiles.
    private static let largestSample = 2_000
    /// Times are known to about this many seconds: observations stand for an interval of this length.
    private static let resolution = 1.0

    /// The distribution of a sample in seconds, none negative; the order of the sample does not matter.
    ///
    /// - Parameter allowsParametric: whether other than the observed values may be chosen.
    init(_ sample: [Double], allowsParametric: Bool = true) {
        precondition(!sample.isEmpty, "an empty sample has no distribution")
        let sorted = sample.sorted()
        let mean = sorted.reduce(0, +) / Double(sorted.count)
        if sorted[0] == sorted[sorted.count - 1] || sorted.count < 3 {
            self.init(distribution: .fixed(mean), method: .fixed)
            return
        }
        if !allowsParametric {
            self.init(distribution: Self.empirical(sorted), method: .empirical)
            return
        }
        // Neighbours in order of size go to different halves, so that both see the whole range.
        let even = stride(from: 0, to: sorted.count, by: 2).map { sorted[$0] }
        let odd = stride(from: 1, to: sorted.count, by: 2).map { sorted[$0] }
        var best: (method: FitReport.Method, score: Double)?
        for method in [FitReport.Method.exponential, .logNormal, .gamma, .normal, .uniform, .empirical] {
            if method == .empirical && sorted.count < Self.empiricalFrom { continue }
            let score = (Self.score(method, fittedTo: even, on: odd) + Self.score(method, fittedTo: odd, on: even)) / Double(sorted.count)
            // A family of more parameters has to be clearly better.
            let margin = best == nil || best?.method != .exponential && method != .empirical ? 0 : 2 / Double(sorted.count)
            if score.isFinite && score > (best?.score ?? -.infinity) + margin { best = (method, score) }
        }
        guard let best, let made = Self.fitted(best.method, sorted) else {
            self.init(distribution: .fixed(mean), method: .fixed)
            return
        }
        self.init(distribution: made, method: best.method, heldOut: best.score)
    }

    private init(distribution: Distribution, method: FitReport.Method, heldOut: Double? = nil) {
        self.distribution = distribution
        self.method = method
        self.heldOut = heldOut
    }

    /// The observed values, thinned to quantiles where they are many; the mean stays.
    static func empirical(_ sorted: [Double]) -> Distribution {
        if sorted.count <= largestSample { return .empirical(sorted) }
        // Means of consecutive parts keep the mean.
        let parts = (0..<largestSample).map { part in
            let range = part * sorted.count / largestSample..<(part + 1) * sorted.count / largestSample
            return sorted[range].reduce(0, +) / Double(range.count)
        }
        return .empirical(parts)
    }

    // MARK: Families

    private static func fitted(_ method: FitReport.Method, _ sorted: [Double]) -> Distribution? {
        let n = Double(sorted.count)
        let mean = sorted.reduce(0, +) / n
        guard mean > 0 else { return nil }
        let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(n - 1, 1)
        switch method {
        case .exponential: return .exponential(mean: mean)
        case .uniform:
            let lower = sorted[0]
            let upper = sorted[sorted.count - 1]
            let margin = (upper - lower) / max(n - 1, 1)
            return .uniform(lower: max(0, lower - margin), upper: upper + margin)
        case .normal:
            // The limit at 0 must not move the mean by much.
            return variance > 0 && mean > 2 * variance.squareRoot()
                ? .normal(mean: mean, deviation: variance.squareRoot(), lower: 0, upper: .infinity) : nil
        case .logNormal:
            let (_, deviation) = logarithms(sorted)
            return deviation > 0 && deviation < 4 ? .logNormal(mean: mean, variance: mean * mean * expm1(deviation * deviation)) : nil
        case .gamma:
            guard let shape = gammaShape(sorted, mean: mean) else { return nil }
            return .gamma(mean: mean, variance: mean * mean / shape)
        case .empirical: return empirical(sorted)
        default: return nil
        }
    }

    private static func logarithms(_ sorted: [Double]) -> (mean: Double, deviation: Double) {
        let logs = sorted.map { log(max($0, resolution / 2)) }
        let mean = logs.reduce(0, +) / Double(logs.count)
        let square = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)
        return (mean, square.squareRoot())
    }

    private static func gammaShape(_ sorted: [Double], mean: Double) -> Double? {
        let gap = log(mean) - logarithms(sorted).mean
        guard gap > 0 else { return nil }
        var shape = (3 - gap + ((gap - 3) * (gap - 3) + 24 * gap).squareRoot()) / (12 * gap)
        for _ in 0..<20 {
            let step = (log(shape) - digamma(shape) - gap) / (1 / shape - trigamma(shape))
            let next = shape - step
            guard next > 0, next.isFinite else { break }
            if (next - shape).magnitude < 1e-9 * shape { return next }
            shape = next
        }
        return shape.isFinite && shape > 0.02 ? shape : nil
    }

    private static func digamma(_ x: Double) -> Double {
        var x = x
        var sum = 0.0
        while x < 10 {
            sum -= 1 / x
            x += 1
        }
        let square = 1 / (x * x)
        return sum + log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square / 252))
    }

    private static func trigamma(_ x: Double) -> Double {
        var x = x
        var sum = 0.0
        while x < 10 {
            sum += 1 / (x * x)
            x += 1
        }
        let square = 1 / (x * x)
        return sum + 1 / x + square / 2 + square / x * (1.0 / 6 - square * (1.0 / 30 - square / 42))
    }

    // MARK: Likelihood

    private static func score(_ method: FitReport.Method, fittedTo sample: [Double], on held: [Double]) -> Double {
        guard let distribution = fitted(method, sample) else { return -.infinity }
        return held.reduce(0) { $0 + log(max(mass(distribution, $1, sample), 1e-12)) }
    }

    /// The probability of the interval that an observation stands for, per second.
    private static func mass(_ distribution: Distribution, _ x: Double, _ sample: [Double]) -> Double {
        let low = max(0, x - resolution / 2)
        let high = x + resolution / 2
        switch distribution {
        case .exponential(let mean, _, _): return exp(-low / mean) - exp(-high / mean)
        case .uniform(let lower, let upper): return max(0, min(high, upper) - max(low, lower)) / (upper - lower)
        case .normal(let mean, let deviation, _, _):
            return StandardNormal.cumulative((high - mean) / deviation) - StandardNormal.cumulative((low - mean) / deviation)
        case .logNormal(let mean, let variance, _, _):
            let sigma = log1p(variance / (mean * mean)).squareRoot()
            let mu = log(mean) - sigma * sigma / 2
            let below = low > 0 ? StandardNormal.cumulative((log(low) - mu) / sigma) : 0
            return StandardNormal.cumulative((log(high) - mu) / sigma) - below
        case .gamma(let mean, let variance, _, _):
            let scale = variance / mean
            let shape = mean / scale
            return SpecialFunctions.regularizedGamma(shape, high / scale).lower
                - SpecialFunctions.regularizedGamma(shape, low / scale).lower
        default: return histogramMass(sample, low, high)
        }
    }

    /// The observed values as a histogram of about √n bins of equal counts; beyond them half an observation on either side.
    private static func histogramMass(_ sorted: [Double], _ low: Double, _ high: Double) -> Double {
        let n = sorted.count
        let bins = max(2, Int(Double(n).squareRoot()))
        let edge: (Int) -> Double = { sorted[min($0 * n / bins, n - 1)] }
        var sum = 0.0
        var first = 0
        var last = bins - 1
        while first < last {
            let middle = (first + last) / 2
            if edge(middle + 1) > low { last = middle } else { first = middle + 1 }
        }
        for bin in first..<bins {
            let left = edge(bin)
            let right = edge(bin + 1)
            if left > high { break }
            let share = Double(min((bin + 1) * n / bins, n) - bin * n / bins) / Double(n + 1)
            let width = right - left
            let overlap = min(right, high) - max(left, low)
            if width <= resolution {
                sum += left <= high && right >= low ? share : 0
            } else if overlap > 0 {
                sum += share * overlap / width
            }
        }
        let tail = 0.5 / Double(n + 1)
        let spread = max(sorted[n - 1] - sorted[0], resolution)
        if high > sorted[n - 1] { sum += tail * (exp(-(max(low, sorted[n - 1]) - sorted[n - 1]) / spread)) * resolution / spread }
        if low < sorted[0] { sum += tail * resolution / max(sorted[0], resolution) }
        return sum
    }
}
