/// Whether a net is a workflow net: cases begin on one place that no arc leads to, end on one place that no arc leaves, and every node
/// lies on a path from the one to the other (van der Aalst: "The application of Petri nets to workflow management", Journal of Circuits,
/// Systems and Computers 8(1), 1998, definition 6, doi:10.1142/S0218126698000043).
package struct WorkflowNetCheck: Sendable, Equatable {
    /// What is amiss; places and transitions by their positions.
    package enum Problem: Sendable, Equatable {
        /// An arc leads to every place.
        case noSource
        /// No arc leads to these places.
        case severalSources([Int])
        /// An arc leaves every place.
        case noSink
        /// No arc leaves these places.
        case severalSinks([Int])
        /// The initial marking is not one token on the source.
        case initialNotOnSource
        /// The final marking is not one, or not one token on the sink.
        case finalNotOnSink
        /// These lie on no path from source to sink.
        case notOnPath(places: [Int], transitions: [Int])
    }

    /// The place where cases begin; nil where it is not just one.
    package let source: Int?
    /// The place where cases end; nil where it is not just one.
    package let sink: Int?
    /// What is amiss, in the order above; empty for a workflow net.
    package let problems: [Problem]

    /// Whether nothing is amiss.
    package var isWorkflowNet: Bool { problems.isEmpty }

    /// Looks at a net; linear in its size.
    package init(of net: PetriNet) {
        var isEntered = [Bool](repeating: false, count: net.places.count)
        var isLeft = isEntered
        for transition in net.transitions {
            for arc in transition.outputs { isEntered[arc.place] = true }
            for arc in transition.inputs { isLeft[arc.place] = true }
        }
        let sources = net.places.indices.filter { !isEntered[$0] }
        let sinks = net.places.indices.filter { !isLeft[$0] }
        source = sources.count == 1 ? sources[0] : nil
        sink = sinks.count == 1 ? sinks[0] : nil
        var problems: [Problem] = []
        if sources.isEmpty { problems.append(.noSource) }
        if sources.count > 1 { problems.append(.severalSources(sources)) }
        if sinks.isEmpty { problems.append(.noSink) }
        if sinks.count > 1 { problems.append(.severalSinks(sinks)) }
        if let source, net.initial != Marking(places: [source]) { problems.append(.initialNotOnSource) }
        if let sink, net.final != [Marking(places: [sink])] { problems.append(.finalNotOnSink) }
        if let source, let sink {
            let forward = Self.reached(net, from: source, isForward: true)
            let backward = Self.reached(net, from: sink, isForward: false)
            let places = net.places.indices.filter { !forward.places[$0] || !backward.places[$0] }
            let transitions = net.transitions.indices.filter { !forward.transitions[$0] || !backward.transitions[$0] }
            if !places.isEmpty || !transitions.isEmpty { problems.append(.notOnPath(places: places, transitions: transitions)) }
        }
        self.problems = problems
    }

    /// What can be reached along the arcs, or against them.
    private static func reached(_ net: PetriNet, from start: Int, isForward: Bool) -> (places: [Bool], transitions: [Bool]) {
        var next = [[Int]](repeating: [], count: net.places.count)
        for (number, transition) in net.transitions.enumerated() {
            for arc in isForward ? transition.inputs : transition.outputs { next[arc.place].append(number) }
        }
        var places = [Bool](repeating: false, count: net.places.count)
        var transitions = [Bool](repeating: false, count: net.transitions.count)
        var open = [start]
        places[start] = true
        while let place = open.popLast() {
            for transition in next[place] where !transitions[transition] {
                transitions[transition] = true
                let own = net.transitions[transition]
                for arc in isForward ? own.outputs : own.inputs where !places[arc.place] {
                    places[arc.place] = true
                    open.append(arc.place)
                }
            }
        }
        return (places, transitions)
    }
}
