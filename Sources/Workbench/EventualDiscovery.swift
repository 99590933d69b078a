package import EventLogs
package import ProcessModels

/// What comes somewhere after what in a log.
package struct EventualDiscovery: Encodable, Sendable, Equatable {
    /// The graph.
    package var graph: EventuallyFollowsGraph

    private enum CodingKeys: String, CodingKey {
        case miner
    }

    /// `activities` and `edges`, then the miner.
    package func encode(to encoder: any Encoder) throws {
        try graph.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("eventually-follows", forKey: .miner)
    }
}

/// The question for it; the answer is nil where there are more pairs than ``EventuallyFollowsGraph/pairLimit``.
package struct EventualQuestion: LogQuestion {
    private var tally = EventuallyFollowsTally()

    /// The question.
    package init() {}

    package mutating func add(_ part: EventLog, firstCase: Int) { tally.add(part) }

    package mutating func answer(_ facts: LogFacts, caseName: (UInt32) -> String) -> EventualDiscovery? {
        tally.graph().map(EventualDiscovery.init)
    }
}
