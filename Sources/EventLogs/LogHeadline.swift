package import Instants

/// The first things to say of a log.
package struct LogHeadline: Sendable, Equatable {
    /// Cases.
    package var cases: Int
    /// Recorded events.
    package var events: Int
    /// Activity instances.
    package var instances: Int
    /// The earliest and the latest recorded time, or `nil` where no event has one.
    package var timeRange: ClosedRange<Instant>?
    /// The offset in which most times were written: seconds east of UTC.
    package var offset: Int
    /// What reading and building found.
    package var findings: [LogFinding]

    /// The headline of a log's view.
    package init(of log: EventLog) {
        cases = log.caseCount
        events = log.eventCount
        instances = log.instanceCount
        timeRange = log.timeRange
        offset = log.columns.prevailingOffset
        findings = log.findings
    }

    /// A headline of these parts.
    package init(
        cases: Int, events: Int, instances: Int, timeRange: ClosedRange<Instant>?, offset: Int, findings: [LogFinding]
    ) {
        self.cases = cases
        self.events = events
        self.instances = instances
        self.timeRange = timeRange
        self.offset = offset
        self.findings = findings
    }
}

/// The headlines of the pieces of a log, added up.
package struct HeadlineTally: Sendable {
    private var cases = 0
    private var events = 0
    private var instances = 0
    private var first = Instant.missing
    private var last = Instant.missing
    private var offsets: [Int32: Int] = [:]
    private var recording = RecordingFacts()
    private var pairing = PairingFacts()
    private var emptyCases = PairingFacts.Tally()
    private var unordered = PairingFacts.Tally()

    /// Nothing added.
    package init() {}

    /// Adds a piece.
    ///
    /// - Parameters:
    ///   - piece: as it was read.
    ///   - view: what filters left of it.
    package mutating func add(_ piece: EventLog, view: EventLog) {
        cases += view.caseCount
        events += view.eventCount
        instances += view.instanceCount
        if let range = view.timeRange {
            first = first == Instant.missing ? range.lowerBound.microseconds : min(first, range.lowerBound.microseconds)
            last = last == Instant.missing ? range.upperBound.microseconds : max(last, range.upperBound.microseconds)
        }
        for (offset, count) in piece.columns.offsetCounts { offsets[offset, default: 0] += count }
        recording.add(RecordingFacts(piece.columns))
        pairing.add(view.pairing)
        for finding in piece.findings {
            let tally = PairingFacts.Tally(count: finding.count, examples: finding.examples)
            switch finding.rule {
            case .emptyCase: emptyCases.add(tally)
            case .unorderedEvents: unordered.add(tally)
            default: preconditionFailure("a piece knows no other findings by itself")
            }
        }
    }

    /// The headline of all pieces.
    ///
    /// - Parameters:
    ///   - reading: what reading the file has found.
    ///   - assumedZone: the zone in which the user said that times without an offset are to be read.
    package func headline(reading: [LogFinding], assumedZone: String?) -> LogHeadline {
        var findings = reading
        if emptyCases.count > 0 { findings.append(LogFinding(.emptyCase, .info, count: emptyCases.count, examples: emptyCases.examples)) }
        if unordered.count > 0 {
            findings.append(LogFinding(.unorderedEvents, .info, count: unordered.count, examples: unordered.examples))
        }
        findings += recording.findings(assumedZone: assumedZone) + pairing.findings
        let range = first == Instant.missing ? nil : Instant(microseconds: first)...Instant(microseconds: last)
        return LogHeadline(
            cases: cases, events: events, instances: instances, timeRange: range, offset: EventColumns.prevailing(offsets),
            findings: findings)
    }
}
