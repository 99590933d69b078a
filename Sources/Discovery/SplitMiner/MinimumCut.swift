/// The lightest cut of a weighted graph into two sides (Stoer, Wagner: "A simple min-cut algorithm", Journal of the ACM 44, 1997,
/// doi:10.1145/263867.263872); of several the first found.
///
/// - Complexity: O(size³).
struct MinimumCut {
    /// What the edges across weigh together.
    private(set) var weight = Int.max
    /// The numbers on one side.
    private(set) var side: [Int] = []

    /// The cut of a graph of at least two nodes, whose weights are symmetric.
    init(size: Int, weight bond: (Int, Int) -> Int) {
        var weights = [Int](repeating: 0, count: size * size)
        for one in 0..<size {
            for other in one + 1..<max(one + 1, size) {
                weights[one * size + other] = bond(one, other)
                weights[other * size + one] = weights[one * size + other]
            }
        }
        var merged = (0..<size).map { [$0] }
        var left = Array(0..<size)
        while left.count > 1 {
            // Nodes in order of how tightly they are bound to those before; the last one against all others is a cut.
            var bound = [Int](repeating: 0, count: size)
            var open = left
            var (previous, last) = (left[0], left[0])
            while !open.isEmpty {
                var place = 0
                for candidate in open.indices where bound[open[candidate]] > bound[open[place]] { place = candidate }
                previous = last
                last = open.remove(at: place)
                for node in open { bound[node] += weights[last * size + node] }
            }
            if bound[last] < weight {
                weight = bound[last]
                side = merged[last].sorted()
            }
            for node in left where node != last && node != previous {
                weights[previous * size + node] += weights[last * size + node]
                weights[node * size + previous] = weights[previous * size + node]
            }
            merged[previous] += merged[last]
            left.removeAll { $0 == last }
        }
    }
}
