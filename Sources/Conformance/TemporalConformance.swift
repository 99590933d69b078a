package import EventLogs
import Instants
package import ProcessModels

/// Where the times of a log's cases are unusual, held against a temporal profile.
package struct TemporalConformance: Codable, Sendable, Equatable {
    /// Two instances of a case whose time deviates.
    package struct Deviation: Codable, Sendable, Equatable {
        /// The case.
        package var caseName: String
        /// The activity before.
        package var source: String
        /// Where its instance stands in the source of the log.
        package var sourceRow: Int
        /// The activity after.
        package var target: String
        /// Where its instance stands in the source of the log.
        package var targetRow: Int
        /// The time between them in seconds.
        package var timeS: Double
        /// By how many standard deviations it differs from the mean; nil where the profile has none to measure by.
        package var deviations: Double?

        private enum CodingKeys: String, CodingKey {
            case caseName = "case"
            case source, sourceRow, target, targetRow, timeS, deviations
        }
    }

    /// What was found of one pair of activities.
    package struct Pair: Codable, Sendable, Equatable {
        /// The activity before.
        package var source: String
        /// The activity after.
        package var target: String
        /// The pairs of instances that were held against the profile.
        package var checked: Int
        /// Those of them that deviate.
        package var deviating: Int
        /// The cases with one that does.
        package var cases: Int
    }

    /// What was found of one case.
    package struct Case: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// The pairs of its instances that were held against the profile.
        package var checked: Int
        /// Those of them that deviate.
        package var deviating: Int
        /// The share of those checked that does not deviate, 0…1; nil where none was.
        package var fitness: Double?

        private enum CodingKeys: String, CodingKey {
            case name = "case"
            case checked, deviating, fitness
        }
    }

    /// From how many standard deviations on a time deviates: ζ.
    package var zeta: Double
    /// Over the whole log: the share of the pairs of instances checked that does not deviate; the mean of the cases' own shares; the share of the
    /// cases in which nothing deviates.
    package var fitness: FitnessShares
    /// The pairs of instances that were held against the profile.
    package var checked: Int
    /// Those of them that deviate.
    package var deviating: Int
    /// Pairs that the profile does not tell enough of, or whose times are missing.
    package var unknown: Int
    /// The cases with something that deviates.
    package var deviatingCases: Int
    /// The pairs of activities with something that deviates, by the most of it, then by the UTF-8 bytes of the names.
    package var pairs: [Pair]
    /// What deviates, by case and order in it; at most as many as were asked for.
    package var deviations: [Deviation]
    /// Activities that the profile names and the log lacks, in the profile's order.
    package var unknownActivities: [DeclareConformance.UnknownActivity]
    /// Every case, in the log's order.
    package var cases: [Case]

    /// Holds a log against a profile, by the log's clock.
    ///
    /// A time deviates where it differs from the mean by more than `zeta` standard deviations; where all times of the profile were equal, any
    /// other does, but for the digits that a written profile has lost. A pair that the profile measured once, or never, is unknown.
    ///
    /// - Parameters:
    ///   - zeta: in standard deviations.
    ///   - most: how many deviations are listed.
    /// - Complexity: O(length²) for each case.
    package init(of log: EventLog, against profile: TemporalProfile, zeta: Double = 3, listing most: Int = 1_000) {
        let known = ProfilePairs(profile, log)
        self.zeta = zeta
        (checked, deviating, unknown, deviatingCases) = (0, 0, 0, 0)
        (deviations, cases) = ([], [])
        cases.reserveCapacity(log.caseCount)
        var pairs = profile.pairs.map { Pair(source: $0.source, target: $0.target, checked: 0, deviating: 0, cases: 0) }
        var lastCase = [Int](repeating: -1, count: pairs.count)
        let (activity, completion, start) = (log.instances.activity, log.readings.completion, log.readings.start)
        for (position, range) in log.instanceRanges.enumerated() {
            let before = (checked, deviating)
            for later in range {
                let begin = start.isEmpty || start[later] == Instant.missing ? completion[later] : start[later]
                for earlier in range.lowerBound..<later {
                    let number = known.number(activity[earlier], activity[later])
                    if number < 0 || begin == Instant.missing || completion[earlier] == Instant.missing {
                        unknown += 1
                        continue
                    }
                    let (mean, spread) = (profile.pairs[number].meanS, profile.pairs[number].stdS ?? 0)
                    let time = Double(begin - completion[earlier]) / 1e6
                    checked += 1
                    pairs[number].checked += 1
                    // Equal times that were divided may differ in their last digits, and a file keeps nine of them.
                    if (time - mean).magnitude <= zeta * spread + max(1e-6, 1e-8 * mean.magnitude) { continue }
                    deviating += 1
                    pairs[number].deviating += 1
                    if lastCase[number] != position { pairs[number].cases += 1 }
                    lastCase[number] = position
                    if deviations.count < most {
                        func row(_ instance: Int) -> Int { Int(log.columns.row[log.instances.closingEvent(instance)]) }
                        deviations.append(
                            Deviation(
                                caseName: log.caseName(position), source: profile.pairs[number].source, sourceRow: row(earlier),
                                target: profile.pairs[number].target, targetRow: row(later), timeS: time,
                                deviations: spread > 0 ? (time - mean).magnitude / spread : nil))
                    }
                }
            }
            let (all, broken) = (checked - before.0, deviating - before.1)
            if broken > 0 { deviatingCases += 1 }
            cases.append(
                Case(
                    name: log.caseName(position), checked: all, deviating: broken,
                    fitness: all > 0 ? Double(all - broken) / Double(all) : nil))
        }
        fitness = FitnessShares(
            held: checked - deviating, of: checked, cases: cases.map(\.fitness), fitting: cases.count - deviatingCases)
        unknownActivities = DeclareConformance.UnknownActivity.among(profile.pairs.flatMap { [$0.source, $0.target] }, of: log)
        // Pairs of a profile stand in the order of their names, which a stable sort by what deviates keeps.
        self.pairs = pairs.enumerated().filter { $0.element.deviating > 0 }
            .sorted { ($1.element.deviating, $0.offset) < ($0.element.deviating, $1.offset) }.map(\.element)
    }
}

/// Where the pairs of a profile are, by the numbers of a log's activities: in a square up to 1,024 of them, above by what the profile has.
private struct ProfilePairs {
    private let width: Int
    private var dense: [Int32]
    private var sparse: [UInt64: Int32] = [:]

    init(_ profile: TemporalProfile, _ log: EventLog) {
        width = log.activities.count
        dense = width <= 1_024 ? [Int32](repeating: -1, count: width * width) : []
        for (number, pair) in profile.pairs.enumerated() where pair.stdS != nil {
            guard let source = log.activities.find(pair.source), let target = log.activities.find(pair.target) else { continue }
            if width <= 1_024 {
                dense[Int(source) * width + Int(target)] = Int32(number)
            } else {
                sparse[UInt64(source) << 32 | UInt64(target)] = Int32(number)
            }
        }
    }

    /// The place of a pair in the profile; −1 where it tells no spread of it.
    func number(_ source: UInt32, _ target: UInt32) -> Int {
        if width <= 1_024 { return Int(dense[Int(source) * width + Int(target)]) }
        return Int(sparse[UInt64(source) << 32 | UInt64(target)] ?? -1)
    }
}
