import Statistics

/// A figure of a list of many, before its verdict is known.
struct ListedComparison {
    var kpi: ComparedKPI
    var better: ComparedKPI.Better
    /// The cases on the smaller side.
    var observations: Int

    /// Whether there are observations enough for a verdict.
    private var isEnough: Bool { min(observations, kpi.nBefore, kpi.nAfter) >= ComparedKPI.smallestSample }

    /// Whether all observations of both sides are one and the same: no test at all, so none to correct for.
    private var isConstant: Bool {
        if kpi.unit == "share" && kpi.before == kpi.after && (kpi.before == 0 || kpi.before == 1) { return true }
        return kpi.changeAbsoluteCi95 == Interval(low: 0, high: 0)
    }

    /// Corrects the p-values of a whole list and gives the verdicts; figures without a value on either side are left out.
    static func judged(_ lists: [[ListedComparison]]) -> [[ComparedKPI]] {
        let adjusted = FalseDiscovery.adjusted(lists.joined().map { $0.isEnough && !$0.isConstant ? $0.kpi.pValue : nil })
        var next = 0
        return lists.map { list in
            list.compactMap { listed in
                var kpi = listed.kpi
                kpi.pAdjusted = adjusted[next] ?? (listed.isEnough && listed.isConstant ? 1 : nil)
                next += 1
                kpi.judge(isDifferent: kpi.pAdjusted.map { $0 <= 0.05 }, better: listed.better, observations: listed.observations)
                return kpi.before == nil && kpi.after == nil ? nil : kpi
            }
        }
    }
}

/// The times of one kind that the instances (or steps) of one activity (or edge) took, in the order of cases.
struct TimeSample {
    /// Microseconds, ascending.
    private(set) var sorted: [Int64] = []
    /// Over cases.
    private(set) var mean: ClusteredMean?
    /// How much wider the interval of the median is than for independent times.
    private(set) var medianWidening = 1.0
    /// The cases that have any.
    private(set) var cases = 0

    /// The known ones of `times`, whose case positions are `positions`; equal positions stand together.
    init(_ times: some Sequence<(time: Int64, position: UInt32)>) {
        var sums: [Double] = []
        var counts: [Int] = []
        var sum: Int64 = 0
        var count = 0
        var last: UInt32?
        for (time, position) in times where time != Int64.min {
            if position != last && count > 0 {
                sums.append(Double(sum) / 1e6)
                counts.append(count)
                (sum, count) = (0, 0)
            }
            last = position
            sum += time
            count += 1
            sorted.append(time)
        }
        if count > 0 {
            sums.append(Double(sum) / 1e6)
            counts.append(count)
        }
        cases = sums.count
        if cases >= ComparedKPI.smallestSample {
            medianWidening = SerialSample(sorted.map { Double($0) }).quantile(0.5)?.widening ?? 1
        }
        sorted.sort()
        mean = ClusteredMean(sums: sums, counts: counts, isSerial: true)
    }

    /// Mean and median of one kind of time, before and after.
    static func comparisons(
        _ id: String, _ before: TimeSample, _ after: TimeSample, replicates: Int, seed: UInt64, path: [UInt64]
    ) -> [ListedComparison] {
        let cases = min(before.cases, after.cases)
        let mean = ClusteredMean.comparison(id: id + ".mean", unit: "s", before.mean, after.mean)
        return [
            ListedComparison(kpi: mean, better: .lower, observations: cases),
            ListedComparison(
                kpi: median(
                    id + ".median", before, after, isEnough: cases >= ComparedKPI.smallestSample, replicates, seed, path),
                better: .lower, observations: cases),
        ]
    }

    /// The p-value is the bootstrap's; where that is at its least, the tail of the normal distribution as wide as the interval says how
    /// much less it is, as corrections for many tests need to know.
    private static func median(
        _ id: String, _ first: TimeSample, _ second: TimeSample, isEnough: Bool, _ replicates: Int, _ seed: UInt64, _ path: [UInt64]
    ) -> ComparedKPI {
        let (before, after) = (first.sorted, second.sorted)
        let widening = Change.Widening(before: first.medianWidening, after: second.medianWidening)
        let change =
            isEnough
            ? Change.ofQuantile(
                0.5, sortedBefore: before, sortedAfter: after, replicates: replicates, seed: seed, path: path, widening: widening) : nil
        guard let change = change?.scaled(by: 1e-6) else {
            var result = ComparedKPI(
                id: id, unit: "s", before: Quantiles.quantile(0.5, ofSorted: before).map { $0 / 1e6 },
                after: Quantiles.quantile(0.5, ofSorted: after).map { $0 / 1e6 }, nBefore: before.count, nAfter: after.count,
                method: Estimate.Method.bootstrapPercentile.rawValue)
            if let first = result.before, let second = result.after {
                result.changeAbsolute = second - first
                result.changeRelative = first > 0 ? (second - first) / first : nil
            }
            return result
        }
        var result = ComparedKPI(id: id, unit: "s", change, better: .lower)
        if let p = result.pValue, p <= 2 / Double(replicates + 1), let interval = result.changeAbsoluteCi95 {
            let error = interval.halfWidth / StandardNormal.z975
            result.pValue = error > 0 ? min(p, 2 * StandardNormal.cumulative(-abs(change.absolute) / error)) : 0
        }
        return result
    }
}

extension ClusteredMean {
    /// How often something occurs per case: from its count in each case that holds it, and the number of all cases.
    init?(occurrences: [Int], cases: Int) {
        guard cases > 0 else { return nil }
        let total = Double(occurrences.reduce(0, +))
        let squares = Double(occurrences.reduce(0) { $0 + $1 * $1 })
        let all = Double(cases)
        self.init(
            mean: total / all, variance: cases < 2 ? nil : max(0, squares - total * total / all) / (all * (all - 1)), n: cases,
            clusters: cases)
    }

    init(mean: Double, variance: Double?, n: Int, clusters: Int) {
        self.mean = mean
        self.variance = variance
        self.n = n
        self.clusters = clusters
    }
}

/// How often each run of equal positions occurs, in order.
func runLengths(_ positions: ArraySlice<UInt32>) -> [Int] {
    var lengths: [Int] = []
    var last: UInt32?
    for position in positions {
        if position == last {
            lengths[lengths.count - 1] += 1
        } else {
            lengths.append(1)
            last = position
        }
    }
    return lengths
}
