import ByteParsing
import CByteScan
import Dispatch
import EventLogs
import Instants
import Synchronization

extension CSVLogReader {
    /// The events of a table in a plain layout, whose text may be invalid, or `nil`: every row has all its fields, every event its case, times are in ISO 8601, no line is
    /// blank.
    ///
    /// A sample says what the columns hold. Stretches are cut at line ends and read on several threads, and each must end where a row ends,
    /// so that no cut lies within quotes. Where a value contradicts the sample, what is known of its column is corrected and reading begins
    /// anew. What is read does not depend on the cuts or on the threads.
    ///
    /// - Parameter stretch: about how many bytes a thread takes at once; `nil` for a size that keeps all threads at work.
    func readPlain(stretch: Int? = nil, release: @Sendable (UnsafeRawBufferPointer) -> Void) throws -> ReadTable? {
        guard var plan = try plainPlan() else { return nil }
        let zone = try TableColumns.zone(options, file: file)
        let share = options.threads <= 1 ? text.count : text.count / (2 * options.threads)
        let cuts = cuts(from: plan.header.end, to: text.count, stretch: stretch ?? max(1 << 24, share))
        while let columns = plan.next() {
            switch try scan(cuts, columns, ZoneClock(zone ?? .utc), release) {
            case .success(let parts):
                if let varying = Self.varyingAttribute(parts.all, columns.attributes) {
                    plan.noteVarying(varying)
                    continue
                }
                return try table(of: parts, zone: zone?.name, headerLines: plan.header.lines, given: plan.given)
            case .failure(let contradiction):
                if !plan.correct(contradiction) { return nil }
            }
        }
        return nil
    }

    /// What a sample says of the columns of a table that may be plain.
    func plainPlan() throws -> CSVPlainPlan? {
        guard !hasDelimiterLine, clocks.isEmpty, let caseColumn = roles[.caseID] else { return nil }
        let given = try TableColumns.timeFormat(options, file: file)
        if let given, given != .iso8601 { return nil }
        let activities = try TableColumns.activity(names, roles, classifier: options.classifier, file: file)
        guard activities.count == 1, let header = plainHeader(),
            UTF8Check.firstInvalid(in: UnsafeRawBufferPointer(rebasing: text[..<header.end])) == nil
        else { return nil }
        let survey = try survey(rows: 5_000)
        if given == nil && !survey.detectors.allSatisfy({ $0.result == .format(.iso8601, name: "ISO 8601", unreadable: 0) }) { return nil }
        var columns = CSVColumns(
            width: names.count, caseID: caseColumn, activity: activities[0], timestamp: roles[.timestamp] ?? -1,
            start: roles[.start] ?? -1, cost: roles[.cost] ?? -1, texts: [], attributes: [], unseen: [],
            steady: Set(names.indices.filter { $0 == caseColumn || names[$0].hasPrefix("case:") }))
        for (role, target) in [
            (ColumnRole.resource, RawColumns.Text.resource), (.role, .role), (.department, .department), (.lifecycle, .transition),
        ] {
            if let column = roles[role] { columns.texts.append((column, target)) }
        }
        return CSVPlainPlan(header: header, given: given, columns: columns, survey: survey)
    }

    /// Where the header ends and how many lines it has, where nothing stands before it.
    private func plainHeader() -> (end: Int, lines: Int)? {
        var tokenizer = CSVTokenizer(text, delimiter: delimiter)
        guard (try? tokenizer.next()) == true, tokenizer.blankLines == 0, tokenizer.position < text.count else { return nil }
        let end = tokenizer.position
        let lines = text[..<end].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
        return lines == 1 ? (end, 1) : nil
    }

    /// Where stretches begin and end: behind line feeds.
    func cuts(from first: Int, to end: Int, stretch: Int) -> [Int] {
        var cuts = [first]
        while cuts[cuts.count - 1] + stretch < end {
            guard let feed = text[(cuts[cuts.count - 1] + stretch)..<end].firstIndex(of: 0x0A), feed + 1 < end else { break }
            cuts.append(feed + 1)
        }
        return cuts + [end]
    }

    typealias Part = (events: EventLogPart, counts: CSVStretchScanner.Counts)

    /// Parts that are held in one place only, so that whoever takes them can free them one by one.
    final class Parts {
        private(set) var all: [Part]

        init(_ all: [Part]) {
            self.all = all
        }

        func take() -> [Part] {
            defer { all = [] }
            return all
        }
    }

    /// The stretches between cuts, or the first contradiction that was met.
    func scan(
        _ cuts: [Int], _ columns: CSVColumns, _ clock: ZoneClock, _ release: @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws -> Result<Parts, CSVContradiction> {
        let outcome = Mutex<(parts: [Part?], found: CSVContradiction?)>((Array(repeating: nil, count: cuts.count - 1), nil))
        let flag = GiveUpFlag()
        let next = Atomic<Int>(0)
        let done = Atomic<Int>(0)
        let source = SharedText(bytes: text)
        let (delimiter, monitor) = (delimiter, monitor)
        DispatchQueue.concurrentPerform(iterations: max(1, min(options.threads, cuts.count - 1))) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= cuts.count - 1 || flag.isSet || (try? monitor.checkCancellation()) == nil { return }
                let piece = UnsafeRawBufferPointer(rebasing: source.bytes[cuts[index]..<cuts[index + 1]])
                var scanner = CSVStretchScanner(
                    piece, delimiter: delimiter, columns: columns, clock: clock, isFirst: index == 0, flag: flag)
                var earlier = 0
                let found = scanner.scan { passed in
                    // The stretch before was looked at again, where values repeat.
                    release(UnsafeRawBufferPointer(rebasing: piece[earlier..<passed.upperBound]))
                    earlier = passed.lowerBound
                    let finished = done.wrappingAdd(passed.count, ordering: .relaxed).newValue
                    monitor.progress(.reading, fraction: Double(finished) / Double(source.bytes.count), events: 0)
                    return (try? monitor.checkCancellation()) != nil
                }
                switch found {
                case .success(let part): outcome.withLock { $0.parts[index] = part }
                case .failure(let contradiction):
                    outcome.withLock { if $0.found == nil { $0.found = contradiction } }
                    flag.set()
                    return
                }
            }
        }
        try monitor.checkCancellation()
        return outcome.withLock { outcome in
            if let found = outcome.found { return .failure(found) }
            let parts = outcome.parts.compactMap { $0 }
            outcome.parts = []
            return parts.count == cuts.count - 1 ? .success(Parts(parts)) : .failure(CSVContradiction(.layout))
        }
    }

    /// The first attribute of cases that has two values in a case whose rows lie in several stretches.
    static func varyingAttribute(_ parts: [Part], _ attributes: [CSVPlan.Attribute]) -> Int? {
        let places = attributes.indices.filter { attributes[$0].level == .case }
        if places.isEmpty || parts.count < 2 { return nil }
        var names = Vocabulary()
        let maps = parts.map { names.numbers(of: $0.events.caseNames) }
        var shadow = places.count
        for (place, attribute) in places.enumerated() {
            // Columns of texts stand for themselves; the texts of the others follow behind all, in their order.
            let column = attributes[attribute].finding == .text ? place : shadow
            if column == shadow { shadow += 1 }
            var texts = Vocabulary()
            var known = [UInt32](repeating: Vocabulary.missing, count: names.count)
            for (part, map) in zip(parts, maps) {
                let symbols = part.events.caseAttributes[column].symbols
                let numbers = texts.numbers(of: symbols.vocabulary)
                for (row, id) in symbols.ids.enumerated() where id != Vocabulary.missing {
                    let (owner, number) = (Int(map[row]), numbers[Int(id)])
                    if known[owner] != number && known[owner] != Vocabulary.missing { return attribute }
                    known[owner] = number
                }
            }
        }
        return nil
    }

    /// The events of parts with the lines they stand in, without the columns that only served to compare.
    static func numbered(_ found: Parts, _ counts: inout CSVStretchScanner.Counts, _ lines: inout Int) -> [EventLogPart] {
        var parts = found.take()
        return parts.indices.map { place in
            let first = UInt32(clamping: lines + 1)
            var events = parts[place].events
            parts[place].events = EventLogPart()
            events.row.withUnsafeMutableBufferPointer { rows in
                for event in rows.indices { rows[event] &+= first }
            }
            events.caseAttributes.removeLast(parts[place].counts.shadows)
            lines += parts[place].counts.lines
            counts.add(parts[place].counts)
            return events
        }
    }

    private func table(of found: Parts, zone: String?, headerLines: Int, given: TimeFormat?) throws -> ReadTable {
        var builder = EventLogBuilder()
        builder.promotesConstantAttributes = true
        builder.assumedZone = zone
        builder.sourceNames = TableColumns.sourceNames(names, roles)
        var counts = CSVStretchScanner.Counts()
        var lines = headerLines
        let events = Self.numbered(found, &counts, &lines)
        if lines >= Int(UInt32.max) { return try readCompletely() }
        _ = builder.append(parts: consume events)
        builder.findings += plainFindings(counts)
        var plan = CSVPlan(activityColumns: [])
        plan.timeFormatNames = plainTimeFormats(given)
        return ReadTable(
            builder: builder, mapping: mapping, timeFormats: plan.timeFormatNames, shape: shape(plan),
            isASCII: !counts.isWide && names.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
    }

    /// What reading plain rows has found.
    func plainFindings(_ counts: CSVStretchScanner.Counts) -> [LogFinding] {
        var findings: [LogFinding] = []
        for (role, times) in [(ColumnRole.timestamp, counts.timestamps), (.start, counts.starts)] {
            guard let column = roles[role], times.read > 1, times.areMidnights else { continue }
            findings.append(LogFinding(.midnightColumn, .warning, count: times.read, detail: names[column]))
        }
        if counts.rounded > 0 { findings.append(LogFinding(.finerThanMicrosecond, .info, count: counts.rounded)) }
        return findings
    }

    /// How the time columns of plain rows are written.
    func plainTimeFormats(_ given: TimeFormat?) -> [String] {
        let format = given == nil ? "ISO 8601" : options.mapping?.format ?? ""
        return [roles[.timestamp], roles[.start]].compactMap { $0 }.map { _ in format }
    }
}

/// Bytes that several threads read.
private struct SharedText: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
}
