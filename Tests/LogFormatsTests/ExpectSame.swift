import EventLogs
import TestSupport
import Testing

/// Whether two logs hold the same, column by column and value by value, with what was found about them.
func expectSame(_ left: EventLog, _ right: EventLog, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let difference = firstDifference(left, right)
    #expect(difference == nil, "\(what): \(difference ?? "")", sourceLocation: sourceLocation)
}
