import EventLogs
import Instants

/// Writes an event log as one JSON object per line and event.
struct NDJSONLogWriter {
    private let table: LogTable
    /// Each column's name as a member's beginning: `"name":`.
    private let members: [[UInt8]]
    /// Under which name an attribute of events is written.
    private let nameOfKey: [String: String]
    private let nested: Nested
    /// Whether times that were read without an offset are written without one: where nobody said in which zone they are.
    private let keepsNaive: Bool
    private var bytes: [UInt8] = []
    private var times = TimeText()
    /// The columns that the current row has a value for.
    private var written: [Int] = []

    /// Nested attributes by what they belong to.
    private struct Nested {
        var ofEvents: [UInt32: [AttributeTree]] = [:]
        var ofCases: [UInt32: [AttributeTree]] = [:]

        init(_ all: [NestedAttribute]) {
            for attribute in all {
                switch attribute.level {
                case .event: ofEvents[attribute.owner, default: []].append(attribute.tree)
                case .case: ofCases[attribute.owner, default: []].append(attribute.tree)
                }
            }
        }
    }

    init(_ log: EventLog) {
        table = LogTable(log, marksCases: true)
        members = table.columns.map { column in
            var bytes: [UInt8] = []
            JSONLogText.append(text: column.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            return bytes
        }
        var names: [String: String] = [:]
        for column in table.columns {
            if case .events(let columns) = column.source { names[columns[0].name] = column.name }
        }
        nameOfKey = names
        nested = Nested(log.columns.nested)
        keepsNaive = log.findings.contains { $0.rule == .naiveTime }
    }

    mutating func write(progress: (Int) throws -> Void, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        var begun = Set<Int>()
        for (number, row) in table.recordedOrder().enumerated() {
            appendRow(event: row.event, of: row.owner, begins: nested.ofCases.isEmpty ? false : begun.insert(row.owner).inserted)
            if bytes.count > 1 << 20 {
                try bytes.withUnsafeBytes(write)
                bytes.removeAll(keepingCapacity: true)
                try progress(number + 1)
            }
        }
        if !bytes.isEmpty { try bytes.withUnsafeBytes(write) }
    }

    private mutating func appendRow(event: Int, of owner: Int, begins: Bool) {
        bytes.append(UInt8(ascii: "{"))
        let first = bytes.count
        written.removeAll(keepingCapacity: true)
        for index in table.columns.indices {
            let before = bytes.count
            if before > first { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: members[index])
            if append(table.columns[index].source, event: event, of: owner) {
                written.append(index)
            } else {
                bytes.removeLast(bytes.count - before)
            }
        }
        let ofEvent = nested.ofEvents[UInt32(event)] ?? []
        let ofCase = begins ? nested.ofCases[UInt32(owner)] ?? [] : []
        if !ofEvent.isEmpty || !ofCase.isEmpty {
            var taken = Set(written.map { table.columns[$0].name })
            for tree in ofEvent { append(tree, under: nameOfKey[tree.key] ?? tree.key, &taken, isFirst: bytes.count == first) }
            for tree in ofCase { append(tree, under: "case:" + tree.key, &taken, isFirst: bytes.count == first) }
        }
        bytes.append(contentsOf: "}\n".utf8)
    }

    private mutating func append(_ tree: AttributeTree, under name: String, _ taken: inout Set<String>, isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        var name = name
        var tree = tree
        if case .value = tree.kind {
            // The value itself stands in its column.
            name = "@" + name
            tree = AttributeTree(key: tree.key, kind: .container, children: tree.children)
        }
        var unique = name
        var copy = 1
        while !taken.insert(unique).inserted {
            copy += 1
            unique = "\(name) (\(copy))"
        }
        JSONLogText.append(text: unique, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        JSONAttributeTree.write(tree, to: &bytes)
    }

    /// Appends a value; `false` where there is none.
    private mutating func append(_ source: LogTable.Source, event: Int, of owner: Int) -> Bool {
        switch source {
        case .caseName: return append(UInt32(owner), of: table.log.columns.caseNames)
        case .symbols(let column):
            return append(event < column.ids.count ? column.ids[event] : Vocabulary.missing, of: column.vocabulary)
        case .times(let values, let forms, _):
            if values[event] == Instant.missing { return false }
            append(values[event], form: Int(forms[event]))
            return true
        case .events(let columns): return append(columns, event)
        case .cases(let columns): return append(columns, owner)
        }
    }

    private mutating func append(_ symbol: UInt32, of vocabulary: Vocabulary) -> Bool {
        if symbol == Vocabulary.missing { return false }
        vocabulary.withBytes(of: symbol) { JSONLogText.append($0, to: &bytes) }
        return true
    }

    private mutating func append(_ time: Int64, form: Int) {
        let forms = table.log.columns.timeForms
        let form = form < forms.count ? forms[form] : .utc
        bytes.append(UInt8(ascii: "\""))
        let isOpen = form.isNaive && (keepsNaive || form.isDateOnly)
        times.append(time, offset: isOpen ? nil : Int(form.offset), shownAt: Int(form.offset), isDateOnly: form.isDateOnly, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ columns: [AttributeColumn], _ row: Int) -> Bool {
        guard let column = columns.first(where: { $0.isPresent(row) }) else { return false }
        switch column.type {
        case .string, .id: return append(column.symbol(row), of: column.symbols.vocabulary)
        case .date: append(column.words[row], form: row < column.forms.count ? Int(column.forms[row]) : 0)
        case .int: bytes.append(contentsOf: String(column.words[row]).utf8)
        case .float: bytes.append(contentsOf: JSONLogText.number(column.number(row) ?? .nan).utf8)
        case .boolean: bytes.append(contentsOf: (column.words[row] != 0 ? "true" : "false").utf8)
        }
        return true
    }
}
