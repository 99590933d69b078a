import LinearAlgebra
import Testing

@Suite struct LUFactorizationTests {
    @Test(arguments: Reference.sizes)
    func solutionsEqualElimination(n: Int) throws {
        // A strong diagonal keeps the condition small, so that 1e-10 is a fair demand.
        let a = Reference.matrix(n, n) + Matrix.identity(n).scaled(by: 2 + Double(n).squareRoot())
        let factors = try LUFactorization(a)
        let right = Reference.vector(n)
        let several = Reference.matrix(n, 3, 7)
        #expect(Reference.distance(try factors.solve(right), Reference.solve(a, Matrix(column: right)).elements) < 1e-10)
        #expect(Reference.distance(try factors.solve(several), Reference.solve(a, several)) < 1e-10)
        let transposed = Reference.transpose(a)
        #expect(Reference.distance(try factors.solveTransposed(right), Reference.solve(transposed, Matrix(column: right)).elements) < 1e-10)
        #expect(Reference.distance(try factors.solveTransposed(several), Reference.solve(transposed, several)) < 1e-10)
        #expect(Reference.distance(Reference.product(a, factors.inverse()), .identity(n)) < 1e-10)
        #expect(factors.reciprocalCondition > 1e-4)
    }

    @Test func needsRowExchange() throws {
        #expect(try LUFactorization(Matrix([[0, 1], [1, 0]])).solve([3, 4]) == [4, 3])
        let x = try LUFactorization(Matrix([[2, 1], [1, 3]])).solve([3, 5])
        #expect(Reference.distance(x, [0.8, 1.4]) < 1e-15)
    }

    @Test func singularIsRefused() {
        #expect(throws: LinearSolveError.singular) { try LUFactorization(Matrix(rows: 1, columns: 1)) }
        #expect(throws: LinearSolveError.singular) { try LUFactorization(Matrix([[1, 2], [2, 4]])) }
        // Singular in exact arithmetic; the pivot that rounding leaves is not zero.
        #expect(throws: LinearSolveError.singular) { try LUFactorization(Matrix([[0.1, 0.3], [0.3, 0.9]])) }
        let tall = Reference.matrix(33, 5)
        #expect(throws: LinearSolveError.singular) { try LUFactorization(Reference.product(tall, Reference.transpose(tall))) }
    }

    @Test func notFiniteIsRefused() throws {
        #expect(throws: LinearSolveError.notFinite(row: 1, column: 0)) { try LUFactorization(Matrix([[1, 0], [.nan, 1]])) }
        let identity = try LUFactorization(.identity(2))
        #expect(throws: LinearSolveError.notFinite(row: 0, column: 0)) { try identity.solve([.infinity, 0]) }
        #expect(throws: LinearSolveError.notFinite(row: 1, column: 0)) { try identity.solveTransposed([0, .nan]) }
    }
}
