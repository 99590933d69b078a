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

        /// An activity with these figures.
        package init(name: String, count: Int, starts: Int, ends: Int, inputs: [[String]], outputs: [[String]]) {
            self.name = name
            self.count = count
            self.starts = starts
            self.ends = ends
            self.inputs = inputs
            self.outputs = outputs
        }
    }

    /// How a dependency was found.
    package enum Kind: String, Codable, Sendable {
        /// One follows the other far more often than the reverse.
        case direct
        /// An activity follows itself.
        case selfLoop = "self_loop"
        /// Two activities follow each other to and fro: a, b, a.
        case shortLoop = "short_loop"
        /// One leads to the other though others come between.
        case longDistance = "long_distance"
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

        /// A dependency with these figures.
        package init(source: String, target: String, count: Int, dependency: Double, kind: Kind) {
            self.source = source
            self.target = target
            self.count = count
            self.dependency = dependency
            self.kind = kind
        }
    }

    /// The activities, by descending count, then by the UTF-8 bytes of their names.
    package var activities: [Activity]
    /// The dependencies, by the UTF-8 bytes of source and target.
    package var dependencies: [Dependency]

    /// A net of these parts, which are in order.
    package init(activities: [Activity], dependencies: [Dependency]) {
        self.activities = activities
        self.dependencies = dependencies
    }
}

extension CausalNet {
    /// The net in Graphviz's DOT language: activities with their counts, dependencies with counts and how sure they are; long distances
    /// are dashed, and activities whose ways in or out go together say so.
    ///
    /// Names from the log are text and nothing else (see ``DirectlyFollowsGraph/dot()``).
    package func dot() -> String {
        var number: [String: Int] = [:]
        for (place, activity) in activities.enumerated() { number[activity.name] = place }
        var text = "digraph dependencies {\n"
        text += "  rankdir=TB;\n"
        text += "  node [shape=box, style=rounded];\n"
        text += "  start [shape=circle, label=\"\"];\n"
        text += "  end [shape=doublecircle, label=\"\"];\n"
        for (place, activity) in activities.enumerated() {
            let join = activity.inputs.count > 1 ? "\(Self.sign(activity.inputs))\\n" : ""
            let split = activity.outputs.count > 1 ? "\\n\(Self.sign(activity.outputs))" : ""
            text += "  a\(place) [label=\"\(join)\(DOTText.escaped(activity.name))\\n\(activity.count)\(split)\"];\n"
        }
        for (place, activity) in activities.enumerated() where activity.starts > 0 {
            text += "  start -> a\(place) [label=\"\(activity.starts)\"];\n"
        }
        for dependency in dependencies {
            guard let source = number[dependency.source], let target = number[dependency.target] else { continue }
            let sure = Double((dependency.dependency * 100).rounded()) / 100
            let style = dependency.kind == .longDistance ? ", style=dashed" : ""
            text += "  a\(source) -> a\(target) [label=\"\(dependency.count)\\n\(sure)\"\(style)];\n"
        }
        for (place, activity) in activities.enumerated() where activity.ends > 0 {
            text += "  a\(place) -> end [label=\"\(activity.ends)\"];\n"
        }
        return text + "}\n"
    }

    /// Groups of ways as a formula, by how many each holds: `∧` of choices.
    private static func sign(_ groups: [[String]]) -> String {
        groups.map { $0.count == 1 ? "1" : "×\($0.count)" }.joined(separator: " ∧ ")
    }
}
