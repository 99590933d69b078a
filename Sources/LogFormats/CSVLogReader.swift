import ByteParsing
import EventLogs
import Instants

/// Reads an event log from delimited text: one event per row, under a header.
///
/// Plain layouts are read in one pass on several threads (see ``CSVStretchScanner``). All others take two passes over the text: the first
/// finds what the columns hold (types, how times are written), the second fills the builder. Both give the same log.
struct CSVLogReader<Monitor: WorkMonitor> {
    /// What separates fields.
    let delimiter: UInt8
    let text: UnsafeRawBufferPointer
    let file: String
    let options: ReadOptions
    let monitor: Monitor
    let hasDelimiterLine: Bool
    let names: [String]
    let roles: [ColumnRole: Int]
    /// Which columns hold the times of day of columns of days.
    let clocks: [ColumnRole: Int]
    let scratch = ByteScratch()

    /// A reader of `text`, which is meant to be UTF-8; header and columns are settled here.
    init(_ text: UnsafeRawBufferPointer, file: String, options: ReadOptions, monitor: Monitor) throws {
        let (body, stated) = Self.withoutDelimiterLine(text)
        self.text = body
        hasDelimiterLine = stated != nil
        self.file = file
        self.monitor = monitor
        let mapped = options.mapping?.delimiter.flatMap(ColumnMapping.delimiterByte)
        delimiter = options.delimiter ?? mapped ?? stated ?? CSVTokenizer.detectDelimiter(body)
        let isChosen = options.delimiter != nil || mapped != nil || stated != nil
        names = try Self.header(body, delimiter, isChosen: isChosen, file)
        let (names, delimiter, scratch) = (names, delimiter, scratch)
        let options = options.recalling(columns: names)
        self.options = options
        let recognised: [ColumnRole: Int]
        if let shape = options.shape(of: names) {
            (recognised, clocks) = (shape.roles, shape.clocks)
        } else {
            let found = try ColumnRecognition.recognise(names, mapping: options.mapping, file: file) {
                try Self.sample(body, delimiter, width: names.count, scratch, file)
            }
            (recognised, clocks) = (found.roles, found.clocks)
        }
        roles = options.roles.map { wanted in recognised.filter { wanted.contains($0.key) } } ?? recognised
    }

    /// The events of a text whose layout is a plain one, which is checked to be valid as it is read, and what separates its fields; `nil` for
    /// all others, whatever is wrong with them.
    ///
    /// - Parameter release: is lent every stretch of the text that is no longer needed.
    static func readPlain(
        _ text: UnsafeRawBufferPointer, file: String, options: ReadOptions, monitor: Monitor,
        release: @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws -> (table: ReadTable, delimiter: UInt8)? {
        do {
            let reader = try CSVLogReader(text, file: file, options: options, monitor: monitor)
            return try reader.readPlain(release: release).map { ($0, reader.delimiter) }
        } catch is InputError {
            return nil
        }
    }

    /// The events by two passes, whatever the layout; errors come from here.
    func readCompletely() throws -> ReadTable {
        let survey = try survey(rows: .max)
        let plan = try plan(of: survey)
        let zone = try TableColumns.zone(options, file: file)
        var filler = CSVRowFiller(plan: plan, names: names, roles: roles, clocks: clocks, clock: ZoneClock(zone ?? .utc), file: file)
        filler.builder.assumedZone = zone?.name
        var tokenizer = CSVTokenizer(text, delimiter: delimiter)
        _ = try nextRow(&tokenizer)
        while try nextRow(&tokenizer) {
            filler.add(tokenizer, scratch)
            if filler.rowCount & 0x3FFF == 0 {
                try monitor.checkCancellation()
                monitor.progress(
                    .reading, fraction: 0.5 + 0.5 * Double(tokenizer.position) / Double(text.count), events: filler.builder.eventCount)
            }
        }
        if filler.builder.eventCount == 0 { throw noEvents(filler) }
        filler.builder.findings += separatorFindings(survey, plan)
        // Of the line that names the delimiter only its end is left, which looks blank.
        filler.addFindings(
            blankLines: tokenizer.blankLines - (hasDelimiterLine ? 1 : 0), tokenizer.firstBlankLines.filter { !hasDelimiterLine || $0 > 1 })
        return ReadTable(builder: filler.builder, mapping: mapping, timeFormats: plan.timeFormatNames, shape: shape(plan))
    }

    /// What is wrong with a table without an event.
    func noEvents(_ filler: CSVRowFiller) -> InputError {
        guard filler.rowsWithoutCase > 0, let column = roles[.caseID] else { return InputError(file: file, .noEvents(emptyCases: 0)) }
        let others = names.enumerated().filter { $0.offset != column }.map(\.element)
        return InputError(file: file, line: 1, .noColumn(role: .caseID, columns: others))
    }

    /// Which columns play which role.
    var mapping: ColumnMapping {
        var mapping = ColumnMapping()
        for role in ColumnRole.allCases {
            mapping[role] = roles[role].map { names[$0] }
            mapping[clockOf: role] = clocks[role].map { names[$0] }
        }
        return mapping
    }

    /// How the columns were understood.
    func shape(_ plan: CSVPlan) -> TableShape {
        let columns = [ColumnRole.timestamp, .start].filter { roles[$0] != nil }
        return TableShape(
            names: names, roles: roles, clocks: clocks,
            timeFormats: zip(columns, plan.timeFormatNames).map { ($0, $0 == .timestamp ? plan.timestamp : plan.start, $1) })
    }

    // MARK: - Header

    /// Excel's `sep=;` in the first line is no header; it names the delimiter.
    private static func withoutDelimiterLine(_ text: UnsafeRawBufferPointer) -> (UnsafeRawBufferPointer, UInt8?) {
        let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let rest = text[start...]
        guard rest.count > 5, rest.prefix(4).elementsEqual(Array("sep=".utf8)) || rest.prefix(4).elementsEqual(Array("SEP=".utf8)) else {
            return (text, nil)
        }
        let end = rest[(start + 5)...].first
        guard end == 0x0A || end == 0x0D else { return (text, nil) }
        return (UnsafeRawBufferPointer(rebasing: rest[(start + 5)...]), rest[start + 4])
    }

    private static func header(_ text: UnsafeRawBufferPointer, _ delimiter: UInt8, isChosen: Bool, _ file: String) throws -> [String] {
        var tokenizer = CSVTokenizer(text, delimiter: delimiter)
        let scratch = ByteScratch()
        guard try next(&tokenizer, file) else { throw InputError(file: file, .emptyFile) }
        if tokenizer.fields.count == 1 {
            throw InputError(
                file: file, line: tokenizer.line, .singleColumn(delimiter: delimiter == 0x09 ? "tab" : String(UnicodeScalar(delimiter))))
        }
        var names: [String] = []
        var seen: Set<String> = []
        for (place, field) in tokenizer.fields.enumerated() {
            let raw = String(decoding: tokenizer.text(field, scratch), as: UTF8.self)
            var name = String(raw.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            if name.isEmpty { name = "column \(place + 1)" }
            var unique = name
            var copy = 1
            while !seen.insert(unique).inserted {
                copy += 1
                unique = "\(name) (\(copy))"
            }
            names.append(unique)
        }
        return names
    }

    private static func sample(
        _ text: UnsafeRawBufferPointer, _ delimiter: UInt8, width: Int, _ scratch: ByteScratch, _ file: String
    ) throws -> ColumnRecognition.Sample {
        var sample = ColumnRecognition.Sample()
        sample.columns = Array(repeating: ColumnRecognition.Sample.Column(), count: width)
        var tokenizer = CSVTokenizer(text, delimiter: delimiter)
        _ = try next(&tokenizer, file)
        while sample.rows < 5_000, try next(&tokenizer, file) {
            sample.rows += 1
            for (column, field) in tokenizer.fields.prefix(width).enumerated() where field.end > field.start {
                let value = tokenizer.text(field, scratch)
                sample.columns[column].observe(value)
            }
        }
        return sample
    }

    // MARK: - What the columns hold

    /// Looks at every value of the first rows.
    ///
    /// - Parameter isDone: is told now and then up to which place the text was looked at.
    /// - Throws: ``InputError`` where there is no row.
    func survey(rows limit: Int, isDone: (Int) -> Void = { _ in }) throws -> CSVSurvey {
        let given = try TableColumns.timeFormat(options, file: file)
        let timeColumns = [roles[.timestamp], roles[.start]].compactMap { $0 }
        let textColumns = Set(
            [roles[.caseID], roles[.activity], roles[.resource], roles[.role], roles[.department], roles[.lifecycle]].compactMap { $0 }
        ).union(clocks.values)
        var survey = CSVSurvey(
            keptAsText: options.textColumns, areFieldsPartedByCommas: delimiter == UInt8(ascii: ","),
            timeColumns: timeColumns, detectors: timeColumns.map { _ in TimeFormatDetector() },
            profiled: names.indices.filter { options.roles == nil && !timeColumns.contains($0) && !textColumns.contains($0) },
            profiles: names.map { _ in ColumnProfile() },
            constancy: CaseConstancy(names: options.roles == nil ? names : [], caseColumn: roles[.caseID]))
        var tokenizer = CSVTokenizer(text, delimiter: delimiter)
        _ = try nextRow(&tokenizer)
        var rows = 0
        while rows < limit, try nextRow(&tokenizer) {
            let fields = tokenizer.fields
            if fields.count > names.count, let extra = fields[names.count...].first(where: { $0.end > $0.start }) {
                throw InputError(
                    file: file, line: tokenizer.line, column: tokenizer.place(extra.start).column,
                    .tooManyFields(found: fields.count, expected: names.count))
            }
            for (place, column) in timeColumns.enumerated() where column < fields.count && given == nil {
                let field = fields[column]
                if field.end > field.start { survey.detectors[place].observe(tokenizer.text(field, scratch)) }
            }
            for column in survey.profiled where column < fields.count {
                let field = fields[column]
                if field.end > field.start { survey.profiles[column].observe(tokenizer.text(field, scratch)) }
            }
            survey.constancy.observe(tokenizer, scratch)
            rows += 1
            if rows & 0x3FFF == 0 {
                try monitor.checkCancellation()
                monitor.progress(.reading, fraction: 0.5 * Double(tokenizer.position) / Double(text.count), events: 0)
                isDone(tokenizer.position)
            }
        }
        if rows == 0 { throw InputError(file: file, .noEvents(emptyCases: 0)) }
        return survey
    }

    /// How each column is read.
    func plan(of survey: CSVSurvey) throws -> CSVPlan {
        let given = try TableColumns.timeFormat(options, file: file)
        var plan = CSVPlan(
            activityColumns: try TableColumns.activity(names, roles, classifier: options.classifier, file: file))
        for (place, column) in survey.timeColumns.enumerated() {
            let (format, name) = try timeFormat(of: column, given, survey.detectors[place])
            if column == roles[.timestamp] { plan.timestamp = format } else { plan.start = format }
            plan.timeFormatNames.append(name)
        }
        plan.attributes = survey.attributes
        return plan
    }

    /// What is to be said of numbers with separators.
    func separatorFindings(_ survey: CSVSurvey, _ plan: CSVPlan) -> [LogFinding] {
        plan.attributes.compactMap { attribute in
            LogFinding(
                separated: survey.profiles[attribute.column].separated, isRead: attribute.finding != .text, column: names[attribute.column])
        }
    }

    /// How the times of a column are written: as given, else as all its values say.
    private func timeFormat(of column: Int, _ given: TimeFormat?, _ detector: TimeFormatDetector) throws -> (TimeFormat, String) {
        if let given {
            try checkReadable(column, given)
            return (given, options.mapping?.format ?? "")
        }
        switch detector.result {
        case .none:
            if detector.count > 0 { try checkReadable(column, .iso8601) }
            return (.iso8601, "ISO 8601")
        case .ambiguous(let formats, _):
            let role = column == roles[.timestamp] ? ColumnRole.timestamp : .start
            if let told = options.timeFormat(of: role, among: formats, names: names) { return told }
            throw InputError(file: file, line: 1, .ambiguousTimes(column: names[column], formats: formats))
        case .format(let format, let name, let unreadable):
            if unreadable * 10 > detector.count { try checkReadable(column, format) }
            return (format, name)
        }
    }

    /// Throws where more than a tenth of the column's values cannot be read in this format.
    private func checkReadable(_ column: Int, _ format: TimeFormat) throws {
        var total = 0
        var unreadable = 0
        var examples: [InputProblem.Example] = []
        var tokenizer = CSVTokenizer(text, delimiter: delimiter)
        _ = try nextRow(&tokenizer)
        while try nextRow(&tokenizer) {
            guard column < tokenizer.fields.count else { continue }
            let field = tokenizer.fields[column]
            if field.end == field.start { continue }
            total += 1
            let value = tokenizer.text(field, scratch)
            if format.parse(value) != nil { continue }
            unreadable += 1
            if examples.count < 5 {
                examples.append(InputProblem.Example(line: tokenizer.line, text: String(decoding: value.prefix(60), as: UTF8.self)))
            }
        }
        if unreadable * 10 > total {
            throw InputError(
                file: file, line: examples.first?.line,
                .unreadableTimes(column: names[column], unreadable: unreadable, total: total, examples: examples))
        }
    }

    // MARK: - Rows

    func nextRow(_ tokenizer: inout CSVTokenizer) throws -> Bool {
        try Self.next(&tokenizer, file)
    }

    private static func next(_ tokenizer: inout CSVTokenizer, _ file: String) throws -> Bool {
        do {
            return try tokenizer.next()
        } catch {
            let column = tokenizer.place(error.position).column
            throw InputError(
                file: file, line: error.line, column: column, error.problem == .unclosedQuote ? .unclosedQuote : .textAfterQuote)
        }
    }
}
