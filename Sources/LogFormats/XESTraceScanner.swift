import ByteParsing
import CByteScan
import EventLogs
import Instants

/// Reads whole traces of XES in the layout that nearly all writers use, fast, and gives up on anything else.
///
/// That layout: elements without prefix, `key` before `value` in double quotes, no nested attributes, lists, comments or CDATA inside
/// traces, every trace named before its first event, every value of its declared type. Whoever called then lets ``XESLogReader`` read the
/// whole document, so that errors, findings and everything unusual are told in one place. What is accepted here gives the columns that it
/// would have given.
///
/// Files repeat themselves: the text from one value to the next (`"/>`, white space, `<string key="org:resource" value="`) is nearly always
/// one that was seen before, and mostly the one that followed last time. Such a text is a *pattern*, learnt once; then it is one comparison
/// of bytes that says type, key and column.
struct XESTraceScanner: ~Copyable {
    private var at: UnsafePointer<UInt8>
    private var start: UnsafePointer<UInt8>
    private var end: UnsafePointer<UInt8>
    private let patterns = UnsafeMutablePointer<Pattern>.allocate(capacity: XESTraceScanner.mostPatterns)
    private var patternCount = 0
    private let texts = UnsafeMutablePointer<UInt8>.allocate(capacity: XESTraceScanner.textCapacity)
    private var textCount = 0
    private var columns = RawColumns()
    private let scratch = ByteScratch()
    private let clock: ZoneClock
    private let isFirst: Bool
    private let flag: GiveUpFlag
    private var times = XESTimeCache()
    private(set) var rounded = 0

    private static let textCapacity = 1 << 18
    private static let mostPatterns = 1_024
    private static let mostPending = 512
    /// Values longer than this are left to the complete reader, which has a bound of its own.
    private static let longestValue = 1 << 20

    /// Where in a trace a pattern stands.
    private enum Level: UInt8 {
        case outside, trace, event
    }

    /// How many bytes are read before it is told how many were.
    private static let step = 1 << 22

    /// What a pattern leads to.
    private enum Kind: UInt8 {
        case traceStart, traceEnd, eventStart, eventEnd, attribute
    }

    /// A stretch of text between values, and what it means.
    private struct Pattern {
        var start: Int
        var length: Int
        var level: Level
        var kind: Kind
        var type: AttributeType
        var meaning: XESKey
        /// The column of an attribute: a place in ``columns``; -1 where it has none yet.
        var column: Int
        var key: Range<Int>
        /// The pattern that followed last.
        var following: Int
    }

    /// An attribute of a trace whose case is not known yet.
    private struct Pending {
        var pattern: Int
        var start: UnsafePointer<UInt8>
        var length: Int
        var needsDecoding: Bool
    }

    /// A scanner of `bytes`, which are meant to be UTF-8 and begin and end between traces.
    ///
    /// - Parameters:
    ///   - isFirst: whether no event of the document comes before.
    ///   - flag: says that another stretch of the document was given up.
    init(_ bytes: UnsafeRawBufferPointer, clock: ZoneClock, isFirst: Bool, flag: GiveUpFlag) {
        at = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        start = at
        end = at + bytes.count
        self.clock = clock
        self.isFirst = isFirst
        self.flag = flag
        columns.reserve(events: bytes.count / 192)
    }

    deinit {
        texts.deallocate()
        patterns.deallocate()
    }

    /// Goes on with bytes that follow those before, which may be gone.
    mutating func goOn(with bytes: UnsafeRawBufferPointer) {
        at = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        start = at
        end = at + bytes.count
        columns.forgetPlaces()
    }

    /// The events of all traces that were read; nothing can be read afterwards.
    mutating func finished() -> EventLogPart { columns.finished(timeForms: times.forms) }

    /// Reads all traces; whether all is in the layout that is known here.
    ///
    /// - Parameter passed: is told now and then, between traces, and at the end how many bytes have been read; `false` ends the reading.
    mutating func scan(passed: (Int) -> Bool) -> Bool {
        var told = 0
        var level = Level.outside
        var previous = -1
        var pending: [Pending] = []
        var name: (start: UnsafePointer<UInt8>, length: Int)?
        var caseNumber: UInt32?
        var activity: UInt32 = Vocabulary.missing
        while true {
            var found = previous < 0 ? -1 : patterns[previous].following
            if found < 0 || !matches(found, level) {
                if level == .outside && isBlankToTheEnd {
                    return passed(end - start)
                }
                found = known(level)
                if found < 0 { found = learn(level) }
                if found < 0 { return false }
                if previous >= 0 { patterns[previous].following = found }
            }
            at += patterns[found].length
            previous = found
            switch patterns[found].kind {
            case .traceStart:
                level = .trace
                name = nil
                caseNumber = nil
                pending.removeAll(keepingCapacity: true)
            case .eventStart:
                if caseNumber == nil {
                    guard let opened = open(name, pending) else { return false }
                    caseNumber = opened
                }
                level = .event
                activity = Vocabulary.missing
                columns.beginEvent()
            case .eventEnd:
                if activity == Vocabulary.missing { activity = columns.activityNumber(UnsafeRawBufferPointer(start: nil, count: 0)) }
                if isFirst && times.forms.isEmpty { _ = times.number(of: .utc) }
                columns.endEvent(case: caseNumber ?? 0, activity: activity)
                level = .trace
            case .traceEnd:
                if caseNumber == nil && open(name, pending) == nil { return false }
                if flag.isSet { return false }
                level = .outside
                if at - start - told >= Self.step {
                    told = at - start
                    if !passed(told) { return false }
                    // What was passed may have been given back: to compare with texts in it would bring it back.
                    columns.forgetPlaces()
                }
            case .attribute:
                let start = at
                guard let (length, needsDecoding) = takeValue(patterns[found].type) else { return false }
                if level == .event {
                    guard setEventValue(found, start, length, needsDecoding, &activity) else { return false }
                    continue
                }
                if case .activity = patterns[found].meaning {
                    if name == nil {
                        guard !needsDecoding else { return false }
                        name = (start, length)
                    }
                } else if let caseNumber {
                    let value = Pending(pattern: found, start: start, length: length, needsDecoding: needsDecoding)
                    guard setCaseValue(value, of: caseNumber) else { return false }
                } else {
                    if pending.count == Self.mostPending { return false }
                    pending.append(Pending(pattern: found, start: start, length: length, needsDecoding: needsDecoding))
                }
            }
        }
    }

    private mutating func open(_ name: (start: UnsafePointer<UInt8>, length: Int)?, _ pending: [Pending]) -> UInt32? {
        guard let name else { return nil }
        let number = columns.openCase(UnsafeRawBufferPointer(start: name.start, count: name.length))
        for value in pending where !setCaseValue(value, of: number) { return nil }
        return number
    }

    // MARK: - Patterns

    @inline(__always)
    private func matches(_ index: Int, _ level: Level) -> Bool {
        let length = patterns[index].length
        return patterns[index].level == level && end - at >= length && weir_same(at, texts + patterns[index].start, length) != 0
    }

    /// The pattern that stands here; -1 where it is none of those known.
    private func known(_ level: Level) -> Int {
        for index in 0..<patternCount where matches(index, level) { return index }
        return -1
    }

    private var isBlankToTheEnd: Bool {
        var place = at
        while place < end && isSpace(place.pointee) { place += 1 }
        return place == end
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

    /// Learns the pattern that stands here; -1 where it is none.
    private mutating func learn(_ level: Level) -> Int {
        if patternCount == Self.mostPatterns { return -1 }
        var place = at
        while place < end && isSpace(place.pointee) { place += 1 }
        func take(_ word: StaticString) -> Bool {
            let length = word.utf8CodeUnitCount
            if end - place < length || weir_same(place, word.utf8Start, length) == 0 { return false }
            place += length
            return true
        }
        var kind = Kind.attribute
        var type = AttributeType.string
        var key = 0..<0
        switch level {
        case .outside:
            guard take("<trace>") else { return -1 }
            kind = .traceStart
        case .trace where take("<event>"): kind = .eventStart
        case .trace where take("</trace>"): kind = .traceEnd
        case .event where take("</event>"): kind = .eventEnd
        case .trace, .event:
            if take("<string ") {
                type = .string
            } else if take("<date ") {
                type = .date
            } else if take("<int ") {
                type = .int
            } else if take("<float ") {
                type = .float
            } else if take("<boolean ") {
                type = .boolean
            } else if take("<id ") {
                type = .id
            } else {
                return -1
            }
            while place < end && place.pointee == 0x20 { place += 1 }
            guard take("key=\"") else { return -1 }
            let start = place
            place = weir_value_end(place, end)
            key = (start - at)..<(place - at)
            guard take("\"") else { return -1 }
            let gap = place
            while place < end && place.pointee == 0x20 { place += 1 }
            guard place > gap, take("value=\"") else { return -1 }
        }
        let length = place - at
        if textCount + length > Self.textCapacity { return -1 }
        (texts + textCount).update(from: at, count: length)
        key = key.lowerBound + textCount..<key.upperBound + textCount
        let text = String(decoding: UnsafeBufferPointer(start: texts + key.lowerBound, count: key.count), as: UTF8.self)
        let meaning = XESKey(text)
        (patterns + patternCount).initialize(
            to: Pattern(
                start: textCount, length: length, level: level, kind: kind, type: type, meaning: meaning, column: -1, key: key,
                following: -1))
        textCount += length
        patternCount += 1
        return patternCount - 1
    }

    /// The key of a pattern.
    private func keyText(_ index: Int) -> String {
        let key = patterns[index].key
        return String(decoding: UnsafeBufferPointer(start: texts + key.lowerBound, count: key.count), as: UTF8.self)
    }

    // MARK: - Values

    /// Moves behind the attribute element whose value begins here; its value's length and whether something in it must be replaced.
    @inline(__always)
    private mutating func takeValue(_ type: AttributeType) -> (length: Int, needsDecoding: Bool)? {
        let start = at
        var place = weir_value_end(at, end)
        var needsDecoding = false
        while place < end && place.pointee != UInt8(ascii: "\"") {
            let byte = place.pointee
            guard byte == UInt8(ascii: "&") || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return nil }
            needsDecoding = true
            place = weir_value_end(place + 1, end)
        }
        let length = place - start
        if length > Self.longestValue { return nil }
        // Nothing shorter than the end of a trace can follow.
        guard end - place > 10 else { return nil }
        place += 1
        while place.pointee == 0x20 && end - place > 10 { place += 1 }
        if place[0] == UInt8(ascii: "/") && place[1] == UInt8(ascii: ">") {
            at = place + 2
            return (length, needsDecoding)
        }
        guard place[0] == UInt8(ascii: ">") else { return nil }
        place += 1
        while end - place > 10 && isSpace(place.pointee) { place += 1 }
        let tail: StaticString =
            switch type {
            case .string: "</string>"
            case .date: "</date>"
            case .int: "</int>"
            case .float: "</float>"
            case .boolean: "</boolean>"
            case .id: "</id>"
            }
        let tailLength = tail.utf8CodeUnitCount
        guard end - place >= tailLength, weir_same(place, tail.utf8Start, tailLength) != 0 else { return nil }
        at = place + tailLength
        return (length, needsDecoding)
    }

    /// The value with its references replaced; `nil` where one is wrong.
    private func decoded(_ start: UnsafePointer<UInt8>, _ length: Int, _ needsDecoding: Bool) -> UnsafeRawBufferPointer? {
        let raw = UnsafeRawBufferPointer(start: start, count: length)
        if !needsDecoding { return raw }
        return XMLReferences.decode(raw, to: scratch) ? scratch.bytes : nil
    }

    /// Sets what an attribute of an event says; whether it could be read.
    @inline(__always)
    private mutating func setEventValue(
        _ pattern: Int, _ start: UnsafePointer<UInt8>, _ length: Int, _ needsDecoding: Bool, _ activity: inout UInt32
    ) -> Bool {
        columns.staysInPlace = !needsDecoding
        guard let value = needsDecoding ? decoded(start, length, true) : UnsafeRawBufferPointer(start: start, count: length) else {
            return false
        }
        switch patterns[pattern].meaning {
        case .activity: activity = columns.activityNumber(value)
        case .timestamp:
            if length == 0 { return true }
            guard let (time, form) = time(value) else { return false }
            columns.setTime(time, form)
        case .start:
            if length == 0 { return true }
            guard let (time, form) = time(value) else { return false }
            columns.setStart(time, form)
        case .transition: if length > 0 { columns.set(.transition, value) }
        case .resource: if length > 0 { columns.set(.resource, value) }
        case .role: if length > 0 { columns.set(.role, value) }
        case .department: if length > 0 { columns.set(.department, value) }
        case .instance: if length > 0 { columns.set(.instance, value) }
        case .cost, .other:
            let column = eventColumn(pattern)
            return setTyped(value, patterns[pattern].type, column, columns.eventCount)
        }
        return true
    }

    private mutating func setCaseValue(_ value: Pending, of caseNumber: UInt32) -> Bool {
        columns.staysInPlace = !value.needsDecoding
        guard let bytes = decoded(value.start, value.length, value.needsDecoding) else { return false }
        if patterns[value.pattern].column < 0 {
            patterns[value.pattern].column = columns.attribute(keyText(value.pattern), patterns[value.pattern].type, .case)
        }
        return setTyped(bytes, patterns[value.pattern].type, patterns[value.pattern].column, Int(caseNumber))
    }

    @inline(__always)
    private mutating func eventColumn(_ pattern: Int) -> Int {
        if patterns[pattern].column >= 0 { return patterns[pattern].column }
        let type = patterns[pattern].type
        let column = columns.attribute(keyText(pattern), type, .event)
        patterns[pattern].column = column
        if case .cost = patterns[pattern].meaning, type == .float || type == .int { columns.noteCost(column) }
        return column
    }

    @inline(__always)
    private mutating func setTyped(_ value: UnsafeRawBufferPointer, _ type: AttributeType, _ column: Int, _ row: Int) -> Bool {
        switch type {
        case .string, .id: columns.set(column, row, text: value)
        case .int, .float, .boolean:
            if columns.repeatsLast(column, row, value) { return true }
            let word: Int64
            switch type {
            case .int:
                guard let integer = NumberReader.integer(value) else { return false }
                word = integer
            case .float:
                guard let number = NumberReader.decimal(value) else { return false }
                word = Int64(bitPattern: number.bitPattern)
            default:
                guard let truth = NumberReader.boolean(value, acceptsDigits: true) else { return false }
                word = truth ? 1 : 0
            }
            columns.set(column, row, word: word, text: value)
        case .date:
            guard let (time, form) = time(value) else { return false }
            columns.set(column, row, word: time, form: form)
        }
        return true
    }

    @inline(__always)
    private mutating func time(_ value: UnsafeRawBufferPointer) -> (time: Int64, form: UInt16)? {
        if let known = times.quick(value) { return known }
        guard let parsed = ISO8601Reader.parse(value) else { return nil }
        if parsed.isRounded { rounded += 1 }
        return times.resolve(parsed, value, clock)
    }
}
