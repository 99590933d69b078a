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
    }

    /// One place for each rule.
    let places: [Place]
    /// How many rows are used.
    let rows: Int

    /// Tries every choice of sides (at most six rules) and takes the one with the fewest crossings, then the fewest rows.
    init(_ rules: [Rule], in bounds: ClosedRange<Double>, gap: Double = 10) {
        precondition(rules.count <= 6, "a picture has few rules")
        var best: (cost: Int, places: [Place]) = (Int.max, [])
        for choice in 0..<(1 << rules.count) {
            let lefts = rules.indices.map { index in
                let rule = rules[index]
                let wanted = choice >> index & 1 == 0 ? rule.pixel + 4 : rule.pixel - 4 - rule.width
                return max(bounds.lowerBound, min(wanted, bounds.upperBound - rule.width))
            }
            let attempt = Self.rowed(rules, lefts, gap)
            if attempt.cost < best.cost { best = attempt }
        }
        places = best.places
        rows = (places.map(\.row).max() ?? -1) + 1
    }

    private static func rowed(_ rules: [Rule], _ lefts: [Double], _ gap: Double) -> (cost: Int, places: [Place]) {
        var places: [Place] = []
        for index in rules.indices {
            var row = 0
            while places.indices.contains(where: { other in
                places[other].row == row && lefts[index] < lefts[other] + rules[other].width + gap
                    && lefts[other] < lefts[index] + rules[index].width + gap
            }) { row += 1 }
            places.append(Place(row: row, left: lefts[index]))
        }
        var crossings = 0
        for (rule, place) in zip(rules, places) {
            for (other, otherPlace) in zip(rules, places) where otherPlace.row < place.row {
                if rule.pixel > otherPlace.left - 2 && rule.pixel < otherPlace.left + other.width + 2 { crossings += 1 }
            }
        }
        let rows = (places.map(\.row).max() ?? -1) + 1
        return (10 * crossings + rows, places)
    }
}
