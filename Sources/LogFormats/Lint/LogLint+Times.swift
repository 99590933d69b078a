import EventLogs
import Instants

extension LogLint {
    /// Times that an empty stretch parts from all others, and times behind the instant at which the log was drawn.
    func outlyingTimes(_ bulk: TimeBulk) -> [LogFinding] {
        guard let range = bulk.range else { return [] }
        let end = options.asOf.map { min($0.microseconds, range.upperBound) } ?? range.upperBound
        let time = columns.time
        let start = columns.start
        var ancient = (count: 0, examples: [LogFinding.Example]())
        var future = (count: 0, examples: [LogFinding.Example]())
        // What the log's own times judge is only judged where there are enough of them.
        let hasBulk = bulk.count >= TimeBulk.leastCount
        let hasStarts = !start.isEmpty
        let knowsEnd = hasBulk || options.asOf != nil
        forEachEvent { event in
            let own = time[event]
            let begun = hasStarts ? start[event] : Instant.missing
            let isAncient = hasBulk && (own < range.lowerBound && own != Instant.missing || Self.isBefore(begun, range.lowerBound))
            let isFuture = knowsEnd && (own > end || begun > end)
            if !isAncient && !isFuture { return }
            let isOwn = isAncient ? own < range.lowerBound && own != Instant.missing : own > end
            let shown =
                isOwn ? text(own, form: columns.timeForm[event]) : text(begun, form: columns.startForm[event])
            let example = LogFinding.Example(row: Int(columns.row[event]), text: shown)
            if isAncient {
                ancient.count += 1
                if ancient.examples.count < 5 { ancient.examples.append(example) }
            } else {
                future.count += 1
                if future.examples.count < 5 { future.examples.append(example) }
            }
        }
        let offset = columns.prevailingOffset
        var findings: [LogFinding] = []
        if ancient.count > 0 {
            let first = Instant(microseconds: range.lowerBound).iso8601(offset: offset)
            findings.append(
                LogFinding(.ancientTime, .warning, count: ancient.count, detail: String(first.prefix(10)), examples: ancient.examples))
        }
        if future.count > 0 {
            let last = Instant(microseconds: end).iso8601(offset: offset)
            findings.append(
                LogFinding(.futureTime, .warning, count: future.count, detail: String(last.prefix(10)), examples: future.examples))
        }
        return findings
    }

    /// A start alone may lie before the log's first completion, by as long as work takes: only what a gap parts is an outlier.
    private static func isBefore(_ start: Int64, _ first: Int64) -> Bool {
        if start == Instant.missing { return false }
        let distance = first.subtractingReportingOverflow(start)
        return distance.overflow || distance.partialValue > TimeBulk.leastGap
    }

    /// Times with and without offset in one column, or offsets that are not those of one zone with summer time.
    func mixedOffsets() -> [LogFinding] {
        var counts = [Int](repeating: 0, count: columns.timeForms.count)
        let time = columns.time
        let form = columns.timeForm
        // Neighbours are nearly always written alike: runs are counted, not times.
        var run = 0
        var current: UInt16 = 0
        forEachEvent { event in
            if time[event] == Instant.missing { return }
            if form[event] != current {
                counts[Int(current)] += run
                run = 0
                current = form[event]
            }
            run += 1
        }
        if run > 0 { counts[Int(current)] += run }
        var naive = 0
        var offsets: [Int32: Int] = [:]
        for (index, count) in counts.enumerated() where count > 0 {
            let form = columns.timeForms[index]
            if form.isNaive { naive += count } else { offsets[form.offset, default: 0] += count }
        }
        let explicit = offsets.values.reduce(0, +)
        let sorted = offsets.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if naive > 0 && explicit > 0 {
            let isMostlyNaive = naive > explicit
            let odd = columns.timeForms.map { $0.isNaive != isMostlyNaive }
            let usual = isMostlyNaive ? nil : sorted.first.map { Instant.offsetText(Int($0.key)) }
            return [LogFinding(.mixedOffsets, .warning, count: min(naive, explicit), detail: usual, examples: rows(odd))]
        }
        if offsets.count < 2 { return [] }
        if sorted.count == 2 && isSummerTime(sorted[0].key, sorted[1].key) { return [] }
        let usual = sorted[0].key
        let odd = columns.timeForms.map { $0.offset != usual }
        return [
            LogFinding(
                .mixedOffsets, .info, count: explicit - sorted[0].value, detail: Instant.offsetText(Int(usual)), examples: rows(odd))
        ]
    }

    /// Up to five events, in the order of cases, whose time is written in one of these forms.
    private func rows(_ isMeant: [Bool]) -> [LogFinding.Example] {
        var examples: [LogFinding.Example] = []
        for range in log.eventRanges {
            for place in range {
                let event = log.event(at: place)
                let form = columns.timeForm[event]
                if columns.time[event] == Instant.missing || !isMeant[Int(form)] { continue }
                examples.append(LogFinding.Example(row: Int(columns.row[event]), text: text(columns.time[event], form: form)))
                if examples.count == 5 { return examples }
            }
        }
        return examples
    }

    /// Whether two offsets an hour apart take turns, as those of one zone do: at most one time in fifty stands on a day with more of
    /// the other.
    private func isSummerTime(_ one: Int32, _ other: Int32) -> Bool {
        if abs(one - other) != 3_600 { return false }
        let (time, form) = (columns.time, columns.timeForm)
        let shifts = columns.timeForms.map { Int64($0.offset) * Microseconds.second }
        let isOne = columns.timeForms.map { $0.offset == one }
        var days: [Int64: (one: Int, other: Int)] = [:]
        var timed = 0
        var current = Int64.min
        var counts = (one: 0, other: 0)
        forEachEvent { event in
            if time[event] == Instant.missing { return }
            let number = Int(form[event])
            let day = (time[event] &+ shifts[number]).flooredQuotient(by: Microseconds.day)
            if day != current {
                if let known = days[current] { counts = (known.one + counts.one, known.other + counts.other) }
                days[current] = counts
                counts = (0, 0)
                current = day
            }
            timed += 1
            if isOne[number] { counts.one += 1 } else { counts.other += 1 }
        }
        if let known = days[current] { counts = (known.one + counts.one, known.other + counts.other) }
        days[current] = counts
        let strays = days.values.reduce(0) { $0 + min($1.one, $1.other) }
        return strays * 50 <= timed
    }

    /// Columns of times in which every value is midnight on its own clock, though a time part was written.
    func midnightColumns() -> [LogFinding] {
        let known = Set(log.findings.filter { $0.rule == .midnightColumn }.compactMap(\.detail))
        let names = columns.sourceNames
        var findings: [LogFinding] = []
        func add(_ name: String, _ severity: LogFinding.Severity, _ count: Int?) {
            guard let count, count > 1, !known.contains(name) else { return }
            findings.append(LogFinding(.midnightColumn, severity, count: count, detail: name))
        }
        add(names.timestamp, .warning, midnights(columns.time, columns.timeForm))
        if !columns.start.isEmpty { add(names.start, .warning, midnights(columns.start, columns.startForm)) }
        for column in columns.caseAttributes + columns.attributes where column.type == .date {
            add(column.name, .info, midnights(column))
        }
        return findings
    }

    /// How many values there are, if all are midnights and some have a time part; else `nil`.
    private func midnights(_ times: [Int64], _ forms: [UInt16]) -> Int? {
        var count = 0
        for (time, form) in zip(times, forms) where time != Instant.missing {
            let form = columns.timeForms[Int(form)]
            if !Self.isMidnight(time, form) { return nil }
            if !form.isDateOnly { count += 1 }
        }
        return count == 0 ? nil : count
    }

    private func midnights(_ column: AttributeColumn) -> Int? {
        var count = 0
        for row in 0..<column.count where column.isPresent(row) {
            let number = row < column.forms.count ? Int(column.forms[row]) : 0
            if number >= columns.timeForms.count { return nil }
            if !Self.isMidnight(column.words[row], columns.timeForms[number]) { return nil }
            if !columns.timeForms[number].isDateOnly { count += 1 }
        }
        return count == 0 ? nil : count
    }

    private static func isMidnight(_ time: Int64, _ form: TimeForm) -> Bool {
        let local = time.addingReportingOverflow(Int64(form.offset) * Microseconds.second)
        return !local.overflow && local.partialValue % Microseconds.day == 0
    }
}
