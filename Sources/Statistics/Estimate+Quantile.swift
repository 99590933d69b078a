extension Estimate {
    /// The type 7 quantile of values in ascending order with a distribution-free interval; nil where there are none.
    ///
    /// The number of values below the true quantile is binomial, so that the order statistics around it bound it whatever the
    /// distribution (David, Nagaraja: "Order Statistics", 2003, 7.1). Each end is interpolated between the two order statistics whose
    /// chances of missing enclose 2.5 % (Beran, Hall: "Interpolated nonparametric prediction intervals and confidence intervals",
    /// Journal of the Royal Statistical Society B 55, 1993), which brings the coverage close to 95 % where order statistics alone would
    /// cover more. It is nil where the sample is too small to hold them: below n = 6 for the median, 36 for the 0.9 quantile.
    package static func quantile(_ probability: Double, ofSorted values: [Double]) -> Estimate? {
        guard let value = Quantiles.quantile(probability, ofSorted: values) else { return nil }
        let ci95 = interval(probability, count: values.count) { values[$0] }
        return Estimate(value: value, ci95: ci95, n: values.count, method: .orderStatistics)
    }

    /// The type 7 quantile of whole numbers in ascending order, in their unit, with a distribution-free interval; nil where there are
    /// none.
    package static func quantile(_ probability: Double, ofSorted values: [Int64]) -> Estimate? {
        guard let value = Quantiles.quantile(probability, ofSorted: values) else { return nil }
        let ci95 = interval(probability, count: values.count) { Double(values[$0]) }
        return Estimate(value: value, ci95: ci95, n: values.count, method: .orderStatistics)
    }

    private static func interval(_ probability: Double, count: Int, _ value: (Int) -> Double) -> Interval? {
        let below = Binomial(trials: count, probability: probability)
        // The value at position r lies above the quantile when at most r values lie below it: `high` misses more often than 2.5 %,
        // the position before it no more.
        let high = below.quantile(0.025)
        let missedHigh = below.cumulative(high).atMost
        // It lies below the quantile when more than r do: `low` misses no more often, the position before it does.
        let low = below.quantile(0.975)
        let missedLow = below.cumulative(low).more
        guard high > 0, low < count else { return nil }
        let missedBefore = below.cumulative(high - 1).atMost
        let missedAfter = below.cumulative(low - 1).more
        let start = Quantiles.interpolate(value(high - 1), value(high), (0.025 - missedBefore) / (missedHigh - missedBefore))
        let end = Quantiles.interpolate(value(low), value(low - 1), (0.025 - missedLow) / (missedAfter - missedLow))
        return Interval(low: min(start, end), high: max(start, end))
    }
}
