import EventLogs
import Instants

/// The weeks of a log, from the one of its first instance on: Monday 00:00 to Monday 00:00 on a clock at a fixed offset.
struct WeekCalendar {
    /// Seconds east of UTC.
    let offset: Int
    /// How many weeks the log's instances touch.
    let count: Int
    /// The first Monday 00:00: microseconds.
    private let origin: Int64
    private let first: Int64
    private let last: Int64

    static let length = 7 * Microseconds.day

    init(_ log: EventLog) {
        var first = Int64.max
        var last = Int64.min
        for position in 0..<log.caseCount {
            guard let span = log.span(ofCase: position) else { continue }
            first = Swift.min(first, span.firstStart)
            last = Swift.max(last, span.lastCompletion)
        }
        offset = log.columns.prevailingOffset
        self.first = first
        self.last = last
        guard first <= last else {
            origin = 0
            count = 0
            return
        }
        // 1970-01-05 was a Monday.
        let shift = 4 * Microseconds.day - Int64(offset) * Microseconds.second
        origin = (first - shift).flooredQuotient(by: Self.length) * Self.length + shift
        count = Int((last - origin) / Self.length) + 1
    }

    /// The week that holds a time not before the first.
    @inline(__always)
    func week(of time: Int64) -> Int {
        Int((time - origin) / Self.length)
    }

    /// When a week begins.
    func start(_ week: Int) -> Int64 {
        origin + Int64(week) * Self.length
    }

    func text(_ week: Int) -> String {
        Instant(microseconds: start(week)).iso8601(offset: offset)
    }

    func isPartial(_ week: Int) -> Bool {
        (week == 0 && first >= origin + Microseconds.day)
            || (week == count - 1 && last < start(week) + 6 * Microseconds.day)
    }

    /// Calls `body` with every week that a span of time touches and the part of the span in it; a span without length is in one.
    @inline(__always)
    func forEachWeek(_ from: Int64, _ to: Int64, _ body: (Int, Int64) -> Void) {
        if from > to { return }
        var from = from
        var week = week(of: from)
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
        for (position, range) in log.instanceRanges.enumerated() {
            for instance in range {
                let time = log.instances.completion[instance]
                if time != Instant.missing { instances[week(of: time)] += 1 }
            }
            guard let span = log.span(ofCase: position) else { continue }
            started[week(of: span.firstStart)] += 1
            completed[week(of: span.lastCompletion)] += 1
        }
        var under = 0
        return (0..<count).map { week in
            under += started[week]
            defer { under -= completed[week] }
            return Workload.LogWeek(
                number: week, weekStart: text(week), isPartial: isPartial(week), instances: instances[week],
                casesStarted: started[week], casesCompleted: completed[week], casesInProgress: under)
        }
    }
}
