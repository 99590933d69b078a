package import LinearAlgebra

/// Groups of observations around their means.
///
///     let groups = KMeans(points, count: 3, seed: 1)
///     groups.members[0]           // the group of the first row
///     groups.silhouette(of: points, seed: 1)?.mean
///
/// Lloyd's iteration ("Least squares quantization in PCM", IEEE Transactions on Information Theory 28, 1982,
/// doi:10.1109/TIT.1982.1056489) from seeds by k-means++ (Arthur, Vassilvitskii, SODA 2007), the best of ``restarts`` starts. Distances
/// of blocks of rows to all centres come from one matrix product. A group that loses all members restarts at the observation farthest
/// from its centre. Groups are numbered by size, the largest first; ties by their first member.
package struct KMeans: Sendable {
    /// How often it starts anew.
    package static let restarts = 8
    private static let mostRounds = 200

    /// The centres, one row per group.
    package let centers: Matrix
    /// Per observation: its group, from 0.
    package let members: [Int]
    /// Per group: how many belong to it.
    package let sizes: [Int]
    /// Σ squared distance to the own centre.
    package let withinSquares: Double

    /// Groups the rows of a matrix.
    ///
    /// - Parameter count: how many groups; fewer are made where there are fewer different rows.
    /// - Precondition: entries are finite, `count` is positive and there is a row.
    package init(_ points: Matrix, count: Int, seed: UInt64, path: [UInt64] = []) {
        precondition(points.rows > 0 && count > 0, "there are points to group")
        var best: Run?
        for restart in 0..<Self.restarts {
            var stream = RandomStream(seed: seed, path: path + [UInt64(restart)])
            let run = Run(points, seeds: Self.seeds(points, count, &stream))
            if run.squares < (best?.squares ?? .infinity) { best = run }
        }
        let run = best!
        let groups = run.centers.rows
        var sizes = [Int](repeating: 0, count: groups)
        var first = [Int](repeating: .max, count: groups)
        for (row, group) in run.members.enumerated() {
            sizes[group] += 1
            first[group] = min(first[group], row)
        }
        let order = (0..<groups).sorted { (sizes[$1], first[$0]) < (sizes[$0], first[$1]) }
        var number = [Int](repeating: 0, count: groups)
        for (place, group) in order.enumerated() { number[group] = place }
        members = run.members.map { number[$0] }
        self.sizes = order.map { sizes[$0] }
        centers = Matrix(order.map { run.centers.row($0) })
        withinSquares = run.squares
    }

    /// The nearest centre of each row of a matrix, the first of several.
    package func nearest(to points: Matrix) -> [Int] {
        Self.assign(points, centers).members
    }

    /// Rows chosen with probability in proportion to their squared distance from those chosen before.
    private static func seeds(_ points: Matrix, _ count: Int, _ stream: inout RandomStream) -> Matrix {
        var chosen = [points.row(stream.index(below: points.rows))]
        var distances = [Double](repeating: .infinity, count: points.rows)
        while chosen.count < count {
            let center = chosen[chosen.count - 1]
            points.elements.withUnsafeBufferPointer { x in
                distances.withUnsafeMutableBufferPointer { distances in
                    for i in 0..<points.rows {
                        var square = 0.0
                        for j in 0..<points.columns {
                            let difference = x[j * points.rows + i] - center[j]
                            square += difference * difference
                        }
                        distances[i] = min(distances[i], square)
                    }
                }
            }
            let total = distances.reduce(0, +)
            guard total > 0 else { break }
            var target = stream.unit() * total
            var index = 0
            while index < points.rows - 1, target >= distances[index] {
                target -= distances[index]
                index += 1
            }
            // Rounding may end on a row that is chosen already.
            while distances[index] == 0, index > 0 { index -= 1 }
            if distances[index] == 0 { index = distances.firstIndex { $0 > 0 } ?? index }
            chosen.append(points.row(index))
        }
        return Matrix(chosen)
    }

    private struct Run {
        var centers: Matrix
        var members: [Int]
        var squares: Double

        init(_ points: Matrix, seeds: Matrix) {
            centers = seeds
            (members, squares) = ([], 0)
            let (rows, columns) = (points.rows, points.columns)
            var assignment = KMeans.assign(points, centers)
            for _ in 0..<KMeans.mostRounds {
                var sums = Matrix(rows: centers.rows, columns: columns)
                var sizes = [Double](repeating: 0, count: centers.rows)
                for group in assignment.members { sizes[group] += 1 }
                let groups = centers.rows
                sums.withMutableElements { sums in
                    points.elements.withUnsafeBufferPointer { x in
                        assignment.members.withUnsafeBufferPointer { members in
                            for j in 0..<columns {
                                for i in 0..<rows { sums[j * groups + members[i]] += x[j * rows + i] }
                            }
                        }
                    }
                }
                var taken: Set<Int> = []
                for group in 0..<groups {
                    if sizes[group] > 0 {
                        for j in 0..<columns { sums[group, j] /= sizes[group] }
                        continue
                    }
                    let far = (0..<rows).filter { !taken.contains($0) }.max {
                        (assignment.squares[$0], $1) < (assignment.squares[$1], $0)
                    }
                    guard let far else { continue }
                    taken.insert(far)
                    for j in 0..<columns { sums[group, j] = points[far, j] }
                }
                centers = sums
                let next = KMeans.assign(points, centers)
                let isSettled = next.members == assignment.members
                assignment = next
                if isSettled { break }
            }
            members = assignment.members
            // From the differences themselves: the products lose digits.
            for i in 0..<rows {
                for j in 0..<columns {
                    let difference = points[i, j] - centers[members[i], j]
                    squares += difference * difference
                }
            }
        }
    }

    /// Per row the nearest centre and the squared distance to it, ‖x‖² − 2·x·c + ‖c‖².
    private static func assign(_ points: Matrix, _ centers: Matrix) -> (members: [Int], squares: [Double]) {
        let (rows, groups) = (points.rows, centers.rows)
        let products = Matrix.product(points, transposed: false, centers, transposed: true)
        var norms = [Double](repeating: 0, count: groups)
        for group in 0..<groups {
            for j in 0..<centers.columns { norms[group] += centers[group, j] * centers[group, j] }
        }
        var members = [Int](repeating: 0, count: rows)
        var squares = [Double](repeating: 0, count: rows)
        products.elements.withUnsafeBufferPointer { products in
            points.elements.withUnsafeBufferPointer { x in
                for i in 0..<rows {
                    var (best, least) = (0, Double.infinity)
                    for group in 0..<groups {
                        let distance = norms[group] - 2 * products[group * rows + i]
                        if distance < least { (best, least) = (group, distance) }
                    }
                    var norm = 0.0
                    for j in 0..<points.columns { norm += x[j * rows + i] * x[j * rows + i] }
                    members[i] = best
                    squares[i] = max(0, norm + least)
                }
            }
        }
        return (members, squares)
    }
}
