import COpenBLAS

/// The x that makes ‖A·x − b‖₂ smallest, by a QR factorisation (`dgels`).
package struct LeastSquares: Sendable {
    /// The coefficients, one per column of A.
    package let coefficients: [Double]
    /// The sum of squared residuals ‖A·x − b‖₂².
    package let residualSumOfSquares: Double

    /// Solves for one right-hand side.
    ///
    /// - Throws: `notFinite`; `rankDeficient` where there are fewer rows than columns, or the triangular factor has a reciprocal
    ///   condition number below 2⁻⁵² times the number of rows.
    package init(_ matrix: Matrix, _ right: [Double]) throws(LinearSolveError) {
        precondition(matrix.rows == right.count, "there is one value per row")
        try matrix.requireFinite()
        try Matrix(column: right).requireFinite()
        guard matrix.rows >= matrix.columns else { throw .rankDeficient }
        guard matrix.columns > 0 else {
            coefficients = []
            residualSumOfSquares = right.reduce(0) { $0 + $1 * $1 }
            return
        }
        OpenBLAS.prepare()
        var a = matrix.elements
        var b = right
        var m = OpenBLAS.dimension(matrix.rows)
        var n = OpenBLAS.dimension(matrix.columns)
        var one: Int32 = 1
        var info: Int32 = 0
        var side = CChar(UInt8(ascii: "N"))
        var size: Int32 = -1
        var best = 0.0
        dgels_(&side, &m, &n, &one, nil, &m, nil, &m, &best, &size, &info, 1)
        precondition(info == 0, "dgels answers a workspace query")
        size = Int32(best)
        var work = [Double](repeating: 0, count: max(Int(size), 3 * matrix.columns))
        var integerWork = [Int32](repeating: 0, count: matrix.columns)
        var condition = 0.0
        var triangle = (CChar(UInt8(ascii: "1")), CChar(UInt8(ascii: "U")), CChar(UInt8(ascii: "N")))
        a.withUnsafeMutableBufferPointer { a in
            b.withUnsafeMutableBufferPointer { b in
                work.withUnsafeMutableBufferPointer { w in
                    integerWork.withUnsafeMutableBufferPointer { iw in
                        dgels_(&side, &m, &n, &one, a.baseAddress, &m, b.baseAddress, &m, w.baseAddress, &size, &info, 1)
                        guard info == 0 else { return }
                        dtrcon_(
                            &triangle.0, &triangle.1, &triangle.2, &n, a.baseAddress, &m, &condition, w.baseAddress, iw.baseAddress,
                            &info, 1, 1, 1)
                    }
                }
            }
        }
        guard info == 0, condition >= 0x1p-52 * Double(matrix.rows) else { throw .rankDeficient }
        coefficients = Array(b[..<matrix.columns])
        residualSumOfSquares = b[matrix.columns...].reduce(0) { $0 + $1 * $1 }
    }
}
