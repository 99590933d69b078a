import Foundation

/// Slow, plain answers in nested loops that share no code with the library; rows are lists of values without an intercept.
enum PlainRegression {
    /// Gauss–Jordan elimination with row exchanges: the inverse.
    static func inverse(_ matrix: [[Double]]) -> [[Double]] {
        let order = matrix.count
        var left = matrix
        var right = (0..<order).map { i in (0..<order).map { $0 == i ? 1.0 : 0 } }
        for k in 0..<order {
            let pivot = (k..<order).max { abs(left[$0][k]) < abs(left[$1][k]) } ?? k
            left.swapAt(k, pivot)
            right.swapAt(k, pivot)
            let divisor = left[k][k]
            for j in 0..<order {
                left[k][j] /= divisor
                right[k][j] /= divisor
            }
            for i in 0..<order where i != k {
                let factor = left[i][k]
                for j in 0..<order {
                    left[i][j] -= factor * left[k][j]
                    right[i][j] -= factor * right[k][j]
                }
            }
        }
        return right
    }

    static func times(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    static func times(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
        left.map { row in right[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * right[$1][j] } } }
    }

    static func weightedGram(_ rows: [[Double]], _ weights: [Double]) -> [[Double]] {
        let width = rows[0].count
        return (0..<width).map { a in
            (0..<width).map { b in rows.indices.reduce(0) { $0 + weights[$1] * rows[$1][a] * rows[$1][b] } }
        }
    }

    static func score(_ rows: [[Double]], _ values: [Double]) -> [Double] {
        rows[0].indices.map { j in rows.indices.reduce(0) { $0 + rows[$1][j] * values[$1] } }
    }

    /// Ordinary least squares: coefficients, intercept first, and the covariances of White with HC1 and HC3.
    static func linear(_ rows: [[Double]], _ y: [Double]) -> (coefficients: [Double], hc1: [[Double]], hc3: [[Double]]) {
        let x = rows.map { [1] + $0 }
        let (n, k) = (Double(x.count), Double(x[0].count))
        let bread = inverse(weightedGram(x, x.map { _ in 1 }))
        let coefficients = times(bread, score(x, y))
        let residuals = zip(y, times(x, coefficients)).map { $0 - $1 }
        let leverages = x.map { row in zip(row, times(bread, row)).reduce(0) { $0 + $1.0 * $1.1 } }
        let first = weightedGram(x, residuals.map { $0 * $0 * n / (n - k) })
        let third = weightedGram(x, zip(residuals, leverages).map { ($0 / (1 - $1)) * ($0 / (1 - $1)) })
        return (coefficients, times(times(bread, first), bread), times(times(bread, third), bread))
    }

    /// Logistic regression by Newton's method: coefficients, intercept first, and the inverse information.
    static func logistic(_ rows: [[Double]], _ y: [Bool]) -> (coefficients: [Double], covariance: [[Double]]) {
        let x = rows.map { [1] + $0 }
        var coefficients = x[0].map { _ in 0.0 }
        var covariance: [[Double]] = []
        for _ in 0..<30 {
            let p = times(x, coefficients).map { 1 / (1 + exp(-$0)) }
            covariance = inverse(weightedGram(x, p.map { $0 * (1 - $0) }))
            let step = times(covariance, score(x, zip(y, p).map { ($0 ? 1 : 0) - $1 }))
            coefficients = zip(coefficients, step).map { $0 + $1 }
        }
        return (coefficients, covariance)
    }

    /// Proportional hazards by Newton's method, all sums over those at risk anew at every end.
    static func cox(_ rows: [[Double]], _ times: [Double], _ ended: [Bool], efron: Bool) -> (coefficients: [Double], covariance: [[Double]])
    {
        let width = rows[0].count
        var coefficients = [Double](repeating: 0, count: width)
        var covariance: [[Double]] = []
        let moments = Array(Set(zip(times, ended).filter { $0.1 }.map { $0.0 })).sorted()
        for _ in 0..<30 {
            var gradient = [Double](repeating: 0, count: width)
            var information = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
            for moment in moments {
                let deaths = rows.indices.filter { times[$0] == moment && ended[$0] }
                for death in deaths { for j in 0..<width { gradient[j] += rows[death][j] } }
                for member in deaths.indices {
                    let spared = efron ? Double(member) / Double(deaths.count) : 0
                    var (s0, s1) = (0.0, [Double](repeating: 0, count: width))
                    var s2 = [[Double]](repeating: s1, count: width)
                    for i in rows.indices where times[i] >= moment {
                        let isDeath = times[i] == moment && ended[i]
                        let weight = exp(zip(rows[i], coefficients).reduce(0) { $0 + $1.0 * $1.1 }) * (isDeath ? 1 - spared : 1)
                        s0 += weight
                        for a in 0..<width {
                            s1[a] += weight * rows[i][a]
                            for b in 0..<width { s2[a][b] += weight * rows[i][a] * rows[i][b] }
                        }
                    }
                    for a in 0..<width {
                        gradient[a] -= s1[a] / s0
                        for b in 0..<width { information[a][b] += s2[a][b] / s0 - s1[a] * s1[b] / (s0 * s0) }
                    }
                }
            }
            covariance = inverse(information)
            coefficients = zip(coefficients, PlainRegression.times(covariance, gradient)).map { $0 + $1 }
        }
        return (coefficients, covariance)
    }

    /// Whether two lists agree to a part of each other.
    static func agree(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-9) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), abs($1), 1e-6) }
    }
}

/// Sixty observations made of fractional parts of multiples of irrational numbers, so that any program makes the same ones.
enum FixedSample {
    static let count = 60
    static func fraction(_ i: Int, _ step: Double) -> Double {
        let x = Double(i) * step
        return x - x.rounded(.down)
    }
    static let x1 = (1...count).map { fraction($0, 0.6180339887498949) * 4 - 2 }
    static let x2 = (1...count).map { fraction($0, 0.4142135623730951) > 0.6 ? 1.0 : 0 }
    static let x3 = (1...count).map { fraction($0, 0.7320508075688772) }
    static let chance = (1...count).map { fraction($0, 0.2360679774997896) }
    static let rows = (0..<count).map { [x1[$0], x2[$0], x3[$0]] }
    static let y = (0..<count).map { i -> Double in
        let level = 1.5 + 0.8 * x1[i] - 1.2 * x2[i] + 0.5 * x3[i]
        return level + (chance[i] - 0.5) * (1 + x3[i] * 2)
    }
    static let happened = (0..<count).map { i -> Bool in
        let odds = 0.3 + 0.9 * x1[i] - 0.7 * x2[i]
        return chance[i] < 1 / (1 + exp(-odds))
    }
    static let durations = (0..<count).map { i -> Double in
        let odds = 0.5 * x1[i] - 0.4 * x2[i]
        return (-log(chance[i]) * exp(-odds) * 5).rounded(.up)
    }
    static let ended = (1...count).map { fraction($0, 0.3166247903554) > 0.25 }
}
