package import ProcessModels

extension Footprint {
    /// The footprint of a process tree, put together from those of its children: for trees of any size.
    ///
    /// - Complexity: O(nodes · activities²) at worst.
    package init(of tree: ProcessTree) {
        var names: [String: UInt32] = [:]
        for name in tree.activities where names[name] == nil { names[name] = UInt32(names.count) }
        self.init(of: tree, names: names)
    }

    /// - Parameter names: the numbers of the activities' names, dense from 0; there may be more than the tree has.
    init(of tree: ProcessTree, names: [String: UInt32]) {
        let block = Block(tree, names)
        self.init(
            names: names.sorted { $0.value < $1.value }.map(\.key), Array(block.pairs.map { ($0.first, $0.second) }),
            starts: Array(block.starts), ends: Array(block.ends))
    }
}

/// What a part of a tree can begin and end with, what directly follows what in it, and whether it can pass without an activity.
private struct Block {
    struct Pair: Hashable {
        var first: UInt32
        var second: UInt32
    }

    var starts: Set<UInt32> = []
    var ends: Set<UInt32> = []
    var pairs: Set<Pair> = []
    var activities: Set<UInt32> = []
    var canPass = false

    init(_ tree: ProcessTree, _ names: [String: UInt32]) {
        switch tree {
        case .silent: canPass = true
        case .activity(let name):
            guard let number = names[name] else { return }
            (starts, ends, activities) = ([number], [number], [number])
        case .node(let operation, let children):
            let blocks = children.map { Block($0, names) }
            for block in blocks {
                pairs.formUnion(block.pairs)
                activities.formUnion(block.activities)
            }
            switch operation {
            case .sequence: join(blocks)
            case .exclusive, .parallel, .inclusive, .interleaved:
                for block in blocks {
                    starts.formUnion(block.starts)
                    ends.formUnion(block.ends)
                }
                let passes = blocks.count { $0.canPass }
                canPass = operation == .exclusive || operation == .inclusive ? passes > 0 : passes == blocks.count
                if operation != .exclusive { mix(blocks, wholly: operation != .interleaved) }
            case .loop: go(around: blocks)
            }
        }
    }

    private mutating func follow(_ first: Set<UInt32>, _ second: Set<UInt32>) {
        for one in first {
            for two in second { pairs.insert(Pair(first: one, second: two)) }
        }
    }

    private mutating func join(_ blocks: [Block]) {
        for (index, block) in blocks.enumerated() {
            for other in blocks[(index + 1)...] {
                follow(block.ends, other.starts)
                if !other.canPass { break }
            }
        }
        for block in blocks {
            starts.formUnion(block.starts)
            if !block.canPass { break }
        }
        for block in blocks.reversed() {
            ends.formUnion(block.ends)
            if !block.canPass { break }
        }
        canPass = blocks.allSatisfy(\.canPass)
    }

    /// - Parameter wholly: whether any step of one may follow any step of another, not its last the other's first alone.
    private mutating func mix(_ blocks: [Block], wholly: Bool) {
        for (index, block) in blocks.enumerated() {
            for (place, other) in blocks.enumerated() where place != index {
                follow(wholly ? block.activities : block.ends, wholly ? other.activities : other.starts)
            }
        }
    }

    /// The first block, then any number of times one of the others and the first again.
    private mutating func go(around blocks: [Block]) {
        guard let first = blocks.first else { return }
        var (backStarts, backEnds): (Set<UInt32>, Set<UInt32>) = ([], [])
        for block in blocks.dropFirst() {
            backStarts.formUnion(block.starts)
            backEnds.formUnion(block.ends)
        }
        let backPasses = blocks.dropFirst().contains { $0.canPass }
        follow(first.ends, backStarts)
        follow(backEnds, first.starts)
        if backPasses { follow(first.ends, first.starts) }
        if first.canPass { follow(backEnds, backStarts) }
        (starts, ends, canPass) = (first.starts, first.ends, first.canPass)
        if first.canPass {
            starts.formUnion(backStarts)
            ends.formUnion(backEnds)
        }
    }
}
