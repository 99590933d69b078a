/// What a DECLARE constraint says of one or two activities (Pesic, van der Aalst: "A declarative approach for flexible business processes
/// management", BPM 2006 Workshops, LNCS 4103, doi:10.1007/11837862_18; the names and LTL over finite traces as in Di Ciccio, Mecella:
/// "On the discovery of declarative control flows for artful processes", ACM Transactions on Management Information Systems 5, 2015,
/// doi:10.1145/2629447).
///
/// Below, `a` is the first activity and `b` the second. A constraint is **activated** in a case that gives it something to say; elsewhere it holds
/// for nothing and is vacuous.
package enum DeclareTemplate: String, Sendable, Hashable, Codable, CaseIterable {
    /// `a` comes at least once. Activated in every case.
    case existence
    /// `a` never comes. Activated in every case.
    case absence
    /// `a` comes at most once. Activated where `a` comes.
    case atMostOne = "at_most_one"
    /// `a` comes just once. Activated in every case.
    case exactlyOne = "exactly_one"
    /// `a` comes first. Activated in every case.
    case `init`
    /// `a` comes last. Activated in every case.
    case end
    /// `a` or `b` comes, or both. Activated in every case.
    case choice
    /// Just one of `a` and `b` comes. Activated in every case.
    case exclusiveChoice = "exclusive_choice"
    /// Where `a` comes, `b` comes too, before or after. Activated by `a`.
    case respondedExistence = "responded_existence"
    /// `a` and `b` come together or not at all. Activated by either.
    case coExistence = "co_existence"
    /// After every `a` comes a `b`. Activated by `a`.
    case response
    /// Before every `b` comes an `a`. Activated by `b`.
    case precedence
    /// ``response`` and ``precedence``. Activated by either.
    case succession
    /// After every `a` comes a `b` before the next `a`. Activated by `a`.
    case alternateResponse = "alternate_response"
    /// Before every `b` comes an `a`, and after the `b` before. Activated by `b`.
    case alternatePrecedence = "alternate_precedence"
    /// ``alternateResponse`` and ``alternatePrecedence``. Activated by either.
    case alternateSuccession = "alternate_succession"
    /// The next after every `a` is a `b`. Activated by `a`.
    case chainResponse = "chain_response"
    /// The one before every `b` is an `a`. Activated by `b`.
    case chainPrecedence = "chain_precedence"
    /// ``chainResponse`` and ``chainPrecedence``. Activated by either.
    case chainSuccession = "chain_succession"
    /// `a` and `b` do not come in the same case. Activated by either.
    case notCoExistence = "not_co_existence"
    /// No `b` comes after an `a`. Activated by either.
    case notSuccession = "not_succession"
    /// No `b` is the next after an `a`. Activated by either.
    case notChainSuccession = "not_chain_succession"

    /// What gives a constraint something to say in a case.
    package enum Activation: Sendable, Hashable {
        /// Every case does.
        case always
        /// The first activity.
        case first
        /// The second activity.
        case second
        /// One of the two.
        case either
    }

    /// What activates it.
    package var activation: Activation {
        switch self {
        case .existence, .absence, .exactlyOne, .`init`, .end, .choice, .exclusiveChoice: .always
        case .atMostOne, .respondedExistence, .response, .alternateResponse, .chainResponse: .first
        case .precedence, .alternatePrecedence, .chainPrecedence: .second
        case .coExistence, .succession, .alternateSuccession, .chainSuccession, .notCoExistence, .notSuccession, .notChainSuccession:
            .either
        }
    }

    /// How many activities it is about: one or two.
    package var arity: Int {
        switch self {
        case .existence, .absence, .atMostOne, .exactlyOne, .`init`, .end: 1
        default: 2
        }
    }

    /// Whether it says the same with its activities exchanged.
    package var isSymmetric: Bool {
        switch self {
        case .choice, .exclusiveChoice, .coExistence, .notCoExistence: true
        default: false
        }
    }
}
