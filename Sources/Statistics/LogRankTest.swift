import LinearAlgebra

/// Whether groups last alike, where some have not ended yet.
///
/// The log-rank test (Mantel: "Evaluation of survival data and two new rank order statistics arising in its consideration", Cancer
/// Chemotherapy Reports 50, 1966; Peto, Peto, JRSS A 135, 1972, doi:10.2307/2344317), with ties by the hypergeometric distribution.
package struct LogRankTest: Sendable, Equatable {
    /// (O − E)ᵀ V⁻¹ (O − E) over all groups but one.
    package let statistic: Double
    /// The number of groups that can be told apart, less one.
    package let degreesOfFreedom: Int
    /// The probability of at least such a statistic where all last alike.
    package let pValue: Double
    /// Per group: how many ended.
    package let observed: [Int]
    /// Per group: how many would have ended, had all lasted alike.
    package let expected: [Double]

    /// Tests durations of `groups` (numbers from 0); nil where fewer than two groups are ever at risk together when one ends.
    package init?(durations: [Double], ended: [Bool], groups: [Int]) {
        precondition(durations.count == ended.count && groups.count == ended.count, "each duration has a group")
        let count = (groups.max() ?? -1) + 1
        var atRisk = [Int](repeating: 0, count: count)
        for group in groups { atRisk[group] += 1 }
        let order = durations.indices.sorted { (durations[$0], $0) < (durations[$1], $1) }
        var observed = [Int](repeating: 0, count: count)
        var expected = [Double](repeating: 0, count: count)
        var variance = Matrix(rows: count, columns: count)
        var place = 0
        while place < order.count {
            let time = durations[order[place]]
            let total = Double(order.count - place)
            let before = atRisk
            var deaths = 0
            while place < order.count, durations[order[place]] == time {
                let row = order[place]
                if ended[row] {
                    deaths += 1
                    observed[groups[row]] += 1
                }
                atRisk[groups[row]] -= 1
                place += 1
            }
            guard deaths > 0 else { continue }
            let rate = Double(deaths) / total
            let factor = total > 1 ? rate * (total - Double(deaths)) / (total - 1) : 0
            for g in 0..<count {
                expected[g] += Double(before[g]) * rate
                guard factor > 0, before[g] > 0 else { continue }
                for h in 0..<count {
                    let share = Double(before[h]) / total
                    variance[g, h] += factor * Double(before[g]) * ((g == h ? 1 : 0) - share)
                }
            }
        }
        let varying = (0..<count).filter { variance[$0, $0] > 0 }
        guard varying.count > 1 else { return nil }
        let used = varying.dropLast()
        let differences = used.map { Double(observed[$0]) - expected[$0] }
        guard let factor = try? CholeskyFactorization(Matrix(used.map { g in used.map { variance[g, $0] } })),
            let solution = try? factor.solve(differences)
        else { return nil }
        statistic = zip(differences, solution).reduce(0) { $0 + $1.0 * $1.1 }
        degreesOfFreedom = used.count
        pValue = ChiSquare(degreesOfFreedom: Double(used.count)).upperTail(statistic)
        self.observed = observed
        self.expected = expected
    }
}
