/// Smaller trees of the same language.
///
/// The rules are those of Leemans: "Robust process mining with guarantees", LNBIP 440, 2022, section 5.1, doi:10.1007/978-3-030-96655-3,
/// and a few more about repetition; each keeps the set of traces exactly. They are applied from the leaves up until none fits any more.
extension ProcessTree {
    /// A tree of the same language in which no rule fits any more:
    ///
    /// - an operator with one child is that child;
    /// - sequences in sequences, choices in choices, parallels in parallels and inclusive choices in inclusive choices are joined
    ///   (interleavings are not associative);
    /// - τ goes under sequence, parallel and interleaving, and under a choice that can do nothing anyway; alternatives that are the same
    ///   up to order stand once;
    /// - an inclusive choice of which a part may do nothing is a choice between nothing and the rest;
    /// - interleaved children of one step each are parallel;
    /// - a loop in the body of a loop gives its ways back to it, ways back that are choices are several ways back, what may do nothing
    ///   both ahead and back is repeated any number of times, and `X( tau, *( a, tau ) )` is `*( tau, a )`.
    ///
    /// Applied again it changes nothing. About O(n² log n) for n nodes, as alternatives are compared by their text.
    package func reduced() -> ProcessTree {
        guard case .node(let operation, let children) = self else { return self }
        return Self.reducing(operation, children.map { $0.reduced() })
    }

    /// The tree with the children of all operators but sequence in the order of their text, the body of a loop staying first: trees
    /// that differ in order alone become equal.
    package func ordered() -> ProcessTree {
        guard case .node(let operation, let children) = self else { return self }
        let own = children.map { $0.ordered() }
        switch operation {
        case .sequence: return .node(operation, own)
        case .loop: return .node(operation, own.prefix(1) + Self.byText(Array(own.dropFirst())))
        case .exclusive, .parallel, .inclusive, .interleaved: return .node(operation, Self.byText(own))
        }
    }

    /// The form in which trees are compared: reduced, then ordered. Trees with equal forms have the same language; the reverse need
    /// not hold.
    package func canonical() -> ProcessTree {
        reduced().ordered()
    }

    /// Whether a case may pass without any activity: whether the empty trace is in the language.
    package var acceptsEmptyTrace: Bool {
        switch self {
        case .activity: false
        case .silent: true
        case .node(let operation, let children):
            switch operation {
            case .sequence, .parallel, .interleaved: children.allSatisfy(\.acceptsEmptyTrace)
            case .exclusive, .inclusive: children.contains { $0.acceptsEmptyTrace }
            case .loop: children[0].acceptsEmptyTrace
            }
        }
    }

    /// The length of the shortest trace.
    package var shortestTrace: Int {
        switch self {
        case .activity: 1
        case .silent: 0
        case .node(let operation, let children):
            switch operation {
            case .sequence, .parallel, .interleaved: children.reduce(0) { $0 + $1.shortestTrace }
            case .exclusive, .inclusive: children.map(\.shortestTrace).min() ?? 0
            case .loop: children[0].shortestTrace
            }
        }
    }

    /// The length of the longest trace; nil where there is none.
    package var longestTrace: Int? {
        switch self {
        case .activity: return 1
        case .silent: return 0
        case .node(let operation, let children):
            let lengths = children.compactMap(\.longestTrace)
            guard lengths.count == children.count else { return nil }
            switch operation {
            case .sequence, .parallel, .interleaved, .inclusive: return lengths.reduce(0, +)
            case .exclusive: return lengths.max() ?? 0
            case .loop: return lengths.allSatisfy { $0 == 0 } ? 0 : nil
            }
        }
    }

    // MARK: Rules

    /// An operator over children that are reduced.
    private static func reducing(_ operation: Operator, _ children: [ProcessTree]) -> ProcessTree {
        switch operation {
        case .sequence, .parallel:
            return joined(operation, children.flatMap { spread($0, operation) }.filter { $0 != .silent })
        case .interleaved:
            let own = children.filter { $0 != .silent }
            return own.allSatisfy { ($0.longestTrace ?? 2) <= 1 } ? reducing(.parallel, own) : joined(operation, own)
        case .exclusive: return choice(children)
        case .inclusive: return inclusiveChoice(children)
        case .loop: return loop(children[0], Array(children.dropFirst()))
        }
    }

    private static func joined(_ operation: Operator, _ children: [ProcessTree]) -> ProcessTree {
        switch children.count {
        case 0: .silent
        case 1: children[0]
        default: .node(operation, children)
        }
    }

    /// The children where the tree is of that operator, else the tree.
    private static func spread(_ tree: ProcessTree, _ operation: Operator) -> [ProcessTree] {
        if case .node(operation, let children) = tree { return children }
        return [tree]
    }

    private static func choice(_ children: [ProcessTree]) -> ProcessTree {
        var own = distinct(children.flatMap { spread($0, .exclusive) })
        if own.contains(.silent) {
            let others = own.filter { $0 != .silent }
            let loops = byText(others.filter { repeated($0) != nil }.map { $0.ordered() })
            if let first = loops.first, let place = others.firstIndex(where: { $0.ordered() == first }), let body = repeated(others[place])
            {
                // Nothing or once and more is any number of times; of several the first by text, whatever their order.
                var next = others
                next[place] = loop(.silent, [body])
                return choice(next)
            }
            if others.contains(where: \.acceptsEmptyTrace) { own = others }
        }
        return joined(.exclusive, own)
    }

    /// The body of a loop whose only way back does nothing.
    private static func repeated(_ tree: ProcessTree) -> ProcessTree? {
        if case .node(.loop, let children) = tree, children.count == 2, children[1] == .silent { return children[0] }
        return nil
    }

    private static func inclusiveChoice(_ children: [ProcessTree]) -> ProcessTree {
        let own = children.flatMap { spread($0, .inclusive) }
        guard own.contains(where: { spread($0, .exclusive).contains(.silent) }) else { return joined(.inclusive, own) }
        let rest = own.compactMap { child -> ProcessTree? in
            let ways = spread(child, .exclusive).filter { $0 != .silent }
            return ways.isEmpty ? nil : joined(.exclusive, ways)
        }
        return rest.isEmpty ? .silent : choice([.silent, inclusiveChoice(rest)])
    }

    private static func loop(_ body: ProcessTree, _ back: [ProcessTree]) -> ProcessTree {
        if case .node(.loop, let inner) = body { return loop(inner[0], inner.dropFirst() + back) }
        let ways = distinct(back.flatMap { spread($0, .exclusive) })
        guard body.acceptsEmptyTrace, body == .silent || ways.contains(where: \.acceptsEmptyTrace) else {
            return .node(.loop, [body] + ways)
        }
        // Any number of times any of them: what each can do beside nothing is enough.
        let parts = distinct(([body] + ways).flatMap(pieces))
        return parts.isEmpty ? .silent : .node(.loop, [.silent] + parts)
    }

    /// Trees that, repeated any number of times, do what the tree does when repeated so.
    private static func pieces(_ tree: ProcessTree) -> [ProcessTree] {
        switch tree {
        case .activity: return [tree]
        case .silent: return []
        case .node(.exclusive, let children): return children.flatMap(pieces)
        case .node(.loop, let children) where children[0] == .silent || children.dropFirst().allSatisfy { $0 == .silent }:
            return children.flatMap(pieces)
        case .node: return [tree]
        }
    }

    /// The first of those that are the same up to order; trees of different size are not.
    private static func distinct(_ trees: [ProcessTree]) -> [ProcessTree] {
        let sizes = trees.map(\.size)
        var counts: [Int: Int] = [:]
        for size in sizes { counts[size, default: 0] += 1 }
        var seen: Set<ProcessTree> = []
        return zip(trees, sizes).filter { counts[$1] == 1 || seen.insert($0.ordered()).inserted }.map(\.0)
    }

    private static func byText(_ trees: [ProcessTree]) -> [ProcessTree] {
        let keyed = trees.map { (key: Array($0.description.utf8), tree: $0) }
        return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.tree)
    }
}
