extension Change {
    /// The changes of the means of several columns between two samples of rows, with percentile intervals of the bootstrap.
    ///
    /// Rows are resampled whole, once for all columns (see `Bootstrap.means`), so give all columns of a comparison together.
    ///
    /// - Parameters:
    ///   - before: the columns of the first sample, each with a value per row; NaN is an unknown value.
    ///   - after: the same columns of the second sample.
    ///   - replicates: resamples of each side.
    ///   - seed: the user's seed.
    ///   - path: what the draws are for.
    ///   - widening: per column, how much wider the intervals become for rows that are not independent; empty for none.
    /// - Returns: one change per column; nil where a side knows no value of it.
    package static func ofMeans(
        before: [[Double]], after: [[Double]], replicates: Int = 2000, seed: UInt64, path: [UInt64] = [],
        widening: [Widening] = []
    ) -> [Change?] {
        precondition(before.count == after.count, "both samples have the same columns")
        let replicatesBefore = Bootstrap.means(of: before, replicates: replicates, seed: seed, path: path + [0])
        let replicatesAfter = Bootstrap.means(of: after, replicates: replicates, seed: seed, path: path + [1])
        return before.indices.map { index in
            guard let first = knownMean(before[index]), let second = knownMean(after[index]) else { return nil }
            return Change(
                before: first.mean, after: second.mean, nBefore: first.count, nAfter: second.count,
                replicatesBefore: replicatesBefore[index], replicatesAfter: replicatesAfter[index],
                widening: widening.isEmpty ? .none : widening[index])
        }
    }

    /// The mean of the values that are not NaN, by their differences from the first, and their number.
    private static func knownMean(_ values: [Double]) -> (mean: Double, count: Int)? {
        guard let origin = values.first(where: { !$0.isNaN }) else { return nil }
        var sum = 0.0
        var count = 0
        for value in values where !value.isNaN {
            sum += value - origin
            count += 1
        }
        return (origin + sum / Double(count), count)
    }
}
