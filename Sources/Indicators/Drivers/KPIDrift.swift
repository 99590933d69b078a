import EventLogs
import Instants
import Performance
import Statistics

/// Lasting changes of a figure over the cases in order of their start.
///
/// Where cases are still open, the last ones are left out: of those that start shortly before the log ends only the short ones have ended.
struct KPIDrift {
    private(set) var changes: [Explanation.Change] = []
    private(set) var pValue: Double?
    private(set) var leftOut = 0

    /// - Parameters:
    ///   - rows: the case positions with a value.
    ///   - values: per case position.
    init(_ log: EventLog, rows: [Int], values: [Double], times: CaseTimes) {
        var order = rows.filter { times.firstStart[$0] != Instant.missing }
            .sorted { (times.firstStart[$0], $0) < (times.firstStart[$1], $1) }
        let isOpen = !times.ends.names.isEmpty && order.contains { times.isCensored[$0] }
        if isOpen {
            let finished = order.filter { !times.isCensored[$0] && times.lastCompletion[$0] != Instant.missing }
            let spans = finished.map { Double(times.lastCompletion[$0]) - Double(times.firstStart[$0]) }
            let last = order.map { times.lastCompletion[$0] }.max() ?? Instant.missing
            if let long = Quantiles.quantile(0.95, of: spans), last != Instant.missing {
                let kept = order.filter { Double(last) - Double(times.firstStart[$0]) >= long }
                leftOut = order.count - kept.count
                order = kept
            }
            // What has not ended by then is as long as it is old, not as it will be.
            order = order.filter { !times.isCensored[$0] }
        }
        let offset = log.columns.prevailingOffset
        let figure = Series(times: order.map { times.firstStart[$0] }, values: order.map { values[$0] })
        let found = ChangePoints(figure.values, leastLength: max(30, order.count / 20))
        pValue = found.pValue
        changes = figure.changes(found, offset: offset, edge: nil)
    }

    /// Values in order of time.
    private struct Series {
        var times: [Int64]
        var values: [Double]

        func changes(_ found: ChangePoints, offset: Int, edge: (source: String, target: String)?) -> [Explanation.Change] {
            func date(_ place: Int) -> String { Instant(microseconds: times[place]).iso8601(offset: offset) }
            return found.points.enumerated().compactMap { number, point in
                let start = number == 0 ? 0 : found.points[number - 1].index
                let end = number + 1 < found.points.count ? found.points[number + 1].index : values.count
                let before = SerialSample(Array(values[start..<point.index])).mean()?.estimate
                let after = SerialSample(Array(values[point.index..<end])).mean()?.estimate
                guard let before, let after else { return nil }
                let effect = after.value - before.value
                var interval: Interval?
                if let first = before.ci95, let second = after.ci95 {
                    let half = (first.halfWidth * first.halfWidth + second.halfWidth * second.halfWidth).squareRoot()
                    interval = Interval(low: effect - half, high: effect + half)
                }
                return Explanation.Change(
                    source: edge?.source, target: edge?.target, date: date(point.index),
                    dateCi95: [date(point.earliest), date(point.latest)], casesBefore: point.index - start, casesAfter: end - point.index,
                    meanBefore: before.value, meanAfter: after.value, effect: effect, effectCi95: interval,
                    effectS: edge == nil ? nil : effect, pValue: point.pValue)
            }
        }
    }

    /// Lasting changes of the times of steps; the level of each test is shared among them.
    ///
    /// A change of one step may drown in the cycle time of whole cases; and it is dated by the step, not by the start of its case.
    static func changes(of steps: [StepTimes], in log: EventLog, threads: Int) -> [Explanation.Change] {
        Parallel.map(steps.count, threads: threads) { number in
            let step = steps[number]
            let found = ChangePoints(
                step.values, leastLength: max(30, step.values.count / 20),
                significance: ChangePoints.significance / Double(steps.count))
            return Series(times: step.times, values: step.values)
                .changes(found, offset: log.columns.prevailingOffset, edge: (step.source, step.target))
        }.flatMap { $0 }
    }
}
