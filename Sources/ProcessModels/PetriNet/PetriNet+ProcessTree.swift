extension PetriNet {
    /// The workflow net of a tree: one place where cases begin, one where they end, and exactly the traces of the tree between.
    ///
    /// After Leemans: "Robust process mining with guarantees", LNBIP 440, 2022, section 2.4, with silent transitions only where a loop
    /// would else mix with what stands beside it. Inclusive choices among up to three write out which are taken, wider ones keep whether
    /// anything has begun yet, and interleaved children share one token that the one at work holds; so places and transitions are linear in
    /// the size of the tree. The net is sound and safe whatever the tree.
    package init(_ tree: ProcessTree, name: String? = nil) {
        var builder = TreeNetBuilder()
        builder.build(tree)
        self.init(
            name: name, places: builder.places, transitions: builder.transitions, initial: Marking(places: [0]),
            final: [Marking(places: [1])])
    }
}

private struct TreeNetBuilder {
    private(set) var places: [PetriNet.Place] = [.init(id: "source"), .init(id: "sink")]
    private(set) var transitions: [PetriNet.Transition] = []

    mutating func build(_ tree: ProcessTree) {
        buildGuarded(tree, from: 0, to: 1)
    }

    private mutating func place() -> Int {
        places.append(.init(id: "p\(places.count - 1)"))
        return places.count - 1
    }

    private mutating func transition(_ label: String?, from inputs: [Int], to outputs: [Int]) {
        let id = "t\(transitions.count + 1)"
        transitions.append(.init(id: id, label: label, inputs: inputs.map { .init($0) }, outputs: outputs.map { .init($0) }))
    }

    /// Whether what is built of a tree puts tokens back on the place it begins at, and takes tokens from the one it ends at.
    ///
    /// Both are true of a loop alone: its ways back run from its end to its beginning.
    private static func goesBack(_ tree: ProcessTree) -> (first: Bool, last: Bool) {
        switch tree {
        case .activity, .silent: return (false, false)
        case .node(.sequence, let children):
            guard let first = children.first, let last = children.last else { return (false, false) }
            return (goesBack(first).first, goesBack(last).last)
        case .node(.loop, _): return (true, true)
        case .node(_, let children):
            return children.count == 1 ? goesBack(children[0]) : (false, false)
        }
    }

    /// Builds a tree between places that other things begin or end at as well.
    private mutating func buildGuarded(_ tree: ProcessTree, from start: Int, to end: Int) {
        let back = Self.goesBack(tree)
        let (ownStart, ownEnd) = (back.first ? place() : start, back.last ? place() : end)
        if back.first { transition(nil, from: [start], to: [ownStart]) }
        build(tree, from: ownStart, to: ownEnd)
        if back.last { transition(nil, from: [ownEnd], to: [end]) }
    }

    private mutating func build(_ tree: ProcessTree, from start: Int, to end: Int) {
        switch tree {
        case .activity(let name): transition(name, from: [start], to: [end])
        case .silent: transition(nil, from: [start], to: [end])
        case .node(_, let children) where children.isEmpty: transition(nil, from: [start], to: [end])
        case .node(let operation, let children) where children.count == 1 && operation != .loop:
            build(children[0], from: start, to: end)
        case .node(let operation, let children):
            switch operation {
            case .sequence: buildSequence(children, from: start, to: end)
            case .exclusive: for child in children { buildGuarded(child, from: start, to: end) }
            case .parallel: buildParallel(children, from: start, to: end)
            case .inclusive: buildInclusive(children, from: start, to: end)
            case .interleaved: buildInterleaved(children, from: start, to: end)
            case .loop:
                build(children[0], from: start, to: end)
                for child in children.dropFirst() { buildGuarded(child, from: end, to: start) }
            }
        }
    }

    private mutating func buildSequence(_ children: [ProcessTree], from start: Int, to end: Int) {
        var from = start
        for (index, child) in children.enumerated() {
            let isLast = index == children.count - 1
            let to = isLast ? end : place()
            build(child, from: from, to: to)
            from = to
            if !isLast, Self.goesBack(child).last, Self.goesBack(children[index + 1]).first {
                from = place()
                transition(nil, from: [to], to: [from])
            }
        }
    }

    private mutating func buildParallel(_ children: [ProcessTree], from start: Int, to end: Int) {
        let starts = children.map { _ in place() }
        let ends = children.map { _ in place() }
        transition(nil, from: [start], to: starts)
        for (index, child) in children.enumerated() { build(child, from: starts[index], to: ends[index]) }
        transition(nil, from: ends, to: [end])
    }

    private mutating func buildInclusive(_ children: [ProcessTree], from start: Int, to end: Int) {
        let begun = children.map { _ in place() }
        let done = children.map { _ in place() }
        var ending = done
        if children.count <= 3 {
            for subset in 1..<(1 << children.count) {
                transition(nil, from: [start], to: children.indices.map { subset >> $0 & 1 == 1 ? begun[$0] : done[$0] })
            }
        } else {
            ending.append(chooseSome(children.count, from: start, to: begun, passing: done))
        }
        for (index, child) in children.enumerated() {
            // The child ends where passing it over ends too.
            if Self.goesBack(child).last {
                let own = place()
                build(child, from: begun[index], to: own)
                transition(nil, from: [own], to: [done[index]])
            } else {
                build(child, from: begun[index], to: done[index])
            }
        }
        transition(nil, from: ending, to: [end])
    }

    /// Begins some of many: one may be passed over only once another one has begun. Gives back the place that tells that one has.
    private mutating func chooseSome(_ count: Int, from start: Int, to begun: [Int], passing done: [Int]) -> Int {
        let (none, some) = (place(), place())
        let open = (0..<count).map { _ in place() }
        transition(nil, from: [start], to: open + [none])
        for index in 0..<count {
            transition(nil, from: [open[index], none], to: [begun[index], some])
            transition(nil, from: [open[index], some], to: [begun[index], some])
            transition(nil, from: [open[index], some], to: [done[index], some])
        }
        return some
    }

    private mutating func buildInterleaved(_ children: [ProcessTree], from start: Int, to end: Int) {
        let free = place()
        let open = children.map { _ in place() }
        let done = children.map { _ in place() }
        transition(nil, from: [start], to: open + [free])
        for (index, child) in children.enumerated() {
            if case .activity(let name) = child {
                transition(name, from: [open[index], free], to: [done[index], free])
                continue
            }
            let (begun, ended) = (place(), place())
            transition(nil, from: [open[index], free], to: [begun])
            build(child, from: begun, to: ended)
            transition(nil, from: [ended], to: [done[index], free])
        }
        transition(nil, from: done + [free], to: [end])
    }
}
