import CByteScan
import EventLogs
import Instants

/// Columns that grow while one thread reads: plain memory, so that setting a value is a store.
///
/// The current event's row is ``eventCount`` until ``endEvent(case:activity:)``; a value that is set twice keeps the later one.
struct RawColumns: ~Copyable {
    /// The standard columns of texts, by their places.
    enum Text: Int {
        case transition, resource, role, department, instance
    }

    /// One column of texts or of words.
    private struct Column {
        var name = ""
        var type = AttributeType.string
        var level = AttributeLevel.event
        var ids: UnsafeMutablePointer<UInt32>?
        var words: UnsafeMutablePointer<Int64>?
        var forms: UnsafeMutablePointer<UInt16>?
        var presence: UnsafeMutablePointer<UInt64>?
        /// For how many rows there is room.
        var room = 0
        /// How many rows have a value or the missing one.
        var capacity = 0
        /// One more than the last row that has a value.
        var count = 0
        var vocabulary = Vocabulary()
        /// The text that was set last, and its number or word.
        var lastText: UnsafePointer<UInt8>?
        var lastLength = -1
        var lastID: UInt32 = 0
        var lastWord: Int64 = 0

        var isText: Bool { type == .string || type == .id }

        @inline(__always)
        func isLast(_ text: UnsafeRawBufferPointer) -> Bool {
            guard lastLength == text.count, let lastText else { return false }
            if lastLength == 0 { return true }
            return weir_same(lastText, text.baseAddress!.assumingMemoryBound(to: UInt8.self), lastLength) != 0
        }

        /// Makes the column reach to so many rows at least; there is room for as many as there are events.
        mutating func grow(to rows: Int, events: Int) {
            if rows > room {
                let wanted = max(rows, level == .event ? events : room * 2, 256)
                if isText {
                    ids = ColumnMemory.grown(ids, from: room, to: wanted)
                } else {
                    words = ColumnMemory.grown(words, from: room, to: wanted, filledWith: 0)
                    if type == .date { forms = ColumnMemory.grown(forms, from: room, to: wanted, filledWith: 0) }
                    presence = ColumnMemory.grown(presence, from: (room + 63) / 64, to: (wanted + 63) / 64, filledWith: 0)
                }
                room = wanted
            }
            // Texts are filled step by step, as memory that was filled is memory that is taken.
            let reach = isText ? min(room, max(rows, capacity + RawColumns.step)) : room
            if isText { (ids! + capacity).initialize(repeating: Vocabulary.missing, count: reach - capacity) }
            capacity = reach
        }

        func free() {
            ColumnMemory.free(ids, capacity: room)
            ColumnMemory.free(words, capacity: room)
            ColumnMemory.free(forms, capacity: room)
            ColumnMemory.free(presence, capacity: (room + 63) / 64)
        }

        var symbols: SymbolColumn {
            SymbolColumn(ids: Array(UnsafeBufferPointer(start: ids, count: count)), vocabulary: vocabulary)
        }

        var finished: AttributeColumn {
            if isText { return AttributeColumn(name: name, type: type, symbols: symbols) }
            return AttributeColumn(
                name: name, type: type, words: Array(UnsafeBufferPointer(start: words, count: count)),
                forms: type == .date ? Array(UnsafeBufferPointer(start: forms, count: count)) : [],
                presence: Bitmap(words: Array(UnsafeBufferPointer(start: presence, count: (count + 63) / 64))))
        }
    }

    /// How many events are complete: the row of the current one.
    private(set) var eventCount = 0
    private var columns: UnsafeMutablePointer<Column>
    private var columnCount = 0
    private var columnCapacity = 64
    /// For how many events there is room.
    private(set) var room = 0
    /// How many events have a time or the missing one.
    private var capacity = 0
    private var caseOf: UnsafeMutablePointer<UInt32>?
    private var activity: UnsafeMutablePointer<UInt32>?
    private var time: UnsafeMutablePointer<Int64>?
    private var timeForm: UnsafeMutablePointer<UInt16>?
    private var start: UnsafeMutablePointer<Int64>?
    private var startForm: UnsafeMutablePointer<UInt16>?
    private var startCapacity = 0
    private var startCount = 0
    private var caseNames = Vocabulary()
    private var groups: [UInt32] = []
    private var activities = Vocabulary()
    /// Whether values stand in the source, where they stay, so that the next one can be compared with them.
    var staysInPlace = true
    private var costAttribute: Int?

    private static let standardCount = 5
    /// How many rows are filled at once.
    private static let step = 1 << 14

    init() {
        columns = .allocate(capacity: columnCapacity)
        for _ in 0..<Self.standardCount { addColumn(Column()) }
    }

    deinit {
        for place in 0..<columnCount { columns[place].free() }
        columns.deinitialize(count: columnCount)
        columns.deallocate()
        ColumnMemory.free(caseOf, capacity: room)
        ColumnMemory.free(activity, capacity: room)
        ColumnMemory.free(time, capacity: room)
        ColumnMemory.free(timeForm, capacity: room)
        ColumnMemory.free(start, capacity: startCapacity)
        ColumnMemory.free(startForm, capacity: startCapacity)
    }

    private mutating func addColumn(_ column: consuming Column) {
        if columnCount == columnCapacity {
            let larger = UnsafeMutablePointer<Column>.allocate(capacity: columnCapacity * 2)
            larger.moveInitialize(from: columns, count: columnCount)
            columns.deallocate()
            columns = larger
            columnCapacity *= 2
        }
        (columns + columnCount).initialize(to: column)
        columnCount += 1
    }

    /// Makes room for so many events; it takes no memory before they come.
    mutating func reserve(events: Int) {
        if events <= room { return }
        caseOf = ColumnMemory.grown(caseOf, from: room, to: events)
        activity = ColumnMemory.grown(activity, from: room, to: events)
        time = ColumnMemory.grown(time, from: room, to: events)
        timeForm = ColumnMemory.grown(timeForm, from: room, to: events)
        room = events
    }

    /// Fills the rows of further events.
    private mutating func fill() {
        if capacity == room { reserve(events: max(1_024, room * 2)) }
        let reach = min(room, capacity + Self.step)
        (time! + capacity).initialize(repeating: Instant.missing, count: reach - capacity)
        (timeForm! + capacity).initialize(repeating: EventLogPart.noForm, count: reach - capacity)
        capacity = reach
    }

    /// Forgets where texts stood, as their memory is used anew.
    mutating func forgetPlaces() {
        for place in 0..<columnCount {
            columns[place].lastText = nil
            columns[place].lastLength = -1
        }
    }

    // MARK: - Events

    /// Begins the event of row ``eventCount``.
    @inline(__always)
    mutating func beginEvent() {
        if eventCount == capacity { fill() }
    }

    /// Completes the current event.
    @inline(__always)
    mutating func endEvent(case number: UInt32, activity name: UInt32) {
        caseOf![eventCount] = number
        activity![eventCount] = name
        eventCount &+= 1
    }

    /// Sets when the current event happened.
    @inline(__always)
    mutating func setTime(_ value: Int64, _ form: UInt16) {
        time![eventCount] = value
        timeForm![eventCount] = form
    }

    /// Sets when the current event began.
    mutating func setStart(_ value: Int64, _ form: UInt16) {
        if eventCount >= startCapacity {
            let wanted = eventCount + max(Self.step, startCapacity / 4)
            start = ColumnMemory.grown(start, from: startCapacity, to: wanted, filledWith: Instant.missing)
            startForm = ColumnMemory.grown(startForm, from: startCapacity, to: wanted, filledWith: EventLogPart.noForm)
            startCapacity = wanted
        }
        start![eventCount] = value
        startForm![eventCount] = form
        startCount = eventCount + 1
    }

    /// The number of an activity, new or known.
    @inline(__always)
    mutating func activityNumber(_ name: UnsafeRawBufferPointer) -> UInt32 {
        activities.intern(name)
    }

    /// Sets a standard text column of the current event.
    @inline(__always)
    mutating func set(_ column: Text, _ value: UnsafeRawBufferPointer) {
        set(column.rawValue, eventCount, text: value)
    }

    // MARK: - Cases

    /// The number of the case whose events follow; it may be known.
    mutating func openCase(_ name: UnsafeRawBufferPointer) -> UInt32 {
        let number = caseNames.intern(name)
        groups.append(number)
        return number
    }

    // MARK: - Attributes

    /// The column of a key and a type, new or known.
    mutating func attribute(_ name: String, _ type: AttributeType, _ level: AttributeLevel) -> Int {
        for place in Self.standardCount..<columnCount
        where columns[place].name == name && columns[place].type == type && columns[place].level == level {
            return place
        }
        addColumn(Column(name: name, type: type, level: level))
        return columnCount - 1
    }

    /// Takes a column for that of costs, where none was before.
    mutating func noteCost(_ column: Int) {
        if costAttribute == nil { costAttribute = column }
    }

    /// Sets a text.
    @inline(__always)
    mutating func set(_ column: Int, _ row: Int, text: UnsafeRawBufferPointer) {
        if row >= columns[column].capacity { columns[column].grow(to: row + 1, events: room) }
        if !columns[column].isLast(text) { remember(column, text, columns[column].vocabulary.intern(text)) }
        columns[column].ids![row] = columns[column].lastID
        if row >= columns[column].count { columns[column].count = row &+ 1 }
    }

    /// Sets the text of a row that takes one value only; whether it had none or this one.
    @inline(__always)
    mutating func setOnce(_ column: Int, _ row: Int, text: UnsafeRawBufferPointer) -> Bool {
        if row < columns[column].count {
            let known = columns[column].ids![row]
            if known != Vocabulary.missing {
                if !columns[column].isLast(text) { remember(column, text, columns[column].vocabulary.intern(text)) }
                return columns[column].lastID == known
            }
        }
        set(column, row, text: text)
        return true
    }

    private mutating func remember(_ column: Int, _ text: UnsafeRawBufferPointer, _ id: UInt32) {
        columns[column].lastID = id
        columns[column].lastText = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
        columns[column].lastLength = staysInPlace && text.baseAddress != nil ? text.count : -1
    }

    /// Sets a number or truth value to what the same text gave last time; whether it is the same text.
    @inline(__always)
    mutating func repeatsLast(_ column: Int, _ row: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        if !columns[column].isLast(text) { return false }
        put(column, row, columns[column].lastWord)
        return true
    }

    /// Sets a number or truth value, which stood there as `text`.
    @inline(__always)
    mutating func set(_ column: Int, _ row: Int, word: Int64, text: UnsafeRawBufferPointer) {
        columns[column].lastWord = word
        remember(column, text, 0)
        put(column, row, word)
    }

    /// Sets a time.
    @inline(__always)
    mutating func set(_ column: Int, _ row: Int, word: Int64, form: UInt16) {
        put(column, row, word)
        columns[column].forms![row] = form
    }

    @inline(__always)
    private mutating func put(_ column: Int, _ row: Int, _ word: Int64) {
        if row >= columns[column].capacity { columns[column].grow(to: row + 1, events: room) }
        columns[column].words![row] = word
        columns[column].presence![row >> 6] |= 1 << UInt64(row & 63)
        if row >= columns[column].count { columns[column].count = row &+ 1 }
    }

    // MARK: - The end

    /// What a column holds; its memory is free from then on.
    private static func taken<Value>(_ column: inout UnsafeMutablePointer<Value>?, _ count: Int, of capacity: Int) -> [Value] {
        let values = Array(UnsafeBufferPointer(start: column, count: count))
        ColumnMemory.free(column, capacity: capacity)
        column = nil
        return values
    }

    private mutating func takenText(_ column: Text) -> SymbolColumn {
        let symbols = columns[column.rawValue].symbols
        columns[column.rawValue].free()
        columns[column.rawValue] = Column()
        return symbols
    }

    /// Everything as a part of a log, once; rows are numbered from 1 within the part.
    mutating func finished(timeForms: [TimeForm]) -> EventLogPart {
        var part = EventLogPart()
        part.caseNames = caseNames
        part.groups = groups
        part.caseOf = Self.taken(&caseOf, eventCount, of: room)
        part.activity = SymbolColumn(ids: Self.taken(&activity, eventCount, of: room), vocabulary: activities)
        part.time = Self.taken(&time, eventCount, of: room)
        part.timeForm = Self.taken(&timeForm, eventCount, of: room)
        part.timeForms = timeForms
        part.start = Self.taken(&start, startCount, of: startCapacity)
        part.startForm = Self.taken(&startForm, startCount, of: startCapacity)
        part.transition = takenText(.transition)
        part.resource = takenText(.resource)
        part.role = takenText(.role)
        part.department = takenText(.department)
        part.instanceName = takenText(.instance)
        for place in Self.standardCount..<columnCount {
            let column = columns[place].finished
            switch columns[place].level {
            case .event:
                if costAttribute == place { part.costAttribute = part.attributes.count }
                part.attributes.append(column)
            case .case: part.caseAttributes.append(column)
            }
            columns[place].free()
            columns[place] = Column()
        }
        return part
    }
}
