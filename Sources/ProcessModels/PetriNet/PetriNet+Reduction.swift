/// Smaller nets of the same language.
extension PetriNet {
    /// A net with fewer places and silent transitions that has the same language, and is sound just where this one is.
    ///
    /// The rules are those of Murata: "Petri nets: properties, analysis and applications", Proceedings of the IEEE 77(4), 1989, section V,
    /// doi:10.1109/5.24143, where labels allow: fusion of series places and of series transitions, of parallel places and of parallel
    /// transitions, removal of places and silent transitions that are loops of themselves. A choice is never made earlier or later. A
    /// place where cases begin keeps having no arc in, one where they end no arc out. Transitions with labels keep their identifiers, so
    /// do places that stay.
    ///
    /// About O(n²) for a net of n arcs.
    package func reduced() -> PetriNet {
        var work = NetReduction(self)
        work.run()
        return work.net()
    }
}

/// A net that is being taken apart: what is removed is marked so, and who is at a place is kept up to date.
private struct NetReduction {
    private let original: PetriNet
    private var inputs: [[PetriNet.Arc]]
    private var outputs: [[PetriNet.Arc]]
    private var hasTransition: [Bool]
    private var hasPlace: [Bool]
    private var initial: [Int]
    private var final: [[Int]]
    /// By place, the transitions that put tokens on it, and those that take some.
    private var producers: [Set<Int>]
    private var consumers: [Set<Int>]

    init(_ net: PetriNet) {
        original = net
        inputs = net.transitions.map { Self.joined($0.inputs) }
        outputs = net.transitions.map { Self.joined($0.outputs) }
        hasTransition = net.transitions.map { _ in true }
        hasPlace = net.places.map { _ in true }
        initial = net.places.indices.map { net.initial[$0] }
        final = net.final.map { marking in net.places.indices.map { marking[$0] } }
        producers = net.places.map { _ in [] }
        consumers = producers
        for transition in inputs.indices { attach(transition) }
    }

    mutating func run() {
        var isChanged = true
        while isChanged {
            isChanged = false
            for transition in inputs.indices where hasTransition[transition] && original.transitions[transition].isSilent {
                if dropSelfLoop(transition) || fuseSeries(transition) || fuseAfter(transition) || fuseBefore(transition) {
                    isChanged = true
                }
            }
            if dropTwinTransitions() { isChanged = true }
            if dropPlaces() { isChanged = true }
        }
    }

    func net() -> PetriNet {
        var number = [Int](repeating: -1, count: hasPlace.count)
        var result = PetriNet(name: original.name)
        for place in hasPlace.indices where hasPlace[place] {
            number[place] = result.places.count
            result.places.append(original.places[place])
        }
        let moved: ([PetriNet.Arc]) -> [PetriNet.Arc] = { arcs in arcs.map { .init(number[$0.place], weight: $0.weight) } }
        for transition in inputs.indices where hasTransition[transition] {
            let own = original.transitions[transition]
            result.transitions.append(
                .init(id: own.id, label: own.label, inputs: moved(inputs[transition]), outputs: moved(outputs[transition])))
        }
        let kept = hasPlace.indices.filter { hasPlace[$0] }
        result.initial = Marking(kept.map { initial[$0] })
        for own in final {
            let marking = Marking(kept.map { own[$0] })
            if !result.final.contains(marking) { result.final.append(marking) }
        }
        return result
    }

    // MARK: - Rules

    /// A silent transition that gives back what it takes from one place does nothing.
    private mutating func dropSelfLoop(_ transition: Int) -> Bool {
        guard inputs[transition] == outputs[transition], inputs[transition].count == 1, inputs[transition][0].weight == 1,
            producers[inputs[transition][0].place].count > 1 || consumers[inputs[transition][0].place].count > 1
        else { return false }
        remove(transition)
        return true
    }

    /// A silent transition between two places: they become one where nothing else takes from the first, or where nothing else
    /// comes to the second and what goes on from there needs nothing else.
    private mutating func fuseSeries(_ transition: Int) -> Bool {
        guard let from = single(inputs[transition]), let to = single(outputs[transition]), from != to else { return false }
        let isOnlyWay = consumers[from] == [transition]
        let isOnlyEntry = producers[to] == [transition]
        let isFinalFrom = final.contains { $0[from] > 0 }
        let isFinalTo = final.contains { $0[to] > 0 }
        let isFree = !consumers[to].isEmpty && consumers[to].allSatisfy { single(inputs[$0]) == to }
        guard
            isOnlyWay && !isFinalFrom && (initial[from] == 0 || isOnlyEntry && !isFinalTo)
                || isOnlyEntry && initial[to] == 0 && isFree && !isFinalTo && !isFinalFrom
        else { return false }
        // The place that cases begin or end at stays.
        let (kept, gone) = initial[from] > 0 && !isFinalTo ? (from, to) : (to, from)
        remove(transition)
        for other in producers[gone].union(consumers[gone]).sorted() {
            detach(other)
            inputs[other] = Self.joined(inputs[other].map { $0.place == gone ? .init(kept, weight: $0.weight) : $0 })
            outputs[other] = Self.joined(outputs[other].map { $0.place == gone ? .init(kept, weight: $0.weight) : $0 })
            attach(other)
        }
        initial[kept] += initial[gone]
        for place in final.indices { final[place][kept] += final[place][gone] }
        removePlace(gone)
        return true
    }

    /// A silent transition that alone follows on another one, and needs nothing else, fires with it.
    private mutating func fuseAfter(_ transition: Int) -> Bool {
        guard let place = single(inputs[transition]), isBetween(place), consumers[place] == [transition], producers[place].count == 1,
            let first = producers[place].first
        else { return false }
        guard first != transition, outputs[first].contains(.init(place)), !outputs[transition].isEmpty else { return false }
        let added = outputs[transition]
        remove(transition)
        detach(first)
        outputs[first] = Self.joined(outputs[first].filter { $0.place != place } + added)
        attach(first)
        removePlace(place)
        return true
    }

    /// A silent transition that does nothing but prepare another one, and has nobody to share with, fires with it.
    private mutating func fuseBefore(_ transition: Int) -> Bool {
        guard let place = single(outputs[transition]), isBetween(place), producers[place] == [transition], consumers[place].count == 1,
            let second = consumers[place].first
        else { return false }
        guard second != transition, inputs[second].contains(.init(place)), !inputs[transition].isEmpty,
            inputs[transition].allSatisfy({ arc in consumers[arc.place] == [transition] && !final.contains { $0[arc.place] > 0 } })
        else { return false }
        let added = inputs[transition]
        remove(transition)
        detach(second)
        inputs[second] = Self.joined(inputs[second].filter { $0.place != place } + added)
        attach(second)
        removePlace(place)
        return true
    }

    /// Of transitions that do the same under the same label, the first stays.
    private mutating func dropTwinTransitions() -> Bool {
        struct Shape: Hashable {
            var label: String?
            var inputs: [PetriNet.Arc]
            var outputs: [PetriNet.Arc]
        }
        var seen: Set<Shape> = []
        var isChanged = false
        for transition in inputs.indices where hasTransition[transition] {
            let shape = Shape(
                label: original.transitions[transition].label, inputs: inputs[transition], outputs: outputs[transition])
            if !seen.insert(shape).inserted {
                remove(transition)
                isChanged = true
            }
        }
        return isChanged
    }

    /// Places that always hold as much as another one, and places whose tokens are only borrowed and always enough, hinder nothing.
    private mutating func dropPlaces() -> Bool {
        struct Shape: Hashable {
            var inputs: [Int: Int] = [:]
            var outputs: [Int: Int] = [:]
            var initial: Int
            var final: [Int]
        }
        var shapes = hasPlace.indices.map { place in Shape(initial: initial[place], final: final.map { $0[place] }) }
        for transition in inputs.indices where hasTransition[transition] {
            for arc in inputs[transition] { shapes[arc.place].inputs[transition] = arc.weight }
            for arc in outputs[transition] { shapes[arc.place].outputs[transition] = arc.weight }
        }
        var seen: Set<Shape> = []
        var isChanged = false
        for place in hasPlace.indices where hasPlace[place] {
            let shape = shapes[place]
            let isBorrowed =
                shape.inputs == shape.outputs && shape.inputs.values.allSatisfy { $0 <= shape.initial }
                && shape.final.allSatisfy { $0 == shape.initial } && !(shape.inputs.isEmpty && shape.initial > 0)
                && shape.inputs.keys.allSatisfy { inputs[$0].count > 1 }
            if !isBorrowed && seen.insert(shape).inserted { continue }
            for transition in producers[place].union(consumers[place]).sorted() {
                detach(transition)
                inputs[transition].removeAll { $0.place == place }
                outputs[transition].removeAll { $0.place == place }
                attach(transition)
            }
            removePlace(place)
            isChanged = true
        }
        return isChanged
    }

    // MARK: - Small tools

    /// The place of the only arc, where it moves one token.
    private func single(_ arcs: [PetriNet.Arc]) -> Int? {
        arcs.count == 1 && arcs[0].weight == 1 ? arcs[0].place : nil
    }

    /// Whether cases neither begin nor end there.
    private func isBetween(_ place: Int) -> Bool {
        initial[place] == 0 && !final.contains { $0[place] > 0 }
    }

    /// Arcs by place, those to the same place as one.
    private static func joined(_ arcs: [PetriNet.Arc]) -> [PetriNet.Arc] {
        var result: [PetriNet.Arc] = []
        for arc in arcs.sorted(by: { $0.place < $1.place }) {
            if result.last?.place == arc.place { result[result.count - 1].weight += arc.weight } else { result.append(arc) }
        }
        return result
    }

    private mutating func attach(_ transition: Int) {
        for arc in inputs[transition] { consumers[arc.place].insert(transition) }
        for arc in outputs[transition] { producers[arc.place].insert(transition) }
    }

    private mutating func detach(_ transition: Int) {
        for arc in inputs[transition] { consumers[arc.place].remove(transition) }
        for arc in outputs[transition] { producers[arc.place].remove(transition) }
    }

    private mutating func remove(_ transition: Int) {
        detach(transition)
        inputs[transition] = []
        outputs[transition] = []
        hasTransition[transition] = false
    }

    private mutating func removePlace(_ place: Int) {
        hasPlace[place] = false
        initial[place] = 0
        for own in final.indices { final[own][place] = 0 }
    }
}
