import EventLogs
import Instants
import Statistics
import TestSupport
import Testing

@testable import Indicators

@Suite struct StandardisationTests {
    private let options = ComparisonOptions(replicates: 399)

    /// More small cases make every figure fall, though no case is done any faster: the adjusted change must not see it.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func aChangedMixIsNoImprovement(seed: UInt64) throws {
        var (before, after) = (Population(), Population())
        before.largeShare = 0.5
        after.largeShare = 0.2
        let comparison = Comparison(
            before: before.sample(seed: seed, cases: 400), after: after.sample(seed: seed + 50, cases: 400), options: options)
        #expect(comparison.caseMix?.attributes.contains("kind") == true)
        for index in [0, 1, 2, 4] {
            let kpi = comparison.kpis[index]
            #expect(kpi.verdict == .improved)
            #expect(try #require(kpi.changeRelative) < -0.15)
            let adjusted = try #require(kpi.adjustedChangeRelative)
            #expect(abs(adjusted) < 0.2, "\(kpi.id) \(adjusted)")
            #expect(try #require(kpi.adjustedChangeRelativeCi95).contains(adjusted))
        }
        #expect(comparison.kpis[5].adjustedChangeRelative == nil)
        #expect(comparison.kpis[6].adjustedChangeRelative == nil)
    }

    @Test func anImprovementHiddenByTheMixIsFound() throws {
        var (before, after) = (Population(), Population())
        before.largeShare = 0.2
        after.largeShare = 0.35
        after.medians = after.medians.map { 0.7 * $0 }
        var found = 0
        for seed in 1...8 as ClosedRange<UInt64> {
            let comparison = Comparison(
                before: before.sample(seed: seed, cases: 500), after: after.sample(seed: seed + 50, cases: 500), options: options)
            let kpi = comparison.kpis[0]
            #expect(abs(try #require(kpi.adjustedChangeRelative) - -0.28) < 0.12)
            if try #require(kpi.adjustedChangeRelativeCi95).high < 0 { found += 1 }
        }
        #expect(found >= 7)
    }

    /// Samples of one population differ by chance alone, adjusted or not; strata are small here.
    @Test func samePopulationGivesFewFalseIntervals() throws {
        let rounds = 150
        var falseIntervals: [String: Int] = [:]
        var population = Population()
        population.largeShare = 0.3
        let options = ComparisonOptions(replicates: 199)
        for round in 0..<UInt64(rounds) {
            let first = CaseMeasures(of: population.sample(seed: 2 * round + 1, cases: 120))
            let second = CaseMeasures(of: population.sample(seed: 2 * round + 2, cases: 120))
            var kpis = KPIName.compared.map { name in
                ComparedKPI(id: name.text, unit: "", before: nil, after: nil, nBefore: 120, nAfter: 120, method: "")
            }
            let strata = try #require(CaseStrata(before: first.log, after: second.log))
            Standardisation(strata, first, second, options).adjust(&kpis, SerialWidening(first, second))
            for kpi in kpis {
                if let interval = kpi.adjustedChangeRelativeCi95, !interval.contains(0) { falseIntervals[kpi.id, default: 0] += 1 }
            }
        }
        // 5 % of 150 is 7.5.
        for (id, count) in falseIntervals.sorted(by: { $0.key < $1.key }) { #expect(count <= 17, "\(id): \(count)") }
        #expect(falseIntervals.values.reduce(0, +) <= Int(0.075 * 6 * Double(rounds)), "\(falseIntervals)")
    }

    /// The mean standardised by hand.
    @Test func theMeanIsThatOfTheWeightedStrata() throws {
        var (before, after) = (Population(), Population())
        before.largeShare = 0.5
        after.largeShare = 0.2
        let (first, second) = (before.sample(seed: 1, cases: 300), after.sample(seed: 2, cases: 300))
        let comparison = Comparison(before: first, after: second, options: options)
        let mix = try #require(comparison.caseMix)
        var strata: [[String]: (before: [Double], after: [Double])] = [:]
        let amounts = [first, second].flatMap { log in (0..<300).map { log.columns.caseAttributes[1].number($0)! } }
        let cuts = [0.25, 0.5, 0.75].map { Quantiles.quantile($0, of: amounts)! }
        for (side, log) in [first, second].enumerated() {
            for position in 0..<300 {
                let kind = log.columns.caseAttributes[0].text(position, forms: [])!
                let amount = log.columns.caseAttributes[1].number(position)!
                let band = "\(cuts.count { $0 < amount })"
                let key = mix.attributes.map { $0 == "kind" ? kind : band }
                let cycle = Double(log.span(ofCase: position)!.cycleTime) / 1e6
                if side == 0 {
                    strata[key, default: ([], [])].before.append(cycle)
                } else {
                    strata[key, default: ([], [])].after.append(cycle)
                }
            }
        }
        let shared = strata.values.filter { min($0.before.count, $0.after.count) >= 5 }
        #expect(mix.strata == shared.count)
        let total = shared.reduce(0) { $0 + $1.before.count }
        #expect(abs(mix.coverageBefore - Double(total) / 300) < 1e-12)
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        let own = shared.reduce(0) { $0 + Double($1.before.count) / Double(total) * mean($1.before) }
        let other = shared.reduce(0) { $0 + Double($1.before.count) / Double(total) * mean($1.after) }
        #expect(abs(try #require(comparison.kpis[0].adjustedChangeRelative) - (other / own - 1)) < 1e-9)
    }

    @Test func logsWithoutSharedAttributesAreNotAdjusted() {
        let log = EventLog.random(seed: 1, cases: 60)
        let comparison = Comparison(before: log, after: log, options: options)
        #expect(comparison.caseMix == nil)
        #expect(comparison.kpis.allSatisfy { $0.adjustedChangeRelative == nil })
    }

    @Test func attributesThatLeaveTooFewCasesAreNotCrossed() throws {
        func sample(_ seed: UInt64) -> EventLog {
            var stream = RandomStream(seed: seed, path: 9)
            var builder = EventLogBuilder()
            let names = ["a", "b", "c", "name"]
            let numbers = names.map { builder.attribute(named: $0, type: .string, level: .case) }
            for index in 0..<200 {
                let own = builder.caseNumber("\(index)")
                builder.append(case: own, activity: builder.activityNumber("A"), time: Int64(index), row: 1)
                builder.append(case: own, activity: builder.activityNumber("B"), time: Int64(index + 5), row: 1)
                for (number, count) in zip(numbers, [2, 20, 20, 100]) {
                    builder.set(.case, attribute: number, of: Int(own), text: "\(stream.index(below: count))")
                }
            }
            return builder.finish()
        }
        let strata = try #require(CaseStrata(before: sample(1), after: sample(2)))
        #expect(strata.mix.attributes.count < 3)
        #expect(!strata.mix.attributes.contains("name"))
        #expect(min(strata.mix.coverageBefore, strata.mix.coverageAfter) >= CaseMix.leastCoverage)
        #expect(strata.cases.allSatisfy { min($0.before.count, $0.after.count) >= 5 })
        #expect(strata.cases.count == strata.mix.strata)
    }

    // MARK: - Weighted quantiles

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func equalWeightsAreTypeSeven(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 10)
        let values = (0..<(1 + stream.index(below: 40))).map { _ in Double(stream.index(below: 15)) }
        let cut = stream.index(below: values.count + 1)
        let weight = 0.1 + stream.unit()
        let sample = WeightedSample([(Array(values[..<cut]), weight), (Array(values[cut...]), weight)])
        for p in [0, 0.1, 0.5, 0.9, 0.95, 1] {
            #expect(abs(sample.quantile(p) - Quantiles.quantile(p, of: values)!) < 1e-9)
        }
    }

    @Test func weightsShiftTheQuantileAsCopiesDo() {
        var stream = RandomStream(seed: 3, path: 11)
        let low = (0..<400).map { _ in stream.unit() }
        let high = (0..<400).map { _ in 0.5 + stream.unit() }
        let sample = WeightedSample([(low, 3), (high, 1)])
        for p in [0.1, 0.5, 0.9] {
            #expect(abs(sample.quantile(p) - Quantiles.quantile(p, of: low + low + low + high)!) < 0.01)
        }
        let replicates = sample.quantiles(0.5, 600, seed: 1, path: [])
        let mean = replicates.reduce(0, +) / 600
        #expect(abs(mean - sample.quantile(0.5)) < 0.01)
        // With one stratum the replicates are the bootstrap's.
        let plain = Bootstrap.quantiles(0.5, ofSorted: low.sorted(), replicates: 2_000, seed: 1)
        let own = WeightedSample([(low, 2)]).quantiles(0.5, 2_000, seed: 2, path: [])
        let width = Quantiles.quantile(0.9, of: plain)! - Quantiles.quantile(0.1, of: plain)!
        #expect(abs(Quantiles.quantile(0.9, of: own)! - Quantiles.quantile(0.9, of: plain)!) < 0.15 * width)
        #expect(abs(Quantiles.quantile(0.1, of: own)! - Quantiles.quantile(0.1, of: plain)!) < 0.15 * width)
    }
}
