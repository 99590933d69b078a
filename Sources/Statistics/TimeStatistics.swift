/// How a set of durations is spread: the `TIMES` of machine-readable results, in seconds.
///
/// The mean and the standard deviation come from exact integer sums of microseconds, the quantiles from the order statistics,
/// so the result does not depend on the order of the durations.
package struct TimeStatistics: Codable, Sendable, Equatable {
    /// The number of durations, at least 1.
    package let n: Int
    /// The arithmetic mean in seconds.
    package let meanS: Double
    /// The median in seconds.
    package let medianS: Double
    /// The type 7 quantile at 0.9 in seconds.
    package let p90S: Double
    /// The type 7 quantile at 0.95 in seconds.
    package let p95S: Double
    /// The smallest duration in seconds.
    package let minS: Double
    /// The largest duration in seconds.
    package let maxS: Double
    /// The standard deviation of the sample (n − 1) in seconds; nil for a single duration.
    package let stdS: Double?

    /// The statistics of durations in microseconds, in any order; nil where there are none.
    package init?(microseconds: [Int64]) {
        let made = microseconds.withUnsafeBufferPointer { Self($0) }
        guard let made else { return nil }
        self = made
    }

    /// The statistics of durations in microseconds, in any order; nil where there are none.
    package init?(_ microseconds: UnsafeBufferPointer<Int64>) {
        guard let first = microseconds.first else { return nil }
        if microseconds.count == 1 {
            let only = Double(first) / 1e6
            (n, meanS, medianS, p90S, p95S, minS, maxS, stdS) = (1, only, only, only, only, only, only, nil)
            return
        }
        var smallest = Int64.max
        var largest = Int64.min
        for value in microseconds {
            smallest = min(smallest, value)
            largest = max(largest, value)
        }
        let sums = ExactSums(microseconds)
        let quantiles = Quantiles.quantiles([0.5, 0.9, 0.95], of: microseconds, smallest: smallest, largest: largest)
        n = microseconds.count
        meanS = sums.sum / (Double(n) * 1e6)
        medianS = quantiles[0] / 1e6
        p90S = quantiles[1] / 1e6
        p95S = quantiles[2] / 1e6
        minS = Double(smallest) / 1e6
        maxS = Double(largest) / 1e6
        stdS = n < 2 ? nil : (sums.squaredDeviations / Double(n - 1)).squareRoot() / 1e6
    }

    /// Writes every key; an unknown standard deviation is written as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(n, forKey: .n)
        try container.encode(meanS, forKey: .meanS)
        try container.encode(medianS, forKey: .medianS)
        try container.encode(p90S, forKey: .p90S)
        try container.encode(p95S, forKey: .p95S)
        try container.encode(minS, forKey: .minS)
        try container.encode(maxS, forKey: .maxS)
        try container.encode(stdS, forKey: .stdS)
    }
}
