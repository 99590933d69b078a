package import EventLogs

/// What parts of a log show of its quality, added up: eight bytes a time and some dozens a case.
///
/// ```swift
/// var tally = LintTally(options: options)
/// repeat { for part in parts { tally.add(part, firstCase: …) } } while tally.needsAnotherLook()
/// let findings = tally.findings(known: …, offset: …) { … }
/// ```
package struct LintTally: Sendable {
    private var events = 0
    private var cases = 0
    private var isAnotherLook = false
    private var times: OutlierTally
    private var offsets = OffsetTally()
    private var midnights = MidnightTallies()
    private var duplicates = DuplicateTally()
    private var single = SingleEventTally()
    private var edges = EdgeTally()
    private var constants = ConstantTallies()
    private var users = SystemUserTally()
    private var damage = DamageTallies()
    private var labels = ActivityLabelTally()

    /// Nothing added.
    package init(options: LogLint.Options) {
        times = OutlierTally(options)
    }

    /// Adds a part.
    ///
    /// - Parameter firstCase: how many cases stand before those of the part's columns.
    package mutating func add(_ log: EventLog, firstCase: Int) {
        if isAnotherLook {
            times.judge(log)
            if times.partsEdges { edges.add(log, firstCase: firstCase, within: times.range) }
            return
        }
        events += log.eventCount
        cases += log.caseCount
        times.add(log)
        offsets.add(log)
        midnights.add(log.columns)
        duplicates.add(log)
        single.add(log)
        edges.add(log, firstCase: firstCase, within: nil)
        constants.add(log.columns)
        users.add(log)
        damage.add(log)
        labels.add(log)
    }

    /// Whether the parts must be added once more, from the first on: where some times lie apart from the others.
    package mutating func needsAnotherLook() -> Bool {
        if isAnotherLook { return false }
        times.settle()
        if !times.needsAnotherLook { return false }
        isAnotherLook = true
        if times.partsEdges { edges = EdgeTally() }
        return true
    }

    /// The findings, in a fixed order.
    ///
    /// - Parameters:
    ///   - known: what reading has found.
    ///   - offset: the offset in which most times were written.
    ///   - name: the name of a case, counted from the first of all parts.
    package func findings(known: [LogFinding], offset: Int, name: (UInt32) -> String) -> [LogFinding] {
        if events == 0 { return [] }
        var findings: [LogFinding] = []
        findings += times.findings(offset: offset)
        findings += offsets.findings
        findings += midnights.findings(known: known)
        findings += duplicates.findings
        findings += single.findings(cases: cases)
        if let range = times.range { findings += edges.findings(range, name) }
        findings += constants.findings
        findings += users.findings
        findings += damage.findings
        findings += labels.findings
        return findings
    }
}
