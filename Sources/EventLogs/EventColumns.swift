import Instants

/// Every recorded event of a log as columns, grouped by case, in a case by time, then by recorded order.
///
/// Immutable once built and shared by all views of the log. An optional column is `nil` where no event has a value.
package final class EventColumns: Sendable {
    /// Case names; a case's number here is its index everywhere. Cases keep the order of the file.
    package let caseNames: Vocabulary
    /// Case `i` has the events `caseOffsets[i] ..< caseOffsets[i + 1]`; one more element than cases.
    package let caseOffsets: [Int]
    /// The activity of each event; ``Vocabulary/missing`` never occurs, an event without a name has the empty one.
    package let activity: SymbolColumn
    /// When each event happened (the completion where there is a start column): microseconds, or ``Instant/missing``.
    package let time: [Int64]
    /// How each time was written, as a number into ``timeForms``.
    package let timeForm: [UInt16]
    /// When the work of each event began, from a start column or `start_timestamp`: microseconds or ``Instant/missing``;
    /// empty where the log has no such column.
    package let start: [Int64]
    /// How each start was written; empty as ``start`` is.
    package let startForm: [UInt16]
    /// The ways of writing times that occur.
    package let timeForms: [TimeForm]
    /// The lifecycle transition as written.
    package let transition: SymbolColumn?
    /// Who did it.
    package let resource: SymbolColumn?
    /// The role of who did it.
    package let role: SymbolColumn?
    /// The department or group of who did it.
    package let department: SymbolColumn?
    /// `concept:instance`: ties start and completion of one activity instance.
    package let instanceName: SymbolColumn?
    /// Where each event stands in the source, counted from 1 in ``rowUnit``; of a log of several files, through all of them.
    package let row: [UInt32]
    /// What ``row`` counts.
    package let rowUnit: RowUnit
    /// The files that the log was put together from; empty where it is one.
    package let files: [SourceFile]
    /// Further attributes of events, in order of first sight.
    package let attributes: [AttributeColumn]
    /// Attributes of cases, in order of first sight; rows are case indices.
    package let caseAttributes: [AttributeColumn]
    /// The column of `cost` per event, if one was mapped: an index into ``attributes``.
    package let costAttribute: Int?
    /// Nested and list attributes.
    package let nested: [NestedAttribute]
    /// What the file says of the log as a whole.
    package let metadata: LogMetadata
    /// The keys under which the source had the columns above, such as `concept:name` or a CSV header.
    package let sourceNames: SourceNames

    /// What tells where an event stands in its source.
    package enum RowUnit: String, Sendable, Codable {
        /// The line in which the row begins.
        case line
        /// The number of the event among all events of the file.
        case event
    }

    /// The names that the standard columns had in the source.
    package struct SourceNames: Sendable, Equatable, Codable {
        /// The case.
        package var caseName = "case:concept:name"
        /// The activity.
        package var activity = "concept:name"
        /// The completion time.
        package var timestamp = "time:timestamp"
        /// The start time.
        package var start = "start_timestamp"
        /// The transition.
        package var lifecycle = "lifecycle:transition"
        /// The resource.
        package var resource = "org:resource"
        /// The role.
        package var role = "org:role"
        /// The department or group.
        package var department = "org:group"
        /// The instance.
        package var instance = "concept:instance"

        /// The keys of the XES standard extensions.
        package init() {}
    }

    /// The columns as they are put together; what each means is said at the column of the same name.
    package struct Parts: Sendable {
        package var caseNames = Vocabulary()
        package var caseOffsets = [0]
        package var activity = SymbolColumn()
        package var time: [Int64] = []
        package var timeForm: [UInt16] = []
        package var start: [Int64] = []
        package var startForm: [UInt16] = []
        package var timeForms: [TimeForm] = []
        package var transition: SymbolColumn?
        package var resource: SymbolColumn?
        package var role: SymbolColumn?
        package var department: SymbolColumn?
        package var instanceName: SymbolColumn?
        package var row: [UInt32] = []
        package var rowUnit = RowUnit.line
        package var files: [SourceFile] = []
        package var attributes: [AttributeColumn] = []
        package var caseAttributes: [AttributeColumn] = []
        package var costAttribute: Int?
        package var nested: [NestedAttribute] = []
        package var metadata = LogMetadata()
        package var sourceNames = SourceNames()

        /// The columns of no event.
        package init() {}
    }

    /// The columns of a log; they must be in order: by case, in a case by time.
    package init(_ parts: Parts) {
        caseNames = parts.caseNames
        caseOffsets = parts.caseOffsets
        activity = parts.activity
        time = parts.time
        timeForm = parts.timeForm
        start = parts.start
        startForm = parts.startForm
        timeForms = parts.timeForms
        transition = parts.transition
        resource = parts.resource
        role = parts.role
        department = parts.department
        instanceName = parts.instanceName
        row = parts.row
        rowUnit = parts.rowUnit
        files = parts.files
        attributes = parts.attributes
        caseAttributes = parts.caseAttributes
        costAttribute = parts.costAttribute
        nested = parts.nested
        metadata = parts.metadata
        sourceNames = parts.sourceNames
    }

    /// The columns as parts, to make others of them.
    package var parts: Parts {
        var parts = Parts()
        parts.caseNames = caseNames
        parts.caseOffsets = caseOffsets
        parts.activity = activity
        parts.time = time
        parts.timeForm = timeForm
        parts.start = start
        parts.startForm = startForm
        parts.timeForms = timeForms
        parts.transition = transition
        parts.resource = resource
        parts.role = role
        parts.department = department
        parts.instanceName = instanceName
        parts.row = row
        parts.rowUnit = rowUnit
        parts.files = files
        parts.attributes = attributes
        parts.caseAttributes = caseAttributes
        parts.costAttribute = costAttribute
        parts.nested = nested
        parts.metadata = metadata
        parts.sourceNames = sourceNames
        return parts
    }

    /// How many events were recorded.
    package var count: Int { time.count }

    /// How many cases have events.
    package var caseCount: Int { caseOffsets.count - 1 }

    /// The offset (seconds east of UTC) in which most times were written: the one to show times in. Ties go to the smaller.
    package var prevailingOffset: Int { Self.prevailing(offsetCounts) }

    /// How many times were written in each offset.
    var offsetCounts: [Int32: Int] {
        var counts = [Int](repeating: 0, count: timeForms.count)
        for (form, time) in zip(timeForm, time) where time != Instant.missing { counts[Int(form)] += 1 }
        var totals: [Int32: Int] = [:]
        for (index, form) in timeForms.enumerated() { totals[form.offset, default: 0] += counts[index] }
        return totals
    }

    /// The offset with most times, the smaller of several.
    static func prevailing(_ totals: [Int32: Int]) -> Int {
        let best = totals.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        return Int(best?.key ?? 0)
    }
}
