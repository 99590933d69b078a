/// A part of a process with one way in and one way out: a task, branches side by side, or regions joined by exclusive ways.
///
/// Letters that are concurrent, directly or by others, make a block; its branches are what order or exclusion holds together. Where that is
/// all of it, it is cut where least speaks for order, or gives up its rarest concurrency where more speaks for order than for that. What remains is one token's
/// walk from region to region, so that exclusive gateways do, and the whole is sound: each region can be reached, is left, and a token
/// that enters it leaves it once.
indirect enum FlowRegion: Equatable {
    /// An activity; `repeats`: any number of times at once.
    case task(Int, repeats: Bool)
    /// All branches; those that are optional may be left out.
    case parallel([Branch])
    /// A walk.
    case walk(Walk)

    struct Branch: Equatable {
        var region: FlowRegion
        var isOptional: Bool
    }

    struct Walk: Equatable {
        var regions: [FlowRegion]
        /// Which region leads to which, by both numbers.
        var ways: [[Int]]
        /// Where it may begin.
        var entries: [Int]
        /// Where it may end.
        var exits: [Int]
    }

    /// The region of a whole graph.
    ///
    /// - Parameter rare: a branch of a block may be left out from this share of its cases on; activities that come together in less than
    ///   this share exclude each other.
    init(_ graph: FlowGraph, _ presence: BranchPresence, rare: Double) {
        var builder = RegionBuilder(graph: graph, presence: presence, rare: rare)
        self = builder.region(
            of: Array(0..<graph.size), from: (0..<graph.size).filter { graph.starts[$0] > 0 },
            to: (0..<graph.size).filter { graph.ends[$0] > 0 })
    }
}

private struct RegionBuilder {
    var graph: FlowGraph
    let presence: BranchPresence
    let rare: Double
    /// Sets of letters that were cut from the rest of their block.
    private var cuts: [Set<Int>] = []

    init(graph: FlowGraph, presence: BranchPresence, rare: Double) {
        self.graph = graph
        self.presence = presence
        self.rare = rare
    }

    /// The region of some letters, entered and left at some of them.
    mutating func region(of letters: [Int], from entries: [Int], to exits: [Int]) -> FlowRegion {
        if letters.count == 1 { return .task(letters[0], repeats: graph.repeats[letters[0]]) }
        let blocks = blocks(of: letters)
        if blocks.count == 1 && blocks[0].count > 1 { return parallel(blocks[0], entries, exits) }
        var number: [Int: Int] = [:]
        for (place, block) in blocks.enumerated() { for letter in block.joined() { number[letter] = place } }
        var walk = FlowRegion.Walk(regions: [], ways: Array(repeating: [], count: blocks.count), entries: [], exits: [])
        for (place, block) in blocks.enumerated() {
            let own = block.joined().sorted()
            var (into, out) = (entries.filter(own.contains), exits.filter(own.contains))
            if !into.isEmpty { walk.entries.append(place) }
            if !out.isEmpty { walk.exits.append(place) }
            var targets: Set<Int> = []
            for letter in own {
                for other in letters where number[other] != place {
                    if graph[letter, other] > 0 {
                        out.append(letter)
                        targets.insert(number[other] ?? 0)
                    }
                    if graph[other, letter] > 0 { into.append(letter) }
                }
            }
            walk.ways[place] = targets.sorted()
            walk.regions.append(block.count == 1 ? region(of: own, from: into, to: out) : parallel(block, into, out))
        }
        connect(&walk)
        return walk.regions.count == 1 && walk.ways[0].isEmpty ? walk.regions[0] : .walk(walk)
    }

    /// The branches of a block, each a region of its own.
    private mutating func parallel(_ branches: [[Int]], _ entries: [Int], _ exits: [Int]) -> FlowRegion {
        let block = branches.joined().sorted()
        return .parallel(
            branches.map { branch in
                let (first, last) = (entries.filter(branch.contains), exits.filter(branch.contains))
                return FlowRegion.Branch(
                    region: region(of: branch, from: first, to: last), isOptional: presence.share(without: branch, among: block) >= rare)
            })
    }

    /// The letters in blocks, each in its branches: those that are concurrent with no other make one of a single letter.
    private mutating func blocks(of letters: [Int]) -> [[[Int]]] {
        while true {
            let blocks = components(of: letters) { graph.areConcurrent($0, $1) }
            var result: [[[Int]]] = []
            var isWhole = true
            for block in blocks {
                let branches = block.count == 1 ? [block] : branches(of: block)
                if block.count > 1 && branches.count == 1 {
                    giveUpRarest(in: block)
                    isWhole = false
                    break
                }
                result.append(branches)
            }
            if isWhole { return result }
        }
    }

    /// The branches of a block: of what order, or exclusion, holds together. Where that is all of it, it is cut where the evidence of order is
    /// least, if there is more of concurrency; a single branch says that there is not.
    private mutating func branches(of block: [Int]) -> [[Int]] {
        let pieces = components(of: block) { bond($0, $1) > 0 }
        if pieces.count > 1 {
            // Parts that nothing makes concurrent are alternatives: side by side they would meet.
            let joined = components(of: Array(pieces.indices)) { one, other in
                !pieces[one].contains { letter in pieces[other].contains { graph.areConcurrent(letter, $0) } }
            }
            return joined.count > 1 ? joined.map { $0.flatMap { pieces[$0] }.sorted() } : pieces
        }
        let cut = MinimumCut(size: block.count) { bond(block[$0], block[$1]) }
        let side = Set(cut.side.map { block[$0] })
        let rest = block.filter { !side.contains($0) }
        var concurrency = 0
        for one in side.sorted() { for other in rest { concurrency += graph.concurrency[one][other] ?? 0 } }
        if 2 * concurrency <= cut.weight { return [block] }
        for one in side.sorted() { for other in rest { graph.separate(one, other) } }
        cuts.append(side)
        return branches(of: block)
    }

    /// How much speaks for two letters being in one branch.
    private func bond(_ one: Int, _ other: Int) -> Int {
        if graph.areConcurrent(one, other) || cuts.contains(where: { $0.contains(one) != $0.contains(other) }) { return 0 }
        let order = graph.orderedness(one, other)
        return order == 0 && presence.share(of: one, with: other) < rare ? presence.least(one, other) : order
    }

    private mutating func giveUpRarest(in block: [Int]) {
        var rarest: (one: Int, other: Int, weight: Int)?
        for one in block {
            for other in block where other > one {
                if let weight = graph.concurrency[one][other], weight < rarest?.weight ?? .max { rarest = (one, other, weight) }
            }
        }
        if let rarest { graph.makeOrdered(rarest.one, rarest.other) }
    }

    /// Groups of letters that a relation joins, ascending, by their smallest letter.
    private func components(of letters: [Int], _ isJoined: (Int, Int) -> Bool) -> [[Int]] {
        var groups = Groups(size: letters.count)
        for one in letters.indices {
            for other in one + 1..<max(one + 1, letters.count) where isJoined(letters[one], letters[other]) { groups.join(one, other) }
        }
        return groups.members().map { $0.map { letters[$0] } }
    }

    /// Lets a walk begin and end wherever a region would else not be reached or not be left.
    private func connect(_ walk: inout FlowRegion.Walk) {
        let count = walk.regions.count
        func cover(_ firsts: [Int], _ next: (Int) -> [Int]) -> [Int] {
            var result = firsts
            var seen = [Bool](repeating: false, count: count)
            func mark(_ first: Int) {
                var open = [first]
                seen[first] = true
                while let place = open.popLast() {
                    for other in next(place) where !seen[other] {
                        seen[other] = true
                        open.append(other)
                    }
                }
            }
            for first in firsts where !seen[first] { mark(first) }
            while seen.contains(false) {
                // The one from which most of the rest is reached, the first of several.
                var best = (place: -1, reach: -1)
                for place in 0..<count where !seen[place] {
                    var reached = seen
                    reached[place] = true
                    var (open, reach) = ([place], 1)
                    while let own = open.popLast() {
                        for other in next(own) where !reached[other] {
                            reached[other] = true
                            reach += 1
                            open.append(other)
                        }
                    }
                    if reach > best.reach { best = (place, reach) }
                }
                result.append(best.place)
                mark(best.place)
            }
            return result.sorted()
        }
        let ways = walk.ways
        walk.entries = cover(walk.entries) { ways[$0] }
        walk.exits = cover(walk.exits) { place in (0..<count).filter { ways[$0].contains(place) } }
    }
}
