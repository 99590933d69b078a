import COpenBLAS

/// The factor L of a symmetric positive definite matrix A = L·Lᵀ, from which systems are solved (`dpotrf`, `dpotrs`).
///
/// Only the lower triangle of the matrix is read.
package struct CholeskyFactorization: Sendable {
    /// The number of equations.
    package let order: Int
    /// The lower triangle holds L; what stands above the diagonal means nothing.
    private let factor: Matrix

    /// Factors a square matrix.
    ///
    /// - Throws: `notFinite`; `notPositiveDefinite` with the order of the first leading block that is not.
    package init(_ matrix: Matrix) throws(LinearSolveError) {
        precondition(matrix.isSquare, "a system to solve has as many equations as unknowns")
        try matrix.requireFinite()
        order = matrix.rows
        var factor = matrix
        guard matrix.rows > 0 else {
            self.factor = factor
            return
        }
        OpenBLAS.prepare()
        var n = OpenBLAS.dimension(matrix.rows)
        var info: Int32 = 0
        var triangle = CChar(UInt8(ascii: "L"))
        factor.withMutableElements { dpotrf_(&triangle, &n, $0.baseAddress, &n, &info, 1) }
        guard info == 0 else { throw .notPositiveDefinite(order: Int(info)) }
        self.factor = factor
    }

    /// L, with zeros above the diagonal.
    package var lower: Matrix {
        var result = factor
        for j in 0..<order {
            for i in 0..<j { result[i, j] = 0 }
        }
        return result
    }

    /// The x with A·x = `right`.
    ///
    /// - Throws: `notFinite` for a right-hand side that is not.
    package func solve(_ right: [Double]) throws(LinearSolveError) -> [Double] {
        try solve(Matrix(column: right)).elements
    }

    /// The X with A·X = `right`, column by column.
    ///
    /// - Throws: `notFinite` for a right-hand side that is not.
    package func solve(_ right: Matrix) throws(LinearSolveError) -> Matrix {
        precondition(right.rows == order, "a right-hand side has as many rows as the matrix")
        try right.requireFinite()
        return solveFinite(right)
    }

    private func solveFinite(_ right: Matrix) -> Matrix {
        guard order > 0, right.columns > 0 else { return right }
        var solution = right
        var n = OpenBLAS.dimension(order)
        var count = OpenBLAS.dimension(right.columns)
        var info: Int32 = 0
        var triangle = CChar(UInt8(ascii: "L"))
        factor.elements.withUnsafeBufferPointer { a in
            solution.withMutableElements { b in
                dpotrs_(&triangle, &n, &count, a.baseAddress, &n, b.baseAddress, &n, &info, 1)
            }
        }
        precondition(info == 0, "dpotrs takes these arguments")
        return solution
    }

    /// A⁻¹.
    package func inverse() -> Matrix {
        solveFinite(.identity(order))
    }
}
