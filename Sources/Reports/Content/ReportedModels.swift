package import Conformance
package import ProcessModels

/// A model that was found in a log, and how well the log fits it.
package struct FoundModel: Sendable {
    /// The model.
    package var model: BPMNModel
    /// How well log and model go together; nil where that was not measured.
    package var measured: ConformanceResult?
    /// What was found at its choices; nil where that was not asked, or nothing is chosen.
    package var decisions: DecisionMining?

    /// A model with its figures.
    package init(model: BPMNModel, measured: ConformanceResult?, decisions: DecisionMining? = nil) {
        self.model = model
        self.measured = measured
        self.decisions = decisions
    }
}

/// A model or rules that logs were held against.
package struct HeldNorm: Sendable {
    /// What came of it.
    package enum Outcome: Sendable {
        /// Against a model, with what it says and the log shows.
        case model(ConformanceResult, SaidAndSeen?)
        /// Against constraints.
        case constraints(DeclareConformance)
        /// Against a log skeleton.
        case skeleton(LogSkeletonConformance)
        /// Against a temporal profile.
        case times(TemporalConformance)
        /// Against rules.
        case rules(RulesConformance)

        /// How much of the log it allows.
        package var fitness: FitnessShares {
            switch self {
            case .model(let result, _): result.fitness
            case .constraints(let result): result.fitness
            case .skeleton(let result): result.fitness
            case .times(let result): result.fitness
            case .rules(let result): result.fitness
            }
        }
    }

    /// The file's own name.
    package var name: String
    /// The model as BPMN, where it is one or can be said so.
    package var model: BPMNModel?
    /// What came of the (first) log.
    package var before: Outcome
    /// What came of the log after a change.
    package var after: Outcome?

    /// A norm with what came of it.
    package init(name: String, model: BPMNModel?, before: Outcome, after: Outcome?) {
        self.name = name
        self.model = model
        self.before = before
        self.after = after
    }
}
