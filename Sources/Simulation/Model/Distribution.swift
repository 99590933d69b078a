/// A distribution of times or amounts; times are in seconds.
///
/// Families, names and the order of parameters are those of Prosimos scenarios: mean and variance are of the variable itself, an
/// exponential begins at its lower limit, and what falls outside the limits is drawn again, so that the limits truncate.
/// Every draw is the inverse of the distribution function at one uniform number, so a larger number never gives a shorter time.
package enum Distribution: Sendable, Equatable {
    /// Always the same value.
    case fixed(Double)
    /// `lower` plus an exponential of mean `mean` − `lower`, up to `upper`; of mean `mean` where that is below `lower`.
    case exponential(mean: Double, lower: Double, upper: Double)
    /// Every value between the limits alike.
    case uniform(lower: Double, upper: Double)
    /// The normal distribution within the limits.
    case normal(mean: Double, deviation: Double, lower: Double, upper: Double)
    /// The log-normal distribution of that mean and variance within the limits.
    case logNormal(mean: Double, variance: Double, lower: Double, upper: Double)
    /// The gamma distribution of that mean and variance within the limits.
    case gamma(mean: Double, variance: Double, lower: Double, upper: Double)
    /// The triangle over `lower`…`upper` with its top at `mode`.
    case triangular(lower: Double, mode: Double, upper: Double)
    /// One of the values, with the cumulated probability beside it.
    case histogram(cumulated: [Double], values: [Double])
    /// An observed sample in ascending order: between its members the distribution function runs straight, and its mean is the
    /// sample's (the quantiles are of type 5 of Hyndman and Fan).
    case empirical([Double])

    /// An exponential without limits.
    package static func exponential(mean: Double) -> Distribution { .exponential(mean: mean, lower: 0, upper: .infinity) }

    /// A log-normal distribution without an upper limit.
    package static func logNormal(mean: Double, variance: Double) -> Distribution {
        .logNormal(mean: mean, variance: variance, lower: 0, upper: .infinity)
    }

    /// A gamma distribution without an upper limit.
    package static func gamma(mean: Double, variance: Double) -> Distribution {
        .gamma(mean: mean, variance: variance, lower: 0, upper: .infinity)
    }

    /// Whether the parameters make a distribution of finite values that are not negative.
    package var isValid: Bool {
        let finite: (Double...) -> Bool = { $0.allSatisfy(\.isFinite) }
        switch self {
        case .fixed(let value): return finite(value) && value >= 0
        case .exponential(let mean, let lower, let upper): return finite(mean, lower) && mean >= 0 && upper >= max(0, lower)
        case .uniform(let lower, let upper): return finite(lower, upper) && lower >= 0 && upper >= lower
        case .normal(let mean, let deviation, let lower, let upper):
            return finite(mean, deviation) && deviation >= 0 && !lower.isNaN && upper >= max(0, lower)
        case .logNormal(let mean, let variance, let lower, let upper), .gamma(let mean, let variance, let lower, let upper):
            return finite(mean, variance) && mean >= 0 && variance >= 0 && !lower.isNaN && upper >= max(0, lower)
        case .triangular(let lower, let mode, let upper):
            return finite(lower, mode, upper) && lower >= 0 && lower <= mode && mode <= upper
        case .histogram(let cumulated, let values):
            guard !values.isEmpty, values.count == cumulated.count, let last = cumulated.last else { return false }
            let ascends = zip(cumulated, cumulated.dropFirst()).allSatisfy { $0 <= $1 }
            return ascends && cumulated[0] >= 0 && abs(last - 1) < 1e-6 && values.allSatisfy { $0.isFinite && $0 >= 0 }
        case .empirical(let sample):
            return !sample.isEmpty && sample.allSatisfy { $0.isFinite && $0 >= 0 }
                && zip(sample, sample.dropFirst()).allSatisfy { $0 <= $1 }
        }
    }

    /// The distribution of `factor` times the value.
    package func scaled(by factor: Double) -> Distribution {
        precondition(factor >= 0 && factor.isFinite, "a time is scaled by a factor that is not negative")
        let square = factor * factor
        switch self {
        case .fixed(let value): return .fixed(value * factor)
        case .exponential(let mean, let lower, let upper):
            return .exponential(mean: mean * factor, lower: lower * factor, upper: Self.scaledLimit(upper, factor))
        case .uniform(let lower, let upper): return .uniform(lower: lower * factor, upper: upper * factor)
        case .normal(let mean, let deviation, let lower, let upper):
            return .normal(
                mean: mean * factor, deviation: deviation * factor, lower: Self.scaledLimit(lower, factor),
                upper: Self.scaledLimit(upper, factor))
        case .logNormal(let mean, let variance, let lower, let upper):
            return .logNormal(
                mean: mean * factor, variance: variance * square, lower: Self.scaledLimit(lower, factor),
                upper: Self.scaledLimit(upper, factor))
        case .gamma(let mean, let variance, let lower, let upper):
            return .gamma(
                mean: mean * factor, variance: variance * square, lower: Self.scaledLimit(lower, factor),
                upper: Self.scaledLimit(upper, factor))
        case .triangular(let lower, let mode, let upper):
            return .triangular(lower: lower * factor, mode: mode * factor, upper: upper * factor)
        case .histogram(let cumulated, let values): return .histogram(cumulated: cumulated, values: values.map { $0 * factor })
        case .empirical(let sample): return .empirical(sample.map { $0 * factor })
        }
    }

    private static func scaledLimit(_ limit: Double, _ factor: Double) -> Double {
        limit.isFinite ? limit * factor : factor == 0 && limit > 0 ? 0 : limit
    }

    /// The expected value, the limits taken into account.
    package var mean: Double {
        switch self {
        case .fixed(let value): return value
        case .uniform(let lower, let upper): return (lower + upper) / 2
        case .triangular(let lower, let mode, let upper): return (lower + mode + upper) / 3
        case .histogram(let cumulated, let values):
            var sum = 0.0
            var before = 0.0
            for (probability, value) in zip(cumulated, values) {
                sum += (probability - before) * value
                before = probability
            }
            return sum / before
        case .empirical(let sample): return sample.reduce(0, +) / Double(sample.count)
        case .exponential, .normal, .logNormal, .gamma: return Sampler.compiled(self).mean
        }
    }

    /// The value at a probability strictly between 0 and 1.
    package func quantile(_ probability: Double) -> Double {
        precondition(probability > 0 && probability < 1, "a quantile lies at a probability between 0 and 1")
        var values: [Double] = []
        let sampler = Sampler.compile(self, appendingTo: &values)
        return values.withUnsafeBufferPointer { sampler.value(at: probability, $0) }
    }
}
