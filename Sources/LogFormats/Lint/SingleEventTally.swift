import EventLogs

/// Cases with a single recorded event.
struct SingleEventTally: Sendable {
    private var tally = PairingFacts.Tally()

    mutating func add(_ log: EventLog) {
        for position in 0..<log.caseCount where log.eventRanges[position].count == 1 {
            tally.add {
                let event = log.event(at: log.eventRanges[position].lowerBound)
                return LogFinding.Example(row: Int(log.columns.row[event]), text: log.caseName(position))
            }
        }
    }

    func findings(cases: Int) -> [LogFinding] {
        if tally.count == 0 { return [] }
        return [
            LogFinding(
                .singleEventCase, tally.count * 2 >= cases ? .warning : .info, count: tally.count,
                detail: LogLint.share(tally.count, of: cases), examples: tally.examples)
        ]
    }
}
