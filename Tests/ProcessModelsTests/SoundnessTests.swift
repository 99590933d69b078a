import Foundation
import Statistics
import TestSupport
import Testing

@testable import ProcessModels

@Suite struct SoundnessTests {
    @Test("Every net of a tree is sound, with one token on a place at most", arguments: 0..<5)
    func trees(part: UInt64) {
        for seed in part * 40..<part * 40 + 40 {
            let tree = ProcessTree.random(seed: seed, leaves: 9, repeating: seed % 2 == 0)
            let soundness = Soundness(of: PetriNet(tree))
            #expect(soundness.verdict == .holds && soundness.isComplete && (soundness.bound ?? 1) == 1, "\(tree): \(soundness)")
            #expect(soundness.structure.isWorkflowNet)
        }
    }

    /// A net in short: each transition by its places in and out, `0` the source, `1` the sink.
    static func net(_ transitions: (from: [Int], to: [Int])..., places: Int) -> PetriNet {
        var net = PetriNet(
            places: (0..<places).map { .init(id: "p\($0)") }, initial: Marking(places: [0]), final: [Marking(places: [1])])
        for (number, own) in transitions.enumerated() {
            net.transitions.append(
                .init(id: "t\(number)", label: "t\(number)", inputs: own.from.map { .init($0) }, outputs: own.to.map { .init($0) }))
        }
        return net
    }

    @Test("A choice that ends in a join is stuck, and the run is shown")
    func stuck() {
        let soundness = Soundness(of: Self.net(([0], [2]), ([0], [3]), ([2, 3], [1]), places: 4))
        #expect(soundness.verdict == .violated && soundness.structure.isWorkflowNet)
        #expect(soundness.optionToComplete == .violated && soundness.stuck == .init(transitions: [0], marking: Marking(places: [2])))
        #expect(soundness.noDeadTransitions == .violated && soundness.deadTransitions == [2])
        #expect(soundness.properCompletion == .holds && soundness.boundedness == .holds && soundness.bound == 1)
    }

    @Test("A split that ends in a choice leaves something over")
    func leftover() {
        let soundness = Soundness(of: Self.net(([0], [2, 3]), ([2], [1]), ([3], [1]), places: 4))
        #expect(soundness.properCompletion == .violated)
        #expect(soundness.leftover == .init(transitions: [0, 1], marking: Marking(places: [1, 3])))
        #expect(soundness.noDeadTransitions == .holds && soundness.bound == 2)
    }

    @Test("Going round without end is no way to complete")
    func livelock() {
        let soundness = Soundness(of: Self.net(([0], [2]), ([2], [3]), ([3], [2]), ([0], [1]), ([3, 0], [1]), places: 4))
        #expect(soundness.optionToComplete == .violated && soundness.stuck?.transitions == [0])
        #expect(soundness.deadTransitions == [4])
    }

    @Test("A net whose tokens grow shows what to repeat")
    func unbounded() {
        let net = Self.net(([0], [2]), ([2], [2, 3]), ([2], [4]), ([3, 4], [4]), ([4], [1]), places: 5)
        let soundness = Soundness(of: net)
        #expect(soundness.boundedness == .violated && soundness.unbounded?.transitions == [0] && soundness.growth == [1])
        #expect(soundness.verdict == .violated && soundness.bound == nil && !soundness.isComplete)
    }

    @Test("What is no workflow net is said, place by place")
    func structure() {
        let check = WorkflowNetCheck(of: Self.net(([0], [2]), ([2], [1]), ([3], [4]), places: 6))
        #expect(check.problems == [.severalSources([0, 3, 5]), .severalSinks([1, 4, 5])] && check.source == nil)
        let loose = WorkflowNetCheck(of: Self.net(([0], [1]), ([2], [2]), ([0], [3]), ([3], [3]), places: 4))
        #expect(loose.problems == [.notOnPath(places: [2, 3], transitions: [1, 2, 3])] && loose.source == 0 && loose.sink == 1)
        #expect(WorkflowNetCheck(of: Self.net(([0], [1]), ([1], [0]), places: 2)).problems == [.noSource, .noSink])
        var net = Self.net(([0], [1]), places: 2)
        net.initial = Marking([2])
        net.final = []
        #expect(WorkflowNetCheck(of: net).problems == [.initialNotOnSource, .finalNotOnSink])
        #expect(Soundness(of: net).verdict == .violated)
    }

    @Test("Too many markings are unknown, unless the net can be reduced")
    func limits() throws {
        var options = Soundness.Options()
        options.mostMarkings = 500
        let wide = ProcessTree.node(.parallel, (0..<40).map { .activity("a\($0)") })
        let reduced = Soundness(of: PetriNet(wide), options: options)
        #expect(reduced.verdict == .holds && reduced.isComplete && reduced.bound == nil)
        let some = Soundness(of: PetriNet(.node(.inclusive, (0..<12).map { .activity("a\($0)") })), options: options)
        #expect(some.verdict == .unknown && !some.isComplete && some.markings == 500 && some.optionToComplete == .unknown)
        // What was seen to be wrong is wrong, however much is unseen.
        var broken = PetriNet(.node(.sequence, [.activity("x"), .node(.inclusive, (0..<12).map { .activity("a\($0)") })]))
        broken.places.append(.init(id: "trap"))
        broken.transitions.append(.init(id: "fall", label: "fall", inputs: [.init(0)], outputs: [.init(broken.places.count - 1)]))
        let fallen = Soundness(of: broken, options: options)
        #expect(fallen.optionToComplete == .violated && fallen.stuck?.transitions == [broken.transitions.count - 1])
    }

    @Test("Long runs are not compared step by step with all before")
    func longRuns() {
        for weight in 1...2 {
            var net = Self.net(([0], [1]), places: 2)
            net.transitions[0].outputs[0].weight = weight
            net.initial = Marking([8_000])
            net.final = [Marking([0, 8_000 * weight])]
            let soundness = Soundness(of: net)
            #expect(soundness.markings == 8_001 && soundness.bound == 8_000 * weight && soundness.optionToComplete == .holds)
        }
    }

    /// The four properties of a net with few markings, by their definitions; nil where it has too many.
    private static func plainly(_ net: PetriNet) -> (complete: Bool, proper: Bool, live: Bool)? {
        var next: [Marking: Set<Marking>] = [:]
        var fired: Set<Int> = []
        var open = [net.initial]
        next[net.initial] = []
        while let marking = open.popLast() {
            for transition in net.transitions.indices where net.isEnabled(transition, in: marking) {
                fired.insert(transition)
                let after = net.firing(transition, in: marking)
                next[marking]?.insert(after)
                if next[after] == nil {
                    next[after] = []
                    open.append(after)
                }
            }
            if next.count > 300 { return nil }
        }
        var good = Set(next.keys.filter { net.final.contains($0) })
        var isGrowing = true
        while isGrowing {
            let more = next.filter { !good.contains($0.key) && !$0.value.isDisjoint(with: good) }.keys
            good.formUnion(more)
            isGrowing = !more.isEmpty
        }
        let isProper = !next.keys.contains { marking in
            !net.final.contains(marking)
                && net.final.contains { final in net.places.indices.allSatisfy { marking[$0] >= final[$0] } }
        }
        return (good.count == next.count, isProper, fired.count == net.transitions.count)
    }

    /// Replays a run.
    private static func marking(after run: Soundness.Run, in net: PetriNet) -> Marking? {
        var marking = net.initial
        for transition in run.transitions {
            if !net.isEnabled(transition, in: marking) { return nil }
            marking = net.firing(transition, in: marking)
        }
        return marking
    }

    /// A net with one arc taken away, added or led elsewhere.
    private static func damaged(_ net: PetriNet, _ stream: inout RandomStream) -> PetriNet {
        var net = net
        let transition = stream.index(below: net.transitions.count)
        let place = 2 + stream.index(below: max(1, net.places.count - 2))
        let isInput = stream.index(below: 2) == 0
        var arcs = isInput ? net.transitions[transition].inputs : net.transitions[transition].outputs
        switch stream.index(below: 3) {
        case 0: if arcs.count > 1 { arcs.remove(at: stream.index(below: arcs.count)) }
        case 1: if place < net.places.count, !arcs.contains(where: { $0.place == place }) { arcs.append(.init(place)) }
        default: if place < net.places.count, !arcs.contains(where: { $0.place == place }) { arcs[0].place = place }
        }
        if isInput { net.transitions[transition].inputs = arcs } else { net.transitions[transition].outputs = arcs }
        return net
    }

    @Test("Damaged nets are judged by the definitions, and every witness can be replayed", arguments: 0..<4)
    func damage(part: UInt64) {
        var broken = 0
        var growing = 0
        for seed in part * 60..<part * 60 + 60 {
            var stream = RandomStream(seed: seed, path: 6)
            let net = Self.damaged(PetriNet(.random(seed: seed, leaves: 6)), &stream)
            let soundness = Soundness(of: net)
            #expect(soundness.verdict != .unknown)
            if soundness.boundedness == .violated, let run = soundness.unbounded {
                growing += 1
                #expect(Self.marking(after: run, in: net) == run.marking)
                var longer = run
                longer.transitions += soundness.growth
                let more = Self.marking(after: longer, in: net)
                #expect(net.places.indices.allSatisfy { (more?[$0] ?? 0) >= run.marking[$0] } && (more?.total ?? 0) > run.marking.total)
                continue
            }
            guard let truth = Self.plainly(net) else { continue }
            if !(truth.complete && truth.proper && truth.live) { broken += 1 }
            #expect((soundness.optionToComplete == .holds) == truth.complete)
            #expect((soundness.properCompletion == .holds) == truth.proper)
            #expect((soundness.noDeadTransitions == .holds) == truth.live)
            for run in [soundness.stuck, soundness.leftover].compactMap({ $0 }) {
                #expect(Self.marking(after: run, in: net) == run.marking)
            }
            #expect((soundness.stuck != nil) == !truth.complete && (soundness.leftover != nil) == !truth.proper)
        }
        #expect(broken > 10 && growing > 0)
    }

    @Test("The nets of the shared data are sound, but for one", .enabled(if: SharedData.isThere), arguments: PNMLTests.files.map(\.0))
    func files(path: String) throws {
        let data = try Data(contentsOf: SharedData.file(path))
        let soundness = Soundness(of: try data.withUnsafeBytes { try PNMLDocument($0) }.net)
        if path.hasSuffix("SampleNet.pnml") {
            // Its A begins anew what it has begun.
            #expect(soundness.verdict == .violated && soundness.boundedness == .violated && soundness.growth == [2])
        } else {
            #expect(soundness.verdict == .holds, "\(soundness)")
        }
    }
}
