import Instants

/// One log out of a known one and a later extract of the same process, which may hold again what is known.
///
/// Cases are the same where their names are. Within a case an event is known already where the known log has an equal one: in activity,
/// times, transition, resource, role, department, instance and in the event attributes that both logs have. Equal events that a log holds
/// several times are matched one to one, so that a log joined to itself adds nothing. An attribute of a case that differs takes its newer
/// value; an attribute that only the later extract knows is filled in.
package struct LogUnion: Sendable {
    /// The log.
    package let log: EventLog
    /// Per event of the log: its place among the known events or, from ``knownCount`` on, among those of the later extract.
    package let origins: [UInt32]
    /// How many events were known.
    package let knownCount: Int
    /// Known events (first) that the later extract holds too (second), by the known ones.
    package let matches: [(known: UInt32, later: UInt32)]
    /// How many cases are new.
    package let addedCases: Int
    /// The cases, by their names in the later extract, that were known and had an attribute changed.
    package let changedCases: [UInt32]

    /// How many events are new.
    package var addedEvents: Int { origins.count - knownCount }

    /// Joins two logs.
    ///
    /// - Parameter tellsLevels: whether the format of both tells attributes of cases from those of events, as XES does; otherwise an
    ///   attribute that only one of them has as one of cases becomes one of events.
    package init(_ known: EventLog, _ later: EventLog, tellsLevels: Bool) {
        let pair = AlikeColumns(known.columns.parts, later.columns.parts, tellsLevels: tellsLevels)
        let matching = EventMatching(pair)
        var builder = EventLogBuilder()
        builder.sourceNames = pair.known.sourceNames
        builder.metadata = pair.known.metadata.joined(pair.later.metadata)
        builder.rowUnit = pair.known.rowUnit
        _ = builder.append(parts: [pair.knownPart(matching.matches), EventLogPart(pair.later, events: matching.added)])
        pair.addNested(to: &builder, added: matching.added)
        let (merged, order) = builder.finishWithOrder(counting: known.counting)
        let isNaive = (known.sourceFindings + later.sourceFindings).contains { $0.rule == .naiveTime }
        log = EventLog(
            columns: merged.columns,
            sourceFindings: LogFinding.joined(known.sourceFindings, later.sourceFindings)
                + EventLogBuilder.timeFindings(merged.columns, assumedZone: isNaive ? nil : ""),
            counting: known.counting)
        let count = pair.known.time.count
        origins = order.map { Int($0) < count ? $0 : UInt32(count) + matching.added[Int($0) - count] }
        knownCount = count
        matches = matching.matches
        addedCases = merged.columns.caseCount - (pair.known.caseOffsets.count - 1)
        changedCases = pair.changedCases()
    }
}

extension LogFinding {
    /// The rules that building a log finds in its columns.
    private static let ofColumns: Set<Rule> = [.missingTime, .missingActivity, .sameTime, .naiveTime, .dateOnly, .dayResolution]

    /// What reading two files found, without what their columns tell: counts of one rule and detail add up.
    static func joined(_ first: [LogFinding], _ second: [LogFinding]) -> [LogFinding] {
        var all: [LogFinding] = []
        for finding in first + second where !ofColumns.contains(finding.rule) {
            if let place = all.firstIndex(where: { $0.rule == finding.rule && $0.detail == finding.detail }) {
                all[place].count += finding.count
                all[place].examples = Array((all[place].examples + finding.examples).prefix(5))
            } else {
                all.append(finding)
            }
        }
        return all
    }
}

extension LogMetadata {
    /// What the file of a log says, with what that of a later extract says besides.
    fileprivate func joined(_ later: LogMetadata) -> LogMetadata {
        var all = self
        for item in later.extensions where !all.extensions.contains(item) { all.extensions.append(item) }
        for item in later.classifiers where !all.classifiers.contains(where: { $0.name == item.name }) { all.classifiers.append(item) }
        for item in later.eventGlobals where !all.eventGlobals.contains(where: { $0.key == item.key }) { all.eventGlobals.append(item) }
        for item in later.caseGlobals where !all.caseGlobals.contains(where: { $0.key == item.key }) { all.caseGlobals.append(item) }
        for item in later.attributes where !all.attributes.contains(where: { $0.key == item.key }) { all.attributes.append(item) }
        return all
    }
}
