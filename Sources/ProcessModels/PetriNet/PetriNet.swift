/// A Petri net with labelled transitions, an initial marking and final markings (an accepting Petri net).
///
/// Places and transitions go by their positions; identifiers are what files call them. Arcs are held by transition, so that firing
/// one touches its own arcs alone.
package struct PetriNet: Sendable, Equatable {
    /// A place.
    package struct Place: Sendable, Equatable {
        /// Its identifier, unique in the net.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?

        /// A place.
        package init(id: String, name: String? = nil) {
            self.id = id
            self.name = name
        }
    }

    /// A transition.
    package struct Transition: Sendable, Equatable {
        /// Its identifier, unique in the net.
        package var id: String
        /// The activity that it stands for; nil for a silent one.
        package var label: String?
        /// The arcs from places, one from each at most.
        package var inputs: [Arc]
        /// The arcs to places, one to each at most.
        package var outputs: [Arc]

        /// A transition.
        package init(id: String, label: String?, inputs: [Arc] = [], outputs: [Arc] = []) {
            self.id = id
            self.label = label
            self.inputs = inputs
            self.outputs = outputs
        }

        /// Whether no activity is recorded when it fires.
        package var isSilent: Bool { label == nil }
    }

    /// An arc between a transition and a place.
    package struct Arc: Sendable, Hashable {
        /// The position of the place.
        package var place: Int
        /// How many tokens it moves, at least 1.
        package var weight: Int

        /// An arc.
        package init(_ place: Int, weight: Int = 1) {
            self.place = place
            self.weight = weight
        }
    }

    /// What the net is called; nil where it has no name.
    package var name: String?
    /// The places.
    package var places: [Place]
    /// The transitions.
    package var transitions: [Transition]
    /// Where a case begins.
    package var initial: Marking
    /// Where a case may end; at least one in a net that accepts anything.
    package var final: [Marking]

    /// A net.
    package init(
        name: String? = nil, places: [Place] = [], transitions: [Transition] = [], initial: Marking = Marking(), final: [Marking] = []
    ) {
        self.name = name
        self.places = places
        self.transitions = transitions
        self.initial = initial
        self.final = final
    }

    /// Makes several arcs between the same two nodes one that moves as much.
    mutating func joinArcs() {
        for transition in transitions.indices {
            transitions[transition].inputs = Self.joined(transitions[transition].inputs)
            transitions[transition].outputs = Self.joined(transitions[transition].outputs)
        }
    }

    private static func joined(_ arcs: [Arc]) -> [Arc] {
        if arcs.count < 2 { return arcs }
        var numbers: [Int: Int] = [:]
        var result: [Arc] = []
        for arc in arcs {
            if let known = numbers[arc.place] {
                result[known].weight += arc.weight
            } else {
                numbers[arc.place] = result.count
                result.append(arc)
            }
        }
        return result
    }

    /// Whether a transition may fire.
    package func isEnabled(_ transition: Int, in marking: Marking) -> Bool {
        transitions[transition].inputs.allSatisfy { marking[$0.place] >= $0.weight }
    }

    /// The marking after an enabled transition has fired.
    package func firing(_ transition: Int, in marking: Marking) -> Marking {
        var next = marking
        for arc in transitions[transition].inputs { next[arc.place] -= arc.weight }
        for arc in transitions[transition].outputs { next[arc.place] += arc.weight }
        return next
    }
}

/// How many tokens lie on each place of a net.
package struct Marking: Sendable, Hashable {
    /// The tokens by the position of the place; trailing places without tokens are left out, so that equal markings are equal values.
    package private(set) var tokens: [Int]

    /// The marking with these tokens by the position of the place.
    package init(_ tokens: [Int] = []) {
        self.tokens = tokens
        trim()
    }

    /// The marking with one token on each of these places, more where one is named again.
    package init(places: [Int]) {
        tokens = []
        for place in places { self[place] += 1 }
    }

    /// The tokens on a place.
    package subscript(_ place: Int) -> Int {
        get { place < tokens.count ? tokens[place] : 0 }
        set {
            if place >= tokens.count {
                if newValue == 0 { return }
                tokens.append(contentsOf: repeatElement(0, count: place + 1 - tokens.count))
            }
            tokens[place] = newValue
            if newValue == 0 { trim() }
        }
    }

    /// All tokens.
    package var total: Int { tokens.reduce(0, +) }

    private mutating func trim() {
        while tokens.last == 0 { tokens.removeLast() }
    }
}
