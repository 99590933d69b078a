import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Discovery

@Suite struct SplitMinerTests {
    private func process(_ log: EventLog, _ change: (inout SplitMiner.Options) -> Void = { _ in }) throws -> BPMNModel.Process {
        var options = SplitMiner.Options()
        change(&options)
        let model = SplitMiner(options: options).model(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
        return try #require(model.mainProcess)
    }

    /// The flows, tasks by their names and gateways by their identifiers.
    private func flows(_ process: BPMNModel.Process) -> [String] {
        func label(_ id: String) -> String { process.node(id)?.name ?? id }
        return process.flows.map { label($0.source) + " > " + label($0.target) }.sorted()
    }

    @Test("A sequence needs no gateway")
    func sequence() throws {
        #expect(try flows(process(.words(["abc": 3]))) == ["a > b", "b > c", "c > end", "start > a"])
    }

    @Test("Choices are parted and merged, what is concurrent is split and joined")
    func gateways() throws {
        #expect(
            try flows(process(.words(["abd": 3, "acd": 3]))) == [
                "a > choice_1", "b > merge_1", "c > merge_1", "choice_1 > b", "choice_1 > c", "d > end", "merge_1 > d", "start > a",
            ])
        #expect(
            try flows(process(.words(["abcd": 3, "acbd": 3]))) == [
                "a > split_1", "b > join_1", "c > join_1", "d > end", "join_1 > d", "split_1 > b", "split_1 > c", "start > a",
            ])
    }

    @Test("A branch beside another is optional where cases do without it")
    func optionalBranch() throws {
        let process = try process(.words(["abcd": 30, "acbd": 30, "abd": 40]))
        #expect(flows(process).contains("choice_1 > merge_1"))
        #expect(flows(process).contains("choice_1 > c"))
    }

    @Test("Loops of one activity, of two and of more")
    func loops() throws {
        #expect(
            try flows(process(.words(["abbbc": 9, "abbc": 5]))) == [
                "a > merge_1", "b > choice_1", "c > end", "choice_1 > c", "choice_1 > merge_1", "merge_1 > b", "start > a",
            ])
        #expect(
            try flows(process(.words(["abcbcbd": 9, "abcbd": 9]))) == [
                "a > merge_1", "b > choice_1", "c > merge_1", "choice_1 > c", "choice_1 > d", "d > end", "merge_1 > b", "start > a",
            ])
    }

    @Test("What is rare is filtered, but every activity keeps its way")
    func filtering() throws {
        let log = EventLog.words(["abcde": 100, "abce": 5, "axe": 2])
        let own = try flows(process(log))
        #expect(own.contains("x > merge_1") && own.contains("choice_1 > x"))
        #expect(!own.contains("c > choice_2"))
        #expect(try flows(process(log) { $0.filter = 0 }).contains { $0.hasPrefix("c > choice") })
    }

    @Test("Every model of a random log is sound and holds every activity", arguments: 0..<24)
    func soundOnRandomLogs(seed: Int) throws {
        let log = EventLog.random(
            seed: UInt64(seed), cases: 2 + seed % 50, activities: 2 + seed % 4, longest: 3 + seed % 9, withStarts: false)
        for (concurrency, filter) in [(0.1, 0.4), (0.3, 0.4), (1, 0), (0.6, 1)] {
            let process = try process(log) {
                $0.concurrency = concurrency
                $0.filter = filter
            }
            let names = Set(process.nodes.compactMap(\.name))
            let all = Set(DirectlyFollowsGraph(of: log).activities.map(\.name))
            #expect(names == all)
            #expect(Soundness(of: WorkflowNet.net(process)).verdict == .holds)
            // Gateways have something to do, and part or merge, but not both.
            for node in process.nodes where node.isGateway {
                let (into, out) = (process.flows(to: node.id).count, process.flows(from: node.id).count)
                #expect(into + out > 2, "\(node.id)")
            }
            #expect(Set(process.flows.map { [$0.source, $0.target] }).count == process.flows.count)
        }
    }

    @Test("The lightest cut is that of all sides tried out", arguments: 0..<30)
    func minimumCut(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), path: 2)
        let size = 2 + seed % 6
        var weights = [[Int]](repeating: Array(repeating: 0, count: size), count: size)
        for one in 0..<size {
            for other in 0..<one {
                weights[one][other] = stream.index(below: 5)
                weights[other][one] = weights[one][other]
            }
        }
        func across(_ side: Set<Int>) -> Int {
            side.reduce(0) { sum, one in sum + (0..<size).filter { !side.contains($0) }.reduce(0) { $0 + weights[one][$1] } }
        }
        let cut = MinimumCut(size: size) { weights[$0][$1] }
        let all = (1..<(1 << size) - 1).map { bits in across(Set((0..<size).filter { bits >> $0 & 1 == 1 })) }
        #expect(cut.weight == all.min())
        #expect(across(Set(cut.side)) == cut.weight && cut.side.count < size)
    }

    @Test("Long branches side by side are closed into one block", arguments: ["a b c", "a b c d"])
    func longBranches(first: String) throws {
        let one = ProcessTree.node(.sequence, first.split(separator: " ").map { .activity(String($0)) })
        let tree = ProcessTree.node(.parallel, [one, .node(.sequence, [.activity("x"), .activity("y"), .activity("z")])])
        let log = EventLog.traces(PlayedTree.words(tree).map { (activities: ["s"] + $0 + ["e"], count: 1) })
        let own = try process(log)
        #expect(own.nodes.count { $0.isGateway } == 2)
        #expect(flows(own).contains("split_1 > a") && flows(own).contains("split_1 > x"))
    }

    @Test("Thousands of activities are more than is drawn, but no trouble")
    func manyActivities() throws {
        let log = EventLog.traces((0..<2_100).map { (activities: ["first", "a\($0)", "last"], count: 1) })
        let (variants, counts) = (VariantIndex(of: log), DirectlyFollowsCounts(of: log))
        #expect(InductiveMiner(noise: 0).tree(of: variants, names: log.activities).activities.count == 2_102)
        #expect(InductiveMiner(noise: 0).tree(of: counts).activities.count == 2_102)
        let relation = FollowsRelation(variants, counts, distances: true)
        #expect(relation.alphabet.count == FollowsRelation.mostActivities)
        #expect(relation.occurrences.filter { $0 == 2_100 }.count == 2)
        #expect(throws: AlphaMiner.Problem.tooManyPlaces(2_102)) { try AlphaMiner().net(of: counts) }
    }

    @Test("The causal net of a random log as a model is sound and holds every activity", arguments: 0..<24)
    func soundHeuristics(seed: Int) throws {
        let log = EventLog.random(
            seed: UInt64(seed), cases: 2 + seed % 50, activities: 2 + seed % 4, longest: 3 + seed % 9, withStarts: false)
        let counts = DirectlyFollowsCounts(of: log)
        let process = try #require(HeuristicsMiner().model(of: VariantIndex(of: log), counts: counts).mainProcess)
        #expect(Set(process.nodes.compactMap(\.name)) == Set(DirectlyFollowsGraph(of: log).activities.map(\.name)))
        #expect(Soundness(of: WorkflowNet.net(process)).verdict == .holds)
    }

    @Test("A causal net shows what goes together as concurrent")
    func heuristicsModel() throws {
        let log = EventLog.words(["abcd": 20, "acbd": 20, "aed": 20])
        let model = HeuristicsMiner().model(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
        let own = try flows(#require(model.mainProcess))
        #expect(
            own == [
                "a > choice_1", "b > join_1", "c > join_1", "choice_1 > e", "choice_1 > split_1", "d > end", "e > merge_1",
                "join_1 > merge_1",
                "merge_1 > d", "split_1 > b", "split_1 > c", "start > a",
            ])
    }

    @Test("The order of the cases changes nothing", arguments: 0..<10)
    func orderOfCases(seed: Int) {
        var stream = RandomStream(seed: UInt64(seed), path: 5)
        let traces = (0..<25).map { _ in
            (activities: (0..<(1 + stream.index(below: 7))).map { _ in String("vwxyz".randomElement(using: &stream) ?? "v") }, count: 2)
        }
        func model(_ log: EventLog) -> BPMNModel {
            SplitMiner().model(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
        }
        #expect(model(.traces(traces)) == model(.traces(traces.reversed())))
    }
}

/// The net of a process of tasks, exclusive and parallel gateways: a place for each flow. A reference of its own.
enum WorkflowNet {
    static func net(_ process: BPMNModel.Process) -> PetriNet {
        var net = PetriNet(places: process.flows.map { .init(id: $0.id) })
        var number: [String: Int] = [:]
        for (place, flow) in process.flows.enumerated() { number[flow.id] = place }
        for node in process.nodes {
            let into = process.flows(to: node.id).compactMap { number[$0.id] }
            let out = process.flows(from: node.id).compactMap { number[$0.id] }
            func add(_ label: String?, _ inputs: [Int], _ outputs: [Int]) {
                net.transitions.append(
                    .init(
                        id: "\(node.id)_\(net.transitions.count)", label: label, inputs: inputs.map { .init($0) },
                        outputs: outputs.map { .init($0) }))
            }
            switch node.kind {
            case .startEvent:
                net.places.append(.init(id: "source"))
                net.initial = Marking(places: [net.places.count - 1])
                add(nil, [net.places.count - 1], out)
            case .endEvent:
                net.places.append(.init(id: "sink"))
                net.final = [Marking(places: [net.places.count - 1])]
                add(nil, into, [net.places.count - 1])
            case .exclusiveGateway: for one in into { for other in out { add(nil, [one], [other]) } }
            default: add(node.name, into, out)
            }
        }
        return net
    }
}
