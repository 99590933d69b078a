extension DeclareModel {
    /// The model without constraints that others of it make redundant.
    ///
    /// A constraint goes where a stronger one that implies it by its template (the subsumption hierarchy of Di Ciccio, Maggi, Montali, Mendling:
    /// "Resolving inconsistencies and redundancies in declarative process models", Information Systems 64, 2017,
    /// doi:10.1016/j.is.2016.09.005, section 4) is in the model: chain response makes alternate response redundant, that response, that responded
    /// existence. A weaker one that holds always stays beside stronger ones that do not. Then, among those
    /// that hold always, orders from `a` to `c` go where they follow from those of `a` to `b` and `b` to `c`, and what is forbidden goes where an
    /// order of activities that come at most once leaves no room for it. Constraints nothing was counted of count as holding always.
    ///
    /// - Complexity: O(constraints) for the hierarchy; for orders O(constraints · activities).
    package func withoutRedundancy() -> DeclareModel {
        var confidence: [DeclareConstraint.Key: Double] = [:]
        for constraint in constraints { confidence[constraint.key] = constraint.confidence ?? 1 }
        var kept = constraints.filter { constraint in
            let own = constraint.confidence ?? 1
            func isThere(_ stronger: DeclareConstraint.Key) -> Bool { confidence[stronger].map { $0 >= own || own < 1 } == true }
            if constraint.template == .coExistence {
                let isEachThere = constraint.activities.allSatisfy { activity in
                    let existence = DeclareConstraint.Key(.existence, activity)
                    return isThere(existence) || existence.stronger.contains(where: isThere)
                }
                if isEachThere { return false }
            }
            return !constraint.key.stronger.contains(where: isThere)
        }
        let always = DeclareCertainties(constraints)
        kept.removeAll { $0.confidence ?? 1 == 1 && always.isImplied($0) }
        return DeclareModel(kept, cases: cases, omitted: omitted)
    }
}

extension DeclareConstraint {
    /// What a constraint says, without what was counted; of symmetric templates the activities stand in the order of their bytes.
    struct Key: Hashable {
        var template: DeclareTemplate
        var first: String
        var second: String?

        init(_ template: DeclareTemplate, _ first: String, _ second: String? = nil) {
            self.template = template
            let isExchanged = template.isSymmetric && second.map { $0.utf8.lexicographicallyPrecedes(first.utf8) } == true
            self.first = isExchanged ? second ?? first : first
            self.second = isExchanged ? first : second
        }
    }

    var key: Key { Key(template, activities[0], activities.count > 1 ? activities[1] : nil) }
}

extension DeclareConstraint.Key {
    /// The constraints that imply this one: each where it holds, this one holds too.
    var stronger: [Self] {
        let (a, b) = (first, second ?? first)
        func one(_ template: DeclareTemplate, _ activity: String) -> Self { Self(template, activity) }
        func two(_ templates: DeclareTemplate...) -> [Self] { templates.map { Self($0, a, b) } }
        switch template {
        case .existence: return [one(.exactlyOne, a), one(.`init`, a), one(.end, a)]
        case .atMostOne: return [one(.exactlyOne, a), one(.absence, a)]
        case .absence, .exactlyOne, .`init`, .end, .exclusiveChoice, .chainSuccession: return []
        case .choice:
            return two(.exclusiveChoice) + [a, b].flatMap { [one(.existence, $0), one(.exactlyOne, $0), one(.`init`, $0), one(.end, $0)] }
        case .respondedExistence:
            return two(.coExistence, .response, .alternateResponse, .chainResponse, .succession, .alternateSuccession, .chainSuccession)
                + [Self(.precedence, b, a), Self(.alternatePrecedence, b, a), Self(.chainPrecedence, b, a), Self(.succession, b, a)]
                + [one(.existence, b), one(.exactlyOne, b), one(.`init`, b), one(.end, b)]
        case .coExistence:
            return two(.succession, .alternateSuccession, .chainSuccession)
                + [Self(.succession, b, a), Self(.alternateSuccession, b, a), Self(.chainSuccession, b, a)]
        case .response: return two(.alternateResponse, .chainResponse, .succession, .alternateSuccession, .chainSuccession) + [one(.end, b)]
        case .precedence:
            return two(.alternatePrecedence, .chainPrecedence, .succession, .alternateSuccession, .chainSuccession) + [one(.`init`, a)]
        case .succession: return two(.alternateSuccession, .chainSuccession)
        case .alternateResponse: return two(.chainResponse, .alternateSuccession, .chainSuccession)
        case .alternatePrecedence: return two(.chainPrecedence, .alternateSuccession, .chainSuccession)
        case .alternateSuccession: return two(.chainSuccession)
        case .chainResponse, .chainPrecedence: return two(.chainSuccession)
        case .notCoExistence: return two(.exclusiveChoice)
        case .notSuccession: return two(.notCoExistence, .exclusiveChoice)
        case .notChainSuccession: return two(.notSuccession, .notCoExistence, .exclusiveChoice)
        }
    }
}

/// What constraints that hold always imply together: the order of activities, and that some come at most once.
private struct DeclareCertainties {
    /// Pairs of activities, by the first.
    private struct Relation {
        private var targets: [String: Set<String>] = [:]

        /// The pairs for which a template holds, whatever stronger constraint says so.
        init(_ template: DeclareTemplate, _ constraints: [DeclareConstraint]) {
            let implying = Set(DeclareConstraint.Key(template, "a", "b").stronger.filter { $0.second != nil }.map(\.template) + [template])
            for constraint in constraints where implying.contains(constraint.template) {
                targets[constraint.activities[0], default: []].insert(constraint.activities[1])
            }
        }

        func holds(_ first: String, _ second: String) -> Bool { targets[first]?.contains(second) == true }

        /// Whether the pair follows from two others.
        func isImplied(_ first: String, _ second: String) -> Bool {
            targets[first]?.contains { middle in
                // In a circle each would make the other redundant.
                middle != first && middle != second && holds(middle, second) && !holds(middle, first) && !holds(second, middle)
            } == true
        }
    }

    private let response: Relation
    private let precedence: Relation
    private let succession: Relation
    private let single: Set<String>

    init(_ constraints: [DeclareConstraint]) {
        let always = constraints.filter { $0.confidence ?? 1 == 1 }
        response = Relation(.response, always)
        precedence = Relation(.precedence, always)
        succession = Relation(.succession, always)
        single = Set(always.filter { [.atMostOne, .exactlyOne, .absence].contains($0.template) }.map { $0.activities[0] })
    }

    /// Whether a constraint that holds always follows from others.
    func isImplied(_ constraint: DeclareConstraint) -> Bool {
        if constraint.activities.count < 2 { return false }
        let (a, b) = (constraint.activities[0], constraint.activities[1])
        switch constraint.template {
        case .response: return response.isImplied(a, b)
        case .precedence: return precedence.isImplied(a, b)
        case .succession: return succession.isImplied(a, b)
        // Of what comes at most once, all there is of it alternates.
        case .alternateResponse: return single.contains(a) && response.isImplied(a, b)
        case .alternatePrecedence: return single.contains(b) && precedence.isImplied(a, b)
        case .alternateSuccession: return single.contains(a) && single.contains(b) && succession.isImplied(a, b)
        // The only `b` stands before every `a`, or the only `a` behind every `b`: none is left for the other side.
        case .notSuccession: return single.contains(b) && precedence.holds(b, a) || single.contains(a) && response.holds(b, a)
        // What stands between the two always is there.
        case .notChainSuccession:
            return single.contains(a) && precedence.isImplied(a, b) || single.contains(b) && response.isImplied(a, b)
        default: return false
        }
    }
}
