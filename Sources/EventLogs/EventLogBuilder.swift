package import Instants

/// Collects recorded events in the order of the source and makes an ``EventLog`` of them.
///
/// Readers intern texts as bytes and append numbers; no text object is made per event. Cases may come in any order and
/// interleaved. An event's number in the builder is the order in which it was appended.
package struct EventLogBuilder: Sendable {
    /// Names that the standard columns had in the source.
    package var sourceNames = EventColumns.SourceNames()
    /// What the file says of the log as a whole.
    package var metadata = LogMetadata()
    /// Whether an event attribute whose value all events of a case share, in every case, becomes an attribute of the case: for
    /// formats that have only one level, such as CSV. An attribute that some events of a case lack stays with the events.
    package var promotesConstantAttributes = false
    /// The event attribute that holds costs, as a number from ``attribute(named:type:level:)``.
    package var costAttribute: Int?
    /// The zone in which the user said that times without an offset are to be read, by name; where it is `nil` such times were
    /// read as UTC, which is a finding.
    package var assumedZone: String?
    /// What the number in ``append(case:activity:time:form:row:)`` counts.
    package var rowUnit = EventColumns.RowUnit.line
    /// How many rows of the source stand before the first, where ``append(parts:)`` numbers rows itself.
    package var firstRow = 0
    /// Columns that are made though no event has a value.
    package var expected = ExpectedColumns()
    /// The files that the events come from, where they are several.
    var files: [SourceFile] = []
    /// Findings of the reader, to which building adds its own.
    package var findings: [LogFinding] = []

    var caseNames = Vocabulary()
    var caseOf: [UInt32] = []
    var activity = SymbolColumn()
    var time: [Int64] = []
    var timeForm: [UInt16] = []
    var start: [Int64] = []
    var startForm: [UInt16] = []
    var timeForms: [TimeForm] = []
    private var formNumbers: [TimeForm: UInt16] = [:]
    var transition = SymbolColumn()
    var resource = SymbolColumn()
    var role = SymbolColumn()
    var department = SymbolColumn()
    var instanceName = SymbolColumn()
    var row: [UInt32] = []
    var eventAttributes: [AttributeColumn] = []
    var caseAttributes: [AttributeColumn] = []
    var nested: [NestedAttribute] = []

    /// A builder without events.
    package init() {}

    /// What was appended so far, as a builder of its own; this one has then no events left, but knows the same attributes and ways of
    /// writing times by the same numbers.
    package mutating func takePiece() -> EventLogBuilder {
        let full = self
        self = EventLogBuilder()
        sourceNames = full.sourceNames
        metadata = full.metadata
        promotesConstantAttributes = full.promotesConstantAttributes
        costAttribute = full.costAttribute
        assumedZone = full.assumedZone
        rowUnit = full.rowUnit
        expected = full.expected
        firstRow = full.rowUnit == .event ? full.firstRow + full.eventCount : 0
        timeForms = full.timeForms
        formNumbers = full.formNumbers
        eventAttributes = full.eventAttributes.map { AttributeColumn(name: $0.name, type: $0.type) }
        caseAttributes = full.caseAttributes.map { AttributeColumn(name: $0.name, type: $0.type) }
        return full
    }

    /// How many events were appended.
    package var eventCount: Int { time.count }

    /// How many different cases were named.
    package var caseCount: Int { caseNames.count }

    /// The number of the case with that name, new or known; it may stay without events.
    package mutating func caseNumber(_ name: UnsafeRawBufferPointer) -> UInt32 {
        caseNames.intern(name)
    }

    /// The number of the case with that name, new or known.
    package mutating func caseNumber(_ name: String) -> UInt32 {
        caseNames.intern(name)
    }

    /// The number of an activity name, new or known.
    package mutating func activityNumber(_ name: UnsafeRawBufferPointer) -> UInt32 {
        activity.vocabulary.intern(name)
    }

    /// The number of an activity name, new or known.
    package mutating func activityNumber(_ name: String) -> UInt32 {
        activity.vocabulary.intern(name)
    }

    /// The number of a way of writing times, new or known. Beyond 65,000 different ones in one log a further offset is shown as UTC;
    /// the instant is the same.
    package mutating func formNumber(_ form: TimeForm) -> UInt16 {
        if let known = formNumbers[form] { return known }
        if timeForms.count >= 65_000 && form.offset != 0 {
            return formNumber(TimeForm(offset: 0, isNaive: form.isNaive, isDateOnly: form.isDateOnly))
        }
        let number = UInt16(timeForms.count)
        timeForms.append(form)
        formNumbers[form] = number
        return number
    }

    /// Appends an event and returns its number.
    ///
    /// - Parameters:
    ///   - time: microseconds, or ``Instant/missing``.
    ///   - form: from ``formNumber(_:)``; of no meaning where the time is missing.
    ///   - row: line or element number in the source, from 1.
    @discardableResult
    package mutating func append(case caseNumber: UInt32, activity: UInt32, time: Int64, form: UInt16 = 0, row: Int) -> Int {
        if timeForms.isEmpty { _ = formNumber(.utc) }
        caseOf.append(caseNumber)
        self.activity.ids.append(activity)
        self.time.append(time)
        timeForm.append(form)
        self.row.append(UInt32(clamping: row))
        return self.time.count - 1
    }

    /// Sets the case of all events from one on.
    package mutating func setCase(_ caseNumber: UInt32, ofEventsFrom first: Int) {
        for event in first..<caseOf.count { caseOf[event] = caseNumber }
    }

    /// Sets when the work of an event began.
    package mutating func setStart(_ event: Int, _ time: Int64, form: UInt16 = 0) {
        while start.count <= event {
            start.append(Instant.missing)
            startForm.append(0)
        }
        start[event] = time
        startForm[event] = form
    }

    /// The standard columns whose values are texts.
    package enum TextColumn: Sendable {
        /// The lifecycle transition.
        case transition
        /// The resource.
        case resource
        /// The role.
        case role
        /// The department or group.
        case department
        /// `concept:instance`.
        case instance
    }

    /// Sets a standard text column of an event.
    package mutating func set(_ column: TextColumn, _ event: Int, _ text: UnsafeRawBufferPointer) {
        switch column {
        case .transition: transition.set(event, text)
        case .resource: resource.set(event, text)
        case .role: role.set(event, text)
        case .department: department.set(event, text)
        case .instance: instanceName.set(event, text)
        }
    }

    /// Sets a standard text column of an event.
    package mutating func set(_ column: TextColumn, _ event: Int, _ text: String) {
        var text = text
        text.withUTF8 { set(column, event, UnsafeRawBufferPointer($0)) }
    }

    /// The number of the attribute with that key, type and level, new or known: ask once per key, not once per event.
    package mutating func attribute(named name: String, type: AttributeType, level: AttributeLevel) -> Int {
        let columns = level == .event ? eventAttributes : caseAttributes
        if let known = columns.firstIndex(where: { $0.name == name && $0.type == type }) { return known }
        if level == .event {
            eventAttributes.append(AttributeColumn(name: name, type: type))
        } else {
            caseAttributes.append(AttributeColumn(name: name, type: type))
        }
        return columns.count
    }

    /// Sets a text attribute (types `string` and `id`) of an event or, by its number, of a case.
    package mutating func set(_ level: AttributeLevel, attribute: Int, of owner: Int, text: UnsafeRawBufferPointer) {
        switch level {
        case .event: eventAttributes[attribute].set(owner, text: text)
        case .case: caseAttributes[attribute].set(owner, text: text)
        }
    }

    /// Sets a text attribute of an event or of a case.
    package mutating func set(_ level: AttributeLevel, attribute: Int, of owner: Int, text: String) {
        var text = text
        text.withUTF8 { set(level, attribute: attribute, of: owner, text: UnsafeRawBufferPointer($0)) }
    }

    /// Sets an `int` attribute.
    package mutating func set(_ level: AttributeLevel, attribute: Int, of owner: Int, integer: Int64) {
        setWord(level, attribute, owner, integer)
    }

    /// Sets a `float` attribute.
    package mutating func set(_ level: AttributeLevel, attribute: Int, of owner: Int, number: Double) {
        setWord(level, attribute, owner, Int64(bitPattern: number.bitPattern))
    }

    /// Sets a `boolean` attribute.
    package mutating func set(_ level: AttributeLevel, attribute: Int, of owner: Int, boolean: Bool) {
        setWord(level, attribute, owner, boolean ? 1 : 0)
    }

    /// Sets a `date` attribute.
    package mutating func set(_ level: AttributeLevel, attribute: Int, of owner: Int, instant: Instant, form: UInt16) {
        setWord(level, attribute, owner, instant.microseconds, form: form)
    }

    /// Adds a nested or list attribute of an event or of a case.
    package mutating func addNested(_ level: AttributeLevel, of owner: Int, _ tree: AttributeTree) {
        nested.append(NestedAttribute(owner: UInt32(owner), level: level, tree: tree))
    }

    private mutating func setWord(_ level: AttributeLevel, _ attribute: Int, _ owner: Int, _ word: Int64, form: UInt16? = nil) {
        switch level {
        case .event: eventAttributes[attribute].set(owner, word: word, form: form)
        case .case: caseAttributes[attribute].set(owner, word: word, form: form)
        }
    }

    // MARK: - Finishing

    /// Makes the log: events are grouped by case and sorted by time (ties keep recorded order, events without a time their
    /// places), starts are paired with completions, and what was met on the way is counted.
    package consuming func finish(counting: InstanceCounting = .instances) -> EventLog {
        finishWithOrder(counting: counting).log
    }

    /// Makes the log as ``finish(counting:)`` does, and says per event of the log by which number it was appended.
    package consuming func finishWithOrder(counting: InstanceCounting) -> (log: EventLog, order: [UInt32]) {
        var promotion = Promotion.byContent
        return finish(counting: counting, extent: .whole, promotion: &promotion)
    }

    /// Makes the log of a part of the source that holds whole cases. Findings that the whole log decides about are left to whoever adds up
    /// what the parts show: ``EventLog/pairing`` and ``RecordingFacts``.
    ///
    /// - Parameter layout: which attributes become those of cases; learns which may.
    package consuming func finishPiece(counting: InstanceCounting, extent: LogExtent, layout: inout PieceLayout) -> EventLog {
        var promotion = promotesConstantAttributes ? Promotion.byLayout(layout) : .byContent
        let log = finish(counting: counting, extent: extent, promotion: &promotion).log
        if case .byLayout(let learnt) = promotion { layout = learnt }
        return log
    }

    /// What decides which attributes of events become those of cases.
    private enum Promotion {
        case byContent
        case byLayout(PieceLayout)
    }

    private consuming func finish(
        counting: InstanceCounting, extent: LogExtent, promotion: inout Promotion
    ) -> (log: EventLog, order: [UInt32]) {
        let caseOrder = keptCases()
        let (order, offsets, isIdentity) = eventOrder(caseOrder.newNumber, kept: caseOrder.kept.count)
        while (!start.isEmpty || expected.hasStarts) && start.count < time.count {
            start.append(Instant.missing)
            startForm.append(0)
        }
        let keepsAllCases = caseOrder.kept.count == caseNames.count
        var names = keepsAllCases ? caseNames : Vocabulary()
        if !keepsAllCases { for id in caseOrder.kept { caseNames.withBytes(of: id) { _ = names.intern($0) } } }
        caseNames = Vocabulary()
        caseOf = []
        // Each column is given up as its ordered one comes, so that no more than one is held twice.
        var attributes: [AttributeColumn] = []
        for place in eventAttributes.indices {
            attributes.append(isIdentity ? eventAttributes[place] : eventAttributes[place].gathered(by: order))
            eventAttributes[place] = AttributeColumn(name: "", type: .string)
        }
        var cases = keepsAllCases ? caseAttributes : caseAttributes.map { $0.gathered(by: caseOrder.kept) }
        caseAttributes = []
        var cost = costAttribute
        if promotesConstantAttributes {
            switch promotion {
            case .byContent: promote(&attributes, &cases, &cost, offsets)
            case .byLayout(var layout):
                promotion = .byContent
                layout.promote(&attributes, &cases, &cost, offsets)
                promotion = .byLayout(layout)
            }
        }
        let ordering = isIdentity ? nil : order
        var parts = EventColumns.Parts()
        parts.caseNames = names
        parts.caseOffsets = offsets
        parts.activity = SymbolColumn(ids: Self.ordered(&activity.ids, ordering), vocabulary: activity.vocabulary)
        parts.time = Self.ordered(&time, ordering)
        parts.timeForm = Self.ordered(&timeForm, ordering)
        parts.start = Self.ordered(&start, ordering)
        parts.startForm = Self.ordered(&startForm, ordering)
        parts.timeForms = timeForms
        parts.transition = Self.ordered(&transition, order.count, ordering, isExpected: expected.texts.contains(.transition))
        parts.resource = Self.ordered(&resource, order.count, ordering, isExpected: expected.texts.contains(.resource))
        parts.role = Self.ordered(&role, order.count, ordering, isExpected: expected.texts.contains(.role))
        parts.department = Self.ordered(&department, order.count, ordering, isExpected: expected.texts.contains(.department))
        parts.instanceName = Self.ordered(&instanceName, order.count, ordering, isExpected: expected.texts.contains(.instance))
        parts.row = Self.ordered(&row, ordering)
        parts.rowUnit = rowUnit
        parts.files = files
        parts.attributes = attributes
        parts.caseAttributes = cases
        parts.costAttribute = cost
        parts.nested = finishedNested(order, caseOrder.newNumber, isIdentity)
        parts.metadata = metadata
        parts.sourceNames = sourceNames
        let columns = EventColumns(parts)
        parts = EventColumns.Parts()
        let recording = extent == .whole ? RecordingFacts(columns).findings(assumedZone: assumedZone) : []
        let log = EventLog(columns: columns, sourceFindings: findings + recording, counting: counting, extent: extent)
        return (log, order)
    }

    /// A column in the order given, `nil` for the one it has; it is empty from then on.
    private static func ordered<Value>(_ column: inout [Value], _ order: [UInt32]?) -> [Value] {
        defer { column = [] }
        guard let order, !column.isEmpty else { return column }
        return column.withUnsafeBufferPointer { column in order.map { column[Int($0)] } }
    }

    /// A column of texts in the order given, or `nil` where it has none.
    private static func ordered(
        _ column: inout SymbolColumn, _ count: Int, _ order: [UInt32]?, isExpected: Bool
    ) -> SymbolColumn? {
        defer { column = SymbolColumn() }
        if (column.ids.isEmpty || column.vocabulary.isEmpty) && !isExpected { return nil }
        column.pad(to: count)
        return SymbolColumn(ids: ordered(&column.ids, order), vocabulary: column.vocabulary)
    }

    /// The cases that have events, and each case's number among them.
    private mutating func keptCases() -> (kept: [UInt32], newNumber: [UInt32]) {
        var counts = [Int](repeating: 0, count: caseNames.count)
        for id in caseOf { counts[Int(id)] += 1 }
        var kept: [UInt32] = []
        var newNumber = [UInt32](repeating: Vocabulary.missing, count: counts.count)
        var empty: [LogFinding.Example] = []
        for (id, count) in counts.enumerated() {
            if count == 0 {
                if empty.count < 5 { empty.append(.text(caseNames[UInt32(id)])) }
                continue
            }
            newNumber[id] = UInt32(kept.count)
            kept.append(UInt32(id))
        }
        let emptyCount = counts.count - kept.count
        if emptyCount > 0 { findings.append(LogFinding(.emptyCase, .info, count: emptyCount, examples: empty)) }
        return (kept, newNumber)
    }

    /// Events by case (counting sort), then by time (stable; events without a time keep their places in the case).
    private mutating func eventOrder(_ newNumber: [UInt32], kept: Int) -> (order: [UInt32], offsets: [Int], isIdentity: Bool) {
        var offsets = [Int](repeating: 0, count: kept + 1)
        for id in caseOf { offsets[Int(newNumber[Int(id)]) + 1] += 1 }
        for index in 0..<kept { offsets[index + 1] += offsets[index] }
        var next = offsets
        var order = [UInt32](repeating: 0, count: caseOf.count)
        for (event, id) in caseOf.enumerated() {
            let place = Int(newNumber[Int(id)])
            order[next[place]] = UInt32(event)
            next[place] += 1
        }
        var outOfOrder = 0
        var examples: [LogFinding.Example] = []
        for index in 0..<kept {
            let range = offsets[index]..<offsets[index + 1]
            var previous = Instant.missing
            var late = 0
            for place in range {
                let own = time[Int(order[place])]
                if own == Instant.missing { continue }
                if own < previous {
                    late += 1
                    if examples.count < 5 { examples.append(.row(row[Int(order[place])])) }
                } else {
                    previous = own
                }
            }
            if late == 0 { continue }
            outOfOrder += late
            let timed = range.filter { time[Int(order[$0])] != Instant.missing }
            let sorted = timed.map { order[$0] }.sorted { (time[Int($0)], $0) < (time[Int($1)], $1) }
            for (place, event) in zip(timed, sorted) { order[place] = event }
        }
        if outOfOrder > 0 { findings.append(LogFinding(.unorderedEvents, .info, count: outOfOrder, examples: examples)) }
        let isIdentity = order.enumerated().allSatisfy { $0.offset == Int($0.element) }
        return (order, offsets, isIdentity)
    }

    private func promote(_ attributes: inout [AttributeColumn], _ cases: inout [AttributeColumn], _ cost: inout Int?, _ offsets: [Int]) {
        guard offsets.count > 1 && offsets[offsets.count - 1] > offsets.count - 1 else { return }
        var kept: [AttributeColumn] = []
        var keptCost: Int?
        for (index, column) in attributes.enumerated() {
            if index == cost {
                keptCost = kept.count
            } else if let constant = column.constantPerCase(offsets: offsets) {
                cases.append(constant)
                continue
            }
            kept.append(column)
        }
        attributes = kept
        cost = keptCost
    }

    private func finishedNested(_ order: [UInt32], _ newNumber: [UInt32], _ isIdentity: Bool) -> [NestedAttribute] {
        if nested.isEmpty { return [] }
        var place = [UInt32](repeating: 0, count: order.count)
        for (index, event) in order.enumerated() { place[Int(event)] = UInt32(index) }
        return nested.compactMap { attribute in
            var attribute = attribute
            switch attribute.level {
            case .event: attribute.owner = place[Int(attribute.owner)]
            case .case: attribute.owner = newNumber[Int(attribute.owner)]
            }
            return attribute.owner == Vocabulary.missing ? nil : attribute
        }
    }
}
