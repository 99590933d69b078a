/// A part of a filter that needs the events of a case.
package struct EventfulFilterPart: Equatable, Sendable {
    /// The fact or function as the filter's text names it.
    package let name: String
    /// The line in the filter's text, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int
}

extension LogFilter {
    /// The first part that is about more than case attributes of these names, or `nil` where the filter can be decided for a case of
    /// which nothing else is known.
    ///
    /// Names that are no fact at all are left to filtering, which says what is near.
    package func firstPart(beyond attributes: Set<String>) -> EventfulFilterPart? {
        condition.firstPart(beyond: attributes)
    }
}

extension FilterCondition {
    fileprivate func firstPart(beyond attributes: Set<String>) -> EventfulFilterPart? {
        switch self {
        case .and(let parts), .or(let parts): parts.lazy.compactMap { $0.firstPart(beyond: attributes) }.first
        case .not(let part): part.firstPart(beyond: attributes)
        case .compare(let fact, _, _), .isOne(let fact, _), .matches(let fact, _), .isMissing(let fact):
            fact.isEventful(beyond: attributes)
                ? EventfulFilterPart(name: fact.text, line: fact.place.line, column: fact.place.column) : nil
        case .has: EventfulFilterPart(name: "has(…)", line: 1, column: 1)
        case .starts: EventfulFilterPart(name: "starts(…)", line: 1, column: 1)
        case .ends: EventfulFilterPart(name: "ends(…)", line: 1, column: 1)
        case .directly: EventfulFilterPart(name: "directly(…)", line: 1, column: 1)
        case .follows: EventfulFilterPart(name: "follows(…)", line: 1, column: 1)
        case .any: EventfulFilterPart(name: "any(…)", line: 1, column: 1)
        case .all: EventfulFilterPart(name: "all(…)", line: 1, column: 1)
        }
    }
}

extension FilterFact {
    /// Whether the name means something else than a case attribute; looked up as filters look names up.
    fileprivate func isEventful(beyond attributes: Set<String>) -> Bool {
        switch scope {
        case .bare: FilterNames.caseFacts.contains(name) || !attributes.contains(name) && FilterNames.eventFacts.contains(name)
        case .ofCase: !attributes.contains(name) && FilterNames.caseFacts.contains(name)
        case .ofEvent: true
        }
    }
}
