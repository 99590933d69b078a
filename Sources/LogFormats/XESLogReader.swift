import ByteParsing
import EventLogs
import Instants

/// Reads an event log from XES (IEEE 1849-2023) and its older versions.
///
/// Elements that the standard does not know are skipped. Traces of the same name are put together; traces without a name are
/// called `trace N` by their place in the file.
struct XESLogReader<Monitor: WorkMonitor>: ~Copyable {
    var xml: XMLReader
    let file: String
    let options: ReadOptions
    private let monitor: Monitor
    private let joined = ByteScratch()
    /// The values of a trace's attributes, and its name, until its case is known.
    private let pendingText = ByteScratch()
    var builder = EventLogBuilder()
    private var forms: TimeFormCache
    private var eventKeys = XESKeyTable(level: .event)
    private var caseKeys = XESKeyTable(level: .case)
    private var classifierKeys: [String] = []
    private var isClassifierDeclared = false
    private var isClassifierSettled = false
    private var classifierValues: [ByteScratch] = []
    var traceCount = 0
    private var unnamedTraces: [LogFinding.Example] = []
    private var unnamedCount = 0
    var repeatedTraces: [LogFinding.Example] = []
    var repeatedCount = 0
    private var strayEvents = 0
    var rounded = 0
    var markCount = 0

    /// A reader of a document.
    init(_ source: any XMLSource, file: String, options: ReadOptions, monitor: Monitor) {
        xml = XMLReader(source)
        self.file = file
        self.options = options
        self.monitor = monitor
        forms = TimeFormCache(clock: ZoneClock(options.zone ?? .utc))
        builder.assumedZone = options.zone?.name
        builder.rowUnit = .event
    }

    /// The events, not yet put in order.
    mutating func read() throws -> EventLogBuilder {
        do {
            try readDocument()
        } catch let error as XMLError {
            throw try located(error)
        }
        try checkClassifier()
        if builder.eventCount == 0 { throw InputError(file: file, .noEvents(emptyCases: builder.caseCount)) }
        addFindings()
        return takeBuilder()
    }

    /// The events of a document in which ``XESFastReader/mark`` stands for its traces, with the events of those; `nil` where the document has
    /// errors, traces of its own or nothing in the place of the mark.
    mutating func read(traces outcome: XESFastReader.Outcome) throws -> EventLogBuilder? {
        do {
            try readDocument()
        } catch is XMLError {
            return nil
        } catch is InputError {
            return nil
        }
        if markCount != 1 || builder.caseCount > 0 { return nil }
        guard let (parts, count) = outcome.take() else { return nil }
        builder.rowUnit = .event
        let repeated = builder.append(parts: consume parts)
        if builder.eventCount == 0 { return nil }
        repeatedCount = repeated.count
        repeatedTraces = repeated.examples.map { .text($0) }
        rounded = count
        addFindings()
        return takeBuilder()
    }

    private mutating func takeBuilder() -> EventLogBuilder {
        let filled = builder
        builder = EventLogBuilder()
        return filled
    }

    // MARK: - Document

    mutating func readDocument() throws {
        guard try xml.next() == .start else { return }
        guard case .log = XESElement(xml.localName) else {
            let root = String(decoding: xml.localName.prefix(60), as: UTF8.self)
            if root.lowercased() == "html" { throw InputError(file: file, .notALog(.html)) }
            throw InputError(file: file, .notALog(.xml(root: root)))
        }
        while true {
            switch try xml.next() {
            case .start: try readLogChild()
            case .end:
                if try xml.next() != .endOfFile { preconditionFailure("nothing follows the root") }
                return
            case .text: continue
            case .endOfFile: return
            }
        }
    }

    private mutating func readLogChild() throws {
        switch XESElement(xml.localName) {
        case .trace:
            try settleClassifier()
            try readTrace()
        case .event:
            strayEvents += 1
            try xml.skipElement()
        case .attribute, .list, .container:
            builder.metadata.attributes.append(try readTree())
        case .extensionDeclaration:
            let declared = LogMetadata.Extension(
                name: text(of: "name") ?? "", prefix: text(of: "prefix") ?? "", uri: text(of: "uri") ?? "")
            builder.metadata.extensions.append(declared)
            try xml.skipElement()
        case .global:
            let scope = text(of: "scope") ?? "event"
            let globals = try readChildren()
            if scope == "trace" { builder.metadata.caseGlobals += globals } else { builder.metadata.eventGlobals += globals }
        case .classifier:
            let scope = text(of: "scope") ?? "event"
            if scope == "event", let name = text(of: "name") {
                builder.metadata.classifiers.append(
                    EventClassifier(
                        name: name, keys: EventClassifier.keys(in: text(of: "keys") ?? "", globals: builder.metadata.eventGlobals)))
            }
            try xml.skipElement()
        case .objectCentric: throw InputError(file: file, .notALog(.ocelXML))
        case .other where xml.localName.elementsEqual(XESFastReader.mark.utf8):
            markCount += 1
            try settleClassifier()
            try xml.skipElement()
        case .log, .values, .other: try xml.skipElement()
        }
    }

    // MARK: - Classifiers

    private mutating func settleClassifier() throws {
        if isClassifierSettled { return }
        isClassifierSettled = true
        guard let wanted = options.classifier else { return }
        if let declared = builder.metadata.classifiers.first(where: { $0.name == wanted }) {
            classifierKeys = declared.keys
            isClassifierDeclared = true
        } else {
            classifierKeys = wanted.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        }
        classifierValues = classifierKeys.map { _ in ByteScratch() }
    }

    /// Keys that were typed must occur; of a declared classifier at least one must.
    func checkClassifier() throws {
        guard let wanted = options.classifier, builder.firstRow + builder.eventCount > 0 else { return }
        let seen = classifierKeys.filter { eventKeys.contains($0) }
        if isClassifierDeclared ? !seen.isEmpty : seen.count == classifierKeys.count { return }
        let missing = isClassifierDeclared ? wanted : classifierKeys.first { !eventKeys.contains($0) } ?? wanted
        throw InputError(file: file, .unknownClassifier(missing, known: builder.metadata.classifiers.map(\.name)))
    }

    // MARK: - Traces

    /// What a trace says of its case before that is known.
    private struct PendingTrace {
        /// Where its name stands in ``pendingText``.
        var name: Range<Int>?
        /// Its attributes, with the places of their values.
        var attributes: [(key: Int, type: AttributeType, value: Range<Int>)] = []
        var trees: [AttributeTree] = []
    }

    /// Keeps bytes until the case of the trace is known; their place.
    private func keep(_ bytes: UnsafeRawBufferPointer) -> Range<Int> {
        let first = pendingText.bytes.count
        pendingText.append(bytes)
        return first..<first + bytes.count
    }

    private func kept(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: pendingText.bytes[range])
    }

    /// Reads a trace; where its name stands behind its events, they get their case at the end.
    private mutating func readTrace() throws {
        traceCount += 1
        pendingText.clear()
        let firstEvent = builder.eventCount
        var caseNumber: UInt32?
        var pending = PendingTrace()
        reading: while true {
            switch try xml.next() {
            case .start:
                switch XESElement(xml.localName) {
                case .event:
                    if caseNumber == nil, pending.name != nil { caseNumber = openCase(&pending) }
                    try readEvent(of: caseNumber ?? 0)
                case .attribute(let type): try readTraceAttribute(type, &pending, caseNumber)
                case .list, .container:
                    let whole = try readTree()
                    if let caseNumber { builder.addNested(.case, of: Int(caseNumber), whole) } else { pending.trees.append(whole) }
                case .objectCentric, .log, .trace, .values, .extensionDeclaration, .global, .classifier, .other: try xml.skipElement()
                }
            case .end, .endOfFile: break reading
            case .text: continue
            }
        }
        if caseNumber == nil { builder.setCase(openCase(&pending), ofEventsFrom: firstEvent) }
        if traceCount & 0xFF == 0 {
            try monitor.checkCancellation()
            monitor.progress(.reading, fraction: xml.fraction, events: builder.eventCount)
        }
    }

    private mutating func readTraceAttribute(_ type: AttributeType, _ pending: inout PendingTrace, _ caseNumber: UInt32?) throws {
        let isPlain = try xml.isEmpty()
        let (key, value) = try keyAndValue()
        let number = caseKeys.number(of: key, classifier: [])
        if case .activity = caseKeys.meaning(number) {
            if pending.name == nil { pending.name = keep(value) }
        } else if let caseNumber {
            set(.case, number, type, of: Int(caseNumber), value)
        } else {
            pending.attributes.append((number, type, keep(value)))
        }
        if isPlain {
            _ = try xml.next()
            return
        }
        guard let whole = try readNested(.value(type), key, value) else { return }
        if let caseNumber { builder.addNested(.case, of: Int(caseNumber), whole) } else { pending.trees.append(whole) }
    }

    /// The case of a trace, with what is known of it.
    private mutating func openCase(_ pending: inout PendingTrace) -> UInt32 {
        let known = builder.caseCount
        let number: UInt32
        if let name = pending.name {
            number = builder.caseNumber(kept(name))
            if Int(number) < known {
                repeatedCount += 1
                if repeatedTraces.count < 5 { repeatedTraces.append(.text(String(decoding: kept(name).prefix(60), as: UTF8.self))) }
            }
        } else {
            let given = "trace \(traceCount)"
            number = builder.caseNumber(given)
            unnamedCount += 1
            if unnamedTraces.count < 5 { unnamedTraces.append(.text(given)) }
        }
        for attribute in pending.attributes { set(.case, attribute.key, attribute.type, of: Int(number), kept(attribute.value)) }
        for tree in pending.trees { builder.addNested(.case, of: Int(number), tree) }
        pending.attributes = []
        pending.trees = []
        return number
    }

    // MARK: - Events

    private mutating func readEvent(of caseNumber: UInt32) throws {
        let event = builder.eventCount
        var activity: UInt32?
        var time = Instant.missing
        var form: UInt16 = 0
        for value in classifierValues { value.clear() }
        while true {
            let token = try xml.next()
            if token == .text { continue }
            if token == .end || token == .endOfFile { break }
            guard case .attribute(let type) = XESElement(xml.localName) else {
                switch XESElement(xml.localName) {
                case .list, .container: builder.addNested(.event, of: event, try readTree())
                default: try xml.skipElement()
                }
                continue
            }
            let isPlain = try xml.isEmpty()
            let (key, value) = try keyAndValue()
            let number = eventKeys.number(of: key, classifier: classifierKeys)
            let slot = eventKeys.classifierSlot(number)
            if slot >= 0 {
                classifierValues[slot].clear()
                classifierValues[slot].append(value)
            }
            switch eventKeys.meaning(number) {
            case .activity: activity = builder.activityNumber(value)
            case .timestamp:
                if let parsed = ISO8601Reader.parse(value) {
                    if parsed.isRounded { rounded += 1 }
                    (time, form) = forms.resolve(parsed, at: builder.firstRow + event + 1, &builder)
                } else if !value.isEmpty {
                    eventKeys.countInvalid(number, value)
                }
            case .start:
                if let parsed = ISO8601Reader.parse(value) {
                    if parsed.isRounded { rounded += 1 }
                    let resolved = forms.resolve(parsed, at: builder.firstRow + event + 1, &builder)
                    builder.setStart(event, resolved.time, form: resolved.form)
                } else if !value.isEmpty {
                    eventKeys.countInvalid(number, value)
                }
            case .transition: if !value.isEmpty { builder.set(.transition, event, value) }
            case .resource: if !value.isEmpty { builder.set(.resource, event, value) }
            case .role: if !value.isEmpty { builder.set(.role, event, value) }
            case .department: if !value.isEmpty { builder.set(.department, event, value) }
            case .instance: if !value.isEmpty { builder.set(.instance, event, value) }
            case .cost:
                set(.event, number, type, of: event, value)
                if builder.costAttribute == nil && (type == .float || type == .int) {
                    builder.costAttribute = eventKeys.column(number, type, &builder)
                }
            case .other: set(.event, number, type, of: event, value)
            }
            if isPlain {
                _ = try xml.next()
            } else if let whole = try readNested(.value(type), key, value) {
                builder.addNested(.event, of: event, whole)
            }
        }
        if options.classifier != nil { activity = classified() }
        let named = activity ?? builder.activityNumber("")
        builder.append(case: caseNumber, activity: named, time: time, form: form, row: builder.firstRow + event + 1)
    }

    /// The values of the classifier's keys, joined by `+`.
    private mutating func classified() -> UInt32 {
        joined.clear()
        for (place, value) in classifierValues.enumerated() {
            if place > 0 { joined.append(UInt8(ascii: "+")) }
            joined.append(value.bytes)
        }
        return builder.activityNumber(joined.bytes)
    }

    /// Puts a typed value into its column; one that does not fit its type is kept as text and counted.
    private mutating func set(
        _ level: AttributeLevel, _ number: Int, _ type: AttributeType, of owner: Int, _ value: UnsafeRawBufferPointer
    ) {
        switch type {
        case .string, .id:
            builder.set(level, attribute: column(level, number, type), of: owner, text: value)
            return
        case .int:
            if let integer = NumberReader.integer(value) {
                builder.set(level, attribute: column(level, number, type), of: owner, integer: integer)
                return
            }
        case .float:
            if let float = NumberReader.decimal(value) {
                builder.set(level, attribute: column(level, number, type), of: owner, number: float)
                return
            }
        case .boolean:
            if let truth = NumberReader.boolean(value, acceptsDigits: true) {
                builder.set(level, attribute: column(level, number, type), of: owner, boolean: truth)
                return
            }
        case .date:
            if let parsed = ISO8601Reader.parse(value) {
                if parsed.isRounded { rounded += 1 }
                let (time, form) = forms.resolve(parsed, at: level == .event ? builder.firstRow + owner + 1 : nil, &builder)
                builder.set(
                    level, attribute: column(level, number, type), of: owner, instant: Instant(microseconds: time), form: form)
                return
            }
        }
        switch level {
        case .event: eventKeys.countInvalid(number, value)
        case .case: caseKeys.countInvalid(number, value)
        }
        builder.set(level, attribute: column(level, number, .string), of: owner, text: value)
    }

    private mutating func column(_ level: AttributeLevel, _ number: Int, _ type: AttributeType) -> Int {
        switch level {
        case .event: eventKeys.column(number, type, &builder)
        case .case: caseKeys.column(number, type, &builder)
        }
    }

    // MARK: - Findings

    mutating func addFindings() {
        if unnamedCount > 0 { builder.findings.append(LogFinding(.missingCase, .warning, count: unnamedCount, examples: unnamedTraces)) }
        if repeatedCount > 0 { builder.findings.append(LogFinding(.duplicateCase, .info, count: repeatedCount, examples: repeatedTraces)) }
        if strayEvents > 0 { builder.findings.append(LogFinding(.missingCase, .warning, count: strayEvents, detail: "event")) }
        builder.findings += eventKeys.findings + caseKeys.findings
        builder.findings += forms.findings
        if rounded > 0 { builder.findings.append(LogFinding(.finerThanMicrosecond, .info, count: rounded)) }
    }

    mutating func located(_ error: XMLError) throws -> InputError {
        let place = try xml.lineAndColumn(of: error.position)
        return InputError(file: file, line: place.line, column: place.column, .xml(error.problem))
    }
}
