/// Values in order of time, neighbours of which may be alike: cases that meet the same queue wait alike.
///
/// Intervals are Student's t over slow waves (``LongRunVariance``). What stays alike for longer than about an eleventh of the sample is not seen:
/// intervals are then still too narrow.
///
/// ```swift
/// let sample = SerialSample(cycleTimesInOrderOfStart)
/// let median = sample.quantile(0.5)     // the type 7 quantile with its 95 % interval
/// ```
package struct SerialSample: Sendable {
    /// A statistic with its interval, and what the order of time did to that.
    package struct Result: Sendable, Equatable {
        /// The statistic with its 95 % interval.
        package let estimate: Estimate
        /// How much wider the interval is than for independent values; nil without an interval.
        package let widening: Double?

        /// A statistic with its interval.
        package init(estimate: Estimate, widening: Double?) {
            self.estimate = estimate
            self.widening = widening
        }
    }

    private let values: [Double]

    /// A sample of values in order of time.
    ///
    /// - Precondition: no value is NaN.
    package init(_ values: [Double]) {
        precondition(values.allSatisfy { !$0.isNaN }, "unknown values are no part of a sample")
        self.values = values
    }

    /// The mean, or nil where there are no values; the interval needs two.
    ///
    /// The interval minds skewness: Hall's cubic transformation of Student's t ("On the removal of skewness by transformation", Journal of the
    /// Royal Statistical Society B 54, 1992, doi:10.1111/j.2517-6161.1992.tb01876.x).
    package func mean() -> Result? {
        guard let first = values.first, let independent = Estimate.mean(of: values) else { return nil }
        let value = independent.value
        let center = value - first
        guard let half = independent.ci95?.halfWidth else {
            return Result(estimate: Estimate(value: value, ci95: nil, n: values.count, method: .serial), widening: nil)
        }
        let deviations = values.map { $0 - first - center }
        let count = Double(values.count)
        let squares = deviations.reduce(0) { $0 + $1 * $1 }
        guard half > 0, squares > 0 else {
            return Result(estimate: Estimate(value: value, ci95: independent.ci95, n: values.count, method: .serial), widening: 1)
        }
        let serial = LongRunVariance(ofDeviations: deviations)
        let variance = squares / (count - 1) * serial.ratio
        let error = (variance / count).squareRoot()
        let t = StudentT(degreesOfFreedom: serial.degreesOfFreedom).quantile(0.975)
        let skewness = Self.thirdCumulant(deviations) / (variance * variance.squareRoot())
        let (low, high) = (Self.untransformed(t, skewness, count), Self.untransformed(-t, skewness, count))
        let ci95 = Interval(low: min(value, value - error * low), high: max(value, value - error * high))
        return Result(
            estimate: Estimate(value: value, ci95: ci95, n: values.count, method: .serial), widening: ci95.halfWidth / half)
    }

    /// The type 7 quantile, or nil where there are no values.
    ///
    /// The ends of its interval are the quantiles at the ends of the interval of the share of values up to it (Woodruff:
    /// "Confidence intervals for medians and other position measures", Journal of the American Statistical Association 47, 1952,
    /// doi:10.1080/01621459.1952.10483443); there is none where those leave 0…1.
    package func quantile(_ probability: Double) -> Result? {
        let sorted = values.sorted()
        guard let value = Quantiles.quantile(probability, ofSorted: sorted) else { return nil }
        let share = Double(values.count { $0 <= value }) / Double(values.count)
        let independent = StandardNormal.z975 * (probability * (1 - probability) / Double(values.count)).squareRoot()
        let widening = Self.widening(values.map { ($0 <= value ? 1 : 0) - share })
        let half = widening * independent
        guard values.count > 1, probability - half >= 0, probability + half <= 1,
            let low = Quantiles.quantile(probability - half, ofSorted: sorted),
            let high = Quantiles.quantile(probability + half, ofSorted: sorted)
        else {
            return Result(estimate: Estimate(value: value, ci95: nil, n: values.count, method: .serial), widening: nil)
        }
        return Result(
            estimate: Estimate(
                value: value, ci95: Interval(low: min(low, value), high: max(high, value)), n: values.count, method: .serial),
            widening: widening)
    }

    /// The share of values that are not 0, or nil where there are no values: Wilson's interval for as many independent values as the
    /// sample is worth.
    package func rate() -> Result? {
        guard !values.isEmpty else { return nil }
        let count = Double(values.count)
        let share = Double(values.count { $0 != 0 }) / count
        let widening = Self.widening(values.map { ($0 != 0 ? 1 : 0) - share })
        let ci95 = WilsonInterval.interval(rate: share, of: count / (widening * widening), z: StandardNormal.z975)
        return Result(estimate: Estimate(value: share, ci95: ci95, n: values.count, method: .serial), widening: widening)
    }

    /// How much wider the interval of a share whose deviations these are is than the normal one of independent values.
    private static func widening(_ deviations: [Double]) -> Double {
        guard deviations.contains(where: { $0 != 0 }) else { return 1 }
        let serial = LongRunVariance(ofDeviations: deviations)
        return StudentT(degreesOfFreedom: serial.degreesOfFreedom).quantile(0.975) / StandardNormal.z975 * serial.ratio.squareRoot()
    }

    // MARK: Skewness

    /// So many consecutive parts at least tell a skewness.
    private static let fewestParts = 30

    /// The third cumulant of the sum of the values whose deviations these are, per value: from consecutive parts of n^⅓ values, which hold
    /// most of what is alike; 0 where these are too few.
    private static func thirdCumulant(_ deviations: [Double]) -> Double {
        var length = 1
        while (length + 1) * (length + 1) * (length + 1) <= deviations.count { length += 1 }
        let parts = deviations.count / length
        guard parts >= fewestParts else { return 0 }
        let sums = (0..<parts).map { part in (part * length..<(part + 1) * length).reduce(0) { $0 + deviations[$1] } }
        let mean = sums.reduce(0, +) / Double(parts)
        let cubes = sums.reduce(0) { sum, own in sum + (own - mean) * (own - mean) * (own - mean) }
        return cubes / Double(parts * length)
    }

    /// The Student's t of a mean with this skewness whose transform is `t`.
    private static func untransformed(_ t: Double, _ skewness: Double, _ count: Double) -> Double {
        let small = skewness / count.squareRoot()
        guard small.magnitude > 1e-6 else { return t }
        let cube = 1 + small * (t - small / 6)
        let root = Double.exp(Double.log(cube.magnitude) / 3)
        return 3 / small * ((cube < 0 ? -root : root) - 1)
    }
}
