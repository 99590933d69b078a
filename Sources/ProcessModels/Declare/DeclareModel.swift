/// A DECLARE constraint: a template on activities, with what was counted where it was learnt from a log.
package struct DeclareConstraint: Codable, Sendable, Hashable {
    /// What it says.
    package var template: DeclareTemplate
    /// Of which activities: one or two, in the template's order.
    package var activities: [String]
    /// The cases that activate it; nil where nothing was counted.
    package var activated: Int?
    /// The cases of those in which it holds; nil where nothing was counted.
    package var satisfied: Int?
    /// The share of all cases that activate it, 0…1; nil where nothing was counted.
    package var support: Double?
    /// The share of the cases that activate it in which it holds, 0…1; nil where none does or nothing was counted.
    package var confidence: Double?

    /// A constraint that nothing was counted of.
    ///
    /// - Precondition: there are as many activities as the template takes.
    package init(_ template: DeclareTemplate, _ activities: [String]) {
        precondition(activities.count == template.arity, "a template takes a number of activities")
        self.template = template
        self.activities = activities
    }

    /// A constraint that was counted in a log.
    ///
    /// - Precondition: there are as many activities as the template takes.
    package init(_ template: DeclareTemplate, _ activities: [String], activated: Int, satisfied: Int, cases: Int) {
        self.init(template, activities)
        self.activated = activated
        self.satisfied = satisfied
        support = cases > 0 ? Double(activated) / Double(cases) : nil
        confidence = activated > 0 ? Double(satisfied) / Double(activated) : nil
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        template = try container.decode(DeclareTemplate.self, forKey: .template)
        activities = try container.decode([String].self, forKey: .activities)
        activated = try container.decodeIfPresent(Int.self, forKey: .activated)
        satisfied = try container.decodeIfPresent(Int.self, forKey: .satisfied)
        support = try container.decodeIfPresent(Double.self, forKey: .support)
        confidence = try container.decodeIfPresent(Double.self, forKey: .confidence)
        if activities.count != template.arity {
            throw DecodingError.dataCorruptedError(
                forKey: .activities, in: container,
                debugDescription: "\(template.rawValue) takes \(template.arity) activities, not \(activities.count)")
        }
    }
}

extension DeclareConstraint: CustomStringConvertible {
    /// The constraint as the field writes it: `response(A, B)`.
    package var description: String { "\(template.rawValue)(\(activities.joined(separator: ", ")))" }
}

/// A DECLARE model: constraints that hold together; what none forbids is allowed.
///
/// As JSON it is an object with the list `constraints`, each with its `template` and `activities` and what was counted; that is read back by
/// `JSONDecoder`, other keys beside it notwithstanding.
package struct DeclareModel: Codable, Sendable, Equatable {
    /// The cases of the log that it was learnt from; nil where it was not.
    package var cases: Int?
    /// Activities that were left out because there were too many, the rarest; nil where it was not learnt.
    package var omitted: [String]?
    /// The constraints; those learnt stand in the order of ``DeclareTemplate``, then of the UTF-8 bytes of their activities.
    package var constraints: [DeclareConstraint]

    /// A model of these constraints.
    package init(_ constraints: [DeclareConstraint], cases: Int? = nil, omitted: [String]? = nil) {
        self.constraints = constraints
        self.cases = cases
        self.omitted = omitted
    }
}
