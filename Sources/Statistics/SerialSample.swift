/// Values in order of time, neighbours of which may be alike: cases that meet the same queue wait alike.
///
/// Intervals come from batch means: the sample is cut into ``batches`` consecutive parts of equal size, whose totals vary as much as
/// chance and queues make them (Schmeiser: "Batch size effects in the analysis of simulation output", Operations Research 30, 1982,
/// doi:10.1287/opre.30.3.556). Where they vary no more than those of independent values do in 95 of 100 samples (χ² test), values
/// count as independent. Intervals are never narrower than for independent values. Values that are only a little alike (a memory of a third,
/// 400 values) often pass for independent, and 90 % of the intervals hold. What stays alike for longer than a part lasts is not seen:
/// intervals are then still too narrow.
///
/// ```swift
/// let sample = SerialSample(cycleTimesInOrderOfStart)
/// let median = sample.quantile(0.5)     // the type 7 quantile with its 95 % interval
/// ```
package struct SerialSample: Sendable {
    /// The number of consecutive parts, where there are as many values.
    package static let batches = 12

    /// A statistic with its interval, and what the order of time did to that.
    package struct Result: Sendable, Equatable {
        /// The statistic with its 95 % interval.
        package let estimate: Estimate
        /// How much wider the interval is than for independent values, at least 1; nil without an interval.
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
    package func mean() -> Result? {
        guard let first = values.first, let independent = Estimate.mean(of: values) else { return nil }
        let center = independent.value - first
        guard let half = independent.ci95?.halfWidth else {
            return Result(estimate: Estimate(value: independent.value, ci95: nil, n: 1, method: .batches), widening: nil)
        }
        let deviations = values.map { $0 - first - center }
        let variance = deviations.reduce(0) { $0 + $1 * $1 } / Double(values.count - 1) / Double(values.count)
        let widest = Self.halfWidth(deviations, independent: half, variance: variance)
        let ci95 = Interval(low: independent.value - widest, high: independent.value + widest)
        return Result(
            estimate: Estimate(value: independent.value, ci95: ci95, n: values.count, method: .batches),
            widening: half > 0 ? widest / half : 1)
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
        let variance = probability * (1 - probability) / Double(values.count)
        let independent = StandardNormal.z975 * variance.squareRoot()
        let half = Self.halfWidth(values.map { ($0 <= value ? 1 : 0) - share }, independent: independent, variance: variance)
        guard values.count > 1, probability - half >= 0, probability + half <= 1,
            let low = Quantiles.quantile(probability - half, ofSorted: sorted),
            let high = Quantiles.quantile(probability + half, ofSorted: sorted)
        else {
            return Result(estimate: Estimate(value: value, ci95: nil, n: values.count, method: .batches), widening: nil)
        }
        return Result(
            estimate: Estimate(
                value: value, ci95: Interval(low: min(low, value), high: max(high, value)), n: values.count, method: .batches),
            widening: half / independent)
    }

    /// The share of values that are not 0, or nil where there are no values: Wilson's interval for as many independent values as the
    /// sample is worth.
    package func rate() -> Result? {
        guard !values.isEmpty else { return nil }
        let count = Double(values.count)
        let share = Double(values.count { $0 != 0 }) / count
        let variance = share * (1 - share) / count
        let independent = StandardNormal.z975 * variance.squareRoot()
        let half = Self.halfWidth(values.map { ($0 != 0 ? 1 : 0) - share }, independent: independent, variance: variance)
        let widening = independent > 0 ? half / independent : 1
        let ci95 = WilsonInterval.interval(rate: share, of: count / (widening * widening), z: StandardNormal.z975)
        return Result(estimate: Estimate(value: share, ci95: ci95, n: values.count, method: .batches), widening: widening)
    }

    /// The half-width of the 95 % interval of a mean whose deviations these are: by Student's t over the totals of the parts where these
    /// vary too much for independent values, else that for independent values.
    ///
    /// - Parameters:
    ///   - independent: the half-width for independent values.
    ///   - variance: the variance of the mean of independent values.
    private static func halfWidth(_ deviations: [Double], independent: Double, variance: Double) -> Double {
        let count = deviations.count
        let parts = min(batches, count)
        guard parts > 1, variance > 0 else { return independent }
        var squares = 0.0
        for part in 0..<parts {
            var total = 0.0
            for index in part * count / parts..<(part + 1) * count / parts { total += deviations[index] }
            squares += total * total
        }
        let degrees = Double(parts - 1)
        let own = squares * Double(parts) / degrees / (Double(count) * Double(count))
        guard degrees * own / variance > leastExcess[parts - 2] else { return independent }
        return max(independent, StudentT(degreesOfFreedom: degrees).quantile(0.975) * own.squareRoot())
    }

    /// The 95 % quantiles of χ² with 1, 2, … degrees of freedom: the least excess that is no chance.
    private static let leastExcess = (1..<batches).map { ChiSquare(degreesOfFreedom: Double($0)).quantile(0.95) }
}
