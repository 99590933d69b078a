import Instants

/// Derives activity instances from recorded events.
///
/// Transitions compare case-insensitively; an event without one is a completion, or, in a log with a start column, an open
/// instance where it has a start and no time of its own. ``OpenStarts`` says which start a completion takes.
struct LifecyclePairing {
    enum Transition: UInt8 {
        case start
        case complete
        case abort
        case other

        init(_ name: String) {
            switch name.lowercased() {
            case "start": self = .start
            case "complete": self = .complete
            case "ate_abort", "pi_abort", "withdraw": self = .abort
            default: self = .other
            }
        }
    }

    private let columns: EventColumns
    private let selection: [UInt32]?
    private let ranges: [Range<Int>]
    private let caseIDs: [UInt32]
    private let extent: LogExtent

    /// For the events that `selection` (all, if `nil`) holds in these ranges, one per case.
    init(columns: EventColumns, selection: [UInt32]?, ranges: [Range<Int>], caseIDs: [UInt32], extent: LogExtent = .whole) {
        self.columns = columns
        self.selection = selection
        self.ranges = ranges
        self.caseIDs = caseIDs
        self.extent = extent
    }

    struct Result {
        var instances: ActivityInstances
        var ranges: [Range<Int>]
        var facts: PairingFacts
    }

    func instances(counting: InstanceCounting) -> Result {
        if counting == .events { return everyEvent(starts: [], facts: PairingFacts()) }
        guard let transition = columns.transition else {
            var facts = checkedStarts
            facts.isStandard = ranges.contains { !$0.isEmpty }
            return hasOpenRows ? paired(nil, []) : everyEvent(starts: columns.start, facts: facts)
        }
        let kinds = transition.vocabulary.strings.map(Transition.init)
        var seen = [Int](repeating: 0, count: 4)
        forEachEvent { event in
            let id = transition.ids[event]
            seen[Int((id == Vocabulary.missing ? .complete : kinds[Int(id)]).rawValue)] += 1
        }
        if seen[0] == 0 && seen[1] == 0 && extent != .pieceOfStandard {
            var facts = checkedStarts
            facts.nonstandard = PairingFacts.Tally(
                count: seen[2] + seen[3], examples: transition.vocabulary.ids.prefix(5).map { .text(transition.vocabulary[$0]) })
            facts.isNonstandard = true
            return everyEvent(starts: columns.start, facts: facts)
        }
        if seen[0] == 0 && seen[2] == 0 && seen[3] == 0 && !hasOpenRows {
            var facts = checkedStarts
            facts.isStandard = seen[1] > 0
            return everyEvent(starts: columns.start, facts: facts)
        }
        return paired(transition, kinds)
    }

    /// Whether an event has a start of its own and no time: work that is not done yet.
    private var hasOpenRows: Bool {
        if columns.start.isEmpty { return false }
        var found = false
        forEachEvent { event in
            if columns.time[event] == Instant.missing && columns.start[event] != Instant.missing { found = true }
        }
        return found
    }

    private func forEachEvent(_ body: (Int) -> Void) {
        for range in ranges {
            for place in range { body(selection.map { Int($0[place]) } ?? place) }
        }
    }

    /// Every selected event is one instance.
    private func everyEvent(starts: [Int64], facts: PairingFacts) -> Result {
        let cleaned = Self.withoutReversed(starts, columns.time)
        var facts = facts
        facts.knowsStarts = !cleaned.isEmpty
        guard let selection else {
            let instances = ActivityInstances(
                activity: columns.activity.ids, completion: columns.time, start: cleaned, resource: columns.resource?.ids ?? [],
                event: [], openingEvent: [])
            return Result(instances: instances, ranges: ranges, facts: facts)
        }
        let instances = ActivityInstances(
            activity: selection.map { columns.activity.ids[Int($0)] }, completion: selection.map { columns.time[Int($0)] },
            start: cleaned.isEmpty ? [] : selection.map { cleaned[Int($0)] },
            resource: columns.resource.map { resource in selection.map { resource.ids[Int($0)] } } ?? [], event: selection,
            openingEvent: [])
        return Result(instances: instances, ranges: ranges, facts: facts)
    }

    /// The starts, those after their completion missing: the same array where there are none, empty where no start is known.
    private static func withoutReversed(_ starts: [Int64], _ times: [Int64]) -> [Int64] {
        var isKnown = false
        var isReversed = false
        for (start, time) in zip(starts, times) where start != Instant.missing {
            if start > time && time != Instant.missing { isReversed = true } else { isKnown = true }
        }
        if !isKnown { return [] }
        return isReversed ? zip(starts, times).map { $0 > $1 && $1 != Instant.missing ? Instant.missing : $0 } : starts
    }

    /// Starts after their completion, found in the start column; of a piece also the events without a start, which are of meaning where
    /// starts are paired elsewhere.
    private var checkedStarts: PairingFacts {
        var facts = PairingFacts()
        let hasStarts = !columns.start.isEmpty
        if !hasStarts && extent == .whole { return facts }
        forEachEvent { event in
            let start = hasStarts ? columns.start[event] : Instant.missing
            if start == Instant.missing {
                if extent != .whole { facts.unpaired.add { .row(columns.row[event]) } }
            } else if columns.time[event] != Instant.missing && start > columns.time[event] {
                facts.reversed.add { .row(columns.row[event]) }
            }
        }
        return facts
    }

    private func paired(_ transition: SymbolColumn?, _ kinds: [Transition]) -> Result {
        var instances = ActivityInstances(activity: [], completion: [], start: [], resource: [], event: [], openingEvent: [])
        var instanceRanges: [Range<Int>] = []
        var open = OpenStarts()
        var facts = PairingFacts()
        facts.isPaired = true
        var ignoredNames: [UInt32: Int] = [:]
        instances.openCount = [UInt32](repeating: 0, count: columns.caseCount)
        instances.firstOpenStart = [Int64](repeating: Instant.missing, count: columns.caseCount)
        let resources = columns.resource?.ids
        let names = columns.instanceName?.ids
        for (position, range) in ranges.enumerated() {
            let first = instances.activity.count
            open.removeAll()
            var openRows: [Int64] = []
            for place in range {
                let event = selection.map { Int($0[place]) } ?? place
                let id = transition?.ids[event] ?? Vocabulary.missing
                let kind = id == Vocabulary.missing ? .complete : kinds[Int(id)]
                let activity = columns.activity.ids[event]
                let resource = resources?[event] ?? Vocabulary.missing
                let name = names?[event] ?? Vocabulary.missing
                switch kind {
                case .start:
                    open.add(OpenStarts.Start(event: event, activity: activity, resource: resource, instance: name))
                case .other:
                    facts.ignored += 1
                    ignoredNames[id, default: 0] += 1
                case .complete, .abort:
                    var start = columns.start.isEmpty ? Instant.missing : columns.start[event]
                    if start != Instant.missing && columns.time[event] == Instant.missing {
                        openRows.append(start)
                        facts.open.add { .row(columns.row[event]) }
                        continue
                    }
                    var opening = Vocabulary.missing
                    if let opened = open.take(activity: activity, resource: resource, instance: name) {
                        opening = UInt32(opened)
                        if start == Instant.missing { start = columns.time[opened] }
                    } else if start == Instant.missing {
                        facts.unpaired.add { .row(columns.row[event]) }
                    }
                    if start != Instant.missing && columns.time[event] != Instant.missing && start > columns.time[event] {
                        facts.reversed.add { .row(columns.row[event]) }
                        start = Instant.missing
                    }
                    if kind == .abort { instances.aborted.insert(instances.activity.count) }
                    instances.activity.append(activity)
                    instances.completion.append(columns.time[event])
                    instances.start.append(start)
                    if resources != nil {
                        let opener = opening == Vocabulary.missing ? resource : resources?[Int(opening)] ?? Vocabulary.missing
                        instances.resource.append(resource == Vocabulary.missing ? opener : resource)
                    }
                    instances.event.append(UInt32(event))
                    instances.openingEvent.append(opening)
                }
            }
            let caseID = Int(caseIDs[position])
            let unfinished = open.remaining
            let left = unfinished.map { columns.time[$0.event] } + openRows
            instances.openCount[caseID] = UInt32(left.count)
            for time in left where time != Instant.missing {
                let earliest = instances.firstOpenStart[caseID]
                if earliest == Instant.missing || time < earliest { instances.firstOpenStart[caseID] = time }
            }
            for start in unfinished { facts.open.add { .row(columns.row[start.event]) } }
            instanceRanges.append(first..<instances.activity.count)
        }
        if facts.open.count == 0 {
            instances.openCount = []
            instances.firstOpenStart = []
        }
        if instances.start.allSatisfy({ $0 == Instant.missing }) { instances.start = [] }
        if instances.openingEvent.allSatisfy({ $0 == Vocabulary.missing }) { instances.openingEvent = [] }
        facts.knowsStarts = !instances.start.isEmpty
        facts.ignoredNames = Set(ignoredNames.keys.compactMap { transition?.vocabulary[$0] })
        facts.isStandard = transition == nil || extent != .pieceOfStandard || hasStandardTransition(kinds)
        return Result(instances: instances, ranges: instanceRanges, facts: facts)
    }

    /// Whether an event starts or completes an instance.
    private func hasStandardTransition(_ kinds: [Transition]) -> Bool {
        guard let transition = columns.transition else { return true }
        var found = false
        forEachEvent { event in
            let id = transition.ids[event]
            if id == Vocabulary.missing || kinds[Int(id)] == .start || kinds[Int(id)] == .complete { found = true }
        }
        return found
    }
}

/// How much of a log's file the columns of an ``EventLog`` hold.
package enum LogExtent: Sendable, Equatable {
    /// All of it.
    case whole
    /// Whole cases of it; no start and no complete transition is known elsewhere.
    case piece
    /// Whole cases of it; elsewhere are transitions that start or complete instances.
    case pieceOfStandard
}
