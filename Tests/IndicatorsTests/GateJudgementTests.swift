import Indicators
import Statistics
import Testing

@Suite struct GateJudgementTests {
    private static let median = KPIName(.cycleTime, .median)!

    private func measurement(_ value: Double?, _ interval: (Double, Double)?, n: Int = 500) -> GateMeasurement {
        GateMeasurement(unit: "s", value: value, ci95: interval.map { Interval(low: $0.0, high: $0.1) }, n: n)
    }

    private func judged(
        _ check: GateCheck, _ measured: GateMeasurement, _ baseline: GateMeasurement? = nil
    ) -> GateJudgement {
        GateJudgement(check, measured: measured, baseline: baseline)
    }

    @Test(arguments: [
        ("<= 100s", 90.0, 80.0, 120.0, GateVerdict.pass), ("<= 100s", 100, 80, 120, .pass), ("< 100s", 100, 80, 120, .insufficient),
        ("<= 100s", 110, 90, 130, .insufficient), ("<= 100s", 110, 100, 130, .insufficient), ("<= 100s", 110, 101, 130, .fail),
        ("< 100s", 110, 100, 130, .fail), (">= 100s", 90, 80, 99, .fail), (">= 100s", 90, 80, 100, .insufficient),
        ("> 100s", 90, 80, 100, .fail), (">= 100s", 101, 50, 150, .pass),
    ])
    func aTargetIsMissedWhenTheWholeIntervalMissesIt(
        text: String, value: Double, low: Double, high: Double, verdict: GateVerdict
    ) throws {
        let check = GateCheck(name: Self.median, target: try GateTarget(parsing: text, for: Self.median))
        #expect(judged(check, measurement(value, (low, high))).verdict == verdict)
    }

    @Test func aTargetNeedsAValueAndTheCasesThatAreAskedFor() throws {
        let target = try GateTarget(parsing: "<= 100s", for: Self.median)
        let plain = GateCheck(name: Self.median, target: target)
        #expect(judged(plain, measurement(nil, nil, n: 0)).target?.reason == .unknownValue)
        #expect(judged(plain, measurement(90, nil, n: 3)).verdict == .pass)
        #expect(judged(plain, measurement(110, nil, n: 3)).target?.reason == .targetWithoutInterval)
        let strict = GateCheck(name: Self.median, target: target, minN: 100)
        #expect(judged(strict, measurement(90, (80, 95), n: 99)).target?.reason == .targetTooFew(n: 99, minN: 100))
        #expect(judged(strict, measurement(90, (80, 95), n: 100)).verdict == .pass)
    }

    /// The definition, word for word, over random figures of both directions.
    @Test(arguments: 1...2_000) func regressionsAreJudgedAsDefined(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 94)
        let name = stream.index(below: 2) == 0 ? Self.median : KPIName(.throughput, .mean)!
        let limit = 0.02 + 0.2 * stream.unit()
        let minN: Int? = stream.index(below: 2) == 0 ? nil : 1 + stream.index(below: 60)
        func random() -> GateMeasurement {
            let value = 80 + 40 * stream.unit()
            let spread = 25 * stream.unit() * stream.unit()
            return measurement(value, (value - spread * stream.unit(), value + spread * stream.unit()), n: 10 + stream.index(below: 60))
        }
        let (before, after) = (random(), random())
        let judgement = judged(GateCheck(name: name, maxRegression: limit, minN: minN), after, before)
        let change = Change.ofEstimates(
            before: Estimate(value: before.value!, ci95: before.ci95, n: before.n, method: .serial),
            after: Estimate(value: after.value!, ci95: after.ci95, n: after.n, method: .serial))
        let interval = try #require(change.relativeCI95)
        let worse = (name.isLowerBetter ? 1 : -1) * (after.value! / before.value! - 1)
        let expected: GateVerdict
        if worse > limit && (interval.low > 0 || interval.high < 0) {
            expected = .fail
        } else if min(before.n, after.n) < minN ?? 30 || (interval.high - interval.low) / 2 > 2 * limit {
            expected = .insufficient
        } else {
            expected = .pass
        }
        #expect(judgement.verdict == expected)
        #expect(judgement.change == change.relative && judgement.changeCi95 == interval)
    }

    @Test func withoutABaselineNothingIsHeld() {
        let check = GateCheck(name: Self.median, maxRegression: 0.05)
        #expect(judged(check, measurement(90, (80, 95))).regression?.reason == .noBaseline)
        #expect(judged(check, measurement(90, (80, 95))).verdict == .insufficient)
        #expect(judged(check, measurement(90, (80, 95)), measurement(nil, nil, n: 100)).regression?.reason == .unknownValue)
        #expect(judged(check, measurement(90, (80, 95)), measurement(80, nil, n: 100)).regression?.reason == .noInterval)
    }

    @Test func theWorstPartCounts() throws {
        let target = try GateTarget(parsing: "<= 100s", for: Self.median)
        let both = GateCheck(name: Self.median, target: target, maxRegression: 0.05)
        #expect(judged(both, measurement(90, (89, 91)), measurement(90, (89, 91))).verdict == .pass)
        #expect(judged(both, measurement(110, (109, 111)), measurement(110, (109, 111))).verdict == .fail)
        #expect(judged(both, measurement(99, (98, 100)), measurement(90, (89, 91))).verdict == .fail)
        #expect(judged(both, measurement(90, (89, 91))).verdict == .insufficient)
        #expect(GateVerdict.overall([.pass, .veto, .fail]) == .veto)
        #expect(GateVerdict.overall([.insufficient, .fail]) == .fail)
        #expect(GateVerdict.overall([.pass, .insufficient]) == .insufficient)
        #expect(GateVerdict.overall([]) == .pass)
    }
}
