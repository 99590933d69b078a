import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct AbstractedGraphTests {
    private static let shares = [0, 0.1, 0.25, 0.5, 0.8, 1]

    /// Whatever the shares, every shown activity is reached from the start and reaches the end, over shown paths alone.
    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func everyShownActivityIsConnected(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 2)
        let log = EventLog.random(
            seed: seed, cases: 2 + stream.index(below: 30), activities: 2 + stream.index(below: 24),
            longest: 2 + stream.index(below: 12))
        let graph = DirectlyFollowsGraph(of: log)
        for activities in Self.shares {
            for paths in Self.shares {
                let part = graph.abstracted(activities: activities, paths: paths)
                checkConnection(part)
                checkSubset(part, of: graph, activities, paths)
            }
        }
    }

    private func checkConnection(_ part: AbstractedGraph) {
        let names = Set(part.graph.activities.map(\.name))
        #expect(reach(part.shownStarts, part.graph.edges.map { ($0.source, $0.target) }) == names)
        #expect(reach(part.shownEnds, part.graph.edges.map { ($0.target, $0.source) }) == names)
    }

    private func reach(_ roots: [String], _ steps: [(String, String)]) -> Set<String> {
        var seen = Set(roots)
        var grows = true
        while grows {
            grows = false
            for (from, to) in steps where seen.contains(from) && !seen.contains(to) {
                seen.insert(to)
                grows = true
            }
        }
        return seen
    }

    private func checkSubset(_ part: AbstractedGraph, of whole: DirectlyFollowsGraph, _ activities: Double, _ paths: Double) {
        #expect(part.allActivities == whole.activities.count && part.allEdges == whole.edges.count)
        #expect(part.keptActivities == part.graph.activities.count && part.keptEdges == part.graph.edges.count)
        // Figures are those of the whole graph, order too.
        #expect(part.graph.activities == whole.activities.filter { part.graph.activities.contains($0) })
        #expect(part.graph.edges == whole.edges.filter { part.graph.edges.contains($0) })
        let wanted = max(1, Int((activities * Double(whole.activities.count) - 1e-9).rounded(.up)))
        #expect(part.graph.activities.starts(with: whole.activities.prefix(wanted)))
        let events = part.graph.activities.reduce(0) { $0 + $1.count }
        #expect(part.keptEventShare == Double(events) / Double(whole.activities.reduce(0) { $0 + $1.count }))
        if !whole.edges.isEmpty {
            let steps = part.graph.edges.reduce(0) { $0 + $1.count }
            #expect(part.keptPathShare == Double(steps) / Double(whole.edges.reduce(0) { $0 + $1.count }))
        }
        if activities == 1 && paths == 1 { #expect(part.graph == whole) }
        if activities == 1 { #expect(part.graph.activities == whole.activities) }
        // The most frequent paths among shown activities are there, up to the share.
        let names = Set(part.graph.activities.map(\.name))
        var counts = whole.edges.filter { names.contains($0.source) && names.contains($0.target) }.map(\.count)
        let possible = counts.count
        counts += part.graph.activities.flatMap { [$0.starts, $0.ends] }.filter { $0 > 0 }
        let limit = Int((paths * Double(counts.count) - 1e-9).rounded(.up))
        #expect(part.keptEdges + part.shownStarts.count + part.shownEnds.count >= limit)
        #expect(part.keptEdges <= possible)
    }

    /// More is shown, never less, as a share grows while the other is whole.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func sharesAreMonotone(seed: UInt64) {
        let graph = DirectlyFollowsGraph(of: EventLog.random(seed: seed, cases: 25, activities: 12))
        let byPaths = Self.shares.map { graph.abstracted(activities: 1, paths: $0).keptEdges }
        #expect(byPaths == byPaths.sorted() && byPaths.last == graph.edges.count)
    }

    /// A rare activity on the only way between frequent ones is shown with them.
    @Test func whatConnectsIsShownToo() {
        let log = EventLog.tiny([
            ("1", ["A", "A", "A", "x", "B", "B", "B"].enumerated().map { TinyEvent($0.element, end: Double($0.offset)) })
        ])
        let part = DirectlyFollowsGraph(of: log).abstracted(activities: 0.6, paths: 0)
        #expect(part.graph.activities.map(\.name) == ["A", "B", "x"])
        #expect(part.graph.edges.map { "\($0.source)\($0.target)" } == ["Ax", "xB"])
        #expect(part.keptActivities == 3 && part.allEdges == 4 && part.keptEdges == 2)
        #expect(part.shownStarts == ["A"] && part.shownEnds == ["B"])
    }

    /// With no more paths than needed, those that connect are the widest: C is reached by its frequent path, not by its rare one.
    @Test func connectingPathsAreTheMostFrequent() {
        var cases: [(name: String, events: [TinyEvent])] = []
        for (sequence, count) in [("ABC", 10), ("AC", 2), ("BC", 1), ("C", 1)] {
            for _ in 0..<count {
                cases.append(
                    ("\(cases.count)", sequence.enumerated().map { TinyEvent(String($0.element), end: Double($0.offset)) }))
            }
        }
        let part = DirectlyFollowsGraph(of: EventLog.tiny(cases)).abstracted(activities: 1, paths: 0)
        #expect(part.graph.edges.map { "\($0.source)\($0.target)" } == ["BC", "AB"])
        #expect(part.shownStarts == ["A"] && part.shownEnds == ["C"])
        let dot = part.dot()
        #expect(
            dot.split(separator: "\n").filter { $0.contains("->") } == [
                "  start -> a1 [label=\"12\"];", "  a2 -> a0 [label=\"11\"];", "  a1 -> a2 [label=\"10\"];", "  a0 -> end [label=\"14\"];",
            ])
    }
}
