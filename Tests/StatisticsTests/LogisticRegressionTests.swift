import Foundation
import LinearAlgebra
import Statistics
import Testing

@Suite struct LogisticRegressionTests {
    static func all(_ fit: LogisticRegression) -> [RegressionCoefficient] { [fit.intercept] + fit.coefficients.compactMap { $0 } }

    @Test(arguments: [(80, 1), (300, 4), (2500, 3)])
    func agreesWithPlainLoops(rows: Int, columns: Int) throws {
        var stream = RandomStream(seed: 5, path: UInt64(rows))
        let x = (0..<rows).map { _ in (0..<columns).map { _ in stream.normal() * 2 + 3 } }
        let y = x.map { stream.unit() < 1 / (1 + exp(2 - 0.6 * $0[0])) }
        let plain = PlainRegression.logistic(x, y)
        let fit = try LogisticRegression(DesignMatrix(Matrix(x)), y)
        #expect(PlainRegression.agree(Self.all(fit).map(\.value), plain.coefficients))
        #expect(
            PlainRegression.agree(
                Self.all(fit).compactMap(\.standardError), plain.covariance.indices.map { plain.covariance[$0][$0].squareRoot() }))
    }

    /// statsmodels 0.15.0: Logit(y, add_constant(x)).fit(method='newton', tol=1e-14), get_margeff(at='overall').
    @Test func agreesWithStatsmodels() throws {
        #expect(FixedSample.happened.count { $0 } == 30)
        let fit = try LogisticRegression(DesignMatrix(Matrix(FixedSample.rows)), FixedSample.happened)
        #expect(
            PlainRegression.agree(
                Self.all(fit).map(\.value), [0.6583621405960876, 0.5700383941107443, -1.383918573517665, -0.21057293010154274]))
        #expect(
            PlainRegression.agree(
                Self.all(fit).compactMap(\.standardError),
                [0.6228582570496253, 0.257149402654585, 0.5990032154872937, 0.9890605356846275]))
        #expect(abs(fit.logLikelihood + 36.60933981181101) < 1e-9)
        #expect(
            PlainRegression.agree(
                fit.averageEffects.compactMap { $0?.value }, [0.12023909386875738, -0.2919121185292999, -0.04441647890787478]))
        #expect(
            PlainRegression.agree(
                fit.averageEffects.compactMap { $0?.standardError }, [0.045584355116849426, 0.10405732605141209, 0.20834840960365725]))
    }

    /// With one yes-or-no column the answer is the logarithm of the odds ratio, its variance the sum of the reciprocal counts.
    @Test func twoByTwoTable() throws {
        let cells = [(0.0, false, 40), (0, true, 10), (1, false, 15), (1, true, 35)]
        let rows = cells.flatMap { cell in [[Double]](repeating: [cell.0], count: cell.2) }
        let y = cells.flatMap { cell in [Bool](repeating: cell.1, count: cell.2) }
        let fit = try LogisticRegression(DesignMatrix(Matrix(rows)), y)
        #expect(abs(fit.coefficients[0]!.value - log(35.0 * 40 / (10 * 15))) < 1e-10)
        #expect(abs(fit.coefficients[0]!.standardError! - (1 / 40.0 + 1 / 10.0 + 1 / 15.0 + 1 / 35.0).squareRoot()) < 1e-10)
    }

    @Test func separationIsSaid() throws {
        var stream = RandomStream(seed: 6)
        let x = (0..<100).map { _ in [stream.normal(), stream.normal()] }
        #expect(throws: RegressionError.separated(columns: [1])) {
            try LogisticRegression(DesignMatrix(Matrix(x.map { [$0[0], $0[1] > 0.3 ? 1 : 0] })), x.map { $0[1] > 0.3 })
        }
        // Quasi-complete: all with the mark happen, some without do too.
        let marked = x.map { [$0[0], $0[1] > 1 ? 1.0 : 0] }
        let y = marked.map { $0[1] == 1 || stream.unit() < 0.4 }
        #expect(throws: RegressionError.separated(columns: [1])) { try LogisticRegression(DesignMatrix(Matrix(marked)), y) }
        #expect(throws: RegressionError.tooFew) { try LogisticRegression(DesignMatrix(Matrix(x)), x.map { _ in true }) }
    }

    @Test func aliasedColumnsAreNamed() throws {
        let rows = FixedSample.rows.map { [$0[0], 2 * $0[0] - 1, $0[1], $0[2], 5] }
        let fit = try LogisticRegression(DesignMatrix(Matrix(rows)), FixedSample.happened)
        #expect(fit.aliased == [1, 4])
        #expect(abs(fit.coefficients[2]!.value + 1.383918573517665) < 1e-9)
    }
}
