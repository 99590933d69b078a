/// Which activities follow which.
package enum ControlFlow: Sendable, Equatable {
    /// Tokens through a graph of nodes.
    case graph(FlowGraph)
    /// Whole observed cases.
    case scripts(CaseScripts)
}

/// Observed cases as partial orders of activity instances, from which whole cases are drawn.
///
/// Whatever a memoryless graph forgets, how often a loop was taken, what excludes what, stays as it was observed.
package struct CaseScripts: Sendable, Equatable {
    /// One instance of an activity.
    package struct Step: Sendable, Equatable {
        /// The place of the activity.
        package var activity: Int
        /// The places, in the script, of the steps that must be complete before this one is enabled; each before its own.
        package var after: [Int]
        /// The place of the performer among the activity's; nil to draw it.
        package var performer: Int?
        /// Elapsed microseconds between enablement and the work being asked for; nil to draw it from the activity's delays.
        package var delay: Int64?
        /// Microseconds of work; nil to draw it.
        package var work: Int64?

        /// A step.
        package init(activity: Int, after: [Int], performer: Int? = nil, delay: Int64? = nil, work: Int64? = nil) {
            self.activity = activity
            self.after = after
            self.performer = performer
            self.delay = delay
            self.work = work
        }
    }

    /// One case.
    package struct Script: Sendable, Equatable {
        /// Its steps; predecessors come before successors.
        package var steps: [Step]
        /// How often it is drawn, relative to the others.
        package var weight: Double
        /// The row of the case attributes it carries; nil for none.
        package var row: Int?

        /// A script.
        package init(steps: [Step], weight: Double = 1, row: Int? = nil) {
            self.steps = steps
            self.weight = weight
            self.row = row
        }
    }

    /// How scripts are chosen.
    package enum Order: String, Sendable, Codable {
        /// By weight.
        case drawn
        /// One after the other, from the first again after the last.
        case inTurn = "in_turn"
    }

    /// The cases.
    package var scripts: [Script]
    /// How they are chosen.
    package var order: Order

    /// A table of cases.
    package init(_ scripts: [Script], order: Order = .drawn) {
        self.scripts = scripts
        self.order = order
    }
}

/// A graph through which tokens run: BPMN reduced to what a token does at a node.
package struct FlowGraph: Sendable, Equatable, Codable {
    /// When arriving tokens go on.
    package enum Join: String, Sendable, Codable {
        /// Each alone.
        case each
        /// One of every incoming arc together.
        case all
        /// All that can still come together.
        case inclusive
    }

    /// What happens at the node.
    package enum Action: Sendable, Equatable {
        /// Nothing.
        case none
        /// An activity, by its place.
        case activity(Int)
        /// Time passes; nil for no time.
        case timer(SimulationActivity.Delay?)
        /// The timers of the successors race; the token goes to the first.
        case race
    }

    /// Which outgoing arcs are taken.
    package enum Split: String, Sendable, Codable {
        /// All.
        case all
        /// One, by probability.
        case one
        /// Each by its own probability, at least one.
        case some
    }

    /// An outgoing arc.
    package struct Arc: Sendable, Equatable, Codable {
        /// The place of the node it leads to.
        package var target: Int
        /// How likely it is taken; of no meaning where all are.
        package var probability: Double

        /// An arc.
        package init(target: Int, probability: Double = 1) {
            self.target = target
            self.probability = probability
        }
    }

    /// A node.
    package struct Node: Sendable, Equatable {
        /// What it is known by: random numbers are tied to it.
        package var id: String
        /// When tokens go on.
        package var join: Join
        /// What happens.
        package var action: Action
        /// How they leave.
        package var split: Split
        /// Where they go.
        package var arcs: [Arc]

        /// A node.
        package init(id: String, join: Join = .each, action: Action = .none, split: Split = .all, arcs: [Arc] = []) {
            self.id = id
            self.join = join
            self.action = action
            self.split = split
            self.arcs = arcs
        }
    }

    /// The nodes.
    package var nodes: [Node]
    /// The places of the nodes at which a case begins; with several, all of them at once.
    package var starts: [Int]

    /// A graph.
    package init(nodes: [Node], starts: [Int]) {
        self.nodes = nodes
        self.starts = starts
    }

    /// One activity after the other.
    package static func sequence(_ activities: [Int]) -> FlowGraph {
        var nodes = [Node(id: "start", arcs: activities.isEmpty ? [] : [Arc(target: 1)])]
        for (place, activity) in activities.enumerated() {
            let isLast = place == activities.count - 1
            nodes.append(
                Node(id: "step \(place + 1)", action: .activity(activity), arcs: isLast ? [] : [Arc(target: place + 2)]))
        }
        return FlowGraph(nodes: nodes, starts: [0])
    }
}
