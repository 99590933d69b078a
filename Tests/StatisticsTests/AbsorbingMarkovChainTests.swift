import Statistics
import Testing

@Suite struct AbsorbingMarkovChainTests {
    typealias Edge = AbsorbingMarkovChain.Edge

    static func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-10) -> Bool {
        abs(a - b) <= tolerance * max(1, abs(b))
    }

    /// A random chain in which every state leads to the exit with some probability.
    static func chain(states: Int, seed: UInt64) -> (edges: [Edge], durations: [Double]) {
        var stream = RandomStream(seed: seed, path: UInt64(states))
        var edges: [Edge] = []
        let nodes: [Int?] = [nil] + (0..<states).map { $0 }
        for source in nodes {
            for target in nodes {
                guard target == nil ? source != nil : stream.unit() < 0.4 + 2 / Double(states) else { continue }
                edges.append(Edge(source: source, target: target, weight: 0.1 + stream.unit(), duration: 10 * stream.unit() - 1))
            }
        }
        return (edges, (0..<states).map { _ in 5 * stream.unit() })
    }

    /// Expected visits, traversals and time by following the distribution step by step.
    static func stepByStep(_ states: Int, _ edges: [Edge], _ durations: [Double]) -> (visits: [Double], traversals: [Double], time: Double)
    {
        func probability(_ edge: Edge) -> Double {
            edge.weight / edges.filter { $0.source == edge.source }.reduce(0) { $0 + $1.weight }
        }
        let probabilities = edges.map(probability)
        var visits = [Double](repeating: 0, count: states)
        var traversals = [Double](repeating: 0, count: edges.count)
        var time = 0.0
        var current: [Double] = []
        for step in 0..<100_000 {
            var next = [Double](repeating: 0, count: states)
            for (index, edge) in edges.enumerated() where (edge.source == nil) == (step == 0) {
                let mass = (edge.source.map { current[$0] } ?? 1) * probabilities[index]
                traversals[index] += mass
                time += mass * edge.duration
                if let target = edge.target { next[target] += mass }
            }
            for state in 0..<states {
                visits[state] += next[state]
                time += next[state] * durations[state]
            }
            current = next
            if current.reduce(0, +) < 1e-18 { break }
        }
        return (visits, traversals, time)
    }

    @Test(arguments: [1, 2, 3, 7, 20])
    func equalsStepByStep(states: Int) throws {
        let (edges, durations) = Self.chain(states: states, seed: 1)
        let chain = try AbsorbingMarkovChain(states: states, edges: edges, stateDurations: durations)
        let expected = Self.stepByStep(states, edges, durations)
        for state in 0..<states { #expect(Self.close(chain.visits[state], expected.visits[state])) }
        for index in edges.indices { #expect(Self.close(chain.traversals[index], expected.traversals[index])) }
        #expect(Self.close(chain.expectedTime, expected.time))
        #expect(Self.close(chain.absorptionProbability, 1))
        // From the start: the first step, then the time to completion of where it leads.
        var fromStart = 0.0
        for (index, edge) in edges.enumerated() where edge.source == nil {
            fromStart += chain.probabilities[index] * (edge.duration + (edge.target.flatMap { chain.timeToCompletion[$0] } ?? 0))
        }
        #expect(Self.close(fromStart, chain.expectedTime))
        // From each state, by a chain that starts there.
        for state in 0..<states {
            guard let time = chain.timeToCompletion[state] else { continue }
            let there = edges.filter { $0.source != nil } + [Edge(source: nil, target: state, weight: 1)]
            #expect(Self.close(time, Self.stepByStep(states, there, durations).time))
        }
    }

    @Test(arguments: [1, 2, 3, 7, 20])
    func routingEqualsSolvingAgain(states: Int) throws {
        let (edges, durations) = Self.chain(states: states, seed: 2)
        let chain = try AbsorbingMarkovChain(states: states, edges: edges, stateDurations: durations)
        for step in [0.01, 0.2] {
            for (index, effect) in chain.routingEffects(step: step).enumerated() {
                let probability = chain.probabilities[index]
                let reachable = edges[index].source.map { chain.timeToCompletion[$0] != nil } ?? true
                guard probability + step <= 1, reachable else {
                    #expect(effect.change == nil)
                    continue
                }
                let moved = edges.enumerated().map { other, edge in
                    guard edge.source == edges[index].source else { return edge }
                    let old = chain.probabilities[other]
                    let new = other == index ? old + step : old * (1 - probability - step) / (1 - probability)
                    return Edge(source: edge.source, target: edge.target, weight: new, duration: edge.duration)
                }
                let again = try AbsorbingMarkovChain(states: states, edges: moved, stateDurations: durations)
                let change = try #require(effect.change)
                #expect(Self.close(change, again.expectedTime - chain.expectedTime, 1e-10 * max(1, chain.expectedTime)))
            }
        }
        // The derivative is the limit of the exact change.
        for effect in chain.routingEffects(step: 1e-9) {
            guard let derivative = effect.derivative, let change = effect.change else { continue }
            #expect(Self.close(change / 1e-9, derivative, 1e-6))
        }
    }

    /// Counts of a graph give back the log's own means, the identity behind the bottleneck scores.
    @Test func countsOfALogGiveItsMeans() throws {
        var stream = RandomStream(seed: 4)
        let states = 6
        let cases = 500
        var count = [[Double]](repeating: [Double](repeating: 0, count: states + 1), count: states + 1)
        var edgeTime = count
        var instances = [Double](repeating: 0, count: states)
        var stateTime = instances
        var cycleTime = 0.0
        for _ in 0..<cases {
            var previous = states
            for _ in 0...stream.index(below: 12) {
                let state = min(stream.index(below: states), stream.index(below: states))
                let wait = previous == states ? 0 : stream.exponential(mean: 100)
                let work = stream.exponential(mean: 10 + Double(state))
                count[previous][state] += 1
                edgeTime[previous][state] += wait
                instances[state] += 1
                stateTime[state] += work
                cycleTime += wait + work
                previous = state
            }
            count[previous][states] += 1
        }
        var edges: [Edge] = []
        for source in 0...states {
            for target in 0...states where count[source][target] > 0 {
                edges.append(
                    Edge(
                        source: source == states ? nil : source, target: target == states ? nil : target, weight: count[source][target],
                        duration: edgeTime[source][target] / count[source][target]))
            }
        }
        let durations = (0..<states).map { stateTime[$0] / instances[$0] }
        let chain = try AbsorbingMarkovChain(states: states, edges: edges, stateDurations: durations)
        #expect(Self.close(chain.expectedTime, cycleTime / Double(cases)))
        for state in 0..<states { #expect(Self.close(chain.visits[state], instances[state] / Double(cases))) }
        for (index, edge) in edges.enumerated() { #expect(Self.close(chain.traversals[index], edge.weight / Double(cases))) }
    }

    /// A step repeated with probability p: geometric visits, and every number has a closed form.
    @Test func geometricLoop() throws {
        let p = 0.75
        let edges = [
            Edge(source: nil, target: 0, weight: 8), Edge(source: 0, target: 0, weight: p, duration: 3),
            Edge(source: 0, target: nil, weight: 1 - p, duration: 1),
        ]
        let chain = try AbsorbingMarkovChain(states: 1, edges: edges, stateDurations: [2])
        #expect(Self.close(chain.visits[0], 4))
        #expect(Self.close(chain.expectedTime, 4 * 2 + 3 * 3 + 1))
        let effects = chain.routingEffects(step: 0.05)
        #expect(effects[0].derivative == nil && effects[0].change == nil)
        // Time T(p) = (2 + 3p) / (1 − p) + 1, so T′ = 5 / (1 − p)².
        let slope: Double = 5 / ((1 - p) * (1 - p))
        #expect(Self.close(try #require(effects[1].derivative), slope))
        let before = (2 + 3 * p) / (1 - p)
        let after = (2 + 3 * 0.8) / 0.2
        #expect(Self.close(try #require(effects[1].change), after - before))
        #expect(Self.close(try #require(effects[2].derivative), -slope))
        // A loop that is taken for certain never ends.
        #expect(chain.routingEffects(step: 0.25)[1].change == nil)
        #expect(chain.routingEffects(step: 0.25)[1].derivative != nil)
        #expect(chain.routingEffects(step: 0.3)[1].change == nil)
        // The exit may be made certain: one visit remains.
        #expect(Self.close(try #require(chain.routingEffects(step: 0.75)[2].change), 3 - chain.expectedTime))
    }

    @Test func outOfReach() throws {
        // State 1 is never entered; state 2 never left, and never entered either.
        let edges = [
            Edge(source: nil, target: 0, weight: 1), Edge(source: 0, target: nil, weight: 1, duration: 5),
            Edge(source: 0, target: 1, weight: 0), Edge(source: 1, target: 2, weight: 1), Edge(source: 1, target: nil, weight: 1),
        ]
        let chain = try AbsorbingMarkovChain(states: 3, edges: edges, stateDurations: [1, 1, 1])
        #expect(chain.visits == [1, 0, 0])
        #expect(chain.timeToCompletion == [6, nil, nil])
        #expect(chain.traversals == [1, 1, 0, 0, 0])
        #expect(chain.routingEffects().allSatisfy { $0.derivative == nil && $0.change == nil })
    }

    @Test func refusals() {
        let start = Edge(source: nil, target: 0, weight: 1)
        #expect(throws: AbsorbingMarkovChain.Failure.noStart) {
            try AbsorbingMarkovChain(states: 1, edges: [Edge(source: 0, target: nil, weight: 1)], stateDurations: [0])
        }
        #expect(throws: AbsorbingMarkovChain.Failure.neverAbsorbed(states: [1, 2])) {
            try AbsorbingMarkovChain(
                states: 3,
                edges: [
                    start, Edge(source: 0, target: nil, weight: 1), Edge(source: 0, target: 2, weight: 1),
                    Edge(source: 2, target: 1, weight: 1), Edge(source: 1, target: 2, weight: 1),
                ], stateDurations: [0, 0, 0])
        }
        #expect(throws: AbsorbingMarkovChain.Failure.illConditioned) {
            try AbsorbingMarkovChain(
                states: 2,
                edges: [
                    start, Edge(source: 0, target: 1, weight: 1), Edge(source: 1, target: 0, weight: 1),
                    Edge(source: 1, target: nil, weight: 1e-20),
                ], stateDurations: [0, 0])
        }
    }

    @Test func emptyCase() throws {
        let chain = try AbsorbingMarkovChain(
            states: 0, edges: [Edge(source: nil, target: nil, weight: 3, duration: 7)], stateDurations: [])
        #expect(chain.expectedTime == 7)
        #expect(chain.absorptionProbability == 1)
    }

    /// A long line with shortcuts: the size of a real graph, in a moment.
    @Test func thousandStates() throws {
        let states = 1000
        var edges = [Edge(source: nil, target: 0, weight: 1)]
        for state in 0..<states {
            edges.append(Edge(source: state, target: state + 1 < states ? state + 1 : nil, weight: 3, duration: 1))
            if state > 0 { edges.append(Edge(source: state, target: state, weight: 1, duration: 2)) }
        }
        let chain = try AbsorbingMarkovChain(states: states, edges: edges, stateDurations: [Double](repeating: 6, count: states))
        // Each state but the first is visited 4/3 times and repeated 1/3 times.
        let expected: Double = 7 + 999 * (8 + 1 + 2.0 / 3)
        #expect(Self.close(chain.expectedTime, expected))
        let effects = chain.routingEffects()
        #expect(effects.count == edges.count)
        let slope: Double = -8 / (0.75 * 0.75)
        #expect(Self.close(try #require(effects[2].derivative), slope))
    }
}
