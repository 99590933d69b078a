import EventLogs
import Performance
import SyntheticLogs
import Testing

/// What was planted in generated purchases is found again.
@Suite struct PlantedBottleneckTests {
    @Test(arguments: [400, 1_200], [1, 2, 3, 4] as [UInt64])
    func ranksFirst(cases: Int, seed: UInt64) throws {
        let generated = try SyntheticLog.generate(name: "p2p", variant: "before", cases: cases, seed: seed)
        let fact = try #require(generated.plantedFacts.first { $0.kind == .bottleneck })
        let log = PlantedLogs.log(of: generated)
        let first = try #require(PerformanceResult(of: log).bottlenecks.first)
        #expect(fact["kind"] == .text(first.kind.rawValue))
        #expect(fact["source"] == first.source.map { .text($0) } && fact["target"] == first.target.map { .text($0) })
        let selected = try log.filtered(cases: LogFilter(parsing: first.filter))
        #expect(selected.caseCount == first.cases)
        #expect(Set((0..<selected.caseCount).map { selected.caseName($0) }).isSuperset(of: first.slowest))
    }

    /// Work on generated logs is never longer than the people had, and every instance is somebody's.
    @Test func workloadCoversAllInstances() throws {
        let generated = try SyntheticLog.generate(name: "p2p", variant: "before", cases: 300, seed: 5)
        let log = PlantedLogs.log(of: generated)
        let workload = Workload(of: log)
        for series in [workload.resources, workload.roles, workload.departments] {
            #expect(series.reduce(0) { $0 + $1.instances } == generated.rowCount)
            #expect(series.reduce(0) { $0 + ($1.workedS ?? 0) } == workload.resources.reduce(0) { $0 + ($1.workedS ?? 0) })
        }
        #expect(workload.resources.allSatisfy { $0.weeks.allSatisfy { ($0.workedS ?? 0) <= 7 * 86_400 } })
        #expect(workload.weeks.reduce(0) { $0 + $1.casesStarted } == 300)
        #expect(workload.weeks.reduce(0) { $0 + $1.casesCompleted } == 300)
    }
}
