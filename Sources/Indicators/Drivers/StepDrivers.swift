import EventLogs
import Statistics

/// What cases are by themselves (attributes, the first activity and role) that goes with how long single steps take.
///
/// The cycle time of a case adds up many steps, and the queue of one of them may hide what makes another one slow. So the steps that hold most
/// time (``StepTimes``) are explained one by one, each by the first time that a case takes it, among cases of about the same time
/// (``DriverFit/strata(_:starts:)``); where its times are skewed, their logarithm is judged. A p-value is that of Student's t with no more
/// degrees of freedom than a level has cases, less one, as the spread among few cases is itself uncertain; it is corrected over all steps and
/// columns by Benjamini and Hochberg.
struct StepDrivers {
    /// The most cases of a step; of more, as many at equal distances in time.
    static let mostCases = 20_000

    /// What was found, ranked.
    private(set) var drivers: [Explanation.StepDriver] = []
    /// How many columns of how many steps were looked at.
    private(set) var looked = 0

    init(_ log: EventLog, steps: [StepTimes], threads: Int) {
        var found = Parallel.map(steps.count, threads: threads) { number in
            let step = steps[number]
            return Self.candidates(
                log, step.firstOfEachCase(most: Self.mostCases), share: Double(step.values.count) / Double(log.caseCount))
        }.flatMap { $0 }
        looked = found.count
        for (place, value) in FalseDiscovery.adjusted(found.map(\.driver.pValue)).enumerated() {
            found[place].driver.pAdjusted = value ?? 1
        }
        let kept = found.indices.filter { found[$0].driver.pAdjusted <= 0.05 }
            .sorted { found[$0].weight != found[$1].weight ? found[$0].weight > found[$1].weight : $0 < $1 }
        drivers = kept.enumerated().map { rank, place in
            var driver = found[place].driver
            driver.rank = rank + 1
            return driver
        }
    }

    /// - Parameter share: how often a case takes the step.
    private static func candidates(_ log: EventLog, _ step: StepTimes, share: Double)
        -> [(driver: Explanation.StepDriver, weight: Double)]
    {
        let features = DriverFeatures(traitsOf: log, rows: step.cases)
        let columns = features.columns
        guard !columns.isEmpty else { return [] }
        let places = Array(step.cases.indices)
        let clusters = DriverFit.clusters(places, starts: step.times)
        func fit(_ figures: [Double]) -> DriverFit? {
            for strata in [DriverFit.strata(places, starts: step.times), nil] {
                let fit = DriverFit.all(columns, features, rows: step.cases) { design, _ in
                    DriverFit(linear: design, figures, clusters: clusters, strata: strata)
                }
                if let fit, fit.isEnough { return fit }
            }
            return nil
        }
        guard let plain = fit(step.values) else { return [] }
        let relative = DriverTarget.isSkewed(step.values) ? fit(step.values.map { Logarithm.natural($0) }) : nil
        return columns.indices.compactMap { index in
            let column = columns[index]
            guard let effect = plain.effects[index], let judged = (relative ?? plain).effects[index],
                let pValue = cautious(judged, cases: column.cases)
            else { return nil }
            let part = Double(column.cases) / Double(step.cases.count)
            let spread = column.step != nil ? 1 : (part * (1 - part)).squareRoot()
            let growth = relative?.effects[index]
            let driver = Explanation.StepDriver(
                rank: 0, source: step.source, target: step.target, kind: column.kind, feature: column.feature, level: column.level,
                isRest: column.isContrast && column.level == nil, step: column.step, cases: column.cases, effectS: effect.value,
                effectCi95: effect.ci95, effectRelative: growth.map { Logarithm.exponential($0.value) - 1 },
                effectRelativeCi95: growth?.ci95.map {
                    Interval(low: Logarithm.exponential($0.low) - 1, high: Logarithm.exponential($0.high) - 1)
                }, alike: pValue <= 0.05 ? features.alike(column, rows: step.cases) : [], pValue: pValue, pAdjusted: 1)
            return (driver, effect.value.magnitude * spread * share)
        }
    }

    /// The p-value of a coefficient whose spread is known from so many cases only.
    private static func cautious(_ effect: RegressionCoefficient, cases: Int) -> Double? {
        guard let pValue = effect.pValue, let error = effect.standardError, cases > 1 else { return nil }
        let student = StudentT(degreesOfFreedom: Double(cases - 1))
        return max(pValue, min(1, 2 * student.cumulative(-(effect.value / error).magnitude)))
    }
}
