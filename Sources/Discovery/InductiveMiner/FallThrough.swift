import ProcessModels

/// What the inductive miner does where there is no cut: each loses some precision, none any trace.
///
/// The order is that of Leemans: "Robust process mining with guarantees", LNBIP 440, 2022, section 6.1.2.
enum FallThrough {
    /// One letter goes beside the others.
    case beside(Int)
    /// Traces are repetitions of these.
    case repetition(TraceBag)
    /// Anything at all.
    case flower

    /// The fall-through of a bag that has two letters or one that repeats, without empty traces.
    init(of bag: TraceBag, _ matrix: FollowsMatrix, cut: (FollowsMatrix) -> Cut?) {
        if let letter = Self.oncePerTrace(bag) ?? Self.concurrent(bag, matrix, cut: cut) {
            self = .beside(letter)
        } else if let pieces = bag.cutting(where: { matrix.ends[$0] > 0 && matrix.starts[$1] > 0 })
            ?? bag.cutting(where: { matrix.starts[$1] > 0 })
        {
            self = .repetition(pieces)
        } else {
            self = .flower
        }
    }

    /// The first letter that occurs just once in every trace.
    private static func oncePerTrace(_ bag: TraceBag) -> Int? {
        let size = bag.alphabet.count
        if size < 2 { return nil }
        var occurrences = [Int](repeating: 0, count: size)
        var holders = occurrences
        var seen = [Int](repeating: -1, count: size)
        var number = 0
        bag.forEach { trace, _ in
            for letter in trace {
                let letter = Int(letter)
                occurrences[letter] &+= 1
                if seen[letter] != number {
                    seen[letter] = number
                    holders[letter] &+= 1
                }
            }
            number += 1
        }
        return (0..<size).first { occurrences[$0] == number && holders[$0] == number }
    }

    /// The first letter without which the others have a cut; each is tried, so that it is not looked for among more than 150.
    private static func concurrent(_ bag: TraceBag, _ matrix: FollowsMatrix, cut: (FollowsMatrix) -> Cut?) -> Int? {
        if bag.alphabet.count < 3 || bag.alphabet.count > 150 { return nil }
        let bridges = Bridges(over: bag)
        return bag.alphabet.indices.first { cut(bridges.matrix(matrix, without: $0)) != nil }
    }
}

/// Per letter, what would follow what if it were not there.
private struct Bridges {
    /// A run of one letter in a trace: what stands before and after it (−1 for nothing), and how often.
    private struct Run {
        var before: Int32
        var after: Int32
        var count: Int
    }

    private var runs: [Run] = []
    private var offsets: [Int]

    init(over bag: TraceBag) {
        let size = bag.alphabet.count
        var counts = [Int](repeating: 0, count: size + 1)
        bag.forEach { trace, _ in
            var last = UInt32.max
            for letter in trace where letter != last {
                counts[Int(letter) + 1] &+= 1
                last = letter
            }
        }
        for letter in 0..<size { counts[letter + 1] += counts[letter] }
        offsets = counts
        runs = Array(repeating: Run(before: -1, after: -1, count: 0), count: counts[size])
        runs.withUnsafeMutableBufferPointer { runs in
            bag.forEach { trace, count in
                var before = Int32(-1)
                var place = 0
                while place < trace.count {
                    let letter = trace[place]
                    var next = place + 1
                    while next < trace.count && trace[next] == letter { next += 1 }
                    let slot = counts[Int(letter)]
                    counts[Int(letter)] = slot + 1
                    runs[slot] = Run(before: before, after: next < trace.count ? Int32(trace[next]) : -1, count: count)
                    before = Int32(letter)
                    place = next
                }
            }
        }
    }

    /// The counts of the bag without a letter.
    func matrix(_ matrix: FollowsMatrix, without letter: Int) -> FollowsMatrix {
        var result = FollowsMatrix(size: matrix.size - 1)
        let letters = (0..<matrix.size).filter { $0 != letter }
        for (row, source) in letters.enumerated() {
            result.starts[row] = matrix.starts[source]
            result.ends[row] = matrix.ends[source]
            for (column, target) in letters.enumerated() { result[row, column] = matrix[source, target] }
        }
        for run in runs[offsets[letter]..<offsets[letter + 1]] {
            let before = Int(run.before) - (run.before > letter ? 1 : 0)
            let after = Int(run.after) - (run.after > letter ? 1 : 0)
            if before >= 0 && after >= 0 {
                result[before, after] += run.count
            } else if before >= 0 {
                result.ends[before] += run.count
            } else if after >= 0 {
                result.starts[after] += run.count
            }
        }
        return result
    }
}
