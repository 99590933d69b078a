import LinearAlgebra
import Statistics

/// Slow, plain answers that share no code with the library.
enum Reference {
    static let sizes = [0, 1, 2, 7, 33, 100]

    static func matrix(_ rows: Int, _ columns: Int, _ path: UInt64...) -> Matrix {
        var stream = RandomStream(seed: 20, path: [UInt64(rows), UInt64(columns)] + path)
        var result = Matrix(rows: rows, columns: columns)
        for i in 0..<rows {
            for j in 0..<columns { result[i, j] = 2 * stream.unit() - 1 }
        }
        return result
    }

    static func vector(_ count: Int, _ path: UInt64...) -> [Double] {
        var stream = RandomStream(seed: 21, path: [UInt64(count)] + path)
        return (0..<count).map { _ in 2 * stream.unit() - 1 }
    }

    static func product(_ a: Matrix, _ b: Matrix) -> Matrix {
        var result = Matrix(rows: a.rows, columns: b.columns)
        for i in 0..<a.rows {
            for j in 0..<b.columns {
                var sum = 0.0
                for k in 0..<a.columns { sum += a[i, k] * b[k, j] }
                result[i, j] = sum
            }
        }
        return result
    }

    static func transpose(_ a: Matrix) -> Matrix {
        var result = Matrix(rows: a.columns, columns: a.rows)
        for i in 0..<a.rows {
            for j in 0..<a.columns { result[j, i] = a[i, j] }
        }
        return result
    }

    /// Gauss–Jordan elimination with row exchanges.
    static func solve(_ a: Matrix, _ b: Matrix) -> Matrix {
        var left = (0..<a.rows).map { a.row($0) }
        var right = (0..<b.rows).map { b.row($0) }
        for k in 0..<a.rows {
            let pivot = (k..<a.rows).max { abs(left[$0][k]) < abs(left[$1][k]) } ?? k
            left.swapAt(k, pivot)
            right.swapAt(k, pivot)
            for i in 0..<a.rows where i != k {
                let factor = left[i][k] / left[k][k]
                for j in k..<a.columns { left[i][j] -= factor * left[k][j] }
                for j in 0..<b.columns { right[i][j] -= factor * right[k][j] }
            }
        }
        var result = Matrix(rows: a.rows, columns: b.columns)
        for i in 0..<a.rows {
            for j in 0..<b.columns { result[i, j] = right[i][j] / left[i][i] }
        }
        return result
    }

    /// The largest difference of two matrices, relative to the largest entry where that is above 1.
    static func distance(_ a: Matrix, _ b: Matrix) -> Double {
        guard a.rows == b.rows, a.columns == b.columns else { return .infinity }
        let scale = b.elements.reduce(1) { max($0, abs($1)) }
        return zip(a.elements, b.elements).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
    }

    static func distance(_ a: [Double], _ b: [Double]) -> Double {
        distance(Matrix(column: a), Matrix(column: b))
    }
}
