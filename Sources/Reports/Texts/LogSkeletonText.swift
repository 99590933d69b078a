package import ProcessModels

/// What a log skeleton says, as sentences.
package struct LogSkeletonText {
    private let language: Language

    /// Sentences in one language.
    package init(_ language: Language) { self.language = language }

    /// The sentence of a relation; names stand in quotation marks.
    package func sentence(_ relation: LogSkeleton.Relation, _ pair: [String]) -> String {
        let declare = DeclareText(language)
        return switch relation {
        case .equivalence:
            language(
                "“\(pair.first ?? "")” and “\(pair.last ?? "")” come equally often", "“\(pair.first ?? "")”与“\(pair.last ?? "")”出现次数相同")
        case .alwaysAfter: declare.sentence(.response, pair)
        case .alwaysBefore: declare.sentence(.precedence, pair.reversed())
        case .neverTogether: declare.sentence(.notCoExistence, pair)
        case .directlyFollows: declare.sentence(.chainResponse, pair)
        }
    }

    /// How often an activity comes in a case.
    package func sentence(_ occurrences: LogSkeleton.Occurrences) -> String {
        let counts = occurrences.counts.map(String.init)
        let last = counts.last ?? "0"
        let rest = counts.dropLast()
        let times = rest.isEmpty ? last : language("\(rest.joined(separator: ", ")) or \(last)", "\(rest.joined(separator: "、"))或 \(last)")
        let isOnce = times == "1"
        return language(
            "“\(occurrences.activity)” comes \(isOnce ? "once" : "\(times) times") in a case",
            "“\(occurrences.activity)”在一个案例中出现 \(times) 次")
    }

    /// What a case breaks: a word of ``LogSkeleton/Relation``, `occurrences` or `unknown_activity`.
    package func broken(_ relation: String, _ activities: [String]) -> String {
        if let relation = LogSkeleton.Relation(rawValue: relation) { return sentence(relation, activities) }
        let name = activities.first ?? ""
        return relation == "occurrences"
            ? language("“\(name)” comes as often as known", "“\(name)”的出现次数在已知范围内")
            : language("“\(name)” is a known activity", "“\(name)”是已知活动")
    }
}
