import Foundation
import Indicators
import SyntheticLogs
import Testing

/// How often planted drivers are found and others made up: a simulation study, not a test of every build.
///
/// `WEIR_STUDY=drivers swift test --filter DriversStudy` prints the figures that the manual quotes and checks those promised.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["WEIR_STUDY"] == "drivers")) struct DriversStudy {
    @Test(arguments: [600, 1_200, 2_000]) func slowVendors(cases: Int) throws {
        let seeds = 40
        var (whole, steps, others) = (0, 0, 0)
        for seed in 1...seeds {
            let (log, facts) = try ExplanationTests.purchases("before", cases: cases, seed: UInt64(seed))
            guard case .text(let vendor)? = facts.first(where: { $0.kind == .slowVendor })?["vendor"] else { continue }
            let explanation = try #require(Explanation(of: log, target: .cycleTime))
            if explanation.drivers.contains(where: { $0.level == vendor && $0.verdict == .driver }) { whole += 1 }
            let found = explanation.stepDrivers.filter { $0.feature == "vendor" }
            if found.contains(where: { $0.level == vendor && $0.target == "Record Goods Receipt" && $0.effectS > 0 }) { steps += 1 }
            if found.contains(where: { $0.level != vendor && $0.effectS > 0 }) { others += 1 }
        }
        print(
            "before, \(cases) cases: of \(seeds) logs the vendor drives cycle times in \(whole), a step in \(steps); another one seems slow in \(others)"
        )
        #expect(cases < 1_200 || steps * 10 >= 9 * seeds)
    }

    @Test(arguments: [600, 1_200]) func nothingPlanted(cases: Int) throws {
        let seeds = 60
        var (whole, steps, rules) = (0, 0, 0)
        var what: [String] = []
        for seed in 1...seeds {
            let log = try ExplanationTests.purchases("plain", cases: cases, seed: UInt64(seed)).log
            let explanation = try #require(Explanation(of: log, target: .cycleTime))
            let traits = ["vendor", "plant", "material_group"]
            if explanation.drivers.contains(where: { traits.contains($0.feature) && $0.verdict == .driver }) { whole += 1 }
            if !explanation.stepDrivers.isEmpty { steps += 1 }
            what += explanation.stepDrivers.map { "\($0.source) → \($0.target): \($0.feature) \($0.level ?? "") \($0.pAdjusted)" }
            if explanation.rules.contains(where: { rule in rule.conditions.contains { traits.contains($0.feature) } }) { rules += 1 }
        }
        print("plain, \(cases) cases: of \(seeds) logs \(whole) have a driver, \(steps) one of a step, \(rules) a rule of attributes", what)
        #expect(whole * 20 <= seeds && steps * 20 <= seeds && rules * 20 <= seeds)
    }
}
