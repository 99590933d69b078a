import EventLogs
import Instants
package import Simulation
import Statistics

/// What a plan is to achieve: a figure of the changed process, or its change.
package struct PlanGoal: Sendable, Equatable {
    /// How the figure compares with the bound.
    package enum Relation: String, Sendable, CaseIterable {
        case atMost = "<="
        case below = "<"
        case atLeast = ">="
        case above = ">"
    }

    /// What is compared.
    package enum Quantity: Sendable, Equatable {
        /// The change relative to the baseline: −0.4 for −40 %.
        case relativeChange
        /// The change in the figure's unit.
        case absoluteChange
        /// The figure of the changed process.
        case value
    }

    /// How a goal stands.
    package enum Verdict: String, Sendable, Codable {
        /// The whole interval meets the goal.
        case pass
        /// The whole interval misses it.
        case fail
        /// The interval holds the bound, or there is none.
        case unsure
    }

    /// The figure.
    package var kpi: SimulationKPI
    /// What of it is compared.
    package var quantity: Quantity
    /// How.
    package var relation: Relation
    /// With what: a share for relative changes, else seconds, shares, cases per day or money as the figure has it.
    package var bound: Double
    /// Where the goal stands.
    package var place: PlanPlace

    /// A goal.
    package init(_ kpi: SimulationKPI, _ quantity: Quantity, _ relation: Relation, _ bound: Double, place: PlanPlace = PlanPlace()) {
        self.kpi = kpi
        self.quantity = quantity
        self.relation = relation
        self.bound = bound
        self.place = place
    }

    /// The key under which the bound stands: `change` or `target`.
    var key: String { quantity == .value ? "target" : "change" }

    /// The bound as the plan says it: `<= -40%`.
    package var text: String { relation.rawValue + " " + Self.text(of: bound, kpi, quantity) }

    /// How the goal stands, given what is known of its figure.
    package func verdict(_ change: PairedExperiment.Change?) -> Verdict {
        let estimate: Estimate? =
            switch quantity {
            case .relativeChange: change?.relative
            case .absoluteChange: change?.absolute
            case .value: change?.changed
            }
        guard let interval = estimate?.ci95 else { return .unsure }
        let ends = [interval.low, interval.high].map(isMet)
        return ends[0] == ends[1] ? (ends[0] ? .pass : .fail) : .unsure
    }

    private func isMet(_ value: Double) -> Bool {
        switch relation {
        case .atMost: value <= bound
        case .below: value < bound
        case .atLeast: value >= bound
        case .above: value > bound
        }
    }

    // MARK: Text

    /// What a bound of this figure is made of, for people who write one.
    enum BoundForm: Sendable, Equatable {
        case duration, share, number
    }

    /// Which form a bound of the figure has.
    static func form(of kpi: SimulationKPI) -> BoundForm {
        if kpi == .reworkRate { return .share }
        return kpi.rawValue.contains("_time.") ? .duration : .number
    }

    /// Reads `<= -40%`, `>= 12d`, `< 5`; nil where the text is no bound of this figure.
    init?(parsing text: String, kpi: SimulationKPI, isChange: Bool, place: PlanPlace) {
        let trimmed = text.drop { $0 == " " }
        guard let relation = Relation.allCases.first(where: { trimmed.hasPrefix($0.rawValue) }) else { return nil }
        var rest = trimmed.dropFirst(relation.rawValue.count).drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        let sign = rest.first == "-" || rest.first == "−" ? -1.0 : 1.0
        if rest.first.map({ "+-−".contains($0) }) ?? false { rest.removeFirst() }
        guard rest.first?.isNumber ?? false, isChange || sign > 0 else { return nil }
        let form = Self.form(of: kpi)
        let quantity: Quantity
        let value: Double
        if rest.hasSuffix("%") {
            guard isChange || form == .share, let number = Double(rest.dropLast()) else { return nil }
            quantity = isChange ? .relativeChange : .value
            value = number / 100
        } else {
            quantity = isChange ? .absoluteChange : .value
            if form == .duration {
                guard let length = try? DurationText.microseconds(in: String(rest)) else { return nil }
                value = Double(length) / 1e6
            } else {
                guard let number = Double(rest) else { return nil }
                value = number
            }
        }
        guard value.isFinite else { return nil }
        self.init(kpi, quantity, relation, sign * value, place: place)
    }

    private static func text(of bound: Double, _ kpi: SimulationKPI, _ quantity: Quantity) -> String {
        let sign = bound < 0 ? "-" : ""
        let size = abs(bound)
        if quantity == .relativeChange { return sign + PlanText.number(size, percent: true) + "%" }
        if form(of: kpi) == .duration {
            // In days, not weeks: `16d`.
            let length = Int64((size * 1e6).rounded())
            let days = length / Microseconds.day
            let rest = length % Microseconds.day
            return sign + (days > 0 ? "\(days)d" : "") + (rest > 0 || days == 0 ? DurationText.text(rest) : "")
        }
        return sign + PlanText.number(size)
    }
}
