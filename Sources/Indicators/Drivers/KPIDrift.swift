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

    /// The most steps that are looked at, those that hold most time; the level of each test is shared among them.
    static let mostEdges = 20

    /// Lasting changes of the time that steps from one activity to the next take on the log's clock, in order of the completion of the first.
    ///
    /// A change of one step may drown in the cycle time of whole cases; and it is dated by the step, not by the start of its case. Of steps
    /// that begin shortly before the log ends only the short ones have ended: where cases are open, those that begin later than its 95 %
    /// quantile before the end are left out.
    static func edges(_ log: EventLog, times: CaseTimes) -> [Explanation.Change] {
        let instances = log.instances
        let count = log.activities.count
        var totals: [Int: (total: Double, count: Int)] = [:]
        func forEachStep(_ body: (_ key: Int, _ completion: Int64, _ duration: Double) -> Void) {
            log.forEachStep { before, instance, completion, duration in
                guard completion != Instant.missing, duration != Instant.missing else { return }
                body(Int(instances.activity[before]) * count + Int(instances.activity[instance]), completion, Double(duration) / 1e6)
            }
        }
        forEachStep { key, _, duration in
            let known = totals[key] ?? (0, 0)
            totals[key] = (known.total + max(0, duration), known.count + 1)
        }
        let chosen = totals.keys.filter { totals[$0]!.count >= 200 && totals[$0]!.total > 0 }
            .sorted { left, right in
                totals[left]!.total != totals[right]!.total ? totals[left]!.total > totals[right]!.total : left < right
            }.prefix(mostEdges)
        var place: [Int: Int] = [:]
        for (index, key) in chosen.enumerated() { place[key] = index }
        var steps = [[(time: Int64, value: Double)]](repeating: [], count: chosen.count)
        forEachStep { key, completion, duration in
            if let index = place[key] { steps[index].append((completion, duration)) }
        }
        let isOpen = !times.ends.names.isEmpty && times.isCensored.contains(true)
        let last = times.lastCompletion.max() ?? Instant.missing
        var changes: [Explanation.Change] = []
        for (index, key) in chosen.enumerated() {
            var own = steps[index].enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
            if isOpen, let long = Quantiles.quantile(0.95, of: own.map(\.value)) {
                own = own.filter { (Double(last) - Double($0.time)) / 1e6 >= long }
            }
            let series = Series(times: own.map(\.time), values: own.map(\.value))
            let found = ChangePoints(
                series.values, leastLength: max(30, own.count / 20), significance: ChangePoints.significance / Double(chosen.count))
            let names = (log.activities[UInt32(key / count)], log.activities[UInt32(key % count)])
            changes += series.changes(found, offset: log.columns.prevailingOffset, edge: names)
        }
        return changes
    }
}
