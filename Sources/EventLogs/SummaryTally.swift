import Instants

/// What parts of a log hold, added up: the different values of every attribute up to ``LogSummary/distinctLimit``.
package struct SummaryTally: Sendable {
    private var activities = Vocabulary()
    private var sequences = SequenceTable()
    private var names = EventColumns.SourceNames()
    private var standard: [(column: Standard, values: ValueTally)] = []
    private var attributes = AttributeTallies<ValueTally>()

    /// The columns with a meaning of their own, in the order in which they are told.
    private enum Standard: Int {
        case activity, timestamp, start, lifecycle, resource, role, department, instance
    }

    /// Nothing added.
    package init() {}

    /// Adds a part.
    package mutating func add(_ log: EventLog) {
        let columns = log.columns
        names = columns.sourceNames
        let map = activities.numbers(of: log.activities)
        var sequence: [UInt32] = []
        for range in log.instanceRanges {
            sequence.removeAll(keepingCapacity: true)
            for instance in range { sequence.append(map[Int(log.instances.activity[instance])]) }
            _ = sequence.withUnsafeBufferPointer { sequences.add($0) }
        }
        standard[place(.activity)].values.add(columns.activity, log)
        standard[place(.timestamp)].values.add(columns.time, log)
        if !columns.start.isEmpty { standard[place(.start)].values.add(columns.start, log) }
        for (column, texts) in [
            (Standard.lifecycle, columns.transition), (.resource, columns.resource), (.role, columns.role),
            (.department, columns.department), (.instance, columns.instanceName),
        ] {
            if let texts { standard[place(column)].values.add(texts, log) }
        }
        attributes.update(columns, new: ValueTally()) { column, level, values in values.add(column, level, log) }
    }

    private mutating func place(_ column: Standard) -> Int {
        if let known = standard.firstIndex(where: { $0.column == column }) { return known }
        standard.append((column, ValueTally()))
        return standard.count - 1
    }

    /// The summary of all parts.
    ///
    /// - Parameter headline: the counts and times of all of them.
    package func summary(_ headline: LogHeadline) -> LogSummary {
        func figures(_ column: Standard) -> ValueTally? { standard.first { $0.column == column }?.values }
        var all = [
            LogSummary.Attribute(
                name: names.caseName, level: .case, type: .string,
                distinct: headline.cases > LogSummary.distinctLimit ? nil : headline.cases, missing: 0)
        ]
        for (column, name, type) in [
            (Standard.activity, names.activity, AttributeType.string), (.timestamp, names.timestamp, .date), (.start, names.start, .date),
            (.lifecycle, names.lifecycle, .string), (.resource, names.resource, .string), (.role, names.role, .string),
            (.department, names.department, .string), (.instance, names.instance, .string),
        ] {
            guard let values = figures(column) else { continue }
            all.append(
                LogSummary.Attribute(
                    name: name, level: .event, type: type, distinct: values.distinct, missing: headline.events - values.present))
        }
        for attribute in attributes.entries {
            let rows = attribute.level == .event ? headline.events : headline.cases
            all.append(
                LogSummary.Attribute(
                    name: attribute.name, level: attribute.level, type: attribute.type, distinct: attribute.figure.distinct,
                    missing: rows - attribute.figure.present))
        }
        let capped = all.filter { $0.distinct == nil }
        return LogSummary(
            cases: headline.cases, events: headline.events, instances: headline.instances,
            activities: figures(.activity)?.distinct ?? 0, variants: sequences.count,
            resources: figures(.resource).map { $0.distinct ?? 0 }, first: headline.timeRange?.lowerBound,
            last: headline.timeRange?.upperBound, offset: headline.offset, attributes: all,
            findings: headline.findings
                + capped.map { LogFinding(.distinctCapped, .info, count: LogSummary.distinctLimit, detail: $0.name) })
    }
}

/// The different values of one column, and how many rows have one.
private struct ValueTally: Sendable {
    private(set) var present = 0
    private var words: DistinctWords?
    private var texts: Vocabulary?
    private var isBeyondLimit = false
    /// The texts of the first part, which are taken out only where a second one comes.
    private var first: (vocabulary: Vocabulary, seen: Bitmap)?

    /// How many different values there are; `nil` beyond the limit.
    var distinct: Int? {
        if isBeyondLimit { return nil }
        if let words { return words.count }
        let count = first?.seen.count ?? texts?.count ?? 0
        return count > LogSummary.distinctLimit ? nil : count
    }

    /// Adds a column of texts of events.
    mutating func add(_ column: SymbolColumn, _ log: EventLog) {
        var seen = Bitmap()
        forEachEvent(log) { event in
            let id = event < column.ids.count ? column.ids[event] : Vocabulary.missing
            if id == Vocabulary.missing { return }
            present += 1
            seen.insert(Int(id))
        }
        add(column.vocabulary, seen)
    }

    /// Adds a column of times.
    mutating func add(_ column: [Int64], _ log: EventLog) {
        var values: [Int64] = []
        values.reserveCapacity(log.eventCount)
        forEachEvent(log) { event in
            if column[event] != Instant.missing { values.append(column[event]) }
        }
        add(values)
    }

    /// Adds an attribute.
    mutating func add(_ column: AttributeColumn, _ level: AttributeLevel, _ log: EventLog) {
        if column.isText {
            var seen = Bitmap()
            forEachRow(level, log) { row in
                let id = column.symbol(row)
                if id == Vocabulary.missing { return }
                present += 1
                seen.insert(Int(id))
            }
            add(column.symbols.vocabulary, seen)
        } else {
            var values: [Int64] = []
            forEachRow(level, log) { row in
                if let value = column.identity(row) { values.append(value) }
            }
            add(values)
        }
    }

    private mutating func add(_ values: [Int64]) {
        present += values.count
        if isBeyondLimit { return }
        if words == nil { words = DistinctWords(limit: LogSummary.distinctLimit) }
        words?.insert(values)
        isBeyondLimit = words?.isBeyondLimit == true
    }

    private mutating func add(_ vocabulary: Vocabulary, _ seen: Bitmap) {
        if isBeyondLimit { return }
        if texts == nil && first == nil {
            first = (vocabulary, seen)
            return
        }
        var known = texts ?? Vocabulary()
        texts = nil
        if let first { Self.intern(first.vocabulary, first.seen, &known) }
        first = nil
        Self.intern(vocabulary, seen, &known)
        isBeyondLimit = known.count > LogSummary.distinctLimit
        if !isBeyondLimit { texts = known }
    }

    private static func intern(_ vocabulary: Vocabulary, _ seen: Bitmap, _ known: inout Vocabulary) {
        for id in vocabulary.ids where seen[Int(id)] {
            vocabulary.withBytes(of: id) { _ = known.intern($0) }
            if known.count > LogSummary.distinctLimit { return }
        }
    }

    private func forEachEvent(_ log: EventLog, _ body: (Int) -> Void) {
        for range in log.eventRanges {
            for place in range { body(log.event(at: place)) }
        }
    }

    private func forEachRow(_ level: AttributeLevel, _ log: EventLog, _ body: (Int) -> Void) {
        switch level {
        case .case:
            for id in log.caseIDs { body(Int(id)) }
        case .event: forEachEvent(log, body)
        }
    }
}
