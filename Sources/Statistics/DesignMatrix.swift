package import LinearAlgebra

/// The rows of explanatory values of a regression, made block by block, so that no matrix of all rows need exist.
///
///     let design = DesignMatrix(Matrix([[1.5, 0], [2, 1], [0.5, 1]]))
///     let fit = try LinearRegression(design, [3, 5, 2])
///
/// The intercept is not among the columns: regressions add their own.
package struct DesignMatrix: Sendable {
    /// The number of rows: observations.
    package let rows: Int
    /// The number of columns: explanatory values of each.
    package let columns: Int
    /// The rows in the order in which they count; nil for their own order.
    private let order: [Int]?
    private let fill: @Sendable ([Int], UnsafeMutableBufferPointer<Double>) -> Void

    /// The most rows of a block.
    static let blockRows = 512

    /// Rows made on demand.
    ///
    /// - Parameter fill: writes the rows of these numbers by columns: the value of row `numbers[i]` and column j goes to
    ///   j · `numbers.count` + i. The memory holds zeros when it is called.
    package init(rows: Int, columns: Int, fill: @escaping @Sendable ([Int], UnsafeMutableBufferPointer<Double>) -> Void) {
        precondition(rows >= 0 && columns >= 0, "dimensions are not negative")
        self.rows = rows
        self.columns = columns
        order = nil
        self.fill = fill
    }

    private init(rows: Int, columns: Int, order: [Int], fill: @escaping @Sendable ([Int], UnsafeMutableBufferPointer<Double>) -> Void) {
        self.rows = rows
        self.columns = columns
        self.order = order
        self.fill = fill
    }

    /// The rows of a matrix that is there.
    package init(_ matrix: Matrix) {
        self.init(rows: matrix.rows, columns: matrix.columns) { numbers, target in
            matrix.elements.withUnsafeBufferPointer { source in
                for column in 0..<matrix.columns {
                    for (place, row) in numbers.enumerated() { target[column * numbers.count + place] = source[column * matrix.rows + row] }
                }
            }
        }
    }

    /// The rows of these numbers alone, in this order.
    package func selecting(_ numbers: [Int]) -> DesignMatrix {
        let own = order.map { order in numbers.map { order[$0] } } ?? numbers
        return DesignMatrix(rows: numbers.count, columns: columns, order: own, fill: fill)
    }

    /// The same rows less the means of their strata: what a column of its own for each stratum would leave of the others (Frisch, Waugh:
    /// "Partial time regressions as compared with individual trends", Econometrica 1, 1933, doi:10.2307/1907330).
    ///
    /// - Parameter strata: per row the number, from 0, of the stratum to which it belongs.
    /// - Precondition: rows are in their own order.
    package func centered(within strata: [Int32]) -> DesignMatrix {
        precondition(order == nil && strata.count == rows, "there is one stratum per row")
        let columns = columns
        let count = Int(strata.max() ?? -1) + 1
        var means = [Double](repeating: 0, count: count * columns)
        var sizes = [Double](repeating: 0, count: count)
        for stratum in strata { sizes[Int(stratum)] += 1 }
        for range in blocks {
            let block = block(range)
            block.elements.withUnsafeBufferPointer { x in
                for j in 0..<columns {
                    for i in 0..<range.count { means[Int(strata[range.lowerBound + i]) * columns + j] += x[j * range.count + i] }
                }
            }
        }
        for stratum in 0..<count where sizes[stratum] > 0 {
            for j in 0..<columns { means[stratum * columns + j] /= sizes[stratum] }
        }
        let (fill, all) = (fill, means)
        return DesignMatrix(rows: rows, columns: columns) { numbers, target in
            fill(numbers, target)
            all.withUnsafeBufferPointer { means in
                for j in 0..<columns {
                    for (i, number) in numbers.enumerated() { target[j * numbers.count + i] -= means[Int(strata[number]) * columns + j] }
                }
            }
        }
    }

    /// A block of consecutive rows.
    package func block(_ range: Range<Int>) -> Matrix {
        var block = Matrix(rows: range.count, columns: columns)
        let numbers = order.map { Array($0[range]) } ?? Array(range)
        block.withMutableElements { fill(numbers, $0) }
        return block
    }

    /// The blocks of all rows, from the first to the last.
    var blocks: [Range<Int>] {
        stride(from: 0, to: rows, by: Self.blockRows).map { $0..<min(rows, $0 + Self.blockRows) }
    }
}
