import EventLogs
import ProcessModels

/// What the heuristics count: steps, to and fro, and what follows at any distance, with a start before and an end behind every case.
struct FollowsRelation {
    /// The activity of each letter, as the log numbers it, in the order of the names.
    let alphabet: [UInt32]
    /// Row by the letter before, column by the letter after.
    private var steps: [Int]
    /// How often a letter comes, another one, and the first again.
    private var turns: [Int]
    /// How often a letter comes and later another one, neither of them between; empty where nobody asked.
    private var distances: [Int] = []
    /// How often each letter comes.
    private(set) var occurrences: [Int]

    /// So many activities have a letter, the most frequent ones; the tables are of the square of their number.
    static let mostActivities = 2_000

    /// How many letters there are, start and end included.
    var size: Int { alphabet.count + 2 }
    /// The letter before every case.
    var start: Int { alphabet.count }
    /// The letter behind every case.
    var end: Int { alphabet.count + 1 }

    init(_ variants: VariantIndex, _ counts: DirectlyFollowsCounts, distances wantsDistances: Bool) {
        let present = counts.names.ids.filter { counts.activityCounts[Int($0)] > 0 }
        let (count, rank) = (counts.activityCounts, counts.nameRanks)
        let frequent = present.sorted { left, right in
            let (own, other) = (count[Int(left)], count[Int(right)])
            return own != other ? own > other : rank[Int(left)] < rank[Int(right)]
        }
        alphabet = frequent.prefix(Self.mostActivities).sorted { rank[Int($0)] < rank[Int($1)] }
        var letters = [Int](repeating: -1, count: counts.names.count)
        for (letter, activity) in alphabet.enumerated() { letters[Int(activity)] = letter }
        let size = alphabet.count + 2
        steps = [Int](repeating: 0, count: size * size)
        turns = [Int](repeating: 0, count: size * size)
        occurrences = [Int](repeating: 0, count: size)
        for edge in 0..<counts.edgeCount {
            let (source, target) = (letters[Int(counts.source[edge])], letters[Int(counts.target[edge])])
            if source >= 0 && target >= 0 { steps[source * size + target] = counts.edgeCounts[edge] }
        }
        for (letter, activity) in alphabet.enumerated() {
            steps[(size - 2) * size + letter] = counts.startCounts[Int(activity)]
            steps[letter * size + size - 1] = counts.endCounts[Int(activity)]
            occurrences[letter] = counts.activityCounts[Int(activity)]
        }
        countTurns(variants, letters)
        if wantsDistances { countDistances(variants, letters) }
    }

    /// How often one letter directly follows another.
    subscript(source: Int, target: Int) -> Int { steps[source * size + target] }

    /// How often one letter comes, another one, and the first again.
    func turns(_ letter: Int, _ other: Int) -> Int { turns[letter * size + other] }

    /// How often one letter comes and later another one, neither of them between.
    func distant(_ source: Int, _ target: Int) -> Int { distances.isEmpty ? 0 : distances[source * size + target] }

    private mutating func countTurns(_ variants: VariantIndex, _ letters: [Int]) {
        let size = size
        turns.withUnsafeMutableBufferPointer { turns in
            for rank in 0..<variants.count {
                let count = variants.counts[rank]
                variants.activities(ofRank: rank + 1).withUnsafeBufferPointer { trace in
                    for place in 2..<max(2, trace.count) where trace[place] == trace[place - 2] && trace[place] != trace[place - 1] {
                        let (letter, other) = (letters[Int(trace[place])], letters[Int(trace[place - 1])])
                        if letter >= 0 && other >= 0 { turns[letter &* size &+ other] &+= count }
                    }
                }
            }
        }
    }

    /// For each letter of a trace, the letters that came since it last did.
    ///
    /// The letters seen stand in a line, the last one first, so that just these are visited.
    private mutating func countDistances(_ variants: VariantIndex, _ letters: [Int]) {
        let size = size
        distances = [Int](repeating: 0, count: size * size)
        var line = [Int](repeating: 0, count: size)
        distances.withUnsafeMutableBufferPointer { distances in
            line.withUnsafeMutableBufferPointer { line in
                for rank in 0..<variants.count {
                    let count = variants.counts[rank]
                    var length = 0
                    variants.activities(ofRank: rank + 1).withUnsafeBufferPointer { trace in
                        for activity in trace {
                            let letter = letters[Int(activity)]
                            if letter < 0 { continue }
                            var place = 0
                            var moved = letter
                            // Each letter passed moves back by one, and the own one to the front.
                            while place < length {
                                let other = line[place]
                                line[place] = moved
                                if other == letter { break }
                                distances[other &* size &+ letter] &+= count
                                moved = other
                                place &+= 1
                            }
                            if place == length {
                                line[length] = moved
                                length &+= 1
                            }
                        }
                    }
                }
            }
        }
    }
}
