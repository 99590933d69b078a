import Testing

@testable import ProcessModels

@Suite struct PetriNetTests {
    @Test("Equal markings are equal values, however they came about")
    func markings() {
        var marking = Marking(places: [0, 3, 3])
        #expect(marking.tokens == [1, 0, 0, 2])
        marking[3] -= 2
        #expect(marking == Marking(places: [0]))
        marking[0] = 0
        #expect(marking == Marking() && marking.total == 0 && marking[7] == 0)
    }

    @Test("A transition fires where its places hold enough, and moves tokens by the weights of its arcs")
    func firing() {
        let net = PetriNet(
            places: [.init(id: "p"), .init(id: "q")],
            transitions: [.init(id: "t", label: "a", inputs: [.init(0, weight: 2)], outputs: [.init(1)])], initial: Marking([2]),
            final: [Marking([0, 1])])
        #expect(!net.isEnabled(0, in: Marking([1])))
        #expect(net.isEnabled(0, in: net.initial))
        #expect(net.firing(0, in: net.initial) == net.final[0])
    }
}
