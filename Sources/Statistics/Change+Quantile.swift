extension Change {
    /// The change of a type 7 quantile between two samples in ascending order, with percentile intervals of the bootstrap; nil where
    /// a sample is empty.
    ///
    /// - Parameters:
    ///   - replicates: resamples of each side.
    ///   - seed: the user's seed.
    ///   - path: what the draws are for.
    ///   - widening: how much wider the intervals become for observations that are not independent.
    package static func ofQuantile(
        _ probability: Double, sortedBefore: [Double], sortedAfter: [Double], replicates: Int = 2000, seed: UInt64, path: [UInt64] = [],
        widening: Widening = .none
    ) -> Change? {
        guard let before = Quantiles.quantile(probability, ofSorted: sortedBefore),
            let after = Quantiles.quantile(probability, ofSorted: sortedAfter)
        else { return nil }
        return Change(
            before: before, after: after, nBefore: sortedBefore.count, nAfter: sortedAfter.count,
            replicatesBefore: Bootstrap.quantiles(
                probability, ofSorted: sortedBefore, replicates: replicates, seed: seed, path: path + [0]),
            replicatesAfter: Bootstrap.quantiles(probability, ofSorted: sortedAfter, replicates: replicates, seed: seed, path: path + [1]),
            widening: widening)
    }

    /// The same of whole numbers, in their unit.
    package static func ofQuantile(
        _ probability: Double, sortedBefore: [Int64], sortedAfter: [Int64], replicates: Int = 2000, seed: UInt64, path: [UInt64] = [],
        widening: Widening = .none
    ) -> Change? {
        guard let before = Quantiles.quantile(probability, ofSorted: sortedBefore),
            let after = Quantiles.quantile(probability, ofSorted: sortedAfter)
        else { return nil }
        return Change(
            before: before, after: after, nBefore: sortedBefore.count, nAfter: sortedAfter.count,
            replicatesBefore: Bootstrap.quantiles(
                probability, ofSorted: sortedBefore, replicates: replicates, seed: seed, path: path + [0]),
            replicatesAfter: Bootstrap.quantiles(probability, ofSorted: sortedAfter, replicates: replicates, seed: seed, path: path + [1]),
            widening: widening)
    }
}
