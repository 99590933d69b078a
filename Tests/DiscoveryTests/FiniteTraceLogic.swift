import ProcessModels

/// A formula of linear temporal logic over finite traces (De Giacomo, Vardi: "Linear temporal logic and linear dynamic logic on finite traces",
/// IJCAI 2013), told place by place: the plain reading that counting is held against.
indirect enum FiniteTraceFormula {
    case now(String)
    case not(FiniteTraceFormula)
    case and(FiniteTraceFormula, FiniteTraceFormula)
    case or(FiniteTraceFormula, FiniteTraceFormula)
    /// There is a next place, and there it holds.
    case next(FiniteTraceFormula)
    /// The second holds at some place from here on, the first at all before it.
    case until(FiniteTraceFormula, FiniteTraceFormula)

    func holds(_ trace: [String], _ place: Int = 0) -> Bool {
        switch self {
        case .now(let name): place < trace.count && trace[place] == name
        case .not(let formula): !formula.holds(trace, place)
        case .and(let left, let right): left.holds(trace, place) && right.holds(trace, place)
        case .or(let left, let right): left.holds(trace, place) || right.holds(trace, place)
        case .next(let formula): place + 1 < trace.count && formula.holds(trace, place + 1)
        case .until(let left, let right):
            (place..<max(place, trace.count)).contains { end in
                right.holds(trace, end) && (place..<end).allSatisfy { left.holds(trace, $0) }
            }
        }
    }

    static func sometime(_ formula: Self) -> Self { .until(.or(formula, .not(formula)), formula) }
    static func always(_ formula: Self) -> Self { .not(sometime(.not(formula))) }
    static func implies(_ left: Self, _ right: Self) -> Self { .or(.not(left), right) }
    static func weakUntil(_ left: Self, _ right: Self) -> Self { .or(.until(left, right), always(left)) }

    /// What a template says, as Di Ciccio and Mecella (2015, table I) write it.
    static func of(_ template: DeclareTemplate, _ first: String, _ second: String = "") -> Self {
        let (a, b) = (Self.now(first), Self.now(second))
        switch template {
        case .existence: return sometime(a)
        case .absence: return .not(sometime(a))
        case .atMostOne: return .not(sometime(.and(a, .next(sometime(a)))))
        case .exactlyOne: return .and(of(.existence, first), of(.atMostOne, first))
        case .`init`: return a
        case .end: return sometime(.and(a, .not(.next(.or(a, .not(a))))))
        case .choice: return .or(sometime(a), sometime(b))
        case .exclusiveChoice: return .and(of(.choice, first, second), .not(.and(sometime(a), sometime(b))))
        case .respondedExistence: return implies(sometime(a), sometime(b))
        case .coExistence: return .and(of(.respondedExistence, first, second), of(.respondedExistence, second, first))
        case .response: return always(implies(a, sometime(b)))
        case .precedence: return weakUntil(.not(b), a)
        case .succession: return .and(of(.response, first, second), of(.precedence, first, second))
        case .alternateResponse: return always(implies(a, .next(.until(.not(a), b))))
        case .alternatePrecedence:
            let since = weakUntil(.not(b), a)
            return .and(since, always(implies(b, .or(.not(.next(.or(a, .not(a)))), .next(since)))))
        case .alternateSuccession: return .and(of(.alternateResponse, first, second), of(.alternatePrecedence, first, second))
        case .chainResponse: return always(implies(a, .next(b)))
        case .chainPrecedence: return .and(.not(b), always(implies(.next(b), a)))
        case .chainSuccession: return .and(of(.chainResponse, first, second), of(.chainPrecedence, first, second))
        case .notCoExistence: return .not(.and(sometime(a), sometime(b)))
        case .notSuccession: return always(implies(a, .not(sometime(b))))
        case .notChainSuccession: return always(implies(a, .not(.next(b))))
        }
    }

    /// Whether something in a trace gives a template something to say.
    static func activates(_ template: DeclareTemplate, _ first: String, _ second: String, _ trace: [String]) -> Bool {
        switch template.activation {
        case .always: true
        case .first: trace.contains(first)
        case .second: trace.contains(second)
        case .either: trace.contains(first) || trace.contains(second)
        }
    }
}
