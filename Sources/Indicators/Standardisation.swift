import EventLogs
import Statistics

/// What figures would have changed by, had the mix of cases stayed as it was before: direct standardisation.
///
/// Within the strata that both logs share, cases after are weighted so that every stratum has the share that it has before; means and
/// quantiles are then taken over the weighted cases (Rothman, Greenland, Lash: "Modern Epidemiology", 3rd edition, 2008, chapter 15).
/// Intervals are percentiles of the bootstrap within strata, given the mix; small strata would make them too narrow by
/// (n − 1) ÷ n, which is undone (Rao, Wu: "Resampling inference with complex survey data", Journal of the American Statistical
/// Association 83, 1988, doi:10.1080/01621459.1988.10478591).
struct Standardisation {
    /// The least share of the known values of each side that must lie in shared strata.
    static let leastCoverage = 0.8

    private let strata: [(before: [Int], after: [Int])]
    private let first: CaseMeasures
    private let second: CaseMeasures
    private let options: ComparisonOptions
    private let replicates: Int

    init(_ strata: CaseStrata, _ first: CaseMeasures, _ second: CaseMeasures, _ options: ComparisonOptions) {
        self.strata = strata.cases
        self.first = first
        self.second = second
        self.options = options
        // Large samples need no more for an interval than what a few seconds give.
        let cases = max(1, first.log.caseCount + second.log.caseCount)
        replicates = min(options.replicates, max(199, 40_000_000 / cases))
    }

    /// A figure before and after with the replicates of both.
    private struct Standardised {
        var before: Double
        var after: Double
        var replicatesBefore: [Double]
        var replicatesAfter: [Double]
    }

    /// Sets the adjusted changes of all KPIs but the throughput, which is no figure of single cases.
    func adjust(_ kpis: inout [ComparedKPI], _ widening: SerialWidening) {
        let means = standardisedMeans()
        for (index, name) in KPIName.compared.enumerated() {
            var result: Standardised?
            var spread = Change.Widening.none
            switch (name.measure, name.statistic) {
            case (.throughput, _): continue
            case (.reworkRate, _): result = means[CaseMeasures.meanOrder.count]
            case (_, .mean):
                let column = CaseMeasures.meanOrder.firstIndex(of: name.measure)!
                (result, spread) = (means[column], widening.means[column])
            default:
                let probability = name.statistic == .median ? 0.5 : 0.9
                (result, spread) = (quantile(probability), widening.quantile(probability))
            }
            guard let result, result.before > 0 else { continue }
            kpis[index].adjustedChangeRelative = result.after / result.before - 1
            let before = Change.Widening.spread(result.replicatesBefore, around: result.before, by: spread.before)
            let after = Change.Widening.spread(result.replicatesAfter, around: result.after, by: spread.after)
            guard before.allSatisfy({ $0 > 0 }) else { continue }
            kpis[index].adjustedChangeRelativeCi95 = Bootstrap.percentileInterval(zip(before, after).map { $1 / $0 - 1 })
        }
    }

    /// The strata in which enough values are known on both sides, with those values; nil where they cover too little.
    private func usable(_ before: [Double], _ after: [Double]) -> [(stratum: Int, before: [Double], after: [Double])]? {
        var covered = (before: 0, after: 0)
        let result = strata.enumerated().compactMap { index, cases -> (stratum: Int, before: [Double], after: [Double])? in
            let own = cases.before.lazy.map { before[$0] }.filter { !$0.isNaN }
            let other = cases.after.lazy.map { after[$0] }.filter { !$0.isNaN }
            guard min(own.count, other.count) >= CaseMix.smallestStratum else { return nil }
            covered.before += own.count
            covered.after += other.count
            return (index, Array(own), Array(other))
        }
        let known = (before: before.count { !$0.isNaN }, after: after.count { !$0.isNaN })
        guard !result.isEmpty, Double(covered.before) >= Self.leastCoverage * Double(known.before),
            Double(covered.after) >= Self.leastCoverage * Double(known.after)
        else { return nil }
        return result
    }

    private func standardisedMeans() -> [Standardised?] {
        let before = first.meanColumns + [first.hasRework.map { $0 ? 1 : 0 }]
        let after = second.meanColumns + [second.hasRework.map { $0 ? 1 : 0 }]
        return zip(before, after).enumerated().map { column, values in
            guard let parts = usable(values.0, values.1) else { return nil }
            let total = Double(parts.reduce(0) { $0 + $1.before.count })
            let zeros = [Double](repeating: 0, count: replicates)
            var result = Standardised(before: 0, after: 0, replicatesBefore: zeros, replicatesAfter: zeros)
            for part in parts {
                let weight = Double(part.before.count) / total
                let means = [part.before, part.after].map { $0.reduce(0, +) / Double($0.count) }
                let widths = [part.before, part.after].map { (Double($0.count) / Double($0.count - 1)).squareRoot() }
                result.before += weight * means[0]
                result.after += weight * means[1]
                let path = [6, UInt64(column), UInt64(part.stratum)]
                let own = Bootstrap.means(of: [part.before], replicates: replicates, seed: options.seed, path: path + [0])[0]
                let other = Bootstrap.means(of: [part.after], replicates: replicates, seed: options.seed, path: path + [1])[0]
                for index in 0..<replicates {
                    result.replicatesBefore[index] += weight * (means[0] + widths[0] * (own[index] - means[0]))
                    result.replicatesAfter[index] += weight * (means[1] + widths[1] * (other[index] - means[1]))
                }
            }
            return result
        }
    }

    private func quantile(_ probability: Double) -> Standardised? {
        guard let parts = usable(first.meanColumns[0], second.meanColumns[0]) else { return nil }
        let before = WeightedSample(parts.map { ($0.before, 1) })
        let after = WeightedSample(parts.map { ($0.after, Double($0.before.count) / Double($0.after.count)) })
        let path = [7, UInt64(probability * 100)]
        return Standardised(
            before: before.quantile(probability), after: after.quantile(probability),
            replicatesBefore: before.quantiles(probability, replicates, seed: options.seed, path: path + [0]),
            replicatesAfter: after.quantiles(probability, replicates, seed: options.seed, path: path + [1]))
    }
}

/// Values of several strata in ascending order, each with the weight of its stratum.
struct WeightedSample {
    private let values: [Double]
    private var weights: [Double]
    /// Per stratum: the places of its values.
    private let places: [[Int]]

    /// - Precondition: there is a value, and weights are positive.
    init(_ strata: [(values: [Double], weight: Double)]) {
        var rows: [(value: Double, stratum: Int)] = []
        for (index, stratum) in strata.enumerated() { rows += stratum.values.map { ($0, index) } }
        rows.sort { ($0.value, $0.stratum) < ($1.value, $1.stratum) }
        values = rows.map(\.value)
        weights = rows.map { strata[$0.stratum].weight }
        var places = [[Int]](repeating: [], count: strata.count)
        for (place, row) in rows.enumerated() { places[row.stratum].append(place) }
        self.places = places
    }

    /// The quantile of the sample itself.
    func quantile(_ probability: Double) -> Double {
        quantile(probability, counts: [Int32](repeating: 1, count: values.count))
    }

    /// The quantile of resamples within strata, of one value fewer than each stratum has (Rao and Wu's, as weights make up for).
    func quantiles(_ probability: Double, _ replicates: Int, seed: UInt64, path: [UInt64]) -> [Double] {
        var stream = RandomStream(seed: seed, path: path)
        var counts = [Int32](repeating: 0, count: values.count)
        var rescaled = self
        for own in places where own.count > 1 {
            for place in own { rescaled.weights[place] *= Double(own.count) / Double(own.count - 1) }
        }
        return (0..<replicates).map { _ in
            for place in counts.indices { counts[place] = 0 }
            for own in places where !own.isEmpty {
                for _ in 0..<max(1, own.count - 1) { counts[own[stream.index(below: own.count)]] += 1 }
            }
            return rescaled.quantile(probability, counts: counts)
        }
    }

    /// The quantile of values that occur `counts` times: the k-th of n copies in ascending order stands at
    /// (k − 1)·w_k + (n − 1)·(w_1 + … + w_(k−1)) of (n − 1)·Σw, and between two the quantile runs straight. With equal weights
    /// this is type 7.
    private func quantile(_ probability: Double, counts: [Int32]) -> Double {
        var copies = 0
        var total = 0.0
        for (place, count) in counts.enumerated() where count > 0 {
            copies += Int(count)
            total += weights[place] * Double(count)
        }
        let target = probability * Double(copies - 1) * total
        let last = Double(copies - 1)
        var before = 0
        var weightBefore = 0.0
        var previous: (value: Double, position: Double)?
        for (place, count) in counts.enumerated() where count > 0 {
            let weight = weights[place]
            let value = values[place]
            let position = Double(before) * weight + last * weightBefore
            if position >= target {
                guard let previous, position > previous.position else { return value }
                let share = (target - previous.position) / (position - previous.position)
                return previous.value + max(0, share) * (value - previous.value)
            }
            before += Int(count)
            weightBefore += weight * Double(count)
            let end = Double(before - 1) * weight + last * (weightBefore - weight)
            if end >= target { return value }
            previous = (value, end)
        }
        return previous?.value ?? values[values.count - 1]
    }
}
