package import LinearAlgebra

/// Logistic regression by iteratively reweighted least squares, with an intercept.
///
///     let fit = try LogisticRegression(design, outcomes)           // outcomes: whether it happened
///     let change = fit.averageEffects[0]?.value                    // of the probability, per unit of column 0
///
/// Each step solves the weighted normal equations, whose Gram matrix grows block by block (`dsyrk`), by Cholesky (McCullagh, Nelder:
/// "Generalized Linear Models", 1989, 4.4). Where columns separate the outcomes the likelihood has no maximum (Albert, Anderson:
/// "On the existence of maximum likelihood estimates in logistic regression models", Biometrika 71, 1984,
/// doi:10.1093/biomet/71.1.1); steps then do not shrink, and the columns that still move are named. Standard errors come from the
/// information, or, wider, from clusters.
package struct LogisticRegression: Sendable {
    /// The log-odds where every column is 0.
    package let intercept: RegressionCoefficient
    /// Per column the change of the log-odds per unit; nil for aliased ones.
    package let coefficients: [RegressionCoefficient?]
    /// Per column the average over the observations of the probability's derivative, with its standard error by the delta method; nil
    /// for aliased ones.
    package let averageEffects: [RegressionCoefficient?]
    /// The columns that are constant or depend on those before them, ascending.
    package let aliased: [Int]
    /// The number of observations.
    package let n: Int
    /// The log-likelihood.
    package let logLikelihood: Double
    /// The covariance of intercept and coefficients that are not aliased, from the information.
    package let covariance: Matrix

    /// The most steps.
    private static let mostSteps = 60

    /// Fits `outcomes`.
    ///
    /// - Parameter clusters: per observation the number, from 0, of the cluster to which it belongs.
    /// - Throws: `notFinite`; `tooFew` where all outcomes are alike or there are no more of them than parameters; `separated`.
    package init(_ design: DesignMatrix, _ outcomes: [Bool], clusters: [Int32]? = nil) throws(RegressionError) {
        precondition(design.rows == outcomes.count, "there is one outcome per row")
        precondition(clusters.map { $0.count == outcomes.count } ?? true, "there is one cluster per row")
        let own = try StandardizedDesign(design, intercept: true)
        let (width, count) = (own.width, Double(outcomes.count))
        let happened = outcomes.count { $0 }
        guard outcomes.count > width, happened > 0, happened < outcomes.count else { throw .tooFew }
        var parameters = [Double](repeating: 0, count: width)
        let share = Double(happened) / count
        parameters[0] = Double.log(share / (1 - share))
        var state = Self.state(own, outcomes, parameters)
        var steps = 0
        while true {
            steps += 1
            guard let factor = try? CholeskyFactorization(state.information), let step = try? factor.solve(state.gradient) else {
                throw Self.failure(own, parameters)
            }
            var length = 1.0
            var next = Self.moved(parameters, step, length)
            var following = Self.state(own, outcomes, next)
            while !(following.logLikelihood >= state.logLikelihood - 1e-9 * state.logLikelihood.magnitude), length > 1e-6 {
                length /= 2
                next = Self.moved(parameters, step, length)
                following = Self.state(own, outcomes, next)
            }
            parameters = next
            state = following
            let largest = step.reduce(0) { max($0, $1.magnitude) }
            if largest < 1e-8 { break }
            if steps >= Self.mostSteps || parameters.contains(where: { $0.magnitude > 200 }) {
                let moving = own.kept.indices.filter { step[$0 + 1].magnitude > 1e-3 }
                throw moving.isEmpty ? .notConverged : .separated(columns: moving.map { own.kept[$0] })
            }
        }
        guard let factor = try? CholeskyFactorization(state.information) else { throw Self.failure(own, parameters) }
        let inverse = factor.inverse()
        var groups = clusters.map { ScoreClusters($0, width: width) }
        // Averages over the observations of p(1 − p) and of p(1 − p)(1 − 2p)·z.
        var density = 0.0
        var slopes = [Double](repeating: 0, count: width)
        own.forEachBlock { range, block in
            let chances = (block * parameters).map(Self.chance)
            for (j, value) in block.transposedTimes(chances.map { $0 * (1 - $0) * (1 - 2 * $0) }).enumerated() {
                slopes[j] += value / count
            }
            density += chances.reduce(0) { $0 + $1 * (1 - $1) } / count
            groups?.add(range, block, chances.enumerated().map { (outcomes[range.lowerBound + $0.offset] ? 1 : 0) - $0.element })
        }
        let clustered = groups.flatMap { groups in
            groups.meat(rows: outcomes.count).map { (covariance: inverse * $0 * inverse, degreesOfFreedom: Double(groups.count - 1)) }
        }
        let table = CoefficientTable(own, parameters, inverse, degreesOfFreedom: nil, clustered: clustered)
        intercept = table.intercept!
        coefficients = table.coefficients
        covariance = table.covariance
        aliased = own.aliased
        n = outcomes.count
        logLikelihood = state.logLikelihood
        var effects = [RegressionCoefficient?](repeating: nil, count: design.columns)
        for (place, column) in own.kept.enumerated() {
            let (index, scale) = (place + 1, own.scales[place])
            var gradient = slopes.map { $0 * parameters[index] / scale }
            gradient[index] += density / scale
            func error(_ covariance: Matrix) -> Double {
                max(0, zip(gradient, covariance * gradient).reduce(0) { $0 + $1.0 * $1.1 }).squareRoot()
            }
            let plain = error(inverse)
            let value = density * parameters[index] / scale
            if let clustered, error(clustered.covariance) > plain {
                effects[column] = RegressionCoefficient(
                    value, standardError: error(clustered.covariance), degreesOfFreedom: clustered.degreesOfFreedom)
            } else {
                effects[column] = RegressionCoefficient(value, standardError: plain, degreesOfFreedom: nil)
            }
        }
        averageEffects = effects
    }

    private static func moved(_ parameters: [Double], _ step: [Double], _ length: Double) -> [Double] {
        zip(parameters, step).map { $0 + length * $1 }
    }

    private static func failure(_ design: StandardizedDesign, _ parameters: [Double]) -> RegressionError {
        let far = design.kept.indices.filter { parameters[$0 + 1].magnitude > 5 }
        return far.isEmpty ? .notConverged : .separated(columns: far.map { design.kept[$0] })
    }

    /// 1 ÷ (1 + exp(−x)), without overflow.
    private static func chance(_ x: Double) -> Double {
        x >= 0 ? 1 / (1 + Double.exp(-x)) : Double.exp(x) / (1 + Double.exp(x))
    }

    private struct State {
        var logLikelihood = 0.0
        var gradient: [Double]
        var information: Matrix
    }

    private static func state(_ design: StandardizedDesign, _ outcomes: [Bool], _ parameters: [Double]) -> State {
        let width = design.width
        var state = State(gradient: [Double](repeating: 0, count: width), information: Matrix(rows: width, columns: width))
        design.forEachBlock { range, block in
            let odds = block * parameters
            var residuals = odds
            var weights = odds
            for i in odds.indices {
                let happened = outcomes[range.lowerBound + i]
                let p = chance(odds[i])
                residuals[i] = (happened ? 1 : 0) - p
                weights[i] = (p * (1 - p)).squareRoot()
                let x = happened ? odds[i] : -odds[i]
                state.logLikelihood -= x > 0 ? Double.log1p(Double.exp(-x)) : -x + Double.log1p(Double.exp(x))
            }
            for (j, value) in block.transposedTimes(residuals).enumerated() { state.gradient[j] += value }
            state.information.addGram(of: block.scalingRows(by: weights))
        }
        return state
    }
}

extension Matrix {
    /// The matrix with every row multiplied by its factor.
    func scalingRows(by factors: [Double]) -> Matrix {
        var result = self
        let (rows, columns) = (rows, columns)
        result.withMutableElements { elements in
            factors.withUnsafeBufferPointer { factors in
                for j in 0..<columns {
                    for i in 0..<rows { elements[j * rows + i] *= factors[i] }
                }
            }
        }
        return result
    }
}
