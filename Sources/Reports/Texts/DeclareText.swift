package import ProcessModels

/// What a DECLARE constraint says, as a sentence.
package struct DeclareText {
    private let language: Language

    /// Sentences in one language.
    package init(_ language: Language) { self.language = language }

    /// The sentence; names stand in quotation marks.
    package func sentence(_ template: DeclareTemplate, _ activities: [String]) -> String {
        let a = "“\(activities.first ?? "")”"
        let b = "“\(activities.last ?? "")”"
        return switch template {
        case .existence: language("\(a) comes at least once", "\(a)至少出现一次")
        case .absence: language("\(a) never comes", "\(a)从不出现")
        case .atMostOne: language("\(a) comes at most once", "\(a)至多出现一次")
        case .exactlyOne: language("\(a) comes just once", "\(a)恰好出现一次")
        case .`init`: language("\(a) comes first", "\(a)最先出现")
        case .end: language("\(a) comes last", "\(a)最后出现")
        case .choice: language("\(a) or \(b) comes, or both", "\(a)与\(b)至少出现其一")
        case .exclusiveChoice: language("just one of \(a) and \(b) comes", "\(a)与\(b)只出现其一")
        case .respondedExistence: language("where \(a) comes, \(b) comes too", "有\(a)就有\(b)")
        case .coExistence: language("\(a) and \(b) come together or not at all", "\(a)与\(b)同时出现或都不出现")
        case .response: language("after \(a) comes \(b)", "\(a)之后会有\(b)")
        case .precedence: language("before \(b) comes \(a)", "\(b)之前已有\(a)")
        case .succession: language("\(a) comes before \(b), and neither without the other", "\(a)先于\(b)，二者缺一不可")
        case .alternateResponse: language("after \(a) comes \(b) before the next \(a)", "\(a)之后、下一次\(a)之前会有\(b)")
        case .alternatePrecedence: language("before each \(b) comes an \(a) of its own", "每次\(b)之前都有各自的\(a)")
        case .alternateSuccession: language("\(a) and \(b) take turns", "\(a)与\(b)交替出现")
        case .chainResponse: language("the next after \(a) is \(b)", "\(a)的下一步是\(b)")
        case .chainPrecedence: language("the one before \(b) is \(a)", "\(b)的上一步是\(a)")
        case .chainSuccession: language("\(a) and \(b) follow one another directly", "\(a)与\(b)总是前后相接")
        case .notCoExistence: language("\(a) and \(b) never come in one case", "\(a)与\(b)不在同一案例中出现")
        case .notSuccession: language("no \(b) comes after \(a)", "\(a)之后不再有\(b)")
        case .notChainSuccession: language("\(b) is never the next after \(a)", "\(a)的下一步从不是\(b)")
        }
    }
}
