/// The events of one stretch of a source as columns, with numbers and vocabularies of its own: what one thread reads.
///
/// ``EventLogBuilder/append(parts:)`` puts the parts of a source together in their order; the log is the one that reading the source from
/// its beginning to its end would have given, however it was cut.
package struct EventLogPart: Sendable {
    /// Stands for "no time" in ``timeForm``.
    package static let noForm = UInt16.max

    /// The names of the cases, numbered in order of first sight.
    package var caseNames = Vocabulary()
    /// The case of each stretch of events that the source holds together (a trace), in the order of the source; a case that comes again is
    /// one that was put together from several. Empty where the source has no such stretches.
    package var groups: [UInt32] = []
    /// The case of each event.
    package var caseOf: [UInt32] = []
    /// The activity of each event.
    package var activity = SymbolColumn()
    /// When each event happened, in microseconds, or the missing instant.
    package var time: [Int64] = []
    /// How each time was written, as a number into ``timeForms``, or ``noForm``.
    package var timeForm: [UInt16] = []
    /// When each event began; empty or one per event.
    package var start: [Int64] = []
    /// How each start was written; empty as ``start`` is.
    package var startForm: [UInt16] = []
    /// The ways of writing times, in order of first sight.
    package var timeForms: [TimeForm] = []
    /// The lifecycle transition; columns of texts are empty or reach to some event, the rest is missing.
    package var transition = SymbolColumn()
    /// Who did it.
    package var resource = SymbolColumn()
    /// The role of who did it.
    package var role = SymbolColumn()
    /// The department or group.
    package var department = SymbolColumn()
    /// `concept:instance`.
    package var instanceName = SymbolColumn()
    /// The line or number of each event in the source; empty where events are numbered one after the other.
    package var row: [UInt32] = []
    /// Further attributes of events in order of first sight.
    package var attributes: [AttributeColumn] = []
    /// Attributes of cases in order of first sight; rows are numbers into ``caseNames``.
    package var caseAttributes: [AttributeColumn] = []
    /// The event attribute that holds costs.
    package var costAttribute: Int?

    /// A part without events.
    package init() {}

    /// The part of a log's events, all or those at some places, and of all its cases.
    package init(_ columns: EventColumns.Parts, events: [UInt32]?) {
        caseNames = columns.caseNames
        caseAttributes = columns.caseAttributes
        timeForms = columns.timeForms
        costAttribute = columns.costAttribute
        var cases: [UInt32] = []
        cases.reserveCapacity(columns.time.count)
        for index in 0..<(columns.caseOffsets.count - 1) {
            cases += repeatElement(UInt32(index), count: columns.caseOffsets[index + 1] - columns.caseOffsets[index])
        }
        guard let events else {
            caseOf = cases
            activity = columns.activity
            time = columns.time
            timeForm = columns.timeForm
            start = columns.start
            startForm = columns.startForm
            transition = columns.transition ?? SymbolColumn()
            resource = columns.resource ?? SymbolColumn()
            role = columns.role ?? SymbolColumn()
            department = columns.department ?? SymbolColumn()
            instanceName = columns.instanceName ?? SymbolColumn()
            row = columns.row
            attributes = columns.attributes
            return
        }
        caseOf = events.map { cases[Int($0)] }
        activity = columns.activity.gathered(by: events)
        time = events.map { columns.time[Int($0)] }
        timeForm = events.map { columns.timeForm[Int($0)] }
        if !columns.start.isEmpty {
            start = events.map { columns.start[Int($0)] }
            startForm = events.map { columns.startForm[Int($0)] }
        }
        transition = columns.transition?.gathered(by: events) ?? SymbolColumn()
        resource = columns.resource?.gathered(by: events) ?? SymbolColumn()
        role = columns.role?.gathered(by: events) ?? SymbolColumn()
        department = columns.department?.gathered(by: events) ?? SymbolColumn()
        instanceName = columns.instanceName?.gathered(by: events) ?? SymbolColumn()
        row = events.map { columns.row[Int($0)] }
        attributes = columns.attributes.map { $0.gathered(by: events) }
    }
}

/// What ``EventLogBuilder/append(parts:)`` met: cases that stretches of events name again.
package struct RepeatedGroups: Sendable, Equatable {
    /// How many stretches named a case that was known.
    package var count = 0
    /// The first five names.
    package var examples: [String] = []
}
