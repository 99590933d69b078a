package import LinearAlgebra

/// The directions in which observations differ most.
///
/// Eigenvectors of the covariance matrix (`dsyrk`, `dsyev`); Pearson: "On lines and planes of closest fit to systems of points in
/// space", Philosophical Magazine 2, 1901, doi:10.1080/14786440109462720.
package struct PrincipalComponents: Sendable {
    /// The mean of each column.
    package let means: [Double]
    /// What each column is divided by: its standard deviation (n − 1), or 1 where it does not vary or columns keep their scale.
    package let scales: [Double]
    /// The variance along each direction, descending, n − 1 in the denominator.
    package let variances: [Double]
    /// The directions as columns, orthonormal; the entry of largest magnitude of each is positive.
    package let directions: Matrix

    /// Finds the directions of the rows of a matrix.
    ///
    /// - Parameter standardized: whether each column counts in units of its standard deviation.
    /// - Throws: `notFinite`; `rankDeficient` where there are fewer than two rows.
    package init(_ matrix: Matrix, standardized: Bool) throws(LinearSolveError) {
        guard matrix.rows > 1 else { throw .rankDeficient }
        let rows = matrix.rows
        var means = [Double](repeating: 0, count: matrix.columns)
        var scales = [Double](repeating: 1, count: matrix.columns)
        for j in means.indices {
            let base = j * rows
            var sum = 0.0
            for i in base..<base + rows { sum += matrix.elements[i] - matrix.elements[base] }
            means[j] = matrix.elements[base] + sum / Double(rows)
            var squares = 0.0
            for i in base..<base + rows {
                let deviation = matrix.elements[i] - means[j]
                squares += deviation * deviation
            }
            let deviation = (squares / Double(rows - 1)).squareRoot()
            if standardized, deviation > 1e-12 * means[j].magnitude, deviation > 0 { scales[j] = deviation }
        }
        self.means = means
        self.scales = scales
        let covariance = Self.centered(matrix, means, scales).gram().scaled(by: 1 / Double(rows - 1))
        let eigen = try SymmetricEigen(covariance)
        variances = eigen.values.reversed().map { max(0, $0) }
        let order = matrix.columns
        directions = Matrix(
            rows: order, columns: order, elements: (0..<order).reversed().flatMap { eigen.vectors.column($0) })
    }

    /// The share of the whole variance along each direction; empty where nothing varies.
    package var shares: [Double] {
        let total = variances.reduce(0, +)
        return total > 0 ? variances.map { $0 / total } : []
    }

    /// Where the rows of a matrix lie along the first `count` directions.
    package func scores(of matrix: Matrix, count: Int) -> Matrix {
        precondition(matrix.columns == means.count && count >= 0 && count <= means.count, "the columns are those of the directions")
        let first = Matrix(
            rows: means.count, columns: count, elements: Array(directions.elements[..<(count * means.count)]))
        return Self.centered(matrix, means, scales) * first
    }

    private static func centered(_ matrix: Matrix, _ means: [Double], _ scales: [Double]) -> Matrix {
        var result = matrix
        let rows = matrix.rows
        result.withMutableElements { elements in
            for j in means.indices {
                let (mean, factor) = (means[j], 1 / scales[j])
                for i in j * rows..<(j + 1) * rows { elements[i] = (elements[i] - mean) * factor }
            }
        }
        return result
    }
}
