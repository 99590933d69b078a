package import EventLogs
package import Instants

/// Splits a log at an instant, such as a go-live: `before` holds the cases completed before it, `after` those started on or
/// after it, both in the order of the log.
///
/// A case is completed before the instant where its last completion is and no instance of it is open. What lies astride, and
/// cases without any time, are in neither and counted.
package func splitLog(_ log: EventLog, at instant: Instant) -> (before: EventLog, after: EventLog, astride: Int) {
    var before: [Int] = []
    var after: [Int] = []
    for position in 0..<log.caseCount {
        guard let span = log.span(ofCase: position) else { continue }
        let isOpen = !log.instances.openCount.isEmpty && log.instances.openCount[Int(log.caseIDs[position])] > 0
        if span.firstStart >= instant.microseconds {
            after.append(position)
        } else if span.isCompleted && !isOpen && span.lastCompletion < instant.microseconds {
            before.append(position)
        }
    }
    return (log.selecting(cases: before), log.selecting(cases: after), log.caseCount - before.count - after.count)
}
