import Instants

/// Finds out how the times of a column are written by looking at all of them.
///
/// Formats whose dates cannot be told apart by any value (such as `03/04/2026`, where every day is at most 12) are ambiguous,
/// unless they say the same of every value.
package struct TimeFormatDetector: Sendable {
    /// What was found.
    package enum Result: Equatable, Sendable {
        /// This format reads all but `unreadable` of the values; `name` shows it as a pattern.
        case format(TimeFormat, name: String, unreadable: Int)
        /// These patterns read equally many values and disagree about what they say.
        case ambiguous([String], unreadable: Int)
        /// No format reads any value.
        case none
    }

    private struct Candidate: Sendable {
        let form: NationalTime
        var read = 0
        var shape: TimeShape = []
    }

    /// How many values were looked at; empty ones are left out.
    package private(set) var count = 0
    private var iso = 0
    private var candidates = NationalTime.allCases.map { Candidate(form: $0) }
    /// Candidates, by their places, that have read one value as two different times.
    private var disagreements: Set<Pair> = []
    private var hits: [(candidate: Int, local: Int64)] = []

    private struct Pair: Hashable, Sendable {
        let first: Int
        let second: Int
    }

    /// A detector that has seen nothing.
    package init() {}

    /// Looks at one value, which is not empty.
    package mutating func observe(_ text: UnsafeRawBufferPointer) {
        count &+= 1
        let format = TimeFormat.iso8601
        if format.parse(text) != nil {
            iso &+= 1
            return
        }
        hits.removeAll(keepingCapacity: true)
        for index in candidates.indices {
            guard let (time, shape) = candidates[index].form.parse(text) else { continue }
            candidates[index].read &+= 1
            candidates[index].shape.formUnion(shape)
            for hit in hits where hit.local != time.local { disagreements.insert(Pair(first: hit.candidate, second: index)) }
            hits.append((index, time.local))
        }
    }

    /// Whether every value so far is written in some known way.
    package var allRead: Bool {
        iso == count || candidates.contains { total($0) == count }
    }

    /// What the values seen so far show.
    package var result: Result {
        var best = iso
        for candidate in candidates { best = max(best, total(candidate)) }
        if best == 0 { return .none }
        let unreadable = count - best
        if iso == best { return .format(.iso8601, name: "ISO 8601", unreadable: unreadable) }
        let winners = candidates.indices.filter { total(candidates[$0]) == best }
        let chosen = candidates[winners[0]]
        let rivals = winners.filter { disagreements.contains(Pair(first: winners[0], second: $0)) }
        if !rivals.isEmpty {
            let names = ([winners[0]] + rivals).map { candidates[$0].form.name(candidates[$0].shape) }
            return .ambiguous(names, unreadable: unreadable)
        }
        return .format(.national(chosen.form), name: chosen.form.name(chosen.shape), unreadable: unreadable)
    }

    /// ISO 8601 values are read by the format with parts of one digit too.
    private func total(_ candidate: Candidate) -> Int {
        candidate.form == .yearMonthDayDash && candidate.read > 0 ? candidate.read + iso : candidate.read
    }
}
