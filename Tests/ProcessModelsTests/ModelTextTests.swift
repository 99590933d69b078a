import Foundation
import TestSupport
import Testing

@testable import ProcessModels

/// DOT and JSON of nets and trees.
@Suite struct ModelTextTests {
    @Test("Nets and trees are read back from JSON", arguments: 1...30)
    func readBack(seed: UInt64) throws {
        let net = PNMLTests.random(seed)
        #expect(try JSONDecoder().decode(PetriNet.self, from: JSONEncoder().encode(net)) == net)
        let tree = ProcessTree.random(seed: seed, leaves: 9)
        #expect(try JSONDecoder().decode(ProcessTree.self, from: JSONEncoder().encode(tree)) == tree)
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test("The forms that other programs read")
    func forms() throws {
        let tree = try ProcessTree(notation: "->( 'a', X( 'b', tau ) )")
        #expect(
            try Self.json(tree)
                == #"{"children":[{"activity":"a"},{"children":[{"activity":"b"},{"activity":null}],"operator":"exclusive"}],"#
                + #""operator":"sequence"}"#)
        var net = PetriNet(.silent)
        net.transitions[0].outputs[0].weight = 2
        net.final[0][1] = 2
        #expect(
            try Self.json(net)
                == #"{"arcs":[{"source":"source","target":"t1","weight":1},{"source":"t1","target":"sink","weight":2}],"#
                + #""final_markings":[[{"place":"sink","tokens":2}]],"initial_marking":[{"place":"source","tokens":1}],"name":null,"#
                + #""places":[{"id":"source","name":null},{"id":"sink","name":null}],"transitions":[{"id":"t1","label":null}]}"#)
    }

    @Test(
        "What is no net or tree is refused",
        arguments: [
            #"{"places":[{"id":"p"},{"id":"p"}],"transitions":[],"arcs":[],"initial_marking":[],"final_markings":[]}"#,
            #"{"places":[{"id":"p"},{"id":"q"}],"transitions":[],"arcs":[{"source":"p","target":"q","weight":1}],"initial_marking":[],"final_markings":[]}"#,
            #"{"places":[{"id":"p"}],"transitions":[{"id":"t"}],"arcs":[{"source":"p","target":"t","weight":0}],"initial_marking":[],"final_markings":[]}"#,
            #"{"places":[{"id":"p"}],"transitions":[],"arcs":[],"initial_marking":[{"place":"p","tokens":-1}],"final_markings":[]}"#,
            #"{"places":[{"id":"p"}],"transitions":[{"id":"t"}],"arcs":[],"initial_marking":[],"final_markings":[[{"place":"t","tokens":1}]]}"#,
        ])
    func refusedNets(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(PetriNet.self, from: Data(text.utf8)) }
    }

    @Test("Operators with too few children are refused", arguments: ["loop", "sequence", "neither"])
    func refusedTrees(name: String) {
        let one = name == "loop" ? #"{"activity":"a"}"# : ""
        let text = #"{"operator":"\#(name)","children":[\#(one)]}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(ProcessTree.self, from: Data(text.utf8)) }
    }

    @Test("Names in DOT are text and nothing else")
    func escapes() {
        let name = "a\"]; x [label=\"\\N\n&lt;\u{202E}"
        let tree = ProcessTree.node(.sequence, [.activity(name), .silent])
        let label = "label=\"a\\\"]; x [label=\\\"\\\\N\u{FFFD}&amp;lt;\u{FFFD}\""
        #expect(tree.dot().contains(label) && PetriNet(tree).dot().contains(label))
        #expect(tree.dot().split(separator: "\n").count == 11 && tree.dot().contains("n0 -> n2"))
    }

    @Test("A net in DOT shows tokens, ends, silence and weights")
    func net() {
        var net = PetriNet(.silent)
        net.initial = Marking([3])
        net.transitions[0].inputs[0].weight = 3
        let text = net.dot()
        #expect(text.contains("p0 [shape=circle, fixedsize=true, width=0.4, label=\"3\"]") && text.contains("p1 [shape=doublecircle"))
        #expect(text.contains("fillcolor=black") && text.contains("p0 -> t0 [label=\"3\"]") && text.contains("t0 -> p1;"))
    }
}
