import Statistics
import Testing

@Suite struct KMedoidsTests {
    /// Points on a line with weights, and their distances.
    private func line(_ seed: UInt64, _ count: Int) -> (distances: [Float], weights: [Double]) {
        var stream = RandomStream(seed: seed, path: 0x4ED)
        let points = (0..<count).map { _ in Float(stream.index(below: 1_000)) }
        let weights = (0..<count).map { _ in Double(1 + stream.index(below: 5)) }
        return (points.flatMap { one in points.map { abs(one - $0) } }, weights)
    }

    private func cost(_ medoids: [Int], _ distances: [Float], _ weights: [Double]) -> Double {
        weights.indices.reduce(0) { sum, place in
            sum + weights[place] * Double(medoids.map { distances[place * weights.count + $0] }.min()!)
        }
    }

    @Test("No exchange of one medoid is left that lowers the cost, and the cost is near the least of all choices", arguments: 1...12)
    func optimum(seed: Int) {
        let (distances, weights) = line(UInt64(seed), 11)
        for count in 1...3 {
            let groups = KMedoids(distances, count: count, weights: weights)
            #expect(groups.medoids.count == count)
            #expect(abs(groups.cost - cost(groups.medoids, distances, weights)) < 1e-6)
            var least = Double.infinity
            func choose(_ chosen: [Int], _ from: Int) {
                if chosen.count == count {
                    least = min(least, cost(chosen, distances, weights))
                    return
                }
                for next in from..<11 { choose(chosen + [next], next + 1) }
            }
            choose([], 0)
            #expect(groups.cost <= least * 1.25 + 1e-6)
            for (place, _) in groups.medoids.enumerated() {
                for candidate in 0..<11 where !groups.medoids.contains(candidate) {
                    var other = groups.medoids
                    other[place] = candidate
                    #expect(cost(other, distances, weights) >= groups.cost - 1e-6)
                }
            }
        }
    }

    @Test("Two clear groups are found, the heavier first, and lie well")
    func clear() {
        let points: [Float] = [0, 1, 2, 100, 101]
        let distances = points.flatMap { one in points.map { abs(one - $0) } }
        let weights: [Double] = [1, 1, 1, 9, 1]
        let groups = KMedoids(distances, count: 2, weights: weights)
        #expect(groups.members == [1, 1, 1, 0, 0] && groups.medoids == [3, 1])
        #expect(groups.silhouette(distances, weights: weights).mean > 0.97)
    }

    @Test("A weight is as good as copies: groups and silhouettes are the same")
    func weights() {
        let points: [Float] = [0, 3, 10, 12, 40]
        let counts = [2, 1, 3, 1, 2]
        let copies = zip(points, counts).flatMap { Array(repeating: $0, count: $1) }
        func distances(_ points: [Float]) -> [Float] { points.flatMap { one in points.map { abs(one - $0) } } }
        let weighted = KMedoids(distances(points), count: 3, weights: counts.map(Double.init))
        let plain = KMedoids(distances(copies), count: 3, weights: copies.map { _ in 1 })
        #expect(abs(weighted.cost - plain.cost) < 1e-6)
        let one = weighted.silhouette(distances(points), weights: counts.map(Double.init))
        let other = plain.silhouette(distances(copies), weights: copies.map { _ in 1 })
        #expect(abs(one.mean - other.mean) < 1e-9)
    }
}
