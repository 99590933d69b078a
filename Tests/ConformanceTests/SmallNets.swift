import ProcessModels

@testable import Conformance

/// Hand-written nets.
enum SmallNets {
    /// A net from its transitions: label (empty for a silent one), places before, places after. Place 0 holds the token at the beginning,
    /// the place of the highest number at the end.
    static func net(_ transitions: [(label: String, from: [Int], to: [Int])]) -> PetriNet {
        let places = transitions.flatMap { $0.from + $0.to }.max()! + 1
        return PetriNet(
            places: (0..<places).map { PetriNet.Place(id: "p\($0)") },
            transitions: transitions.enumerated().map { index, one in
                PetriNet.Transition(
                    id: "t\(index)", label: one.label.isEmpty ? nil : one.label, inputs: one.from.map { PetriNet.Arc($0) },
                    outputs: one.to.map { PetriNet.Arc($0) })
            },
            initial: Marking(places: [0]), final: [Marking(places: [places - 1])])
    }

    /// a, then b and c in any order (c may be left out silently), then d.
    static let parallel = net([
        ("a", [0], [1, 2]), ("b", [1], [3]), ("c", [2], [4]), ("", [2], [4]), ("d", [3, 4], [5]),
    ])
    /// a, then b any number of times, then c; the loop is silent.
    static let loop = net([("a", [0], [1]), ("b", [1], [2]), ("", [2], [1]), ("", [1], [2]), ("c", [2], [3])])
}
