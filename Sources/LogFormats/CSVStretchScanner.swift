import ByteParsing
import CByteScan
import EventLogs
import Instants

/// Reads a stretch of whole rows of delimited text into columns by a plan that a sample of the rows suggested.
///
/// Every row is held to the plan: a value of another type, or a second value of a case where there was to be one, is a contradiction;
/// anything unusual in the layout ends the scan.
struct CSVStretchScanner: ~Copyable {
    /// What does not agree with the plan.
    enum Contradiction: Sendable {
        /// A value of an attribute, by its place in the plan, is of another type.
        case type(attribute: Int, value: [UInt8])
        /// An attribute, by its place in the plan, has two values in a case.
        case constancy(attribute: Int)
        /// The layout is not a plain one.
        case layout
    }

    /// What was met beside the events.
    struct Counts: Sendable {
        /// Times in a column, and whether all of them are midnights of more than a date.
        struct Times: Sendable {
            var read = 0
            var areMidnights = true

            mutating func add(_ other: Times) {
                read += other.read
                areMidnights = areMidnights && other.areMidnights
            }

            @inline(__always)
            mutating func take(_ time: Int64, _ form: @autoclosure () -> TimeForm) {
                read &+= 1
                if !areMidnights { return }
                let form = form()
                let local = time + Int64(form.offset) * Microseconds.second
                if form.isDateOnly || local % Microseconds.day != 0 { areMidnights = false }
            }
        }

        var timestamps = Times()
        var starts = Times()
        /// Times finer than a microsecond.
        var rounded = 0
        /// Line breaks, those within quotes too.
        var lines = 0
        /// How many columns of texts follow the attributes of cases, to compare their values by.
        var shadows = 0

        mutating func add(_ other: Counts) {
            timestamps.add(other.timestamps)
            starts.add(other.starts)
            rounded += other.rounded
            lines += other.lines
        }
    }

    private struct Field {
        var start: Int
        var length: Int
        var hasDoubledQuotes: Bool
    }

    private struct Attribute {
        let column: Int
        let handle: Int
        /// The column of texts by which a case's value is compared with its others; -1 at the level of events.
        let shadow: Int
        let finding: ColumnProfile.Finding
        let isEmpty: Bool
    }

    private let text: UnsafeRawBufferPointer
    private let base: UnsafePointer<UInt8>
    private let delimiter: UInt8
    private let roles: CSVColumns
    private let clock: ZoneClock
    private let flag: GiveUpFlag
    private let isFirst: Bool
    private let width: Int
    private let fields: UnsafeMutablePointer<Field>
    private let attributes: [Attribute]
    private var columns = RawColumns()
    private var times = XESTimeCache()
    private var counts = Counts()
    private var rows: [UInt32] = []
    private var caseNumber: UInt32 = 0
    private var caseField: Field?
    private var activityNumber: UInt32 = 0
    private var activityField: Field?
    private let scratch = ByteScratch()

    /// A scanner of `text`, which is not empty.
    ///
    /// - Parameter isFirst: whether no row stands before it.
    init(
        _ text: UnsafeRawBufferPointer, delimiter: UInt8, columns roles: CSVColumns, clock: ZoneClock, isFirst: Bool, flag: GiveUpFlag
    ) {
        self.text = text
        base = text.baseAddress!.assumingMemoryBound(to: UInt8.self)
        self.delimiter = delimiter
        self.roles = roles
        self.clock = clock
        self.flag = flag
        self.isFirst = isFirst
        width = roles.width
        fields = .allocate(capacity: roles.width)
        fields.initialize(repeating: Field(start: 0, length: 0, hasDoubledQuotes: false), count: roles.width)
        var attributes: [Attribute] = []
        for attribute in roles.attributes {
            let handle = columns.attribute(attribute.name, attribute.type, attribute.level)
            if attribute.column == roles.cost && attribute.level == .event && (attribute.type == .int || attribute.type == .float) {
                columns.noteCost(handle)
            }
            attributes.append(
                Attribute(
                    column: attribute.column, handle: handle, shadow: attribute.level == .event ? -1 : handle, finding: attribute.finding,
                    isEmpty: roles.unseen.contains(attribute.column)))
        }
        // Behind all attributes, one column of texts for each of the cases' that holds no texts itself.
        for place in attributes.indices where attributes[place].shadow >= 0 && attributes[place].finding != .text {
            let own = attributes[place]
            attributes[place] = Attribute(
                column: own.column, handle: own.handle, shadow: columns.attribute("\(own.column)", .id, .case), finding: own.finding,
                isEmpty: own.isEmpty)
            counts.shadows += 1
        }
        self.attributes = attributes
    }

    deinit {
        fields.deallocate()
    }

    /// Reads all rows; the events, or what ended the scan.
    mutating func scan() -> Result<(events: EventLogPart, counts: Counts), CSVContradiction> {
        if let found = scanRows() { return .failure(CSVContradiction(found)) }
        var part = columns.finished(timeForms: times.forms)
        part.groups = []
        part.row = rows
        return .success((part, counts))
    }

    private mutating func scanRows() -> Contradiction? {
        let end = text.count
        let (base, delimiter, width, fields) = (base, delimiter, width, fields)
        var block = 0
        var marks = weir_field_marks(base, end, delimiter)
        /// The place of the next byte that may end a field; the end where there is none.
        @inline(__always)
        func nextMark() -> Int {
            while marks == 0 {
                block &+= 64
                if block >= end { return end }
                marks = weir_field_marks(base + block, end &- block, delimiter)
            }
            let place = block &+ marks.trailingZeroBitCount
            marks &= marks &- 1
            return place
        }
        var start = 0
        rows.reserveCapacity(end / 64)
        while start < end {
            if columns.eventCount & 0xFFF == 0 && flag.isSet { return .layout }
            let line = counts.lines
            var column = 0
            while true {
                var place = nextMark()
                var field = Field(start: start, length: 0, hasDoubledQuotes: false)
                if place == start && place < end && base[place] == UInt8(ascii: "\"") {
                    field.start = start &+ 1
                    while true {
                        place = nextMark()
                        if place >= end { return .layout }
                        let byte = base[place]
                        if byte == UInt8(ascii: "\"") {
                            if place &+ 1 < end && base[place &+ 1] == byte {
                                _ = nextMark()
                                field.hasDoubledQuotes = true
                                continue
                            }
                            break
                        }
                        if byte == 0x0A || (byte == 0x0D && !(place &+ 1 < end && base[place &+ 1] == 0x0A)) {
                            counts.lines &+= 1
                        }
                    }
                    field.length = place &- field.start
                    let behind = place &+ 1
                    place = nextMark()
                    if place != behind { return .layout }
                } else {
                    while place < end && base[place] == UInt8(ascii: "\"") { place = nextMark() }
                    field.length = place &- start
                }
                if column >= width { return .layout }
                fields[column] = field
                column &+= 1
                start = place &+ 1
                if place >= end { break }
                let byte = base[place]
                if byte == delimiter { continue }
                if byte == 0x0D && start < end && base[start] == 0x0A {
                    _ = nextMark()
                    start &+= 1
                }
                break
            }
            if column != width { return .layout }
            counts.lines &+= 1
            if let found = takeRow() { return found }
            rows.append(UInt32(truncatingIfNeeded: line))
        }
        return nil
    }

    // MARK: - Rows

    @inline(__always)
    private func value(_ field: Field) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(base + field.start), count: field.length)
    }

    /// The text of a field with its quotes undoubled.
    private func undoubled(_ field: Field) -> UnsafeRawBufferPointer {
        scratch.clear()
        var index = field.start
        while index < field.start + field.length {
            scratch.append(base[index])
            index += base[index] == UInt8(ascii: "\"") ? 2 : 1
        }
        return scratch.bytes
    }

    @inline(__always)
    private func repeats(_ field: Field, _ last: Field?) -> Bool {
        guard let last, last.length == field.length else { return false }
        return field.length == 0 || weir_same(base + last.start, base + field.start, field.length) != 0
    }

    @inline(__always)
    private mutating func takeRow() -> Contradiction? {
        let caseField = fields[roles.caseID]
        if caseField.length == 0 || caseField.hasDoubledQuotes { return .layout }
        if !repeats(caseField, self.caseField) {
            caseNumber = columns.openCase(value(caseField))
            self.caseField = caseField
        }
        let activityField = fields[roles.activity]
        if activityField.hasDoubledQuotes { return .layout }
        if !repeats(activityField, self.activityField) {
            activityNumber = columns.activityNumber(value(activityField))
            self.activityField = activityField
        }
        columns.beginEvent()
        if roles.timestamp >= 0 && fields[roles.timestamp].length > 0 {
            guard let read = time(fields[roles.timestamp]) else { return .layout }
            counts.timestamps.take(read.time, times.forms[Int(read.form)])
            columns.setTime(read.time, read.form)
        } else if isFirst && columns.eventCount == 0 {
            // The form of a log's first time has the first number.
            return .layout
        }
        if roles.start >= 0 && fields[roles.start].length > 0 {
            guard let read = time(fields[roles.start]) else { return .layout }
            counts.starts.take(read.time, times.forms[Int(read.form)])
            columns.setStart(read.time, read.form)
        }
        for (column, target) in roles.texts where fields[column].length > 0 {
            if fields[column].hasDoubledQuotes { return .layout }
            columns.set(target, value(fields[column]))
        }
        for place in attributes.indices where fields[attributes[place].column].length > 0 {
            if let found = take(place, fields[attributes[place].column]) { return found }
        }
        columns.endEvent(case: caseNumber, activity: activityNumber)
        return nil
    }

    @inline(__always)
    private mutating func take(_ place: Int, _ field: Field) -> Contradiction? {
        if field.hasDoubledQuotes {
            columns.staysInPlace = false
            defer { columns.staysInPlace = true }
            return take(place, undoubled(field))
        }
        return take(place, value(field))
    }

    @inline(__always)
    private mutating func take(_ place: Int, _ text: UnsafeRawBufferPointer) -> Contradiction? {
        let (handle, shadow, finding) = (attributes[place].handle, attributes[place].shadow, attributes[place].finding)
        if attributes[place].isEmpty { return .type(attribute: place, value: Array(text)) }
        let row = shadow < 0 ? columns.eventCount : Int(caseNumber)
        if shadow >= 0 && !columns.setOnce(shadow, row, text: text) { return .constancy(attribute: place) }
        if finding == .text {
            if shadow < 0 { columns.set(handle, row, text: text) }
            return nil
        }
        if case .time = finding {
            guard let read = time(text), ColumnProfile.numberKind(text) == .none else { return .type(attribute: place, value: Array(text)) }
            columns.set(handle, row, word: read.time, form: read.form)
            return nil
        }
        if columns.repeatsLast(handle, row, text) { return nil }
        let word: Int64?
        switch finding {
        case .integer: word = ColumnProfile.numberKind(text) == .integer ? NumberReader.integer(text) : nil
        case .decimal:
            let number = ColumnProfile.numberKind(text) == .none ? nil : NumberReader.decimal(text)
            word = number.map { Int64(bitPattern: $0.bitPattern) }
        case .boolean: word = NumberReader.boolean(text, acceptsDigits: false).map { $0 ? 1 : 0 }
        case .separated, .time, .text: word = nil
        }
        guard let word else { return .type(attribute: place, value: Array(text)) }
        columns.set(handle, row, word: word, text: text)
        return nil
    }

    // MARK: - Times

    @inline(__always)
    private mutating func time(_ field: Field) -> (time: Int64, form: UInt16)? {
        field.hasDoubledQuotes ? nil : time(value(field))
    }

    @inline(__always)
    private mutating func time(_ text: UnsafeRawBufferPointer) -> (time: Int64, form: UInt16)? {
        if let quick = times.quick(text) { return quick }
        return slowTime(text)
    }

    @inline(never)
    private mutating func slowTime(_ text: UnsafeRawBufferPointer) -> (time: Int64, form: UInt16)? {
        guard let parsed = ISO8601Reader.parse(text) else { return nil }
        if parsed.isRounded { counts.rounded &+= 1 }
        return times.resolve(parsed, text, clock)
    }
}

/// A contradiction as an error.
struct CSVContradiction: Error {
    let what: CSVStretchScanner.Contradiction

    init(_ what: CSVStretchScanner.Contradiction) {
        self.what = what
    }
}

/// Which column holds what, by their places in a row; -1 where there is none.
struct CSVColumns: Sendable {
    var width: Int
    var caseID: Int
    var activity: Int
    var timestamp: Int
    var start: Int
    var cost: Int
    var texts: [(column: Int, target: RawColumns.Text)]
    /// The other columns.
    var attributes: [CSVPlan.Attribute]
    /// Columns of which no value was seen so far.
    var unseen: Set<Int>
}
