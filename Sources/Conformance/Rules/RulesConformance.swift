package import EventLogs
package import Statistics

/// How far the cases of a log keep rules: per rule and per case.
///
/// A case is **satisfied** where it gives a rule something to say and keeps it, **violated** where it does not, **not applicable** where it gives
/// nothing to say (no `a` for a response to `a`), and **unknown** where a resource or a time is missing that would tell: unknown is never
/// satisfied, and compliance leaves it out and counts it apart.
package struct RulesConformance: Codable, Sendable, Equatable {
    /// What was found of one rule.
    package struct Rule: Codable, Sendable, Equatable {
        /// What it is called.
        package var name: String
        /// The word for what it demands, such as `response` or `four_eyes`.
        package var kind: String
        /// What it demands, in one line.
        package var demand: String
        /// How much it matters.
        package var severity: LogFinding.Severity
        /// The condition on the cases that it is for; nil for all.
        package var `where`: String?
        /// The cases that it is for.
        package var cases: Int
        /// Those that keep it.
        package var satisfied = 0
        /// Those that break it.
        package var violated = 0
        /// Those that give it nothing to say.
        package var notApplicable = 0
        /// Those of which it is not known.
        package var unknown = 0
        /// Satisfied over satisfied and violated, 0…1; nil where neither is.
        package var compliance: Double?
        /// The limit in seconds, of a rule on times.
        package var limitS: Double?
        /// How far measured times exceed the limit, over those that do; nil where none does.
        package var overLimit: TimeStatistics?
        /// The sum of that in seconds; nil for rules on no times.
        package var overLimitTotalS: Double?
        /// What breaks it, in the order of the log's cases.
        package var violations: [Violation] = []
    }

    /// How a case breaks a rule.
    package struct Violation: Codable, Sendable, Equatable {
        /// The case.
        package var caseName: String
        /// What breaks it, in order; none where something is missing altogether.
        package var events: [Event]
        /// The longest time in seconds that the rule limits; nil for others.
        package var longestS: Double?
        /// By how much that exceeds the limit; nil for others.
        package var overS: Double?

        private enum CodingKeys: String, CodingKey {
            case caseName = "case"
            case events, longestS, overS
        }
    }

    /// An event that breaks a rule.
    package struct Event: Codable, Sendable, Equatable {
        /// Its activity.
        package var activity: String
        /// Where it stands in the source: its row, or the number of the event.
        package var row: Int
        /// When it was completed, at the offset that it was written with; nil where unknown.
        package var time: String?
        /// Who did it; nil where unknown.
        package var resource: String?
    }

    /// What was found of one case.
    package struct Case: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// The rules that it keeps.
        package var satisfied: Int
        /// The rules that it breaks, by their place from 1.
        package var violated: [Int]
        /// The rules of which it is not known.
        package var unknown: Int
        /// The share of the rules kept among those kept and broken, 0…1; nil where there is none.
        package var fitness: Double?

        private enum CodingKeys: String, CodingKey {
            case name = "case"
            case satisfied, violated, unknown, fitness
        }
    }

    /// An activity that a rule names and the log does not have.
    package typealias UnknownActivity = DeclareConformance.UnknownActivity

    /// Over the whole log: rules kept over rules kept and broken, summed over all cases; the mean of the cases' own shares; the share of the
    /// cases that break no rule.
    package var fitness: FitnessShares
    /// Every rule, in their order.
    package var rules: [Rule]
    /// Activities that rules name and the log does not have, in the order of the rules.
    package var unknownActivities: [UnknownActivity]
    /// Every case, in the log's order.
    package var cases: [Case]
}
