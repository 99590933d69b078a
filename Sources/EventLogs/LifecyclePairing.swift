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

    /// For the events that `selection` (all, if `nil`) holds in these ranges, one per case.
    init(columns: EventColumns, selection: [UInt32]?, ranges: [Range<Int>], caseIDs: [UInt32]) {
        self.columns = columns
        self.selection = selection
        self.ranges = ranges
        self.caseIDs = caseIDs
    }

    struct Result {
        var instances: ActivityInstances
        var ranges: [Range<Int>]
        var findings: [LogFinding]
    }

    func instances(counting: InstanceCounting) -> Result {
        if counting == .events { return everyEvent(starts: [], findings: []) }
        guard let transition = columns.transition else {
            return hasOpenRows ? paired(nil, []) : everyEvent(starts: columns.start, findings: checkedStarts)
        }
        let kinds = transition.vocabulary.strings.map(Transition.init)
        var seen = [Int](repeating: 0, count: 4)
        forEachEvent { event in
            let id = transition.ids[event]
            seen[Int((id == Vocabulary.missing ? .complete : kinds[Int(id)]).rawValue)] += 1
        }
        if seen[0] == 0 && seen[1] == 0 {
            let finding = LogFinding(
                .lifecycleNonstandard, .warning, count: seen[2] + seen[3], examples: transition.vocabulary.strings.map { .text($0) })
            return everyEvent(starts: columns.start, findings: checkedStarts + [finding])
        }
        if seen[0] == 0 && seen[2] == 0 && seen[3] == 0 && !hasOpenRows {
            return everyEvent(starts: columns.start, findings: checkedStarts)
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
    private func everyEvent(starts: [Int64], findings: [LogFinding]) -> Result {
        let cleaned = Self.withoutReversed(starts, columns.time)
        guard let selection else {
            let instances = ActivityInstances(
                activity: columns.activity.ids, completion: columns.time, start: cleaned, resource: columns.resource?.ids ?? [],
                event: [], openingEvent: [])
            return Result(instances: instances, ranges: ranges, findings: findings)
        }
        let instances = ActivityInstances(
            activity: selection.map { columns.activity.ids[Int($0)] }, completion: selection.map { columns.time[Int($0)] },
            start: cleaned.isEmpty ? [] : selection.map { cleaned[Int($0)] },
            resource: columns.resource.map { resource in selection.map { resource.ids[Int($0)] } } ?? [], event: selection,
            openingEvent: [])
        return Result(instances: instances, ranges: ranges, findings: findings)
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

    /// Starts after their completion, found in the start column.
    private var checkedStarts: [LogFinding] {
        if columns.start.isEmpty { return [] }
        var count = 0
        var examples: [LogFinding.Example] = []
        forEachEvent { event in
            let start = columns.start[event]
            if start != Instant.missing && columns.time[event] != Instant.missing && start > columns.time[event] {
                count += 1
                if examples.count < 5 { examples.append(.row(columns.row[event])) }
            }
        }
        return count == 0 ? [] : [LogFinding(.startAfterCompletion, .warning, count: count, examples: examples)]
    }

    private func paired(_ transition: SymbolColumn?, _ kinds: [Transition]) -> Result {
        var instances = ActivityInstances(activity: [], completion: [], start: [], resource: [], event: [], openingEvent: [])
        var instanceRanges: [Range<Int>] = []
        var open = OpenStarts()
        var ignored = 0
        var unpaired = 0
        var unpairedExamples: [LogFinding.Example] = []
        var stillOpen = 0
        var openExamples: [LogFinding.Example] = []
        var reversed = 0
        var reversedExamples: [LogFinding.Example] = []
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
                    ignored += 1
                    ignoredNames[id, default: 0] += 1
                case .complete, .abort:
                    var start = columns.start.isEmpty ? Instant.missing : columns.start[event]
                    if start != Instant.missing && columns.time[event] == Instant.missing {
                        openRows.append(start)
                        if openExamples.count < 5 { openExamples.append(.row(columns.row[event])) }
                        continue
                    }
                    var opening = Vocabulary.missing
                    if let opened = open.take(activity: activity, resource: resource, instance: name) {
                        opening = UInt32(opened)
                        if start == Instant.missing { start = columns.time[opened] }
                    } else if start == Instant.missing {
                        unpaired += 1
                        if unpairedExamples.count < 5 { unpairedExamples.append(.row(columns.row[event])) }
                    }
                    if start != Instant.missing && columns.time[event] != Instant.missing && start > columns.time[event] {
                        reversed += 1
                        if reversedExamples.count < 5 { reversedExamples.append(.row(columns.row[event])) }
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
            let left = open.remaining.map { columns.time[$0.event] } + openRows
            instances.openCount[caseID] = UInt32(left.count)
            for time in left where time != Instant.missing {
                let earliest = instances.firstOpenStart[caseID]
                if earliest == Instant.missing || time < earliest { instances.firstOpenStart[caseID] = time }
            }
            stillOpen += left.count
            for start in open.remaining where openExamples.count < 5 { openExamples.append(.row(columns.row[start.event])) }
            instanceRanges.append(first..<instances.activity.count)
        }
        if stillOpen == 0 {
            instances.openCount = []
            instances.firstOpenStart = []
        }
        if instances.start.allSatisfy({ $0 == Instant.missing }) { instances.start = [] }
        if instances.openingEvent.allSatisfy({ $0 == Vocabulary.missing }) { instances.openingEvent = [] }
        var findings: [LogFinding] = []
        if stillOpen > 0 { findings.append(LogFinding(.openInstance, .warning, count: stillOpen, examples: openExamples)) }
        if unpaired > 0 && !instances.start.isEmpty {
            findings.append(LogFinding(.unpairedCompletion, .warning, count: unpaired, examples: unpairedExamples))
        }
        if ignored > 0 {
            let names = ignoredNames.keys.compactMap { transition?.vocabulary[$0] }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            findings.append(LogFinding(.lifecycleIgnored, .info, count: ignored, examples: names.map { .text($0) }))
        }
        if reversed > 0 { findings.append(LogFinding(.startAfterCompletion, .warning, count: reversed, examples: reversedExamples)) }
        return Result(instances: instances, ranges: instanceRanges, findings: findings)
    }
}
