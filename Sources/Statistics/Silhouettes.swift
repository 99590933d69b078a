package import LinearAlgebra

/// How well observations lie within their groups: (b − a) ÷ max(a, b), where a is the mean distance to the others of the own group and b
/// the least mean distance to another group; 0 for one alone in its group.
///
/// Rousseeuw: "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", Journal of Computational and
/// Applied Mathematics 20, 1987, doi:10.1016/0377-0427(87)90125-7.
package struct Silhouettes: Sendable, Equatable {
    /// The mean over the observations looked at, −1 … 1.
    package let mean: Double
    /// Per group, the mean over its observations looked at; nil where there is none.
    package let groups: [Double?]
    /// How many observations were looked at.
    package let sampled: Int

    /// The most observations that are looked at; of more, a seeded sample of as many stands for all.
    package static let most = 2000
}

extension KMeans {
    /// The silhouettes of the points that were grouped, by Euclidean distance; nil for a single group.
    package func silhouette(of points: Matrix, seed: UInt64, path: [UInt64] = []) -> Silhouettes? {
        precondition(points.rows == members.count, "the points are those that were grouped")
        let groups = centers.rows
        guard groups > 1 else { return nil }
        var rows = Array(0..<points.rows)
        if rows.count > Silhouettes.most {
            var stream = RandomStream(seed: seed, path: path + [0x5117])
            for place in 0..<Silhouettes.most { rows.swapAt(place, place + stream.index(below: rows.count - place)) }
            rows = rows[..<Silhouettes.most].sorted()
        }
        let count = rows.count
        var sample = Matrix(rows: count, columns: points.columns)
        for (place, row) in rows.enumerated() {
            for j in 0..<points.columns { sample[place, j] = points[row, j] }
        }
        let own = rows.map { members[$0] }
        var sizes = [Int](repeating: 0, count: groups)
        for group in own { sizes[group] += 1 }
        var totals = [Double](repeating: 0, count: groups)
        var counts = [Int](repeating: 0, count: groups)
        var sum = 0.0
        for block in stride(from: 0, to: count, by: 256) {
            let range = block..<min(count, block + 256)
            var part = Matrix(rows: range.count, columns: points.columns)
            for i in range {
                for j in 0..<points.columns { part[i - block, j] = sample[i, j] }
            }
            let products = Matrix.product(part, transposed: false, sample, transposed: true)
            let norms = (0..<count).map { i in (0..<points.columns).reduce(0) { $0 + sample[i, $1] * sample[i, $1] } }
            for i in range {
                var distances = [Double](repeating: 0, count: groups)
                products.elements.withUnsafeBufferPointer { products in
                    for other in 0..<count where other != i {
                        let square = norms[i] + norms[other] - 2 * products[other * range.count + i - block]
                        distances[own[other]] += max(0, square).squareRoot()
                    }
                }
                let group = own[i]
                var value = 0.0
                if sizes[group] > 1 {
                    let inside = distances[group] / Double(sizes[group] - 1)
                    var outside = Double.infinity
                    for other in 0..<groups where other != group && sizes[other] > 0 {
                        outside = min(outside, distances[other] / Double(sizes[other]))
                    }
                    let scale = max(inside, outside)
                    if outside.isFinite, scale > 0 { value = (outside - inside) / scale }
                }
                sum += value
                totals[group] += value
                counts[group] += 1
            }
        }
        return Silhouettes(
            mean: sum / Double(count), groups: totals.indices.map { counts[$0] > 0 ? totals[$0] / Double(counts[$0]) : nil },
            sampled: count)
    }
}
