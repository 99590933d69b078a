import LinearAlgebra

/// One coefficient of a regression.
package struct RegressionCoefficient: Sendable, Equatable {
    /// The coefficient, per unit of its column.
    package let value: Double
    /// Its standard error; nil where the data tell nothing of it.
    package let standardError: Double?
    /// Its 95 % interval; nil without a standard error.
    package let ci95: Interval?
    /// The two-sided p-value of no effect; nil without a standard error.
    package let pValue: Double?

    /// A coefficient from its standard error.
    ///
    /// - Parameter degreesOfFreedom: those of Student's t; nil for the normal distribution.
    init(_ value: Double, standardError: Double?, degreesOfFreedom: Double?) {
        self.value = value
        guard let standardError, standardError.isFinite, standardError > 0, value.isFinite, degreesOfFreedom.map({ $0 > 0 }) ?? true else {
            self.standardError = nil
            ci95 = nil
            pValue = nil
            return
        }
        self.standardError = standardError
        let statistic = (value / standardError).magnitude
        if let degreesOfFreedom {
            let student = StudentT(degreesOfFreedom: degreesOfFreedom)
            let half = student.quantile(0.975) * standardError
            ci95 = Interval(low: value - half, high: value + half)
            pValue = min(1, 2 * student.cumulative(-statistic))
        } else {
            let half = StandardNormal.z975 * standardError
            ci95 = Interval(low: value - half, high: value + half)
            pValue = min(1, 2 * StandardNormal.cumulative(-statistic))
        }
    }
}

/// Why a regression has no answer.
package enum RegressionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An explanatory value or an outcome is NaN or infinite; rows and columns count from 0, the outcome is column −1.
    case notFinite(row: Int, column: Int)
    /// There are no more observations than parameters, or the outcome never varies.
    case tooFew
    /// These columns (from 0) tell some outcomes without error, so that their coefficients have no finite estimate.
    case separated(columns: [Int])
    /// The iteration did not settle.
    case notConverged

    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .notFinite(let row, let column): "the value in row \(row), column \(column) is not a finite number"
        case .tooFew: "there are too few observations, or their outcomes are all alike"
        case .separated(let columns): "the columns \(columns.map(String.init).joined(separator: ", ")) separate the outcomes"
        case .notConverged: "the iteration did not converge"
        }
    }
}

/// Sums of the scores of observations that belong together, and what they say of the spread of coefficients.
struct ScoreClusters {
    /// Per observation: its cluster, from 0.
    let ids: [Int32]
    let count: Int
    /// Row-wise: `count` × `width`.
    private var sums: [Double]
    private let width: Int

    init(_ ids: [Int32], width: Int) {
        self.ids = ids
        self.width = width
        count = Int(ids.max() ?? -1) + 1
        sums = [Double](repeating: 0, count: count * width)
    }

    /// Adds residual · row of a block.
    mutating func add(_ range: Range<Int>, _ block: Matrix, _ residuals: [Double]) {
        let width = width
        sums.withUnsafeMutableBufferPointer { sums in
            block.elements.withUnsafeBufferPointer { z in
                for j in 0..<width {
                    for i in 0..<range.count {
                        sums[Int(ids[range.lowerBound + i]) * width + j] += z[j * range.count + i] * residuals[i]
                    }
                }
            }
        }
    }

    /// The sum over clusters of score · scoreᵀ, times the small-sample factor G ÷ (G − 1) · (n − 1) ÷ (n − k); nil below two clusters.
    func meat(rows: Int) -> Matrix? {
        guard count > 1, rows > width else { return nil }
        let transposed = Matrix(rows: width, columns: count, elements: sums)
        let (clusters, n) = (Double(count), Double(rows))
        let factor = clusters / (clusters - 1) * (n - 1) / (n - Double(width))
        return Matrix.product(transposed, transposed: false, transposed, transposed: true).scaled(by: factor)
    }
}

/// The coefficients of the columns as they are, from the parameters of standardised ones.
struct CoefficientTable {
    let intercept: RegressionCoefficient?
    let coefficients: [RegressionCoefficient?]
    /// The covariance of the parameters of the columns as they are: the intercept first, where there is one, then those kept.
    let covariance: Matrix

    /// - Parameters:
    ///   - covariance: of the parameters of standardised columns.
    ///   - clustered: the same from clusters, used where wider.
    ///   - undetermined: which parameters have no standard error.
    init(
        _ design: StandardizedDesign, _ parameters: [Double], _ covariance: Matrix, degreesOfFreedom: Double?,
        clustered: (covariance: Matrix, degreesOfFreedom: Double)? = nil, undetermined: [Bool] = []
    ) {
        let change = design.unstandardizing
        let values = change * parameters
        func transform(_ matrix: Matrix) -> Matrix {
            Matrix.product(change * matrix, transposed: false, change, transposed: true)
        }
        let own = transform(covariance)
        let other = clustered.map { transform($0.covariance) }
        let table = values.indices.map { index -> RegressionCoefficient in
            let unknown = undetermined.indices.contains(index) && undetermined[index]
            let variance = own[index, index]
            let plain = RegressionCoefficient(
                values[index], standardError: unknown || !(variance >= 0) ? nil : variance.squareRoot(), degreesOfFreedom: degreesOfFreedom)
            guard let other, let clustered, other[index, index] > variance else { return plain }
            return RegressionCoefficient(
                values[index], standardError: unknown ? nil : other[index, index].squareRoot(),
                degreesOfFreedom: clustered.degreesOfFreedom)
        }
        let lead = design.hasIntercept ? 1 : 0
        intercept = design.hasIntercept ? table[0] : nil
        var coefficients = [RegressionCoefficient?](repeating: nil, count: design.design.columns)
        for (place, column) in design.kept.enumerated() { coefficients[column] = table[place + lead] }
        self.coefficients = coefficients
        self.covariance = own
    }
}
