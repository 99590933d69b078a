import Instants

extension EventLogBuilder {
    /// Findings about times and names that any format can have.
    static func timeFindings(_ columns: EventColumns, assumedZone: String?) -> [LogFinding] {
        var missing = 0
        var missingExamples: [LogFinding.Example] = []
        var tied = 0
        var tiedExamples: [LogFinding.Example] = []
        var naiveExamples: [LogFinding.Example] = []
        var dateExamples: [LogFinding.Example] = []
        var tiedCases = 0
        var naive = 0
        var dateOnly = 0
        var tellsDaysAlone = true
        var severalCases = 0
        var flatCases = 0
        var flatExamples: [LogFinding.Example] = []
        for index in 0..<columns.caseCount {
            var previous = Instant.missing
            var ties = 0
            var timed = 0
            var first = Instant.missing
            for event in columns.caseOffsets[index]..<columns.caseOffsets[index + 1] {
                let time = columns.time[event]
                if time == Instant.missing {
                    missing += 1
                    if missingExamples.count < 5 { missingExamples.append(.row(columns.row[event])) }
                    continue
                }
                if time == previous {
                    ties += 1
                    if tiedExamples.count < 5 && ties == 1 { tiedExamples.append(.row(columns.row[event])) }
                }
                previous = time
                timed += 1
                if timed == 1 { first = time }
                let form = columns.timeForms[Int(columns.timeForm[event])]
                if tellsDaysAlone && (time + Int64(form.offset) * Microseconds.second) % Microseconds.day != 0 { tellsDaysAlone = false }
                if form.isDateOnly {
                    dateOnly += 1
                    if dateExamples.count < 5 { dateExamples.append(.row(columns.row[event])) }
                } else if form.isNaive {
                    naive += 1
                    if naiveExamples.count < 5 { naiveExamples.append(.row(columns.row[event])) }
                }
            }
            tied += ties
            if ties > 0 { tiedCases += 1 }
            if timed < 2 { continue }
            severalCases += 1
            if first == previous {
                flatCases += 1
                if flatExamples.count < 5 { flatExamples.append(.text(columns.caseNames[UInt32(index)])) }
            }
        }
        let (unnamed, unnamedExamples) = eventsWithoutActivity(columns)
        var findings: [LogFinding] = []
        if missing > 0 {
            findings.append(
                LogFinding(.missingTime, missing == columns.count ? .error : .warning, count: missing, examples: missingExamples))
        }
        if unnamed > 0 {
            // Names are what variants and paths are made of: with one in twenty gone they say little.
            let severity: LogFinding.Severity = unnamed * 20 >= columns.count ? .error : .warning
            findings.append(LogFinding(.missingActivity, severity, count: unnamed, examples: unnamedExamples))
        }
        if tied > 0 {
            let share = Double(tiedCases) / Double(columns.caseCount)
            findings.append(
                LogFinding(.sameTime, .info, count: tied, detail: "\((share * 1_000).rounded() / 1_000)", examples: tiedExamples))
        }
        if naive > 0 && assumedZone == nil {
            findings.append(LogFinding(.naiveTime, .warning, count: naive, detail: "UTC", examples: naiveExamples))
        }
        if dateOnly > 0 { findings.append(LogFinding(.dateOnly, .warning, count: dateOnly, examples: dateExamples)) }
        if tellsDaysAlone && flatCases > 0 && flatCases * 2 >= severalCases {
            let share = (Double(flatCases) / Double(severalCases) * 1_000).rounded() / 1_000
            findings.append(LogFinding(.dayResolution, .error, count: flatCases, detail: "\(share)", examples: flatExamples))
        }
        return findings
    }

    private static func eventsWithoutActivity(_ columns: EventColumns) -> (count: Int, examples: [LogFinding.Example]) {
        guard let empty = columns.activity.vocabulary.find("") else { return (0, []) }
        var count = 0
        var examples: [LogFinding.Example] = []
        for (event, id) in columns.activity.ids.enumerated() where id == empty {
            count += 1
            if examples.count < 5 { examples.append(.row(columns.row[event])) }
        }
        return (count, examples)
    }
}
