import EventLogs
import Foundation
import Instants
import Performance
import Simulation
import Statistics
import Testing

@Suite struct ResultsTests {
    private func run(_ model: SimulationModel, seed: UInt64 = 1, cases: Int = 300, replications: Int = 3) throws -> SimulationRun {
        try Simulator.run(
            model,
            options: SimulationOptions(
                cases: cases, replications: replications, start: QueueModels.monday, seed: seed, detail: .instances))
    }

    /// What the engine counts on the way is what the log it writes shows when it is measured like any other.
    @Test(arguments: 1...4) func streamedFiguresAreTheLogs(seed: UInt64) throws {
        // Without batches, whose members may start and complete at the same instants.
        var model = QueueModels.motley(seed: seed)
        for index in model.activities.indices { model.activities[index].batching = nil }
        let run = try run(model, seed: seed)
        for replication in 0..<3 {
            let outcome = run.replications[replication]
            let log = run.log(of: replication)
            let times = CaseTimes.of(log)
            #expect(log.caseCount == 300)
            for number in 0..<300 {
                #expect(times.cycle[number] == outcome.cycle[number])
                #expect(times.service[number] == outcome.service[number])
                #expect(times.processing[number] == outcome.processing[number])
                #expect(times.waiting[number] == outcome.waiting[number])
                #expect(times.hasRework[number] == outcome.hasRework[number])
            }
            #expect(log.instanceCount == outcome.instanceCount)
        }
    }

    @Test func logsHoldWhatTheyPromise() throws {
        let model = QueueModels.motley(seed: 1)
        let run = try run(model)
        let log = run.log()
        let columns = log.columns
        #expect(columns.attributes.map(\.name) == ["enabled"])
        #expect(columns.caseAttributes.map(\.name) == ["size"])
        #expect(columns.role?.vocabulary.strings.sorted() == ["Experts", "People", "System"])
        for event in 0..<columns.count {
            #expect(columns.start[event] <= columns.time[event])
            #expect(columns.attributes[0].isPresent(event))
        }
    }

    @Test func resultsAddUp() throws {
        let run = try run(QueueModels.motley(seed: 3), replications: 5)
        let result = SimulationResult(run)
        #expect(result.activities.reduce(0) { $0 + $1.instances } == result.instances)
        #expect(result.unsoundCases == 0)
        #expect(result.roles.map(\.name) == ["People", "Experts"])
        let means = run.replications.map { $0.cycle.reduce(0.0) { $0 + Double($1) } / 300 / 1e6 }
        let mean = try #require(Estimate.mean(of: means))
        #expect(abs(try #require(result.kpis.cycleTime.meanS) - mean.value) < 1e-9 * mean.value)
        #expect(result.kpis.cycleTime.meanCi95 == mean.ci95)
        #expect(try #require(result.kpis.cost.mean) > 0)
        for resource in result.resources { #expect(try #require(resource.utilization) <= 1) }
        let text = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
        #expect(text.contains("caseStart"))
    }

    /// Against independent runs the pairs say the same with far less noise.
    @Test func commonNumbersReduceVariance() throws {
        let model = QueueModels.line(gap: .exponential(mean: 100), [(1, .exponential(mean: 80))])
        var faster = model
        faster.activities[0].durationScale = 0.9
        let options = SimulationOptions(
            cases: 4_000, replications: 20, seed: 4, threads: 2, warmUp: 500, caseStart: .arrival, detail: .cases)
        let before = try Simulator.run(model, options: options)
        let after = try Simulator.run(faster, options: options)
        let change = try #require(PairedExperiment(baseline: before, changed: after).change(of: .waitingTimeMean))
        // M/M/1: 320 s at 0.8, 72 · 0.72 ÷ 0.28 = 185.14 s at 0.72.
        let interval = try #require(change.absolute.ci95)
        #expect(abs(change.absolute.value - (185.142857 - 320)) < 1.7 * interval.halfWidth)
        let relative = try #require(change.relative?.ci95)
        #expect(abs(try #require(change.relative?.value) + 0.42143) < 1.7 * relative.halfWidth)
        #expect(try #require(change.varianceReduction) > 3)
        // An unchanged model changes nothing at all.
        let same = try #require(PairedExperiment(baseline: before, changed: before).change(of: .cycleTimeMedian))
        #expect(same.absolute.value == 0 && same.absolute.ci95 == Interval(low: 0, high: 0) && same.varianceReduction == nil)
    }

    @Test func parallelLogsAreTheSameBytes() throws {
        let model = QueueModels.motley(seed: 2)
        var options = SimulationOptions(cases: 200, replications: 4, seed: 9, threads: 1, detail: .instances)
        let one = try Simulator.run(model, options: options)
        options.threads = 2
        let two = try Simulator.run(model, options: options)
        for replication in 0..<4 {
            let left = one.log(of: replication).columns
            let right = two.log(of: replication).columns
            #expect(left.time == right.time && left.start == right.start && left.activity.ids == right.activity.ids)
            #expect(left.caseNames.strings == right.caseNames.strings)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var left = one
        left.options = two.options
        #expect(try encoder.encode(SimulationResult(left)) == encoder.encode(SimulationResult(two)))
    }
}
