package import LinearAlgebra

/// Ordinary least squares, or ridge regression, with an intercept and standard errors that hold where the spread differs from
/// observation to observation.
///
///     let fit = try LinearRegression(DesignMatrix(Matrix([[1], [2], [3], [5]])), [2.1, 3.9, 6.2, 9.8])
///     let slope = fit.coefficients[0]?.value          // 1.93…
///
/// The Gram matrix of the centred and scaled columns grows block by block (`dsyrk`), is factored by Cholesky, and the solution is
/// refined once from its residuals. Columns that depend on those before them are aliased: they get no coefficient. Standard errors are
/// White's sandwich with MacKinnon and White's corrections HC1 or HC3 ("Some heteroskedasticity-consistent covariance matrix
/// estimators with improved finite sample properties", Journal of Econometrics 29, 1985, doi:10.1016/0304-4076(85)90158-7); with
/// clusters (observations that share what is not modelled) the wider of that and the clustered sandwich, the latter with Student's t
/// of G − 1 degrees of freedom. Ridge shrinks the coefficients of the scaled columns (variance 1 over n) by λ·Σb², never the
/// intercept (Hoerl, Kennard, Technometrics 12, 1970, doi:10.1080/00401706.1970.10488634); its intervals are of the shrunk
/// coefficients, not of the truth.
///
/// - Complexity: O(n·p²), in memory p² and blocks of rows.
package struct LinearRegression: Sendable {
    /// The correction of the sandwich.
    package enum Errors: Sendable {
        /// Times n ÷ (n − k).
        case hc1
        /// Each residual divided by 1 − its leverage.
        case hc3
    }

    /// The expected outcome where every column is 0.
    package let intercept: RegressionCoefficient
    /// Per column; nil for aliased ones.
    package let coefficients: [RegressionCoefficient?]
    /// The columns that are constant or depend on those before them, ascending.
    package let aliased: [Int]
    /// The number of observations.
    package let n: Int
    /// Σ residual².
    package let residualSumOfSquares: Double
    /// 1 − residual ÷ total sum of squares; nil where the outcome never varies.
    package let rSquared: Double?
    /// n − the number of parameters, for ridge the effective one.
    package let degreesOfFreedom: Double
    /// The (unclustered) covariance of intercept and coefficients that are not aliased.
    package let covariance: Matrix
    private let table: CoefficientTable

    /// Fits `outcomes`.
    ///
    /// - Parameters:
    ///   - penalty: λ ≥ 0; 0 is ordinary least squares.
    ///   - clusters: per observation the number, from 0, of the cluster to which it belongs.
    ///   - absorbed: how many means were taken away from columns and outcomes before (``DesignMatrix/centered(within:)``): each observation
    ///     pulled on them, too.
    /// - Throws: `notFinite`; `tooFew` where there are no more observations than parameters.
    package init(
        _ design: DesignMatrix, _ outcomes: [Double], errors: Errors = .hc3, penalty: Double = 0, clusters: [Int32]? = nil,
        absorbed: Int = 0
    ) throws(RegressionError) {
        precondition(design.rows == outcomes.count && penalty >= 0, "there is one outcome per row")
        precondition(clusters.map { $0.count == outcomes.count } ?? true, "there is one cluster per row")
        if let row = outcomes.firstIndex(where: { !$0.isFinite }) { throw .notFinite(row: row, column: -1) }
        let own = try StandardizedDesign(design, intercept: true)
        let width = own.width
        guard outcomes.count > width + absorbed else { throw .tooFew }
        let count = Double(outcomes.count)
        let center = outcomes.reduce(0) { $0 + ($1 - outcomes[0]) } / count + outcomes[0]
        var penalized = own.gram
        for j in 1..<max(1, width) { penalized[j, j] += penalty }
        guard let factor = try? CholeskyFactorization(penalized) else { throw .notConverged }

        // The parameters of the centred outcomes; the second round refines them from the residuals of the first.
        var parameters = [Double](repeating: 0, count: width)
        for _ in 0..<2 {
            var gradient = [Double](repeating: 0, count: width)
            own.forEachBlock { range, block in
                let residuals = Self.residuals(outcomes, center, range, block * parameters)
                for (j, value) in block.transposedTimes(residuals).enumerated() { gradient[j] += value }
            }
            for j in 1..<max(1, width) { gradient[j] -= penalty * parameters[j] }
            guard let step = try? factor.solve(gradient) else { throw .notConverged }
            for j in 0..<width { parameters[j] += step[j] }
        }

        let inverse = factor.inverse()
        var meat = Matrix(rows: width, columns: width)
        var groups = clusters.map { ScoreClusters($0, width: width) }
        var (residualSquares, totalSquares, leverages) = (0.0, 0.0, 0.0)
        var undetermined = [Bool](repeating: false, count: width)
        own.forEachBlock { range, block in
            let residuals = Self.residuals(outcomes, center, range, block * parameters)
            for (i, residual) in residuals.enumerated() {
                residualSquares += residual * residual
                let deviation = outcomes[range.lowerBound + i] - center
                totalSquares += deviation * deviation
            }
            groups?.add(range, block, residuals)
            let pulls = block * inverse
            var scores = block
            scores.withMutableElements { scores in
                block.elements.withUnsafeBufferPointer { z in
                    pulls.elements.withUnsafeBufferPointer { pull in
                        // Column by column, as they stand in memory.
                        var own = [Double](repeating: Double(absorbed) / count, count: range.count)
                        for j in 0..<width {
                            for i in 0..<range.count { own[i] += z[j * range.count + i] * pull[j * range.count + i] }
                        }
                        var weights = residuals
                        for (i, leverage) in own.enumerated() {
                            leverages += leverage - Double(absorbed) / count
                            if case .hc3 = errors { weights[i] /= max(1 - leverage, 1e-9) }
                            if 1 - leverage < 1e-9 {
                                // What only this observation determines has a residual of 0 and no known spread.
                                weights[i] = 0
                                for j in 0..<width where pull[j * range.count + i].magnitude > 1e-9 { undetermined[j] = true }
                            }
                        }
                        for j in 0..<width {
                            for i in 0..<range.count { scores[j * range.count + i] *= weights[i] }
                        }
                    }
                }
            }
            meat.addGram(of: scores)
        }
        n = outcomes.count
        aliased = own.aliased
        residualSumOfSquares = residualSquares
        rSquared = totalSquares > 0 ? 1 - residualSquares / totalSquares : nil
        degreesOfFreedom = count - (penalty == 0 ? Double(width) : leverages) - Double(absorbed)
        if case .hc1 = errors { meat = meat.scaled(by: count / degreesOfFreedom) }
        let clustered = groups.flatMap { groups in
            groups.meat(rows: outcomes.count).map { (covariance: inverse * $0 * inverse, degreesOfFreedom: Double(groups.count - 1)) }
        }
        parameters[0] += center
        table = CoefficientTable(
            own, parameters, inverse * meat * inverse, degreesOfFreedom: degreesOfFreedom, clustered: clustered, undetermined: undetermined)
        intercept = table.intercept!
        coefficients = table.coefficients
        covariance = table.covariance
    }

    /// A weighted sum of coefficients with its own interval; nil where one of them is aliased.
    package func combination(_ weights: [(column: Int, weight: Double)]) -> RegressionCoefficient? { table.combination(weights) }

    private static func residuals(_ outcomes: [Double], _ center: Double, _ range: Range<Int>, _ fitted: [Double]) -> [Double] {
        var residuals = fitted
        for i in residuals.indices { residuals[i] = outcomes[range.lowerBound + i] - center - residuals[i] }
        return residuals
    }
}
