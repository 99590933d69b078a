import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct PrefixTreeTests {
    @Test("The tree counts the cases that come to each node and those that end there")
    func counts() {
        let tree = PrefixTree(of: .words(["abc": 3, "abd": 4, "ab": 2, "c": 1]))
        #expect(tree.nodes.map(\.activity) == [nil, "a", "b", "d", "c", "c"])
        #expect(tree.nodes.map(\.parent) == [nil, 0, 1, 2, 2, 0])
        #expect(tree.nodes.map(\.count) == [10, 9, 9, 4, 3, 1] && tree.nodes.map(\.ends) == [0, 0, 2, 4, 3, 1])
        #expect(tree.nodes.map(\.depth) == [0, 1, 2, 3, 3, 1] && tree.omitted == 0)
        let small = PrefixTree(of: .words(["abc": 3, "abd": 4, "ab": 2, "c": 1]), leastCases: 4)
        #expect(small.nodes.map(\.activity) == [nil, "a", "b", "d"] && small.omitted == 2)
        let flat = PrefixTree(of: .words(["abc": 3, "ab": 2]), deepest: 2)
        #expect(flat.nodes.map(\.count) == [5, 5, 5] && flat.nodes.map(\.ends) == [0, 0, 2])
    }

    @Test("Every way from the root is a beginning of just as many cases", arguments: [UInt64(1), 2, 3])
    func everyPrefix(seed: UInt64) {
        let log = EventLog.random(seed: seed, cases: 120, activities: 4, longest: 6, withStarts: false)
        let names = log.activities.strings
        let traces = log.instanceRanges.map { $0.map { names[Int(log.instances.activity[$0])] } }
        let tree = PrefixTree(of: log)
        var ways: [[String]] = []
        for node in tree.nodes {
            let way = node.parent.map { ways[$0] + [node.activity!] } ?? []
            ways.append(way)
            #expect(node.count == traces.count { $0.starts(with: way) } && node.ends == traces.count { $0 == way })
        }
        #expect(
            Set(ways).count == ways.count
                && ways.count == Set(traces.flatMap { trace in (0...trace.count).map { Array(trace[..<$0]) } }).count)
    }

    @Test("Hostile names are text in DOT, and equal logs give equal texts")
    func dot() {
        let log = EventLog.traces([(["a\"]; evil", "b"], 2)])
        let text = PrefixTree(of: log).dot()
        #expect(text.contains("a\\\"]; evil\\n2") && text == PrefixTree(of: log).dot() && text.contains("n1 -> n2;"))
    }

    @Test("A log without cases has a root alone")
    func empty() {
        #expect(PrefixTree(of: .words([:])).nodes.map(\.count) == [0])
    }
}

@Suite struct TraceClustersTests {
    @Test("Families of variants are told apart, each around one of its own")
    func families() throws {
        let log = EventLog.words([
            "abcdef": 40, "abcdf": 10, "abdcef": 10, "xyzwv": 30, "xyzw": 8, "xzywv": 5, "mnopqrstmnop": 12, "mnopqrstmno": 3,
        ])
        let clusters = try #require(TraceClusters(of: log))
        #expect(clusters.groups.map(\.cases) == [60, 43, 15] && clusters.groups.map(\.variants) == [3, 3, 2])
        try #require(clusters.groups.count == 3)
        #expect(clusters.groups.map { $0.medoid.joined() } == ["abcdef", "xyzwv", "mnopqrstmnop"])
        #expect(clusters.groups.map(\.medoidCases) == [40, 30, 12] && (clusters.silhouette ?? 0) > 0.5)
        for (position, group) in clusters.members.enumerated() {
            let first = log.activities[log.instances.activity[log.instanceRanges[position].lowerBound]]
            #expect(["a", "x", "m"][group] == first)
        }
    }

    @Test("Variants that did not make the groups join the nearest")
    func joining() throws {
        var options = TraceClusterOptions()
        options.mostVariants = 2
        options.groups = 2
        let log = EventLog.words(["abc": 10, "xyz": 9, "abbc": 8, "xyyz": 7, "abcc": 6])
        let clusters = try #require(TraceClusters(of: log, options: options))
        #expect(clusters.grouped == 2 && clusters.groups.map(\.cases) == [24, 16] && clusters.groups.map(\.variants) == [3, 2])
    }

    @Test("Where nothing stands apart there is one group, and none without cases")
    func one() throws {
        let clusters = try #require(TraceClusters(of: .words(["abcd": 5])))
        #expect(clusters.groups.count == 1 && clusters.silhouette == nil && clusters.groups[0].meanDistance == 0)
        #expect(TraceClusters(of: .words([:])) == nil)
    }
}

@Suite struct ProcessDifferenceTests {
    @Test("What appears, vanishes and changes its share is told, with a verdict where there are cases enough")
    func changes() throws {
        let before = EventLog.words(["abd": 300, "acd": 100, "aed": 3])
        let after = EventLog.words(["abd": 200, "acd": 200, "axd": 60])
        let difference = ProcessDifference([("before", before), ("after", after)])
        #expect(difference.logs.map(\.cases) == [403, 460] && difference.logs.map(\.variants) == [3, 3])
        func variant(_ word: String) throws -> ProcessDifference.Share {
            try #require(difference.variants.first { $0.activities.joined() == word }).logs[1]
        }
        #expect(try variant("abd").verdict == .fewer && variant("abd").presence == .both)
        #expect(try variant("acd").verdict == .more && variant("axd").verdict == .more && variant("axd").presence == .appeared)
        #expect(try variant("aed").verdict == .insufficient && variant("aed").presence == .vanished && variant("aed").pValue == nil)
        let share = try variant("acd")
        #expect(abs((share.change ?? 0) - (200.0 / 460 - 100.0 / 403)) < 1e-12 && share.changeCi95?.contains(share.change ?? 9) == true)
        #expect(difference.variants.first?.activities.joined() == "abd")
        #expect(difference.activities.first { $0.activities == ["a"] }?.logs[1].verdict == .noDifference)
        #expect(difference.edges.first { $0.activities == ["a", "x"] }?.logs.map(\.cases) == [0, 60])
    }

    @Test("Three logs are each held against the first")
    func three() throws {
        let logs = [EventLog.words(["ab": 100, "ac": 100]), .words(["ab": 180, "ac": 20]), .words(["ac": 50, "ab": 50])]
        let difference = ProcessDifference(zip(["one", "two", "three"], logs).map { (name: $0, log: $1) })
        let item = try #require(difference.activities.first { $0.activities == ["b"] })
        #expect(item.logs.map(\.verdict) == [nil, .more, .noDifference] && item.logs[0].change == nil)
    }

    @Test("Halves of one process seldom differ")
    func sameProcess() {
        var judged = 0
        var wrong = 0
        for seed in 0..<20 {
            let log = EventLog.random(seed: UInt64(500 + seed), cases: 600, activities: 3, longest: 4, withStarts: false, resources: 0)
            let halves = [0, 1].map { half in log.selecting(cases: (0..<600).filter { $0 % 2 == half }) }
            let difference = ProcessDifference([("one", halves[0]), ("other", halves[1])])
            for item in difference.activities + difference.edges + difference.variants {
                if item.logs[1].pValue == nil { continue }
                judged += 1
                if item.logs[1].verdict != .noDifference { wrong += 1 }
            }
        }
        #expect(judged > 500 && wrong * 100 <= judged)
    }
}
