/// A matrix of doubles stored by columns, as BLAS and LAPACK take it.
///
///     let a = Matrix([[2, 1], [1, 3]])
///     let x = try LUFactorization(a).solve([3, 5])  // [0.8, 1.4]
///
/// Either dimension may be 0. Indices count from 0. Mismatched shapes are preconditions.
package struct Matrix: Sendable, Hashable {
    /// The number of rows.
    package let rows: Int
    /// The number of columns.
    package let columns: Int
    /// The entries, one column after the other: entry (i, j) stands at j · rows + i.
    package private(set) var elements: [Double]

    /// A matrix whose entries all equal `value`.
    package init(rows: Int, columns: Int, repeating value: Double = 0) {
        precondition(rows >= 0 && columns >= 0, "dimensions are not negative")
        self.init(rows: rows, columns: columns, elements: [Double](repeating: value, count: rows * columns))
    }

    /// A matrix of entries already ordered by columns.
    ///
    /// - Precondition: there are rows · columns of them.
    package init(rows: Int, columns: Int, elements: [Double]) {
        precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns, "entries fill the matrix")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// A matrix from its rows, all of one length; no rows make the 0 × 0 matrix.
    package init(_ rows: [[Double]]) {
        let columns = rows.first?.count ?? 0
        precondition(rows.allSatisfy { $0.count == columns }, "all rows have one length")
        self.init(rows: rows.count, columns: columns)
        for (i, row) in rows.enumerated() {
            for (j, value) in row.enumerated() { elements[j * rows.count + i] = value }
        }
    }

    /// The matrix of one column.
    package init(column: [Double]) {
        self.init(rows: column.count, columns: 1, elements: column)
    }

    /// The identity matrix of an order.
    package static func identity(_ order: Int) -> Matrix {
        diagonal([Double](repeating: 1, count: order))
    }

    /// The square matrix with these entries on its diagonal and 0 elsewhere.
    package static func diagonal(_ entries: [Double]) -> Matrix {
        var matrix = Matrix(rows: entries.count, columns: entries.count)
        for (index, value) in entries.enumerated() { matrix.elements[index * entries.count + index] = value }
        return matrix
    }

    /// Whether there are as many rows as columns.
    package var isSquare: Bool { rows == columns }

    /// The entry in a row and a column.
    package subscript(row: Int, column: Int) -> Double {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "the entry lies within the matrix")
            return elements[column * rows + row]
        }
        set {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "the entry lies within the matrix")
            elements[column * rows + row] = newValue
        }
    }

    /// The entries of one row.
    package func row(_ index: Int) -> [Double] {
        (0..<columns).map { self[index, $0] }
    }

    /// The entries of one column.
    package func column(_ index: Int) -> [Double] {
        precondition(index >= 0 && index < columns, "the column lies within the matrix")
        return Array(elements[index * rows..<(index + 1) * rows])
    }

    /// The matrix with rows and columns exchanged.
    package func transposed() -> Matrix {
        var result = Matrix(rows: columns, columns: rows)
        let (rows, columns) = (rows, columns)
        elements.withUnsafeBufferPointer { source in
            result.elements.withUnsafeMutableBufferPointer { target in
                for j in 0..<columns {
                    for i in 0..<rows { target[i * columns + j] = source[j * rows + i] }
                }
            }
        }
        return result
    }

    /// Lends the entries, ordered by columns, for writing.
    package mutating func withMutableElements<Result>(_ body: (UnsafeMutableBufferPointer<Double>) throws -> Result) rethrows -> Result {
        try elements.withUnsafeMutableBufferPointer { try body($0) }
    }

    /// Refuses NaN and infinities.
    func requireFinite() throws(LinearSolveError) {
        guard let index = elements.firstIndex(where: { !$0.isFinite }) else { return }
        throw .notFinite(row: index % rows, column: index / rows)
    }
}
