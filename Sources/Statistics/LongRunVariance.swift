/// How much more the mean of values in order of time varies than that of independent values, as neighbours may be alike.
///
/// The deviations of the values are projected on the first ν cosines of half, one, one and a half … waves over the sample. Of values that
/// are alike for a short time only, the squares of the projections have the long-run variance as their mean, so that Student's t of ν
/// degrees of freedom gives the interval (Müller: "HAC corrections for strongly autocorrelated time series", Journal of Business & Economic
/// Statistics 32, 2014, doi:10.1080/07350015.2014.931238). ν is 0.4·n^⅔, as Lazarus, Lewis, Stock and Watson found to serve best ("HAR
/// inference: recommendations for practice", Journal of Business & Economic Statistics 36, 2018, doi:10.1080/07350015.2018.1506926), at least
/// ``fewestWaves`` and at most ``mostWaves``. Where the ``slowWaves`` first ones hold more than chance lets them (F test at 5 %), values stay
/// alike for longer than the other waves last: then only the first ones count.
package struct LongRunVariance: Sendable, Equatable {
    /// The fewest waves, where there are more values than that.
    package static let fewestWaves = 8
    /// The most waves; with so many Student's t is nearly normal.
    package static let mostWaves = 64
    /// The waves that tell what lasts for long from what does not.
    package static let slowWaves = 11
    /// Longer samples are summed over so many consecutive parts before they are projected; the shortest of the waves is 32 parts long.
    static let mostParts = 1024
    /// The least ``ratio``: that neighbours balance each other is believed only up to here.
    package static let leastRatio = 0.5

    /// The long-run variance of a value ÷ its variance; 1 for independent values and for values that do not vary.
    package let ratio: Double
    /// The degrees of freedom of Student's t for the mean.
    package let degreesOfFreedom: Double

    /// From the deviations of values from their mean, in order of time.
    ///
    /// - Complexity: O(n).
    package init(ofDeviations deviations: [Double]) {
        let count = deviations.count
        let waves = Self.waves(count)
        let squares = deviations.reduce(0) { $0 + $1 * $1 }
        guard waves > 0, squares > 0 else {
            self.init(ratio: 1, waves: waves)
            return
        }
        // Each projection squared, in units in which their mean is 1 for independent values.
        let scale = 2 / Double(count) / (squares / Double(count - 1))
        let powers = Self.projections(deviations, waves: waves).map { $0 * $0 * scale }
        let all = powers.reduce(0, +) / Double(waves)
        if waves > Self.slowWaves {
            let slow = powers.prefix(Self.slowWaves).reduce(0, +) / Double(Self.slowWaves)
            let fast = powers.dropFirst(Self.slowWaves).reduce(0, +) / Double(waves - Self.slowWaves)
            if Self.tail(slow / fast, Double(Self.slowWaves), Double(waves - Self.slowWaves)) < 0.05 {
                self.init(ratio: slow, waves: Self.slowWaves)
                return
            }
        }
        self.init(ratio: all, waves: waves)
    }

    private init(ratio: Double, waves: Int) {
        self.ratio = max(Self.leastRatio, ratio)
        degreesOfFreedom = Double(max(1, waves))
    }

    /// How many waves serve so many values; all that there are for a few.
    static func waves(_ count: Int) -> Int {
        guard count > 1 else { return 0 }
        let best = Int((0.4 * Double.exp(Double.log(Double(count)) * 2 / 3)).rounded())
        return min(count - 1, max(fewestWaves, min(mostWaves, best)))
    }

    /// Per wave k, from 1: Σ deviation · cos(π·k·(place + ½) ÷ n).
    private static func projections(_ deviations: [Double], waves: Int) -> [Double] {
        let count = deviations.count
        let parts = min(count, mostParts)
        var sums = [Double](repeating: 0, count: waves)
        for part in 0..<parts {
            var total = 0.0
            for index in part * count / parts..<(part + 1) * count / parts { total += deviations[index] }
            // cos(k + 1) = 2·cos(1)·cos(k) − cos(k − 1)
            let first = Double.cos(Double.pi * (Double(part) + 0.5) / Double(parts))
            var (before, own) = (1.0, first)
            for wave in 0..<waves {
                sums[wave] += total * own
                (before, own) = (own, 2 * first * own - before)
            }
        }
        return sums
    }

    /// The probability that F with these degrees of freedom exceeds `ratio`.
    private static func tail(_ ratio: Double, _ upper: Double, _ lower: Double) -> Double {
        guard ratio.isFinite else { return ratio.isNaN ? 1 : 0 }
        let sum = lower + upper * ratio
        return SpecialFunctions.regularizedBeta(lower / sum, complement: upper * ratio / sum, lower / 2, upper / 2).lower
    }
}
