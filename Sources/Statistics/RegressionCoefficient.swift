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
    private(set) var intercept: RegressionCoefficient?
    private(set) var coefficients: [RegressionCoefficient?]
    /// The covariance of the parameters of the columns as they are: the intercept first, where there is one, then those kept.
    let covariance: Matrix
    /// The place of each column among the parameters; nil for aliased ones.
    private let places: [Int?]
    private let values: [Double]
    private let undetermined: [Bool]
    private let degreesOfFreedom: Double?
    private let clustered: (covariance: Matrix, degreesOfFreedom: Double)?

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
        let lead = design.hasIntercept ? 1 : 0
        var places = [Int?](repeating: nil, count: design.design.columns)
        for (place, column) in design.kept.enumerated() { places[column] = place + lead }
        self.places = places
        self.values = values
        self.undetermined = values.indices.map { undetermined.indices.contains($0) && undetermined[$0] }
        self.degreesOfFreedom = degreesOfFreedom
        self.clustered = clustered.map { (transform($0.covariance), $0.degreesOfFreedom) }
        self.covariance = own
        (intercept, coefficients) = (nil, [])
        intercept = lead == 1 ? sum([(0, 1)]) : nil
        coefficients = places.map { $0.map { sum([($0, 1)]) } }
    }

    /// A weighted sum of coefficients; nil where one of them is aliased.
    func combination(_ weights: [(column: Int, weight: Double)]) -> RegressionCoefficient? {
        var terms: [(place: Int, weight: Double)] = []
        for (column, weight) in weights {
            guard let place = places[column] else { return nil }
            terms.append((place, weight))
        }
        return sum(terms)
    }

    private func sum(_ terms: [(place: Int, weight: Double)]) -> RegressionCoefficient {
        let value = terms.reduce(0) { $0 + $1.weight * values[$1.place] }
        let isUnknown = terms.contains { undetermined[$0.place] }
        func variance(_ matrix: Matrix) -> Double {
            terms.reduce(0) { total, one in terms.reduce(total) { $0 + one.weight * $1.weight * matrix[one.place, $1.place] } }
        }
        let own = variance(covariance)
        if let clustered {
            let other = variance(clustered.covariance)
            if other > own {
                return RegressionCoefficient(
                    value, standardError: isUnknown ? nil : other.squareRoot(), degreesOfFreedom: clustered.degreesOfFreedom)
            }
        }
        return RegressionCoefficient(
            value, standardError: isUnknown || !(own >= 0) ? nil : own.squareRoot(), degreesOfFreedom: degreesOfFreedom)
    }
}
