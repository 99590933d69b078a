package import Statistics

/// How a figure differs between two logs.
package struct ComparedKPI: Codable, Sendable, Equatable {
    /// What the difference amounts to.
    package enum Verdict: String, Codable, Sendable {
        /// It is there and for the better.
        case improved
        /// It is there and for the worse.
        case worsened
        /// It is there, of a figure that has no better side.
        case changed
        /// The interval of the difference holds 0.
        case noChange = "no_change"
        /// A value is unknown, or fewer than ``smallestSample`` observations (or ``smallestNumberOfWeeks`` weeks, for the
        /// throughput) are on a side.
        case insufficient
    }

    /// Which side of a figure is the better one.
    package enum Better: Sendable {
        /// Lower is better: times, cost, rework.
        case lower
        /// Higher is better: throughput.
        case higher
        /// Neither: how often an activity occurs.
        case neither
    }

    /// Fewer observations than these on either side are insufficient for a verdict.
    package static let smallestSample = 30
    /// Fewer weeks than these on either side are insufficient for a verdict on the throughput.
    package static let smallestNumberOfWeeks = 8

    /// The figure: a full KPI name, or one of ``ComparedActivity`` and ``ComparedEdge``.
    package var id: String
    /// Its unit: `s`, `share`, `cases/day`, `per case`, or a currency.
    package var unit: String
    /// The value before; nil where unknown.
    package var before: Double?
    /// The value after; nil where unknown.
    package var after: Double?
    /// How many observations there are before.
    package var nBefore: Int
    /// How many observations there are after.
    package var nAfter: Int
    /// after − before.
    package var changeAbsolute: Double?
    /// Its 95 % interval.
    package var changeAbsoluteCi95: Interval?
    /// after ÷ before − 1; nil where the figure was not positive before.
    package var changeRelative: Double?
    /// Its 95 % interval.
    package var changeRelativeCi95: Interval?
    /// The relative change if the mix of cases had stayed as it was before: see ``CaseMix``.
    package var adjustedChangeRelative: Double?
    /// Its 95 % interval.
    package var adjustedChangeRelativeCi95: Interval?
    /// The two-sided p-value of no change.
    package var pValue: Double?
    /// The p-value after Benjamini and Hochberg's correction over all figures of the list that the figure stands in; for the KPIs of the logs as
    /// wholes, which are few and fixed, over the comparisons that stand side by side, and nil of one comparison alone.
    package var pAdjusted: Double?
    /// What the difference amounts to. In the lists of activities and edges the corrected p-value decides (at most 0.05), else the interval; of
    /// comparisons side by side both.
    package var verdict: Verdict
    /// How interval and p-value were made: `bootstrap-percentile`, `newcombe`, `weekly-bootstrap` or `clustered-t`.
    package var method: String

    /// A figure that cannot be compared, for want of a value on a side.
    init(id: String, unit: String, before: Double?, after: Double?, nBefore: Int, nAfter: Int, method: String) {
        self.id = id
        self.unit = unit
        self.before = before
        self.after = after
        self.nBefore = nBefore
        self.nAfter = nAfter
        verdict = .insufficient
        self.method = method
    }

    /// A figure from its change.
    init(id: String, unit: String, _ change: Change, better: Better, method: String? = nil) {
        self.init(
            id: id, unit: unit, before: change.before, after: change.after, nBefore: change.nBefore, nAfter: change.nAfter,
            method: method ?? change.method.rawValue)
        changeAbsolute = change.absolute
        changeAbsoluteCi95 = change.absoluteCI95
        changeRelative = change.relative
        changeRelativeCi95 = change.relativeCI95
        pValue = change.pValue
        judge(isDifferent: changeAbsoluteCi95.map { !$0.contains(0) }, better: better)
    }

    /// Sets both values to what every other verb prints, to the last bit.
    mutating func setValues(_ first: Figure, _ second: Figure) {
        (before, after, nBefore, nAfter) = (first.value, second.value, first.n, second.n)
        guard let own = first.value, let other = second.value else { return }
        changeAbsolute = other - own
        changeRelative = own > 0 ? (other - own) / own : nil
    }

    /// Sets the verdict; `isDifferent` is nil where that cannot be told, `observations` are the independent ones on the smaller side
    /// where the counts are of others.
    mutating func judge(isDifferent: Bool?, better: Better, observations: Int? = nil) {
        guard let isDifferent, let changeAbsolute, min(nBefore, nAfter, observations ?? .max) >= Self.smallestSample else {
            verdict = .insufficient
            return
        }
        guard isDifferent && changeAbsolute != 0 else {
            verdict = .noChange
            return
        }
        verdict =
            switch better {
            case .lower: changeAbsolute < 0 ? .improved : .worsened
            case .higher: changeAbsolute > 0 ? .improved : .worsened
            case .neither: .changed
            }
    }
}
