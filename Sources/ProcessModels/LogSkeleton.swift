/// What always holds between the activities of a log: a log skeleton (Verbeek, de Carvalho: "Log skeletons: a classification approach to process
/// discovery", arXiv:1806.08247, 2018).
///
/// Learnt with noise, a relation may fail in that share of the cases that it says something about. As JSON it is an object with a list for each relation
/// and the list `occurrences`, which `JSONDecoder` reads back, other keys beside them notwithstanding.
package struct LogSkeleton: Codable, Sendable, Equatable {
    /// The kinds of relations between two activities.
    package enum Relation: String, Codable, Sendable, CaseIterable {
        /// Both come equally often. Says something about every case.
        case equivalence
        /// After every instance of the first comes one of the second. Says something where the first comes.
        case alwaysAfter = "always_after"
        /// Before every instance of the first comes one of the second. Says something where the first comes.
        case alwaysBefore = "always_before"
        /// They do not come in the same case. Says something where either comes.
        case neverTogether = "never_together"
        /// Directly after every instance of the first comes one of the second. Says something where the first comes.
        case directlyFollows = "directly_follows"

        /// Whether it says the same with its activities exchanged.
        package var isSymmetric: Bool { self == .equivalence || self == .neverTogether }
    }

    /// How often an activity comes in a case.
    package struct Occurrences: Codable, Sendable, Equatable {
        /// The activity.
        package var activity: String
        /// The numbers of its instances that occur, ascending.
        package var counts: [Int]

        /// An activity with the numbers of its instances.
        package init(activity: String, counts: [Int]) {
            self.activity = activity
            self.counts = counts
        }
    }

    /// Pairs that come equally often, each once, the first before the second by the UTF-8 bytes of their names; all lists of pairs are in that order.
    package var equivalence: [[String]]
    /// Pairs of an activity and one that always comes after it.
    package var alwaysAfter: [[String]]
    /// Pairs of an activity and one that always comes before it.
    package var alwaysBefore: [[String]]
    /// Pairs that never come together, each once.
    package var neverTogether: [[String]]
    /// Pairs of an activity and one that always comes directly after it.
    package var directlyFollows: [[String]]
    /// Every activity, by the UTF-8 bytes of its name.
    package var occurrences: [Occurrences]
    /// Activities that were left out because there were too many, the rarest; nil where it was not learnt.
    package var omitted: [String]?

    /// A skeleton of these relations.
    package init(_ pairs: [Relation: [[String]]], occurrences: [Occurrences], omitted: [String]? = nil) {
        equivalence = pairs[.equivalence] ?? []
        alwaysAfter = pairs[.alwaysAfter] ?? []
        alwaysBefore = pairs[.alwaysBefore] ?? []
        neverTogether = pairs[.neverTogether] ?? []
        directlyFollows = pairs[.directlyFollows] ?? []
        self.occurrences = occurrences
        self.omitted = omitted
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func pairs(_ key: CodingKeys) throws -> [[String]] {
            let pairs = try container.decode([[String]].self, forKey: key)
            if let wrong = pairs.first(where: { $0.count != 2 }) {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "a relation is between 2 activities, not \(wrong.count)")
            }
            return pairs
        }
        equivalence = try pairs(.equivalence)
        alwaysAfter = try pairs(.alwaysAfter)
        alwaysBefore = try pairs(.alwaysBefore)
        neverTogether = try pairs(.neverTogether)
        directlyFollows = try pairs(.directlyFollows)
        occurrences = try container.decode([Occurrences].self, forKey: .occurrences)
        omitted = try container.decodeIfPresent([String].self, forKey: .omitted)
    }

    /// The pairs of a relation.
    package func pairs(_ relation: Relation) -> [[String]] {
        switch relation {
        case .equivalence: equivalence
        case .alwaysAfter: alwaysAfter
        case .alwaysBefore: alwaysBefore
        case .neverTogether: neverTogether
        case .directlyFollows: directlyFollows
        }
    }
}
