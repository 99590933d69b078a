import EventLogs
import Instants

/// Cases that the log's edges cut: those that begin near its beginning with an activity that begins none elsewhere, and those
/// that end near its end with one that ends none elsewhere.
///
/// Near is as long as nine of ten cases take, at most a quarter of the log. What is usual is learnt from the cases that
/// neither begin near the beginning nor end near the end, at least 30: an activity is unusual in a place that it takes in
/// less than one of 50 of them. A finding needs 20 cases at the edge, three such among them, and a share of them that lies four
/// standard errors above the share elsewhere.
struct EdgeTally: Sendable {
    /// Where a case begins and ends.
    private struct Case {
        var begin: Int64
        var end: Int64
        /// Counted from the first of all parts.
        var number: UInt32
        var firstRow: UInt32
        var lastRow: UInt32
        var firstActivity: UInt32
        var lastActivity: UInt32
    }

    private var activities = Vocabulary()
    private var parts: [[Case]] = []

    /// Adds the cases of a part.
    ///
    /// - Parameter range: the times that count; `nil` for all.
    mutating func add(_ log: EventLog, firstCase: Int, within range: ClosedRange<Int64>?) {
        let map = activities.numbers(of: log.activities)
        let columns = log.columns
        var cases: [Case] = []
        cases.reserveCapacity(log.caseCount)
        for (position, places) in log.eventRanges.enumerated() {
            var first: Int?
            var last: Int?
            for place in places {
                let event = log.event(at: place)
                let time = columns.time[event]
                if let range, !range.contains(time) { continue }
                if time == Instant.missing { continue }
                if first == nil { first = event }
                last = event
            }
            guard let first, let last else { continue }
            cases.append(
                Case(
                    begin: columns.time[first], end: columns.time[last], number: UInt32(firstCase) + log.caseIDs[position],
                    firstRow: columns.row[first], lastRow: columns.row[last], firstActivity: map[Int(columns.activity.ids[first])],
                    lastActivity: map[Int(columns.activity.ids[last])]))
        }
        parts.append(cases)
    }

    /// The findings of a log whose times lie in a range.
    func findings(_ range: ClosedRange<Int64>, _ name: (UInt32) -> String) -> [LogFinding] {
        var durations: [Int64] = []
        durations.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        forEach { durations.append($0.end - $0.begin) }
        if durations.isEmpty { return [] }
        durations.sort()
        let window = min(durations[durations.count * 9 / 10], (range.upperBound - range.lowerBound) / 4)
        durations = []
        let early = range.lowerBound + window
        let late = range.upperBound - window
        func isMiddle(_ item: Case) -> Bool { item.begin > early && item.end < late }
        var middle = 0
        var begun = [Int](repeating: 0, count: activities.count)
        var ended = begun
        forEach { item in
            if !isMiddle(item) { return }
            middle += 1
            begun[Int(item.firstActivity)] += 1
            ended[Int(item.lastActivity)] += 1
        }
        guard middle >= 30 else { return [] }
        var findings: [LogFinding] = []
        let starts = cut(middle, begun) { $0.begin <= early ? $0.firstActivity : nil }
        if let starts { findings.append(finding(.cutStart, starts, name) { $0.firstRow }) }
        let ends = cut(middle, ended) { $0.end >= late ? $0.lastActivity : nil }
        if let ends { findings.append(finding(.cutEnd, ends, name) { $0.lastRow }) }
        return findings
    }

    private func forEach(_ body: (Case) -> Void) {
        for part in parts {
            for item in part { body(item) }
        }
    }

    private func finding(
        _ rule: LogFinding.Rule, _ edge: (cut: Int, first: [Case], all: Int), _ name: (UInt32) -> String, _ row: (Case) -> UInt32
    ) -> LogFinding {
        LogFinding(
            rule, .warning, count: edge.cut, detail: LogLint.share(edge.cut, of: edge.all),
            examples: edge.first.map { LogFinding.Example(row: Int(row($0)), text: name($0.number)) })
    }

    /// The cut cases at an edge.
    ///
    /// - Parameters:
    ///   - counts: how many of the cases in the middle have each activity there.
    ///   - activity: the activity of a case there; `nil` where the case is not at the edge.
    private func cut(
        _ middle: Int, _ counts: [Int], _ activity: (Case) -> UInt32?
    ) -> (cut: Int, first: [Case], all: Int)? {
        let isUnusual = counts.map { $0 * 50 < middle }
        var all = 0
        var cut = 0
        var first: [Case] = []
        forEach { item in
            guard let own = activity(item) else { return }
            all += 1
            if !isUnusual[Int(own)] { return }
            cut += 1
            if first.count < 5 { first.append(item) }
        }
        if all < 20 || cut < 3 { return nil }
        let unusual = counts.indices.reduce(0) { $0 + (isUnusual[$1] ? counts[$1] : 0) }
        let elsewhere = Double(unusual) / Double(middle)
        let here = Double(cut) / Double(all)
        // One case more than none, so that "never in 30" is not taken for "never at all".
        let rate = max(elsewhere, 1 / Double(middle))
        let error = (rate * (1 - rate) / Double(all)).squareRoot()
        return here - rate > 4 * error ? (cut, first, all) : nil
    }
}
