package import Statistics

/// A model and a changed one, run side by side on the same random numbers.
///
/// Replication r of both draws the same arrivals, cases, routes and durations wherever both have them, so that what differs comes from
/// the change: the change is estimated from the differences within replications (common random numbers; Law: "Simulation Modeling
/// and Analysis", 2015, ch. 11).
package struct PairedExperiment: Sendable {
    /// A change of one figure.
    package struct Change: Codable, Sendable, Equatable {
        /// The figure.
        package let kpi: SimulationKPI
        /// As it is: the mean over replications.
        package let baseline: Estimate
        /// As it would be.
        package let changed: Estimate
        /// Changed − baseline.
        package let absolute: Estimate
        /// Changed ÷ baseline − 1 of the means, its interval by the delta method on the pairs; nil where the baseline is 0.
        package let relative: Estimate?
        /// How many times more replications independent runs would need: (s₁² + s₂²) ÷ s_D²; nil where nothing varies.
        package let varianceReduction: Double?
    }

    /// The model as it is.
    package let baseline: SimulationRun
    /// The changed model.
    package let changed: SimulationRun

    /// Two runs with the same options but for what belongs to the model.
    package init(baseline: SimulationRun, changed: SimulationRun) {
        precondition(baseline.options.seed == changed.options.seed, "paired runs share their seed")
        precondition(baseline.replications.count == changed.replications.count, "paired runs have the same number of replications")
        self.baseline = baseline
        self.changed = changed
    }

    /// The change of a figure; nil where either run cannot tell it.
    package func change(of kpi: SimulationKPI) -> Change? {
        let before = baseline.replications.compactMap { $0.value(of: kpi) }
        let after = changed.replications.compactMap { $0.value(of: kpi) }
        guard before.count == baseline.replications.count, after.count == changed.replications.count else { return nil }
        return Self.change(of: kpi, before: before, after: after)
    }

    /// The change of a figure that is known per replication on both sides.
    package static func change(of kpi: SimulationKPI, before: [Double], after: [Double]) -> Change? {
        precondition(before.count == after.count, "pairs have two sides")
        let differences = zip(before, after).map { $1 - $0 }
        guard let baseline = Estimate.mean(of: before), let changed = Estimate.mean(of: after),
            let absolute = Estimate.mean(of: differences)
        else { return nil }
        var relative: Estimate?
        if baseline.value != 0 {
            // The ratio's residuals: after − ratio · before, over the mean before.
            let ratio = changed.value / baseline.value
            let residuals = zip(before, after).map { ($1 - ratio * $0) / baseline.value }
            if let spread = Estimate.mean(of: residuals) {
                let interval = spread.ci95.map { Interval(low: ratio - 1 - $0.halfWidth, high: ratio - 1 + $0.halfWidth) }
                relative = Estimate(value: ratio - 1, ci95: interval, n: before.count, method: .studentT)
            }
        }
        let reduction = Self.variance(differences).flatMap { own in
            own > 0 ? ((Self.variance(before) ?? 0) + (Self.variance(after) ?? 0)) / own : nil
        }
        return Change(
            kpi: kpi, baseline: baseline, changed: changed, absolute: absolute, relative: relative, varianceReduction: reduction)
    }

    private static func variance(_ values: [Double]) -> Double? {
        guard values.count > 1 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
}
