/// The slope of a line through points in order of time, neighbours of which may be alike.
///
/// Least squares; the interval comes from the long-run variance of the scores (``LongRunVariance``) with its Student's t, and is never narrower
/// than White's for independent points.
///
/// Where a high y makes the x of later points higher, as whoever stays long is met by those who come after, least squares come out too
/// low: the mean of x knows of the errors of y (as in autoregression: Marriott, Pope: "Bias in the estimation of autocorrelations", Biometrika 41,
/// 1954, doi:10.1093/biomet/41.3-4.390; Stambaugh: "Predictive regressions", Journal of Financial Economics 54, 1999,
/// doi:10.1016/S0304-405X(99)00041-0). What is known of it is taken away.
package struct SerialSlope: Sendable, Equatable {
    /// Fewer points tell no slope.
    package static let fewest = 36

    /// The slope: the change of y per unit of x.
    package let slope: Double
    /// Its 95 % interval.
    package let ci95: Interval
    /// The mean of x.
    package let meanX: Double
    /// The mean of y.
    package let meanY: Double
    /// The number of points.
    package let n: Int
    /// The two-sided p-value of no slope.
    package let pValue: Double

    /// The slope of y over x, or nil with fewer than ``fewest`` points or where x does not vary.
    ///
    /// - Parameter raised: per point by how much it raised x, summed over all later points, as it lasted; nil where no point raises another's.
    /// - Precondition: as many x as y, in order of time, all finite.
    package init?(_ x: [Double], _ y: [Double], raised: [Double]? = nil) {
        precondition(x.count == y.count && raised.map { $0.count == x.count } ?? true, "a point has two coordinates")
        n = x.count
        guard n >= Self.fewest else { return nil }
        let count = Double(x.count)
        let meanX = x.reduce(0, +) / count
        let meanY = y.reduce(0, +) / count
        var (squares, products) = (0.0, 0.0)
        for place in x.indices {
            squares += (x[place] - meanX) * (x[place] - meanX)
            products += (x[place] - meanX) * (y[place] - meanY)
        }
        guard squares > 0 else { return nil }
        self.meanX = meanX
        self.meanY = meanY
        let line = products / squares
        let residuals = x.indices.map { y[$0] - meanY - line * (x[$0] - meanX) }
        let scores = x.indices.map { (x[$0] - meanX) * residuals[$0] }
        let independent = scores.reduce(0) { $0 + $1 * $1 } * count / (count - 2)
        let serial = LongRunVariance(ofDeviations: scores)
        let wide = StudentT(degreesOfFreedom: serial.degreesOfFreedom)
        let plain = StudentT(degreesOfFreedom: count - 2)
        let (wideError, plainError) = ((independent * serial.ratio).squareRoot() / squares, independent.squareRoot() / squares)
        let half = max(wide.quantile(0.975) * wideError, plain.quantile(0.975) * plainError)
        // The expected Σ (x − its mean) · error is −Σ raised · error ÷ n.
        let bias = raised.map { raised in zip(raised, residuals).reduce(0) { $0 - $1.0 * $1.1 } / count / squares } ?? 0
        let slope = line - bias
        self.slope = slope
        ci95 = Interval(low: slope - half, high: slope + half)
        func tail(_ student: StudentT, _ error: Double) -> Double {
            error > 0 ? min(1, 2 * student.cumulative(-(slope / error).magnitude)) : slope == 0 ? 1 : 0
        }
        pValue = max(tail(wide, wideError), tail(plain, plainError))
    }
}
