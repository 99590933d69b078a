import EventLogs
import Statistics

/// Conditions known at the start of cases, and conjunctions of up to three of them, whose cases differ from all others.
///
/// Subgroup discovery (Klösgen 1996; Wrobel, PKDD 1997, doi:10.1007/3-540-63223-9_108) by Welch's t of the difference of means, with a beam
/// over the conjunctions. One seeded half of the cases is searched, with Benjamini and Hochberg's correction over every rule tried; what is
/// found there is measured in the other half, so that the effect is not that of the luckiest rule.
struct RuleSearch {
    /// The most conditions of a rule.
    static let longest = 3
    /// How many rules each length hands on to the next.
    static let beam = 30
    /// The most rules that reach the other half.
    static let most = 20
    /// The most cases that are searched; of more, a seeded sample.
    static let mostSearched = 20_000
    /// How far a longer rule must differ from the shorter one it narrows, in standard errors.
    private static let leastGain = 3.0

    private(set) var rules: [Explanation.Rule] = []
    private(set) var tried = 0
    private(set) var searched = 0

    private struct Term {
        var feature: Int
        var condition: Explanation.Condition
        var filter: String?
        /// Per case position.
        var holds: (Int) -> Bool
        var bits: [UInt64] = []
    }

    private struct Candidate {
        var terms: [Int]
        var bits: [UInt64]
        var score: Double
        var pValue: Double
    }

    /// - Parameters:
    ///   - rows: the case positions with a value.
    ///   - values: per case position.
    init(_ features: [DriverFeatures.Feature], rows: [Int], values: [Double], starts: [Int64], seed: UInt64) {
        guard rows.count >= 100 else { return }
        var stream = RandomStream(seed: seed, path: 0xD1, 1)
        var shuffled = rows
        for place in 0..<shuffled.count - 1 { shuffled.swapAt(place, place + stream.index(below: shuffled.count - place)) }
        let half = shuffled.count / 2
        let own = shuffled[..<min(half, Self.mostSearched)].sorted()
        let heldOut = shuffled[half...].sorted()
        searched = own.count
        let least = max(20, own.count / 100)
        var terms = Self.terms(features, rows: own)
        for index in terms.indices {
            var bits = [UInt64](repeating: 0, count: (own.count + 63) / 64)
            for (place, row) in own.enumerated() where terms[index].holds(row) { bits[place / 64] |= 1 << UInt64(place % 64) }
            terms[index].bits = bits
        }
        let outcomes = own.map { values[$0] }
        let all = Self.sums(outcomes, nil)
        var found: [Candidate] = []
        var pValues: [Double] = []
        var level: [Candidate] = []
        for index in terms.indices {
            let inside = Self.sums(outcomes, terms[index].bits)
            guard inside.count >= Double(least), all.count - inside.count >= Double(least), let test = Self.welch(inside, all) else {
                continue
            }
            level.append(Candidate(terms: [index], bits: terms[index].bits, score: test.score, pValue: test.pValue))
            pValues.append(test.pValue)
        }
        found += level
        for _ in 1..<Self.longest {
            let parents = level.sorted {
                ($1.score.magnitude, $0.terms.lexicographicallyPrecedes($1.terms) ? 0 : 1) < (
                    $0.score.magnitude, $1.terms.lexicographicallyPrecedes($0.terms) ? 0 : 1
                )
            }.prefix(Self.beam)
            var next: [Candidate] = []
            var seen: Set<[Int]> = []
            for parent in parents {
                let parentSums = Self.sums(outcomes, parent.bits)
                for index in terms.indices where !parent.terms.contains(where: { terms[$0].feature == terms[index].feature }) {
                    let members = (parent.terms + [index]).sorted()
                    guard seen.insert(members).inserted else { continue }
                    var bits = parent.bits
                    for word in bits.indices { bits[word] &= terms[index].bits[word] }
                    let inside = Self.sums(outcomes, bits)
                    guard inside.count >= Double(least), let test = Self.welch(inside, all) else { continue }
                    pValues.append(test.pValue)
                    // Narrowing must tell more than the shorter rule, in the same direction.
                    guard parentSums.count - inside.count >= Double(least), let gain = Self.welch(inside, parentSums),
                        gain.score * test.score > 0, gain.score.magnitude >= Self.leastGain
                    else { continue }
                    next.append(Candidate(terms: members, bits: bits, score: test.score, pValue: test.pValue))
                }
            }
            found += next
            level = next
        }
        tried = pValues.count
        // Benjamini and Hochberg over all tried: the least p of those that follow, as an adjusted value for each found.
        let ordered = pValues.sorted()
        var adjusted = ordered
        var smallest = 1.0
        for (place, value) in ordered.enumerated().reversed() {
            smallest = min(smallest, value * Double(tried) / Double(place + 1))
            adjusted[place] = smallest
        }
        func correct(_ value: Double) -> Double {
            var (low, high) = (0, ordered.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if ordered[middle] < value { low = middle + 1 } else { high = middle }
            }
            return adjusted[low]
        }
        // A number below a cut says no more than one above it.
        let chosen = found.filter { correct($0.pValue) <= 0.05 && ($0.terms.count > 1 || terms[$0.terms[0]].condition.comparison != "<") }
            .sorted { left, right in
                left.score.magnitude != right.score.magnitude
                    ? left.score.magnitude > right.score.magnitude : left.terms.lexicographicallyPrecedes(right.terms)
            }.prefix(Self.most)
        measure(chosen.map { ($0.terms, correct($0.pValue)) }, terms, heldOut, values, starts)
    }

    private mutating func measure(
        _ chosen: [(terms: [Int], pSearched: Double)], _ terms: [Term], _ heldOut: [Int], _ values: [Double], _ starts: [Int64]
    ) {
        let outcomes = heldOut.map { values[$0] }
        let clusters = DriverFit.clusters(heldOut, starts: starts)
        var measured: [(rule: Explanation.Rule, weight: Double)] = []
        for item in chosen {
            let marks = heldOut.map { row in item.terms.allSatisfy { terms[$0].holds(row) } ? 1.0 : 0 }
            let support = marks.count { $0 == 1 }
            guard support >= 10, support <= heldOut.count - 10,
                let fit = try? LinearRegression(
                    DesignMatrix(rows: marks.count, columns: 1) { numbers, target in
                        for (i, number) in numbers.enumerated() { target[i] = marks[number] }
                    }, outcomes, clusters: clusters), let effect = fit.coefficients[0]
            else { continue }
            let conditions = item.terms.map { terms[$0].condition }
            let filters = item.terms.map { terms[$0].filter }
            let share = Double(support) / Double(heldOut.count)
            measured.append(
                (
                    Explanation.Rule(
                        rank: 0, conditions: conditions,
                        filter: filters.contains { $0 == nil } ? nil : filters.compactMap { $0 }.joined(separator: " and "),
                        support: support, meanInside: fit.intercept.value + effect.value, meanOutside: fit.intercept.value,
                        effect: effect.value, effectCi95: effect.ci95, effectS: nil, pSearched: item.pSearched, pHeldOut: effect.pValue),
                    (effect.value * (share * (1 - share)).squareRoot()).magnitude
                ))
        }
        let corrected = FalseDiscovery.adjusted(measured.map(\.rule.pHeldOut))
        for index in measured.indices { measured[index].rule.pHeldOut = corrected[index] }
        let kept = measured.indices.filter { (measured[$0].rule.pHeldOut ?? 1) <= 0.05 }
            .sorted { (measured[$1].weight, $0) < (measured[$0].weight, $1) }
        rules = kept.enumerated().map { place, index in
            var rule = measured[index].rule
            rule.rank = place + 1
            return rule
        }
    }

    // MARK: Conditions

    private static func terms(_ features: [DriverFeatures.Feature], rows: [Int]) -> [Term] {
        var terms: [Term] = []
        for (number, feature) in features.enumerated() where feature.known == .atStart {
            let name = feature.filterName.map { Self.quoted($0) }
            switch feature.values {
            case .levels(let codes):
                for (code, level) in feature.levels.enumerated() {
                    terms.append(
                        Term(
                            feature: number, condition: Explanation.Condition(feature: feature.name, comparison: "==", value: level),
                            filter: name.map { "\($0) == '\(level.replacing("'", with: "''"))'" }, holds: { codes[$0] == Int32(code) }))
                }
            case .numbers(let values, _, _):
                let known = rows.map { values[$0] }.filter { !$0.isNaN }.sorted()
                var cuts: [Double] = []
                for probability in [0.25, 0.5, 0.75, 0.9] {
                    guard let cut = Quantiles.quantile(probability, ofSorted: known) else { continue }
                    let rounded = Self.rounded(cut)
                    if !cuts.contains(rounded) { cuts.append(rounded) }
                }
                for cut in cuts {
                    for isAbove in [true, false] {
                        let comparison = isAbove ? ">=" : "<"
                        terms.append(
                            Term(
                                feature: number,
                                condition: Explanation.Condition(feature: feature.name, comparison: comparison, value: Self.text(cut)),
                                filter: name.map { "\($0) \(comparison) \(Self.text(cut))" },
                                holds: { isAbove ? values[$0] >= cut : values[$0] < cut }))
                    }
                }
            }
        }
        return terms
    }

    /// To three significant digits, as a person would cut.
    private static func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return value }
        var scale = 1.0
        while value.magnitude * scale < 100 { scale *= 10 }
        while value.magnitude * scale >= 1000 { scale /= 10 }
        return scale >= 1 ? (value * scale).rounded() / scale : (value * scale).rounded() * (1 / scale).rounded()
    }

    private static func text(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func quoted(_ name: String) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0 == "_" || ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        }
        return isPlain && !(name.first?.isNumber ?? true) ? name : "`" + name.replacing("`", with: "``") + "`"
    }

    // MARK: Sums

    private struct Sums {
        var count = 0.0
        var sum = 0.0
        var squares = 0.0
    }

    private static func sums(_ values: [Double], _ bits: [UInt64]?) -> Sums {
        var result = Sums()
        // From a value of the sample, so that large ones lose no digits.
        let shift = values.first ?? 0
        values.withUnsafeBufferPointer { values in
            guard let bits else {
                for value in values {
                    result.count += 1
                    result.sum += value - shift
                    result.squares += (value - shift) * (value - shift)
                }
                return
            }
            for (word, mask) in bits.enumerated() {
                var rest = mask
                while rest != 0 {
                    let value = values[word * 64 + rest.trailingZeroBitCount] - shift
                    result.count += 1
                    result.sum += value
                    result.squares += value * value
                    rest &= rest - 1
                }
            }
        }
        return result
    }

    /// Welch's t of those inside against the rest of `all`; nil where neither varies.
    private static func welch(_ inside: Sums, _ all: Sums) -> (score: Double, pValue: Double)? {
        let outside = Sums(count: all.count - inside.count, sum: all.sum - inside.sum, squares: all.squares - inside.squares)
        guard inside.count > 1, outside.count > 1 else { return nil }
        func variance(_ sums: Sums) -> Double {
            max(0, sums.squares - sums.sum * sums.sum / sums.count) / (sums.count - 1) / sums.count
        }
        let error = (variance(inside) + variance(outside)).squareRoot()
        guard error > 0 else { return nil }
        let score = (inside.sum / inside.count - outside.sum / outside.count) / error
        return (score, min(1, 2 * StandardNormal.cumulative(-score.magnitude)))
    }
}
