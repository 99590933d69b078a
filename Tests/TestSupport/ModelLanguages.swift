package import ProcessModels
import Statistics

extension ProcessTree {
    /// A seeded random tree with at most so many leaves.
    ///
    /// - Parameters:
    ///   - leaves: how many leaves at most.
    ///   - operators: which operators may stand in it.
    ///   - silent: how likely a leaf is τ.
    ///   - repeating: whether an activity may stand several times; else the leaves are a, b, c, … from left to right.
    package static func random(
        seed: UInt64, leaves: Int = 6, operators: [Operator] = Operator.allCases, silent: Double = 0.15, repeating: Bool = false
    ) -> ProcessTree {
        var stream = RandomStream(seed: seed, path: 41)
        var next = 0
        return random(1 + stream.index(below: leaves), &next, operators, silent, repeating ? max(2, leaves / 2) : nil, &stream)
    }

    private static func random(
        _ leaves: Int, _ next: inout Int, _ operators: [Operator], _ silent: Double, _ names: Int?, _ stream: inout RandomStream
    ) -> ProcessTree {
        if leaves == 1 {
            if stream.unit() < silent { return .silent }
            next += 1
            let number = names.map { stream.index(below: $0) } ?? (next - 1)
            return .activity(number < 26 ? String(UnicodeScalar(UInt8(97 + number))) : "a\(number)")
        }
        let operation = operators[stream.index(below: operators.count)]
        var sizes: [Int] = []
        var left = leaves
        while left > 0 {
            let most = sizes.isEmpty ? left - 1 : left
            let size = 1 + stream.index(below: min(most, max(1, leaves / 2 + 1)))
            sizes.append(size)
            left -= size
        }
        return .node(operation, sizes.map { random($0, &next, operators, silent, names, &stream) })
    }

    /// Every trace of at most so many steps, by the definition of the operators and nothing else: for comparison, exponential.
    package func language(upTo longest: Int) -> Set<[String]> {
        switch self {
        case .activity(let name): return longest > 0 ? [[name]] : []
        case .silent: return [[]]
        case .node(let operation, let children):
            let languages = children.map { $0.language(upTo: longest) }
            switch operation {
            case .sequence: return languages.reduce([[]]) { Self.joined($0, $1, longest) }
            case .exclusive: return languages.reduce(into: []) { $0.formUnion($1) }
            case .parallel: return languages.reduce([[]]) { Self.mixed($0, $1, longest) }
            case .inclusive:
                // What some of those so far did, if any did.
                var result: Set<[String]> = []
                for own in languages { result = result.union(own).union(Self.mixed(result, own, longest)) }
                return result
            case .interleaved:
                var result: Set<[String]> = []
                for first in languages.indices {
                    var others = children
                    others.remove(at: first)
                    let rest = others.isEmpty ? [[]] : ProcessTree.node(.interleaved, others).language(upTo: longest)
                    result.formUnion(Self.joined(languages[first], rest, longest))
                }
                return result
            case .loop:
                let back = languages.dropFirst().reduce(into: Set<[String]>()) { $0.formUnion($1) }
                let round = Self.joined(back, languages[0], longest)
                var result = languages[0]
                var latest = result
                while !latest.isEmpty {
                    latest = Self.joined(latest, round, longest).subtracting(result)
                    result.formUnion(latest)
                }
                return result
            }
        }
    }

    private static func joined(_ left: Set<[String]>, _ right: Set<[String]>, _ longest: Int) -> Set<[String]> {
        var result: Set<[String]> = []
        for one in left {
            for other in right where one.count + other.count <= longest { result.insert(one + other) }
        }
        return result
    }

    private static func mixed(_ left: Set<[String]>, _ right: Set<[String]>, _ longest: Int) -> Set<[String]> {
        var result: Set<[String]> = []
        for one in left {
            for other in right where one.count + other.count <= longest { mix(one[...], other[...], [], &result) }
        }
        return result
    }

    private static func mix(_ left: ArraySlice<String>, _ right: ArraySlice<String>, _ done: [String], _ result: inout Set<[String]>) {
        guard let one = left.first, let other = right.first else {
            result.insert(done + left + right)
            return
        }
        mix(left.dropFirst(), right, done + [one], &result)
        mix(left, right.dropFirst(), done + [other], &result)
    }
}

extension PetriNet {
    /// Every trace of at most so many steps that leads from the initial to a final marking, by firing whatever can fire; nil where
    /// more than `most` markings with traces were met.
    package func language(upTo longest: Int, most: Int = 200_000) -> Set<[String]>? {
        struct State: Hashable {
            var marking: Marking
            var trace: [String]
        }
        var seen: Set<State> = [State(marking: initial, trace: [])]
        var open = Array(seen)
        var result: Set<[String]> = []
        while let state = open.popLast() {
            if final.contains(state.marking) { result.insert(state.trace) }
            for transition in transitions.indices where isEnabled(transition, in: state.marking) {
                var next = State(marking: firing(transition, in: state.marking), trace: state.trace)
                if let label = transitions[transition].label {
                    if next.trace.count == longest { continue }
                    next.trace.append(label)
                }
                if seen.insert(next).inserted { open.append(next) }
            }
            if seen.count > most { return nil }
        }
        return result
    }

    /// Whether the net can do these activities in this order and end.
    package func accepts(_ activities: [String]) -> Bool {
        func closed(_ markings: Set<Marking>) -> Set<Marking> {
            var seen = markings
            var open = Array(markings)
            while let marking = open.popLast() {
                for (place, transition) in transitions.enumerated() where transition.isSilent && isEnabled(place, in: marking) {
                    let next = firing(place, in: marking)
                    if seen.insert(next).inserted { open.append(next) }
                }
            }
            return seen
        }
        var here = closed([initial])
        for activity in activities {
            var next: Set<Marking> = []
            for (place, transition) in transitions.enumerated() where transition.label == activity {
                for marking in here where isEnabled(place, in: marking) { next.insert(firing(place, in: marking)) }
            }
            here = closed(next)
        }
        return final.contains { here.contains($0) }
    }
}
