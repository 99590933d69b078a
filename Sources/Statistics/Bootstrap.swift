import LinearAlgebra

/// Statistics of resampled data: what an estimate might have been, had chance drawn otherwise (Efron: "Bootstrap methods: another
/// look at the jackknife", Annals of Statistics 7, 1979, doi:10.1214/aos/1176344552).
package enum Bootstrap {
    /// The means of resampled columns: for each column, one mean per replicate.
    ///
    /// A replicate draws as many rows as there are, with replacement, and averages the known values of each column over them, so the
    /// columns of one row stay together. All replicates of all columns are products of a matrix of row counts with the matrix of
    /// values, some replicates at a time. A column known in fewer than 50 rows, or in fewer than a tenth, is resampled by itself
    /// from its known values.
    ///
    /// - Parameters:
    ///   - columns: values row by row, all of one length; NaN is an unknown value. A column without known values gives NaN.
    ///   - replicates: how often to resample.
    ///   - seed: the user's seed.
    ///   - path: what the draws are for; replicate r draws from the stream of `path` + [r].
    /// - Complexity: `replicates` · rows draws and multiply-adds per column; memory of at most about 2²¹ counts beside the values.
    package static func means(of columns: [[Double]], replicates: Int, seed: UInt64, path: [UInt64] = []) -> [[Double]] {
        guard let rows = columns.first?.count else { return [] }
        precondition(columns.allSatisfy { $0.count == rows }, "all columns have one length")
        var result = [[Double]](repeating: [], count: columns.count)
        var shared: [Int] = []
        for (index, column) in columns.enumerated() {
            let known = column.filter { !$0.isNaN }
            if known.count == rows && rows > 0 || known.count >= max(50, (rows + 9) / 10) {
                shared.append(index)
            } else if known.isEmpty {
                result[index] = [Double](repeating: .nan, count: replicates)
            } else {
                result[index] = sharedMeans(of: [known], replicates: replicates, seed: seed, path: path + [UInt64(index + 1)])[0]
            }
        }
        guard !shared.isEmpty else { return result }
        let means = sharedMeans(of: shared.map { columns[$0] }, replicates: replicates, seed: seed, path: path + [0])
        for (index, values) in zip(shared, means) { result[index] = values }
        return result
    }

    /// Means over rows drawn for all columns at once.
    private static func sharedMeans(of columns: [[Double]], replicates: Int, seed: UInt64, path: [UInt64]) -> [[Double]] {
        let rows = columns[0].count
        // Values as differences from the column's first known one: equal values then have equal means, to the last bit.
        let origins = columns.map { column in column.first { !$0.isNaN } ?? 0 }
        var matrix: [Double] = []
        matrix.reserveCapacity(rows * columns.count)
        var presences: [[Double]] = []
        var presenceOfColumn: [Int?] = []
        for (column, origin) in zip(columns, origins) {
            matrix.append(contentsOf: column.lazy.map { $0.isNaN ? 0 : $0 - origin })
            guard column.contains(where: \.isNaN) else {
                presenceOfColumn.append(nil)
                continue
            }
            let presence = column.map { $0.isNaN ? 0.0 : 1.0 }
            presenceOfColumn.append(presences.firstIndex(of: presence) ?? presences.count)
            if presenceOfColumn.last == presences.count { presences.append(presence) }
        }
        for presence in presences { matrix.append(contentsOf: presence) }
        let values = Matrix(rows: rows, columns: columns.count + presences.count, elements: matrix)

        var result = [[Double]](repeating: [Double](repeating: 0, count: replicates), count: columns.count)
        let block = max(1, min(replicates, (1 << 21) / rows))
        var counts = [UInt8](repeating: 0, count: rows)
        var first = 0
        while first < replicates {
            let size = min(block, replicates - first)
            var weights = Matrix(rows: rows, columns: size)
            weights.withMutableElements { weights in
                counts.withUnsafeMutableBufferPointer { counts in
                    for replicate in 0..<size {
                        var stream = RandomStream(seed: seed, path: path + [UInt64(first + replicate)])
                        resample(&stream, counts)
                        let target = weights.baseAddress.unsafelyUnwrapped + replicate * rows
                        for row in 0..<rows { target[row] = Double(counts[row]) }
                    }
                }
            }
            let sums = Matrix.product(values, transposed: true, weights, transposed: false)
            for (index, presence) in presenceOfColumn.enumerated() {
                for replicate in 0..<size {
                    let total = presence.map { sums[columns.count + $0, replicate] } ?? Double(rows)
                    result[index][first + replicate] = origins[index] + sums[index, replicate] / total
                }
            }
            first += size
        }
        return result
    }

    /// Counts how often each row is drawn in as many draws as rows; two draws from each 64 bits, their bias below rows · 2⁻³².
    private static func resample(_ stream: inout RandomStream, _ counts: UnsafeMutableBufferPointer<UInt8>) {
        precondition(counts.count < 1 << 31, "a sample holds fewer than 2³¹ rows")
        counts.update(repeating: 0)
        let rows = UInt64(counts.count)
        // A count above 255 needs some 10⁵⁰⁰ replicates of the largest sample.
        for _ in 0..<counts.count / 2 {
            let bits = stream.next()
            counts[Int(truncatingIfNeeded: ((bits & 0xFFFF_FFFF) &* rows) >> 32)] &+= 1
            counts[Int(truncatingIfNeeded: ((bits >> 32) &* rows) >> 32)] &+= 1
        }
        if counts.count % 2 == 1 { counts[Int(truncatingIfNeeded: ((stream.next() >> 32) &* rows) >> 32)] &+= 1 }
    }

    /// The type 7 quantile of resamples of values in ascending order, one per replicate; empty where there are no values.
    ///
    /// A resample's k-th smallest value stands in the sorted sample at the rank ⌊n·U⌋, U being the k-th smallest of n uniform draws,
    /// which is a beta draw; the next smallest is the least of the n − k uniform draws above it. So a replicate costs a few draws, not
    /// n, and has exactly the distribution of resampling.
    package static func quantiles(
        _ probability: Double, ofSorted values: [Double], replicates: Int, seed: UInt64, path: [UInt64] = []
    ) -> [Double] {
        values.withUnsafeBufferPointer { values in
            quantiles(probability, count: values.count, replicates, seed, path) { values[$0] }
        }
    }

    /// The same of whole numbers in ascending order, in their unit.
    package static func quantiles(
        _ probability: Double, ofSorted values: [Int64], replicates: Int, seed: UInt64, path: [UInt64] = []
    ) -> [Double] {
        values.withUnsafeBufferPointer { values in
            quantiles(probability, count: values.count, replicates, seed, path) { Double(values[$0]) }
        }
    }

    @inline(__always)
    private static func quantiles(
        _ probability: Double, count: Int, _ replicates: Int, _ seed: UInt64, _ path: [UInt64], _ value: (Int) -> Double
    ) -> [Double] {
        guard count > 0 else { return [] }
        let (lower, fraction) = Quantiles.position(probability, count: count)
        let above = Double(count - lower - 1)
        var stream = RandomStream(seed: seed, path: path)
        var result = [Double](repeating: 0, count: replicates)
        for replicate in 0..<replicates {
            let position = stream.beta(Double(lower + 1), above + 1)
            let first = value(min(count - 1, Int(Double(count) * position)))
            guard fraction > 0 else {
                result[replicate] = first
                continue
            }
            let next = 1 - (1 - position) * Double.exp(Double.log(stream.openUnit()) / above)
            result[replicate] = Quantiles.interpolate(first, value(min(count - 1, Int(Double(count) * next))), fraction)
        }
        return result
    }

    /// The 95 % percentile interval of replicates, or nil for fewer than 39.
    ///
    /// Its ends are the replicates of rank 0.025·(B + 1), rounded down, from either end (Davison, Hinkley: "Bootstrap Methods and
    /// their Application", 1997, 5.2.1), so that it excludes 0 exactly where `pValue` is at most 0.05.
    package static func percentileInterval(_ replicates: [Double]) -> Interval? {
        let rank = Int(0.025 * Double(replicates.count + 1))
        guard rank > 0, replicates.allSatisfy(\.isFinite) else { return nil }
        let sorted = replicates.sorted()
        return Interval(low: sorted[rank - 1], high: sorted[sorted.count - rank])
    }

    /// The level at which the percentile interval of replicated differences begins to hold 0: the two-sided p-value of no difference
    /// by inversion of the bootstrap; at least 2 ÷ (B + 1). Nil without replicates.
    package static func pValue(ofDifferences replicates: [Double]) -> Double? {
        guard !replicates.isEmpty, replicates.allSatisfy(\.isFinite) else { return nil }
        var notAbove = 0
        var notBelow = 0
        for difference in replicates {
            if difference <= 0 { notAbove += 1 }
            if difference >= 0 { notBelow += 1 }
        }
        return min(1, 2 * Double(1 + min(notAbove, notBelow)) / Double(replicates.count + 1))
    }
}
