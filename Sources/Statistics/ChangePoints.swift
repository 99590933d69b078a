/// Where the level of values in order of time changes for good, as opposed to rising and falling as neighbours that are alike do.
///
///     let changes = ChangePoints(cycleTimesInOrderOfStart, leastLength: 50)
///     changes.points.first?.index                    // the first value of the new level
///
/// Binary segmentation by the CUSUM of ranks, so that single long values decide nothing: a stretch is cut where the statistic
/// max |S(k)| ÷ (σ·√n) exceeds what the Brownian bridge exceeds with probability ``significance`` (Csörgő, Horváth: "Limit Theorems in
/// Change-Point Analysis", 1997; for ranks Dehling, Fried, Garcia, Wendler, 2015, doi:10.1007/978-1-4939-3076-0_12). σ² is the long-run
/// variance of what remains after the cut, prewhitened by an autoregression (Andrews, Monahan: "An improved heteroskedasticity and
/// autocorrelation consistent covariance matrix estimator", Econometrica 60, 1992, doi:10.2307/2951574) over means of up to
/// ``mostBatches`` consecutive batches. Places lie where the squared deviations of the ranks from the levels on both sides are least;
/// their intervals are Bai's ("Estimation of a change point in multiple regression models", Review of Economics and Statistics 79,
/// 1997, doi:10.1162/003465397557132). Each stretch that is looked at is a test of its own at that level.
package struct ChangePoints: Sendable, Equatable {
    /// The largest p-value of a change. The distribution holds for long series: in 400 values without a change, of memory up to 0.8 from
    /// one to the next, about 1 in 100 is cut at this level.
    package static let significance = 0.001
    /// The most batches in which neighbours are averaged for the test.
    package static let mostBatches = 128
    /// The fewest values for a test.
    package static let fewest = 40

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
        for (number, place) in found.enumerated() {
            let start = points.last?.index ?? 0
            let end = number + 1 < found.count ? found[number + 1] : values.count
            guard let cut = Cut(Array(values[start..<end]), leastLength: leastLength), cut.pValue < significance else { continue }
            let index = start + cut.index
            points.append(
                Point(
                    index: index, earliest: max(start, index - cut.halfWidth), latest: min(end - 1, index + cut.halfWidth),
                    pValue: cut.pValue))
            _ = place
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
            guard let first = Self.place(ranks, leastLength..<count - leastLength + 1) else { return nil }
            index = first
            let levels = (Self.mean(ranks[..<index]), Self.mean(ranks[index...]))
            let size = (count + ChangePoints.mostBatches - 1) / ChangePoints.mostBatches
            var residuals: [Double] = []
            for batch in 0..<count / size {
                var sum = 0.0
                for i in batch * size..<(batch + 1) * size { sum += ranks[i] - (i < index ? levels.0 : levels.1) }
                residuals.append(sum / Double(size))
            }
            // Of the sum of single values, per value.
            let variance = Self.longRunVariance(residuals) * Double(size)
            guard variance > 0 else {
                // Nothing varies but the level.
                pValue = 0
                return
            }
            let center = Self.mean(ranks[...])
            var (sum, largest) = (0.0, 0.0)
            for rank in ranks {
                sum += rank - center
                largest = max(largest, sum.magnitude)
            }
            pValue = Self.bridge(largest / (variance * Double(count)).squareRoot())
            let step = levels.1 - levels.0
            halfWidth = step == 0 ? count : min(count, Int((ChangePoints.spread * variance / (step * step)).rounded(.up)) + 1)
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

        /// The first index of the second part where the parts differ most: the largest S(k)² ÷ (k·(n − k)).
        static func place(_ values: [Double], _ range: Range<Int>) -> Int? {
            let center = mean(values[...])
            var (sum, best, most) = (0.0, range.lowerBound, -1.0)
            for k in 1..<values.count {
                sum += values[k - 1] - center
                guard range.contains(k) else { continue }
                let size = sum * sum / (Double(k) * Double(values.count - k))
                if size > most { (best, most) = (k, size) }
            }
            return most > 0 ? best : nil
        }

        /// The long-run variance of a series of mean 0: Bartlett's kernel over the residuals of an autoregression of order 1, recoloured.
        static func longRunVariance(_ values: [Double]) -> Double {
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
            // Two levels and a memory were estimated.
            let least = 0.1 * white.reduce(0) { $0 + $1 * $1 }
            return max(variance, least) / Double(max(1, count - 3)) / ((1 - memory) * (1 - memory))
        }

        /// The probability that the Brownian bridge strays at least this far from 0 (Kolmogorov).
        static func bridge(_ distance: Double) -> Double {
            guard distance > 0.2 else { return 1 }
            var sum = 0.0
            for k in 1...100 {
                let term = Double.exp(-2 * Double(k * k) * distance * distance)
                sum += k.isMultiple(of: 2) ? -term : term
                if term < 1e-18 { break }
            }
            return max(0, min(1, 2 * sum))
        }
    }

    /// The 0.95 quantile of where |argmax (W(s) − |s| ÷ 2)| lies (Bai 1997, table 1).
    private static let spread = 11.03
}
