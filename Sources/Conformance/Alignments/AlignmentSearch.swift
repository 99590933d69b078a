/// Optimal alignments by A* over the synchronous product of a trace and a net, with the ``MarkingEquation`` as the estimate of what is left
/// to pay (Adriansyah 2014; van Dongen 2018, doi:10.1007/978-3-319-98648-7_12); for nets of any size. One per thread.
///
/// A state is a marking and a place in the trace. Its estimate is taken over from the state before wherever the solution of the equation there
/// holds the move just made, and solved for only when the state's turn comes; it is rounded up, as costs are whole. States of equal
/// promise are taken latest first, so that the search goes deep; nothing in it depends on other traces or threads.
///
/// Where the limit of states is reached, the least promise of what is open is a proven lower bound, and a search that follows the
/// estimate alone looks for some alignment.
struct AlignmentSearch {
    private let net: CheckedNet
    private let equation: MarkingEquation
    private let limit: Int
    private var graph: MarkingGraph
    private var lane = MarkingGraph.Lane.bit
    /// The solver with which each trace begins: fresh, so that no trace depends on others.
    private let fresh: DualSimplex

    private struct Node {
        var marking: UInt32
        var position: Int32
        var cost: Int32
        var estimate: Int32
        var parent: Int32
        var transition: UInt32
        var takesInstance: Bool
        /// Whether the estimate is the equation's own, not a bound of it.
        var isExact: Bool
        var isClosed = false
        /// Whether there is no way from here to the final marking.
        var isDead = false
        /// Where its solution stands, or −1 where it follows from that of `source` by `move`.
        var solution: Int32 = -1
        var source: Int32 = -1
        var sourceTransition: UInt32 = Alignment.Move.none
    }

    /// A search on a net.
    init(_ net: CheckedNet, limit: Int) {
        self.net = net
        self.limit = limit
        equation = MarkingEquation(net)
        fresh = DualSimplex(equation)
        if let graph = MarkingGraph(net, lane: .bit) {
            self.graph = graph
        } else if let graph = MarkingGraph(net, lane: .count) {
            self.graph = graph
            lane = .count
        } else {
            preconditionFailure("a checked net's tokens can be counted")
        }
    }

    /// What a search comes to.
    enum Outcome: Sendable {
        /// An alignment, optimal or with bounds.
        case found(Alignment)
        /// The limit was reached before any alignment was found; none costs less than this.
        case stopped(lowerBound: Int)
        /// No run of the net ends.
        case impossible
    }

    /// The alignment of a trace.
    mutating func align(_ trace: [UInt32]) -> Outcome {
        if graph.count > 1_000_000, let emptied = MarkingGraph(net, lane: lane) { graph = emptied }
        let found = search(trace)
        guard graph.hasOverflown else { return found }
        if lane == .bit, let wider = MarkingGraph(net, lane: .count) {
            (graph, lane) = (wider, .count)
            return align(trace)
        }
        // Something was left out that could not be counted: nothing is proven.
        if case .found(let alignment) = found { return .found(Alignment(moves: alignment.moves, lowerBound: 0)) }
        return .stopped(lowerBound: 0)
    }

    private mutating func search(_ trace: [UInt32]) -> Outcome {
        var run = Run(trace, equation, fresh)
        run.add(
            Node(
                marking: MarkingGraph.initial, position: 0, cost: 0, estimate: 0, parent: -1, transition: Alignment.Move.none,
                takesInstance: false, isExact: false))
        var steps = 0
        while let number = run.next() {
            steps += 1
            if steps == limit { run.follow(estimateFrom: number) }
            if steps > 2 * limit { return .stopped(lowerBound: run.lowerBound ?? 0) }
            if !run.nodes[number].isExact {
                run.estimate(number, graph)
                continue
            }
            let node = run.nodes[number]
            if node.marking == graph.final && Int(node.position) == trace.count {
                let moves = run.moves(to: number, net)
                // Once the limit is passed the promise of what was open then is what is proven.
                return .found(Alignment(moves: moves, lowerBound: run.lowerBound.map { min($0, Int(node.cost)) }))
            }
            run.nodes[number].isClosed = true
            expand(number, trace, &run)
        }
        return .impossible
    }

    /// Adds the states behind one.
    private mutating func expand(_ number: Int, _ trace: [UInt32], _ run: inout Run) {
        let node = run.nodes[number]
        run.recall(number, net)
        let position = Int(node.position)
        if position < trace.count {
            let row = equation.activityRow[Int(trace[position])]
            // One more of the activity in the trace than the solution takes: the move on log was foreseen.
            let isForeseen = row < 0 || run.left(row, at: position) >= run.taken[row - equation.placeCount] + 1 - 1e-4
            run.reach(
                number, node.marking, position + 1, Alignment.Move.none, takesInstance: true, cost: 1, isForeseen: isForeseen)
        }
        for edge in graph.edges(from: node.marking) {
            let transition = graph.edgeTransition[edge]
            let target = graph.edgeTarget[edge]
            let label = net.labels[Int(transition)]
            let fires = run.firings[Int(transition)] >= 1 - 1e-4
            if label == CheckedNet.silent {
                run.reach(number, target, position, transition, takesInstance: false, cost: 0, isForeseen: fires)
                continue
            }
            let row = equation.activityRow[Int(label)]
            let isSurplus = run.taken[row - equation.placeCount] >= run.left(row, at: position) + 1 - 1e-4
            run.reach(number, target, position, transition, takesInstance: false, cost: 1, isForeseen: fires && isSurplus)
            if position < trace.count && label == trace[position] {
                run.reach(number, target, position + 1, transition, takesInstance: true, cost: 0, isForeseen: fires)
            }
        }
    }

    /// What one trace needs.
    private struct Run {
        private let trace: [UInt32]
        private let equation: MarkingEquation
        private var solver: DualSimplex
        private var right: [Double]
        /// Per position and activity row: how often the activity is left. The last column counts activities that the net does not know.
        private let remaining: [Int32]
        private let columns: Int
        var nodes: [Node] = []
        private var known = PairTable<Int32>(blank: -1)
        private var queues: [Queue] = []
        private var lowest = 0
        private var solutions: [[Float]] = []
        /// The firings of the solution that holds for the node last recalled.
        private(set) var firings: [Float] = []
        /// Those firings by activity row.
        private(set) var taken: [Float] = []
        /// What was proven when the limit was reached.
        private(set) var lowerBound: Int?

        private struct Queue {
            var exact: [Int32] = []
            var others: [Int32] = []
        }

        init(_ trace: [UInt32], _ equation: MarkingEquation, _ solver: DualSimplex) {
            self.trace = trace
            self.equation = equation
            self.solver = solver
            right = [Double](repeating: 0, count: equation.rowCount)
            columns = equation.rowCount - equation.placeCount + 1
            var remaining = [Int32](repeating: 0, count: (trace.count + 1) * columns)
            for position in trace.indices.reversed() {
                for column in 0..<columns { remaining[position * columns + column] = remaining[(position + 1) * columns + column] }
                let row = equation.activityRow[Int(trace[position])]
                remaining[position * columns + (row < 0 ? columns - 1 : row - equation.placeCount)] += 1
            }
            self.remaining = remaining
        }

        /// How often the activity of a row is left behind a position.
        func left(_ row: Int, at position: Int) -> Float { Float(remaining[position * columns + row - equation.placeCount]) }

        mutating func add(_ node: Node) {
            known.insert(node.marking, UInt32(node.position), Int32(nodes.count))
            nodes.append(node)
            enqueue(nodes.count - 1)
        }

        /// Reaches a state by a move.
        mutating func reach(
            _ from: Int, _ marking: UInt32, _ position: Int, _ transition: UInt32, takesInstance: Bool, cost: Int32, isForeseen: Bool
        ) {
            let node = nodes[from]
            let (paid, left) = (node.cost + cost, max(0, node.estimate - cost))
            guard let number = known[marking, UInt32(position)].map({ Int($0) }) else {
                add(
                    Node(
                        marking: marking, position: Int32(position), cost: paid, estimate: left, parent: Int32(from),
                        transition: transition, takesInstance: takesInstance, isExact: isForeseen, source: isForeseen ? Int32(from) : -1,
                        sourceTransition: transition))
                return
            }
            var other = nodes[number]
            if other.isDead || (other.isClosed && paid >= other.cost) { return }
            if isForeseen && !other.isExact {
                other.isExact = true
                other.estimate = left
                other.source = Int32(from)
                other.sourceTransition = transition
            } else if !other.isExact && left > other.estimate {
                other.estimate = left
            } else if paid >= other.cost {
                return
            }
            if paid < other.cost {
                other.cost = paid
                other.parent = Int32(from)
                other.transition = transition
                other.takesInstance = takesInstance
            }
            other.isClosed = false
            nodes[number] = other
            enqueue(number)
        }

        private func promise(_ node: Node) -> Int { lowerBound == nil ? Int(node.cost + node.estimate) : Int(node.estimate) }

        private mutating func enqueue(_ number: Int) {
            let promise = promise(nodes[number])
            while queues.count <= promise { queues.append(Queue()) }
            if nodes[number].isExact {
                queues[promise].exact.append(Int32(number))
            } else {
                queues[promise].others.append(Int32(number))
            }
            lowest = min(lowest, promise)
        }

        /// The most promising open node, the latest of several; those whose estimate is exact first.
        mutating func next() -> Int? {
            while lowest < queues.count {
                if let number = queues[lowest].exact.popLast() ?? queues[lowest].others.popLast() {
                    let node = nodes[Int(number)]
                    if !node.isClosed && promise(node) == lowest { return Int(number) }
                } else {
                    lowest += 1
                }
            }
            return nil
        }

        /// Solves the equation for a node and queues it again.
        mutating func estimate(_ number: Int, _ graph: MarkingGraph) {
            let node = nodes[number]
            equation.setPlaces(&right, node.marking, of: graph)
            let base = Int(node.position) * columns
            for column in 0..<(columns - 1) { right[equation.placeCount + column] = Double(remaining[base + column]) }
            switch solver.solve(right) {
            case .infeasible: (nodes[number].isClosed, nodes[number].isDead) = (true, true)
            case .bound(let bound, let isAttained):
                let whole = Int32((bound - 1e-5).rounded(.up)) + remaining[base + columns - 1]
                nodes[number].estimate = max(node.estimate, whole)
                nodes[number].isExact = true
                nodes[number].solution = Int32(solutions.count)
                solutions.append(isAttained ? solver.solution() : [Float](repeating: 0, count: equation.transitionCount))
                enqueue(number)
            }
        }

        /// Makes ``firings`` and ``taken`` those of a node: a solution, less the firings since.
        mutating func recall(_ number: Int, _ net: CheckedNet) {
            var at = number
            var fired: [UInt32] = []
            while nodes[at].solution < 0 {
                if nodes[at].sourceTransition != Alignment.Move.none { fired.append(nodes[at].sourceTransition) }
                at = Int(nodes[at].source)
            }
            firings = solutions[Int(nodes[at].solution)]
            for transition in fired { firings[Int(transition)] -= 1 }
            taken = [Float](repeating: 0, count: columns)
            for (transition, label) in net.labels.enumerated() where label != CheckedNet.silent {
                taken[equation.activityRow[Int(label)] - equation.placeCount] += firings[transition]
            }
        }

        /// From here on follows the estimate alone.
        mutating func follow(estimateFrom number: Int) {
            lowerBound = Int(nodes[number].cost + nodes[number].estimate)
            queues.removeAll()
            lowest = 0
            for open in nodes.indices where !nodes[open].isClosed { enqueue(open) }
        }

        /// The moves to a node.
        func moves(to number: Int, _ net: CheckedNet) -> [Alignment.Move] {
            var moves: [Alignment.Move] = []
            var at = number
            while nodes[at].parent >= 0 {
                let node = nodes[at]
                let activity = node.transition == Alignment.Move.none ? trace[Int(node.position) - 1] : net.labels[Int(node.transition)]
                moves.append(Alignment.Move(activity: activity, transition: node.transition, takesInstance: node.takesInstance))
                at = Int(node.parent)
            }
            return moves.reversed()
        }
    }
}
