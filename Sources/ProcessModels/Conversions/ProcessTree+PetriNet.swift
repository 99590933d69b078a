extension ProcessTree {
    /// The tree of a net that is made of sequences, choices, parallel blocks, loops, and inclusive choices among two or three as
    /// ``PetriNet`` makes them of trees, one inside the other.
    ///
    /// Pieces of the net that are a block become one transition with a tree, until one is left (van Zelst, Leemans: "Translating workflow
    /// nets to process trees: an algorithmic approach", Algorithms 13(11), 2020, doi:10.3390/a13110279); where that ends too early it is
    /// tried again with the net reduced. The tree has the language of the net and is reduced. About O(n²) for a net of n arcs.
    ///
    /// - Throws: ``ModelConversionError`` (`weights`, `notFromSourceToSink`, `notBlockStructured`, this also where blocks are nested
    ///   more than a thousand deep).
    package init(_ net: PetriNet) throws(ModelConversionError) {
        for transition in net.transitions where (transition.inputs + transition.outputs).contains(where: { $0.weight != 1 }) {
            throw ModelConversionError(.weights, [transition.id])
        }
        let check = WorkflowNetCheck(of: net)
        guard let source = check.source, let sink = check.sink, check.problems.isEmpty, source != sink else {
            throw ModelConversionError(.notFromSourceToSink)
        }
        var blocks = NetBlocks(net)
        if let tree = blocks.tree(from: source, to: sink) {
            self = tree.reduced()
            return
        }
        let reduced = net.reduced()
        let ends = WorkflowNetCheck(of: reduced)
        if reduced != net, let source = ends.source, let sink = ends.sink, source != sink {
            blocks = NetBlocks(reduced)
            if let tree = blocks.tree(from: source, to: sink) {
                self = tree.reduced()
                return
            }
        }
        throw ModelConversionError(.notBlockStructured, blocks.left)
    }
}

/// A net whose transitions are trees.
private struct NetBlocks {
    private struct Block {
        /// How its parts go together; nil where it is one leaf.
        var operation: ProcessTree.Operator?
        var parts: [ProcessTree]
        /// How many levels it has.
        var depth = 1
        var inputs: Set<Int>
        var outputs: Set<Int>
        /// The transition that it began with.
        var id: String

        var tree: ProcessTree { operation.map { .node($0, parts) } ?? parts[0] }

        /// Adds another one behind it under an operator that is associative.
        mutating func join(_ other: Block, _ operation: ProcessTree.Operator) {
            if self.operation != operation {
                parts = [tree]
                self.operation = operation
                depth += 1
            }
            parts += other.operation == operation ? other.parts : [other.tree]
            depth = max(depth, other.operation == operation ? other.depth : other.depth + 1)
        }

        /// Makes it the body of a loop.
        mutating func loop(_ ways: [Block]) {
            parts = [tree] + ways.map(\.tree)
            operation = .loop
            depth = max(depth, ways.map(\.depth).max() ?? 0) + 1
        }
    }

    /// Blocks may be nested this deep: what is made of them is gone through by recursion.
    private static let greatestDepth = 2 * ProcessTree.greatestDepth

    private var blocks: [Block?]
    /// How deep the deepest block is nested.
    private var deepest = 1
    private var producers: [Set<Int>]
    private var consumers: [Set<Int>]
    /// Places where cases begin or end.
    private var ends: Set<Int>

    init(_ net: PetriNet) {
        blocks = net.transitions.map { transition in
            Block(
                parts: [transition.label.map { .activity($0) } ?? .silent], inputs: Set(transition.inputs.map(\.place)),
                outputs: Set(transition.outputs.map(\.place)), id: transition.id)
        }
        producers = net.places.map { _ in [] }
        consumers = producers
        ends = []
        for block in blocks.indices { attach(block) }
    }

    /// The identifiers of what could not be put together.
    var left: [String] { blocks.compactMap { $0?.id } }

    mutating func tree(from source: Int, to sink: Int) -> ProcessTree? {
        ends = [source, sink]
        while deepest <= Self.greatestDepth, joinTwins() || joinSequence() || joinLoop() || joinParallel() || joinSome() || splitSelfLoop()
        {}
        let rest = blocks.compactMap { $0 }
        guard rest.count == 1, rest[0].inputs == [source], rest[0].outputs == [sink], deepest <= Self.greatestDepth else {
            return nil
        }
        return rest[0].tree
    }

    // MARK: - Blocks

    /// Between the same places: a choice.
    private mutating func joinTwins() -> Bool {
        struct Ends: Hashable {
            var inputs: Set<Int>
            var outputs: Set<Int>
        }
        var first: [Ends: Int] = [:]
        var isChanged = false
        for number in blocks.indices {
            guard let block = blocks[number], block.inputs != block.outputs || block.inputs.count != 1 else { continue }
            let ends = Ends(inputs: block.inputs, outputs: block.outputs)
            guard let twin = first[ends] else {
                first[ends] = number
                continue
            }
            blocks[twin]?.join(block, .exclusive)
            deepest = max(deepest, blocks[twin]?.depth ?? 0)
            remove(number)
            isChanged = true
        }
        return isChanged
    }

    /// A place that only one block leads to and only one leaves, needing and giving nothing else: a sequence.
    private mutating func joinSequence() -> Bool {
        var isChanged = false
        for place in producers.indices where !ends.contains(place) {
            guard producers[place].count == 1, consumers[place].count == 1, let one = producers[place].first,
                let other = consumers[place].first, one != other, let first = blocks[one], let second = blocks[other],
                first.outputs == [place], second.inputs == [place]
            else { continue }
            detach(one)
            remove(other)
            blocks[one]?.join(second, .sequence)
            deepest = max(deepest, blocks[one]?.depth ?? 0)
            blocks[one]?.outputs = second.outputs
            attach(one)
            isChanged = true
        }
        return isChanged
    }

    /// A block that alone leads from one place to another, and those that lead back: a loop.
    private mutating func joinLoop() -> Bool {
        for number in blocks.indices {
            guard let body = blocks[number], body.inputs.count == 1, body.outputs.count == 1, let from = body.inputs.first,
                let to = body.outputs.first, from != to, consumers[from] == [number], producers[to] == [number]
            else { continue }
            let back = consumers[to].filter { blocks[$0]?.inputs == [to] && blocks[$0]?.outputs == [from] }.sorted()
            if back.isEmpty { continue }
            let ways = back.compactMap { blocks[$0] }
            for other in back { remove(other) }
            blocks[number]?.loop(ways)
            deepest = max(deepest, blocks[number]?.depth ?? 0)
            return true
        }
        return false
    }

    /// Blocks between places that are filled together and emptied together: parallel. A place alone between the same is one of them that
    /// does nothing.
    private mutating func joinParallel() -> Bool {
        struct Around: Hashable {
            var before: Set<Int>
            var after: Set<Int>
        }
        var first: [Around: Int] = [:]
        for number in blocks.indices {
            guard let block = blocks[number], block.inputs.count == 1, block.outputs.count == 1, let from = block.inputs.first,
                let to = block.outputs.first, from != to, !ends.contains(from), !ends.contains(to), consumers[from] == [number],
                producers[to] == [number], !producers[from].isEmpty, !consumers[to].isEmpty
            else { continue }
            let around = Around(before: producers[from], after: consumers[to])
            guard let known = first[around] else {
                first[around] = number
                continue
            }
            blocks[known]?.join(block, .parallel)
            deepest = max(deepest, blocks[known]?.depth ?? 0)
            remove(number)
            drop(from)
            drop(to)
            return true
        }
        for place in producers.indices where !ends.contains(place) {
            if producers[place].isEmpty || producers[place] == consumers[place] { continue }
            if first[Around(before: producers[place], after: consumers[place])] == nil { continue }
            drop(place)
            return true
        }
        return false
    }

    /// Silent steps from one place that begin some of two or three blocks, each set of them but the empty one, and pass the others over: an
    /// inclusive choice.
    private mutating func joinSome() -> Bool {
        for place in consumers.indices where consumers[place].count == 3 || consumers[place].count == 7 {
            let choices = consumers[place].compactMap { blocks[$0] }
            let width = choices.count == 3 ? 2 : 3
            guard choices.allSatisfy({ $0.parts == [.silent] && $0.inputs == [place] && $0.outputs.count == width }) else { continue }
            var parts: [(block: Int, from: Int, to: Int)] = []
            for from in choices.reduce(into: Set<Int>(), { $0.formUnion($1.outputs) }).sorted() {
                guard producers[from].isSubset(of: consumers[place]), consumers[from].count == 1, let number = consumers[from].first,
                    let block = blocks[number], block.inputs == [from], block.outputs.count == 1, let to = block.outputs.first,
                    to != from, !ends.contains(to), producers[to].isSubset(of: consumers[place].union([number])),
                    !producers[to].isDisjoint(with: consumers[place])
                else { continue }
                parts.append((number, from, to))
            }
            let after = parts.first.map { consumers[$0.to] } ?? []
            guard parts.count == width, !after.isEmpty, parts.allSatisfy({ consumers[$0.to] == after }) else { continue }
            // Each choice takes or passes over each; being different and not empty, these are all there are.
            let sets = choices.map { choice in parts.map { choice.outputs.contains($0.from) } }
            let isWhole = zip(choices, sets).allSatisfy { choice, set in
                set.contains(true) && zip(parts, set).allSatisfy { choice.outputs.contains($0.to) != $1 }
            }
            if !isWhole || Set(sets).count != choices.count { continue }
            let members = parts.sorted { $0.block < $1.block }.compactMap { blocks[$0.block] }
            var whole = Block(parts: members.map(\.tree), inputs: [place], outputs: [parts[0].to], id: members[0].id)
            whole.operation = .inclusive
            whole.depth = 1 + (members.map(\.depth).max() ?? 0)
            deepest = max(deepest, whole.depth)
            for number in consumers[place].union(parts.map(\.block)) { remove(number) }
            for part in parts.dropFirst() { drop(part.to) }
            blocks.append(whole)
            attach(blocks.count - 1)
            return true
        }
        return false
    }

    /// What leads from a place to itself: the place becomes two, with any number of times that between them.
    private mutating func splitSelfLoop() -> Bool {
        for place in producers.indices {
            let own = producers[place].intersection(consumers[place]).filter {
                blocks[$0]?.inputs == [place] && blocks[$0]?.outputs == [place]
            }.sorted()
            if own.isEmpty || ends.contains(place) { continue }
            let ways = own.compactMap { blocks[$0] }
            let id = blocks[own[0]]?.id ?? ""
            for other in own { remove(other) }
            let behind = producers.count
            producers.append([])
            consumers.append([])
            for other in consumers[place].sorted() {
                detach(other)
                blocks[other]?.inputs.remove(place)
                blocks[other]?.inputs.insert(behind)
                attach(other)
            }
            var block = Block(parts: [.silent], inputs: [place], outputs: [behind], id: id)
            block.loop(ways)
            blocks.append(block)
            attach(blocks.count - 1)
            return true
        }
        return false
    }

    // MARK: - Small tools

    private mutating func attach(_ number: Int) {
        guard let block = blocks[number] else { return }
        for place in block.inputs { consumers[place].insert(number) }
        for place in block.outputs { producers[place].insert(number) }
    }

    private mutating func detach(_ number: Int) {
        guard let block = blocks[number] else { return }
        for place in block.inputs { consumers[place].remove(number) }
        for place in block.outputs { producers[place].remove(number) }
    }

    private mutating func remove(_ number: Int) {
        detach(number)
        blocks[number] = nil
    }

    private mutating func drop(_ place: Int) {
        for number in producers[place] { blocks[number]?.outputs.remove(place) }
        for number in consumers[place] { blocks[number]?.inputs.remove(place) }
        producers[place] = []
        consumers[place] = []
    }
}
