import Statistics

/// A regression of a figure on columns that may drive it, with clusters of cases that start one after the other.
struct DriverFit {
    /// `ols`, `ridge` or `logistic`.
    var method: String
    /// Per column: the difference of the mean per unit; nil where it has none.
    var effects: [RegressionCoefficient?]
    /// The numbers of columns that others tell already.
    var aliased: [Int]
    /// The numbers of columns that tell outcomes without error.
    var separated: [Int]
    var rSquared: Double?
    /// Whether there are enough cases for intervals.
    var isEnough: Bool
    /// A weighted sum of effects with its interval; nil where it takes another fit.
    private var combination: (([(column: Int, weight: Double)]) -> RegressionCoefficient?)?

    /// Fewer cases for each column than these are shrunk by ridge and tell nothing for certain.
    static let leastPerColumn = 10

    /// Clusters of cases at `rows` that start one after the other: 10 to 50 of equal size.
    static func clusters(_ rows: [Int], starts: [Int64]) -> [Int32] {
        let count = max(10, min(50, rows.count / 20))
        var result = [Int32](repeating: 0, count: rows.count)
        let order = rows.indices.sorted { (starts[rows[$0]], $0) < (starts[rows[$1]], $1) }
        for (place, index) in order.enumerated() { result[index] = Int32(place * count / rows.count) }
        return result
    }

    /// The cases of a stratum: cases that start one after the other and meet about the same queues. More than so many strata are not made.
    static let casesPerStratum = 25
    static let mostStrata = 2_000

    /// Strata of cases at `rows` that start one after the other, of equal size, each within one of the ``clusters(_:starts:)``; nil where cases
    /// are too few for two of them.
    static func strata(_ rows: [Int], starts: [Int64]) -> [Int32]? {
        let clusters = max(10, min(50, rows.count / 20))
        let count = max(1, min(mostStrata, rows.count / casesPerStratum) / clusters) * clusters
        guard rows.count >= 2 * count else { return nil }
        var result = [Int32](repeating: 0, count: rows.count)
        let order = rows.indices.sorted { (starts[rows[$0]], $0) < (starts[rows[$1]], $1) }
        for (place, index) in order.enumerated() { result[index] = Int32(place * count / rows.count) }
        return result
    }

    /// Least squares, or ridge where there are few cases; nil where nothing can be fitted.
    ///
    /// - Parameter strata: cases are compared with those of their own stratum alone.
    init?(linear design: DesignMatrix, _ outcomes: [Double], clusters: [Int32], strata: [Int32]? = nil) {
        let absorbed = Int(strata?.max() ?? -1) + 1
        isEnough = design.rows >= Self.leastPerColumn * (design.columns + 1 + absorbed)
        let penalty = isEnough ? 0 : Double(design.columns)
        var (own, figures) = (design, outcomes)
        if let strata {
            own = design.centered(within: strata)
            var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: absorbed)
            for (row, stratum) in strata.enumerated() {
                sums[Int(stratum)].sum += outcomes[row]
                sums[Int(stratum)].count += 1
            }
            for (row, stratum) in strata.enumerated() { figures[row] -= sums[Int(stratum)].sum / sums[Int(stratum)].count }
        }
        guard let fit = try? LinearRegression(own, figures, penalty: penalty, clusters: clusters, absorbed: absorbed) else { return nil }
        combination = fit.combination
        method = isEnough ? "ols" : "ridge"
        effects = fit.coefficients
        aliased = fit.aliased
        separated = []
        rSquared = fit.rSquared
    }

    /// Proportional hazards, with open cases as censored; nil where nothing can be fitted.
    init?(hazard design: DesignMatrix, _ durations: [Double], ended: [Bool]) {
        guard let fit = try? CoxRegression(design, durations: durations, ended: ended) else { return nil }
        (method, effects, aliased, separated, rSquared, isEnough) = ("cox", fit.coefficients, fit.aliased, [], nil, true)
        combination = fit.combination
    }

    /// Logistic regression; columns that separate outcomes are left out, nil where nothing can be fitted.
    init?(logistic design: DesignMatrix, _ outcomes: [Bool], clusters: [Int32], columns: (_ kept: [Int]) -> DesignMatrix) {
        isEnough = min(outcomes.count { $0 }, outcomes.count { !$0 }) >= Self.leastPerColumn
        method = "logistic"
        rSquared = nil
        separated = []
        var kept = Array(0..<design.columns)
        for _ in 0..<8 {
            do throws(RegressionError) {
                let fit = try LogisticRegression(kept.count == design.columns ? design : columns(kept), outcomes, clusters: clusters)
                var effects = [RegressionCoefficient?](repeating: nil, count: design.columns)
                for (place, column) in kept.enumerated() { effects[column] = fit.averageEffects[place] }
                self.effects = effects
                aliased = fit.aliased.map { kept[$0] }
                return
            } catch .separated(let places) {
                separated += places.map { kept[$0] }
                let gone = Set(places)
                kept = kept.indices.filter { !gone.contains($0) }.map { kept[$0] }
            } catch {
                return nil
            }
        }
        return nil
    }

    /// The fit of all columns of a list. One level of every feature of several is left out of a design; its effect is the weighted sum of the
    /// others' that makes their mean 0. Where that is not known, it comes from a second design, which leaves out another level.
    ///
    /// - Parameter fit: fits a design; it gets the numbers of its columns among those of the list, and a design of some of them.
    static func all(
        _ columns: [DriverFeatures.Column], _ features: DriverFeatures, rows: [Int],
        _ fit: (_ design: DesignMatrix, _ some: (_ kept: [Int]) -> DesignMatrix) -> DriverFit?
    ) -> DriverFit? {
        var result: DriverFit?
        for omitted in [0, 1] as [Int32] {
            let used = columns.indices.filter { !(columns[$0].isContrast && columns[$0].code == omitted) }
            if let known = result, known.effects.count == used.count { return known }
            func design(_ numbers: [Int]) -> DesignMatrix {
                features.design(numbers.map { columns[used[$0]] }, rows: rows, omitted: omitted)
            }
            guard let own = fit(design(Array(used.indices)), design) else { return nil }
            var whole = result ?? own
            if result == nil {
                whole.effects = [RegressionCoefficient?](repeating: nil, count: columns.count)
                whole.aliased = own.aliased.map { used[$0] }
                whole.separated = own.separated.map { used[$0] }
            }
            for (place, column) in used.enumerated() where omitted == 0 || columns[column].isContrast && columns[column].code == 0 {
                whole.effects[column] = own.effects[place]
                if omitted == 1, own.aliased.contains(place) { whole.aliased.append(column) }
                if omitted == 1, own.separated.contains(place) { whole.separated.append(column) }
            }
            result = whole
            if omitted == 0, whole.combine(columns, used) { return whole }
        }
        return result
    }

    /// Adds the effects of the levels that a design of the columns `used` left out; false where they cannot be told from it.
    ///
    /// What stands for such a level in the design are the others, weighted; those that are aliased add nothing to it.
    private mutating func combine(_ columns: [DriverFeatures.Column], _ used: [Int]) -> Bool {
        guard let combination else { return false }
        for column in Set(columns.indices).subtracting(used).sorted() {
            let others = used.indices.filter { columns[used[$0]].isContrast && columns[used[$0]].source == columns[column].source }
            let weights = others.filter { effects[used[$0]] != nil }
                .map { (column: $0, weight: -Double(columns[used[$0]].cases) / Double(columns[column].cases)) }
            effects[column] = weights.isEmpty ? nil : combination(weights)
            if effects[column] == nil { aliased.append(column) }
        }
        return true
    }
}
