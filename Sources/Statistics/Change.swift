/// How a statistic differs between two independent samples, before and after.
///
/// Intervals and p-value agree: the absolute and the relative interval exclude 0 exactly where the p-value is at most 0.05.
package struct Change: Sendable, Equatable {
    /// The statistic of the first sample.
    package let before: Double
    /// The statistic of the second sample.
    package let after: Double
    /// The number of observations in the first sample.
    package let nBefore: Int
    /// The number of observations in the second sample.
    package let nAfter: Int
    /// after − before.
    package let absolute: Double
    /// The 95 % interval of the absolute change; nil where a sample is too small for one.
    package let absoluteCI95: Interval?
    /// after ÷ before − 1; nil where the statistic was not positive before.
    package let relative: Double?
    /// The 95 % interval of the relative change; nil where there is none, or the statistic before may not be positive.
    package let relativeCI95: Interval?
    /// The two-sided p-value of no change; nil where a sample is too small for one.
    package let pValue: Double?
    /// How the intervals were made; the p-value is by their inversion.
    package let method: Estimate.Method

    /// The change from independent replicates of both statistics, as many of one as of the other.
    ///
    /// - Parameter widening: how many times as much as the replicates of each side the statistic spreads; see ``SerialSample``.
    /// - Precondition: there are as many replicates before as after; samples of fewer than two observations have no interval.
    init(
        before: Double, after: Double, nBefore: Int, nAfter: Int, replicatesBefore: [Double], replicatesAfter: [Double],
        widening: Widening = .none
    ) {
        precondition(replicatesBefore.count == replicatesAfter.count, "replicates come in pairs")
        let replicatesBefore = Widening.spread(replicatesBefore, around: before, by: widening.before)
        let replicatesAfter = Widening.spread(replicatesAfter, around: after, by: widening.after)
        self.before = before
        self.after = after
        self.nBefore = nBefore
        self.nAfter = nAfter
        absolute = after - before
        relative = before > 0 ? (after - before) / before : nil
        method = .bootstrapPercentile
        guard nBefore > 1, nAfter > 1 else {
            (absoluteCI95, relativeCI95, pValue) = (nil, nil, nil)
            return
        }
        var differences = replicatesAfter
        for index in differences.indices { differences[index] -= replicatesBefore[index] }
        absoluteCI95 = Bootstrap.percentileInterval(differences)
        pValue = Bootstrap.pValue(ofDifferences: differences)
        guard before > 0, replicatesBefore.allSatisfy({ $0 > 0 }) else {
            relativeCI95 = nil
            return
        }
        for index in differences.indices { differences[index] /= replicatesBefore[index] }
        relativeCI95 = Bootstrap.percentileInterval(differences)
    }

    /// How many times as wide as for independent observations the distribution of a statistic is on each side.
    package struct Widening: Sendable, Equatable {
        /// Before.
        package var before: Double
        /// After.
        package var after: Double

        /// A widening of both sides.
        package init(before: Double, after: Double) {
            self.before = before
            self.after = after
        }

        /// For independent observations.
        package static let none = Widening(before: 1, after: 1)

        /// Replicates moved away from their statistic by a factor.
        package static func spread(_ replicates: [Double], around statistic: Double, by factor: Double) -> [Double] {
            factor == 1 ? replicates : replicates.map { statistic + factor * ($0 - statistic) }
        }
    }

    /// A change whose intervals were made otherwise.
    init(
        before: Double, after: Double, nBefore: Int, nAfter: Int, absoluteCI95: Interval?, relativeCI95: Interval?, pValue: Double?,
        method: Estimate.Method
    ) {
        self.before = before
        self.after = after
        self.nBefore = nBefore
        self.nAfter = nAfter
        absolute = after - before
        self.absoluteCI95 = absoluteCI95
        relative = before > 0 ? (after - before) / before : nil
        self.relativeCI95 = relativeCI95
        self.pValue = pValue
        self.method = method
    }

    /// The change in another unit: everything but shares and counts multiplied by a positive `factor`.
    package func scaled(by factor: Double) -> Change {
        precondition(factor > 0, "a unit is positive")
        return Change(
            before: before * factor, after: after * factor, nBefore: nBefore, nAfter: nAfter,
            absoluteCI95: absoluteCI95?.scaled(by: factor), relativeCI95: relativeCI95, pValue: pValue, method: method)
    }
}
