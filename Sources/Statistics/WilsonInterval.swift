/// The score interval of a rate (Wilson: "Probable inference, the law of succession, and statistical inference", JASA 22, 1927,
/// doi:10.1080/01621459.1927.10502953).
enum WilsonInterval {
    /// The rates that `successes` of `n` do not contradict at `z` standard errors; within 0…1 and around the observed rate.
    static func interval(successes: Int, of n: Int, z: Double) -> Interval {
        precondition(n > 0 && successes >= 0 && successes <= n, "a rate is of some, successes among them")
        let count = Double(n)
        let square = z * z
        let center = (Double(successes) + square / 2) / (count + square)
        let half = z * (Double(successes) * Double(n - successes) / count + square / 4).squareRoot() / (count + square)
        let rate = Double(successes) / count
        return Interval(
            low: successes == 0 ? 0 : max(0, min(rate, center - half)), high: successes == n ? 1 : min(1, max(rate, center + half)))
    }

    /// The interval of a rate that rests on as much as `count` independent observations, which need not be a whole number.
    static func interval(rate: Double, of count: Double, z: Double) -> Interval {
        precondition(count > 0 && rate >= 0 && rate <= 1, "a rate lies between 0 and 1")
        let square = z * z
        let center = (rate * count + square / 2) / (count + square)
        let half = z * (rate * (1 - rate) * count + square / 4).squareRoot() / (count + square)
        return Interval(low: rate == 0 ? 0 : max(0, min(rate, center - half)), high: rate == 1 ? 1 : min(1, max(rate, center + half)))
    }
}

extension Estimate {
    /// The rate of `successes` among `n` with Wilson's interval, or nil where `n` is 0.
    package static func rate(successes: Int, of n: Int) -> Estimate? {
        guard n > 0 else { return nil }
        return Estimate(
            value: Double(successes) / Double(n),
            ci95: WilsonInterval.interval(successes: successes, of: n, z: StandardNormal.z975), n: n, method: .wilson)
    }
}
