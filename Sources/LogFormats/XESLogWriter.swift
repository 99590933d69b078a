import EventLogs
import Instants

/// Writes an event log as XES 2.0 (IEEE 1849-2023): traces in the order of the cases, in each its events in recorded order.
///
/// Everything the log holds is written: extensions, globals, classifiers and attributes of the log, typed attributes of traces and events,
/// lists, containers and nested attributes in their order, times at their original offsets. Attributes stand in the order in which their
/// keys were first seen, so that reading what was written gives the log again, and writing that again the same bytes.
struct XESLogWriter {
    private let log: EventLog
    private let events: [Field]
    private let cases: [Field]
    private let nested: Nested
    /// Whether times that were read without an offset are written without one: where nobody said in which zone they are.
    private let keepsNaive: Bool
    private var bytes: [UInt8] = []
    private var times = TimeText()

    /// One attribute of all events or of all cases.
    private struct Field {
        enum Source {
            case caseName
            case symbols(SymbolColumn)
            case times([Int64], [UInt16])
            case attribute(AttributeColumn)
        }

        let key: String
        let type: AttributeType
        let source: Source
        /// `<string key="KEY" value="`
        let opening: [UInt8]

        init(_ key: String, _ type: AttributeType, _ source: Source) {
            self.key = key
            self.type = type
            self.source = source
            var text: [UInt8] = []
            XESText.append("<\(type.rawValue) key=\"", to: &text)
            XESText.append(escaped: key, to: &text)
            XESText.append("\" value=\"", to: &text)
            opening = text
        }
    }

    /// Trees of attributes by what they belong to.
    private struct Nested {
        private var ofEvents: [UInt32: [AttributeTree]] = [:]
        private var ofCases: [UInt32: [AttributeTree]] = [:]
        let isEmpty: Bool

        init(_ all: [NestedAttribute]) {
            isEmpty = all.isEmpty
            for attribute in all {
                switch attribute.level {
                case .event: ofEvents[attribute.owner, default: []].append(attribute.tree)
                case .case: ofCases[attribute.owner, default: []].append(attribute.tree)
                }
            }
        }

        func trees(_ level: AttributeLevel, _ owner: Int) -> [AttributeTree] {
            if isEmpty { return [] }
            return (level == .event ? ofEvents : ofCases)[UInt32(owner)] ?? []
        }
    }

    init(_ log: EventLog) {
        self.log = log
        let columns = log.columns
        nested = Nested(columns.nested)
        keepsNaive = log.findings.contains { $0.rule == .naiveTime }
        var events = [Field("concept:name", .string, .symbols(columns.activity))]
        for (key, column) in [
            ("org:resource", columns.resource), ("org:role", columns.role), ("org:group", columns.department),
            ("lifecycle:transition", columns.transition), ("concept:instance", columns.instanceName),
        ] {
            if let column { events.append(Field(key, .string, .symbols(column))) }
        }
        if !columns.start.isEmpty { events.append(Field("start_timestamp", .date, .times(columns.start, columns.startForm))) }
        events.append(Field("time:timestamp", .date, .times(columns.time, columns.timeForm)))
        // An attribute may not take the key of a column that stands there already.
        let taken = Set(events.map(\.key))
        var rows: [Int] = []
        rows.reserveCapacity(log.eventCount)
        for position in 0..<log.caseCount { rows += Self.recorded(log, position) }
        events += Self.sorted(columns.attributes, rows: rows).map {
            Field(taken.contains($0.name) ? "event:" + $0.name : $0.name, $0.type, .attribute($0))
        }
        self.events = events
        cases =
            [Field("concept:name", .string, .caseName)]
            + Self.sorted(columns.caseAttributes, rows: log.caseIDs.map { Int($0) }).map {
                Field($0.name == "concept:name" ? "case:concept:name" : $0.name, $0.type, .attribute($0))
            }
    }

    /// The events of a case in recorded order.
    private static func recorded(_ log: EventLog, _ position: Int) -> [Int] {
        let row = log.columns.row
        return log.eventRanges[position].map { log.event(at: $0) }.sorted { (row[$0], $0) < (row[$1], $1) }
    }

    mutating func write(progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        appendHead()
        var written = 0
        for position in 0..<log.caseCount {
            let owner = Int(log.caseIDs[position])
            append("\t<trace>\n")
            appendFields(cases, .case, owner, owner: owner, indent: "\t\t")
            let places = Self.recorded(log, position)
            for event in places {
                append("\t\t<event>\n")
                appendFields(events, .event, event, owner: owner, indent: "\t\t\t")
                append("\t\t</event>\n")
            }
            append("\t</trace>\n")
            written += places.count
            if bytes.count > 1 << 20 {
                try bytes.withUnsafeBytes(write)
                bytes.removeAll(keepingCapacity: true)
                try progress(written)
            }
        }
        append("</log>\n")
        try bytes.withUnsafeBytes(write)
    }

    // MARK: - What is said of the log as a whole

    private static let standardExtensions: [LogMetadata.Extension] = [
        .init(name: "Concept", prefix: "concept", uri: "http://www.xes-standard.org/concept.xesext"),
        .init(name: "Time", prefix: "time", uri: "http://www.xes-standard.org/time.xesext"),
        .init(name: "Lifecycle", prefix: "lifecycle", uri: "http://www.xes-standard.org/lifecycle.xesext"),
        .init(name: "Organizational", prefix: "org", uri: "http://www.xes-standard.org/org.xesext"),
    ]

    private mutating func appendHead() {
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        append("<log xes.version=\"2.0\" xes.features=\"nested-attributes\" xmlns=\"http://www.xes-standard.org/\">\n")
        let metadata = log.columns.metadata
        // A log that declares nothing came from another format: the keys below are those of the standard's extensions.
        let declares = metadata != LogMetadata()
        for one in declares ? metadata.extensions : Self.standardExtensions {
            append("\t<extension")
            for (name, value) in [("name", one.name), ("prefix", one.prefix), ("uri", one.uri)] { append(attribute: name, value) }
            append("/>\n")
        }
        for (scope, trees) in [("trace", metadata.caseGlobals), ("event", metadata.eventGlobals)] where !trees.isEmpty {
            append("\t<global scope=\"\(scope)\">\n")
            for tree in trees { append(tree, indent: "\t\t") }
            append("\t</global>\n")
        }
        for classifier in metadata.classifiers {
            append("\t<classifier")
            append(attribute: "name", classifier.name)
            append(attribute: "keys", classifier.keys.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " "))
            append("/>\n")
        }
        for tree in metadata.attributes { append(tree, indent: "\t") }
    }

    // MARK: - Attributes

    /// Appends what a row has. Trees keep their order among themselves: where one is the value of a field with what is nested in it, those
    /// before it come first.
    private mutating func appendFields(_ fields: [Field], _ level: AttributeLevel, _ row: Int, owner: Int, indent: String) {
        let trees = nested.trees(level, row)
        var next = 0
        for field in fields where isPresent(field, row) {
            if let place = trees.firstIndex(where: { $0.isValue && $0.key == field.key && $0.kind == .value(field.type) }) {
                while next <= place {
                    append(trees[next], indent: indent)
                    next += 1
                }
                continue
            }
            let before = bytes.count
            append(indent)
            bytes.append(contentsOf: field.opening)
            if appendValue(field, row, owner) { append("\"/>\n") } else { bytes.removeLast(bytes.count - before) }
        }
        for tree in trees[next...] { append(tree, indent: indent) }
    }

    /// Attributes in the order in which their keys are first written: reading meets them in that order again.
    private static func sorted(_ columns: [AttributeColumn], rows: [Int]) -> [AttributeColumn] {
        let first = columns.map { column in rows.firstIndex { column.isPresent($0) } ?? Int.max }
        return columns.indices.sorted { (first[$0], $0) < (first[$1], $1) }.map { columns[$0] }
    }

    private func isPresent(_ field: Field, _ row: Int) -> Bool {
        switch field.source {
        case .caseName: true
        case .symbols(let column): row < column.ids.count && column.ids[row] != Vocabulary.missing
        case .times(let values, _): values[row] != Instant.missing
        case .attribute(let column): column.isPresent(row)
        }
    }

    /// Appends the value that a row has; whether it has one.
    private mutating func appendValue(_ field: Field, _ row: Int, _ owner: Int) -> Bool {
        if !isPresent(field, row) { return false }
        switch field.source {
        case .caseName: log.columns.caseNames.withBytes(of: UInt32(owner)) { XESText.append(escaped: $0, to: &bytes) }
        case .symbols(let column):
            // An event without a name has the empty one.
            let isEmpty = column.vocabulary.withBytes(of: column.ids[row]) { $0.isEmpty }
            if isEmpty { return false }
            column.vocabulary.withBytes(of: column.ids[row]) { XESText.append(escaped: $0, to: &bytes) }
        case .times(let values, let forms): append(values[row], form: Int(forms[row]))
        case .attribute(let column):
            if column.isText {
                column.symbols.vocabulary.withBytes(of: column.symbol(row)) { XESText.append(escaped: $0, to: &bytes) }
            } else if let time = column.instant(row) {
                append(time.microseconds, form: row < column.forms.count ? Int(column.forms[row]) : 0)
            } else {
                append(column.text(row, forms: log.columns.timeForms) ?? "")
            }
        }
        return true
    }

    private mutating func append(_ time: Int64, form: Int) {
        let forms = log.columns.timeForms
        let own = form < forms.count ? forms[form] : TimeForm.utc
        let isBare = own.isDateOnly || (own.isNaive && keepsNaive)
        times.append(
            time, offset: isBare ? nil : Int(own.offset), shownAt: Int(own.offset), isDateOnly: own.isDateOnly, to: &bytes)
    }

    private mutating func append(_ tree: AttributeTree, indent: String) {
        let name: String
        var value: String?
        switch tree.kind {
        case .value(let type):
            name = type.rawValue
            value = tree.text
        case .list: name = "list"
        case .container: name = "container"
        }
        append("\(indent)<\(name)")
        append(attribute: "key", tree.key)
        if let value { append(attribute: "value", value) }
        let isList = tree.kind == .list
        if tree.children.isEmpty && !isList {
            append("/>\n")
            return
        }
        append(">\n")
        if isList { append("\(indent)\t<values>\n") }
        for child in tree.children { append(child, indent: indent + (isList ? "\t\t" : "\t")) }
        if isList { append("\(indent)\t</values>\n") }
        append("\(indent)</\(name)>\n")
    }

    private mutating func append(attribute name: String, _ value: String) {
        append(" \(name)=\"")
        XESText.append(escaped: value, to: &bytes)
        append("\"")
    }

    private mutating func append(_ text: String) { XESText.append(text, to: &bytes) }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

extension AttributeTree {
    /// Whether it is a typed attribute, no list and no container.
    fileprivate var isValue: Bool { if case .value = kind { true } else { false } }
}

/// Texts as XML 1.0 carries them in attribute values.
enum XESText {
    /// Appends our own words.
    static func append(_ text: String, to bytes: inout [UInt8]) { bytes.append(contentsOf: text.utf8) }

    /// Appends a text whose signs are written as references; line ends and tabs too, which a reader would take for spaces.
    static func append(escaped text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(escaped: UnsafeRawBufferPointer($0), to: &bytes) }
    }

    /// Appends a text of valid UTF-8. A control character that XML cannot carry becomes U+FFFD.
    static func append(escaped text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;", to: &bytes)
            case UInt8(ascii: "<"): append("&lt;", to: &bytes)
            case UInt8(ascii: ">"): append("&gt;", to: &bytes)
            case UInt8(ascii: "\""): append("&quot;", to: &bytes)
            case 0x09: append("&#9;", to: &bytes)
            case 0x0A: append("&#10;", to: &bytes)
            case 0x0D: append("&#13;", to: &bytes)
            case 0..<0x20: append("\u{FFFD}", to: &bytes)
            default: bytes.append(byte)
            }
        }
    }

    /// Whether a text holds what XML cannot carry.
    static func isUnwritable(_ text: UnsafeRawBufferPointer) -> Bool {
        text.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    }
}
