package import Statistics

/// What a gate or one of its checks comes to.
package enum GateVerdict: String, Codable, Sendable, CaseIterable {
    /// All is held.
    case pass
    /// There is too little evidence, which is no pass.
    case insufficient
    /// Something is not held.
    case fail
    /// The data are too bad for any verdict.
    case veto

    /// The one that counts of several: veto before fail before insufficient before pass.
    package static func overall(_ verdicts: some Sequence<GateVerdict>) -> GateVerdict {
        verdicts.max { allCases.firstIndex(of: $0)! < allCases.firstIndex(of: $1)! } ?? .pass
    }
}

/// Why a target or a largest regression is held, is not, or cannot be told.
package enum GateReason: Sendable, Equatable {
    /// The figure keeps the target.
    case targetMet
    /// The figure and its whole interval miss the target.
    case targetMissed
    /// The figure misses the target, its interval does not.
    case targetUnclear
    /// The figure misses the target and has no interval.
    case targetWithoutInterval
    /// Fewer cases than the check asks for.
    case targetTooFew(n: Int, minN: Int)
    /// The log cannot tell the figure.
    case unknownValue
    /// The figure is not worse than allowed, or its change may be chance.
    case held
    /// The figure is worse than allowed, and its change is no chance.
    case regressed
    /// Fewer cases than needed, in the log or in the baseline.
    case tooFew(n: Int, baseline: Int, minN: Int)
    /// The interval of the change is wider than twice the largest regression on either side.
    case tooWide(halfWidth: Double, limit: Double)
    /// A side has no interval.
    case noInterval
    /// There is no baseline to compare with.
    case noBaseline
}

/// What became of one check.
package struct GateJudgement: Sendable, Equatable {
    /// What the check asks for.
    package let check: GateCheck
    /// The figure of the log.
    package let measured: GateMeasurement
    /// The figure of the baseline, where the check compares and there is one.
    package let baseline: GateMeasurement?
    /// The change from the baseline: value ÷ baseline − 1.
    package let change: Double?
    /// Its 95 % interval.
    package let changeCi95: Interval?
    /// What the target comes to, where there is one.
    package let target: (verdict: GateVerdict, reason: GateReason)?
    /// What the largest regression comes to, where there is one.
    package let regression: (verdict: GateVerdict, reason: GateReason)?

    /// Judges a check.
    ///
    /// A target is kept when the figure keeps it, missed when the whole interval misses it, else the evidence is insufficient. A
    /// regression is too large when the figure is worse than allowed and the interval of the change excludes 0; the evidence is insufficient
    /// with fewer than `min_n` cases on either side, or where the half-width of the interval exceeds twice the largest regression.
    ///
    /// - Parameter baseline: the same figure of the baseline.
    package init(_ check: GateCheck, measured: GateMeasurement, baseline: GateMeasurement?) {
        self.check = check
        self.measured = measured
        target = check.target.map { Self.judge($0, check, measured) }
        guard let limit = check.maxRegression else {
            (self.baseline, change, changeCi95, regression) = (nil, nil, nil, nil)
            return
        }
        self.baseline = baseline
        let compared = Self.change(measured, baseline)
        change = compared?.relative
        changeCi95 = compared?.relativeCI95
        regression = Self.judge(limit, check, measured, baseline, compared)
    }

    /// The worse of both parts.
    package var verdict: GateVerdict { GateVerdict.overall([target, regression].compactMap { $0?.verdict }) }

    package static func == (left: GateJudgement, right: GateJudgement) -> Bool {
        left.check == right.check && left.measured == right.measured && left.baseline == right.baseline
    }

    private static func judge(_ target: GateTarget, _ check: GateCheck, _ measured: GateMeasurement) -> (GateVerdict, GateReason) {
        guard let value = measured.value else { return (.insufficient, .unknownValue) }
        if let minN = check.minN, measured.n < minN { return (.insufficient, .targetTooFew(n: measured.n, minN: minN)) }
        if target.isMet(by: value) { return (.pass, .targetMet) }
        guard let interval = measured.ci95 else { return (.insufficient, .targetWithoutInterval) }
        return target.isMet(by: interval.low) || target.isMet(by: interval.high) ? (.insufficient, .targetUnclear) : (.fail, .targetMissed)
    }

    private static func change(_ measured: GateMeasurement, _ baseline: GateMeasurement?) -> Change? {
        guard let baseline, let after = measured.value, let before = baseline.value else { return nil }
        return Change.ofEstimates(
            before: Estimate(value: before, ci95: baseline.ci95, n: baseline.n, method: .serial),
            after: Estimate(value: after, ci95: measured.ci95, n: measured.n, method: .serial))
    }

    private static func judge(
        _ limit: Double, _ check: GateCheck, _ measured: GateMeasurement, _ baseline: GateMeasurement?, _ change: Change?
    ) -> (GateVerdict, GateReason) {
        guard let baseline else { return (.insufficient, .noBaseline) }
        let worse = check.name.isLowerBetter ? change?.relative : change?.relative.map { -$0 }
        if let worse, worse > limit, let interval = change?.relativeCI95, !interval.contains(0) { return (.fail, .regressed) }
        let minN = check.minN ?? GateCheck.smallestSample
        if min(measured.n, baseline.n) < minN { return (.insufficient, .tooFew(n: measured.n, baseline: baseline.n, minN: minN)) }
        guard measured.value != nil, baseline.value != nil else { return (.insufficient, .unknownValue) }
        guard let interval = change?.relativeCI95 else { return (.insufficient, .noInterval) }
        if interval.halfWidth > 2 * limit { return (.insufficient, .tooWide(halfWidth: interval.halfWidth, limit: 2 * limit)) }
        return (.pass, .held)
    }
}
