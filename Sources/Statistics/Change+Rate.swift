extension Change {
    /// The change of a rate between two samples, with closed intervals; nil where a sample is empty.
    ///
    /// The interval of the difference is Newcombe's hybrid of Wilson intervals (method 10 of "Interval estimation for the difference
    /// between independent proportions", Statistics in Medicine 17, 1998,
    /// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I). That of the ratio holds the ratios R for which the same
    /// hybrid of after − R · before holds 0 (Donner, Zou: "Closed-form confidence intervals for functions of the normal mean and
    /// standard deviation", Statistical Methods in Medical Research 21, 2012, doi:10.1177/0962280210383082).
    package static func ofRate(
        before: (successes: Int, n: Int), after: (successes: Int, n: Int)
    ) -> Change? {
        guard before.n > 0, after.n > 0 else { return nil }
        let first = Double(before.successes) / Double(before.n)
        let second = Double(after.successes) / Double(after.n)
        let z = StandardNormal.z975
        let firstInterval = WilsonInterval.interval(successes: before.successes, of: before.n, z: z)
        let secondInterval = WilsonInterval.interval(successes: after.successes, of: after.n, z: z)
        var relative: Interval?
        if first > 0 {
            let low = ratio(second, secondInterval.low, first, firstInterval.high, -1)
            let high = ratio(second, secondInterval.high, first, firstInterval.low, 1)
            relative = Interval(low: low - 1, high: high - 1)
        }
        return Change(
            before: first, after: second, nBefore: before.n, nAfter: after.n,
            absoluteCI95: difference(before, after, z), relativeCI95: relative, pValue: pValue(before, after), method: .newcombe)
    }

    private static func difference(_ before: (successes: Int, n: Int), _ after: (successes: Int, n: Int), _ z: Double) -> Interval {
        let first = Double(before.successes) / Double(before.n)
        let second = Double(after.successes) / Double(after.n)
        let firstInterval = WilsonInterval.interval(successes: before.successes, of: before.n, z: z)
        let secondInterval = WilsonInterval.interval(successes: after.successes, of: after.n, z: z)
        let down = hypotenuse(second - secondInterval.low, firstInterval.high - first)
        let up = hypotenuse(secondInterval.high - second, first - firstInterval.low)
        return Interval(low: second - first - down, high: second - first + up)
    }

    /// The root R of (a − R·b)² = (a − α)² + R²·(β − b)² on the given side of a ÷ b, with α and β ends of the intervals of a and b.
    private static func ratio(_ a: Double, _ alpha: Double, _ b: Double, _ beta: Double, _ side: Double) -> Double {
        // R²·β(2b − β) − 2R·ab + α(2a − α) = 0
        let leading = beta * (2 * b - beta)
        let constant = alpha * (2 * a - alpha)
        let root = max(0, a * b * (a * b) - leading * constant).squareRoot()
        guard side < 0 else { return (a * b + root) / leading }
        return constant > 0 ? constant / (a * b + root) : 0
    }

    /// The level at which the interval of the difference begins to hold 0, found by bisection over standard errors.
    private static func pValue(_ before: (successes: Int, n: Int), _ after: (successes: Int, n: Int)) -> Double {
        func holdsZero(_ z: Double) -> Bool { difference(before, after, z).contains(0) }
        guard !holdsZero(0) else { return 1 }
        var low = 0.0
        var high = 40.0
        guard holdsZero(high) else { return 0 }
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if holdsZero(middle) { high = middle } else { low = middle }
        }
        return 2 * StandardNormal.cumulative(-high)
    }

    private static func hypotenuse(_ a: Double, _ b: Double) -> Double {
        (a * a + b * b).squareRoot()
    }
}
