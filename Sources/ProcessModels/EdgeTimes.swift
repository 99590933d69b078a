import Instants
import Statistics

/// The signed times of one edge, in seconds.
struct EdgeTimes {
    /// Their mean.
    let meanS: Double
    /// Their median.
    let medianS: Double
    /// Their 90th percentile (type 7).
    let p90S: Double
    /// The sum of the positive ones.
    let totalS: Double
    /// How many are negative.
    let overlaps: Int

    /// Of times in microseconds, unknown ones (``Instant/missing``) left out; nil where none is known.
    init?(_ times: UnsafeBufferPointer<Int64>) {
        guard !times.isEmpty else { return nil }
        var smallest = Int64.max
        var largest = Int64.min
        var sum: Int64 = 0
        var positive: Int64 = 0
        var overlaps = 0
        for time in times {
            smallest = min(smallest, time)
            largest = max(largest, time)
            sum &+= time
            positive &+= max(0, time)
            overlaps &+= time < 0 ? 1 : 0
        }
        if smallest == Instant.missing {
            let known = times.filter { $0 != Instant.missing }
            guard let made = known.withUnsafeBufferPointer({ Self($0) }) else { return nil }
            self = made
            return
        }
        let count = Int64(times.count)
        if max(smallest.magnitude, largest.magnitude) > UInt64(Int64.max) / UInt64(count) {
            // 128 bits: stamps such as 9999-12-31 stand in real logs, and their sums are beyond 64.
            meanS = Double(times.reduce(Int128(0)) { $0 + Int128($1) }) / (Double(count) * 1e6)
            totalS = Double(times.reduce(Int128(0)) { $0 + Int128(max(0, $1)) }) / 1e6
        } else {
            meanS = Double(sum) / (Double(count) * 1e6)
            totalS = Double(positive) / 1e6
        }
        let quantiles = Quantiles.quantiles([0.5, 0.9], of: times, smallest: smallest, largest: largest)
        medianS = quantiles[0] / 1e6
        p90S = quantiles[1] / 1e6
        self.overlaps = overlaps
    }
}
