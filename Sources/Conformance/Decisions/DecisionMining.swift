package import EventLogs
import ProcessModels
package import Statistics

/// How conditions of choices are learnt.
package struct DecisionOptions: Sendable, Equatable {
    /// The fewest decisions at a choice that are learnt from.
    package var leastDecisions = 100
    /// The fewest decisions against the commonest outcome.
    package var leastOthers = 20
    /// The share of the cases whose decisions are held out to measure the rule.
    package var heldOutShare = 0.3
    /// The most decisions at a choice that are learnt from; of more, a seeded sample of the cases.
    package var mostDecisions = 50_000
    /// How trees grow; a leaf has at least 2 % of the decisions besides.
    package var tree = DecisionTree.Options()
    /// The corrected p-value up to which a rule counts as found.
    package var significance = 0.05
    /// The seed of splits.
    package var seed: UInt64 = 1

    /// The defaults.
    package init() {}
}

/// The conditions under which cases take one way or another at the choices of a net.
///
/// Decision mining (Rozinat, van der Aalst: "Decision mining in ProM", BPM 2006, LNCS 4102, doi:10.1007/11841760_33) over alignments (de Leoni, van
/// der Aalst: "Data-aware process mining", SAC 2013, doi:10.1145/2480362.2480633): each time a place's token can go several ways, what its case
/// knew is held against the way it went: the case's attributes, and what the events before the choice said last. A tree of at most four
/// questions is grown on a seeded share of the cases, pruned by cross-validation within it, and measured on the others against always guessing the
/// commonest outcome. It counts as found where it does better there: a one-sided sign test over the cases, corrected over all choices by
/// Benjamini and Hochberg.
///
/// Attributes of cases count as known from the start; one that is only filled in later explains what it followed from.
package struct DecisionMining: Codable, Sendable, Equatable {
    /// What became of a choice.
    package enum Verdict: String, Codable, Sendable {
        /// A condition that holds in cases it was not learnt from.
        case found
        /// Nothing that does better than the commonest outcome.
        case none
        /// Too few decisions, or hardly any against the commonest outcome.
        case insufficient
    }

    /// One way at a choice.
    package struct Outcome: Codable, Sendable, Equatable {
        /// The identifier of the transition that it fires.
        package var transition: String
        /// The identifier of the sequence flow that it takes; nil where the choice is of no BPMN process.
        package var flow: String?
        /// The activities that may come next.
        package var next: [String]
        /// How often it was taken.
        package var count: Int
        /// When it is taken, in the words of filters; nil where nothing was found, or where the rule never says it.
        package var condition: String?
        /// Whether it is the way where no condition of the others holds.
        package var isDefault: Bool
    }

    /// A choice.
    package struct Choice: Codable, Sendable, Equatable {
        /// The identifier of the place.
        package var place: String
        /// The identifier of the gateway; nil where the choice is of no BPMN process.
        package var gateway: String?
        /// The ways, in the net's order.
        package var outcomes: [Outcome]
        /// How many decisions were seen.
        package var decisions: Int
        /// In how many cases.
        package var cases: Int
        /// Their share of all cases, 0…1.
        package var coverage: Double
        /// What became of it.
        package var verdict: Verdict
        /// The share of held-out decisions that the rule tells rightly; nil where none was learnt.
        package var accuracy: Estimate?
        /// The share that always guessing the commonest outcome tells rightly.
        package var baseline: Estimate?
        /// The mean gain in held-out cases, per decision.
        package var gain: Estimate?
        /// The p-value of the gain, corrected over all choices.
        package var pValue: Double?
        /// The names of the attributes that the rule asks about, in its order.
        package var attributes: [String]
    }

    /// The choices, by the order of the net's places.
    package var choices: [Choice]

    /// Learns the conditions at the choices of a net.
    ///
    /// - Parameter log: the log of the alignments.
    package init(of log: EventLog, _ alignments: Alignments, options: DecisionOptions = DecisionOptions()) {
        let net = alignments.net.net
        let points = DecisionPoints(alignments)
        var moments = [[DecisionFeatures.Moment]](repeating: [], count: points.choices.count)
        var outcomes = [[Int]](repeating: [], count: points.choices.count)
        for (position, rank) in alignments.variants.rank.enumerated() {
            for made in points.made[Int(rank) - 1] {
                moments[made.choice].append(DecisionFeatures.Moment(position: position, before: made.before))
                outcomes[made.choice].append(made.outcome)
            }
        }
        var choices: [Choice] = []
        for (index, choice) in points.choices.enumerated() {
            let learner = DecisionLearner(log, moments[index], outcomes[index], count: choice.transitions.count, options)
            var result = Choice(
                place: net.places[choice.place].id, outcomes: [], decisions: outcomes[index].count, cases: learner.cases,
                coverage: log.caseCount > 0 ? Double(learner.cases) / Double(log.caseCount) : 0, verdict: .insufficient, attributes: [])
            learner.learn(into: &result, names: choice.transitions.map { net.transitions[$0].id }) {
                net.nextActivities(after: choice.transitions[$0])
            }
            choices.append(result)
        }
        let adjusted = FalseDiscovery.adjusted(choices.map(\.pValue))
        for index in choices.indices {
            choices[index].pValue = adjusted[index]
            if choices[index].verdict != .insufficient {
                choices[index].verdict = (adjusted[index] ?? 1) <= options.significance ? .found : .none
            }
            if choices[index].verdict != .found { choices[index].forget() }
        }
        self.choices = choices
    }
}

extension DecisionMining.Choice {
    /// Takes the rule back, where it is none.
    fileprivate mutating func forget() {
        attributes = []
        for index in outcomes.indices {
            outcomes[index].condition = nil
            outcomes[index].isDefault = false
        }
    }
}
