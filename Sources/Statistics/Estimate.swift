/// A statistic of a sample with its 95 % interval.
package struct Estimate: Codable, Sendable, Equatable {
    /// How an interval was made.
    package enum Method: String, Codable, Sendable {
        /// Student's t around the mean.
        case studentT = "student-t"
        /// Wilson's score interval of a rate.
        case wilson
        /// Newcombe's hybrid of Wilson intervals for the change of a rate.
        case newcombe
        /// Interpolated order statistics whose ranks come from the binomial distribution.
        case orderStatistics = "order-statistics"
        /// Percentiles of the bootstrap distribution.
        case bootstrapPercentile = "bootstrap-percentile"
        /// Student's t over slow waves, as neighbours in time may be alike.
        case serial
        /// The distances to the ends of two intervals, squared and added.
        case squareAndAdd = "square-and-add"
        /// Greenwood's variance of the product-limit estimate.
        case greenwood
        /// Nothing is estimated: a count or a sum of what is there.
        case exact
    }

    /// The statistic, in the unit of the sample.
    package let value: Double
    /// The 95 % interval; nil where the sample is too small for one.
    package let ci95: Interval?
    /// The number of observations.
    package let n: Int
    /// How the interval was made.
    package let method: Method

    /// A statistic with its interval.
    package init(value: Double, ci95: Interval?, n: Int, method: Method) {
        self.value = value
        self.ci95 = ci95
        self.n = n
        self.method = method
    }

    /// The estimate in another unit: value and interval multiplied by `factor`.
    package func scaled(by factor: Double) -> Estimate {
        Estimate(value: value * factor, ci95: ci95?.scaled(by: factor), n: n, method: method)
    }

    /// Writes every key; an unknown interval is written as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
        try container.encode(ci95, forKey: .ci95)
        try container.encode(n, forKey: .n)
        try container.encode(method, forKey: .method)
    }
}
