import EventLogs
import Instants

extension LogLint {
    /// Cases with a single recorded event.
    func singleEventCases() -> [LogFinding] {
        var count = 0
        var examples: [LogFinding.Example] = []
        for position in 0..<log.caseCount where log.eventRanges[position].count == 1 {
            count += 1
            if examples.count < 5 {
                let event = log.event(at: log.eventRanges[position].lowerBound)
                examples.append(LogFinding.Example(row: Int(columns.row[event]), text: log.caseName(position)))
            }
        }
        if count == 0 { return [] }
        return [
            LogFinding(
                .singleEventCase, count * 2 >= log.caseCount ? .warning : .info, count: count,
                detail: Self.share(count, of: log.caseCount), examples: examples)
        ]
    }

    /// Cases that the log's edges cut: those that begin near its beginning with an activity that begins none elsewhere, and those
    /// that end near its end with one that ends none elsewhere.
    ///
    /// Near is as long as nine of ten cases take, at most a quarter of the log. What is usual is learnt from the cases that
    /// neither begin near the beginning nor end near the end, at least 30: an activity is unusual in a place that it takes in
    /// less than one of 50 of them. A finding needs 20 cases at the edge, three such among them, and a share of them that lies four
    /// standard errors above the share elsewhere.
    func cutCases(_ bulk: TimeBulk) -> [LogFinding] {
        guard let range = bulk.range else { return [] }
        var cases: [EdgeCase] = []
        cases.reserveCapacity(log.caseCount)
        let time = columns.time
        let activity = columns.activity.ids
        for (position, places) in log.eventRanges.enumerated() {
            var first: Int?
            var last: Int?
            for place in places {
                let event = log.event(at: place)
                if !range.contains(time[event]) { continue }
                if first == nil { first = event }
                last = event
            }
            guard let first, let last else { continue }
            cases.append(
                EdgeCase(
                    position: position, first: first, last: last, begin: time[first], end: time[last], firstActivity: activity[first],
                    lastActivity: activity[last]))
        }
        var durations = cases.map { $0.end - $0.begin }
        if durations.isEmpty { return [] }
        durations.sort()
        let window = min(durations[durations.count * 9 / 10], (range.upperBound - range.lowerBound) / 4)
        let early = range.lowerBound + window
        let late = range.upperBound - window
        let middle = cases.filter { $0.begin > early && $0.end < late }
        guard middle.count >= 30 else { return [] }
        var findings: [LogFinding] = []
        let starts = Self.cut(cases.filter { $0.begin <= early }, among: middle, columns.activity.vocabulary.count, \.firstActivity)
        if let starts { findings.append(finding(.cutStart, starts, \.first)) }
        let ends = Self.cut(cases.filter { $0.end >= late }, among: middle, columns.activity.vocabulary.count, \.lastActivity)
        if let ends { findings.append(finding(.cutEnd, ends, \.last)) }
        return findings
    }

    private func finding(_ rule: LogFinding.Rule, _ edge: (cut: [EdgeCase], all: Int), _ event: (EdgeCase) -> Int) -> LogFinding {
        LogFinding(
            rule, .warning, count: edge.cut.count, detail: Self.share(edge.cut.count, of: edge.all),
            examples: edge.cut.prefix(5).map {
                LogFinding.Example(row: Int(columns.row[event($0)]), text: log.caseName($0.position))
            })
    }

    private static func cut(
        _ edge: [EdgeCase], among middle: [EdgeCase], _ activities: Int, _ activity: (EdgeCase) -> UInt32
    ) -> (cut: [EdgeCase], all: Int)? {
        if edge.count < 20 { return nil }
        var counts = [Int](repeating: 0, count: activities)
        for item in middle { counts[Int(activity(item))] += 1 }
        func isUnusual(_ item: EdgeCase) -> Bool { counts[Int(activity(item))] * 50 < middle.count }
        let cut = edge.filter(isUnusual)
        if cut.count < 3 { return nil }
        let elsewhere = Double(middle.count(where: isUnusual)) / Double(middle.count)
        let here = Double(cut.count) / Double(edge.count)
        // One case more than none, so that "never in 30" is not taken for "never at all".
        let rate = max(elsewhere, 1 / Double(middle.count))
        let error = (rate * (1 - rate) / Double(edge.count)).squareRoot()
        return here - rate > 4 * error ? (cut, edge.count) : nil
    }
}

/// Where a case begins and ends.
private struct EdgeCase {
    var position: Int
    var first: Int
    var last: Int
    var begin: Int64
    var end: Int64
    var firstActivity: UInt32
    var lastActivity: UInt32
}
