/// Why a system of equations has no answer.
package enum LinearSolveError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An entry of the matrix or of a right-hand side is NaN or infinite; rows and columns count from 0.
    case notFinite(row: Int, column: Int)
    /// The matrix has no inverse, or none that double precision can tell from none.
    case singular
    /// The leading block of this order is not positive definite.
    case notPositiveDefinite(order: Int)
    /// The columns of a least-squares problem depend on each other, or there are fewer rows than columns.
    case rankDeficient
    /// The eigenvalue iteration did not converge.
    case notConverged

    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .notFinite(let row, let column): "entry (\(row), \(column)) is not a finite number"
        case .singular: "the matrix is singular to working precision"
        case .notPositiveDefinite(let order): "the leading block of order \(order) is not positive definite"
        case .rankDeficient: "the columns are linearly dependent to working precision"
        case .notConverged: "the eigenvalue iteration did not converge"
        }
    }
}
