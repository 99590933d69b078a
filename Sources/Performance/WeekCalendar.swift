import EventLogs
import Instants
import Statistics

/// The weeks of a log, from the one of its first instance to the one of its last: Monday 00:00 to Monday 00:00 on a clock at a fixed
/// offset.
///
/// Where a log spans more than a century, as one stamp of 1900 or 9999 makes it, only the 50 years on either side of the median
/// completion count; times outside are in no week.
struct WeekCalendar {
    /// Seconds east of UTC.
    let offset: Int
    /// How many weeks there are.
    let count: Int
    /// The beginning of each week in ISO 8601.
    let texts: [String]
    /// The first Monday 00:00: microseconds.
    private let origin: Int64
    private let first: Int64
    private let last: Int64

    private static let length = 7 * Microseconds.day
    private static let longest = 36_525 * Microseconds.day

    init(_ log: EventLog) {
        var first = Int64.max
        var last = Int64.min
        for position in 0..<log.caseCount {
            guard let span = log.span(ofCase: position) else { continue }
            first = Swift.min(first, span.firstStart)
            last = Swift.max(last, span.lastCompletion)
        }
        let offset = log.columns.prevailingOffset
        self.offset = offset
        if first <= last && last - first > Self.longest, let middle = Self.medianCompletion(log) {
            first = Swift.max(first, middle - Self.longest / 2)
            last = Swift.min(last, middle + Self.longest / 2)
        }
        self.first = first
        self.last = last
        guard first <= last else {
            origin = 0
            count = 0
            texts = []
            return
        }
        // 1970-01-05 was a Monday.
        let shift = 4 * Microseconds.day - Int64(offset) * Microseconds.second
        let origin = (first - shift).flooredQuotient(by: Self.length) * Self.length + shift
        self.origin = origin
        count = Int((last - origin) / Self.length) + 1
        texts = (0..<count).map { Instant(microseconds: origin + Int64($0) * Self.length).iso8601(offset: offset) }
    }

    private static func medianCompletion(_ log: EventLog) -> Int64? {
        var known: [Int64] = []
        for range in log.instanceRanges {
            for instance in range where log.instances.completion[instance] != Instant.missing {
                known.append(log.instances.completion[instance])
            }
        }
        return Quantiles.median(of: known).map { Int64($0) }
    }

    /// The week that holds a time; `nil` where none does.
    @inline(__always)
    func week(of time: Int64) -> Int? {
        time < first || time > last ? nil : Int((time - origin) / Self.length)
    }

    private func start(_ week: Int) -> Int64 {
        origin + Int64(week) * Self.length
    }

    /// Whether the log begins after the first day of its first week, or ends before the last day of its last.
    func isPartial(_ week: Int) -> Bool {
        (week == 0 && first >= origin + Microseconds.day)
            || (week == count - 1 && last < start(week) + 6 * Microseconds.day)
    }

    /// Calls `body` with every week that a span of time touches and the part of the span in it; a span without length is in one.
    @inline(__always)
    func forEachWeek(_ from: Int64, _ to: Int64, _ body: (Int, Int64) -> Void) {
        var from = Swift.max(from, first)
        let to = Swift.min(to, last)
        if from > to { return }
        var week = Int((from - origin) / Self.length)
        while true {
            let end = start(week + 1)
            if to <= end {
                body(week, to - from)
                return
            }
            body(week, end - from)
            from = end
            week += 1
        }
    }

    /// Cases and instances by week.
    func logWeeks(_ log: EventLog) -> [Workload.LogWeek] {
        if count == 0 { return [] }
        var instances = [Int](repeating: 0, count: count)
        var started = instances
        var completed = instances
        var under = 0
        for (position, range) in log.instanceRanges.enumerated() {
            for instance in range {
                let time = log.instances.completion[instance]
                if time != Instant.missing, let week = week(of: time) { instances[week] += 1 }
            }
            guard let span = log.span(ofCase: position), span.firstStart <= last, span.lastCompletion >= first else { continue }
            if let week = week(of: span.firstStart) { started[week] += 1 } else { under += 1 }
            if let week = week(of: span.lastCompletion) { completed[week] += 1 }
        }
        return (0..<count).map { week in
            under += started[week]
            defer { under -= completed[week] }
            return Workload.LogWeek(
                number: week, weekStart: texts[week], isPartial: isPartial(week), instances: instances[week],
                casesStarted: started[week], casesCompleted: completed[week], casesInProgress: under)
        }
    }
}
