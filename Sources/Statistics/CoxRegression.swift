package import LinearAlgebra

/// Proportional hazards: how columns multiply the rate at which cases end, with open cases counted as lasting at least as long as they do.
///
///     let fit = try CoxRegression(design, durations: seconds, ended: isComplete)
///     let slower = fit.coefficients[0].map { $0.value < 0 }        // cases with column 0 end later
///
/// Newton's method on the partial likelihood (Cox: "Regression models and life-tables", JRSS B 34, 1972,
/// doi:10.1111/j.2517-6161.1972.tb00899.x) with ties by Efron ("The efficiency of Cox's likelihood function for censored data", JASA
/// 72, 1977, doi:10.1080/01621459.1977.10480613) or Breslow. The information is the difference of two Gram matrices that grow block by
/// block: that of the rows, weighted by the risk they were under, and that of the means over those at risk at each end.
package struct CoxRegression: Sendable {
    /// How cases that end at the same time count.
    package enum Ties: Sendable {
        /// Each of them is at risk with its fair share of the others.
        case efron
        /// Each is at risk with all others.
        case breslow
    }

    /// Per column the change of the log hazard per unit; nil for aliased ones.
    package let coefficients: [RegressionCoefficient?]
    /// The columns that are constant or depend on those before them, ascending.
    package let aliased: [Int]
    /// The number of cases.
    package let n: Int
    /// The number of cases that ended.
    package let ends: Int
    /// The partial log-likelihood.
    package let logLikelihood: Double
    /// The partial log-likelihood without columns.
    package let nullLogLikelihood: Double
    /// The covariance of the coefficients that are not aliased.
    package let covariance: Matrix
    private let table: CoefficientTable

    private static let mostSteps = 60

    /// Fits how long cases last.
    ///
    /// - Parameters:
    ///   - durations: how long each case took, or has taken so far.
    ///   - ended: whether it ended then.
    /// - Throws: `notFinite`; `tooFew` where no more cases ended than there are columns; `separated`.
    package init(_ design: DesignMatrix, durations: [Double], ended: [Bool], ties: Ties = .efron) throws(RegressionError) {
        precondition(design.rows == durations.count && durations.count == ended.count, "there is one duration per row")
        if let row = durations.firstIndex(where: { !$0.isFinite }) { throw .notFinite(row: row, column: -1) }
        // The longest first, so that those at risk are those before.
        let order = durations.indices.sorted { (durations[$1], $0) < (durations[$0], $1) }
        let own = try StandardizedDesign(design.selecting(order), intercept: false)
        let likelihood = PartialLikelihood(own, durations: order.map { durations[$0] }, ended: order.map { ended[$0] }, ties: ties)
        guard likelihood.ends > own.width else { throw .tooFew }
        var parameters = [Double](repeating: 0, count: own.width)
        var state = likelihood.state(parameters)
        nullLogLikelihood = state.logLikelihood
        var steps = 0
        while own.width > 0 {
            steps += 1
            guard let factor = try? CholeskyFactorization(state.information), let step = try? factor.solve(state.gradient) else {
                let far = own.kept.indices.filter { parameters[$0].magnitude > 5 }
                throw far.isEmpty ? .notConverged : .separated(columns: far.map { own.kept[$0] })
            }
            var length = 1.0
            var next = parameters
            var following = state
            repeat {
                next = zip(parameters, step).map { $0 + length * $1 }
                following = likelihood.state(next)
                length /= 2
            } while !(following.logLikelihood >= state.logLikelihood - 1e-9 * state.logLikelihood.magnitude) && length > 1e-6
            parameters = next
            state = following
            if step.reduce(0, { max($0, $1.magnitude) }) < 1e-8 { break }
            if steps >= Self.mostSteps || parameters.contains(where: { $0.magnitude > 200 }) {
                let moving = own.kept.indices.filter { step[$0].magnitude > 1e-3 }
                throw moving.isEmpty ? .notConverged : .separated(columns: moving.map { own.kept[$0] })
            }
        }
        guard let factor = try? CholeskyFactorization(state.information) else { throw .notConverged }
        table = CoefficientTable(own, parameters, factor.inverse(), degreesOfFreedom: nil)
        coefficients = table.coefficients
        covariance = table.covariance
        aliased = own.aliased
        n = durations.count
        ends = likelihood.ends
        logLikelihood = state.logLikelihood
    }

    /// A weighted sum of coefficients with its own interval; nil where one of them is aliased.
    package func combination(_ weights: [(column: Int, weight: Double)]) -> RegressionCoefficient? { table.combination(weights) }
}

/// The partial likelihood of ``CoxRegression`` with its derivatives; rows run from the longest duration to the shortest.
private struct PartialLikelihood {
    let design: StandardizedDesign
    let ended: [Bool]
    let ties: CoxRegression.Ties
    /// Rows of one duration, from the longest to the shortest.
    let groups: [Range<Int>]
    let ends: Int

    init(_ design: StandardizedDesign, durations: [Double], ended: [Bool], ties: CoxRegression.Ties) {
        self.design = design
        self.ended = ended
        self.ties = ties
        ends = ended.count { $0 }
        var groups: [Range<Int>] = []
        var start = 0
        for row in durations.indices.dropFirst() where durations[row] != durations[start] {
            groups.append(start..<row)
            start = row
        }
        if !durations.isEmpty { groups.append(start..<durations.count) }
        self.groups = groups
    }

    struct State {
        var logLikelihood = 0.0
        var gradient: [Double]
        var information: Matrix
    }

    func state(_ parameters: [Double]) -> State {
        let width = design.width
        var state = State(gradient: [Double](repeating: 0, count: width), information: Matrix(rows: width, columns: width))
        var logs = [Double](repeating: 0, count: ended.count)
        design.forEachBlock { range, block in
            for (i, value) in (block * parameters).enumerated() { logs[range.lowerBound + i] = value }
        }
        let shift = logs.max() ?? 0
        let weights = logs.map { Double.exp($0 - shift) }
        let factors = exposures(logs, weights, shift, &state.logLikelihood)
        // Sums over those at risk, and over those who end in the present group, row by row.
        var risk = (weight: 0.0, sums: [Double](repeating: 0, count: width))
        var ending = (weight: 0.0, sums: [Double](repeating: 0, count: width), count: 0)
        var means: [Double] = []
        var group = 0
        design.forEachBlock { range, block in
            // One row after the other in memory.
            block.transposed().elements.withUnsafeBufferPointer { z in
                for i in 0..<range.count {
                    let row = range.lowerBound + i
                    let weight = weights[row]
                    risk.weight += weight
                    for j in 0..<width { risk.sums[j] += weight * z[i * width + j] }
                    if ended[row] {
                        ending.weight += weight
                        ending.count += 1
                        for j in 0..<width {
                            ending.sums[j] += weight * z[i * width + j]
                            state.gradient[j] += z[i * width + j]
                        }
                    }
                    guard row + 1 == groups[group].upperBound else { continue }
                    for member in 0..<ending.count {
                        let part = share(member, of: ending.count)
                        let total = risk.weight - part * ending.weight
                        for j in 0..<width {
                            let mean = (risk.sums[j] - part * ending.sums[j]) / total
                            means.append(mean)
                            state.gradient[j] -= mean
                        }
                    }
                    if ending.count > 0 { ending = (0, [Double](repeating: 0, count: width), 0) }
                    group += 1
                }
            }
            state.information.addGram(of: block.scalingRows(by: range.map { (weights[$0] * factors[$0]).squareRoot() }))
            if width > 0, !means.isEmpty {
                let rows = Matrix(rows: width, columns: means.count / width, elements: means).transposed()
                var product = Matrix(rows: width, columns: width)
                product.addGram(of: rows)
                state.information = state.information - product
            }
            means.removeAll(keepingCapacity: true)
        }
        return state
    }

    private func share(_ member: Int, of count: Int) -> Double {
        switch ties {
        case .efron: Double(member) / Double(count)
        case .breslow: 0
        }
    }

    /// Per row, the sum over the ends it was at risk of of 1 ÷ the weight at risk; adds to the likelihood.
    private func exposures(_ logs: [Double], _ weights: [Double], _ shift: Double, _ logLikelihood: inout Double) -> [Double] {
        var atRisk = 0.0
        // Per group: what each of its ends adds to those at risk, and what those who end are spared.
        var added = [(all: Double, spared: Double)](repeating: (0, 0), count: groups.count)
        for (index, group) in groups.enumerated() {
            var ending = (weight: 0.0, count: 0)
            for row in group {
                atRisk += weights[row]
                guard ended[row] else { continue }
                ending.weight += weights[row]
                ending.count += 1
                logLikelihood += logs[row]
            }
            for member in 0..<ending.count {
                let part = share(member, of: ending.count)
                let total = atRisk - part * ending.weight
                logLikelihood -= Double.log(total) + shift
                added[index].all += 1 / total
                added[index].spared += part / total
            }
        }
        var factors = [Double](repeating: 0, count: ended.count)
        var sum = 0.0
        for (index, group) in groups.enumerated().reversed() {
            sum += added[index].all
            for row in group { factors[row] = ended[row] ? sum - added[index].spared : sum }
        }
        return factors
    }
}
