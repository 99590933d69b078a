import EventLogs
import Instants
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct EventuallyFollowsGraphTests {
    private struct Totals: Equatable {
        var count = 0
        var cases = 0
    }

    /// Every pair of every case, one by one.
    private static func plainPairs(_ log: EventLog) -> [[String]: Totals] {
        var totals: [[String]: Totals] = [:]
        for range in log.instanceRanges {
            let names = range.map { log.activities[log.instances.activity[$0]] }
            var met: Set<[String]> = []
            for (place, source) in names.enumerated() {
                for target in names[(place + 1)...] {
                    totals[[source, target], default: Totals()].count += 1
                    met.insert([source, target])
                }
            }
            for pair in met { totals[pair, default: Totals()].cases += 1 }
        }
        return totals
    }

    private static func expectEqual(_ graph: EventuallyFollowsGraph, _ log: EventLog) {
        let expected = plainPairs(log)
        #expect(graph.edges.count == expected.count)
        var holders: [String: Int] = [:]
        var counts: [String: Int] = [:]
        for range in log.instanceRanges {
            let names = range.map { log.activities[log.instances.activity[$0]] }
            for name in names { counts[name, default: 0] += 1 }
            for name in Set(names) { holders[name, default: 0] += 1 }
        }
        for edge in graph.edges {
            #expect(expected[[edge.source, edge.target]] == Totals(count: edge.count, cases: edge.cases))
            #expect(edge.caseShare == Double(edge.cases) / Double(holders[edge.source] ?? 0))
        }
        #expect(graph.activities.count == counts.count)
        #expect(graph.activities.allSatisfy { counts[$0.name] == $0.count && holders[$0.name] == $0.cases })
        #expect(
            zip(graph.edges, graph.edges.dropFirst()).allSatisfy {
                (-$0.count, $0.source, $0.target) < (-$1.count, $1.source, $1.target)
            })
        #expect(zip(graph.activities, graph.activities.dropFirst()).allSatisfy { ($0.count, $1.name) > ($1.count, $0.name) })
    }

    @Test(arguments: [(1, 60, 6, 9), (2, 200, 2, 30), (3, 40, 26, 60), (4, 500, 3, 3), (5, 1, 4, 400)] as [(UInt64, Int, Int, Int)])
    func pairsEqualThoseCountedOneByOne(seed: UInt64, cases: Int, activities: Int, longest: Int) throws {
        let log = EventLog.random(seed: seed, cases: cases, activities: activities, longest: longest, withStarts: seed % 2 == 0)
        Self.expectEqual(try #require(EventuallyFollowsGraph(of: log)), log)
    }

    /// More activities than the square table takes.
    @Test func manyActivitiesAreHashed() throws {
        var stream = RandomStream(seed: 5, path: 3)
        let log = EventLog.tiny(
            (0..<60).map { number in
                ("case \(number)", (0..<60).map { TinyEvent("activity \(stream.index(below: 1_500))", end: Double($0)) })
            })
        #expect(log.activities.count > 1_024)
        Self.expectEqual(try #require(EventuallyFollowsGraph(of: log)), log)
    }

    /// Parts whose activities have other numbers give what the whole gives.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func partsAddUp(seed: UInt64) throws {
        let whole = EventLog.random(seed: seed, cases: 90, activities: 7)
        var tally = EventuallyFollowsTally()
        for first in stride(from: 0, to: 90, by: 31) {
            let part = EventLog.tiny(
                (first..<min(90, first + 31)).map { position in
                    let range = whole.instanceRanges[position]
                    return (
                        whole.caseName(position),
                        range.map { place in
                            TinyEvent(whole.activities[whole.instances.activity[place]], end: Double(place - range.lowerBound))
                        }
                    )
                })
            tally.add(part)
        }
        #expect(tally.graph() == EventuallyFollowsGraph(of: whole))
    }

    /// By hand, and the same counts by PM4Py 2.7.23 (`discover_eventually_follows_graph`).
    @Test func aSmallLogByHand() throws {
        func steps(_ text: String) -> [TinyEvent] { text.enumerated().map { TinyEvent(String($0.element), end: Double($0.offset)) } }
        let graph = try #require(
            EventuallyFollowsGraph(of: EventLog.tiny([("1", steps("ABAB")), ("2", steps("ABC")), ("3", steps("ACB"))])))
        let found = Dictionary(uniqueKeysWithValues: graph.edges.map { ($0.source + $0.target, [$0.count, $0.cases]) })
        #expect(found == ["AA": [1, 1], "AB": [5, 3], "AC": [2, 2], "BA": [1, 1], "BB": [1, 1], "BC": [1, 1], "CB": [1, 1]])
        #expect(graph.edges.first.map { [$0.source, $0.target] } == ["A", "B"])
    }

    /// A case of so many different activities that nobody could read the pairs: no graph, and no memory for it.
    @Test func tooManyPairsGiveNoGraph() {
        let log = EventLog.tiny([("1", (0..<4_200).map { TinyEvent("activity \($0)", end: Double($0)) })])
        #expect(EventuallyFollowsGraph(of: log) == nil)
        #expect(EventuallyFollowsGraph(of: EventLog.tiny([]))?.edges.isEmpty == true)
    }
}
