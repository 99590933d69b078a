import Statistics

/// The mean over instances that come in cases, with its variance: Σ sums ÷ Σ counts.
///
/// Instances of one case are not independent: the variance is that of the ratio linearised over cases (Cochran,
/// "Sampling Techniques", 3rd edition, 1977, sections 6.3 and 9A), so it costs one pass and no resampling. Cases that follow one
/// another may not be independent either (`LongRunVariance`).
struct ClusteredMean {
    /// The mean.
    let mean: Double
    /// The variance of the mean; nil for fewer than two cases.
    let variance: Double?
    /// How many instances there are.
    let n: Int
    /// How many cases there are; where neighbours may be alike, as many as the variance has degrees of freedom, and one.
    let clusters: Int

    /// From the sum and the count of each case that has any; nil where there are none.
    ///
    /// - Parameter isSerial: cases are in the order of time, and neighbours may be alike.
    init?(sums: [Double], counts: [Int], isSerial: Bool = false) {
        let n = counts.reduce(0, +)
        guard n > 0 else { return nil }
        let mean = sums.reduce(0, +) / Double(n)
        let residuals = zip(sums, counts).map { sum, count in sum - mean * Double(count) }
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        var clusters = sums.count
        var variance: Double? = clusters < 2 ? nil : squares / (Double(n) * Double(n)) * Double(clusters) / Double(clusters - 1)
        if isSerial, let independent = variance {
            let serial = LongRunVariance(ofDeviations: residuals)
            (variance, clusters) = (independent * serial.ratio, Int(serial.degreesOfFreedom) + 1)
        }
        self.mean = mean
        self.n = n
        self.clusters = clusters
        self.variance = variance
    }

    /// The change from one mean to another, by Welch's t (Biometrika 34, 1947, doi:10.1093/biomet/34.1-2.28).
    ///
    /// The interval of the ratio is Fieller's (1954, doi:10.1111/j.2517-6161.1954.tb00159.x) with the same degrees of freedom, so
    /// both intervals exclude 0 exactly where the p-value is below 0.05; it is left out where the mean before is not
    /// clearly positive.
    static func comparison(id: String, unit: String, _ before: ClusteredMean?, _ after: ClusteredMean?) -> ComparedKPI {
        var result = ComparedKPI(
            id: id, unit: unit, before: before?.mean, after: after?.mean, nBefore: before?.n ?? 0, nAfter: after?.n ?? 0,
            method: "clustered-t")
        guard let before, let after else { return result }
        let difference = after.mean - before.mean
        result.changeAbsolute = difference
        if before.mean > 0 { result.changeRelative = difference / before.mean }
        guard let first = before.variance, let second = after.variance else { return result }
        let total = first + second
        guard total > 0 else {
            result.changeAbsoluteCi95 = Interval(low: difference, high: difference)
            if let relative = result.changeRelative { result.changeRelativeCi95 = Interval(low: relative, high: relative) }
            result.pValue = difference == 0 ? 1 : 0
            return result
        }
        let degrees =
            total * total / (first * first / Double(before.clusters - 1) + second * second / Double(after.clusters - 1))
        let student = StudentT(degreesOfFreedom: degrees)
        let t = student.quantile(0.975)
        let half = t * total.squareRoot()
        result.changeAbsoluteCi95 = Interval(low: difference - half, high: difference + half)
        result.pValue = min(1, 2 * student.cumulative(-abs(difference) / total.squareRoot()))
        // (a − R·b)² = t²(v_a + R²·v_b)
        let leading = before.mean * before.mean - t * t * first
        guard before.mean > 0, leading > 0 else { return result }
        let middle = after.mean * before.mean
        let root = max(0, middle * middle - leading * (after.mean * after.mean - t * t * second)).squareRoot()
        result.changeRelativeCi95 = Interval(low: (middle - root) / leading - 1, high: (middle + root) / leading - 1)
        return result
    }
}
