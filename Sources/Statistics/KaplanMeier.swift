/// How long cases last, where some have not ended yet: the product-limit estimate.
///
///     let survival = KaplanMeier(durations: days, ended: isComplete)
///     survival.median?.value, survival.median?.low                  // in days
///     survival.restrictedMean(until: 90)?.ci95                      // of min(duration, 90)
///
/// Kaplan, Meier: "Nonparametric estimation from incomplete observations", JASA 53, 1958, doi:10.1080/01621459.1958.10501452, with
/// Greenwood's variance. Pointwise intervals are symmetric on the scale of log(−log S) (Kalbfleisch, Prentice, 1980), and those of
/// quantiles follow from them by inversion (Brookmeyer, Crowley: "A confidence interval for the median survival time", Biometrics 38,
/// 1982, doi:10.2307/2530286). Censoring must not depend on how long a case would yet last.
package struct KaplanMeier: Sendable {
    /// One time at which cases end.
    package struct Step: Sendable, Equatable {
        /// When, in the unit of the durations.
        package let time: Double
        /// How many had lasted until then.
        package let atRisk: Int
        /// How many of them end then.
        package let ends: Int
        /// The share that lasts longer.
        package let survival: Double
        /// Greenwood's sum Σ ends ÷ (at risk · (at risk − ends)): the variance of log S; infinite where none last longer.
        package let logVariance: Double

        /// The 95 % interval of ``survival``; nil where it is 0 or 1.
        package var ci95: Interval? {
            guard survival > 0, survival < 1, logVariance.isFinite else { return nil }
            let logarithm = Double.log(survival)
            let half = StandardNormal.z975 * logVariance.squareRoot() / logarithm.magnitude
            return Interval(low: Double.exp(logarithm * Double.exp(half)), high: Double.exp(logarithm * Double.exp(-half)))
        }
    }

    /// A quantile with the ends of its 95 % interval, either of which may lie beyond what was seen.
    package struct Quantile: Sendable, Equatable {
        /// The first time by which at least that share has ended.
        package let value: Double
        /// The lower end; nil where unknown.
        package let low: Double?
        /// The upper end; nil where too few have ended for one.
        package let high: Double?
    }

    /// The times at which cases end, ascending.
    package let steps: [Step]
    /// The number of cases.
    package let n: Int
    /// The number of cases that ended.
    package let ends: Int
    /// The longest duration, ended or not; nil without cases.
    package let longest: Double?

    /// The estimate from durations and whether each ended; one that is censored at a time counts as at risk then.
    ///
    /// - Precondition: no duration is NaN.
    package init(durations: [Double], ended: [Bool]) {
        precondition(durations.count == ended.count && durations.allSatisfy { !$0.isNaN }, "each duration ended or did not")
        let order = durations.indices.sorted { (durations[$0], $0) < (durations[$1], $1) }
        var steps: [Step] = []
        var (place, survival, variance) = (0, 1.0, 0.0)
        while place < order.count {
            let time = durations[order[place]]
            let atRisk = order.count - place
            var deaths = 0
            while place < order.count, durations[order[place]] == time {
                if ended[order[place]] { deaths += 1 }
                place += 1
            }
            guard deaths > 0 else { continue }
            survival *= Double(atRisk - deaths) / Double(atRisk)
            variance += Double(deaths) / (Double(atRisk) * Double(atRisk - deaths))
            steps.append(Step(time: time, atRisk: atRisk, ends: deaths, survival: survival, logVariance: variance))
        }
        self.steps = steps
        n = durations.count
        ends = ended.count { $0 }
        longest = order.last.map { durations[$0] }
    }

    /// The median; nil where fewer than half have ended by the longest duration.
    package var median: Quantile? { quantile(0.5) }

    /// The first time by which at least the share `probability` has ended; nil where that was not seen.
    package func quantile(_ probability: Double) -> Quantile? {
        // Half a unit in the last place of sums of ratios, so that an exact half counts as reached.
        let level = 1 - probability + 1e-12
        guard let reached = steps.first(where: { $0.survival <= level }) else { return nil }
        // A time is inside where its interval holds the level; where none last longer the bounds are 0.
        let low = steps.first { step in step.survival == 0 || step.ci95.map { $0.low <= level } ?? false }?.time
        let high = steps.first { step in step.survival > 0 && (step.ci95.map { $0.high <= level } ?? false) }?.time
        return Quantile(value: reached.time, low: low, high: high)
    }

    /// The mean of min(duration, `horizon`), the area under the curve, with its normal interval; nil without cases, and where the last
    /// case seen before the horizon is open, so that the curve does not reach it.
    package func restrictedMean(until horizon: Double) -> Estimate? {
        guard n > 0, let longest, horizon > 0, longest >= horizon || steps.last?.survival == 0 else { return nil }
        let inside = steps.filter { $0.time <= horizon }
        // Areas to the right of each step up to the horizon.
        var areas = [Double](repeating: 0, count: inside.count)
        var area = 0.0
        for index in inside.indices.reversed() {
            let end = index + 1 < inside.count ? inside[index + 1].time : horizon
            area += inside[index].survival * (end - inside[index].time)
            areas[index] = area
        }
        let mean = area + (inside.first?.time ?? horizon)
        var variance = 0.0
        for (index, step) in inside.enumerated() where step.atRisk > step.ends {
            variance += areas[index] * areas[index] * Double(step.ends) / (Double(step.atRisk) * Double(step.atRisk - step.ends))
        }
        let half = StandardNormal.z975 * variance.squareRoot()
        let ci95 = variance > 0 ? Interval(low: mean - half, high: mean + half) : nil
        return Estimate(value: mean, ci95: ci95, n: n, method: .greenwood)
    }
}
