package import ProcessModels

/// The directly-follows graph of a log, whole or reduced to what is frequent.
package struct Discovery: Encodable, Sendable, Equatable {
    /// How much of the whole graph is left.
    package struct Kept: Codable, Sendable, Equatable {
        /// Activities that are left.
        package var activities: Int
        /// Activities of the whole graph.
        package var allActivities: Int
        /// Edges that are left.
        package var edges: Int
        /// Edges of the whole graph.
        package var allEdges: Int
        /// The share of the activity instances that belong to the activities left, 0…1.
        package var instanceShare: Double
        /// The share of the steps that take the edges left, 0…1.
        package var stepShare: Double
    }

    /// The graph.
    package var graph: DirectlyFollowsGraph
    /// How much is left, or `nil` where nothing was taken away.
    package var kept: Kept?

    /// The whole graph, or what it was reduced to.
    package init(_ whole: DirectlyFollowsGraph, reducedTo reduced: AbstractedGraph?) {
        graph = reduced?.graph ?? whole
        kept = reduced.map {
            Kept(
                activities: $0.keptActivities, allActivities: $0.allActivities, edges: $0.keptEdges, allEdges: $0.allEdges,
                instanceShare: $0.keptEventShare, stepShare: $0.keptPathShare)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case miner, kept
    }

    /// `activities` and `edges`, then the miner and what was kept.
    package func encode(to encoder: any Encoder) throws {
        try graph.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("dfg", forKey: .miner)
        try container.encode(kept, forKey: .kept)
    }
}
