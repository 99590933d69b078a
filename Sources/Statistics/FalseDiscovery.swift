/// Correction of p-values for many tests at once.
package enum FalseDiscovery {
    /// The p-values after Benjamini and Hochberg's step-up correction (Journal of the Royal Statistical Society B 57, 1995,
    /// doi:10.1111/j.2517-6161.1995.tb02031.x): rejecting those at most 0.05 keeps the expected share of false ones among them at
    /// 5 %. Unknown ones stay unknown and do not count.
    package static func adjusted(_ values: [Double?]) -> [Double?] {
        let order = values.indices.filter { values[$0] != nil }.sorted { (values[$0]!, $0) < (values[$1]!, $1) }
        var result = values
        var smallest = 1.0
        for (rank, index) in order.enumerated().reversed() {
            smallest = min(smallest, values[index]! * Double(order.count) / Double(rank + 1))
            result[index] = smallest
        }
        return result
    }
}
