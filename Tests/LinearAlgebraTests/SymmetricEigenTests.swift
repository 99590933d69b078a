import Foundation
import LinearAlgebra
import Testing

@Suite struct SymmetricEigenTests {
    @Test(arguments: Reference.sizes)
    func vectorsRebuildTheMatrix(n: Int) throws {
        let half = Reference.matrix(n, n)
        let a = half + half.transposed()
        let eigen = try SymmetricEigen(a)
        #expect(eigen.values == eigen.values.sorted())
        let scaled = Reference.product(eigen.vectors, .diagonal(eigen.values))
        #expect(Reference.distance(Reference.product(scaled, Reference.transpose(eigen.vectors)), a) < 1e-10)
        #expect(Reference.distance(Reference.product(Reference.transpose(eigen.vectors), eigen.vectors), .identity(n)) < 1e-10)
    }

    /// The second difference matrix of order n has the eigenvalues 2 − 2·cos(kπ / (n + 1)).
    @Test(arguments: [1, 2, 7, 33, 100])
    func secondDifferences(n: Int) throws {
        var a = Matrix.identity(n).scaled(by: 2)
        for i in 1..<max(1, n) {
            a[i, i - 1] = -1
            a[i - 1, i] = -1
        }
        let expected = (1...n).map { 2 - 2 * cos(Double($0) * Double.pi / Double(n + 1)) }
        #expect(Reference.distance(try SymmetricEigen(a).values, expected) < 1e-10)
    }

    @Test func signIsFixed() throws {
        let eigen = try SymmetricEigen(Matrix([[2, -1], [-1, 3]]))
        for j in 0..<2 {
            let column = eigen.vectors.column(j)
            #expect((abs(column[0]) >= abs(column[1]) ? column[0] : column[1]) > 0)
        }
        #expect(throws: LinearSolveError.notFinite(row: 0, column: 0)) { try SymmetricEigen(Matrix([[.infinity]])) }
    }
}
