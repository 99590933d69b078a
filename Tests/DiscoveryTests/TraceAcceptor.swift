import ProcessModels

/// Says exactly whether a process tree can play a trace: by partial derivatives (Antimirov 1996), each remembered.
///
/// A reference of its own: it knows nothing of nets, and of the operators only what they mean.
final class TraceAcceptor {
    /// What may still happen.
    private indirect enum Rest: Hashable {
        case nothing
        case activity(String)
        case sequence([Rest])
        case choice([Rest])
        case mix([Rest])
        case repeated(Rest)
    }

    private var numbers: [Rest: Int] = [:]
    private var rests: [Rest] = []
    private var steps: [[String: [Int]]] = []
    private var canEnd: [Bool] = []
    private var first = 0

    init(_ tree: ProcessTree) {
        first = number(Self.rest(tree))
    }

    /// Whether the tree can play the trace.
    func accepts(_ trace: some Sequence<String>) -> Bool {
        var states: [Int] = [first]
        for activity in trace {
            var next: [Int] = []
            for state in states {
                for target in step(state, activity) where !next.contains(target) { next.append(target) }
            }
            if next.isEmpty { return false }
            states = next
        }
        return states.contains { canEnd[$0] }
    }

    private static func rest(_ tree: ProcessTree) -> Rest {
        switch tree {
        case .silent: return .nothing
        case .activity(let name): return .activity(name)
        case .node(let operation, let children):
            let parts = children.map(rest)
            switch operation {
            case .sequence: return sequence(parts)
            case .exclusive: return .choice(parts)
            case .parallel: return mix(parts)
            case .loop:
                let others = parts.count == 2 ? parts[1] : .choice(Array(parts.dropFirst()))
                return sequence([parts[0], .repeated(sequence([others, parts[0]]))])
            case .inclusive, .interleaved: preconditionFailure("no miner of ours makes these")
            }
        }
    }

    private static func sequence(_ parts: [Rest]) -> Rest {
        let flat = parts.flatMap { part -> [Rest] in
            if case .sequence(let inner) = part { return inner }
            return part == .nothing ? [] : [part]
        }
        return flat.isEmpty ? .nothing : flat.count == 1 ? flat[0] : .sequence(flat)
    }

    private static func mix(_ parts: [Rest]) -> Rest {
        let left = parts.filter { $0 != .nothing }
        return left.isEmpty ? .nothing : left.count == 1 ? left[0] : .mix(left)
    }

    private static func canEnd(_ rest: Rest) -> Bool {
        switch rest {
        case .nothing, .repeated: true
        case .activity: false
        case .sequence(let parts), .mix(let parts): parts.allSatisfy(canEnd)
        case .choice(let parts): parts.contains(where: canEnd)
        }
    }

    private static func derivatives(_ rest: Rest, _ activity: String) -> [Rest] {
        switch rest {
        case .nothing: return []
        case .activity(let name): return name == activity ? [.nothing] : []
        case .choice(let parts): return parts.flatMap { derivatives($0, activity) }
        case .mix(let parts):
            return parts.indices.flatMap { place in
                derivatives(parts[place], activity).map { after in
                    var next = parts
                    next[place] = after
                    return mix(next)
                }
            }
        case .repeated(let body): return derivatives(body, activity).map { sequence([$0, rest]) }
        case .sequence(let parts):
            var result: [Rest] = []
            for place in parts.indices {
                result += derivatives(parts[place], activity).map { sequence([$0] + parts[(place + 1)...]) }
                if !canEnd(parts[place]) { break }
            }
            return result
        }
    }

    private func number(_ rest: Rest) -> Int {
        if let known = numbers[rest] { return known }
        numbers[rest] = rests.count
        rests.append(rest)
        steps.append([:])
        canEnd.append(Self.canEnd(rest))
        return rests.count - 1
    }

    private func step(_ state: Int, _ activity: String) -> [Int] {
        if let known = steps[state][activity] { return known }
        var targets: [Int] = []
        for rest in Self.derivatives(rests[state], activity) {
            let target = number(rest)
            if !targets.contains(target) { targets.append(target) }
        }
        steps[state][activity] = targets
        return targets
    }
}
