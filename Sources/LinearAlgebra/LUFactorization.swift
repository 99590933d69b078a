import COpenBLAS

/// The factors P·L·U of a square matrix, from which any number of systems is solved (`dgetrf`, `dgetrs`).
///
/// - Complexity: O(n³) once, O(n²) per right-hand side.
package struct LUFactorization: Sendable {
    /// The number of equations.
    package let order: Int
    /// An estimate of 1 ÷ (‖A‖₁·‖A⁻¹‖₁), between 0 and 1 (`dgecon`); 1 for the empty matrix.
    package let reciprocalCondition: Double
    private let factors: [Double]
    private let pivots: [Int32]

    /// Factors a square matrix.
    ///
    /// - Throws: `notFinite`; `singular` where a pivot is 0 or the reciprocal condition number is below 2⁻⁵², so that no digit of a
    ///   solution would be certain.
    package init(_ matrix: Matrix) throws(LinearSolveError) {
        precondition(matrix.isSquare, "a system to solve has as many equations as unknowns")
        try matrix.requireFinite()
        order = matrix.rows
        guard matrix.rows > 0 else {
            (factors, pivots, reciprocalCondition) = ([], [], 1)
            return
        }
        OpenBLAS.prepare()
        var norm = 0.0
        for j in 0..<matrix.columns {
            var sum = 0.0
            for i in 0..<matrix.rows { sum += matrix.elements[j * matrix.rows + i].magnitude }
            norm = max(norm, sum)
        }
        var factors = matrix.elements
        var pivots = [Int32](repeating: 0, count: matrix.rows)
        var n = OpenBLAS.dimension(matrix.rows)
        var info: Int32 = 0
        factors.withUnsafeMutableBufferPointer { a in
            pivots.withUnsafeMutableBufferPointer { p in
                dgetrf_(&n, &n, a.baseAddress, &n, p.baseAddress, &info)
            }
        }
        guard info == 0 else { throw .singular }
        var condition = 0.0
        var work = [Double](repeating: 0, count: 4 * matrix.rows)
        var integerWork = [Int32](repeating: 0, count: matrix.rows)
        var kind = CChar(UInt8(ascii: "1"))
        factors.withUnsafeBufferPointer { a in
            work.withUnsafeMutableBufferPointer { w in
                integerWork.withUnsafeMutableBufferPointer { iw in
                    dgecon_(&kind, &n, a.baseAddress, &n, &norm, &condition, w.baseAddress, iw.baseAddress, &info, 1)
                }
            }
        }
        guard info == 0, condition >= 0x1p-52 else { throw .singular }
        self.factors = factors
        self.pivots = pivots
        reciprocalCondition = condition
    }

    /// The x with A·x = `right`.
    ///
    /// - Throws: `notFinite` for a right-hand side that is not.
    package func solve(_ right: [Double]) throws(LinearSolveError) -> [Double] {
        try solve(Matrix(column: right), transposed: false).elements
    }

    /// The X with A·X = `right`, column by column.
    ///
    /// - Throws: `notFinite` for a right-hand side that is not.
    package func solve(_ right: Matrix) throws(LinearSolveError) -> Matrix {
        try solve(right, transposed: false)
    }

    /// The x with Aᵀ·x = `right`.
    ///
    /// - Throws: `notFinite` for a right-hand side that is not.
    package func solveTransposed(_ right: [Double]) throws(LinearSolveError) -> [Double] {
        try solve(Matrix(column: right), transposed: true).elements
    }

    /// The X with Aᵀ·X = `right`, column by column.
    ///
    /// - Throws: `notFinite` for a right-hand side that is not.
    package func solveTransposed(_ right: Matrix) throws(LinearSolveError) -> Matrix {
        try solve(right, transposed: true)
    }

    /// A⁻¹.
    package func inverse() -> Matrix {
        solveFinite(.identity(order), transposed: false)
    }

    private func solve(_ right: Matrix, transposed: Bool) throws(LinearSolveError) -> Matrix {
        precondition(right.rows == order, "a right-hand side has as many rows as the matrix")
        try right.requireFinite()
        return solveFinite(right, transposed: transposed)
    }

    private func solveFinite(_ right: Matrix, transposed: Bool) -> Matrix {
        guard order > 0, right.columns > 0 else { return right }
        var solution = right
        var n = OpenBLAS.dimension(order)
        var count = OpenBLAS.dimension(right.columns)
        var info: Int32 = 0
        var side = CChar(UInt8(ascii: transposed ? "T" : "N"))
        factors.withUnsafeBufferPointer { a in
            pivots.withUnsafeBufferPointer { p in
                solution.withMutableElements { b in
                    dgetrs_(&side, &n, &count, a.baseAddress, &n, p.baseAddress, b.baseAddress, &n, &info, 1)
                }
            }
        }
        precondition(info == 0, "dgetrs takes these arguments")
        return solution
    }
}
