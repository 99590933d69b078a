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
    /// - Parameters:
    ///   - names: what the file of each is called, where it is of one file.
    ///   - tellsLevels: whether the format of both tells attributes of cases from those of events, as XES does; otherwise an
    ///     attribute that only one of them has as one of cases becomes one of events.
    package init(_ known: EventLog, _ later: EventLog, names: (known: String, later: String) = ("", ""), tellsLevels: Bool) {
        let pair = AlikeColumns(known.columns.parts, later.columns.parts, tellsLevels: tellsLevels)
        let matching = EventMatching(pair)
        var builder = EventLogBuilder()
        builder.sourceNames = pair.known.sourceNames
        builder.metadata = pair.known.metadata
        builder.metadata.add(pair.later.metadata)
        builder.rowUnit = pair.known.rowUnit == .line && pair.later.rowUnit == .line ? .line : .event
        let files = (known: known.columns.files(named: names.known), later: later.columns.files(named: names.later))
        let rowsBefore = Int(known.columns.row.max() ?? 0)
        builder.files =
            files.known
            + files.later.map { SourceFile(name: $0.name, rowUnit: $0.rowUnit, rowsBefore: $0.rowsBefore + rowsBefore) }
        var added = EventLogPart(pair.later, events: matching.added)
        for place in added.row.indices { added.row[place] = UInt32(clamping: Int(added.row[place]) + rowsBefore) }
        _ = builder.append(parts: [pair.knownPart(matching.matches), added])
        pair.addNested(to: &builder, added: matching.added)
        let (merged, order) = builder.finishWithOrder(counting: known.counting)
        let isNaive = (known.sourceFindings + later.sourceFindings).contains { $0.rule == .naiveTime }
        log = EventLog(
            columns: merged.columns,
            sourceFindings: LogFinding.joined(
                known.columns.naming(known.sourceFindings, in: files.known), later.columns.naming(later.sourceFindings, in: files.later))
                + RecordingFacts(merged.columns).findings(assumedZone: isNaive ? nil : ""),
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
