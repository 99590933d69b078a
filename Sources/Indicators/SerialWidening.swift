import EventLogs
import Instants
import Statistics

/// How many times as wide as for independent cases the intervals of a comparison are, because cases that follow one another meet the
/// same queues (`SerialSample`).
struct SerialWidening {
    /// For the means, in the order of `CaseMeasures.meanOrder`.
    let means: [Change.Widening]
    private let median: Change.Widening
    private let p90: Change.Widening

    /// For two logs whose cases are in the order of their first start.
    init(_ first: CaseMeasures, _ second: CaseMeasures) {
        means = zip(first.meanColumns, second.meanColumns).map { before, after in
            Change.Widening(before: Self.ofMean(before), after: Self.ofMean(after))
        }
        let (own, other) = (first.knownCycles, second.knownCycles)
        median = Change.Widening(before: Self.ofQuantile(0.5, own), after: Self.ofQuantile(0.5, other))
        p90 = Change.Widening(before: Self.ofQuantile(0.9, own), after: Self.ofQuantile(0.9, other))
    }

    /// For the median (0.5) or the 90th percentile of the cycle time.
    func quantile(_ probability: Double) -> Change.Widening {
        probability == 0.5 ? median : p90
    }

    private static func ofMean(_ values: [Double]) -> Double {
        SerialSample(values.filter { !$0.isNaN }).mean()?.widening ?? 1
    }

    private static func ofQuantile(_ probability: Double, _ values: [Double]) -> Double {
        SerialSample(values).quantile(probability)?.widening ?? 1
    }
}

extension CaseMeasures {
    /// The known cycle times in the order of cases.
    fileprivate var knownCycles: [Double] {
        cycle.filter { $0 != Instant.missing }.map { Double($0) }
    }
}

extension EventLog {
    /// The view with cases in the order of their first start; cases without a time come last, ties keep the order of the file.
    var inOrderOfFirstStart: EventLog {
        let starts = caseSpans.map { $0?.firstStart ?? Int64.max }
        if zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }) { return self }
        return selecting(cases: starts.indices.sorted { (starts[$0], $0) < (starts[$1], $1) })
    }
}
