import LinearAlgebra
import Testing

@Suite struct LeastSquaresTests {
    @Test(arguments: [(1, 1), (2, 1), (7, 2), (33, 7), (100, 33), (50, 50)])
    func equalsNormalEquations(rows: Int, columns: Int) throws {
        var a = Reference.matrix(rows, columns)
        for j in 0..<columns { a[j, j] += 3 }
        let b = Reference.vector(rows)
        let fit = try LeastSquares(a, b)
        let transposed = Reference.transpose(a)
        let expected = Reference.solve(Reference.product(transposed, a), Reference.product(transposed, Matrix(column: b))).elements
        #expect(Reference.distance(fit.coefficients, expected) < 1e-10)
        let predicted = Reference.product(a, Matrix(column: expected)).elements
        let residual = zip(b, predicted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(abs(fit.residualSumOfSquares - residual) < 1e-10)
    }

    /// A straight line through points on it: intercept 2, slope −3.
    @Test func exactLine() throws {
        let x = (0..<10).map(Double.init)
        let fit = try LeastSquares(Matrix(x.map { [1, $0] }), x.map { 2 - 3 * $0 })
        #expect(Reference.distance(fit.coefficients, [2, -3]) < 1e-12)
        #expect(fit.residualSumOfSquares < 1e-24)
    }

    @Test func refusals() throws {
        #expect(throws: LinearSolveError.rankDeficient) { try LeastSquares(Matrix([[1, 2], [2, 4], [3, 6]]), [1, 2, 3]) }
        #expect(throws: LinearSolveError.rankDeficient) { try LeastSquares(Matrix([[1, 2]]), [1]) }
        #expect(throws: LinearSolveError.rankDeficient) { try LeastSquares(Matrix(rows: 3, columns: 1), [1, 2, 3]) }
        #expect(throws: LinearSolveError.notFinite(row: 1, column: 0)) { try LeastSquares(Matrix([[1], [1]]), [1, .infinity]) }
        #expect(try LeastSquares(Matrix(rows: 2, columns: 0), [3, 4]).residualSumOfSquares == 25)
    }
}
