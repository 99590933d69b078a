extension Change {
    /// The change between two statistics of independent samples that each have their own interval.
    ///
    /// The distances of statistics to the ends of their intervals are squared and added: for the difference as Newcombe does for rates
    /// (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I), for the ratio so that it holds the R for which the
    /// interval of after − R · before holds 0 (Donner, Zou: "Closed-form confidence intervals for functions of the normal mean and standard
    /// deviation", Statistical Methods in Medical Research 21, 2012, doi:10.1177/0962280210383082). So both exclude 0 together.
    /// There is no interval where a side has none, and no relative one where the statistic before may be 0 or that after is negative.
    ///
    /// - Precondition: intervals hold their statistics.
    package static func ofEstimates(before: Estimate, after: Estimate) -> Change {
        var absolute: Interval?
        var relative: Interval?
        if let first = before.ci95, let second = after.ci95 {
            precondition(first.contains(before.value) && second.contains(after.value), "an interval holds its statistic")
            let (a, b) = (after.value, before.value)
            let down = ((a - second.low) * (a - second.low) + (first.high - b) * (first.high - b)).squareRoot()
            let up = ((second.high - a) * (second.high - a) + (b - first.low) * (b - first.low)).squareRoot()
            absolute = Interval(low: a - b - down, high: a - b + up)
            if first.low > 0 && a >= 0 {
                let low = lowerRatio(a, max(0, second.low), b, first.high)
                let high = upperRatio(a, second.high, b, first.low)
                relative = Interval(low: min(low, a / b) - 1, high: max(high, a / b) - 1)
            }
        }
        return Change(
            before: before.value, after: after.value, nBefore: before.n, nAfter: after.n, absoluteCI95: absolute, relativeCI95: relative,
            pValue: nil, method: .squareAndAdd)
    }

    /// The smaller root R of (a − R·b)² = (a − α)² + R²·(β − b)², for 0 ≤ α ≤ a and β ≥ b > 0.
    private static func lowerRatio(_ a: Double, _ alpha: Double, _ b: Double, _ beta: Double) -> Double {
        let constant = alpha * (2 * a - alpha)
        guard constant > 0 else { return 0 }
        return constant / (a * b + max(0, a * b * (a * b) - beta * (2 * b - beta) * constant).squareRoot())
    }

    /// The larger root R of the same, for α ≥ a and 0 < β ≤ b.
    private static func upperRatio(_ a: Double, _ alpha: Double, _ b: Double, _ beta: Double) -> Double {
        let leading = beta * (2 * b - beta)
        return (a * b + max(0, a * b * (a * b) - leading * alpha * (2 * a - alpha)).squareRoot()) / leading
    }
}
