import COpenBLAS

extension Matrix {
    /// The product of two matrices (`dgemm`).
    ///
    /// - Precondition: `left` has as many columns as `right` has rows.
    package static func * (left: Matrix, right: Matrix) -> Matrix {
        product(left, transposed: false, right, transposed: false)
    }

    /// The product of a matrix and a column (`dgemv`).
    ///
    /// - Precondition: there are as many columns as entries.
    package static func * (left: Matrix, right: [Double]) -> [Double] {
        precondition(left.columns == right.count, "the shapes of a product match")
        return left.apply(CblasNoTrans, to: right, count: left.rows)
    }

    /// The product of the transpose of this matrix and a column (`dgemv`).
    ///
    /// - Precondition: there are as many rows as entries.
    package func transposedTimes(_ vector: [Double]) -> [Double] {
        precondition(rows == vector.count, "the shapes of a product match")
        return apply(CblasTrans, to: vector, count: columns)
    }

    /// The product of two matrices, either of them transposed first without being copied (`dgemm`).
    package static func product(_ left: Matrix, transposed leftTransposed: Bool, _ right: Matrix, transposed rightTransposed: Bool)
        -> Matrix
    {
        let (m, inner) = leftTransposed ? (left.columns, left.rows) : (left.rows, left.columns)
        let (other, n) = rightTransposed ? (right.columns, right.rows) : (right.rows, right.columns)
        precondition(inner == other, "the shapes of a product match")
        var result = Matrix(rows: m, columns: n)
        guard m > 0, n > 0, inner > 0 else { return result }
        OpenBLAS.prepare()
        left.elements.withUnsafeBufferPointer { a in
            right.elements.withUnsafeBufferPointer { b in
                result.withMutableElements { c in
                    cblas_dgemm(
                        CblasColMajor, leftTransposed ? CblasTrans : CblasNoTrans, rightTransposed ? CblasTrans : CblasNoTrans,
                        OpenBLAS.dimension(m), OpenBLAS.dimension(n), OpenBLAS.dimension(inner),
                        1, a.baseAddress, OpenBLAS.stride(left.rows), b.baseAddress, OpenBLAS.stride(right.rows),
                        0, c.baseAddress, OpenBLAS.stride(m))
                }
            }
        }
        return result
    }

    /// Aᵀ·A, exactly symmetric (`dsyrk`).
    package func gram() -> Matrix {
        var result = Matrix(rows: columns, columns: columns)
        guard rows > 0, columns > 0 else { return result }
        OpenBLAS.prepare()
        let order = columns
        elements.withUnsafeBufferPointer { a in
            result.withMutableElements { c in
                cblas_dsyrk(
                    CblasColMajor, CblasUpper, CblasTrans, OpenBLAS.dimension(order), OpenBLAS.dimension(rows),
                    1, a.baseAddress, OpenBLAS.stride(rows), 0, c.baseAddress, OpenBLAS.stride(order))
                for j in 0..<order {
                    for i in 0..<j { c[i * order + j] = c[j * order + i] }
                }
            }
        }
        return result
    }

    /// Adds Aᵀ·A of a block of rows to this matrix, exactly symmetric (`dsyrk`), so that a Gram matrix grows block by block.
    ///
    /// - Precondition: this matrix is square, symmetric, of as many columns as the block has.
    package mutating func addGram(of block: Matrix) {
        precondition(isSquare && columns == block.columns, "the shapes of a sum match")
        guard block.rows > 0, columns > 0 else { return }
        OpenBLAS.prepare()
        let order = columns
        block.elements.withUnsafeBufferPointer { a in
            withMutableElements { c in
                cblas_dsyrk(
                    CblasColMajor, CblasUpper, CblasTrans, OpenBLAS.dimension(order), OpenBLAS.dimension(block.rows),
                    1, a.baseAddress, OpenBLAS.stride(block.rows), 1, c.baseAddress, OpenBLAS.stride(order))
                for j in 0..<order {
                    for i in 0..<j { c[i * order + j] = c[j * order + i] }
                }
            }
        }
    }

    /// The sum of two matrices of one shape.
    package static func + (left: Matrix, right: Matrix) -> Matrix {
        combine(left, right) { $0 + $1 }
    }

    /// The difference of two matrices of one shape.
    package static func - (left: Matrix, right: Matrix) -> Matrix {
        combine(left, right) { $0 - $1 }
    }

    /// The matrix with every entry multiplied by `factor`.
    package func scaled(by factor: Double) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: elements.map { $0 * factor })
    }

    private static func combine(_ left: Matrix, _ right: Matrix, _ operation: (Double, Double) -> Double) -> Matrix {
        precondition(left.rows == right.rows && left.columns == right.columns, "the shapes are equal")
        return Matrix(rows: left.rows, columns: left.columns, elements: zip(left.elements, right.elements).map(operation))
    }

    private func apply(_ transposition: CBLAS_TRANSPOSE, to vector: [Double], count: Int) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        guard rows > 0, columns > 0 else { return result }
        OpenBLAS.prepare()
        elements.withUnsafeBufferPointer { a in
            vector.withUnsafeBufferPointer { x in
                result.withUnsafeMutableBufferPointer { y in
                    cblas_dgemv(
                        CblasColMajor, transposition, OpenBLAS.dimension(rows), OpenBLAS.dimension(columns),
                        1, a.baseAddress, OpenBLAS.stride(rows), x.baseAddress, 1, 0, y.baseAddress, 1)
                }
            }
        }
        return result
    }
}
