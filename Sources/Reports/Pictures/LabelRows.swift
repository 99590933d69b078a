/// Places for the labels of vertical rules, in rows above a panel, so that no label meets another and, where it can be
/// avoided, no rule runs through a label on the way to its own.
struct LabelRows {
    /// A rule with the width of its label.
    struct Rule {
        var pixel: Double
        var width: Double
    }

    /// A label in its row; row 0 is the nearest to the panel.
    struct Place: Equatable {
        var row: Int
        var left: Double
        /// Whether the label stands across its rule, which then ends below it.
        var coversRule: Bool
    }

    /// One place for each rule.
    let places: [Place]
    /// How many rows are used.
    let rows: Int

    /// Tries every choice of sides in every order (at most four rules) and takes the one with the fewest crossings, then the
    /// fewest rows, then the most labels to the right.
    init(_ rules: [Rule], in bounds: ClosedRange<Double>, gap: Double = 10) {
        precondition(rules.count <= 4, "a picture has few rules")
        var best: (cost: Int, places: [Place]) = (Int.max, [])
        for order in Self.orders(of: rules.count) {
            for choice in 0..<(1 << rules.count) {
                let lefts = rules.indices.map { index in
                    let rule = rules[index]
                    let wanted = choice >> index & 1 == 0 ? rule.pixel + 4 : rule.pixel - 4 - rule.width
                    return max(bounds.lowerBound, min(wanted, bounds.upperBound - rule.width))
                }
                let attempt = Self.rowed(rules, lefts, order, gap)
                let cost = 8 * attempt.cost + choice.nonzeroBitCount
                if cost < best.cost { best = (cost, attempt.places) }
            }
        }
        places = best.places
        rows = (places.map(\.row).max() ?? -1) + 1
    }

    private static func rowed(_ rules: [Rule], _ lefts: [Double], _ order: [Int], _ gap: Double) -> (cost: Int, places: [Place]) {
        var rows = [Int](repeating: -1, count: rules.count)
        for index in order {
            var row = 0
            while rules.indices.contains(where: { other in
                rows[other] == row && lefts[index] < lefts[other] + rules[other].width + gap
                    && lefts[other] < lefts[index] + rules[index].width + gap
            }) { row += 1 }
            rows[index] = row
        }
        func covers(_ label: Int, _ pixel: Double) -> Bool {
            pixel > lefts[label] - 2 && pixel < lefts[label] + rules[label].width + 2
        }
        var crossings = 0
        for index in rules.indices {
            for other in rules.indices where rows[other] < rows[index] && covers(other, rules[index].pixel) { crossings += 1 }
        }
        let places = rules.indices.map { Place(row: rows[$0], left: lefts[$0], coversRule: covers($0, rules[$0].pixel)) }
        return (10 * crossings + (rows.max() ?? -1) + 1, places)
    }

    /// Every order of the first numbers, the natural one first.
    private static func orders(of count: Int) -> [[Int]] {
        if count == 0 { return [[]] }
        return orders(of: count - 1).flatMap { order in
            (0...order.count).reversed().map { place in
                var order = order
                order.insert(count - 1, at: place)
                return order
            }
        }
    }
}
