/// What the heuristics miner finds: activities, which of them depend on which, and how the ways into and out of each go together.
package struct CausalNet: Codable, Sendable, Equatable {
    /// An activity.
    package struct Activity: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its instances.
        package var count: Int
        /// Cases it opens; 0 where that is not among the dependencies.
        package var starts: Int
        /// Cases it closes; 0 where that is not among the dependencies.
        package var ends: Int
        /// What it waits for: one activity of each group. Empty where cases begin with it.
        package var inputs: [[String]]
        /// What it leads to: one activity of each group. Empty where cases end with it.
        package var outputs: [[String]]
    }

    /// How a dependency was found.
    package enum Kind: String, Codable, Sendable {
        /// One follows the other far more often than the reverse.
        case direct
        /// An activity follows itself.
        case selfLoop
        /// Two activities follow each other to and fro: a, b, a.
        case shortLoop
        /// One leads to the other though others come between.
        case longDistance
    }

    /// That one activity depends on another.
    package struct Dependency: Codable, Sendable, Equatable {
        /// The activity before.
        package var source: String
        /// The activity after.
        package var target: String
        /// How often the target directly follows; of long-distance dependencies, how often it follows at all.
        package var count: Int
        /// How sure it is, −1…1: near 1 for many observations one way and none the other.
        package var dependency: Double
        /// How it was found.
        package var kind: Kind
    }

    /// The activities, by descending count, then by the UTF-8 bytes of their names.
    package var activities: [Activity]
    /// The dependencies, by the UTF-8 bytes of source and target.
    package var dependencies: [Dependency]
}
