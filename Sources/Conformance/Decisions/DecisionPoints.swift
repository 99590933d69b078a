import EventLogs
package import ProcessModels

/// Where a net chooses, and what was chosen in each case.
struct DecisionPoints {
    /// A place whose token one of several transitions takes.
    struct Choice {
        var place: Int
        /// The transitions, ascending.
        var transitions: [Int]
    }

    /// A choice that was made: which, what, and how many instances of the trace had come when it could first be made.
    struct Made {
        var choice: Int
        var outcome: Int
        var before: Int
    }

    let choices: [Choice]
    /// Per variant, by rank − 1: the choices that were made, in order.
    let made: [[Made]]

    init(_ alignments: Alignments) {
        let net = alignments.net.net
        var consumers = [[Int]](repeating: [], count: net.places.count)
        for (index, transition) in net.transitions.enumerated() { for arc in transition.inputs { consumers[arc.place].append(index) } }
        let choices = consumers.indices.filter { consumers[$0].count > 1 }.map { Choice(place: $0, transitions: consumers[$0]) }
        var own = [[(choice: Int, outcome: Int, place: Int)]](repeating: [], count: net.transitions.count)
        for (index, choice) in choices.enumerated() {
            for (outcome, transition) in choice.transitions.enumerated() { own[transition].append((index, outcome, choice.place)) }
        }
        self.choices = choices
        made = alignments.alignments.map { Self.made($0, net, own) }
    }

    /// Follows the tokens of an alignment, each with how many instances had come when it came: after a recorded step so many as with it, after another
    /// the most of those it came from. So what is known at a choice does not depend on when an alignment makes it, nor on which way it goes.
    private static func made(_ alignment: Alignment, _ net: PetriNet, _ own: [[(choice: Int, outcome: Int, place: Int)]]) -> [Made] {
        var tokens = net.places.indices.map { [Int](repeating: 0, count: net.initial[$0]) }
        var result: [Made] = []
        var taken = 0
        for move in alignment.moves {
            if move.takesInstance { taken += 1 }
            guard move.transition != Alignment.Move.none, Int(move.transition) < net.transitions.count else { continue }
            let transition = net.transitions[Int(move.transition)]
            // What is not recorded was not seen to be chosen; a silent step is the net's only way to what was.
            if move.kind != .skipped {
                for (choice, outcome, place) in own[Int(move.transition)] {
                    result.append(Made(choice: choice, outcome: outcome, before: tokens[place].first ?? 0))
                }
            }
            var moment = 0
            for arc in transition.inputs {
                for token in tokens[arc.place].prefix(arc.weight) { moment = max(moment, token) }
                tokens[arc.place].removeFirst(min(arc.weight, tokens[arc.place].count))
            }
            if move.takesInstance { moment = taken }
            for arc in transition.outputs { tokens[arc.place].append(contentsOf: repeatElement(moment, count: arc.weight)) }
        }
        return result
    }
}

extension PetriNet {
    /// The activities that may come next once a transition has fired, through silent ones, in order of their transitions: its own where it has one.
    package func nextActivities(after transition: Int) -> [String] {
        if let label = transitions[transition].label { return [label] }
        var consumers = [[Int]](repeating: [], count: places.count)
        for (index, transition) in transitions.enumerated() { for arc in transition.inputs { consumers[arc.place].append(index) } }
        var seen: Set<Int> = [transition]
        var open = [transition]
        var found: Set<Int> = []
        while let next = open.popLast() {
            for arc in transitions[next].outputs {
                for other in consumers[arc.place] where seen.insert(other).inserted {
                    if transitions[other].label == nil { open.append(other) } else { found.insert(other) }
                }
            }
        }
        var names: [String] = []
        for label in found.sorted().compactMap({ transitions[$0].label }) where !names.contains(label) { names.append(label) }
        return names
    }
}
