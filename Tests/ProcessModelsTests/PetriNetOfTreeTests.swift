import TestSupport
import Testing

@testable import ProcessModels

@Suite struct PetriNetOfTreeTests {
    @Test("The net of a tree has the tree's language", arguments: 0..<10)
    func language(part: UInt64) throws {
        for seed in part * 30..<part * 30 + 30 {
            let tree = ProcessTree.random(seed: seed, leaves: 6, silent: 0.2, repeating: seed % 3 == 0)
            let net = PetriNet(tree)
            #expect(try #require(net.language(upTo: 5)) == tree.language(upTo: 5), "\(tree)")
        }
    }

    @Test("Loops beside loops, choices and the ends of the net do not mix")
    func loops() throws {
        for text in [
            "->( *( 'a', 'b' ), *( 'c', 'd' ) )", "X( *( 'a', 'b' ), *( 'c', 'd' ) )", "*( *( 'a', 'b' ), *( 'c', 'd' ) )",
            "*( ->( *( 'a', 'b' ), *( 'c', 'd' ) ), X( *( 'e', tau ), 'f' ) )", "*( 'a', *( 'b', 'c' ), *( 'd', 'e' ) )",
            "O( *( 'a', 'b' ), 'c' )", "O( 'a', *( 'b', tau ), 'c', 'd' )", "<>( *( 'a', 'b' ), ->( 'c', 'd' ) )",
            "+( *( 'a', tau ), *( tau, 'b' ) )",
        ] {
            let tree = try ProcessTree(notation: text)
            #expect(PetriNet(tree).language(upTo: 5) == tree.language(upTo: 5), "\(text)")
        }
    }

    @Test("The source has no arc in, the sink none out, and both have their marking", arguments: 1...60)
    func ends(seed: UInt64) {
        let net = PetriNet(.random(seed: seed, leaves: 12), name: "n")
        #expect(net.places[0].id == "source" && net.places[1].id == "sink" && net.name == "n")
        #expect(net.initial == Marking(places: [0]) && net.final == [Marking(places: [1])])
        #expect(!net.transitions.contains { $0.outputs.contains { $0.place == 0 } || $0.inputs.contains { $0.place == 1 } })
        #expect(Set(net.places.map(\.id) + net.transitions.map(\.id)).count == net.places.count + net.transitions.count)
        let used = Set(net.transitions.flatMap { ($0.inputs + $0.outputs).map(\.place) })
        #expect(used.count == net.places.count)
    }

    @Test("Plain trees have plain nets")
    func plain() throws {
        let net = PetriNet(try ProcessTree(notation: "->( 'a', X( 'b', 'c' ), 'd' )"))
        #expect(net.places.count == 4 && net.transitions.map(\.label) == ["a", "b", "c", "d"])
    }
}
