extension ProcessTree {
    /// The tree of a net that is made of sequences, choices, parallel blocks and loops, one inside the other.
    ///
    /// Pieces of the net that are a block become one transition with a tree, until one is left (van Zelst, Leemans: "Translating workflow
    /// nets to process trees: an algorithmic approach", Algorithms 13(11), 2020, doi:10.3390/a13110279); where that ends too early it is
    /// tried again with the net reduced. The tree has the language of the net and is reduced. About O(n²) for a net of n arcs.
    ///
    /// - Throws: ``ModelConversionError`` (`weights`, `notFromSourceToSink`, `notBlockStructured`).
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
        var tree: ProcessTree
        var inputs: Set<Int>
        var outputs: Set<Int>
        /// The transition that it began with.
        var id: String
    }

    private var blocks: [Block?]
    private var producers: [Set<Int>]
    private var consumers: [Set<Int>]
    /// Places where cases begin or end.
    private var ends: Set<Int>

    init(_ net: PetriNet) {
        blocks = net.transitions.map { transition in
            Block(
                tree: transition.label.map { .activity($0) } ?? .silent, inputs: Set(transition.inputs.map(\.place)),
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
        while joinTwins() || joinSequence() || joinLoop() || joinParallel() || splitSelfLoop() {}
        let rest = blocks.compactMap { $0 }
        guard rest.count == 1, rest[0].inputs == [source], rest[0].outputs == [sink] else { return nil }
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
            guard let twin = first[ends], let other = blocks[twin] else {
                first[ends] = number
                continue
            }
            blocks[twin]?.tree = .node(.exclusive, [other.tree, block.tree])
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
            blocks[one]?.tree = .node(.sequence, [first.tree, second.tree])
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
            let ways = back.compactMap { blocks[$0]?.tree }
            for other in back { remove(other) }
            blocks[number]?.tree = .node(.loop, [body.tree] + ways)
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
        var first: [Around: (block: Int, from: Int, to: Int)] = [:]
        for number in blocks.indices {
            guard let block = blocks[number], block.inputs.count == 1, block.outputs.count == 1, let from = block.inputs.first,
                let to = block.outputs.first, from != to, !ends.contains(from), !ends.contains(to), consumers[from] == [number],
                producers[to] == [number], !producers[from].isEmpty, !consumers[to].isEmpty
            else { continue }
            let around = Around(before: producers[from], after: consumers[to])
            guard let known = first[around], let other = blocks[known.block] else {
                first[around] = (number, from, to)
                continue
            }
            blocks[known.block]?.tree = .node(.parallel, [other.tree, block.tree])
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

    /// What leads from a place to itself: the place becomes two, with any number of times that between them.
    private mutating func splitSelfLoop() -> Bool {
        for place in producers.indices {
            let own = producers[place].intersection(consumers[place]).filter {
                blocks[$0]?.inputs == [place] && blocks[$0]?.outputs == [place]
            }.sorted()
            if own.isEmpty || ends.contains(place) { continue }
            let ways = own.compactMap { blocks[$0]?.tree }
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
            blocks.append(Block(tree: .node(.loop, [.silent] + ways), inputs: [place], outputs: [behind], id: id))
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
