import Statistics
import TestSupport
import Testing

@testable import ProcessModels

@Suite struct PetriNetReductionTests {
    @Test("A reduced net of a tree has the same language, is sound, and cannot be reduced further", arguments: 0..<8)
    func trees(part: UInt64) throws {
        var saved = 0
        for seed in part * 25..<part * 25 + 25 {
            let tree = ProcessTree.random(seed: seed, leaves: 6, silent: 0.3, repeating: seed % 2 == 0)
            let net = PetriNet(tree)
            let reduced = net.reduced()
            saved += net.transitions.count - reduced.transitions.count
            #expect(reduced.language(upTo: 5) == tree.language(upTo: 5), "\(tree)")
            #expect(reduced.reduced() == reduced, "\(tree)")
            #expect(Soundness(of: reduced).verdict == .holds, "\(tree)")
            #expect(reduced.places.count <= net.places.count)
        }
        #expect(saved > 10)
    }

    /// A random net with a silent transition or two, rarely sound.
    private static func random(_ seed: UInt64) -> PetriNet {
        var stream = RandomStream(seed: seed, path: 12)
        let places = 3 + stream.index(below: 4)
        var net = PetriNet(places: (0..<places).map { .init(id: "p\($0)") }, initial: Marking(places: [0]), final: [Marking(places: [1])])
        for number in 0..<(2 + stream.index(below: 5)) {
            let label = stream.index(below: 2) == 0 ? nil : ["a", "b", "c"][stream.index(below: 3)]
            let ends = { (stream: inout RandomStream) in
                Set((0...stream.index(below: 5) / 3).map { _ in stream.index(below: places) }).sorted().map {
                    PetriNet.Arc($0, weight: stream.index(below: 9) == 0 ? 2 : 1)
                }
            }
            net.transitions.append(.init(id: "t\(number)", label: label, inputs: ends(&stream), outputs: ends(&stream)))
        }
        if stream.index(below: 4) == 0 { net.initial[stream.index(below: places)] += 1 }
        if stream.index(below: 4) == 0 { net.final.append(Marking(places: [stream.index(below: places)])) }
        return net
    }

    /// A net in short, for messages.
    private static func words(_ net: PetriNet) -> String {
        net.transitions.map { own in
            "\(own.inputs.map { net.places[$0.place].id }) -\(own.label ?? "τ")-> \(own.outputs.map { net.places[$0.place].id })"
        }.joined(separator: "; ") + " from \(net.initial.tokens) to \(net.final.map(\.tokens))"
    }

    @Test("A reduced net of any make has the same language, and is sound in the same measure", arguments: 0..<6)
    func anyNets(part: UInt64) {
        var compared = 0
        var changed = 0
        for seed in part * 500..<part * 500 + 500 {
            let net = Self.random(seed)
            let reduced = net.reduced()
            if reduced == net { continue }
            changed += 1
            guard let before = net.language(upTo: 4, most: 3_000), let after = reduced.language(upTo: 4, most: 3_000) else { continue }
            compared += 1
            #expect(before == after, "\(seed): \(Self.words(net)) | \(Self.words(reduced))")
            let (one, other) = (Soundness(of: net), Soundness(of: reduced))
            // Of a net without end not all is seen.
            for answers in [
                [one.optionToComplete, other.optionToComplete], [one.properCompletion, other.properCompletion],
                [one.boundedness, other.boundedness],
            ] where !answers.contains(.unknown) {
                #expect(answers[0] == answers[1], "\(seed): \(Self.words(net)) | \(Self.words(reduced))")
            }
        }
        #expect(compared > 20 && changed > 30)
    }

    @Test("Plain trees lose all their silent transitions")
    func plain() throws {
        for (text, places, transitions) in [
            ("->( 'a', +( 'b', 'c' ), 'd' )", 6, 4), ("->( 'a', *( 'b', 'c' ), 'd' )", 4, 4), ("->( 'a', X( 'b', tau ) )", 3, 3),
            ("->( +( 'a', 'b' ), +( 'c', 'd' ) )", 10, 7), ("->( 'a', tau, tau, 'b' )", 3, 2), ("->( 'a', X( tau, tau ), 'b' )", 3, 2),
        ] {
            let net = PetriNet(try ProcessTree(notation: text)).reduced()
            #expect(net.places.count == places && net.transitions.count == transitions, "\(text): \(net)")
            #expect(net.places[0].id == "source" && WorkflowNetCheck(of: net).isWorkflowNet)
        }
    }
}
