import LinearAlgebra

/// A design whose columns are centred and scaled to variance 1 and depend on none before them: what regressions compute with.
///
/// Columns are taken from left to right; one is aliased where it is constant, or where what the columns kept before it leave of its
/// variance is below ``tolerance`` of it.
struct StandardizedDesign {
    /// The least share of a column's variance that others must leave.
    static let tolerance = 1e-9

    let design: DesignMatrix
    /// The columns kept, ascending.
    let kept: [Int]
    /// The columns that add nothing, ascending.
    let aliased: [Int]
    /// Means and standard deviations (over n) of the columns kept.
    let means: [Double]
    let scales: [Double]
    /// Whether a column of ones comes first.
    let hasIntercept: Bool
    /// ZᵀZ of the columns kept, with that of ones first where there is one.
    let gram: Matrix

    /// The number of parameters.
    var width: Int { kept.count + (hasIntercept ? 1 : 0) }

    init(_ design: DesignMatrix, intercept: Bool) throws(RegressionError) {
        self.design = design
        hasIntercept = intercept
        let (rows, columns) = (design.rows, design.columns)
        var first = [Double](repeating: 0, count: columns)
        var sums = first
        var squares = first
        for range in design.blocks {
            let block = design.block(range)
            if let index = block.elements.firstIndex(where: { !$0.isFinite }) {
                throw .notFinite(row: range.lowerBound + index % block.rows, column: index / block.rows)
            }
            block.elements.withUnsafeBufferPointer { x in
                for j in 0..<columns {
                    let base = j * range.count
                    if range.lowerBound == 0 { first[j] = x[base] }
                    let shift = first[j]
                    var (sum, square) = (0.0, 0.0)
                    for i in base..<base + range.count {
                        let value = x[i] - shift
                        sum += value
                        square += value * value
                    }
                    sums[j] += sum
                    squares[j] += square
                }
            }
        }
        let count = Double(max(1, rows))
        var means = [Double](repeating: 0, count: columns)
        var scales = means
        var varying: [Int] = []
        for j in 0..<columns {
            let shift = sums[j] / count
            let variance = squares[j] / count - shift * shift
            means[j] = first[j] + shift
            scales[j] = max(0, variance).squareRoot()
            // A spread that rounding of the mean alone could make is none.
            if variance > 1e-24 * means[j] * means[j], variance > 1e-12 * squares[j] / count, scales[j] > 0 { varying.append(j) }
        }
        let candidates = Self(
            design: design, kept: varying, aliased: [], means: varying.map { means[$0] }, scales: varying.map { scales[$0] },
            hasIntercept: false, gram: Matrix(rows: 0, columns: 0))
        var all = Matrix(rows: varying.count, columns: varying.count)
        candidates.forEachBlock { _, block in all.addGram(of: block) }
        let independent = Self.independent(all)
        kept = independent.map { varying[$0] }
        let keptSet = Set(kept)
        aliased = (0..<columns).filter { !keptSet.contains($0) }
        self.means = kept.map { means[$0] }
        self.scales = kept.map { scales[$0] }
        // Centred columns are orthogonal to that of ones.
        let lead = intercept ? 1 : 0
        var gram = Matrix(rows: kept.count + lead, columns: kept.count + lead)
        if intercept { gram[0, 0] = Double(rows) }
        for (i, row) in independent.enumerated() {
            for (j, column) in independent.enumerated() { gram[i + lead, j + lead] = all[row, column] }
        }
        self.gram = gram
    }

    private init(
        design: DesignMatrix, kept: [Int], aliased: [Int], means: [Double], scales: [Double], hasIntercept: Bool, gram: Matrix
    ) {
        self.design = design
        self.kept = kept
        self.aliased = aliased
        self.means = means
        self.scales = scales
        self.hasIntercept = hasIntercept
        self.gram = gram
    }

    /// The columns of a Gram matrix that do not depend on those before them, by the pivots of its Cholesky factor.
    private static func independent(_ gram: Matrix) -> [Int] {
        let order = gram.rows
        var work = gram.elements
        var kept: [Int] = []
        work.withUnsafeMutableBufferPointer { a in
            for j in 0..<order {
                // What the columns kept leave of column j stands on its diagonal.
                let pivot = a[j * order + j]
                guard pivot > tolerance * gram.elements[j * order + j] else { continue }
                kept.append(j)
                for k in j + 1..<max(j + 1, order) {
                    let factor = a[k * order + j] / pivot
                    guard factor != 0 else { continue }
                    for i in j + 1..<order { a[k * order + i] -= factor * a[j * order + i] }
                }
            }
        }
        return kept
    }

    /// Lends the standardised rows, block by block from the first to the last.
    func forEachBlock(_ body: (Range<Int>, Matrix) -> Void) {
        let lead = hasIntercept ? 1 : 0
        for range in design.blocks {
            let source = design.block(range)
            var block = Matrix(rows: range.count, columns: width, repeating: 1)
            source.elements.withUnsafeBufferPointer { x in
                block.withMutableElements { z in
                    for (place, column) in kept.enumerated() {
                        let (mean, factor) = (means[place], 1 / scales[place])
                        let from = column * range.count
                        let to = (place + lead) * range.count
                        for i in 0..<range.count { z[to + i] = (x[from + i] - mean) * factor }
                    }
                }
            }
            body(range, block)
        }
    }

    /// The matrix T that takes parameters of the standardised columns to those of the columns as they are.
    var unstandardizing: Matrix {
        let lead = hasIntercept ? 1 : 0
        var result = Matrix(rows: width, columns: width)
        if hasIntercept { result[0, 0] = 1 }
        for place in kept.indices {
            result[place + lead, place + lead] = 1 / scales[place]
            if hasIntercept { result[0, place + lead] = -means[place] / scales[place] }
        }
        return result
    }
}
