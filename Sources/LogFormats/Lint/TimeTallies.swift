import EventLogs
import Instants

/// Times that an empty stretch parts from all others, and times behind the instant at which the log was drawn.
struct OutlierTally: Sendable {
    private let asOf: Int64?
    private var times: [[Int64]] = []
    private var timeRange: ClosedRange<Int64>?
    private var startRange: ClosedRange<Int64>?
    private var bulkCount = 0
    private var ancient = PairingFacts.Tally()
    private var future = PairingFacts.Tally()
    /// Between which times the log lies; known once it is settled.
    private(set) var range: ClosedRange<Int64>?

    init(_ options: LogLint.Options) {
        asOf = options.asOf?.microseconds
    }

    mutating func add(_ log: EventLog) {
        let (time, start) = (log.columns.time, log.columns.start)
        var own: [Int64] = []
        own.reserveCapacity(log.eventCount)
        log.forEachEvent { event in
            if time[event] != Instant.missing { own.append(time[event]) }
            if !start.isEmpty && start[event] != Instant.missing { startRange = Self.extended(startRange, start[event]) }
        }
        for time in own { timeRange = Self.extended(timeRange, time) }
        times.append(own)
    }

    @inline(__always)
    private static func extended(_ range: ClosedRange<Int64>?, _ value: Int64) -> ClosedRange<Int64> {
        guard let range else { return value...value }
        if range.contains(value) { return range }
        return min(range.lowerBound, value)...max(range.upperBound, value)
    }

    /// Finds between which times the log lies, now that all of them are known.
    mutating func settle() {
        var all: [Int64] = []
        all.reserveCapacity(times.reduce(0) { $0 + $1.count })
        for place in times.indices {
            all += times[place]
            times[place] = []
        }
        let bulk = TimeBulk(all)
        range = bulk.range
        bulkCount = bulk.count
    }

    /// The last time that is right.
    private func end(_ range: ClosedRange<Int64>) -> Int64 { asOf.map { min($0, range.upperBound) } ?? range.upperBound }

    // What the log's own times judge is only judged where there are enough of them.
    private var hasBulk: Bool { bulkCount >= TimeBulk.leastCount }
    private var knowsEnd: Bool { hasBulk || asOf != nil }

    /// Whether some times of cases do not count.
    var partsEdges: Bool {
        guard let range, let timeRange else { return false }
        return timeRange.lowerBound < range.lowerBound || timeRange.upperBound > range.upperBound
    }

    /// Whether any time is to be judged, for which all must be looked at again.
    var needsAnotherLook: Bool {
        guard let range, let timeRange else { return false }
        let lower = min(timeRange.lowerBound, startRange?.lowerBound ?? .max)
        let upper = max(timeRange.upperBound, startRange?.upperBound ?? .min)
        return partsEdges || hasBulk && lower < range.lowerBound || knowsEnd && upper > end(range)
    }

    mutating func judge(_ log: EventLog) {
        guard let range else { return }
        let columns = log.columns
        let end = end(range)
        let (time, start) = (columns.time, columns.start)
        let hasStarts = !start.isEmpty
        let (hasBulk, knowsEnd) = (hasBulk, knowsEnd)
        log.forEachEvent { event in
            let own = time[event]
            let begun = hasStarts ? start[event] : Instant.missing
            let isAncient = hasBulk && (own < range.lowerBound && own != Instant.missing || Self.isBefore(begun, range.lowerBound))
            let isFuture = knowsEnd && (own > end || begun > end)
            if !isAncient && !isFuture { return }
            let isOwn = isAncient ? own < range.lowerBound && own != Instant.missing : own > end
            func example() -> LogFinding.Example {
                let shown = isOwn ? columns.text(own, form: columns.timeForm[event]) : columns.text(begun, form: columns.startForm[event])
                return LogFinding.Example(row: Int(columns.row[event]), text: shown)
            }
            if isAncient { ancient.add(example) } else { future.add(example) }
        }
    }

    /// A start alone may lie before the log's first completion, by as long as work takes: only what a gap parts is an outlier.
    private static func isBefore(_ start: Int64, _ first: Int64) -> Bool {
        if start == Instant.missing { return false }
        let distance = first.subtractingReportingOverflow(start)
        return distance.overflow || distance.partialValue > TimeBulk.leastGap
    }

    func findings(offset: Int) -> [LogFinding] {
        guard let range else { return [] }
        var findings: [LogFinding] = []
        if ancient.count > 0 {
            let first = Instant(microseconds: range.lowerBound).iso8601(offset: offset)
            findings.append(
                LogFinding(.ancientTime, .warning, count: ancient.count, detail: String(first.prefix(10)), examples: ancient.examples))
        }
        if future.count > 0 {
            let last = Instant(microseconds: end(range)).iso8601(offset: offset)
            findings.append(
                LogFinding(.futureTime, .warning, count: future.count, detail: String(last.prefix(10)), examples: future.examples))
        }
        return findings
    }
}

/// Columns of times in which every value is midnight on its own clock, though a time part was written.
struct MidnightTallies: Sendable {
    /// The values of one column.
    private struct Figure: Sendable {
        private var count = 0
        private var hasOthers = false

        /// How many values there are, if all are midnights and some have a time part; else `nil`.
        var midnights: Int? { hasOthers || count == 0 ? nil : count }

        mutating func add(_ times: [Int64], _ forms: [UInt16], _ table: [TimeForm]) {
            if hasOthers { return }
            for (time, form) in zip(times, forms) where time != Instant.missing {
                if !take(time, table[Int(form)]) { return }
            }
        }

        mutating func add(_ column: AttributeColumn, _ table: [TimeForm]) {
            if hasOthers { return }
            for row in 0..<column.count where column.isPresent(row) {
                let number = row < column.forms.count ? Int(column.forms[row]) : 0
                if number >= table.count {
                    hasOthers = true
                    return
                }
                if !take(column.words[row], table[number]) { return }
            }
        }

        private mutating func take(_ time: Int64, _ form: TimeForm) -> Bool {
            let local = time.addingReportingOverflow(Int64(form.offset) * Microseconds.second)
            if local.overflow || local.partialValue % Microseconds.day != 0 {
                hasOthers = true
                return false
            }
            if !form.isDateOnly { count += 1 }
            return true
        }
    }

    private var names = EventColumns.SourceNames()
    private var timestamp = Figure()
    private var start = Figure()
    private var attributes = AttributeTallies<Figure>()

    mutating func add(_ columns: EventColumns) {
        names = columns.sourceNames
        timestamp.add(columns.time, columns.timeForm, columns.timeForms)
        start.add(columns.start, columns.startForm, columns.timeForms)
        attributes.update(columns, new: Figure()) { column, _, figure in
            if column.type == .date { figure.add(column, columns.timeForms) }
        }
    }

    func findings(known: [LogFinding]) -> [LogFinding] {
        let known = Set(known.filter { $0.rule == .midnightColumn }.compactMap(\.detail))
        var findings: [LogFinding] = []
        func add(_ name: String, _ severity: LogFinding.Severity, _ figure: Figure) {
            guard let count = figure.midnights, count > 1, !known.contains(name) else { return }
            findings.append(LogFinding(.midnightColumn, severity, count: count, detail: name))
        }
        add(names.timestamp, .warning, timestamp)
        add(names.start, .warning, start)
        for entry in attributes.entries where entry.type == .date { add(entry.name, .info, entry.figure) }
        return findings
    }
}
