package import EventLogs
import Instants
import Performance
import Statistics

/// How a comparison is made.
package struct ComparisonOptions: Sendable {
    /// How both logs are measured.
    package var measures: MeasureOptions
    /// The user's seed.
    package var seed: UInt64
    /// How often samples are resampled; at least 39 for 95 % intervals.
    package var replicates: Int

    /// These options; by default seed 1 and 2,000 resamples.
    package init(measures: MeasureOptions = MeasureOptions(), seed: UInt64 = 1, replicates: Int = 2_000) {
        self.measures = measures
        self.seed = seed
        self.replicates = replicates
    }
}

/// What differs between two logs of one process, with intervals and verdicts.
///
/// Means and quantiles get percentile intervals of the bootstrap, rates Newcombe's intervals. Cases that meet the same queue wait
/// alike, so the intervals of times are as wide as consecutive cases, in the order of their first start, really vary
/// (``SerialWidening``); rates take cases as independent. The throughput is compared over weeks. Activities and edges are many,
/// so their p-values are corrected.
package struct Comparison: Codable, Sendable, Equatable {
    /// The cases that count before.
    package var casesBefore: Int
    /// The cases that count after.
    package var casesAfter: Int
    /// Cases left out because they lie astride the instant at which one log was split; nil for two logs.
    package var astride: Int?
    /// The KPIs of ``KPIName/compared``, in that order.
    package var kpis: [ComparedKPI]
    /// What the adjusted changes rest on; nil where nothing could be adjusted for.
    package var caseMix: CaseMix?
    /// The activities of both logs.
    package var activities: [ComparedActivity]
    /// The edges of both logs.
    package var edges: [ComparedEdge]

    /// Compares two logs.
    ///
    /// - Parameter astride: the cases left out when one log was split.
    package init(before: EventLog, after: EventLog, astride: Int? = nil, options: ComparisonOptions = ComparisonOptions()) {
        let first = CaseMeasures(of: before.inOrderOfFirstStart, options: options.measures)
        let second = CaseMeasures(of: after.inOrderOfFirstStart, options: options.measures)
        let widening = SerialWidening(first, second)
        casesBefore = first.log.caseCount
        casesAfter = second.log.caseCount
        self.astride = astride
        kpis = Self.kpis(first, second, widening, options)
        let strata = CaseStrata(before: first.log, after: second.log)
        caseMix = strata?.mix
        if let strata { Standardisation(strata, first, second, options).adjust(&kpis, widening) }
        activities = ComparedActivity.all(
            before: first.log, after: second.log, replicates: options.replicates, seed: options.seed, path: [3])
        edges = ComparedEdge.all(before: first.log, after: second.log, replicates: options.replicates, seed: options.seed, path: [4])
    }

    /// Comparisons that stand side by side: of each KPI of whole logs the p-values are corrected over all of them (Benjamini and Hochberg, 1995), and a
    /// difference whose corrected p-value is above 0.05 is none. One comparison alone stays as it is.
    package static func judgedTogether(_ comparisons: [Comparison]) -> [Comparison] {
        guard comparisons.count > 1 else { return comparisons }
        var comparisons = comparisons
        for name in KPIName.compared {
            let places = comparisons.indices.compactMap { place in
                comparisons[place].kpis.firstIndex { $0.id == name.text }.map { (place, $0) }
            }
            let adjusted = FalseDiscovery.adjusted(
                places.map { place, kpi in
                    let figure = comparisons[place].kpis[kpi]
                    return figure.verdict == .insufficient ? nil : figure.pValue
                })
            for (next, (place, kpi)) in places.enumerated() {
                comparisons[place].kpis[kpi].pAdjusted = adjusted[next]
                if let p = adjusted[next], p > 0.05 { comparisons[place].kpis[kpi].verdict = .noChange }
            }
        }
        return comparisons
    }

    // MARK: - KPIs of whole logs

    private static func kpis(
        _ first: CaseMeasures, _ second: CaseMeasures, _ widening: SerialWidening, _ options: ComparisonOptions
    ) -> [ComparedKPI] {
        let means = Change.ofMeans(
            before: first.meanColumns, after: second.meanColumns, replicates: options.replicates, seed: options.seed, path: [1],
            widening: widening.means)
        return KPIName.compared.map { name in
            let (before, after) = (first.figure(name), second.figure(name))
            var method = Estimate.Method.bootstrapPercentile.rawValue
            let change: Change?
            switch (name.measure, name.statistic) {
            case (.throughput, _):
                let compared = throughput(name, first, second, options)
                return compared
            case (.reworkRate, _):
                method = Estimate.Method.newcombe.rawValue
                change = Change.ofRate(
                    before: (first.hasRework.count { $0 }, first.hasRework.count),
                    after: (second.hasRework.count { $0 }, second.hasRework.count))
            case (_, .mean): change = means[CaseMeasures.meanOrder.firstIndex(of: name.measure)!]
            default:
                let probability = name.statistic == .median ? 0.5 : 0.9
                change = Change.ofQuantile(
                    probability, sortedBefore: first.sortedCycle, sortedAfter: second.sortedCycle, replicates: options.replicates,
                    seed: options.seed, path: [2, UInt64(probability * 100)], widening: widening.quantile(probability))?.scaled(by: 1e-6)
            }
            guard let change else {
                return ComparedKPI(
                    id: name.text, unit: before.unit, before: before.value, after: after.value, nBefore: before.n, nAfter: after.n,
                    method: method)
            }
            var result = ComparedKPI(id: name.text, unit: before.unit, change, better: .lower)
            result.setValues(before, after)
            return result
        }
    }

    /// The period of each log is cut into equal parts of about a week: their mean rate is the throughput, and they are resampled as the
    /// bootstrap of blocks does (Künsch, Annals of Statistics 17, 1989, doi:10.1214/aos/1176347265), since completions of one
    /// week depend on one another.
    private static func throughput(
        _ name: KPIName, _ first: CaseMeasures, _ second: CaseMeasures, _ options: ComparisonOptions
    ) -> ComparedKPI {
        let (before, after) = (first.figure(name), second.figure(name))
        let method = "weekly-bootstrap"
        let unknown = ComparedKPI(
            id: name.text, unit: before.unit, before: before.value, after: after.value, nBefore: before.n, nAfter: after.n, method: method)
        guard before.value != nil, after.value != nil else { return unknown }
        let (weeksBefore, weeksAfter) = (first.weeklyThroughput, second.weeklyThroughput)
        let changes = Change.ofMeans(
            before: [weeksBefore], after: [weeksAfter], replicates: options.replicates, seed: options.seed, path: [5])
        guard let change = changes[0] else { return unknown }
        var result = ComparedKPI(id: name.text, unit: before.unit, change, better: .higher, method: method)
        result.setValues(before, after)
        let isEnough = min(weeksBefore.count, weeksAfter.count) >= ComparedKPI.smallestNumberOfWeeks
        result.judge(isDifferent: isEnough ? result.changeAbsoluteCi95.map { !$0.contains(0) } : nil, better: .higher)
        return result
    }
}

extension CaseMeasures {
    /// The measures that ``meanColumns`` holds, in order.
    static let meanOrder: [KPIName.Measure] = [.cycleTime, .waitingTime, .serviceTime, .cost]

    /// Seconds and money per case, NaN where unknown.
    var meanColumns: [[Double]] {
        func seconds(_ times: [Int64]) -> [Double] { times.map { $0 == Instant.missing ? .nan : Double($0) / 1e6 } }
        return [
            seconds(cycle), seconds(waiting), seconds(service), cost ?? [Double](repeating: .nan, count: log.caseCount),
        ]
    }

    /// The known cycle times, ascending.
    var sortedCycle: [Int64] { cycle.filter { $0 != Instant.missing }.sorted() }

    /// Completed cases per day in each of the equal parts of about a week between the first start and the last completion.
    var weeklyThroughput: [Double] {
        guard let days, let firstStart, let lastCompletion else { return [] }
        let count = max(1, Int((days / 7).rounded()))
        var cases = [Int](repeating: 0, count: count)
        let length = Double(lastCompletion - firstStart) / Double(count)
        for completion in completions { cases[min(count - 1, max(0, Int(Double(completion - firstStart) / length)))] += 1 }
        return cases.map { Double($0) * Double(count) / days }
    }
}
