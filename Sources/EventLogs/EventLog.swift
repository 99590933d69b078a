import Instants

/// An event log: what a process left behind, as columns, and the activity instances derived from it.
///
/// A log is a value and a view: filtering gives another log that shares the columns. Positions `0 ..< caseCount` number the
/// cases of this view; everything per case here takes a position.
///
/// ```swift
/// for position in 0..<log.caseCount {
///     for instance in log.instanceRanges[position] { … log.instances.activity[instance] … }
/// }
/// ```
package struct EventLog: Sendable {
    /// The recorded events, shared by all views.
    package let columns: EventColumns
    /// The case index in ``columns`` of each case of this view, in the order of the file.
    package let caseIDs: [UInt32]
    /// The events of this view, grouped by case; `nil` where a case's events are those of ``columns``.
    package let eventSelection: [UInt32]?
    /// Per case: its range in ``eventSelection``, or in ``columns`` where that is `nil`.
    package let eventRanges: [Range<Int>]
    /// The activity instances.
    package let instances: ActivityInstances
    /// Per case: its range in ``instances``.
    package let instanceRanges: [Range<Int>]
    /// The clock by which durations are counted.
    package let clock: DurationClock
    /// The times of ``instances`` on that clock.
    package let readings: ClockReadings
    /// How events were counted as instances.
    package let counting: InstanceCounting
    /// What reading and building found.
    package let findings: [LogFinding]
    /// What deriving the instances met; ``findings`` hold it already where the log is whole.
    package let pairing: PairingFacts

    /// What reading found; ``findings`` has what pairing found besides.
    package let sourceFindings: [LogFinding]
    private let extent: LogExtent

    /// The log of all events of these columns.
    ///
    /// - Parameters:
    ///   - sourceFindings: what reading them found.
    ///   - extent: whether they are all of the source.
    package init(columns: EventColumns, sourceFindings: [LogFinding], counting: InstanceCounting, extent: LogExtent = .whole) {
        let ranges = (0..<columns.caseCount).map { columns.caseOffsets[$0]..<columns.caseOffsets[$0 + 1] }
        self.init(
            columns: columns, caseIDs: (0..<UInt32(columns.caseCount)).map { $0 }, selection: nil, ranges: ranges,
            sourceFindings: sourceFindings, counting: counting, extent: extent)
    }

    private init(
        columns: EventColumns, caseIDs: [UInt32], selection: [UInt32]?, ranges: [Range<Int>], sourceFindings: [LogFinding],
        counting: InstanceCounting, extent: LogExtent, clock: DurationClock = .elapsed
    ) {
        let pairing = LifecyclePairing(columns: columns, selection: selection, ranges: ranges, caseIDs: caseIDs, extent: extent)
        let result = pairing.instances(counting: counting)
        self.columns = columns
        self.caseIDs = caseIDs
        eventSelection = selection
        eventRanges = ranges
        instances = result.instances
        instanceRanges = result.ranges
        self.clock = clock
        readings = ClockReadings(result.instances, clock)
        self.counting = counting
        self.sourceFindings = sourceFindings
        self.extent = extent
        self.pairing = result.facts
        findings = extent == .whole ? columns.naming(sourceFindings + result.facts.findings) : sourceFindings
    }

    private init(caseView log: EventLog, positions: [Int]) {
        columns = log.columns
        caseIDs = positions.map { log.caseIDs[$0] }
        eventSelection = log.eventSelection
        eventRanges = positions.map { log.eventRanges[$0] }
        instances = log.instances
        instanceRanges = positions.map { log.instanceRanges[$0] }
        clock = log.clock
        readings = log.readings
        counting = log.counting
        sourceFindings = log.sourceFindings
        findings = log.findings
        extent = log.extent
        pairing = log.pairing
    }

    /// How many cases this view has.
    package var caseCount: Int { caseIDs.count }

    /// How many recorded events this view has.
    package var eventCount: Int { eventRanges.reduce(0) { $0 + $1.count } }

    /// How many activity instances this view has.
    package var instanceCount: Int { instanceRanges.reduce(0) { $0 + $1.count } }

    /// The names of the activities of the whole log; a view may lack some.
    package var activities: Vocabulary { columns.activity.vocabulary }

    /// The name of a case.
    package func caseName(_ position: Int) -> String {
        columns.caseNames[caseIDs[position]]
    }

    /// The recorded event (its place in ``columns``) that stands at a place of an event range.
    package func event(at place: Int) -> Int {
        eventSelection.map { Int($0[place]) } ?? place
    }

    /// The view of the cases at these positions, in this order.
    package func selecting(cases positions: [Int]) -> EventLog {
        EventLog(caseView: self, positions: positions)
    }

    /// The view of the events for which `isKept` holds; it is given their places in ``columns``. Instances are derived anew,
    /// and a case without events is gone.
    package func selecting(events isKept: (Int) throws -> Bool) rethrows -> EventLog {
        try selecting(eventsOfCases: { _, event in try isKept(event) })
    }

    /// The view of the events for which `isKept` holds; it is given the position of their case and their places in ``columns``.
    ///
    /// - Parameter other: how much of the log the view is, where that is another than of this one.
    func selecting(
        extent other: LogExtent? = nil, eventsOfCases isKept: (_ position: Int, _ event: Int) throws -> Bool
    ) rethrows -> EventLog {
        var selection: [UInt32] = []
        var ranges: [Range<Int>] = []
        var kept: [UInt32] = []
        for position in 0..<caseCount {
            let first = selection.count
            for place in eventRanges[position] {
                let event = event(at: place)
                if try isKept(position, event) { selection.append(UInt32(event)) }
            }
            if selection.count > first {
                ranges.append(first..<selection.count)
                kept.append(caseIDs[position])
            }
        }
        return EventLog(
            columns: columns, caseIDs: kept, selection: selection, ranges: ranges, sourceFindings: sourceFindings, counting: counting,
            extent: other ?? extent, clock: clock)
    }

    /// The same events counted the other way.
    package func counted(as counting: InstanceCounting) -> EventLog {
        if counting == self.counting { return self }
        return EventLog(
            columns: columns, caseIDs: caseIDs, selection: eventSelection, ranges: eventRanges, sourceFindings: sourceFindings,
            counting: counting, extent: extent, clock: clock)
    }

    /// The log with its durations counted by another clock.
    package func measured(by clock: DurationClock) -> EventLog {
        EventLog(copying: self, findings: sourceFindings, pairing: findings.dropFirst(sourceFindings.count), clock: clock)
    }

    /// The log with further findings.
    package func adding(findings more: [LogFinding]) -> EventLog {
        EventLog(copying: self, findings: sourceFindings + more, pairing: findings.dropFirst(sourceFindings.count), clock: nil)
    }

    /// - Parameter other: another clock for its durations.
    private init(copying log: EventLog, findings source: [LogFinding], pairing: ArraySlice<LogFinding>, clock other: DurationClock?) {
        columns = log.columns
        caseIDs = log.caseIDs
        eventSelection = log.eventSelection
        eventRanges = log.eventRanges
        instances = log.instances
        instanceRanges = log.instanceRanges
        clock = other ?? log.clock
        readings = other.map { ClockReadings(log.instances, $0) } ?? log.readings
        counting = log.counting
        sourceFindings = source
        findings = source + pairing
        extent = log.extent
        self.pairing = log.pairing
    }

    /// The log with other starts of its instances, such as estimated ones: microseconds or ``Instant/missing``, one per instance.
    package func starting(at starts: [Int64]) -> EventLog {
        EventLog(copying: self, starts: starts)
    }

    private init(copying log: EventLog, starts: [Int64]) {
        precondition(starts.count == log.instances.count, "every instance has a start, if only a missing one")
        var instances = log.instances
        instances.start = starts
        columns = log.columns
        caseIDs = log.caseIDs
        eventSelection = log.eventSelection
        eventRanges = log.eventRanges
        self.instances = instances
        instanceRanges = log.instanceRanges
        clock = log.clock
        readings = ClockReadings(instances, log.clock)
        counting = log.counting
        sourceFindings = log.sourceFindings
        findings = log.findings
        extent = log.extent
        pairing = log.pairing
    }
}
