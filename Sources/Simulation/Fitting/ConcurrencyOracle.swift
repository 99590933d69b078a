/// Which pairs of activities run beside each other: neither waits for the other.
///
/// Only cases that hold both exactly once count, so that a loop back is no concurrency. A pair is concurrent when, in at least 4 % of
/// these cases and in three of them, either follows directly upon the other, both ways, or when their intervals overlap as often.
struct ConcurrencyOracle {
    private let count: Int
    private let isConcurrent: [Bool]

    /// The pairs found, the first of each before the second.
    let pairs: [(Int, Int)]

    init(_ work: ObservedWork) {
        let n = work.activityNames.count
        count = n
        var both = [Int](repeating: 0, count: n * n)
        var direct = both
        var overlaps = both
        var seen = [Int](repeating: 0, count: n)
        for range in work.cases {
            for row in range { seen[work.activity[row]] += 1 }
            let once = range.filter { seen[work.activity[$0]] == 1 }
            for (place, first) in once.enumerated() {
                for second in once[(place + 1)...] {
                    let a = work.activity[first]
                    let b = work.activity[second]
                    both[min(a, b) * n + max(a, b)] += 1
                    if work.start[second] < work.completion[first] {
                        overlaps[min(a, b) * n + max(a, b)] += 1
                    } else if second == first + 1 {
                        direct[a * n + b] += 1
                    }
                }
            }
            for row in range { seen[work.activity[row]] = 0 }
        }
        var isConcurrent = [Bool](repeating: false, count: n * n)
        var pairs: [(Int, Int)] = []
        for a in 0..<n {
            for b in (a + 1)..<max(n, a + 1) where both[a * n + b] > 0 {
                let evidence = min(direct[a * n + b], direct[b * n + a]) + overlaps[a * n + b]
                if evidence >= 3 && evidence * 25 >= both[a * n + b] {
                    isConcurrent[a * n + b] = true
                    isConcurrent[b * n + a] = true
                    pairs.append((a, b))
                }
            }
        }
        self.isConcurrent = isConcurrent
        self.pairs = pairs
    }

    /// Whether two activities run beside each other.
    func callsConcurrent(_ a: Int, _ b: Int) -> Bool { isConcurrent[a * count + b] }
}
