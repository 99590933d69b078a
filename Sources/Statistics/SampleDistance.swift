/// How far apart two samples lie.
package enum SampleDistance {
    /// The largest difference between the two empirical distribution functions (Kolmogorov–Smirnov), between 0 and 1.
    ///
    /// - Parameters: both samples in ascending order.
    /// - Returns: nil where a sample is empty.
    package static func kolmogorovSmirnov(sorted first: [Double], _ second: [Double]) -> Double? {
        walk(first, second)?.supremum
    }

    /// The same of whole numbers.
    package static func kolmogorovSmirnov(sorted first: [Int64], _ second: [Int64]) -> Double? {
        walk(first.map(Double.init), second.map(Double.init))?.supremum
    }

    /// The area between the two empirical distribution functions (Wasserstein-1), in the unit of the samples.
    ///
    /// - Parameters: both samples in ascending order.
    /// - Returns: nil where a sample is empty.
    package static func wasserstein(sorted first: [Double], _ second: [Double]) -> Double? {
        walk(first, second)?.area
    }

    /// The same of whole numbers, in their unit.
    package static func wasserstein(sorted first: [Int64], _ second: [Int64]) -> Double? {
        walk(first.map(Double.init), second.map(Double.init))?.area
    }

    /// Goes once through both samples in step.
    private static func walk(_ first: [Double], _ second: [Double]) -> (supremum: Double, area: Double)? {
        guard !first.isEmpty, !second.isEmpty else { return nil }
        let (m, n) = (first.count, second.count)
        return first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                var i = 0
                var j = 0
                // Differences of the functions in units of 1 ÷ (m·n), exactly.
                var largest = 0
                var area = 0.0
                while i < m || j < n {
                    let here = j == n || (i < m && first[i] <= second[j]) ? first[i] : second[j]
                    while i < m && first[i] <= here { i += 1 }
                    while j < n && second[j] <= here { j += 1 }
                    let gap = (i * n - j * m).magnitude
                    largest = max(largest, Int(gap))
                    guard i < m || j < n else { break }
                    let next = j == n || (i < m && first[i] <= second[j]) ? first[i] : second[j]
                    area += Double(gap) * (next - here)
                }
                let unit = Double(m) * Double(n)
                return (Double(largest) / unit, area / unit)
            }
        }
    }
}
