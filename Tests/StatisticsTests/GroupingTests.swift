import LinearAlgebra
import Statistics
import Testing

@Suite struct GroupingTests {
    static func square(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    static func cloud(_ rows: Int, _ columns: Int, centers: Int, seed: UInt64) -> (points: Matrix, truth: [Int]) {
        var stream = RandomStream(seed: seed)
        let middles = (0..<centers).map { _ in (0..<columns).map { _ in stream.normal() * 20 } }
        let truth = (0..<rows).map { _ in stream.index(below: centers) }
        return (Matrix(truth.map { group in middles[group].map { $0 + stream.normal() } }), truth)
    }

    /// scikit-learn 1.9.1: PCA().fit of x1, x3 and y.
    @Test func componentsAgreeWithScikitLearn() throws {
        let matrix = Matrix((0..<60).map { [FixedSample.x1[$0], FixedSample.x3[$0], FixedSample.y[$0]] })
        let components = try PrincipalComponents(matrix, standardized: false)
        #expect(PlainRegression.agree(components.variances, [2.9753906724235186, 0.24552519088518823, 0.08186571971814709]))
        #expect(
            PlainRegression.agree(
                components.directions.elements,
                [
                    0.635244185515268, 0.006172574695617827, 0.7722866851698735, 0.7666916807301715, -0.1254519064851195,
                    -0.6296393299805803, 0.09299834121202995, 0.9920805000003152, -0.08442505582429262,
                ]))
    }

    /// The covariance by loops: each direction is an eigenvector of it, and the variance of the scores is the eigenvalue.
    @Test(arguments: [true, false])
    func componentsAgreeWithPlainLoops(standardized: Bool) throws {
        let matrix = Self.cloud(80, 5, centers: 3, seed: 3).points
        let components = try PrincipalComponents(matrix, standardized: standardized)
        var columns = (0..<5).map { matrix.column($0) }
        for j in 0..<5 {
            let mean = columns[j].reduce(0, +) / 80
            let deviation = (columns[j].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 79).squareRoot()
            columns[j] = columns[j].map { ($0 - mean) / (standardized ? deviation : 1) }
        }
        let covariance = columns.map { a in columns.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / 79 } }
        let scores = components.scores(of: matrix, count: 5)
        for k in 0..<5 {
            let direction = components.directions.column(k)
            let image = PlainRegression.times(covariance, direction)
            for j in 0..<5 { #expect(abs(image[j] - components.variances[k] * direction[j]) < 1e-9 * components.variances[0]) }
            let score = scores.column(k)
            #expect(abs(score.reduce(0) { $0 + $1 * $1 } / 79 - components.variances[k]) < 1e-9 * components.variances[0])
        }
        #expect(abs(components.shares.reduce(0, +) - 1) < 1e-12)
    }

    @Test func groupsAreFoundAndTheSameEachTime() {
        let cloud = Self.cloud(400, 4, centers: 4, seed: 11)
        let groups = KMeans(cloud.points, count: 4, seed: 1)
        #expect(Set(zip(cloud.truth, groups.members).map { $0.0 * 10 + $0.1 }).count == 4)
        #expect(groups.sizes == groups.sizes.sorted(by: >) && groups.sizes.reduce(0, +) == 400)
        #expect(KMeans(cloud.points, count: 4, seed: 1).members == groups.members)
        #expect(groups.nearest(to: cloud.points) == groups.members)
        // Every point is nearest to its own centre, every centre the mean of its members.
        var squares = 0.0
        for i in 0..<400 {
            let distances = (0..<4).map { Self.square(cloud.points.row(i), groups.centers.row($0)) }
            #expect(distances.min() == distances[groups.members[i]])
            squares += distances[groups.members[i]]
        }
        #expect(abs(squares - groups.withinSquares) < 1e-9 * squares)
    }

    /// Against the best of all partitions of a few points in two.
    @Test func bestOfAllPartitions() {
        for seed in 0..<20 {
            var stream = RandomStream(seed: UInt64(seed))
            let points = (0..<9).map { _ in [stream.normal(), stream.normal()] }
            var best = Double.infinity
            for mask in 1..<(1 << 8) {
                var squares = 0.0
                for side in [0, 1] {
                    let part = points.indices.filter { ($0 == 8 ? 0 : (mask >> $0) & 1) == side }.map { points[$0] }
                    for j in 0..<2 where !part.isEmpty {
                        let mean = part.reduce(0) { $0 + $1[j] } / Double(part.count)
                        squares += part.reduce(0) { $0 + ($1[j] - mean) * ($1[j] - mean) }
                    }
                }
                best = min(best, squares)
            }
            let groups = KMeans(Matrix(points), count: 2, seed: 1)
            #expect(groups.withinSquares >= best - 1e-9)
            #expect(groups.withinSquares < best * 1.1)
        }
    }

    /// scikit-learn 1.9.1: KMeans(3, n_init=20).inertia_ and silhouette_score.
    @Test func agreesWithScikitLearn() {
        let rows = (1...60).map { i -> [Double] in
            let first = FixedSample.x1[i - 1] + (i % 3 == 0 ? 4.0 : 0)
            return [first, FixedSample.x3[i - 1] + (i % 3 == 1 ? 3.0 : 0)]
        }
        let points = Matrix(rows)
        let groups = KMeans(points, count: 3, seed: 1)
        #expect(abs(groups.withinSquares - 84.10266429636727) < 1e-9)
        #expect(abs(groups.silhouette(of: points, seed: 1)!.mean - 0.5611507822751246) < 1e-9)
    }

    @Test func silhouettesAgreeWithPlainLoops() {
        let points = Self.cloud(150, 3, centers: 2, seed: 4).points
        let groups = KMeans(points, count: 3, seed: 2)
        var sum = 0.0
        for i in 0..<150 {
            var (totals, counts) = ([0.0, 0, 0], [0.0, 0, 0])
            for j in 0..<150 where j != i {
                totals[groups.members[j]] += Self.square(points.row(i), points.row(j)).squareRoot()
                counts[groups.members[j]] += 1
            }
            let own = groups.members[i]
            guard counts[own] > 0 else { continue }
            let inside = totals[own] / counts[own]
            let outside = (0..<3).filter { $0 != own }.map { totals[$0] / counts[$0] }.min()!
            sum += (outside - inside) / max(inside, outside)
        }
        #expect(abs(groups.silhouette(of: points, seed: 1)!.mean - sum / 150) < 1e-9)
    }

    @Test func manyPointsAreSampled() {
        let cloud = Self.cloud(2600, 2, centers: 3, seed: 5)
        let groups = KMeans(cloud.points, count: 3, seed: 1)
        let silhouettes = groups.silhouette(of: cloud.points, seed: 1)!
        #expect(silhouettes.sampled == Silhouettes.most && silhouettes.mean > 0.7)
        #expect(KMeans(Matrix([[1], [1], [1]]), count: 3, seed: 1).sizes == [3])
    }
}

@Suite struct FalseDiscoveryTests {
    /// statsmodels 0.15.0: multipletests(method='fdr_bh').
    @Test func agreesWithStatsmodels() {
        let adjusted = FalseDiscovery.adjusted([0.01, 0.04, nil, 0.03, 0.2, 0.5, 0.001])
        #expect(PlainRegression.agree(adjusted.compactMap { $0 }, [0.03, 0.06, 0.06, 0.24, 0.5, 0.006]))
        #expect(adjusted[2] == nil)
    }
}
