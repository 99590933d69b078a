import ByteParsing
import EventLogs
import Instants

/// Fills a builder from rows of typed cells and counts what was odd about them.
struct CellFiller {
    /// What the rows are put into.
    var builder = EventLogBuilder()
    /// Columns named `case:…` whose values differ within a case: what was filled is then of no use, as they belong to the events.
    private(set) var varyingCaseColumns: Set<Int> = []
    private let plan: CellPlan
    private let caseColumn: Int
    private let textColumns: [(column: Int, target: EventLogBuilder.TextColumn)]
    private var attributes: [Target] = []
    /// Per column the attribute that it holds, as a place in `attributes`; -1 for none.
    private var attributeOfColumn: [Int]
    private var forms: TimeFormCache
    /// Where the cell of each column stands in the current row; -1 for none.
    private var places: [Int]
    private var rowsWithoutCase = 0
    private var linesWithoutCase: [LogFinding.Example] = []
    private var timestamps = TimeCount()
    private var starts = TimeCount()
    private var rounded = 0
    private let scratch = ByteScratch()
    private let joined = ByteScratch()

    private struct Target {
        let plan: CellPlan.Attribute
        let level: AttributeLevel
        /// The builder's number of the attribute of each type; -1 for none.
        var handles: [Int]
        /// Per case a digest of its value, 0 where it has none yet; only for columns of cases.
        var digests: [UInt64] = []
    }

    private struct TimeCount {
        var read = 0
        var midnights = 0
        var unreadable = 0
        var lines: [LogFinding.Example] = []
    }

    init(plan: CellPlan, atEventLevel: Set<Int>, clock: ZoneClock) {
        self.plan = plan
        guard let caseColumn = plan.roles[.caseID] else { preconditionFailure("recognition finds a case column or throws") }
        self.caseColumn = caseColumn
        forms = TimeFormCache(clock: clock)
        places = Array(repeating: -1, count: plan.names.count)
        attributeOfColumn = places
        var texts: [(column: Int, target: EventLogBuilder.TextColumn)] = []
        for (role, target) in [
            (ColumnRole.resource, EventLogBuilder.TextColumn.resource), (.role, .role), (.department, .department),
            (.lifecycle, .transition),
        ] {
            if let column = plan.roles[role] { texts.append((column, target)) }
        }
        if let column = plan.instanceColumn { texts.append((column, .instance)) }
        textColumns = texts
        builder.promotesConstantAttributes = !plan.namesCaseColumns
        builder.sourceNames = TableColumns.sourceNames(plan.names, plan.roles)
        for attribute in plan.attributes {
            let isOfCase = attribute.isOfCase && !atEventLevel.contains(attribute.column)
            let level = isOfCase ? AttributeLevel.case : .event
            var handles = AttributeType.allCases.map { _ in -1 }
            for type in attribute.occurring {
                let name = isOfCase || !attribute.isOfCase ? attribute.key : plan.names[attribute.column]
                let handle = builder.attribute(named: name, type: type, level: level)
                handles[Self.place(type)] = handle
                if attribute.column == plan.roles[.cost] && level == .event && (type == .int || type == .float) {
                    builder.costAttribute = handle
                }
            }
            attributeOfColumn[attribute.column] = attributes.count
            attributes.append(Target(plan: attribute, level: level, handles: handles))
        }
    }

    private static func place(_ type: AttributeType) -> Int {
        switch type {
        case .string: 0
        case .date: 1
        case .int: 2
        case .float: 3
        case .boolean: 4
        case .id: 5
        }
    }

    /// Adds the current row.
    mutating func add(_ source: inout some CellSource) throws {
        let cells = source.cells
        for (place, cell) in cells.enumerated() { places[cell.column] = place }
        defer { for cell in cells { places[cell.column] = -1 } }
        guard let caseText = text(caseColumn, cells) else {
            rowsWithoutCase += 1
            if linesWithoutCase.count < 5 { linesWithoutCase.append(.row(source.line)) }
            return
        }
        let caseNumber = builder.caseNumber(caseText)
        let activity = activityNumber(cells)
        var time = Instant.missing
        var form: UInt16 = 0
        if let column = plan.roles[.timestamp], let found = read(column, plan.timestamp, cells, source.line, \.timestamps) {
            (time, form) = forms.resolve(found, at: source.line, &builder)
        }
        let event = builder.append(case: caseNumber, activity: activity, time: time, form: form, row: source.line)
        if let column = plan.roles[.start], let found = read(column, plan.start, cells, source.line, \.starts) {
            let resolved = forms.resolve(found, at: source.line, &builder)
            builder.setStart(event, resolved.time, form: resolved.form)
        }
        for (column, target) in textColumns {
            if places[column] < 0 { continue }
            if case .text(let text) = cells[places[column]].value {
                builder.set(target, event, text)
            } else if let text = text(column, cells) {
                builder.set(target, event, text)
            }
        }
        for cell in cells {
            let index = attributeOfColumn[cell.column]
            if index >= 0 { try set(index, cell.value, of: event, in: Int(caseNumber), cells, &source) }
        }
    }

    private func text(_ column: Int, _ cells: [Cell]) -> UnsafeRawBufferPointer? {
        let place = places[column]
        return place < 0 ? nil : cells[place].value.text(scratch)
    }

    private mutating func activityNumber(_ cells: [Cell]) -> UInt32 {
        if plan.activityColumns.count == 1 {
            return builder.activityNumber(text(plan.activityColumns[0], cells) ?? UnsafeRawBufferPointer(start: nil, count: 0))
        }
        joined.clear()
        for (place, column) in plan.activityColumns.enumerated() {
            if place > 0 { joined.append(UInt8(ascii: "+")) }
            if let part = text(column, cells) { joined.append(part) }
        }
        return builder.activityNumber(joined.bytes)
    }

    private mutating func read(
        _ column: Int, _ format: TimeFormat, _ cells: [Cell], _ line: Int, _ path: WritableKeyPath<CellFiller, TimeCount>
    ) -> ParsedTime? {
        let place = places[column]
        if place < 0 { return nil }
        var parsed: ParsedTime?
        if case .time(let time) = cells[place].value {
            parsed = time
        } else if case .nested = cells[place].value {
            parsed = nil
        } else {
            guard let text = cells[place].value.text(scratch) else { return nil }
            parsed = format.parse(text)
        }
        guard var parsed = withClock(parsed, column, cells) else {
            self[keyPath: path].unreadable += 1
            if self[keyPath: path].lines.count < 5 { self[keyPath: path].lines.append(.row(line)) }
            return nil
        }
        self[keyPath: path].read += 1
        addOffset(to: &parsed, of: column, cells)
        if !parsed.isDateOnly && parsed.local % Microseconds.day == 0 { self[keyPath: path].midnights += 1 }
        if parsed.isRounded { rounded += 1 }
        return parsed
    }

    /// A day at the time of day that stands beside it; without one it is a day, and with one that cannot be read it is none.
    private func withClock(_ day: ParsedTime?, _ column: Int, _ cells: [Cell]) -> ParsedTime? {
        let role = column == plan.roles[.timestamp] ? ColumnRole.timestamp : .start
        guard let day, let beside = plan.clocks[role], places[beside] >= 0 else { return day }
        if case .time(let time) = cells[places[beside]].value {
            if !time.isClockOfSheet { return nil }
            return day.at(ParsedTime(local: time.local - time.local.flooredQuotient(by: Microseconds.day) * Microseconds.day))
        }
        guard let text = cells[places[beside]].value.text(scratch) else { return day }
        return ClockText.parse(text).map { day.at($0) }
    }

    /// The offset from UTC that stands in the column beside a time.
    private func addOffset(to time: inout ParsedTime, of column: Int, _ cells: [Cell]) {
        guard time.offset == nil, let beside = plan.offsetColumns[column], places[beside] >= 0 else { return }
        if case .text(let text) = cells[places[beside]].value { time.offset = ISO8601Reader.offset(text) }
    }

    // MARK: - Attributes

    private mutating func set(
        _ index: Int, _ value: Cell.Value, of event: Int, in caseNumber: Int, _ cells: [Cell], _ source: inout some CellSource
    ) throws {
        let level = attributes[index].level
        if level == .case {
            let digest = Self.digest(value, scratch)
            while attributes[index].digests.count <= caseNumber { attributes[index].digests.append(0) }
            let known = attributes[index].digests[caseNumber]
            if known != 0 {
                if known != digest { varyingCaseColumns.insert(attributes[index].plan.column) }
                return
            }
            attributes[index].digests[caseNumber] = digest
        }
        let owner = level == .case ? caseNumber : event
        let types = attributes[index].plan.types
        switch value {
        case .text(let text):
            if types.text == .date {
                // Every text of the column was read in this format once.
                if let parsed = types.textFormat.parse(text) { set(index, parsed, of: owner, cells) }
            } else if types.text == .float {
                if let number = SeparatedNumber.value(text, types.textStyle) {
                    builder.set(level, attribute: attributes[index].handles[Self.place(.float)], of: owner, number: number)
                }
            } else {
                builder.set(level, attribute: attributes[index].handles[Self.place(types.text)], of: owner, text: text)
            }
        case .integer(let number, let text):
            let handle = attributes[index].handles[Self.place(types.integer)]
            switch types.integer {
            case .float: builder.set(level, attribute: handle, of: owner, number: Double(number))
            case .string: builder.set(level, attribute: handle, of: owner, text: text)
            default: builder.set(level, attribute: handle, of: owner, integer: number)
            }
        case .wideInteger(let text):
            builder.set(level, attribute: attributes[index].handles[Self.place(types.integer)], of: owner, text: text)
        case .number(let number, let text):
            let handle = attributes[index].handles[Self.place(types.number)]
            if types.number == .string {
                builder.set(level, attribute: handle, of: owner, text: text)
            } else {
                builder.set(level, attribute: handle, of: owner, number: number)
            }
        case .boolean(let truth):
            let handle = attributes[index].handles[Self.place(types.boolean)]
            if types.boolean == .string {
                builder.set(level, attribute: handle, of: owner, text: truth ? "true" : "false")
            } else {
                builder.set(level, attribute: handle, of: owner, boolean: truth)
            }
        case .time(let time):
            if types.time == .string {
                guard let text = value.text(scratch) else { return }
                builder.set(level, attribute: attributes[index].handles[Self.place(.string)], of: owner, text: text)
            } else {
                set(index, time, of: owner, cells)
            }
        case .nested(let text):
            var tree = try source.tree(text, key: attributes[index].plan.key)
            if attributes[index].plan.isAnnotation { annotate(&tree, as: index, cells) }
            builder.addNested(level, of: owner, tree)
        }
    }

    private mutating func set(_ index: Int, _ time: ParsedTime, of owner: Int, _ cells: [Cell]) {
        var time = time
        addOffset(to: &time, of: attributes[index].plan.column, cells)
        if time.isRounded { rounded += 1 }
        let (instant, form) = forms.resolve(time, at: nil, &builder)
        builder.set(
            attributes[index].level, attribute: attributes[index].handles[Self.place(.date)], of: owner,
            instant: Instant(microseconds: instant), form: form)
    }

    /// Makes the tree the attribute that it belongs to, which stands in another column of the row.
    private func annotate(_ tree: inout AttributeTree, as index: Int, _ cells: [Cell]) {
        let name = String(plan.names[attributes[index].plan.column].dropFirst())
        guard let column = plan.names.firstIndex(of: name), places[column] >= 0 else { return }
        let value = cells[places[column]].value
        if case .nested = value { return }
        tree.text = value.text(scratch).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if column == plan.roles[.timestamp] || column == plan.roles[.start] {
            tree.kind = .value(.date)
            return
        }
        let types = attributes.first { $0.plan.column == column }?.plan.types ?? CellProfile.Types()
        switch value {
        case .text: tree.kind = .value(types.text)
        case .integer, .wideInteger: tree.kind = .value(types.integer)
        case .number: tree.kind = .value(types.number)
        case .boolean: tree.kind = .value(types.boolean)
        case .time: tree.kind = .value(types.time)
        case .nested: return
        }
    }

    /// A number that differs for different values; never 0.
    private static func digest(_ value: Cell.Value, _ scratch: ByteScratch) -> UInt64 {
        var text: UnsafeRawBufferPointer
        var kind: UInt64
        switch value {
        case .nested(let bytes): (text, kind) = (bytes, 1)
        case .text(let bytes): (text, kind) = (bytes, 2)
        default: (text, kind) = (value.text(scratch) ?? UnsafeRawBufferPointer(start: nil, count: 0), 3)
        }
        var state = 0xCBF2_9CE4_8422_2325 ^ kind
        for byte in text {
            state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            state ^= state >> 29
        }
        return state | 1
    }

    // MARK: - Findings

    /// Turns what was counted into findings.
    mutating func addFindings(of source: some CellSource) {
        if rowsWithoutCase > 0 {
            builder.findings.append(LogFinding(.missingCase, .warning, count: rowsWithoutCase, examples: linesWithoutCase))
        }
        for (role, counts) in [(ColumnRole.timestamp, timestamps), (.start, starts)] {
            guard let column = plan.roles[role] else { continue }
            if counts.unreadable > 0 {
                builder.findings.append(
                    LogFinding(.unreadableTime, .warning, count: counts.unreadable, detail: plan.names[column], examples: counts.lines))
            }
            if counts.read > 1 && counts.midnights == counts.read {
                builder.findings.append(LogFinding(.midnightColumn, .warning, count: counts.midnights, detail: plan.names[column]))
            }
        }
        builder.findings += forms.findings
        if rounded > 0 { builder.findings.append(LogFinding(.finerThanMicrosecond, .info, count: rounded)) }
        builder.findings += source.findings()
    }
}
