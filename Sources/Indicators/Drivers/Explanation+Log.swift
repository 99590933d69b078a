package import EventLogs
import Instants
import Performance
import Statistics

extension Explanation {
    /// The fewest cases that can tell anything.
    package static let smallestSample = 100

    /// Explains a figure of the cases of a log; nil where the measure is not one of cases (the throughput).
    ///
    /// Effects are differences of the mean with all else that is known at the start alike: by least squares with HC3 errors (ridge, without
    /// verdicts, where there are fewer than ten cases a column), for rates by logistic regression as average marginal effects. Cases that
    /// start one after the other may share what is not known: 10 to 50 clusters of them widen intervals where that is so. What is known only
    /// afterwards is added in a second regression, so that it takes nothing from what came first.
    ///
    /// - Parameter threads: how many threads to use; the result does not depend on it.
    package init?(
        of log: EventLog, target measure: KPIName.Measure, options: MeasureOptions = MeasureOptions(), seed: UInt64 = 1, threads: Int = 1
    ) {
        let measures = CaseMeasures(of: log, options: options)
        guard let target = DriverTarget(measure, measures) else { return nil }
        let log = measures.log
        let times = CaseTimes.of(log, endActivities: options.endActivities)
        let rows = target.values.indices.filter { !target.values[$0].isNaN }
        self.target = measure.rawValue
        unit = target.unit
        n = rows.count
        cases = log.caseCount
        mean = rows.isEmpty ? nil : rows.reduce(0) { $0 + target.values[$1] } / Double(rows.count)
        let isTime = target.kind == .seconds
        let open = times.ends.names.isEmpty ? 0 : times.isCensored.count { $0 }
        censored = measure == .cycleTime ? open : nil
        drivers = []
        rules = []
        stepDrivers = []
        (rulesTried, casesSearched, pooled, driftLeftOut, stepsTried) = (0, 0, 0, 0, 0)
        (drift, leftOut, method, rSquared, driftPValue, profiles) = ([], [], nil, nil, nil, nil)

        let movement = KPIDrift(log, rows: rows, values: target.values, times: times)
        drift = movement.changes.map { change in
            var change = change
            if isTime { change.effectS = change.effect }
            return change
        }
        let steps = StepTimes.of(log, times: times)
        drift += KPIDrift.changes(of: steps, in: log, threads: threads)
        driftPValue = movement.pValue
        driftLeftOut = movement.leftOut
        profiles = TraceProfiles(log, values: target.values, seed: seed)
        guard rows.count >= Self.smallestSample else { return }

        var features = DriverFeatures(log, rows: rows, times: times)
        let starts = times.firstStart
        let clusters = DriverFit.clusters(rows, starts: starts)
        let first = features.columns.filter { $0.known == .atStart }
        let all = first + features.columns.filter { $0.known == .afterwards }
        func fit(_ columns: [DriverFeatures.Column]) -> DriverFit? {
            DriverFit.all(columns, features, rows: rows) { design, some in
                target.kind == .share
                    ? DriverFit(logistic: design, rows.map { target.values[$0] != 0 }, clusters: clusters, columns: some)
                    : DriverFit(linear: design, rows.map { target.values[$0] }, clusters: clusters)
            }
        }
        var early = fit(first)
        // That an activity repeats is what rework is.
        let late = all.count > first.count ? fit(all) : nil
        method = early?.method
        rSquared = early?.rSquared
        // What cases are by themselves is told among those that start at about the same time, so that no queue stands between.
        let strata = DriverFit.strata(rows, starts: starts)
        func traits(_ figures: [Double], places: [Int]) -> [Int: RegressionCoefficient] {
            let own = first.indices.filter { first[$0].kind != .load }
            guard let strata, own.contains(where: { first[$0].isTrait }) else { return [:] }
            let fit = DriverFit.all(own.map { first[$0] }, features, rows: places.map { rows[$0] }) { design, _ in
                DriverFit(linear: design, figures, clusters: places.map { clusters[$0] }, strata: places.map { strata[$0] })
            }
            guard let fit, fit.isEnough else { return [:] }
            var result: [Int: RegressionCoefficient] = [:]
            for (place, index) in own.enumerated() where first[index].isTrait && fit.effects[place]?.pValue != nil {
                result[index] = fit.effects[place]
            }
            return result
        }
        func replace(_ effects: inout [RegressionCoefficient?]?, by traits: [Int: RegressionCoefficient]) {
            for (index, effect) in traits { effects?[index] = effect }
        }
        let everyone = Array(rows.indices)
        if target.kind != .share, early?.isEnough == true {
            for (index, effect) in traits(rows.map { target.values[$0] }, places: everyone) { early?.effects[index] = effect }
        }
        var secondary = Secondary(columns: first.count)
        if let costs = measures.cost, target.kind != .money {
            let known = rows.indices.filter { !costs[rows[$0]].isNaN }
            let own = known.map { rows[$0] }
            secondary.money =
                DriverFit.all(first, features, rows: own) { design, _ in
                    DriverFit(linear: design, own.map { costs[$0] }, clusters: known.map { clusters[$0] })
                }?.effects
            replace(&secondary.money, by: traits(own.map { costs[$0] }, places: known))
        }
        if target.isSkewed(rows) {
            secondary.relative =
                DriverFit.all(first, features, rows: rows) { design, _ in
                    DriverFit(linear: design, rows.map { Logarithm.natural(target.values[$0]) }, clusters: clusters)
                }?.effects
            replace(&secondary.relative, by: traits(rows.map { Logarithm.natural(target.values[$0]) }, places: everyone))
        }
        if measure == .cycleTime, open > 0, let last = measures.lastCompletion {
            let lasting = rows.map { row -> Double in
                let age = times.isCensored[row] && starts[row] != Instant.missing ? Double(last - starts[row]) / 1e6 : 0
                return max(target.values[row], age)
            }
            secondary.hazard =
                DriverFit.all(first, features, rows: rows) { design, _ in
                    DriverFit(hazard: design, lasting, ended: rows.map { !times.isCensored[$0] })
                }?.effects
        }
        for (index, column) in all.enumerated() {
            let isEarly = index < first.count
            guard let own = isEarly ? early : late else { continue }
            if own.separated.contains(index) { features.leaveOut(column, .separates) }
            guard !own.aliased.contains(index) else {
                features.leaveOut(column, .aliased)
                continue
            }
            drivers.append(Self.driver(column, own.effects[index], own, isTime, isEarly ? secondary.at(index) : nil, n: rows.count))
        }
        correct()
        for index in drivers.indices where drivers[index].verdict == .driver && drivers[index].kind == .attribute {
            guard let column = first.first(where: { $0.feature == drivers[index].feature && $0.level == drivers[index].level }) else {
                continue
            }
            drivers[index].alike = features.alike(column, rows: rows)
        }
        if measure == .cycleTime || measure == .waitingTime {
            let found = StepDrivers(log, steps: steps, threads: threads)
            (stepDrivers, stepsTried) = (found.drivers, found.looked)
        }
        leftOut = features.leftOut
        pooled = features.pooled
        let search = RuleSearch(features.features, rows: rows, values: target.values, starts: starts, seed: seed)
        rules = search.rules.map { rule in
            var rule = rule
            if isTime { rule.effectS = rule.effect }
            return rule
        }
        rulesTried = search.tried
        casesSearched = search.searched
    }

    /// Effects on other scales, of the columns known at the start.
    private struct Secondary {
        var columns: Int
        var money: [RegressionCoefficient?]?
        var relative: [RegressionCoefficient?]?
        var hazard: [RegressionCoefficient?]?

        func at(_ index: Int) -> (money: RegressionCoefficient?, relative: RegressionCoefficient?, hazard: RegressionCoefficient?) {
            (money?[index], relative?[index], hazard?[index])
        }
    }

    private static func driver(
        _ column: DriverFeatures.Column, _ effect: RegressionCoefficient?, _ fit: DriverFit, _ isTime: Bool,
        _ other: (money: RegressionCoefficient?, relative: RegressionCoefficient?, hazard: RegressionCoefficient?)?, n: Int
    ) -> Driver {
        let share = Double(column.cases) / Double(n)
        let spread = column.step != nil ? 1 : (share * (1 - share)).squareRoot()
        func exponential(_ coefficient: RegressionCoefficient?, less: Double) -> (value: Double, ci95: Interval?)? {
            guard let coefficient else { return nil }
            let value = Logarithm.exponential(coefficient.value) - less
            guard value.isFinite else { return nil }
            return (
                value,
                coefficient.ci95.flatMap {
                    let (low, high) = (Logarithm.exponential($0.low) - less, Logarithm.exponential($0.high) - less)
                    return high.isFinite ? Interval(low: low, high: high) : nil
                }
            )
        }
        let relative = exponential(other?.relative, less: 1)
        let hazard = exponential(other?.hazard, less: 0)
        let isKnown = fit.isEnough && effect?.pValue != nil
        // Of the two scales the one that tells more, at the price of having tried both.
        var pValue = effect?.pValue
        if let own = pValue, let second = other?.relative?.pValue { pValue = min(1, 2 * min(own, second)) }
        return Driver(
            rank: 0, kind: column.kind, feature: column.feature, level: column.level, isRest: column.isContrast && column.level == nil,
            step: column.step,
            known: column.known, cases: column.cases, effect: effect?.value, effectCi95: fit.isEnough ? effect?.ci95 : nil,
            effectS: isTime ? effect?.value : nil, effectMoney: other?.money?.value, effectMoneyCi95: other?.money?.ci95,
            effectRelative: relative?.value, effectRelativeCi95: relative?.ci95, hazardRatio: hazard?.value, hazardRatioCi95: hazard?.ci95,
            contribution: effect.map { $0.value.magnitude * spread }, pValue: isKnown ? pValue : nil, pAdjusted: nil,
            alike: [], verdict: isKnown ? .noEvidence : .insufficient)
    }

    /// Corrects the p-values, judges and ranks.
    private mutating func correct() {
        // What is known at the start and what is known afterwards are two questions.
        for known in [Known.atStart, .afterwards] {
            let own = drivers.indices.filter { drivers[$0].known == known }
            for (index, value) in zip(own, FalseDiscovery.adjusted(own.map { drivers[$0].pValue })) {
                drivers[index].pAdjusted = value
                if let value, value <= 0.05 { drivers[index].verdict = .driver }
            }
        }
        func place(_ verdict: Verdict) -> Int {
            switch verdict {
            case .driver: 0
            case .noEvidence: 1
            case .insufficient: 2
            }
        }
        let order = drivers.indices.sorted { left, right in
            let (first, second) = (drivers[left], drivers[right])
            if place(first.verdict) != place(second.verdict) { return place(first.verdict) < place(second.verdict) }
            let (own, other) = (first.contribution ?? -1, second.contribution ?? -1)
            return own != other ? own > other : left < right
        }
        drivers = order.enumerated().map { rank, index in
            var driver = drivers[index]
            driver.rank = rank + 1
            return driver
        }
    }
}
