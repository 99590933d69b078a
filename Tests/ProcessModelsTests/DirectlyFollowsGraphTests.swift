import EventLogs
import Instants
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct DirectlyFollowsGraphTests {
    /// Counts and times step by step, with texts and without columns.
    @Test(arguments: [(1, true, true), (2, true, false), (3, false, false), (4, true, true)] as [(UInt64, Bool, Bool)])
    func countsEqualASlowReference(seed: UInt64, withStarts: Bool, overlapping: Bool) {
        let log = EventLog.random(seed: seed, cases: 60, activities: 6, withStarts: withStarts, overlapping: overlapping)
        let graph = DirectlyFollowsGraph(of: log)
        var times: [String: [Int64]] = [:]
        var counts: [String: Int] = [:]
        var starts: [String: Int] = [:]
        var ends: [String: Int] = [:]
        let instances = log.instances
        for range in log.instanceRanges {
            let names = range.map { log.activities[instances.activity[$0]] }
            for name in names { counts[name, default: 0] += 1 }
            starts[names[0], default: 0] += 1
            ends[names[names.count - 1], default: 0] += 1
            for (place, instance) in range.enumerated().dropFirst() {
                let after = withStarts ? instances.startTime(instance) : instances.completion[instance]
                times["\(names[place - 1])>\(names[place])", default: []].append(after - instances.completion[instance - 1])
            }
        }
        #expect(graph.activities.count == counts.count)
        #expect(graph.activities.allSatisfy { counts[$0.name] == $0.count })
        #expect(graph.activities.allSatisfy { starts[$0.name, default: 0] == $0.starts && ends[$0.name, default: 0] == $0.ends })
        #expect(graph.edges.count == times.count)
        for edge in graph.edges {
            let own = times["\(edge.source)>\(edge.target)"] ?? []
            let statistics = TimeStatistics(microseconds: own)
            #expect(edge.count == own.count)
            #expect(edge.meanS == statistics?.meanS && edge.medianS == statistics?.medianS && edge.p90S == statistics?.p90S)
            #expect(edge.totalS == Double(own.filter { $0 > 0 }.reduce(0, +)) / 1e6)
            #expect(edge.overlaps == own.count { $0 < 0 })
        }
        #expect(zip(graph.edges, graph.edges.dropFirst()).allSatisfy { isInOrder($0, $1) })
        #expect(
            zip(graph.activities, graph.activities.dropFirst()).allSatisfy {
                ($0.count, $1.name) > ($1.count, $0.name)
            })
    }

    private func isInOrder(_ left: DirectlyFollowsGraph.Edge, _ right: DirectlyFollowsGraph.Edge) -> Bool {
        (-left.count, left.source, left.target) < (-right.count, right.source, right.target)
    }

    /// The counts alone, the index and the tally of parts say the same, dense or hashed, of whole logs and of views.
    @Test(arguments: [(5, 30), (1_400, 400)] as [(Int, Int)])
    func countsIndexAndTallyAgree(activities: Int, longest: Int) {
        var stream = RandomStream(seed: 8, path: UInt64(activities))
        let whole = EventLog.tiny(
            (0..<80).map { number in
                (
                    "case \(number)",
                    (0..<(1 + stream.index(below: longest))).map {
                        TinyEvent("a\(stream.index(below: activities))", end: stream.index(below: 9) == 0 ? nil : Double($0))
                    }
                )
            })
        #expect((whole.activities.count > 1_024) == (activities > 1_024))
        for log in [whole, whole.selecting(cases: Array(stride(from: 79, to: 0, by: -3)))] {
            let counts = DirectlyFollowsCounts(of: log)
            let index = DirectlyFollowsIndex(of: log)
            #expect(counts.source == index.source && counts.target == index.target)
            #expect(counts.edgeCounts == (0..<index.edgeCount).map { index.count(ofEdge: $0) })
            #expect(counts.activityCounts == index.activityCounts && counts.activityCounts.reduce(0, +) == log.instanceCount)
            #expect(counts.startCounts.reduce(0, +) == log.caseCount && counts.endCounts == index.endCounts)
            // Every step stands once, in the order of cases.
            #expect(index.position.count == log.instanceCount - log.caseCount)
            for edge in 0..<index.edgeCount {
                let own = index.position[index.offsets[edge]..<index.offsets[edge + 1]]
                #expect(zip(own, own.dropFirst()).allSatisfy { $0 <= $1 })
            }
            var tally = DirectlyFollowsTally()
            tally.add(index)
            #expect(tally.graph() == DirectlyFollowsGraph(of: log))
        }
    }

    /// Unknown times are left out of an edge's figures, and sums beyond 64 bits are right.
    @Test func unknownAndHugeTimesOfAnEdge() throws {
        func log(_ gaps: [Double?]) -> EventLog {
            EventLog.tiny(
                gaps.enumerated().map { place, gap in
                    ("\(place)", [TinyEvent("A", end: 0), TinyEvent("B", end: gap)])
                })
        }
        let mixed = try #require(DirectlyFollowsGraph(of: log([4, nil, 1, nil, 10])).edges.first)
        #expect(mixed.count == 5 && mixed.meanS == 5 && mixed.medianS == 4 && mixed.totalS == 15 && mixed.p90S == 8.8)
        let huge = try #require(DirectlyFollowsGraph(of: log([Double](repeating: 1.7e12, count: 100))).edges.first)
        #expect(huge.meanS == 1.7e12 && huge.medianS == 1.7e12 && huge.totalS == 1.7e14)
    }

    /// A view of some cases gives what a log of these cases gives.
    @Test func viewsShareColumnsButNotCounts() {
        let log = EventLog.random(seed: 9, cases: 40)
        let odd = log.selecting(cases: Array(stride(from: 1, to: 40, by: 2)))
        let even = log.selecting(cases: Array(stride(from: 0, to: 40, by: 2)))
        let whole = DirectlyFollowsGraph(of: log)
        let parts = [DirectlyFollowsGraph(of: odd), DirectlyFollowsGraph(of: even)]
        for edge in whole.edges {
            let sum = parts.reduce(0) { total, part in
                total + (part.edges.first { $0.source == edge.source && $0.target == edge.target }?.count ?? 0)
            }
            #expect(sum == edge.count)
        }
        #expect(parts[0].activities.reduce(0) { $0 + $1.count } == odd.instanceCount)
    }

    /// More activities than the dense table takes: the same answer by hashing.
    @Test func manyActivitiesAreHashed() {
        var stream = RandomStream(seed: 5, path: 1)
        var cases: [(name: String, events: [TinyEvent])] = []
        var expected: [String: Int] = [:]
        for number in 0..<50 {
            let walk = (0..<200).map { _ in "activity \(stream.index(below: 1_500))" }
            for (left, right) in zip(walk, walk.dropFirst()) { expected["\(left)>\(right)", default: 0] += 1 }
            cases.append(("case \(number)", walk.enumerated().map { TinyEvent($0.element, end: Double($0.offset)) }))
        }
        let log = EventLog.tiny(cases)
        #expect(log.activities.count > 1_024)
        let graph = DirectlyFollowsGraph(of: log)
        #expect(graph.edges.count == expected.count)
        #expect(graph.edges.allSatisfy { expected["\($0.source)>\($0.target)"] == $0.count })
    }

    @Test func timesOfAnEdgeAreSigned() throws {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", start: 0, end: 10), TinyEvent("B", start: 4, end: 20)]),
            ("2", [TinyEvent("A", start: 0, end: 10), TinyEvent("B", start: 30, end: 40)]),
            ("3", [TinyEvent("A", start: 0, end: 10), TinyEvent("B", end: 15)]),
        ])
        let edge = try #require(DirectlyFollowsGraph(of: log).edges.first)
        #expect(edge.count == 3 && edge.overlaps == 1)
        #expect(edge.totalS == 25)
        #expect(edge.meanS == 19.0 / 3)
        #expect(edge.medianS == 5)
    }

    @Test func withoutTimesOnlyCountsAreKnown() throws {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: nil), TinyEvent("B", end: nil)])])
        let edge = try #require(DirectlyFollowsGraph(of: log).edges.first)
        #expect(edge == DirectlyFollowsGraph.Edge(source: "A", target: "B", count: 1))
        #expect(edge.totalS == nil)
    }

    @Test func anEmptyLogHasAnEmptyGraph() {
        let graph = DirectlyFollowsGraph(of: EventLog.tiny([]))
        #expect(graph.activities.isEmpty && graph.edges.isEmpty)
        let abstracted = graph.abstracted(activities: 0.5, paths: 0.5)
        #expect(abstracted.graph == graph && abstracted.keptEventShare == 1)
    }

    @Test func hostileNamesAreInertInDOT() {
        let names = ["\"]; x [label=\"", "back\\", "<b>&amp;", "line\nbreak\u{202E}", "\u{1B}[31m"]
        let log = EventLog.tiny([("1", names.enumerated().map { TinyEvent($0.element, end: Double($0.offset)) })])
        let text = DirectlyFollowsGraph(of: log).dot()
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x202E })
        #expect(text.contains(#"label="\"]; x [label=\"\n1"];"#))
        #expect(text.contains(#"label="back\\\n1"];"#))
        #expect(text.contains("<b>&amp;amp;\\n1"))
        // Outside of strings there is nothing but our own syntax.
        var isInside = false
        var previous: Character = " "
        var outside = ""
        for character in text {
            if character == "\"" && !(isInside && previous == "\\") { isInside.toggle() } else if !isInside { outside.append(character) }
            previous = previous == "\\" && character == "\\" ? " " : character
        }
        #expect(!isInside)
        #expect(outside.allSatisfy { $0.isASCII })
    }
}
