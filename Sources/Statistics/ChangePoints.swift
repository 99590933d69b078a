/// Where the level of values in order of time changes for good, as opposed to rising and falling as neighbours that are alike do.
///
///     let changes = ChangePoints(cycleTimesInOrderOfStart, leastLength: 50)
///     changes.points.first?.index                    // the first value of the new level
///
/// Binary segmentation by the CUSUM of ranks, so that single long values decide nothing (Csörgő, Horváth: "Limit Theorems in Change-Point
/// Analysis", 1997; for ranks Dehling, Fried, Garcia, Wendler, 2015, doi:10.1007/978-1-4939-3076-0_12): a stretch is cut where
/// max |S(k)| ÷ (σ·√n) exceeds what chance exceeds with probability ``significance``. σ² is the long-run variance of what remains after the
/// cut, prewhitened by an autoregression (Andrews, Monahan: "An improved heteroskedasticity and autocorrelation consistent covariance
/// matrix estimator", Econometrica 60, 1992, doi:10.2307/2951574) over the means of ``batches`` consecutive batches, and of what remains after one cut more. So few batches bridge
/// the waves of a queue that last for many values and hide in the scatter of each. What they tell of σ² is itself uncertain, so chance
/// is not the Brownian bridge but what the same computation finds in independent values of which nothing changes (fixed smoothing: Kiefer,
/// Vogelsang, "A new asymptotic theory for heteroskedasticity-autocorrelation robust tests", Econometric Theory 21, 2005,
/// doi:10.1017/S0266466605050565), simulated once and tabled here.
///
/// Places lie where the squared deviations of the ranks from the levels on both sides are least; their intervals are Bai's ("Estimation of a
/// change point in multiple regression models", Review of Economics and Statistics 79, 1997, doi:10.1162/003465397557132). Each stretch
/// that is looked at is a test of its own at that level.
package struct ChangePoints: Sendable, Equatable {
    /// The largest p-value of a change.
    package static let significance = 0.001
    /// The batches in which neighbours are averaged for the test.
    package static let batches = 32
    /// The fewest values for a test.
    package static let fewest = 2 * batches

    /// A change of level.
    package struct Point: Sendable, Equatable {
        /// The first value of the new level.
        package let index: Int
        /// The first and the last index of the 95 % interval of ``index``.
        package let earliest: Int
        /// The last index of the interval.
        package let latest: Int
        /// The probability of as large a statistic without a change.
        package let pValue: Double
    }

    /// The changes, in order.
    package let points: [Point]
    /// The number of values.
    package let n: Int
    /// The p-value of the whole sample: the least level at which it is cut; nil where there are too few values.
    package let pValue: Double?

    /// Finds the changes.
    ///
    /// - Parameters:
    ///   - leastLength: the fewest values between two changes, and before the first and after the last.
    ///   - most: the most changes.
    ///   - significance: the largest p-value of a change, where several samples are looked at.
    /// - Precondition: no value is NaN.
    package init(_ values: [Double], leastLength: Int, most: Int = 8, significance: Double = Self.significance) {
        precondition(values.allSatisfy { !$0.isNaN } && leastLength > 0, "unknown values are no part of a sample")
        n = values.count
        var found: [Int] = []
        var open = [0..<values.count]
        var whole: Double?
        while let stretch = open.popLast(), found.count < most {
            guard let cut = Cut(Array(values[stretch]), leastLength: leastLength) else { continue }
            if stretch == 0..<values.count { whole = cut.pValue }
            guard cut.pValue < significance else { continue }
            let place = stretch.lowerBound + cut.index
            found.append(place)
            open += [place..<stretch.upperBound, stretch.lowerBound..<place]
        }
        pValue = whole
        found.sort()
        // Each point once more between its neighbours: what was cut first was cut beside changes yet unknown.
        var points: [Point] = []
        for number in found.indices {
            let start = points.last?.index ?? 0
            let end = number + 1 < found.count ? found[number + 1] : values.count
            guard let cut = Cut(Array(values[start..<end]), leastLength: leastLength), cut.pValue < significance else { continue }
            let index = start + cut.index
            points.append(
                Point(
                    index: index, earliest: max(start, index - cut.halfWidth), latest: min(end - 1, index + cut.halfWidth),
                    pValue: cut.pValue))
        }
        self.points = points
    }

    /// The best place to cut one stretch in two.
    private struct Cut {
        var index = 0
        var pValue = 1.0
        /// Half of the interval of the index.
        var halfWidth = 0

        init?(_ values: [Double], leastLength: Int) {
            let count = values.count
            guard count >= max(ChangePoints.fewest, 2 * leastLength) else { return nil }
            let ranks = Self.ranks(values)
            guard let first = Self.place(ranks, 0..<count, leastLength) else { return nil }
            index = first.index
            let center = Self.mean(ranks[...])
            var (sum, largest) = (0.0, 0.0)
            for rank in ranks {
                sum += rank - center
                largest = max(largest, sum.magnitude)
            }
            // What remains after this cut, and after the better one of those that could follow: where levels change twice, what remains after
            // one cut is still mostly levels. The price of two looks is twice the smaller p-value.
            let second = [0..<index, index..<count].compactMap { Self.place(ranks, $0, leastLength) }.max { $0.gain < $1.gain }
            var variance = 0.0
            for (look, cuts) in [[index], [index, second?.index ?? index].sorted()].enumerated() {
                let own = Self.variance(ranks, cuts: cuts, batches: ChangePoints.batches)
                // Where nothing varies but the level, nothing is chance.
                let chance = own > 0 ? ChangePoints.chance(largest / (own * Double(count)).squareRoot(), cuts: look + 1) : 0
                if look == 0 || 2 * chance < pValue { (pValue, variance) = (min(1, 2 * chance), own) }
            }
            let levels = (Self.mean(ranks[..<index]), Self.mean(ranks[index...]))
            let step = levels.1 - levels.0
            // An interval that covers as often as it says needs more batches, which know their variance better.
            variance = variance > 0 ? max(variance, Self.variance(ranks, cuts: [index], batches: 4 * ChangePoints.batches)) : 0
            halfWidth = step == 0 ? count : min(count, Int((ChangePoints.spread * variance / (step * step)).rounded(.up)) + 1)
        }

        /// The long-run variance, per value, of what remains of ranks when each part between the cuts has its level taken away.
        static func variance(_ ranks: [Double], cuts: [Int], batches: Int) -> Double {
            let count = ranks.count
            let batches = min(batches, count / 2)
            var residuals = ranks
            var start = 0
            for end in cuts + [count] where end > start {
                let level = mean(ranks[start..<end])
                for i in start..<end { residuals[i] -= level }
                start = end
            }
            let means = (0..<batches).map { mean(residuals[$0 * count / batches..<($0 + 1) * count / batches]) }
            return longRunVariance(means, levels: cuts.count + 1) * Double(count) / Double(batches)
        }

        /// Mid-ranks, scaled to 0…1.
        static func ranks(_ values: [Double]) -> [Double] {
            let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
            var result = [Double](repeating: 0, count: values.count)
            var start = 0
            while start < order.count {
                var end = start
                while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
                for place in start..<end { result[order[place]] = Double(start + end) / 2 / Double(values.count) }
                start = end
            }
            return result
        }

        static func mean(_ values: ArraySlice<Double>) -> Double {
            values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        }

        /// The first index of the second part where the two parts of a range differ most, and by how much that lessens the squared deviations:
        /// the largest S(k)²·n ÷ (k·(n − k)).
        static func place(_ values: [Double], _ range: Range<Int>, _ leastLength: Int) -> (index: Int, gain: Double)? {
            let center = mean(values[range])
            var (sum, best, most) = (0.0, range.lowerBound, 0.0)
            let count = range.count
            for k in 1..<max(1, count) {
                sum += values[range.lowerBound + k - 1] - center
                guard k >= leastLength, k <= count - leastLength else { continue }
                let gain = sum * sum * Double(count) / (Double(k) * Double(count - k))
                if gain > most { (best, most) = (range.lowerBound + k, gain) }
            }
            return most > 0 ? (best, most) : nil
        }

        /// The long-run variance of a series of mean 0: Bartlett's kernel over the residuals of an autoregression of order 1, recoloured.
        static func longRunVariance(_ values: [Double], levels: Int) -> Double {
            let count = values.count
            var (square, product) = (0.0, 0.0)
            for i in values.indices {
                square += values[i] * values[i]
                if i > 0 { product += values[i] * values[i - 1] }
            }
            guard square > 0, count > 4 else { return 0 }
            let raw = product / square
            // Kendall's correction of the bias of an autocorrelation.
            let memory = max(-0.5, min(0.97, raw + (1 + 4 * raw) / Double(count)))
            var white: [Double] = []
            for i in 1..<count { white.append(values[i] - memory * values[i - 1]) }
            let lags = min(white.count - 1, Int(4 * Double.exp(2.0 / 9 * Double.log(Double(count) / 100))))
            var variance = 0.0
            for lag in 0...lags {
                var sum = 0.0
                for i in lag..<white.count { sum += white[i] * white[i - lag] }
                variance += (lag == 0 ? 1 : 2 * (1 - Double(lag) / Double(lags + 1))) * sum
            }
            // The levels and a memory were estimated.
            let least = 0.1 * white.reduce(0) { $0 + $1 * $1 }
            return max(variance, least) / Double(max(1, count - levels - 1)) / ((1 - memory) * (1 - memory))
        }
    }

    /// The probability that chance reaches a statistic of this size.
    private static func chance(_ size: Double, cuts: Int) -> Double {
        let quantiles = quantiles[cuts - 1]
        guard let upper = quantiles.firstIndex(where: { size < $0.size }) else {
            // A tenth of it for each whole number more, as at the end of the table.
            let last = quantiles[quantiles.count - 1]
            return last.probability * Double.exp((last.size - size) * Double.log(10))
        }
        guard upper > 0 else { return 1 }
        let (low, high) = (quantiles[upper - 1], quantiles[upper])
        let part = (size - low.size) / (high.size - low.size)
        return low.probability * Double.exp(part * Double.log(high.probability / low.probability))
    }

    /// Sizes of the statistic and how often independent values reach them, in what remains after one cut and after two: 6 million series of 640
    /// values. Shorter series reach them a little less often.
    private static let quantiles: [[(size: Double, probability: Double)]] = [
        [
            (0.3, 1), (1.010, 0.5), (1.414, 0.2), (1.690, 0.1), (1.954, 0.05), (2.298, 0.02), (2.558, 0.01), (2.819, 0.005),
            (3.170, 0.002), (3.433, 0.001), (3.696, 5e-4), (4.045, 2e-4), (4.352, 1e-4), (4.678, 5e-5), (5.105, 2e-5), (5.411, 1e-5),
        ],
        [
            (0.3, 1), (1.120, 0.5), (1.562, 0.2), (1.866, 0.1), (2.159, 0.05), (2.539, 0.02), (2.826, 0.01), (3.111, 0.005),
            (3.500, 0.002), (3.801, 0.001), (4.101, 5e-4), (4.514, 2e-4), (4.830, 1e-4), (5.135, 5e-5), (5.574, 2e-5), (5.939, 1e-5),
        ],
    ]

    /// The 0.95 quantile of where |argmax (W(s) − |s| ÷ 2)| lies (Bai 1997, table 1).
    private static let spread = 11.03
}
