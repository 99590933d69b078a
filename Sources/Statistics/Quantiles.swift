/// Sample quantiles of type 7: linear interpolation between the order statistics around (n − 1)·p.
///
/// This is the default of R, NumPy and Spark's `percentile` (Hyndman, Fan: "Sample quantiles in statistical packages",
/// The American Statistician 50, 1996, doi:10.1080/00031305.1996.10473566). Results do not depend on the order of the values.
package enum Quantiles {
    /// Where the type 7 quantile lies among `count` sorted values: between `lower` and the next one, at `fraction` of the way.
    ///
    /// - Precondition: `count` > 0 and `probability` in 0…1.
    package static func position(_ probability: Double, count: Int) -> (lower: Int, fraction: Double) {
        precondition(count > 0, "an empty sample has no quantile")
        precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
        let exact = Double(count - 1) * probability
        let lower = min(Int(exact), count - 1)
        return (lower, lower == count - 1 ? 0 : exact - Double(lower))
    }

    /// The quantile of values in ascending order, or nil where there are none.
    package static func quantile(_ probability: Double, ofSorted values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let (lower, fraction) = position(probability, count: values.count)
        return interpolate(values[lower], fraction == 0 ? values[lower] : values[lower + 1], fraction)
    }

    /// The quantile of whole numbers in ascending order, in their unit, or nil where there are none.
    package static func quantile(_ probability: Double, ofSorted values: [Int64]) -> Double? {
        guard !values.isEmpty else { return nil }
        let (lower, fraction) = position(probability, count: values.count)
        return interpolate(Double(values[lower]), Double(fraction == 0 ? values[lower] : values[lower + 1]), fraction)
    }

    /// The quantile of values in any order, or nil where there are none; expected time linear in their number.
    ///
    /// - Precondition: no value is NaN.
    package static func quantile(_ probability: Double, of values: [Double]) -> Double? {
        quantiles([probability], of: values)?[0]
    }

    /// The quantile of whole numbers in any order, or nil where there are none; expected time linear in their number.
    package static func quantile(_ probability: Double, of values: [Int64]) -> Double? {
        quantiles([probability], of: values)?[0]
    }

    /// The quantiles at each of `probabilities` (in that order) of values in any order, or nil where there are none.
    ///
    /// - Precondition: no value is NaN.
    package static func quantiles(_ probabilities: [Double], of values: [Double]) -> [Double]? {
        guard !values.isEmpty else { return nil }
        var scratch = values
        return scratch.withUnsafeMutableBufferPointer { buffer in
            for value in buffer { precondition(!value.isNaN, "NaN has no place in an order") }
            return quantiles(probabilities, rearranging: buffer) { $0 }
        }
    }

    /// The quantiles at each of `probabilities` (in that order) of whole numbers in any order, or nil where there are none.
    package static func quantiles(_ probabilities: [Double], of values: [Int64]) -> [Double]? {
        guard let smallest = values.min(), let largest = values.max() else { return nil }
        return values.withUnsafeBufferPointer { quantiles(probabilities, of: $0, smallest: smallest, largest: largest) }
    }

    /// The quantiles of whole numbers of which the smallest and the largest are known; there is at least one.
    package static func quantiles(
        _ probabilities: [Double], of values: UnsafeBufferPointer<Int64>, smallest: Int64, largest: Int64
    ) -> [Double] {
        let ranks = ranks(probabilities, count: values.count)
        let found = BucketSelection.values(at: ranks, of: values, smallest: smallest, largest: largest)
        return probabilities.map { probability in
            let (lower, fraction) = position(probability, count: values.count)
            guard let place = ranks.firstIndex(of: lower) else { preconditionFailure("the rank was asked for") }
            let next = fraction == 0 ? place : ranks.firstIndex(of: lower + 1) ?? place
            return interpolate(Double(found[place]), Double(found[next]), fraction)
        }
    }

    /// The ranks in ascending order that the quantiles lie between.
    private static func ranks(_ probabilities: [Double], count: Int) -> [Int] {
        var ranks: [Int] = []
        for probability in probabilities {
            let (lower, fraction) = position(probability, count: count)
            ranks.append(lower)
            if fraction > 0 { ranks.append(lower + 1) }
        }
        ranks.sort()
        return ranks
    }

    /// The median of values in any order, or nil where there are none.
    package static func median(of values: [Double]) -> Double? {
        quantile(0.5, of: values)
    }

    /// The median of whole numbers in any order, in their unit, or nil where there are none.
    package static func median(of values: [Int64]) -> Double? {
        quantile(0.5, of: values)
    }

    /// The quantiles of a buffer that may be rearranged.
    @inline(__always)
    static func quantiles<Value: Comparable>(
        _ probabilities: [Double], rearranging buffer: UnsafeMutableBufferPointer<Value>, as double: (Value) -> Double
    ) -> [Double] {
        let ranks = ranks(probabilities, count: buffer.count)
        Selection.select(ranks, in: buffer)
        return probabilities.map { probability in
            let (lower, fraction) = position(probability, count: buffer.count)
            return interpolate(double(buffer[lower]), double(buffer[fraction == 0 ? lower : lower + 1]), fraction)
        }
    }

    /// The point between two order statistics; exactly the lower one at fraction 0 and where both are equal.
    @inline(__always)
    static func interpolate(_ lower: Double, _ upper: Double, _ fraction: Double) -> Double {
        lower == upper || fraction == 0 ? lower : lower + fraction * (upper - lower)
    }
}
