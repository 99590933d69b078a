import LinearAlgebra

/// A walk from a start through states to an exit, where the next state depends on the present one alone.
///
/// From edges with weights (counts or probabilities) and mean durations it gives expected visits, traversals and times by one
/// factorisation of I − Q, with Q the probabilities between states (Kemeny, Snell: "Finite Markov Chains", 1960, chapter III).
///
/// Where the weights are the counts of a directly-follows graph, the expected visits of a state are its instances ÷ cases, the
/// traversals of an edge its count ÷ cases, and the expected time is the mean of the cases' summed durations, exactly.
///
/// The expected time is linear in the durations: its derivative to the duration of a state is the state's `visits`, to the
/// duration of an edge the edge's `traversals`.
///
/// States that no walk from the start reaches are left out: 0 visits, no time to completion.
package struct AbsorbingMarkovChain: Sendable {
    /// A step that the walk may take.
    package struct Edge: Sendable, Hashable {
        /// The state it leaves; nil is the start.
        package let source: Int?
        /// The state it enters; nil is the exit.
        package let target: Int?
        /// How often it is taken, in any unit: the weights of one source are divided by their sum.
        package let weight: Double
        /// Its mean duration, in the unit of all durations; it may be negative.
        package let duration: Double

        /// A step with its weight and mean duration.
        package init(source: Int?, target: Int?, weight: Double, duration: Double = 0) {
            self.source = source
            self.target = target
            self.weight = weight
            self.duration = duration
        }
    }

    /// Why a chain has no answer.
    package enum Failure: Error, Hashable, Sendable {
        /// No edge of positive weight leaves the start.
        case noStart
        /// From these states (ascending), which a walk may reach, the exit cannot be reached.
        case neverAbsorbed(states: [Int])
        /// A walk stays so long that double precision cannot tell it from one that never ends.
        case illConditioned
    }

    /// What a higher probability of one edge does to the expected time.
    package struct RoutingEffect: Sendable, Hashable {
        /// The derivative of the expected time to the edge's probability, its siblings giving way in proportion to theirs;
        /// nil where there is no sibling, or an end of the edge is out of the walk's reach.
        package let derivative: Double?
        /// The exact change of the expected time when the probability rises by the given step; nil where `derivative` is, where
        /// the probability cannot rise so far, and where the walk would then not end.
        package let change: Double?
    }

    /// The edges, as given.
    package let edges: [Edge]
    /// The mean duration of a visit to each state, as given.
    package let stateDurations: [Double]
    /// The probability of each edge among those of its source; 0 where no edge of the source has weight.
    package let probabilities: [Double]
    /// The expected number of visits to each state.
    package let visits: [Double]
    /// The expected number of traversals of each edge.
    package let traversals: [Double]
    /// The expected time from entering each state (its own duration included) to the exit; nil for states out of reach.
    package let timeToCompletion: [Double?]
    /// The expected time from the start to the exit.
    package let expectedTime: Double
    /// The probability that the walk ends, as computed: 1 up to rounding, for chains in which it may not are refused.
    package let absorptionProbability: Double

    /// States within reach, ascending; the rows of the factorised matrix.
    private let reached: [Int]
    /// The row of each state, −1 where it is out of reach.
    private let rowOfState: [Int]
    private let factors: LUFactorization

    /// Solves the chain of `states` states.
    ///
    /// - Precondition: edges join states below `states`; weights are finite and not negative, durations finite.
    package init(states: Int, edges: [Edge], stateDurations: [Double]) throws(Failure) {
        precondition(stateDurations.count == states && stateDurations.allSatisfy(\.isFinite), "every state has a finite duration")
        for edge in edges {
            precondition(edge.source.map { $0 >= 0 && $0 < states } ?? true, "an edge leaves a state")
            precondition(edge.target.map { $0 >= 0 && $0 < states } ?? true, "an edge enters a state")
            precondition(edge.weight.isFinite && edge.weight >= 0 && edge.duration.isFinite, "weights and durations are finite")
        }
        self.edges = edges
        self.stateDurations = stateDurations

        // Sums by source; the start stands after the states. Self-loops apart: 1 − p of a loop is the share of the others.
        var total = [Double](repeating: 0, count: states + 1)
        var leaving = [Double](repeating: 0, count: states)
        for edge in edges {
            total[edge.source ?? states] += edge.weight
            if let source = edge.source, edge.target != source { leaving[source] += edge.weight }
        }
        guard total[states] > 0 else { throw .noStart }
        probabilities = edges.map { edge in
            let sum = total[edge.source ?? states]
            return sum > 0 ? edge.weight / sum : 0
        }

        let (reached, trapped) = Self.reach(states: states, edges: edges)
        guard trapped.isEmpty else { throw .neverAbsorbed(states: trapped) }
        var rowOfState = [Int](repeating: -1, count: states)
        for (row, state) in reached.enumerated() { rowOfState[state] = row }
        self.reached = reached
        self.rowOfState = rowOfState

        var matrix = Matrix.diagonal(reached.map { leaving[$0] / total[$0] })
        var first = [Double](repeating: 0, count: reached.count)
        var cost = reached.map { stateDurations[$0] }
        for (edge, probability) in zip(edges, probabilities) where probability > 0 {
            guard let source = edge.source else {
                if let target = edge.target { first[rowOfState[target]] += probability }
                continue
            }
            let row = rowOfState[source]
            guard row >= 0 else { continue }
            cost[row] += probability * edge.duration
            if let target = edge.target, target != source { matrix[row, rowOfState[target]] -= probability }
        }

        let visitsByRow: [Double]
        let timesByRow: [Double]
        do throws(LinearSolveError) {
            factors = try LUFactorization(matrix)
            visitsByRow = try factors.solveTransposed(first)
            timesByRow = try factors.solve(cost)
        } catch {
            throw .illConditioned
        }

        let passes = rowOfState.map { $0 < 0 ? 0 : visitsByRow[$0] }
        visits = passes
        timeToCompletion = rowOfState.map { $0 < 0 ? nil : timesByRow[$0] }
        var traversals = [Double](repeating: 0, count: edges.count)
        var expectedTime = 0.0
        var absorbed = 0.0
        for (index, edge) in edges.enumerated() {
            traversals[index] = probabilities[index] * (edge.source.map { passes[$0] } ?? 1)
            expectedTime += traversals[index] * edge.duration
            if edge.target == nil { absorbed += traversals[index] }
        }
        for state in 0..<states { expectedTime += visits[state] * stateDurations[state] }
        self.traversals = traversals
        self.expectedTime = expectedTime
        absorptionProbability = absorbed
    }

    /// What happens to the expected time when the probability of an edge rises by `step` at the cost of its siblings in proportion to
    /// their probabilities; one answer per edge, in their order.
    ///
    /// The change is exact, not first-order: the row of the source changes by a rank-one update, solved by the formula of Sherman
    /// and Morrison (Annals of Mathematical Statistics 21, 1950, doi:10.1214/aoms/1177729893).
    ///
    /// - Parameter step: the rise, between 0 and 1.
    /// - Complexity: O(n³) for n states within reach.
    package func routingEffects(step: Double = 0.01) -> [RoutingEffect] {
        precondition(step > 0 && step < 1, "a rise of probability lies between 0 and 1")
        // Entry (k, i): expected visits to i from k on.
        let fundamental = factors.inverse()
        var outgoing = [[Int]](repeating: [], count: stateDurations.count + 1)
        for (index, edge) in edges.enumerated() { outgoing[edge.source ?? stateDurations.count].append(index) }
        return edges.indices.map { effect(of: $0, siblings: outgoing[edges[$0].source ?? stateDurations.count], step, fundamental) }
    }

    private func effect(of index: Int, siblings: [Int], _ step: Double, _ fundamental: Matrix) -> RoutingEffect {
        let none = RoutingEffect(derivative: nil, change: nil)
        let edge = edges[index]
        let source = edge.source.map { rowOfState[$0] }
        guard source != -1, edge.target.map({ rowOfState[$0] >= 0 }) ?? true else { return none }
        // What follows the edge against what follows its siblings on average: time, and visits to the source.
        var rest = 0.0
        var restTime = 0.0
        var restReturns = 0.0
        for sibling in siblings where sibling != index && probabilities[sibling] > 0 {
            rest += probabilities[sibling]
            restTime += probabilities[sibling] * timeAfter(sibling)
            restReturns += probabilities[sibling] * returns(after: sibling, to: source, fundamental)
        }
        guard rest > 0 else { return none }
        let time = timeAfter(index) - restTime / rest
        let returns = returns(after: index, to: source, fundamental) - restReturns / rest
        let passes = edge.source.map { visits[$0] } ?? 1
        let stays = 1 - step * returns
        let feasible = step <= rest * (1 + 1e-12) && stays > 1e-12
        return RoutingEffect(derivative: passes * time, change: feasible ? passes * step * time / stays : nil)
    }

    /// The expected time from taking an edge to the exit.
    private func timeAfter(_ index: Int) -> Double {
        edges[index].duration + (edges[index].target.flatMap { timeToCompletion[$0] } ?? 0)
    }

    /// The expected visits to the state of row `source` after an edge was taken; none to the start.
    private func returns(after index: Int, to source: Int?, _ fundamental: Matrix) -> Double {
        guard let source, let target = edges[index].target else { return 0 }
        return fundamental[rowOfState[target], source]
    }

    /// The states that a walk may reach from the start, and those of them from which the exit is out of reach; both ascending.
    private static func reach(states: Int, edges: [Edge]) -> (reached: [Int], trapped: [Int]) {
        let start = states
        let exit = states + 1
        var forward = [[Int]](repeating: [], count: states + 2)
        var backward = forward
        for edge in edges where edge.weight > 0 {
            forward[edge.source ?? start].append(edge.target ?? exit)
            backward[edge.target ?? exit].append(edge.source ?? start)
        }
        func visited(from root: Int, _ neighbours: [[Int]]) -> [Bool] {
            var seen = [Bool](repeating: false, count: states + 2)
            var stack = [root]
            seen[root] = true
            while let node = stack.popLast() {
                for next in neighbours[node] where !seen[next] {
                    seen[next] = true
                    stack.append(next)
                }
            }
            return seen
        }
        let fromStart = visited(from: start, forward)
        let toExit = visited(from: exit, backward)
        let reached = (0..<states).filter { fromStart[$0] }
        return (reached, reached.filter { !toExit[$0] })
    }
}
