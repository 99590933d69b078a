import Instants

/// What the times and names of a log's events show, whatever its format: figures that add up over the pieces of a log.
package struct RecordingFacts: Sendable {
    /// Recorded events.
    package private(set) var events = 0
    /// Cases.
    package private(set) var cases = 0
    private var missing = PairingFacts.Tally()
    private var unnamed = PairingFacts.Tally()
    private var tied = 0
    private var tiedExamples: [LogFinding.Example] = []
    private var tiedCases = 0
    private var naive = PairingFacts.Tally()
    private var dateOnly = PairingFacts.Tally()
    private var tellsDaysAlone = true
    private var severalCases = 0
    private var flat = PairingFacts.Tally()

    /// Nothing seen.
    package init() {}

    /// What all events of some columns show.
    package init(_ columns: EventColumns) {
        events = columns.count
        cases = columns.caseCount
        for index in 0..<columns.caseCount {
            var previous = Instant.missing
            var ties = 0
            var timed = 0
            var first = Instant.missing
            for event in columns.caseOffsets[index]..<columns.caseOffsets[index + 1] {
                let time = columns.time[event]
                if time == Instant.missing {
                    missing.add { .row(columns.row[event]) }
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
                    dateOnly.add { .row(columns.row[event]) }
                } else if form.isNaive {
                    naive.add { .row(columns.row[event]) }
                }
            }
            tied += ties
            if ties > 0 { tiedCases += 1 }
            if timed < 2 { continue }
            severalCases += 1
            if first == previous { flat.add { .text(columns.caseNames[UInt32(index)]) } }
        }
        guard let empty = columns.activity.vocabulary.find("") else { return }
        for (event, id) in columns.activity.ids.enumerated() where id == empty { unnamed.add { .row(columns.row[event]) } }
    }

    /// Adds what cases that follow show.
    package mutating func add(_ later: RecordingFacts) {
        events += later.events
        cases += later.cases
        missing.add(later.missing)
        unnamed.add(later.unnamed)
        tied += later.tied
        tiedExamples += later.tiedExamples.prefix(5 - tiedExamples.count)
        tiedCases += later.tiedCases
        naive.add(later.naive)
        dateOnly.add(later.dateOnly)
        tellsDaysAlone = tellsDaysAlone && later.tellsDaysAlone
        severalCases += later.severalCases
        flat.add(later.flat)
    }

    /// The findings.
    ///
    /// - Parameter assumedZone: the zone in which the user said that times without an offset are to be read.
    package func findings(assumedZone: String?) -> [LogFinding] {
        var findings: [LogFinding] = []
        if missing.count > 0 {
            findings.append(
                LogFinding(.missingTime, missing.count == events ? .error : .warning, count: missing.count, examples: missing.examples))
        }
        if unnamed.count > 0 {
            // Names are what variants and paths are made of: with one in twenty gone they say little.
            let severity: LogFinding.Severity = unnamed.count * 20 >= events ? .error : .warning
            findings.append(LogFinding(.missingActivity, severity, count: unnamed.count, examples: unnamed.examples))
        }
        if tied > 0 {
            let share = Double(tiedCases) / Double(cases)
            findings.append(
                LogFinding(.sameTime, .info, count: tied, detail: "\((share * 1_000).rounded() / 1_000)", examples: tiedExamples))
        }
        if naive.count > 0 && assumedZone == nil {
            findings.append(LogFinding(.naiveTime, .warning, count: naive.count, detail: "UTC", examples: naive.examples))
        }
        if dateOnly.count > 0 { findings.append(LogFinding(.dateOnly, .warning, count: dateOnly.count, examples: dateOnly.examples)) }
        if tellsDaysAlone && flat.count > 0 && flat.count * 2 >= severalCases {
            let share = (Double(flat.count) / Double(severalCases) * 1_000).rounded() / 1_000
            findings.append(LogFinding(.dayResolution, .error, count: flat.count, detail: "\(share)", examples: flat.examples))
        }
        return findings
    }
}
