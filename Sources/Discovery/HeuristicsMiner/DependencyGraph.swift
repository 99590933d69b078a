import ProcessModels

/// Which letters depend on which: steps 1 to 12 of the flexible heuristics miner, then the long distances.
struct DependencyGraph {
    private let size: Int
    private var kinds: [CausalNet.Kind?]
    private var values: [Double]

    /// How a dependency was found and how sure it is; nil where there is none.
    subscript(source: Int, target: Int) -> (kind: CausalNet.Kind, value: Double)? {
        kinds[source * size + target].map { ($0, values[source * size + target]) }
    }

    /// What a letter depends on, ascending.
    func sources(of letter: Int) -> [Int] { (0..<size).filter { kinds[$0 * size + letter] != nil } }

    /// What depends on a letter, ascending.
    func targets(of letter: Int) -> [Int] { (0..<size).filter { kinds[letter * size + $0] != nil } }

    init(_ relation: FollowsRelation, _ options: HeuristicsMiner.Options) {
        size = relation.size
        let measures = Measures(relation)
        kinds = Array(repeating: nil, count: size * size)
        values = measures.direct
        let letters = relation.alphabet.indices
        for letter in letters where relation[letter, letter] > 0 && measures.direct(letter, letter) >= options.selfLoop {
            kinds[letter * size + letter] = .selfLoop
        }
        var mates = [[Int]](repeating: [], count: size)
        for one in letters where kinds[one * size + one] == nil {
            for other in letters where other != one && kinds[other * size + other] == nil {
                let value = measures.turns(one, other)
                guard relation.turns(one, other) + relation.turns(other, one) > 0, value >= options.shortLoop else { continue }
                mates[one].append(other)
                kinds[one * size + other] = .shortLoop
                values[one * size + other] = value
            }
        }
        addDirect(relation, measures, mates, options, forward: true)
        addDirect(relation, measures, mates, options, forward: false)
        if let least = options.longDistance { addDistant(relation, least) }
    }

    /// The dependencies that are strong enough or, where all are to be connected, near the strongest of their activity.
    ///
    /// - Parameter forward: whether every activity is to lead on, else that every activity is to be led to.
    private mutating func addDirect(
        _ relation: FollowsRelation, _ measures: Measures, _ mates: [[Int]], _ options: HeuristicsMiner.Options, forward: Bool
    ) {
        // The end leads nowhere and nothing leads to the start.
        let first = forward ? relation.start : relation.end
        func occurs(_ own: Int, _ other: Int) -> Bool { own != other && (forward ? relation[own, other] : relation[other, own]) > 0 }
        func value(_ own: Int, _ other: Int) -> Double { forward ? measures.direct(own, other) : measures.direct(other, own) }
        let all = Array(relation.alphabet.indices) + [first]
        // The strongest ways on of each letter, several where they are equal.
        var best = [[Int]](repeating: [], count: size)
        if options.connectsAll {
            for own in all {
                let others = (0..<size).filter { $0 != first && $0 != own && occurs(own, $0) }
                let most = others.map { value(own, $0) }.max() ?? 0
                best[own] = others.filter { value(own, $0) == most }
            }
            let whole = best
            // Of two letters to and fro, one is enough that has a clearly better way on.
            for own in all {
                best[own].removeAll { other in
                    guard value(own, other) < options.dependency else { return false }
                    return mates[own].contains { mate in
                        whole[mate].contains { value(mate, $0) - value(own, other) > options.relativeToBest }
                    }
                }
            }
        }
        for own in all {
            let strongest = best[own].map { value(own, $0) }.max()
            for other in 0..<size where other != first && other != own && occurs(own, other) {
                let isNearBest = strongest.map { $0 - value(own, other) < options.relativeToBest } ?? false
                guard value(own, other) >= options.dependency || isNearBest || best[own].contains(other) else { continue }
                let cell = forward ? own * size + other : other * size + own
                if kinds[cell] == nil { kinds[cell] = .direct }
            }
        }
    }

    /// Dependencies over a distance, where a case could else pass the one letter without the other (Weijters, Ribeiro, section III.B).
    private mutating func addDistant(_ relation: FollowsRelation, _ least: Double) {
        var found: [(source: Int, target: Int, value: Double)] = []
        for source in relation.alphabet.indices {
            for target in relation.alphabet.indices where target != source && kinds[source * size + target] == nil {
                let together = Double(relation.distant(source, target))
                if together == 0 { continue }
                let (own, other) = (Double(relation.occurrences[source]), Double(relation.occurrences[target]))
                let value = 2 * together / (own + other + 1) - 2 * abs(own - other) / (own + other + 1)
                guard value >= least else { continue }
                let escapes = reaches(source, relation.end, without: target) || reaches(relation.start, target, without: source)
                if escapes { found.append((source, target, value)) }
            }
        }
        for (source, target, value) in found {
            kinds[source * size + target] = .longDistance
            values[source * size + target] = value
        }
    }

    /// Whether there is a way from one letter to another that does not touch a third.
    private func reaches(_ source: Int, _ target: Int, without avoided: Int) -> Bool {
        var seen = [Bool](repeating: false, count: size)
        seen[avoided] = true
        seen[source] = true
        var open = [source]
        while let letter = open.popLast() {
            if letter == target { return true }
            for next in 0..<size where !seen[next] && kinds[letter * size + next] != nil {
                seen[next] = true
                open.append(next)
            }
        }
        return false
    }
}

/// The measures of dependency.
private struct Measures {
    /// Row by source, column by target: how much surer the one order is than the other; of an activity with itself, how sure the loop is.
    let direct: [Double]
    private let turns: [Double]
    private let size: Int

    init(_ relation: FollowsRelation) {
        let size = relation.size
        self.size = size
        var direct = [Double](repeating: 0, count: size * size)
        var turns = direct
        for one in 0..<size {
            for other in 0..<size {
                let (there, back) = (Double(relation[one, other]), Double(relation[other, one]))
                direct[one * size + other] = one == other ? there / (there + 1) : (there - back) / (there + back + 1)
                let both = Double(relation.turns(one, other) + relation.turns(other, one))
                turns[one * size + other] = both / (both + 1)
            }
        }
        self.direct = direct
        self.turns = turns
    }

    func direct(_ source: Int, _ target: Int) -> Double { direct[source * size + target] }

    func turns(_ one: Int, _ other: Int) -> Double { turns[one * size + other] }
}
