import EventLogs
import Instants
import Performance

/// Which cases of a log came to their end.
///
/// Those that end with an end activity. Where none is declared and those that the log shows end fewer than half of its cases, every case
/// counts as complete whose last completion lies longer before the end of the log than nearly all (95 %) steps of cases take.
struct Completeness {
    /// By position.
    let isComplete: [Bool]
    /// Whether end activities told it.
    let isKnown: Bool

    init(_ times: CaseTimes, _ work: ObservedWork, declared: [String]?) {
        let hasEnd = { (position: Int) in times.cycle[position] != Instant.missing && !work.cases[position].isEmpty }
        let ended = work.cases.indices.map { !times.isCensored[$0] && hasEnd($0) }
        isKnown = declared != nil || ended.filter { $0 }.count * 2 >= ended.count
        if isKnown {
            isComplete = ended
            return
        }
        var steps: [Int64] = []
        for range in work.cases {
            for row in range.dropFirst() { steps.append(work.completion[row] - work.completion[row - 1]) }
        }
        steps.sort()
        let patience = steps.isEmpty ? 0 : steps[min(steps.count - 1, steps.count * 95 / 100)]
        let end = times.lastCompletion.filter { $0 != Instant.missing }.max() ?? 0
        let late = work.cases.indices.map { hasEnd($0) && times.lastCompletion[$0] + patience <= end }
        // A log that is shorter than that is taken as it is.
        isComplete = late.contains(true) ? late : work.cases.indices.map(hasEnd)
    }
}
