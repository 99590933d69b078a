/// The slope of a line through points in order of time, neighbours of which may be alike.
///
/// Least squares; the interval comes from the scores summed over consecutive parts of equal size, with Student's t of as many degrees of
/// freedom as there are parts less one (Bester, Conley, Hansen: "Inference with dependent data using cluster covariance estimators",
/// Journal of Econometrics 165, 2011, doi:10.1016/j.jeconom.2011.01.007). It is never narrower than White's for independent points.
package struct SerialSlope: Sendable, Equatable {
    /// How many consecutive parts there are.
    package static let parts = 12

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

    /// The slope of y over x, or nil with fewer than three points a part or where x does not vary.
    ///
    /// - Precondition: as many x as y, in order of time, all finite.
    package init?(_ x: [Double], _ y: [Double]) {
        precondition(x.count == y.count, "a point has two coordinates")
        n = x.count
        guard n >= 3 * Self.parts else { return nil }
        let meanX = x.reduce(0, +) / Double(n)
        let meanY = y.reduce(0, +) / Double(n)
        var (squares, products) = (0.0, 0.0)
        for place in x.indices {
            squares += (x[place] - meanX) * (x[place] - meanX)
            products += (x[place] - meanX) * (y[place] - meanY)
        }
        guard squares > 0 else { return nil }
        let slope = products / squares
        var (clustered, independent) = (0.0, 0.0)
        for part in 0..<Self.parts {
            var sum = 0.0
            for place in part * n / Self.parts..<(part + 1) * n / Self.parts {
                let score = (x[place] - meanX) * (y[place] - meanY - slope * (x[place] - meanX))
                sum += score
                independent += score * score
            }
            clustered += sum * sum
        }
        let parts = Double(Self.parts)
        let wide =
            StudentT(degreesOfFreedom: parts - 1).quantile(0.975) * (clustered * parts / (parts - 1)).squareRoot() / squares
        let plain =
            StudentT(degreesOfFreedom: Double(n - 2)).quantile(0.975) * (independent * Double(n) / Double(n - 2)).squareRoot() / squares
        let half = max(wide, plain)
        self.slope = slope
        ci95 = Interval(low: slope - half, high: slope + half)
        self.meanX = meanX
        self.meanY = meanY
    }
}
