import EventLogs
import Foundation
import Instants
import Performance
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Indicators

@Suite struct ComparisonTests {
    private func options(replicates: Int = 399, seed: UInt64 = 1) -> ComparisonOptions {
        ComparisonOptions(seed: seed, replicates: replicates)
    }

    /// Two samples of one population differ by chance alone: verdicts that say otherwise are false.
    @Test func samePopulationGivesFewFalseVerdicts() {
        let rounds = 160
        var false95: [String: Int] = [:]
        var falseListed = 0
        var listed = 0
        for round in 0..<UInt64(rounds) {
            let comparison = Comparison(
                before: Population().sample(seed: 2 * round + 1, cases: 90), after: Population().sample(seed: 2 * round + 2, cases: 90),
                options: options(replicates: 199, seed: round))
            for kpi in comparison.kpis where kpi.verdict == .improved || kpi.verdict == .worsened { false95[kpi.id, default: 0] += 1 }
            let lists = comparison.activities.map(\.kpis) + comparison.edges.map(\.kpis)
            listed += 1
            if lists.joined().contains(where: { ![.noChange, .insufficient].contains($0.verdict) }) { falseListed += 1 }
        }
        // 5 % of 160 is 8; chance alone puts one of eight KPIs above 16 in fewer than one of 20 seeds.
        for (id, count) in false95.sorted(by: { $0.key < $1.key }) { #expect(count <= 16, "\(id): \(count) of \(rounds)") }
        #expect(false95.values.reduce(0, +) <= Int(0.065 * 7 * Double(rounds)), "\(false95)")
        // Both lists together hold the share of logs with any false verdict near 2 · 5 %.
        #expect(Double(falseListed) <= 0.14 * Double(listed), "\(falseListed) of \(listed)")
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func aChangeOfAFifthIsFound(seed: UInt64) throws {
        var after = Population()
        after.medians = after.medians.map { 0.8 * $0 }
        after.reworkShare = 0.1
        let comparison = Comparison(
            before: Population().sample(seed: seed, cases: 400), after: after.sample(seed: seed + 100, cases: 400), options: options())
        let kpis = Dictionary(uniqueKeysWithValues: comparison.kpis.map { ($0.id, $0) })
        for id in ["cycle_time.mean", "cycle_time.median", "cycle_time.p90", "service_time.mean", "rework_rate.rate"] {
            let kpi = try #require(kpis[id])
            #expect(kpi.verdict == .improved, "\(kpi)")
            #expect(try #require(kpi.pValue) <= 0.05)
            #expect(try #require(kpi.changeRelativeCi95).contains(try #require(kpi.changeRelative)))
            #expect(try #require(kpi.changeRelativeCi95).high < 0)
        }
        #expect(kpis["cost.mean"]?.verdict == .insufficient)
        #expect(kpis["cost.mean"]?.before == nil)
        // The times of all three activities fell, the listed figures must show it for most.
        let service = comparison.activities.map { $0.kpis.first { $0.id == "service.mean" }!.verdict }
        #expect(service.count { $0 == .improved } >= 2)
        let throughput = try #require(kpis["throughput.mean"])
        #expect(throughput.verdict == .noChange || throughput.pValue! <= 0.05)
    }

    @Test func oneActivityOfThreeIsToldApart() throws {
        var after = Population()
        after.medians[1] *= 1.5
        var worsened: [String: Int] = [:]
        for seed in 1...10 as ClosedRange<UInt64> {
            let comparison = Comparison(
                before: Population().sample(seed: seed, cases: 200), after: after.sample(seed: seed + 100, cases: 200), options: options())
            for activity in comparison.activities {
                let kpi = try #require(activity.kpis.first { $0.id == "service.mean" })
                if kpi.verdict != .noChange { worsened[activity.name, default: 0] += kpi.verdict == .worsened ? 1 : 100 }
                #expect(try #require(kpi.pAdjusted) >= kpi.pValue!)
            }
        }
        #expect(worsened["B"] == 10)
        #expect(worsened["A", default: 0] <= 2 && worsened["C", default: 0] <= 2)
    }

    /// The intervals are those of drawing whole samples again, done here draw by draw, as much wider as consecutive cases are alike.
    @Test func intervalsEqualPlainResampling() throws {
        let before = Population().sample(seed: 11, cases: 150)
        var slower = Population()
        slower.medians = slower.medians.map { 1.1 * $0 }
        let after = slower.sample(seed: 12, cases: 120)
        let comparison = Comparison(before: before, after: after, options: options(replicates: 4_000))
        func cycles(_ log: EventLog) -> [Double] {
            log.caseSpans.map { $0! }.sorted { $0.firstStart < $1.firstStart }.map { Double($0.cycleTime) / 1e6 }
        }
        func widened(_ value: Double, _ statistic: Double, _ widening: Double?) -> Double {
            statistic + (widening ?? 1) * (value - statistic)
        }
        let (own, other) = (cycles(before), cycles(after))
        var stream = RandomStream(seed: 77, path: 1)
        func resampled(_ values: [Double]) -> [Double] { values.map { _ in values[stream.index(below: values.count)] } }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        func quantile(_ p: Double) -> ([Double]) -> Double { { Quantiles.quantile(p, of: $0)! } }
        for (id, statistic) in [("cycle_time.mean", mean), ("cycle_time.median", quantile(0.5)), ("cycle_time.p90", quantile(0.9))] {
            var differences: [Double] = []
            var ratios: [Double] = []
            func widening(_ values: [Double]) -> Double? {
                let sample = SerialSample(values)
                return id.hasSuffix("mean") ? sample.mean()?.widening : sample.quantile(id.hasSuffix("median") ? 0.5 : 0.9)?.widening
            }
            let (wideOwn, wideOther) = (widening(own), widening(other))
            for _ in 0..<4_000 {
                let first = widened(statistic(resampled(own)), statistic(own), wideOwn)
                let second = widened(statistic(resampled(other)), statistic(other), wideOther)
                differences.append(second - first)
                ratios.append(second / first - 1)
            }
            let kpi = try #require(comparison.kpis.first { $0.id == id })
            #expect(abs(kpi.before! - statistic(own)) < 1e-6)
            #expect(abs(kpi.changeAbsolute! - (statistic(other) - statistic(own))) < 1e-6)
            for (interval, plain) in [(kpi.changeAbsoluteCi95!, differences), (kpi.changeRelativeCi95!, ratios)] {
                let low = Quantiles.quantile(0.025, of: plain)!
                let high = Quantiles.quantile(0.975, of: plain)!
                let tolerance = 0.07 * (high - low)
                #expect(abs(interval.low - low) < tolerance && abs(interval.high - high) < tolerance, "\(id) \(interval) \(low) \(high)")
            }
        }
    }

    /// Two halves of one stretch of time in which a queue wanders: resampling single cases calls its wandering a change.
    @Test func aWanderingQueueIsNoChange() throws {
        func wandering(seed: UInt64) -> EventLog {
            var stream = RandomStream(seed: seed, path: 9)
            var level = 0.0
            return EventLog.tiny(
                (0..<600).map { index in
                    level = 0.98 * level + 0.2 * stream.normal()
                    let start = Double(index) * 600
                    let work = 3_600 * Foundation.exp(level + 0.3 * stream.normal())
                    return ("case \(index)", [TinyEvent("A", start: start, end: start + work)])
                })
        }
        var wrong: [String: Int] = [:]
        let rounds = 60
        for seed in 0..<UInt64(rounds) {
            let comparison = Comparison(
                before: wandering(seed: 2 * seed), after: wandering(seed: 2 * seed + 1), options: options(replicates: 199, seed: seed))
            for kpi in comparison.kpis + comparison.activities[0].kpis where kpi.verdict == .improved || kpi.verdict == .worsened {
                wrong[kpi.id, default: 0] += 1
            }
        }
        // Single cases resampled say so in nine pairs of ten, parts of time in fewer than one in five.
        for id in ["cycle_time.mean", "cycle_time.median", "service.mean", "service.median"] {
            #expect(wrong[id, default: 0] <= 12, "\(id): \(wrong[id, default: 0]) of \(rounds)")
        }
    }

    @Test func figuresAreThoseOfEveryOtherVerb() throws {
        let (before, after) = (EventLog.random(seed: 4, cases: 50), EventLog.random(seed: 5, cases: 60))
        let comparison = Comparison(before: before, after: after, options: options())
        let (first, second) = (CaseMeasures(of: before), CaseMeasures(of: after))
        let performance = PerformanceResult(of: before)
        #expect(comparison.kpis.map(\.id) == KPIName.compared.map(\.text))
        for (kpi, name) in zip(comparison.kpis, KPIName.compared) {
            #expect(kpi.before == first.figure(name).value)
            #expect(kpi.after == second.figure(name).value)
            #expect(kpi.nBefore == first.figure(name).n)
        }
        #expect(comparison.kpis[0].before == performance.cycleTime?.meanS)
        #expect(comparison.kpis[3].before == performance.waitingTime?.meanS)
        for activity in comparison.activities {
            let own = try #require(performance.activities.first { $0.name == activity.name })
            #expect(activity.instancesBefore == own.instances)
            for (id, value) in [
                ("service.mean", own.service?.meanS), ("service.median", own.service?.medianS), ("waiting.mean", own.waiting?.meanS),
                ("waiting.median", own.waiting?.medianS), ("sojourn.mean", own.sojourn?.meanS), ("sojourn.median", own.sojourn?.medianS),
            ] {
                let listed = try #require(activity.kpis.first { $0.id == id })
                #expect(abs(listed.before! - value!) <= 1e-9 * abs(value!) + 1e-9)
            }
            let rework = activity.kpis.first { $0.id == "rework_rate.rate" }
            let frequency = activity.kpis.first { $0.id == "frequency.mean" }
            #expect(frequency?.before == Double(own.instances) / 50)
            #expect(rework?.nBefore == own.cases)
        }
        #expect(comparison.edges.reduce(0) { $0 + $1.countBefore } == performance.edges.reduce(0) { $0 + $1.count })
        for edge in comparison.edges where edge.countBefore > 0 {
            let own = try #require(performance.edges.first { $0.source == edge.source && $0.target == edge.target })
            #expect(edge.countBefore == own.count)
            #expect(abs(edge.kpis[0].before! - own.meanS!) <= 1e-9 * abs(own.meanS!) + 1e-9)
            #expect(abs(edge.kpis[1].before! - own.medianS!) <= 1e-9 * abs(own.medianS!) + 1e-9)
        }
        let counts = comparison.activities.map { $0.instancesBefore + $0.instancesAfter }
        #expect(counts == counts.sorted(by: >))
    }

    @Test func sameInputGivesTheSameAnswer() {
        let (before, after) = (Population().sample(seed: 1, cases: 60), Population().sample(seed: 2, cases: 60))
        let first = Comparison(before: before, after: after, options: options())
        #expect(first == Comparison(before: before, after: after, options: options()))
        let other = Comparison(before: before, after: after, options: options(seed: 2))
        #expect(first.kpis[0].changeAbsolute == other.kpis[0].changeAbsolute)
        #expect(first.kpis[0].changeAbsoluteCi95 != other.kpis[0].changeAbsoluteCi95)
    }

    @Test func tooLittleIsInsufficient() {
        let few = Comparison(
            before: Population().sample(seed: 1, cases: 29), after: Population().sample(seed: 2, cases: 400), options: options())
        #expect(few.kpis.allSatisfy { $0.verdict == .insufficient })
        #expect(few.activities.allSatisfy { $0.kpis.allSatisfy { $0.verdict == .insufficient || $0.nBefore >= 30 } })
        #expect(few.kpis[0].changeAbsoluteCi95 != nil)
        var short = Population()
        short.weeks = 5
        let weeks = Comparison(before: short.sample(seed: 1, cases: 90), after: short.sample(seed: 2, cases: 90), options: options())
        #expect(weeks.kpis[5].id == "throughput.mean")
        #expect(weeks.kpis[5].verdict == .insufficient)
        #expect(weeks.kpis[0].verdict != .insufficient)
        let empty = Comparison(before: EventLog.tiny([]), after: Population().sample(seed: 2, cases: 90), options: options())
        #expect(empty.kpis.allSatisfy { $0.verdict == .insufficient && $0.before == nil && $0.changeAbsolute == nil })
        #expect(empty.caseMix == nil)
    }

    @Test func twiceAsManyCasesAreTwiceTheThroughput() throws {
        let comparison = Comparison(
            before: Population().sample(seed: 1, cases: 300), after: Population().sample(seed: 2, cases: 600), options: options())
        let kpi = comparison.kpis[5]
        #expect(kpi.verdict == .improved)
        #expect(kpi.method == "weekly-bootstrap")
        #expect(abs(try #require(kpi.changeRelative) - 1) < 0.15)
        #expect(try #require(kpi.changeRelativeCi95).contains(1))
    }

    @Test func weeksAddUpToTheThroughput() throws {
        let measures = CaseMeasures(of: Population().sample(seed: 3, cases: 200))
        let weeks = measures.weeklyThroughput
        #expect(abs(weeks.reduce(0, +) / Double(weeks.count) - measures.figure(KPIName.compared[5]).value!) < 1e-9)
        #expect(abs(measures.days! / Double(weeks.count) - 7) < 0.2)
    }
}
