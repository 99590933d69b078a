/// Solves a ``MarkingEquation`` for one right side after the other by the dual simplex method on a dense tableau, each time from the basis of
/// the last (Lemke: "The dual method of solving the linear programming problem", Naval Research Logistics 1, 1954,
/// doi:10.1002/nav.3800010107).
///
/// All costs are ≥ 0, so that the basis of artificial variables, which must be 0, is feasible for the dual from the start, and the
/// objective of every basis after it is a lower bound whether or not the method has come to its end. What comes out is checked against
/// the equation itself (dual prices against every column); where rounding has spoiled it, the tableau is made anew.
///
/// - Complexity: O(rows · (rows + transitions)) per pivot. Nets have some hundred of both at most, and few pivots lie between states
///   that are neighbours.
struct DualSimplex {
    /// What a solution tells.
    enum Outcome: Equatable {
        /// The least cost, and whether ``solution`` attains it.
        case bound(Double, isAttained: Bool)
        /// There is no way to the final marking.
        case infeasible
    }

    private static let tolerance = 1e-7
    private let equation: MarkingEquation
    private let rowCount: Int
    private let width: Int
    /// Rows of: inverse of the basis, columns of the transitions, value; the last row is the objective.
    private var tableau: [Double]
    /// Per row: the basic variable. Transitions, then artificial ones, then too few, then too many of an activity.
    private var basis: [Int]

    /// A solver that has solved nothing yet.
    init(_ equation: MarkingEquation) {
        self.equation = equation
        rowCount = equation.rowCount
        width = equation.rowCount + equation.transitionCount + 1
        tableau = []
        basis = []
        reset()
    }

    /// Back to the basis of artificial variables.
    private mutating func reset() {
        tableau = [Double](repeating: 0, count: (rowCount + 1) * width)
        for row in 0..<rowCount { tableau[row * width + row] = 1 }
        for transition in 0..<equation.transitionCount {
            for entry in equation.starts[transition]..<equation.starts[transition + 1] {
                tableau[equation.rows[entry] * width + rowCount + transition] = equation.values[entry]
            }
        }
        basis = (0..<rowCount).map { equation.transitionCount + $0 }
    }

    /// Solves for a right side.
    mutating func solve(_ right: [Double]) -> Outcome {
        for attempt in 0..<2 {
            if let outcome = run(right) { return outcome }
            if attempt == 0 { reset() }
        }
        return .bound(0, isAttained: false)
    }

    /// The firings of the last solution.
    func solution() -> [Float] {
        var firings = [Float](repeating: 0, count: equation.transitionCount)
        for row in 0..<rowCount where basis[row] < equation.transitionCount {
            firings[basis[row]] = Float(max(0, tableau[row * width + width - 1]))
        }
        return firings
    }

    /// One run from the present basis; nil where rounding has spoiled the tableau.
    private mutating func run(_ right: [Double]) -> Outcome? {
        let most = 20 * (rowCount + equation.transitionCount)
        let patience = 3 * (rowCount + equation.transitionCount)
        // Taken out meanwhile, so that the basis may change beside it.
        var taken: [Double] = []
        swap(&taken, &tableau)
        defer { swap(&taken, &tableau) }
        return taken.withUnsafeMutableBufferPointer { cells -> Outcome? in
            for row in 0...rowCount {
                var sum = 0.0
                for column in 0..<rowCount { sum += cells[row * width + column] * right[column] }
                cells[row * width + width - 1] = sum
            }
            var pivots = 0
            while true {
                guard let leaving = leaving(cells, isPatient: pivots < patience) else {
                    return checked(cells, right, isAttained: true)
                }
                if pivots == most { return checked(cells, right, isAttained: false) }
                guard let entering = entering(cells, leaving) else {
                    return isProvenInfeasible(cells, leaving, right) ? .infeasible : nil
                }
                pivot(cells, leaving, entering)
                pivots += 1
            }
        }
    }

    /// The row whose variable is farthest out of its bounds (the first one, once patience is over: Bland's rule ends every cycle).
    private func leaving(_ cells: UnsafeMutableBufferPointer<Double>, isPatient: Bool) -> Int? {
        var worst = Self.tolerance
        var chosen: Int?
        for row in 0..<rowCount {
            let value = cells[row * width + width - 1]
            let isArtificial = basis[row] >= equation.transitionCount && basis[row] < equation.transitionCount + rowCount
            let violation = isArtificial ? abs(value) : -value
            if violation > worst {
                chosen = row
                if !isPatient { return row }
                worst = violation
            }
        }
        return chosen
    }

    /// The variable that keeps the dual feasible: the one of the least ratio; of several the one of the largest pivot, then the first.
    private func entering(_ cells: UnsafeMutableBufferPointer<Double>, _ leaving: Int) -> Int? {
        let base = leaving * width
        let objective = rowCount * width
        let sign: Double = cells[base + width - 1] < 0 ? -1 : 1
        var best = Double.infinity
        var size = 0.0
        var chosen: Int?
        func offer(_ variable: Int, _ alpha: Double, _ cost: Double) {
            if alpha <= 1e-9 { return }
            let ratio = max(0, cost) / alpha
            if ratio < best - 1e-12 || (ratio <= best + 1e-12 && alpha > size) {
                best = min(best, ratio)
                size = alpha
                chosen = variable
            }
        }
        for transition in 0..<equation.transitionCount {
            offer(transition, sign * cells[base + rowCount + transition], cells[objective + rowCount + transition])
        }
        for row in equation.placeCount..<rowCount {
            let alpha = sign * cells[base + row]
            if alpha > 0 {
                offer(equation.transitionCount + rowCount + row, alpha, 1 + cells[objective + row])
            } else {
                offer(equation.transitionCount + 2 * rowCount + row, -alpha, 1 - cells[objective + row])
            }
        }
        return chosen
    }

    /// Puts a variable into the basis in place of a row's.
    private mutating func pivot(_ cells: UnsafeMutableBufferPointer<Double>, _ leaving: Int, _ entering: Int) {
        // Where the column of the entering variable stands, its sign there, and its own cost.
        var column = entering + rowCount
        var sign = 1.0
        var cost = 0.0
        if entering >= equation.transitionCount + 2 * rowCount {
            (column, sign, cost) = (entering - equation.transitionCount - 2 * rowCount, -1, 1)
        } else if entering >= equation.transitionCount {
            (column, cost) = (entering - equation.transitionCount - rowCount, 1)
        }
        let own = UnsafeMutableBufferPointer(rebasing: cells[leaving * width..<(leaving + 1) * width])
        let scale = 1 / (sign * own[column])
        for place in 0..<width { own[place] *= scale }
        for row in 0...rowCount where row != leaving {
            let other = UnsafeMutableBufferPointer(rebasing: cells[row * width..<(row + 1) * width])
            let factor = sign * other[column] + (row == rowCount ? cost : 0)
            if factor == 0 { continue }
            for place in 0..<width { other[place] -= factor * own[place] }
        }
        basis[leaving] = entering
    }

    /// The objective by the prices alone, where they are feasible for the dual in the equation itself.
    private func checked(_ cells: UnsafeMutableBufferPointer<Double>, _ right: [Double], isAttained: Bool) -> Outcome? {
        let objective = rowCount * width
        var sum = 0.0
        for row in 0..<rowCount {
            let price = -cells[objective + row]
            if row >= equation.placeCount && abs(price) > 1 + 1e-6 { return nil }
            sum += price * right[row]
        }
        for transition in 0..<equation.transitionCount {
            var reduced = 0.0
            for entry in equation.starts[transition]..<equation.starts[transition + 1] {
                reduced += cells[objective + equation.rows[entry]] * equation.values[entry]
            }
            if reduced < -1e-6 { return nil }
        }
        return .bound(sum, isAttained: isAttained)
    }

    /// Whether a row shows, in the equation itself, that no firings attain the right side (Farkas).
    private func isProvenInfeasible(_ cells: UnsafeMutableBufferPointer<Double>, _ leaving: Int, _ right: [Double]) -> Bool {
        let base = leaving * width
        var sum = 0.0
        for row in 0..<rowCount {
            if row >= equation.placeCount && abs(cells[base + row]) > 1e-6 { return false }
            sum += cells[base + row] * right[row]
        }
        let sign: Double = sum < 0 ? -1 : 1
        if abs(sum) < 1e-6 { return false }
        for transition in 0..<equation.transitionCount {
            var entries = 0.0
            for entry in equation.starts[transition]..<equation.starts[transition + 1] {
                entries += cells[base + equation.rows[entry]] * equation.values[entry]
            }
            if sign * entries > 1e-6 { return false }
        }
        return true
    }
}
