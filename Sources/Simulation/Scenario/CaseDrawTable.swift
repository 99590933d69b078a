import Statistics

/// Attributes that cases draw for themselves, as a table of equally likely rows.
///
/// Each attribute takes its values in their very proportions (the midpoints of equal shares of probability), in an order of its own
/// that is independent of the others'.
struct CaseDrawTable {
    private static let rows = 4_096

    private let draws: Scenario.CaseDraws
    private var columns: [String: [String]] = [:]
    private(set) var attributes: CaseAttributes

    init(_ draws: Scenario.CaseDraws) {
        self.draws = draws
        attributes = CaseAttributes([])
        for attribute in draws.attributes {
            let order = Self.order(attribute.name)
            if let number = attribute.number {
                let values = order.map { number.quantile((Double($0) + 0.5) / Double(Self.rows)) }
                attributes.columns.append(CaseAttributes.Column(name: attribute.name, values: .number(values)))
                columns[attribute.name] = values.map { String($0) }
            } else {
                let total = attribute.choices.reduce(0) { $0 + $1.probability }
                let values = order.map { place -> String in
                    var rest = (Double(place) + 0.5) / Double(Self.rows) * total
                    for choice in attribute.choices {
                        if rest < choice.probability { return choice.value }
                        rest -= choice.probability
                    }
                    return attribute.choices[attribute.choices.count - 1].value
                }
                attributes.columns.append(CaseAttributes.Column(name: attribute.name, values: .text(values)))
                columns[attribute.name] = values
            }
        }
    }

    /// A permutation of the rows that belongs to a name.
    private static func order(_ name: String) -> [Int] {
        var stream = RandomStream(seed: DrawKey.node(name), path: 1)
        var order = Array(0..<rows)
        for place in stride(from: rows - 1, to: 0, by: -1) { order.swapAt(place, stream.index(below: place + 1)) }
        return order
    }

    /// The level of each row, 0 first: that of the first rule it meets in order of levels; rows that meet none come last.
    func priorities(_ rules: [Scenario.CaseDraws.Priority]) -> [UInt8] {
        if rules.isEmpty { return [] }
        let sorted = rules.sorted { $0.level < $1.level }
        var levels: [Int] = []
        for rule in sorted where levels.last != rule.level { levels.append(rule.level) }
        return (0..<Self.rows).map { row in
            for rule in sorted where rule.rules.contains(where: { $0.allSatisfy { meets($0, row) } }) {
                return UInt8(min(levels.firstIndex(of: rule.level) ?? 0, 254))
            }
            return UInt8(min(levels.count, 254))
        }
    }

    private func meets(_ condition: Scenario.CaseDraws.Condition, _ row: Int) -> Bool {
        guard let own = columns[condition.attribute]?[row], let first = condition.values.first else { return false }
        if let left = Double(own), let right = Double(first) {
            switch condition.comparison {
            case "=", "==": return left == right
            case "!=": return left != right
            case "<": return left < right
            case "<=": return left <= right
            case ">": return left > right
            case ">=": return left >= right
            case "in":
                let upper = condition.values.count > 1 ? Double(condition.values[1]) ?? .infinity : .infinity
                return left >= right && left <= upper
            default: return false
            }
        }
        switch condition.comparison {
        case "=", "==": return own == first
        case "!=": return own != first
        case "in": return condition.values.contains(own)
        default: return false
        }
    }
}
