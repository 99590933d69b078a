import EventLogs
import ProcessModels
import TestSupport
import Testing

@testable import Discovery

@Suite struct HeuristicsMinerTests {
    private func net(_ log: EventLog, _ change: (inout HeuristicsMiner.Options) -> Void = { _ in }) -> CausalNet {
        var options = HeuristicsMiner.Options()
        change(&options)
        return HeuristicsMiner(options: options).causalNet(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
    }

    private func edges(_ net: CausalNet, _ kind: CausalNet.Kind = .direct) -> [String] {
        net.dependencies.filter { $0.kind == kind }.map { $0.source + $0.target }
    }

    /// The example of Weijters and Ribeiro's working paper, section 3: ABCD and ACBD 10 times each, AED 5 times.
    @Test("Dependencies, and what goes together or excludes each other")
    func splits() throws {
        let net = net(.words(["abcd": 10, "acbd": 10, "aed": 10]))
        #expect(edges(net) == ["ab", "ac", "ae", "bd", "cd", "ed"])
        #expect(net.activities.map(\.name) == ["a", "d", "b", "c", "e"])
        let first = try #require(net.activities.first)
        // a leads to b or e, and to c: b and c follow each other, e follows neither.
        #expect(first.outputs == [["b", "e"], ["c"]])
        #expect(first.inputs.isEmpty && first.starts == 30 && first.ends == 0)
        #expect(net.activities[1].inputs == [["b", "e"], ["c"]])
        let measured = net.dependencies.first { $0.source == "a" && $0.target == "b" }
        #expect(measured?.count == 10 && measured?.dependency == 10.0 / 11)
    }

    @Test("Rare steps are no dependencies unless nothing else connects an activity")
    func rareSteps() {
        let log = EventLog.words(["abc": 100, "acb": 3, "abxc": 2])
        // x has no way in or out but these two.
        #expect(edges(net(log)) == ["ab", "bc", "bx", "xc"])
        #expect(edges(net(log) { $0.connectsAll = false }) == ["ab", "bc"])
    }

    @Test("Loops of one and of two activities")
    func loops() {
        let net = net(.words(["abbbbc": 10, "abbbbbbbbc": 10, "defefefg": 20]))
        #expect(edges(net, .selfLoop) == ["bb"])
        #expect(edges(net, .shortLoop) == ["ef", "fe"])
        #expect(edges(net) == ["ab", "bc", "de", "fg"])
    }

    @Test("What decides at a distance is found where cases could pass without it")
    func longDistances() {
        // Which of d and e comes was settled by which of a and b did.
        let log = EventLog.words(["acd": 50, "bce": 50])
        #expect(edges(net(log), .longDistance) == ["ad", "be"])
        #expect(edges(net(log) { $0.longDistance = nil }, .longDistance).isEmpty)
        // Nothing passes c without a here: that says it all.
        #expect(edges(net(.words(["abc": 100])), .longDistance).isEmpty)
    }

    @Test("The distances counted are those of a plain reading", arguments: 0..<10)
    func distancesByPlainReading(seed: Int) {
        let log = EventLog.random(seed: UInt64(seed), cases: 12, activities: 4, withStarts: false)
        let variants = VariantIndex(of: log)
        let relation = FollowsRelation(variants, DirectlyFollowsCounts(of: log), distances: true)
        for (one, source) in relation.alphabet.enumerated() {
            for (other, target) in relation.alphabet.enumerated() where source != target {
                var expected = 0
                var turns = 0
                for range in log.instanceRanges {
                    let trace = Array(log.instances.activity[range])
                    for place in trace.indices where trace[place] == source {
                        // The next of either is the other one.
                        let next = trace[(place + 1)...].first { $0 == source || $0 == target }
                        if next == target { expected += 1 }
                        if place + 2 < trace.count && trace[place + 1] == target && trace[place + 2] == source { turns += 1 }
                    }
                }
                #expect(relation.distant(one, other) == expected)
                #expect(relation.turns(one, other) == turns)
            }
        }
    }

    @Test("The picture says counts, certainty and what goes together; names are text")
    func dot() {
        let text = net(.traces([(["a", "b\"&", "c"], 10), (["a", "c", "b\"&"], 10)])).dot()
        #expect(text.contains("a0 [label=\"a\\n20\\n1 ∧ 1\"];"))
        #expect(text.contains("b\\\"&amp;"))
        #expect(text.contains("[label=\"10\\n0.91\"]"))
        #expect(text.contains("start -> a0 [label=\"20\"];"))
    }

    @Test("Every activity lies between the start and the end", arguments: 0..<30)
    func connected(seed: Int) {
        let log = EventLog.random(seed: UInt64(seed), cases: 5 + seed, activities: 3 + seed % 6, withStarts: false)
        let net = net(log)
        for forward in [true, false] {
            var reached = Set(net.activities.filter { (forward ? $0.starts : $0.ends) > 0 }.map(\.name))
            var open = Array(reached)
            while let name = open.popLast() {
                for edge in net.dependencies {
                    let (from, to) = forward ? (edge.source, edge.target) : (edge.target, edge.source)
                    if from == name && reached.insert(to).inserted { open.append(to) }
                }
            }
            #expect(reached.count == net.activities.count)
        }
    }
}
