import EventLogs
import Instants
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct BottleneckTests {
    private func held(_ log: EventLog) -> [HeldTime] {
        Bottleneck.heldTimes(
            in: log, steps: DirectlyFollowsIndex(of: log), occurrences: Occurrences(of: log), times: InstanceTimes(of: log))
    }

    /// On sequential logs, with all starts known, some, or none, the totals are the summed cycle times to the microsecond.
    @Test(arguments: [HourLog.Shape.sequential, .sequentialWithGaps, .eventsOnly], [1, 2, 3, 4, 5] as [UInt64])
    func totalsSumToTheCycleTimes(shape: HourLog.Shape, seed: UInt64) {
        let log = HourLog(seed: seed, shape: shape, cases: 60).log
        let cycles = CaseTimes.of(log).cycle.reduce(Int128(0)) { $0 + Int128($1) }
        #expect(held(log).reduce(0) { $0 + $1.total } == cycles)
        #expect(cycles > 0)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func totalsSumToTheCycleTimesOfMicroseconds(seed: UInt64) {
        let log = EventLog.random(seed: seed, cases: 100, overlapping: false)
        #expect(held(log).reduce(0) { $0 + $1.total } == CaseTimes.of(log).cycle.reduce(Int128(0)) { $0 + Int128($1) })
    }

    /// 10 % of the total over the cases, out of the factorised chain; overlapping or not.
    @Test(arguments: HourLog.Shape.allCases, [1, 2, 3] as [UInt64])
    func scoresFollowFromTheTotals(shape: HourLog.Shape, seed: UInt64) throws {
        let result = PerformanceResult(of: HourLog(seed: seed, shape: shape).log)
        #expect(!result.bottlenecks.isEmpty)
        for item in result.bottlenecks {
            let score = try #require(item.scoreS)
            let expected = 0.1 * item.totalS / Double(result.cases)
            #expect(abs(score - expected) <= 1e-10 * max(1, expected))
        }
    }

    /// Cases of nothing but an open instance count in the mean and pass no activity.
    @Test func scoresHoldWithCasesThatNeverCompleteAnything() throws {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", end: 0, transition: "start"), TinyEvent("A", end: 100, transition: "complete")]),
            ("2", [TinyEvent("A", end: 0, transition: "start")]),
        ])
        let item = try #require(PerformanceResult(of: log).bottlenecks.first)
        #expect(item.totalS == 100)
        #expect(abs(try #require(item.scoreS) - 5) < 1e-12)
    }

    /// The probability of each edge is raised, its siblings scaled down, and the whole chain solved anew by elimination.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func routingEqualsARecomputation(seed: UInt64) throws {
        let log = HourLog(seed: seed, shape: .sequential, cases: 30, activities: 4).log
        let result = PerformanceResult(of: log)
        let names = result.activities.map(\.name)
        let graph = DirectlyFollowsGraph(of: log)
        let base = ReferenceChain(names, graph, result)
        let time = base.expectedTime()
        #expect(abs(time - (result.cycleTime?.meanS ?? 0)) < 1e-6 * time)
        var compared = 0
        for item in result.bottlenecks where item.kind == .edge {
            let from = try #require(names.firstIndex(of: item.source ?? ""))
            let to = try #require(names.firstIndex(of: item.target ?? ""))
            var changed = base
            let before = changed.probability[from][to]
            let rest = 1 - before
            guard rest >= 0.01 else {
                #expect(item.routingS == nil)
                continue
            }
            for other in changed.probability[from].indices {
                changed.probability[from][other] *= other == to ? 1 : (rest - 0.01) / rest
            }
            changed.probability[from][to] = before + 0.01
            let expected = changed.expectedTime() - time
            #expect(abs(try #require(item.routingS) - expected) <= 1e-8 * time)
            compared += 1
        }
        #expect(compared > 10)
    }

    @Test func anEdgeWithoutSiblingsHasNoRouting() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: 0), TinyEvent("B", end: 9)])])
        let result = PerformanceResult(of: log)
        #expect(result.bottlenecks.count == 1 && result.bottlenecks[0].kind == .edge)
        #expect(result.bottlenecks[0].routingS == nil && result.bottlenecks[0].shareOfCycleTime == 1)
        #expect(result.bottlenecks[0].totalS == 9)
    }

    /// Ranks, shares and the slowest cases against a slow reference; the filter selects the cases that are counted.
    @Test(arguments: HourLog.Shape.allCases, [11, 12] as [UInt64])
    func ranksAndCasesEqualASlowReference(shape: HourLog.Shape, seed: UInt64) throws {
        let hours = HourLog(seed: seed, shape: shape, cases: 50)
        let log = hours.log
        let result = PerformanceResult(of: log)
        let sum = result.bottlenecks.reduce(0) { $0 + $1.totalS }
        #expect(result.bottlenecks.map(\.rank) == Array(1...result.bottlenecks.count))
        #expect(zip(result.bottlenecks, result.bottlenecks.dropFirst()).allSatisfy { $0.totalS >= $1.totalS })
        for item in result.bottlenecks {
            #expect(abs(try #require(item.shareOfCycleTime) - item.totalS / sum) < 1e-12)
            var lost: [(hours: Int, name: String)] = []
            var count = 0
            var cases = 0
            for position in hours.cases.indices {
                let entries = hours.ordered(position)
                var own = 0
                var found = 0
                for (place, entry) in entries.enumerated() {
                    switch item.kind {
                    case .activity:
                        if entry.activity != item.activity { continue }
                        if let start = entry.start { own += entry.end - start }
                    case .edge:
                        if place == 0 || entries[place - 1].activity != item.source || entry.activity != item.target { continue }
                        own += max(0, (entry.start ?? entry.end) - entries[place - 1].end)
                    }
                    found += 1
                }
                count += found
                cases += found > 0 ? 1 : 0
                if own > 0 { lost.append((own, hours.cases[position].name)) }
            }
            lost.sort { (-$0.hours, $0.name) < (-$1.hours, $1.name) }
            #expect(item.count == count && item.cases == cases)
            #expect(item.totalS == Double(lost.reduce(0) { $0 + $1.hours }) * 3_600)
            #expect(item.slowest == lost.prefix(10).map(\.name))
            let selected = try log.filtered(cases: LogFilter(parsing: item.filter))
            #expect(selected.caseCount == cases)
        }
    }

    /// Quotes in names stay inside the filter's strings.
    @Test func filtersOfHostileNamesSelectTheirCases() throws {
        let names = ["it's", "') or has('x", "back`tick", "二'"]
        let log = EventLog.tiny([
            ("1", names.enumerated().map { TinyEvent($0.element, end: Double($0.offset * 10)) }), ("2", [TinyEvent("x", end: 0)]),
        ])
        for item in PerformanceResult(of: log).bottlenecks {
            let selected = try log.filtered(cases: LogFilter(parsing: item.filter))
            #expect(selected.caseCount == 1 && selected.caseName(0) == "1")
        }
    }

    /// Stamps at the end of the calendar stand in real logs: their sums are beyond 64 bits.
    @Test func farStampsDoNotOverflow() throws {
        let year = 365.25 * 86_400
        let cases = (0..<80).map { number in
            (
                name: "case \(number)",
                events: (0..<60).map { _ in TinyEvent("A", start: 0, end: 7_900 * year, by: "x") } + [TinyEvent("B", end: 7_950 * year)]
            )
        }
        let log = EventLog.tiny(cases)
        let result = PerformanceResult(of: log)
        let activity = try #require(result.bottlenecks.first)
        #expect(activity.kind == .activity && abs(activity.totalS / (80 * 60 * 7_900 * year) - 1) < 1e-12)
        #expect(try #require(DirectlyFollowsGraph(of: log).edges.first { $0.target == "B" }?.totalS) == 80 * 50 * year)
        #expect(CaseTimes.of(log.counted(as: .instances)).cycle.allSatisfy { $0 == Int64(7_950 * year) * 1_000_000 })
        let weeks = Workload(of: log).weeks
        #expect(weeks.count <= 5_219)
    }

    /// The planted bottleneck ranks first.
    @Test func aPlantedBottleneckRanksFirst() throws {
        var stream = RandomStream(seed: 3, path: 1)
        let cases = (0..<200).map { number -> (name: String, events: [TinyEvent]) in
            var clock = 0.0
            let events = ["A", "B", "C", "D"].map { name -> TinyEvent in
                let start = clock + stream.exponential(mean: name == "C" ? 50_000 : 10_000)
                clock = start + stream.exponential(mean: 5_000)
                return TinyEvent(name, start: start, end: clock)
            }
            return ("case \(number)", events)
        }
        let first = try #require(PerformanceResult(of: EventLog.tiny(cases)).bottlenecks.first)
        #expect(first.kind == .edge && first.source == "B" && first.target == "C" && first.rank == 1)
    }
}

/// The chain of a graph in plain arrays, solved by Gauss–Jordan elimination.
private struct ReferenceChain {
    /// Row by source; the last column is the exit.
    var probability: [[Double]]
    private var opening: [Double]
    private var stay: [Double]
    private var step: [[Double]]

    init(_ names: [String], _ graph: DirectlyFollowsGraph, _ result: PerformanceResult) {
        let size = names.count
        probability = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
        step = probability
        opening = names.map { name in Double(graph.activities.first { $0.name == name }?.starts ?? 0) / Double(result.cases) }
        stay = [Double](repeating: 0, count: size)
        for (place, name) in names.enumerated() {
            guard let activity = graph.activities.first(where: { $0.name == name }) else { continue }
            probability[place][size] = Double(activity.ends) / Double(activity.count)
            for item in result.bottlenecks where item.activity == name { stay[place] = item.totalS / Double(activity.count) }
            for edge in graph.edges where edge.source == name {
                let target = names.firstIndex(of: edge.target) ?? size
                probability[place][target] = Double(edge.count) / Double(activity.count)
                step[place][target] = (edge.totalS ?? 0) / Double(edge.count)
            }
        }
    }

    func expectedTime() -> Double {
        let size = stay.count
        var rows = (0..<size).map { row -> [Double] in
            var values = (0..<size).map { ($0 == row ? 1 : 0) - probability[row][$0] }
            values.append(stay[row] + zip(probability[row], step[row]).reduce(0) { $0 + $1.0 * $1.1 })
            return values
        }
        for column in 0..<size {
            let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
            rows.swapAt(column, pivot)
            for row in 0..<size where row != column {
                let factor = rows[row][column] / rows[column][column]
                for place in column...size { rows[row][place] -= factor * rows[column][place] }
            }
        }
        return (0..<size).reduce(0) { $0 + opening[$1] * rows[$1][size] / rows[$1][$1] }
    }
}
