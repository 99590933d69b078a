/// The net of a process whose steps ask for more than the tokens in front of a node: a place for each marking that can come about, a transition for each
/// step from one to another.
///
/// An inclusive gateway that joins goes on as the standard says (OMG formal/2011-01-03, 13.3.3): where tokens have come along some of its ways, and each
/// token elsewhere that can still come along one of the others can as well come along one of those. An event that ends the process ends it whatever else
/// goes on (13.4.6).
///
/// - Complexity: O(markings · places · transitions) for the markings that can be reached.
struct ProcessStates {
    /// An inclusive gateway that joins.
    struct Join {
        /// Its identifier.
        var id: String
        /// The places that its ways end in.
        var ways: [Int]
        /// The transitions that go on from some of the ways: by the ways as bits of a number, less 1.
        var transitions: Range<Int>
    }

    /// So many markings are looked at; fewer of large nets.
    private static let most = 4_000
    private var most: Int { max(1, min(Self.most, 10_000_000 / max(1, plain.places.count), 40_000_000 / max(1, plain.transitions.count))) }

    private let plain: PetriNet
    private let sink: Int
    private let terminated: Int?
    private let joins: [Join]
    /// By join and place the ways that a token there can still come along, as bits.
    private let reach: [[Int]]
    private let joinOf: [Int: Int]

    /// - Parameters:
    ///   - plain: the net whose transitions fire wherever tokens are, but for those of joins.
    ///   - sink: the place of ends; a case has ended where all its tokens are there.
    ///   - terminated: the place of events that end the process.
    init(_ plain: PetriNet, joins: [Join], sink: Int, terminated: Int?) {
        self.plain = plain
        self.joins = joins
        self.sink = sink
        self.terminated = terminated
        var owner: [Int: Int] = [:]
        for (number, join) in joins.enumerated() {
            for transition in join.transitions { owner[transition] = number }
        }
        joinOf = owner
        var producers = [[Int]](repeating: [], count: plain.places.count)
        for (number, transition) in plain.transitions.enumerated() {
            for arc in transition.outputs { producers[arc.place].append(number) }
        }
        reach = joins.map { join in
            var masks = [Int](repeating: 0, count: plain.places.count)
            for (way, place) in join.ways.enumerated() { masks[place] |= 1 << way }
            var open = join.ways
            while let place = open.popLast() {
                for number in producers[place] where !join.transitions.contains(number) {
                    for arc in plain.transitions[number].inputs where masks[arc.place] | masks[place] != masks[arc.place] {
                        masks[arc.place] |= masks[place]
                        open.append(arc.place)
                    }
                }
            }
            return masks
        }
    }

    /// Whether a transition can fire.
    private func isEnabled(_ number: Int, _ marking: Marking) -> Bool {
        guard plain.isEnabled(number, in: marking) else { return false }
        guard let own = joinOf[number] else { return true }
        let join = joins[own]
        var come = 0
        for (way, place) in join.ways.enumerated() where marking[place] > 0 { come |= 1 << way }
        if number - join.transitions.lowerBound + 1 != come { return false }
        return plain.places.indices.allSatisfy { place in
            let ahead = marking[place] > 0 ? reach[own][place] : 0
            return ahead & ~come == 0 || ahead & come != 0
        }
    }

    /// The net; nil where there are more markings.
    func net() -> PetriNet? {
        var numbers = [plain.initial: 0]
        var markings = [plain.initial]
        var net = PetriNet(
            places: [.init(id: "ended"), .init(id: "marking 1")], initial: Marking(places: [1]), final: [Marking(places: [0])])
        var next = 0
        while next < markings.count {
            let (marking, own) = (markings[next], next + 1)
            next += 1
            let isTerminated = terminated.map { marking[$0] > 0 } ?? false
            if isTerminated || marking[sink] > 0 && marking[sink] == marking.total {
                net.transitions.append(.init(id: "end \(own)", label: nil, inputs: [.init(own)], outputs: [.init(0)]))
                continue
            }
            for number in plain.transitions.indices where isEnabled(number, marking) {
                var after = plain.firing(number, in: marking)
                // How many have ended is all one.
                after[sink] = min(1, after[sink])
                var place = numbers[after]
                if place == nil {
                    if markings.count == most { return nil }
                    place = markings.count
                    numbers[after] = place
                    markings.append(after)
                    net.places.append(.init(id: "marking \(markings.count)"))
                }
                net.transitions.append(
                    .init(
                        id: "step \(net.transitions.count + 1)", label: plain.transitions[number].label, inputs: [.init(own)],
                        outputs: [.init((place ?? 0) + 1)]))
            }
        }
        return net
    }
}
