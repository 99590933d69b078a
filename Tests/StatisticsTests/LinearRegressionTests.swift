import LinearAlgebra
import Statistics
import Testing

@Suite struct LinearRegressionTests {
    static func sample(_ rows: Int, _ columns: Int, _ seed: UInt64) -> (rows: [[Double]], y: [Double]) {
        var stream = RandomStream(seed: seed, path: UInt64(rows), UInt64(columns))
        let x = (0..<rows).map { _ in (0..<columns).map { j in j % 2 == 0 ? stream.normal() * 3 + 10 : (stream.unit() < 0.3 ? 1 : 0) } }
        return (
            x,
            x.map { row in 4 + row.enumerated().reduce(0) { $0 + Double($1.offset - 1) * $1.element } + stream.normal() * (1 + abs(row[0]))
            }
        )
    }

    static func all(_ fit: LinearRegression) -> [RegressionCoefficient] { [fit.intercept] + fit.coefficients.compactMap { $0 } }

    @Test(arguments: [(12, 1), (60, 4), (300, 9), (2500, 5)])
    func agreesWithPlainLoops(rows: Int, columns: Int) throws {
        let sample = Self.sample(rows, columns, 1)
        let plain = PlainRegression.linear(sample.rows, sample.y)
        let design = DesignMatrix(Matrix(sample.rows))
        let first = try LinearRegression(design, sample.y, errors: .hc1)
        let third = try LinearRegression(design, sample.y, errors: .hc3)
        #expect(PlainRegression.agree(Self.all(third).map(\.value), plain.coefficients))
        #expect(
            PlainRegression.agree(Self.all(first).compactMap(\.standardError), plain.hc1.indices.map { plain.hc1[$0][$0].squareRoot() }))
        #expect(
            PlainRegression.agree(Self.all(third).compactMap(\.standardError), plain.hc3.indices.map { plain.hc3[$0][$0].squareRoot() }))
        #expect(PlainRegression.agree(third.covariance.elements, plain.hc3.flatMap { $0 }, 1e-7))
    }

    /// statsmodels 0.15.0: OLS(y, add_constant(x)).fit(cov_type=…, use_t=True); scikit-learn 1.9.1: Ridge(alpha=7.5) on StandardScaler's columns.
    @Test func agreesWithStatsmodels() throws {
        let design = DesignMatrix(Matrix(FixedSample.rows))
        let first = try LinearRegression(design, FixedSample.y, errors: .hc1)
        let third = try LinearRegression(design, FixedSample.y, errors: .hc3)
        let clustered = try LinearRegression(design, FixedSample.y, errors: .hc3, clusters: (0..<60).map { Int32($0 / 5) })
        let ridge = try LinearRegression(design, FixedSample.y, penalty: 7.5)
        #expect(
            PlainRegression.agree(
                Self.all(third).map(\.value), [1.4384386053492002, 1.0381790089095504, -0.9863162880739227, 0.446043116503392]))
        #expect(
            PlainRegression.agree(
                Self.all(first).compactMap(\.standardError),
                [0.12387404838566882, 0.04330789290294616, 0.14771917840039198, 0.25656028762263366]))
        #expect(
            PlainRegression.agree(
                Self.all(third).compactMap(\.standardError),
                [0.12734375055518596, 0.045874269295960224, 0.15226085023951877, 0.2677173347842073]))
        #expect(
            PlainRegression.agree(
                Self.all(third).compactMap { $0.ci95?.low },
                [1.1833384189462455, 0.9462818047084902, -1.2913314231601243, -0.09025914967775972]))
        #expect(
            PlainRegression.agree(
                Self.all(third).compactMap(\.pValue),
                [4.602313356062604e-16, 7.442147591296893e-30, 2.512871393184624e-08, 0.10127881015763876], 1e-7))
        // The wider of HC3 and the clustered errors; those of the second are 0.0286.
        #expect(
            PlainRegression.agree(
                Self.all(clustered).compactMap(\.standardError),
                [0.15163561877220905, 0.045874269295960224, 0.158937219761692, 0.3336824752516793]))
        #expect(abs(third.rSquared! - 0.8445927420297645) < 1e-12)
        #expect(abs(third.residualSumOfSquares - 17.169220077644678) < 1e-10)
        #expect(
            PlainRegression.agree(
                Self.all(ridge).map(\.value), [1.417197760842858, 0.9176881761693081, -0.8509076517708889, 0.38163513061685866]))
    }

    @Test func aliasedColumnsAreNamed() throws {
        var sample = Self.sample(200, 3, 2)
        let plain = PlainRegression.linear(sample.rows, sample.y)
        // A constant, a copy in another unit, a sum of two, and all levels of a factor beside the intercept.
        sample.rows = sample.rows.map { [7, $0[0], 1000 * $0[0] + 3, $0[1], $0[0] + $0[1], $0[2], 1 - $0[1]] }
        let fit = try LinearRegression(DesignMatrix(Matrix(sample.rows)), sample.y)
        #expect(fit.aliased == [0, 2, 4, 6])
        #expect(fit.coefficients.map { $0 == nil } == [true, false, true, false, true, false, true])
        #expect(PlainRegression.agree(Self.all(fit).map(\.value), plain.coefficients))
    }

    @Test func whatOneObservationDeterminesHasNoError() throws {
        var sample = Self.sample(50, 2, 3)
        for i in 0..<50 { sample.rows[i].append(i == 17 ? 1 : 0) }
        let fit = try LinearRegression(DesignMatrix(Matrix(sample.rows)), sample.y)
        #expect(fit.coefficients[2]?.standardError == nil && fit.coefficients[2]?.ci95 == nil)
        #expect(fit.coefficients[0]?.standardError != nil)
    }

    @Test func unitsAndOrderDoNotMatter() throws {
        let sample = Self.sample(150, 4, 4)
        let fit = try LinearRegression(DesignMatrix(Matrix(sample.rows)), sample.y)
        let scaled = try LinearRegression(DesignMatrix(Matrix(sample.rows.map { $0.map { 1e5 * $0 - 3 } })), sample.y)
        #expect(
            PlainRegression.agree(scaled.coefficients.compactMap { $0.map { 1e5 * $0.value } }, fit.coefficients.compactMap { $0?.value }))
        #expect(PlainRegression.agree(scaled.coefficients.compactMap { $0?.pValue }, fit.coefficients.compactMap { $0?.pValue }, 1e-7))
        let order = Array((0..<150).reversed())
        let turned = try LinearRegression(DesignMatrix(Matrix(sample.rows)).selecting(order), order.map { sample.y[$0] })
        #expect(PlainRegression.agree(turned.coefficients.compactMap { $0?.value }, fit.coefficients.compactMap { $0?.value }))
        // A strong penalty leaves the mean alone.
        let flat = try LinearRegression(DesignMatrix(Matrix(sample.rows)), sample.y, penalty: 1e15)
        #expect(flat.coefficients.allSatisfy { abs($0!.value) < 1e-9 })
        #expect(abs(flat.intercept.value - sample.y.reduce(0, +) / 150) < 1e-6)
    }

    @Test func refusals() {
        let design = DesignMatrix(Matrix([[1], [2], [4]]))
        #expect(throws: RegressionError.notFinite(row: 1, column: -1)) { try LinearRegression(design, [1, .nan, 2]) }
        #expect(throws: RegressionError.notFinite(row: 2, column: 0)) {
            try LinearRegression(DesignMatrix(Matrix([[1], [2], [.infinity]])), [1, 2, 3])
        }
        #expect(throws: RegressionError.tooFew) { try LinearRegression(DesignMatrix(Matrix([[1], [2]])), [1, 2]) }
    }
}
