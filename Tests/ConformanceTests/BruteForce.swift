import ProcessModels

/// Least costs by Dijkstra's algorithm over markings as arrays, with nothing of what it checks.
enum BruteForce {
    private struct State: Hashable {
        var marking: Marking
        var position: Int
    }

    /// The least cost of aligning a trace with a net; nil where no run ends within `limit` states.
    static func cost(_ trace: [String], _ net: PetriNet, limit: Int = 2_000) -> Int? {
        var best = [State(marking: net.initial, position: 0): 0]
        var levels = [[State(marking: net.initial, position: 0)]]
        var cost = 0
        while cost < levels.count {
            var place = 0
            while place < levels[cost].count {
                let state = levels[cost][place]
                place += 1
                if best[state] != cost { continue }
                if state.position == trace.count && net.final.contains(state.marking) { return cost }
                if best.count > limit { return nil }
                func reach(_ next: State, _ more: Int) {
                    if let known = best[next], known <= cost + more { return }
                    best[next] = cost + more
                    while levels.count <= cost + more { levels.append([]) }
                    levels[cost + more].append(next)
                }
                if state.position < trace.count { reach(State(marking: state.marking, position: state.position + 1), 1) }
                for transition in net.transitions.indices where net.isEnabled(transition, in: state.marking) {
                    let next = net.firing(transition, in: state.marking)
                    let label = net.transitions[transition].label
                    reach(State(marking: next, position: state.position), label == nil ? 0 : 1)
                    if let label, state.position < trace.count, label == trace[state.position] {
                        reach(State(marking: next, position: state.position + 1), 0)
                    }
                }
            }
            cost += 1
        }
        return nil
    }
}
