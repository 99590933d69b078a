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

    /// Least squares, or ridge where there are few cases; nil where nothing can be fitted.
    init?(linear design: DesignMatrix, _ outcomes: [Double], clusters: [Int32]) {
        isEnough = design.rows >= Self.leastPerColumn * (design.columns + 1)
        let penalty = isEnough ? 0 : Double(design.columns)
        guard let fit = try? LinearRegression(design, outcomes, penalty: penalty, clusters: clusters) else { return nil }
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

    /// The fit of all columns of a list, from two designs, each of which leaves out one level of every feature of several.
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
        }
        return result
    }
}
