import ByteParsing
import EventLogs
import Instants

/// Fills a builder from the rows of a table and counts what was odd about them.
struct CSVRowFiller {
    /// What the rows are put into.
    var builder = EventLogBuilder()
    /// Rows seen.
    private(set) var rowCount = 0
    /// Rows left out because their case is empty.
    private(set) var rowsWithoutCase = 0
    private let plan: CSVPlan
    private let names: [String]
    private let caseColumn: Int
    private let timestampColumn: Int?
    private let startColumn: Int?
    private let timestampClock: Int?
    private let startClock: Int?
    private let textColumns: [(column: Int, target: EventLogBuilder.TextColumn)]
    private let handles: [Int]
    private var forms: TimeFormCache
    private var linesWithoutCase: [LogFinding.Example] = []
    private var shortRows = 0
    private var shortLines: [LogFinding.Example] = []
    private var rounded = 0
    private var timestamps = TimeCount()
    private var starts = TimeCount()
    private let joined = ByteScratch()

    /// What was met in a time column.
    private struct TimeCount {
        var read = 0
        var midnights = 0
        var unreadable = 0
        var lines: [LogFinding.Example] = []
    }

    init(plan: CSVPlan, names: [String], roles: [ColumnRole: Int], clocks: [ColumnRole: Int], clock: ZoneClock, file: String) {
        self.plan = plan
        self.names = names
        guard let caseColumn = roles[.caseID] else { preconditionFailure("recognition finds a case column or throws") }
        self.caseColumn = caseColumn
        timestampColumn = roles[.timestamp]
        startColumn = roles[.start]
        timestampClock = clocks[.timestamp]
        startClock = clocks[.start]
        forms = TimeFormCache(clock: clock)
        var texts: [(column: Int, target: EventLogBuilder.TextColumn)] = []
        if let column = roles[.resource] { texts.append((column, .resource)) }
        if let column = roles[.role] { texts.append((column, .role)) }
        if let column = roles[.department] { texts.append((column, .department)) }
        if let column = roles[.lifecycle] { texts.append((column, .transition)) }
        textColumns = texts
        var handles: [Int] = []
        builder.promotesConstantAttributes = true
        for attribute in plan.attributes {
            let handle = builder.attribute(named: attribute.name, type: attribute.type, level: attribute.level)
            handles.append(handle)
            let isNumber = attribute.type == .int || attribute.type == .float
            if attribute.column == roles[.cost] && isNumber && attribute.level == .event { builder.costAttribute = handle }
        }
        self.handles = handles
        builder.sourceNames = TableColumns.sourceNames(names, roles)
    }

    /// Adds the tokenizer's current row.
    mutating func add(_ row: CSVTokenizer, _ scratch: ByteScratch) {
        rowCount += 1
        let fields = row.fields
        if fields.count < names.count {
            shortRows += 1
            if shortLines.count < 5 { shortLines.append(.row(row.line)) }
        }
        func value(_ column: Int) -> UnsafeRawBufferPointer? {
            if column >= fields.count { return nil }
            let field = fields[column]
            return field.end > field.start ? row.text(field, scratch) : nil
        }
        /// A day at the time of day that stands beside it; without one it is a day, and with one that cannot be read it is none.
        func withClock(_ day: ParsedTime?, _ column: Int?) -> ParsedTime? {
            guard let day, let column, let text = value(column) else { return day }
            return ClockText.parse(text).map { day.at($0) }
        }
        guard let caseName = value(caseColumn) else {
            rowsWithoutCase += 1
            if linesWithoutCase.count < 5 { linesWithoutCase.append(.row(row.line)) }
            return
        }
        let caseNumber = builder.caseNumber(caseName)
        let activity: UInt32
        if plan.activityColumns.count == 1 {
            activity = builder.activityNumber(value(plan.activityColumns[0]) ?? UnsafeRawBufferPointer(start: nil, count: 0))
        } else {
            joined.clear()
            for (place, column) in plan.activityColumns.enumerated() {
                if place > 0 { joined.append(UInt8(ascii: "+")) }
                if let part = value(column) { joined.append(part) }
            }
            activity = builder.activityNumber(joined.bytes)
        }
        var time = Instant.missing
        var form: UInt16 = 0
        if let timestampColumn, let text = value(timestampColumn) {
            if let parsed = withClock(plan.timestamp.parse(text), timestampClock) {
                Self.count(parsed, &timestamps, &rounded)
                (time, form) = forms.resolve(parsed, at: row.line, &builder)
            } else {
                Self.countUnreadable(&timestamps, row.line)
            }
        }
        let event = builder.append(case: caseNumber, activity: activity, time: time, form: form, row: row.line)
        if let startColumn, let text = value(startColumn) {
            if let parsed = withClock(plan.start.parse(text), startClock) {
                Self.count(parsed, &starts, &rounded)
                let resolved = forms.resolve(parsed, at: row.line, &builder)
                builder.setStart(event, resolved.time, form: resolved.form)
            } else {
                Self.countUnreadable(&starts, row.line)
            }
        }
        for (column, target) in textColumns {
            if let text = value(column) { builder.set(target, event, text) }
        }
        for (place, attribute) in plan.attributes.enumerated() {
            guard let text = value(attribute.column) else { continue }
            let handle = handles[place]
            let owner = attribute.level == .case ? Int(caseNumber) : event
            switch attribute.finding {
            case .text: builder.set(attribute.level, attribute: handle, of: owner, text: text)
            case .integer:
                if let number = NumberReader.integer(text) { builder.set(attribute.level, attribute: handle, of: owner, integer: number) }
            case .decimal:
                if let number = NumberReader.decimal(text) { builder.set(attribute.level, attribute: handle, of: owner, number: number) }
            case .separated(let style):
                if let number = SeparatedNumber.value(text, style) {
                    builder.set(attribute.level, attribute: handle, of: owner, number: number)
                }
            case .boolean:
                if let truth = NumberReader.boolean(text, acceptsDigits: false) {
                    builder.set(attribute.level, attribute: handle, of: owner, boolean: truth)
                }
            case .time(let format):
                if let parsed = format.parse(text) {
                    if parsed.isRounded { rounded += 1 }
                    let (time, form) = forms.resolve(parsed, at: row.line, &builder)
                    builder.set(attribute.level, attribute: handle, of: owner, instant: Instant(microseconds: time), form: form)
                }
            }
        }
    }

    private static func count(_ parsed: ParsedTime, _ counts: inout TimeCount, _ rounded: inout Int) {
        counts.read += 1
        if !parsed.isDateOnly && parsed.local % Microseconds.day == 0 { counts.midnights += 1 }
        if parsed.isRounded { rounded += 1 }
    }

    private static func countUnreadable(_ counts: inout TimeCount, _ line: Int) {
        counts.unreadable += 1
        if counts.lines.count < 5 { counts.lines.append(.row(line)) }
    }

    /// Turns what was counted into findings.
    mutating func addFindings(blankLines: Int, _ firstBlankLines: [Int]) {
        if rowsWithoutCase > 0 {
            builder.findings.append(LogFinding(.missingCase, .warning, count: rowsWithoutCase, examples: linesWithoutCase))
        }
        if shortRows > 0 { builder.findings.append(LogFinding(.shortRow, .warning, count: shortRows, examples: shortLines)) }
        if blankLines > 0 {
            builder.findings.append(LogFinding(.blankLine, .info, count: blankLines, examples: firstBlankLines.map { .row($0) }))
        }
        for (column, counts) in [(timestampColumn, timestamps), (startColumn, starts)] {
            guard let column else { continue }
            if counts.unreadable > 0 {
                builder.findings.append(
                    LogFinding(.unreadableTime, .warning, count: counts.unreadable, detail: names[column], examples: counts.lines))
            }
            if counts.read > 1 && counts.midnights == counts.read {
                builder.findings.append(LogFinding(.midnightColumn, .warning, count: counts.midnights, detail: names[column]))
            }
        }
        builder.findings += forms.findings
        if rounded > 0 { builder.findings.append(LogFinding(.finerThanMicrosecond, .info, count: rounded)) }
    }
}
