import EventLogs
import Foundation
import Instants
import LogFormats
import Performance
import ProcessModels
import Statistics
import TestSupport
import Testing

/// Our counts and times against PM4Py's, on the real logs of the shared data (`WEIR_TEST_DATA`, else `../shared/data`, with
/// `oracle/expected` beside it). Without that data these tests are skipped.
@Suite(.enabled(if: SharedData.hasAnswers, "the shared data with PM4Py's answers is absent"))
struct OracleTests {
    @Test func thereAreAnswersToCompareWith() {
        #expect(!OracleAnswer.all.isEmpty)
    }

    @Test(arguments: OracleAnswer.all)
    func countsAndTimesEqualPM4Py(answer: OracleAnswer) throws {
        let file = try #require(answer.file, "\(answer.log) is not among the real logs")
        let read = try LogReader.read(
            contentsOf: file, named: answer.log, options: ReadOptions(counting: .events), monitor: SilentMonitor())
        let log = read.log
        #expect(log.caseCount == answer.cases)
        #expect(log.eventCount == answer.events && log.instanceCount == answer.events)
        compareGraph(DirectlyFollowsGraph(of: log), answer)
        compareVariants(VariantTable(of: log), answer)
        let result = PerformanceResult(of: log)
        compareTimes(result, answer)
        if let expected = answer.reworkCases {
            let rework = Rework(of: log)
            #expect(Dictionary(uniqueKeysWithValues: rework.activities.map { ($0.name, $0.cases) }) == expected)
        }
        // The two largest logs record completions alone: nothing new in them.
        if answer.events < 200_000 { checkInstances(of: log.counted(as: .instances)) }
    }

    /// What holds of the times of any log, with starts where it has them.
    private func checkInstances(of log: EventLog) {
        let times = CaseTimes.of(log)
        for position in 0..<log.caseCount where times.service[position] != Instant.missing {
            let service = times.service[position]
            let holds =
                service >= 0 && service <= times.cycle[position] && service <= times.processing[position]
                && times.waiting[position] >= 0 && times.idle[position] == times.cycle[position] - service
            #expect(holds, "times of \(log.caseName(position))")
        }
        let result = PerformanceResult(of: log)
        let share = result.bottlenecks.reduce(0) { $0 + ($1.shareOfCycleTime ?? 0) }
        #expect(result.bottlenecks.isEmpty || abs(share - 1) < 1e-9)
        for item in result.bottlenecks {
            #expect(isClose(item.scoreS, 0.1 * item.totalS / Double(result.cases)), "score of rank \(item.rank)")
        }
        let workload = Workload(of: log)
        let timed = log.instanceRanges.reduce(0) { $0 + $1.count { log.instances.completion[$0] != Instant.missing } }
        if workload.weeks.count < 5_000 { #expect(workload.weeks.reduce(0) { $0 + $1.instances } == timed) }
        #expect(workload.resources.allSatisfy { $0.weeks.allSatisfy { ($0.workedS ?? 0) <= 7 * 86_400 } })
    }

    private func compareGraph(_ graph: DirectlyFollowsGraph, _ answer: OracleAnswer) {
        #expect(graph.activities.count == answer.activities)
        #expect(graph.activities.map(\.name) == answer.dfg.activities.map(\.name))
        #expect(graph.activities.map(\.count) == answer.dfg.activities.map(\.count))
        #expect(graph.activities.map(\.starts) == answer.dfg.activities.map(\.starts))
        #expect(graph.activities.map(\.ends) == answer.dfg.activities.map(\.ends))
        #expect(graph.edges.map { [$0.source, $0.target] } == answer.dfg.edges.map { [$0.source, $0.target] })
        #expect(graph.edges.map(\.count) == answer.dfg.edges.map(\.count))
        for (own, expected) in zip(graph.edges, answer.dfg.edges) {
            if answer.untimed == true {
                #expect(own.meanS == nil && own.medianS == nil && own.totalS == nil)
            } else {
                #expect(isClose(own.meanS, expected.meanS), "mean of \(own.source) → \(own.target)")
                #expect(isClose(own.medianS, expected.medianS), "median of \(own.source) → \(own.target)")
            }
        }
    }

    private func compareVariants(_ table: VariantTable, _ answer: OracleAnswer) {
        #expect(table.total == answer.variants.total && table.variants.count == table.total)
        #expect(table.variants.prefix(answer.variants.top.count).map(\.activities) == answer.variants.top.map(\.activities))
        #expect(table.variants.prefix(answer.variants.top.count).map(\.count) == answer.variants.top.map(\.count))
        #expect(table.variants.reduce(0) { $0 + $1.count } == answer.cases)
    }

    private func compareTimes(_ result: PerformanceResult, _ answer: OracleAnswer) {
        #expect(result.cases == answer.cases)
        guard let expected = answer.cycleTime else {
            #expect(answer.untimed == true && result.cycleTime == nil)
            return
        }
        #expect(result.cycleTime?.n == expected.n)
        #expect(isClose(result.cycleTime?.meanS, expected.meanS))
        #expect(isClose(result.cycleTime?.medianS, expected.medianS))
        #expect(isClose(result.cycleTime?.minS, expected.minS))
        #expect(isClose(result.cycleTime?.maxS, expected.maxS))
        // Every event is one instance without a start, so the edges hold all time there is.
        let held = result.bottlenecks.reduce(0) { $0 + $1.totalS }
        let passed = expected.meanS * Double(expected.n)
        #expect(abs(held - passed) <= 1e-9 * passed)
        for item in result.bottlenecks {
            #expect(isClose(item.scoreS, 0.1 * item.totalS / Double(answer.cases)), "score of rank \(item.rank)")
        }
    }

    /// Equal to a millionth.
    private func isClose(_ own: Double?, _ expected: Double?) -> Bool {
        guard let own, let expected else { return false }
        return abs(own - expected) <= 1e-6 * Swift.max(abs(expected), 1e-3)
    }
}
