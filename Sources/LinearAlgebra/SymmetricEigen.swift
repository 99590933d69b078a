import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix (`dsyev`).
///
/// Only the lower triangle of the matrix is read.
package struct SymmetricEigen: Sendable {
    /// The eigenvalues in ascending order.
    package let values: [Double]
    /// The orthonormal eigenvectors as columns, in the order of the values; the entry of largest magnitude of each (the first of
    /// several) is positive.
    package let vectors: Matrix

    /// Decomposes a square matrix.
    ///
    /// - Throws: `notFinite`, `notConverged`.
    package init(_ matrix: Matrix) throws(LinearSolveError) {
        precondition(matrix.isSquare, "a symmetric matrix is square")
        try matrix.requireFinite()
        let order = matrix.rows
        guard order > 0 else {
            (values, vectors) = ([], matrix)
            return
        }
        OpenBLAS.prepare()
        var vectors = matrix
        var values = [Double](repeating: 0, count: order)
        var n = OpenBLAS.dimension(order)
        var info: Int32 = 0
        var job = (CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")))
        var size: Int32 = -1
        var best = 0.0
        dsyev_(&job.0, &job.1, &n, nil, &n, nil, &best, &size, &info, 1, 1)
        precondition(info == 0, "dsyev answers a workspace query")
        size = Int32(best)
        var work = [Double](repeating: 0, count: max(1, Int(size)))
        vectors.withMutableElements { a in
            values.withUnsafeMutableBufferPointer { w in
                work.withUnsafeMutableBufferPointer { work in
                    dsyev_(&job.0, &job.1, &n, a.baseAddress, &n, w.baseAddress, work.baseAddress, &size, &info, 1, 1)
                }
            }
            for j in 0..<order {
                var largest = 0
                for i in 1..<max(1, order) where a[j * order + i].magnitude > a[j * order + largest].magnitude { largest = i }
                guard a[j * order + largest] < 0 else { continue }
                for i in 0..<order { a[j * order + i] = -a[j * order + i] }
            }
        }
        guard info == 0 else { throw .notConverged }
        self.values = values
        self.vectors = vectors
    }
}
