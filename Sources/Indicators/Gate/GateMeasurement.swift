import EventLogs
import Instants
package import Statistics

/// A figure of one log with all that a gate needs of that log to judge the figure, and no case of it.
///
/// Statistics of cases rest on the cases in order of their first start, as ``SerialSample`` treats them: cases of one time meet the same
/// queues, so that they are no independent draws. The throughput rests on completions in equal parts of the log's period.
package struct GateMeasurement: Codable, Sendable, Equatable {
    /// The unit, as ``KPIName/unit(currency:)`` names it.
    package var unit: String
    /// The value; `nil` where the log cannot tell.
    package var value: Double?
    /// Its 95 % interval; `nil` where there is too little for one.
    package var ci95: Interval?
    /// The number of cases it rests on.
    package var n: Int
    /// How many times as wide as if cases were independent the interval is; `nil` where there is none, or nothing is estimated.
    package var widening: Double?

    /// A measurement with these parts.
    package init(unit: String, value: Double?, ci95: Interval?, n: Int, widening: Double? = nil) {
        self.unit = unit
        self.value = value
        self.ci95 = ci95
        self.n = n
        self.widening = widening
    }

    /// Measures a figure.
    package init(of name: KPIName, in measures: CaseMeasures) {
        let figure = measures.figure(name)
        self.init(unit: figure.unit, value: figure.value, ci95: nil, n: figure.n)
        guard let value = figure.value else { return }
        if GateCheck.growsWithTheLog(name) {
            ci95 = Interval(low: value, high: value)
            return
        }
        let result =
            switch name.measure {
            case .cycleTime: Self.estimate(name, measures, seconds: measures.cycle)
            case .waitingTime: Self.estimate(name, measures, seconds: measures.waiting)
            case .serviceTime: Self.estimate(name, measures, seconds: measures.service)
            case .cost: Self.estimate(name, measures, measures.cost ?? [])
            case .reworkRate: Self.estimate(name, measures, measures.hasRework.map { $0 ? 1 : 0 })
            case .throughput: measures.serialThroughput
            }
        guard let result, let interval = result.estimate.ci95 else { return }
        // The figure as every other verb prints it; sums in another order may differ in the last digit.
        ci95 = Interval(low: min(value, interval.low), high: max(value, interval.high))
        widening = result.widening
    }

    private static func estimate(_ name: KPIName, _ measures: CaseMeasures, seconds times: [Int64]) -> SerialSample.Result? {
        estimate(name, measures, times.map { $0 == Instant.missing ? .nan : Double($0) / 1e6 })
    }

    private static func estimate(_ name: KPIName, _ measures: CaseMeasures, _ values: [Double]) -> SerialSample.Result? {
        let sample = SerialSample(measures.orderOfStart.lazy.filter { $0 < values.count }.map { values[$0] }.filter { !$0.isNaN })
        switch name.statistic {
        case .mean: return sample.mean()
        case .median: return sample.quantile(0.5)
        case .p90: return sample.quantile(0.9)
        case .p95: return sample.quantile(0.95)
        case .rate: return sample.rate()
        case .sum, .count: return nil
        }
    }
}

extension CaseMeasures {
    /// The case positions by first start; cases without one come first, ties keep the order of the log.
    fileprivate var orderOfStart: [Int] {
        let starts = (0..<log.caseCount).map { log.span(ofCase: $0)?.firstStart ?? .min }
        return starts.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
    }

    /// Completed cases per day with the interval of a mean over equal parts of the period, none shorter than a week; never narrower
    /// than for completions at random (Poisson).
    fileprivate var serialThroughput: SerialSample.Result? {
        guard let days, let firstStart, let lastCompletion else { return nil }
        let parts = min(12, Int(days / 7))
        let n = completions.count
        let value = Double(n) / days
        guard parts > 1, n > 0 else {
            return SerialSample.Result(estimate: Estimate(value: value, ci95: nil, n: n, method: .serial), widening: nil)
        }
        var cases = [Double](repeating: 0, count: parts)
        let length = Double(lastCompletion - firstStart) / Double(parts)
        for completion in completions { cases[min(parts - 1, max(0, Int(Double(completion - firstStart) / length)))] += 1 }
        guard let interval = SerialSample(cases).mean()?.estimate.ci95 else { return nil }
        let independent = StandardNormal.z975 * Double(n).squareRoot() / days
        let half = max(independent, interval.halfWidth * Double(parts) / days)
        return SerialSample.Result(
            estimate: Estimate(value: value, ci95: Interval(low: value - half, high: value + half), n: n, method: .serial),
            widening: half / independent)
    }
}
