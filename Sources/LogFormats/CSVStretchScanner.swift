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

    private struct Field {
        var start: Int
        var length: Int
        var hasDoubledQuotes: Bool
    }

    /// Neighbouring columns that mostly repeat, such as those of the case and its attributes: where a row has the bytes of the row before,
    /// they are neither split nor read again.
    private struct Run {
        let first: Int
        /// The column behind the last.
        let end: Int
        /// How many bytes the fields take with what ends them, where they were split last; 0 where they cannot be compared.
        var length = 0
    }

    private struct Attribute {
        let column: Int
        let handle: Int
        /// The column of texts by which a case's value is compared with its others; -1 at the level of events.
        let shadow: Int
        let kind: Kind
        let isEmpty: Bool
    }

    /// What an attribute holds.
    private enum Kind {
        case integer, decimal, boolean, time, text

        init(_ finding: ColumnProfile.Finding) {
            self =
                switch finding {
                case .integer: .integer
                case .decimal: .decimal
                case .boolean: .boolean
                case .time: .time
                case .separated, .text: .text
                }
        }
    }

    private let text: UnsafeRawBufferPointer
    private let base: UnsafePointer<UInt8>
    private let delimiter: UInt8
    private let roles: CSVColumns
    private let clock: ZoneClock
    private let flag: GiveUpFlag
    private let isFirst: Bool
    private let hasTimes: Bool
    private let width: Int
    private let fields: UnsafeMutablePointer<Field>
    /// Where each field begins, with its quotes.
    private let begins: UnsafeMutablePointer<Int>
    private let attributes: UnsafeMutablePointer<Attribute>
    /// The places of the attributes of cases and of those of events.
    private let ofCases: [Int]
    private let ofEvents: [Int]
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
        begins = .allocate(capacity: roles.width)
        begins.initialize(repeating: 0, count: roles.width)
        var attributes: [Attribute] = []
        for attribute in roles.attributes {
            let handle = columns.attribute(attribute.name, attribute.type, attribute.level)
            if attribute.column == roles.cost && attribute.level == .event && (attribute.type == .int || attribute.type == .float) {
                columns.noteCost(handle)
            }
            attributes.append(
                Attribute(
                    column: attribute.column, handle: handle, shadow: attribute.level == .event ? -1 : handle,
                    kind: Kind(attribute.finding),
                    isEmpty: roles.unseen.contains(attribute.column)))
        }
        // Behind all attributes, one column of texts for each of the cases' that holds no texts itself.
        for place in attributes.indices where attributes[place].shadow >= 0 && attributes[place].kind != .text {
            let own = attributes[place]
            attributes[place] = Attribute(
                column: own.column, handle: own.handle, shadow: columns.attribute("\(own.column)", .id, .case), kind: own.kind,
                isEmpty: own.isEmpty)
            counts.shadows += 1
        }
        self.attributes = .allocate(capacity: attributes.count)
        self.attributes.initialize(from: attributes, count: attributes.count)
        hasTimes = roles.timestamp >= 0 || roles.start >= 0 || attributes.contains { $0.kind == .time }
        ofCases = attributes.indices.filter { attributes[$0].shadow >= 0 }
        ofEvents = attributes.indices.filter { attributes[$0].shadow < 0 }
    }

    deinit {
        fields.deallocate()
        begins.deallocate()
        attributes.deallocate()
    }

    /// The longest runs of columns that likely repeat.
    private static func runs(_ roles: CSVColumns) -> [Run] {
        let columns = roles.steady.subtracting(roles.attributes.filter { $0.level == .event }.map(\.column))
        var runs: [Run] = []
        var first = 0
        while first < roles.width {
            var end = first
            while columns.contains(end) { end += 1 }
            if end > first { runs.append(Run(first: first, end: end)) }
            first = end + 1
        }
        return runs
    }

    /// Reads all rows; the events, or what ended the scan.
    ///
    /// - Parameter passed: is told of stretches of the text as they are done with; whether to go on.
    mutating func scan(
        passed: (Range<Int>) -> Bool = { _ in true }
    ) -> Result<(events: EventLogPart, counts: Counts), CSVContradiction> {
        if let found = scanRows(passed) { return .failure(CSVContradiction(found)) }
        var part = columns.finished(timeForms: times.forms)
        part.groups = []
        part.row = rows
        return .success((part, counts))
    }

    private mutating func scanRows(_ passed: (Range<Int>) -> Bool) -> Contradiction? {
        let end = text.count
        let (base, delimiter, width, fields, begins) = (base, delimiter, width, fields, begins)
        var runs = Self.runs(roles)
        var marks = CSVFieldMarks(text, delimiter)
        var start = 0
        var done = 0
        while start < end {
            if start &- done >= Self.step {
                if flag.isSet || !isValid(done..<start, &marks) || !passed(done..<start) { return .layout }
                done = start
            }
            if columns.eventCount == columns.room { makeRoom(start) }
            let line = counts.lines
            var column = 0
            var nextRun = 0
            var runLine = line
            var repeatedRuns = 0
            while true {
                if nextRun < runs.count && column == runs[nextRun].first {
                    let length = runs[nextRun].length
                    if length > 0 && length <= end &- start {
                        let same = weir_common(base + begins[column], base + start, length)
                        if same == length {
                            start &+= length
                            column = runs[nextRun].end
                            nextRun &+= 1
                            repeatedRuns &+= 1
                            marks.move(to: start)
                            if column == width { break }
                            continue
                        }
                        let shift = start &- begins[column]
                        let reach = begins[column] &+ same
                        while column &+ 1 < runs[nextRun].end && begins[column &+ 1] <= reach {
                            begins[column] &+= shift
                            fields[column].start &+= shift
                            column &+= 1
                        }
                        start = begins[column] &+ shift
                        marks.move(to: start)
                    }
                    runLine = counts.lines
                }
                var place = marks.next()
                var field = Field(start: start, length: 0, hasDoubledQuotes: false)
                if place == start && place < end && base[place] == UInt8(ascii: "\"") {
                    field.start = start &+ 1
                    while true {
                        place = marks.next()
                        if place >= end { return .layout }
                        let byte = base[place]
                        if byte == UInt8(ascii: "\"") {
                            if place &+ 1 < end && base[place &+ 1] == byte {
                                _ = marks.next()
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
                    place = marks.next()
                    if place != behind { return .layout }
                } else {
                    while place < end && base[place] == UInt8(ascii: "\"") { place = marks.next() }
                    field.length = place &- start
                }
                if column >= width { return .layout }
                fields[column] = field
                begins[column] = start
                column &+= 1
                start = place &+ 1
                var isRowEnd = place >= end
                if !isRowEnd && base[place] != delimiter {
                    isRowEnd = true
                    if base[place] == 0x0D && start < end && base[start] == 0x0A {
                        _ = marks.next()
                        start &+= 1
                    }
                }
                if nextRun < runs.count && column == runs[nextRun].end {
                    // What spans lines is split anew each time, so that they are counted.
                    runs[nextRun].length = counts.lines == runLine ? start &- begins[runs[nextRun].first] : 0
                    nextRun &+= 1
                }
                if isRowEnd { break }
            }
            if column != width { return .layout }
            counts.lines &+= 1
            if let found = takeRow(repeatsCase: repeatedRuns == runs.count) { return found }
            rows.append(UInt32(truncatingIfNeeded: line))
        }
        if !isValid(done..<end, &marks) || !passed(done..<end) { return .layout }
        return nil
    }

    /// How much of the text is done with at once.
    private static let step = 1 << 22

    /// Whether a stretch of rows is UTF-8. What was passed over there has the bytes of what was not, there or before.
    private mutating func isValid(_ range: Range<Int>, _ marks: inout CSVFieldMarks) -> Bool {
        if marks.beyond == 0 { return true }
        marks.beyond = 0
        counts.isWide = true
        return UTF8Check.firstInvalid(in: UnsafeRawBufferPointer(rebasing: text[range])) == nil
    }

    /// Makes room for as many events as the text seems to have, though for no more than some times those that came.
    private mutating func makeRoom(_ place: Int) {
        let count = columns.eventCount
        let likely = place == 0 ? 0 : Int(Double(count) * (Double(text.count) / Double(place)) * 1.02) + 64
        let room = max(1_024, count + count / 4, min(likely, count * 16))
        columns.reserve(events: room)
        rows.reserveCapacity(room)
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

    /// Takes the row that was split.
    ///
    /// - Parameter repeatsCase: whether the case and all its attributes have the bytes of the row before.
    @inline(__always)
    private mutating func takeRow(repeatsCase: Bool) -> Contradiction? {
        if !repeatsCase {
            let caseField = fields[roles.caseID]
            if caseField.length == 0 || caseField.hasDoubledQuotes { return .layout }
            if !repeats(caseField, self.caseField) { caseNumber = columns.openCase(value(caseField)) }
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
        } else if isFirst && columns.eventCount == 0 && hasTimes {
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
        if !repeatsCase {
            for place in ofCases where fields[attributes[place].column].length > 0 {
                if let found = take(place, fields[attributes[place].column]) { return found }
            }
        }
        for place in ofEvents where fields[attributes[place].column].length > 0 {
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
        let (handle, shadow, kind) = (attributes[place].handle, attributes[place].shadow, attributes[place].kind)
        if attributes[place].isEmpty { return .type(attribute: place, value: Array(text)) }
        let row = shadow < 0 ? columns.eventCount : Int(caseNumber)
        if shadow >= 0 && !columns.setOnce(shadow, row, text: text) { return .constancy(attribute: place) }
        if kind == .text {
            if shadow < 0 { columns.set(handle, row, text: text) }
            return nil
        }
        if kind == .time {
            guard let read = time(text), ColumnProfile.numberKind(text) == .none else { return .type(attribute: place, value: Array(text)) }
            columns.set(handle, row, word: read.time, form: read.form)
            return nil
        }
        if columns.repeatsLast(handle, row, text) { return nil }
        let word: Int64?
        switch kind {
        case .integer: word = ColumnProfile.integer(text)
        case .decimal: word = ColumnProfile.decimal(text).map { Int64(bitPattern: $0.bitPattern) }
        case .boolean: word = NumberReader.boolean(text, acceptsDigits: false).map { $0 ? 1 : 0 }
        case .time, .text: word = nil
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
