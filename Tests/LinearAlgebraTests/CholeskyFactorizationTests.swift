import LinearAlgebra
import Testing

@Suite struct CholeskyFactorizationTests {
    @Test(arguments: Reference.sizes)
    func solutionsEqualElimination(n: Int) throws {
        let a = Reference.matrix(n + 3, n).gram() + Matrix.identity(n)
        let factors = try CholeskyFactorization(a)
        let several = Reference.matrix(n, 4, 9)
        #expect(Reference.distance(try factors.solve(several), Reference.solve(a, several)) < 1e-10)
        #expect(Reference.distance(try factors.solve(several.column(2)), Reference.solve(a, several).column(2)) < 1e-10)
        #expect(Reference.distance(Reference.product(factors.lower, Reference.transpose(factors.lower)), a) < 1e-10)
    }

    @Test func refusals() {
        #expect(throws: LinearSolveError.notPositiveDefinite(order: 2)) { try CholeskyFactorization(Matrix([[1, 2], [2, 1]])) }
        #expect(throws: LinearSolveError.notPositiveDefinite(order: 1)) { try CholeskyFactorization(Matrix([[0]])) }
        #expect(throws: LinearSolveError.notFinite(row: 0, column: 0)) { try CholeskyFactorization(Matrix([[.nan]])) }
    }
}
