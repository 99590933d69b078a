import Foundation
import Indicators
import Statistics
import SyntheticLogs
import Testing

/// How often the gate is wrong: a simulation study, not a test of every build.
///
/// `WEIR_STUDY=gate swift test --filter GatePowerStudy` prints the figures that the definitions quote and checks those promised;
/// `WEIR_STUDY_SEED=N` repeats it on other random numbers.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["WEIR_STUDY"] == "gate")) struct GatePowerStudy {
    private static let check = GateCheck(name: KPIName(.cycleTime, .median)!, maxRegression: 0.05)
    private static let size = 2_000
    /// Tells one repetition of the study from another.
    private static let seed = ProcessInfo.processInfo.environment["WEIR_STUDY_SEED"].flatMap { UInt64($0) } ?? 1

    /// Verdicts of many pairs.
    private struct Tally: CustomStringConvertible {
        var pass = 0
        var fail = 0
        var insufficient = 0

        mutating func add(_ verdict: GateVerdict) {
            switch verdict {
            case .pass: pass += 1
            case .fail: fail += 1
            case .insufficient, .veto: insufficient += 1
            }
        }

        var all: Double { Double(pass + fail + insufficient) }

        var description: String {
            func percent(_ count: Int) -> String { String(format: "%.1f %%", 100 * Double(count) / all) }
            return "pass \(percent(pass)), fail \(percent(fail)), insufficient \(percent(insufficient)) of \(Int(all))"
        }
    }

    /// Start and cycle time of every case of a log.
    private func cases(_ variant: String, _ count: Int, _ seed: UInt64) throws -> [(start: Int64, cycle: Double)] {
        let log = try SyntheticLog.generate(name: "p2p", variant: variant, cases: count, seed: seed)
        return (0..<log.caseCount).map { index in
            let rows = log.caseRows[index]..<log.caseRows[index + 1]
            let start = rows.map { log.rowStart[$0] }.min()!
            return (start, Double(rows.map { log.rowEnd[$0] }.max()! - start) / 1e6)
        }
    }

    private func measured(_ cases: [(start: Int64, cycle: Double)], slower factor: Double = 1) -> GateMeasurement {
        let values = cases.indices.sorted { (cases[$0].start, $0) < (cases[$1].start, $1) }.map { cases[$0].cycle * factor }
        let result = SerialSample(values).quantile(0.5)!
        return GateMeasurement(
            unit: "s", value: result.estimate.value, ci95: result.estimate.ci95, n: values.count, widening: result.widening)
    }

    private func verdict(_ before: GateMeasurement, _ after: GateMeasurement) -> GateVerdict {
        GateJudgement(Self.check, measured: after, baseline: before).verdict
    }

    /// Cases are no neighbours here: each sample is drawn from the cases of forty organisations.
    @Test(arguments: ["plain", "before"]) func samplesOfOnePopulation(variant: String) throws {
        let population = try cases(variant, 60_000, 10 + Self.seed)
        let logs = population.map { log($0.cycle) }
        let mean = logs.reduce(0, +) / Double(logs.count)
        let spread = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count - 1)).squareRoot()
        var same = Tally()
        var slower = Tally()
        var stream = RandomStream(seed: Self.seed, path: 95)
        var order = Array(population.indices)
        for _ in 0..<4_000 {
            for place in 0..<2 * Self.size { order.swapAt(place, place + stream.index(below: order.count - place)) }
            let before = measured(order[..<Self.size].map { population[$0] })
            let drawn = order[Self.size..<2 * Self.size].map { population[$0] }
            same.add(verdict(before, measured(drawn)))
            slower.add(verdict(before, measured(drawn, slower: 1.1)))
        }
        print("\(variant), one population, log-sd \(String(format: "%.2f", spread)): same: \(same); 10 % slower: \(slower)")
        guard variant == "plain" else { return }
        #expect(spread <= 0.7)
        #expect(Double(same.pass) / same.all >= 0.95)
        #expect(Double(slower.fail) / slower.all >= 0.9)
    }

    /// Two logs of the process, each with queues of its own.
    @Test(arguments: ["plain", "before"]) func logsOfTwoPeriods(variant: String) throws {
        var same = Tally()
        var slower = Tally()
        for pair in 0..<300 {
            let before = measured(try cases(variant, Self.size, 10_000 * Self.seed + 2 * UInt64(pair)))
            let other = try cases(variant, Self.size, 10_000 * Self.seed + 2 * UInt64(pair) + 1)
            same.add(verdict(before, measured(other)))
            slower.add(verdict(before, measured(other, slower: 1.1)))
        }
        print("\(variant), two periods: same: \(same); 10 % slower: \(slower)")
    }
}
