package import EventLogs
package import ProcessModels

/// How far the cases of a log keep a log skeleton.
package struct LogSkeletonConformance: Codable, Sendable, Equatable {
    /// What a case breaks.
    package struct Deviation: Codable, Sendable, Hashable {
        /// What kind of relation: one of ``LogSkeleton/Relation``, `occurrences`, or `unknown_activity` for one that the skeleton does not know.
        package var relation: String
        /// The activities: two of a relation, else one.
        package var activities: [String]
    }

    /// What was found of one deviation over the log.
    package struct Total: Codable, Sendable, Equatable {
        /// What kind of relation is broken, as in ``Deviation``.
        package var relation: String
        /// The activities.
        package var activities: [String]
        /// In how many cases.
        package var cases: Int
    }

    /// What was found of one case.
    package struct Case: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// What it breaks, relation by relation.
        package var deviations: [Deviation]
        /// The share of what the skeleton says about it that holds, 0…1; nil where it says nothing.
        package var fitness: Double?

        private enum CodingKeys: String, CodingKey {
            case name = "case"
            case deviations, fitness
        }
    }

    /// Over the whole log: the share of all that the skeleton says about a case that holds; the mean of the cases' own shares; the share of the cases
    /// that break nothing.
    package var fitness: FitnessShares
    /// What is broken, by the most cases, then by relation and the UTF-8 bytes of the names.
    package var deviations: [Total]
    /// Activities of the log that the skeleton does not know, by the UTF-8 bytes of their names.
    package var unknownActivities: [String]
    /// Every case, in the log's order.
    package var cases: [Case]

    /// Holds a log against a skeleton.
    ///
    /// - Complexity: O(length · relations) for each variant.
    package init(of log: EventLog, against skeleton: LogSkeleton) {
        let variants = VariantIndex(of: log)
        let check = SkeletonCheck(skeleton, log)
        let found = (0..<variants.count).map { check.look(at: variants.activities(ofRank: $0 + 1)) }
        var totals: [Deviation: Int] = [:]
        var (said, broken) = (0, 0)
        for (own, times) in zip(found, variants.counts) {
            for deviation in own.deviations { totals[deviation, default: 0] += times }
            said += own.said * times
            broken += own.deviations.count * times
        }
        cases = variants.rank.enumerated().map { position, rank in
            let own = found[Int(rank) - 1]
            return Case(
                name: log.caseName(position), deviations: own.deviations,
                fitness: own.said > 0 ? Double(own.said - own.deviations.count) / Double(own.said) : nil)
        }
        fitness = FitnessShares(
            held: said - broken, of: said, cases: cases.map(\.fitness), fitting: cases.count { $0.deviations.isEmpty })
        deviations = totals.map { Total(relation: $0.key.relation, activities: $0.key.activities, cases: $0.value) }.sorted { left, right in
            if left.cases != right.cases { return left.cases > right.cases }
            if left.relation != right.relation { return left.relation < right.relation }
            return left.activities.lexicographicallyPrecedes(right.activities) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        unknownActivities = check.unknown.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// A skeleton made ready for a log: names have become numbers.
private struct SkeletonCheck {
    private let relations: [(evaluator: DeclareEvaluator, deviation: LogSkeletonConformance.Deviation)]
    private let equivalences: [(first: UInt32, second: UInt32, deviation: LogSkeletonConformance.Deviation)]
    private let occurrences: [(activity: UInt32, counts: [Int], deviation: LogSkeletonConformance.Deviation)]
    /// Per activity of the log whether the skeleton knows it.
    private let isKnown: [Bool]
    private let names: [String]
    /// The activities of the log's instances that the skeleton does not know.
    let unknown: [String]

    init(_ skeleton: LogSkeleton, _ log: EventLog) {
        func number(_ name: String) -> UInt32 { log.activities.find(name) ?? Vocabulary.missing }
        func deviation(_ relation: LogSkeleton.Relation, _ pair: [String]) -> LogSkeletonConformance.Deviation {
            .init(relation: relation.rawValue, activities: pair)
        }
        var relations: [(evaluator: DeclareEvaluator, deviation: LogSkeletonConformance.Deviation)] = []
        for relation in LogSkeleton.Relation.allCases where relation != .equivalence {
            for pair in skeleton.pairs(relation) {
                let (first, second) = (number(pair[0]), number(pair[1]))
                let evaluator =
                    switch relation {
                    case .alwaysAfter: DeclareEvaluator(.response, first, second)
                    case .alwaysBefore: DeclareEvaluator(.precedence, second, first)
                    case .directlyFollows: DeclareEvaluator(.chainResponse, first, second)
                    default: DeclareEvaluator(.notCoExistence, first, second)
                    }
                relations.append((evaluator, deviation(relation, pair)))
            }
        }
        self.relations = relations
        equivalences = skeleton.equivalence.map { (number($0[0]), number($0[1]), deviation(.equivalence, $0)) }
        occurrences = skeleton.occurrences.map {
            (number($0.activity), $0.counts, .init(relation: "occurrences", activities: [$0.activity]))
        }
        var known = [Bool](repeating: false, count: log.activities.count)
        for (activity, _, _) in occurrences where activity != Vocabulary.missing { known[Int(activity)] = true }
        for name in skeleton.omitted ?? [] { if let own = log.activities.find(name) { known[Int(own)] = true } }
        isKnown = known
        names = log.activities.strings
        var seen = known
        var unknown: [String] = []
        for range in log.instanceRanges {
            for activity in log.instances.activity[range] where !seen[Int(activity)] {
                seen[Int(activity)] = true
                unknown.append(names[Int(activity)])
            }
        }
        self.unknown = unknown
    }

    /// How much the skeleton says about a variant, and what of it does not hold.
    func look(at trace: ArraySlice<UInt32>) -> (said: Int, deviations: [LogSkeletonConformance.Deviation]) {
        var count = [Int](repeating: 0, count: isKnown.count)
        for activity in trace { count[Int(activity)] += 1 }
        func times(_ activity: UInt32) -> Int { activity == Vocabulary.missing ? 0 : count[Int(activity)] }
        var said = 0
        var deviations: [LogSkeletonConformance.Deviation] = []
        // Of what does not come at all, nothing need be said but how often it may.
        for (first, second, deviation) in equivalences where times(first) + times(second) > 0 {
            said += 1
            if times(first) != times(second) { deviations.append(deviation) }
        }
        var places: [Int] = []
        trace.withUnsafeBufferPointer { trace in
            for (evaluator, deviation) in relations {
                let verdict = evaluator.verdict(trace, places: &places)
                if verdict == .vacuous { continue }
                said += 1
                if verdict == .violated { deviations.append(deviation) }
            }
        }
        for (activity, counts, deviation) in occurrences {
            said += 1
            if !counts.contains(times(activity)) { deviations.append(deviation) }
        }
        for (activity, isKnown) in isKnown.enumerated() where !isKnown && count[activity] > 0 {
            said += 1
            deviations.append(.init(relation: "unknown_activity", activities: [names[activity]]))
        }
        return (said, deviations)
    }
}
