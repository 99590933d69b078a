package import EventLogs
package import ProcessModels

/// How far a log keeps a DECLARE model: per constraint the cases that keep and break it, per case the constraints it breaks.
///
/// A case that does not activate a constraint says nothing about it and counts nowhere.
package struct DeclareConformance: Codable, Sendable, Equatable {
    /// What was found of one constraint.
    package struct Constraint: Codable, Sendable, Equatable {
        /// What it says.
        package var template: DeclareTemplate
        /// Of which activities.
        package var activities: [String]
        /// The cases that activate it.
        package var activated: Int
        /// Those of them in which it holds.
        package var satisfied: Int
        /// Those in which it does not.
        package var violated: Int
        /// Satisfied over activated, 0…1; nil where no case activates it.
        package var confidence: Double?
    }

    /// What was found of one case.
    package struct Case: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// How many constraints it activates.
        package var activated: Int
        /// The constraints that it breaks, by their place in ``DeclareConformance/constraints`` from 1.
        package var violated: [Int]
        /// The share of the constraints it activates that hold, 0…1; nil where it activates none.
        package var fitness: Double?

        private enum CodingKeys: String, CodingKey {
            case name = "case"
            case activated, violated, fitness
        }
    }

    /// An activity that the model names and the log does not have.
    package struct UnknownActivity: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// The nearest name that the log has.
        package var nearest: String?
    }

    /// Over the whole log: the share of all activations, each a constraint in a case, that hold; the mean of the cases' own shares; the share of
    /// the cases that break nothing.
    package var fitness: FitnessShares
    /// The constraints in the model's order.
    package var constraints: [Constraint]
    /// Activities that the model names and the log lacks, in the model's order.
    package var unknownActivities: [UnknownActivity]
    /// Every case in the log's order.
    package var cases: [Case]

    /// Holds a log against a model.
    ///
    /// - Complexity: O(length · constraints) for each variant.
    package init(of log: EventLog, against model: DeclareModel) {
        self.init(of: log, variants: VariantIndex(of: log), against: model)
    }

    /// Holds a log whose variants are known against a model.
    package init(of log: EventLog, variants: VariantIndex, against model: DeclareModel) {
        let names = log.activities
        let evaluators = model.constraints.map { constraint in
            let numbers = constraint.activities.map { names.find($0) ?? Vocabulary.missing }
            return DeclareEvaluator(constraint.template, numbers[0], numbers.count > 1 ? numbers[1] : Vocabulary.missing)
        }
        var totals = model.constraints.map {
            Constraint(template: $0.template, activities: $0.activities, activated: 0, satisfied: 0, violated: 0)
        }
        var activated = [Int](repeating: 0, count: variants.count)
        var violated = [[Int]](repeating: [], count: variants.count)
        var places: [Int] = []
        for rank in 0..<variants.count {
            let times = variants.counts[rank]
            variants.activities(ofRank: rank + 1).withUnsafeBufferPointer { trace in
                for (index, evaluator) in evaluators.enumerated() {
                    let verdict = evaluator.verdict(trace, places: &places)
                    if verdict == .vacuous { continue }
                    activated[rank] += 1
                    totals[index].activated += times
                    if verdict == .violated {
                        totals[index].violated += times
                        violated[rank].append(index + 1)
                    } else {
                        totals[index].satisfied += times
                    }
                }
            }
        }
        for index in totals.indices where totals[index].activated > 0 {
            totals[index].confidence = Double(totals[index].satisfied) / Double(totals[index].activated)
        }
        constraints = totals
        cases = variants.rank.enumerated().map { position, rank in
            let (own, broken) = (activated[Int(rank) - 1], violated[Int(rank) - 1])
            return Case(
                name: log.caseName(position), activated: own, violated: broken,
                fitness: own > 0 ? Double(own - broken.count) / Double(own) : nil)
        }
        let (all, held) = totals.reduce((0, 0)) { ($0.0 + $1.activated, $0.1 + $1.satisfied) }
        fitness = FitnessShares(held: held, of: all, cases: cases.map(\.fitness), fitting: cases.count { $0.violated.isEmpty })
        unknownActivities = UnknownActivity.among(model.constraints.flatMap(\.activities), of: log)
    }
}

extension DeclareConformance.UnknownActivity {
    /// Those of some names that the log does not have, each once, in their order.
    static func among(_ names: [String], of log: EventLog) -> [Self] {
        var seen: Set<String> = []
        let lacking = names.filter { log.activities.find($0) == nil && seen.insert($0).inserted }
        let known = lacking.isEmpty ? [] : log.activities.strings
        return lacking.map { Self(name: $0, nearest: NearestName.among(known, to: $0)) }
    }
}
