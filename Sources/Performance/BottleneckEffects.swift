import ProcessModels
import Statistics

/// What a change of one bottleneck would do to the expected cycle time: the absorbing Markov chain of the directly-follows graph,
/// with an activity's mean held time as its duration and an edge's mean held time as the duration of the step.
///
/// On a sequential log the chain's expected time is the mean cycle time; where instances overlap it is the mean of what all
/// bottlenecks hold, to which scores relate. The solution is that of the whole graph: nothing is left out for being rare.
struct BottleneckEffects {
    /// The largest number of activities for which the chain is solved: the matrix then takes 8 MB, and solving it under a second.
    static let largestChain = 1_000

    /// Per activity number: seconds of mean time saved if it were 10 % faster.
    let activityScores: [Double]
    /// Per edge: likewise.
    let edgeScores: [Double]
    /// Per edge: the change of the expected time in seconds when its probability rises by 0.01; nil where it cannot.
    let routing: [Double?]

    /// The effects, or `nil` where the chain cannot be solved: no cases, or more activities than ``largestChain``.
    init?(_ held: [HeldTime], _ steps: DirectlyFollowsCounts) {
        guard let chain = Self.chain(held, steps) else { return nil }
        let state = Self.states(steps).number
        activityScores = state.map { $0 < 0 ? 0 : 0.1 * chain.visits[$0] * chain.stateDurations[$0] / 1e6 }
        // The chain's edges begin with those of the graph, in the same order.
        edgeScores = (0..<steps.edgeCount).map { 0.1 * chain.traversals[$0] * chain.edges[$0].duration / 1e6 }
        let effects = chain.routingEffects(step: 0.01)
        routing = (0..<steps.edgeCount).map { edge in effects[edge].change.map { $0 / 1e6 } }
    }

    /// The chain in microseconds: the graph's edges first, then openings and closings of cases.
    static func chain(_ held: [HeldTime], _ steps: DirectlyFollowsCounts) -> AbsorbingMarkovChain? {
        let states = states(steps)
        guard states.count <= largestChain else { return nil }
        var activityTotals = [Int128](repeating: 0, count: steps.activityCounts.count)
        var edgeTotals = [Int128](repeating: 0, count: steps.edgeCount)
        for item in held {
            switch item.kind {
            case .activity: activityTotals[item.number] = item.total
            case .edge: edgeTotals[item.number] = item.total
            }
        }
        var durations = [Double](repeating: 0, count: states.count)
        var edges = (0..<steps.edgeCount).map { edge in
            let count = Double(steps.edgeCounts[edge])
            return AbsorbingMarkovChain.Edge(
                source: states.number[Int(steps.source[edge])], target: states.number[Int(steps.target[edge])], weight: count,
                duration: Double(edgeTotals[edge]) / count)
        }
        var opened = 0
        for (activity, state) in states.number.enumerated() where state >= 0 {
            durations[state] = Double(activityTotals[activity]) / Double(steps.activityCounts[activity])
            opened += steps.startCounts[activity]
            if steps.startCounts[activity] > 0 {
                edges.append(AbsorbingMarkovChain.Edge(source: nil, target: state, weight: Double(steps.startCounts[activity])))
            }
            if steps.endCounts[activity] > 0 {
                edges.append(AbsorbingMarkovChain.Edge(source: state, target: nil, weight: Double(steps.endCounts[activity])))
            }
        }
        // Cases without a completed instance go from the start to the exit.
        if opened < steps.caseCount {
            edges.append(AbsorbingMarkovChain.Edge(source: nil, target: nil, weight: Double(steps.caseCount - opened)))
        }
        return try? AbsorbingMarkovChain(states: states.count, edges: edges, stateDurations: durations)
    }

    /// States are the activities that occur, in the order of their numbers; −1 for those that do not.
    private static func states(_ steps: DirectlyFollowsCounts) -> (number: [Int], count: Int) {
        var count = 0
        let number = steps.activityCounts.map { occurrences -> Int in
            if occurrences == 0 { return -1 }
            count += 1
            return count - 1
        }
        return (number, count)
    }
}
