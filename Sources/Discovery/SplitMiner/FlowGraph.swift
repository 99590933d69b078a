/// Which letter leads to which and which are concurrent: what gateways are drawn from.
struct FlowGraph {
    /// How many letters there are.
    let size: Int
    /// Row by the letter before, column by the letter after; 0 where there is no way.
    var ways: [Int]
    /// Per letter: how often it begins a case; 0 where that is no way.
    var starts: [Int]
    /// Per letter: how often it ends a case; 0 where that is no way.
    var ends: [Int]
    /// Per letter: whether it is repeated at once.
    var repeats: [Bool]
    /// The letters that are concurrent with each, and how often the rarer order of the two occurs.
    private(set) var concurrency: [[Int: Int]]
    /// The ways that come back where two letters turn out not to be concurrent.
    private let original: [Int]

    /// Nothing concurrent yet; `original`: the ways that there would be without the choice of some, nil where there was none.
    init(size: Int, ways: [Int], starts: [Int], ends: [Int], repeats: [Bool], original: [Int]? = nil) {
        self.size = size
        self.ways = ways
        self.starts = starts
        self.ends = ends
        self.repeats = repeats
        concurrency = Array(repeating: [:], count: size)
        self.original = original ?? ways
    }

    /// How often one letter leads to another.
    subscript(source: Int, target: Int) -> Int { ways[source * size + target] }

    /// Whether two letters are concurrent.
    func areConcurrent(_ one: Int, _ other: Int) -> Bool { concurrency[one][other] != nil }

    /// From now on the two are concurrent, and neither leads to the other.
    mutating func makeConcurrent(_ one: Int, _ other: Int) {
        let weight = min(original[one * size + other], original[other * size + one])
        concurrency[one][other] = weight
        concurrency[other][one] = weight
        ways[one * size + other] = 0
        ways[other * size + one] = 0
    }

    /// How sure it is that one of two letters comes first: by how many times more often it does.
    func orderedness(_ one: Int, _ other: Int) -> Int { abs(original[one * size + other] - original[other * size + one]) }

    /// From now on neither leads to the other.
    mutating func separate(_ one: Int, _ other: Int) {
        ways[one * size + other] = 0
        ways[other * size + one] = 0
    }

    /// From now on the two are not concurrent, and lead to each other again as often as they did.
    mutating func makeOrdered(_ one: Int, _ other: Int) {
        concurrency[one][other] = nil
        concurrency[other][one] = nil
        ways[one * size + other] = original[one * size + other]
        ways[other * size + one] = original[other * size + one]
    }

    /// The letters that a start reaches, or that reach an end.
    func connected(forward: Bool) -> [Bool] {
        var seen = (forward ? starts : ends).map { $0 > 0 }
        var open = seen.indices.filter { seen[$0] }
        while let letter = open.popLast() {
            for other in 0..<size where !seen[other] && (forward ? self[letter, other] : self[other, letter]) > 0 {
                seen[other] = true
                open.append(other)
            }
        }
        return seen
    }
}

extension FlowGraph {
    /// The ways of a log by the rules of the split miner.
    init(_ relation: FollowsRelation, _ options: SplitMiner.Options) {
        let size = relation.alphabet.count
        var ways = [Int](repeating: 0, count: size * size)
        for one in 0..<size {
            for other in 0..<size where other != one { ways[one * size + other] = relation[one, other] }
        }
        self.init(
            size: size, ways: ways, starts: (0..<size).map { relation[relation.start, $0] },
            ends: (0..<size).map { relation[$0, relation.end] },
            repeats: (0..<size).map {
                relation[$0, $0] > 0 && Double(relation[$0, $0]) >= options.rare * Double(relation.occurrences[$0])
            })
        let out = (0..<size).map { one in (0..<size).reduce(relation[one, relation.end]) { max($0, relation[one, $1]) } }
        let into = (0..<size).map { one in (0..<size).reduce(relation[relation.start, one]) { max($0, relation[$1, one]) } }
        func tells(_ one: Int, _ other: Int) -> Bool {
            Double(relation[one, other]) >= options.noise * Double(min(out[one], into[other]))
        }
        for one in 0..<size {
            for other in one + 1..<max(one + 1, size) {
                let (there, back) = (relation[one, other], relation[other, one])
                guard there > 0 && back > 0 else { continue }
                let turns = relation.turns(one, other) + relation.turns(other, one)
                if turns > 0 && relation[one, one] == 0 && relation[other, other] == 0
                    && Double(turns) >= options.rare * Double(there + back)
                {
                    continue
                }
                let isEven = Double(abs(there - back)) < options.concurrency * Double(there + back)
                if isEven && tells(one, other) && tells(other, one) {
                    makeConcurrent(one, other)
                } else if there < back {
                    self.ways[one * size + other] = 0
                } else {
                    self.ways[other * size + one] = 0
                }
            }
        }
        reconnect()
        filter(options.filter, local: options.noise)
    }

    /// Gives up concurrency that has cut off letters from the start or the end, the most frequent first.
    mutating func reconnect() {
        while true {
            let (fore, back) = (connected(forward: true), connected(forward: false))
            var best: (one: Int, other: Int, weight: Int)?
            for one in 0..<size where !fore[one] || !back[one] {
                for (other, weight) in concurrency[one].sorted(by: { $0.key < $1.key }) {
                    let helps = (!fore[one] && fore[other]) || (!back[one] && back[other])
                    if helps && weight > best?.weight ?? -1 { best = (one, other, weight) }
                }
            }
            guard let (one, other, _) = best else {
                restoreBroken(fore, back)
                return
            }
            makeOrdered(one, other)
        }
    }

    /// What cannot be reached for want of a way that was dropped as the rarer one gets all its ways back.
    private mutating func restoreBroken(_ fore: [Bool], _ back: [Bool]) {
        for one in 0..<size where !fore[one] || !back[one] {
            for other in 0..<size where !areConcurrent(one, other) {
                if !fore[one] { ways[other * size + one] = original[other * size + one] }
                if !back[one] { ways[one * size + other] = original[one * size + other] }
            }
        }
    }

    /// Keeps the best paths from the start and to the end, what is as frequent as the percentile of the strongest ways (section 4.3), and what
    /// is no noise beside the other ways from the same letter: where a third of the cases end early, they may.
    mutating func filter(_ percentile: Double, local: Double) {
        let into = (0..<size).map { letter in (0..<size).reduce(starts[letter]) { max($0, self[$1, letter]) } }
        let out = (0..<size).map { letter in (0..<size).reduce(ends[letter]) { max($0, self[letter, $1]) } }
        let begun = starts.max() ?? 0
        func isRare(_ count: Int, _ least: Int, beside most: Int) -> Bool { count < least && Double(count) < local * Double(most) }
        let strongest = (into + out).sorted()
        guard !strongest.isEmpty else { return }
        let least = strongest[min(strongest.count - 1, Int((percentile * Double(strongest.count - 1)).rounded()))]
        let (before, after) = (bestNeighbours(forward: true), bestNeighbours(forward: false))
        for one in 0..<size {
            for other in 0..<size where isRare(self[one, other], least, beside: out[one]) && before[other] != one && after[one] != other {
                ways[one * size + other] = 0
            }
            if isRare(starts[one], least, beside: begun) && before[one] != size { starts[one] = 0 }
            if isRare(ends[one], least, beside: out[one]) && after[one] != size { ends[one] = 0 }
        }
    }

    /// The letter before each on the path from the start whose rarest way is the most frequent, or the one after on that to the end; `size`
    /// for the start and the end themselves.
    private func bestNeighbours(forward: Bool) -> [Int] {
        var neighbour = [Int](repeating: size, count: size)
        var capacity = forward ? starts : ends
        var isDone = [Bool](repeating: false, count: size)
        for _ in 0..<size {
            var next = -1
            for letter in 0..<size where !isDone[letter] && (next < 0 || capacity[letter] > capacity[next]) { next = letter }
            isDone[next] = true
            for other in 0..<size where !isDone[other] {
                let way = min(capacity[next], forward ? self[next, other] : self[other, next])
                if way > capacity[other] {
                    capacity[other] = way
                    neighbour[other] = next
                }
            }
        }
        return neighbour
    }
}
