import EventLogs
import ProcessModels
import TestSupport
import Testing

@testable import Conformance

@Suite struct CheckedNetTests {
    @Test("activities that only the log has are told, in order of their names")
    func unknownActivities() throws {
        let log = EventLog.words(["azbxd": 2, "a": 1])
        let checked = try CheckedNet(SmallNets.parallel, for: log)
        #expect(checked.unknownActivities == ["x", "z"])
        #expect(checked.logActivityCount == 5 && checked.activities.count == 6)
        #expect(checked.activities.last == "c")
        #expect(checked.labels == [0, 2, 5, CheckedNet.silent, 4])
        #expect(Array(checked.carriers(of: 2)) == [1] && !checked.knows(1) && checked.knows(0))
    }

    @Test("activities of cases that a view leaves out are not told")
    func unknownActivitiesOfAView() throws {
        let log = EventLog.words(["abd": 1, "ax": 1]).selecting(cases: [0])
        #expect(try CheckedNet(SmallNets.parallel, for: log).unknownActivities.isEmpty)
    }

    @Test("several final markings become one, and none is the only place without an arc out of it")
    func finalMarkings() throws {
        let log = EventLog.words(["a": 1])
        var net = SmallNets.parallel
        net.final = []
        let guessed = try CheckedNet(net, for: log)
        #expect(guessed.final == [0, 0, 0, 0, 0, 1])
        net.final = [Marking(places: [5]), Marking(places: [3, 4])]
        let joined = try CheckedNet(net, for: log)
        #expect(joined.placeCount == 7 && joined.transitionCount == 7 && joined.final == [0, 0, 0, 0, 0, 0, 1])
        let space = try #require(StateSpace(joined, limit: 100))
        #expect(space.toFinal[0] == 2)
    }

    @Test("a net that accepts nothing, or counts without end, is refused")
    func refusals() throws {
        let log = EventLog.words(["a": 1])
        var net = SmallNets.net([("a", [0], [1]), ("b", [0], [2])])
        net.final = []
        #expect(throws: CheckedNetError(.noFinalMarking)) { try CheckedNet(net, for: log) }
        net = SmallNets.parallel
        net.transitions[1].outputs[0].weight = 70_000
        #expect(throws: CheckedNetError(.tooManyTokens, node: "t1")) { try CheckedNet(net, for: log) }
    }

    @Test("all markings of a net are found, packed as bits where no place holds two tokens, as counts elsewhere")
    func stateSpace() throws {
        let log = EventLog.words(["a": 1])
        let space = try #require(StateSpace(CheckedNet(SmallNets.parallel, for: log), limit: 100))
        #expect(space.count == 6 && space.isSafe && space.toFinal[0] == 3 && space.toFinal[space.final] == 0)
        var net = SmallNets.parallel
        net.transitions[0].outputs[0].weight = 3
        net.transitions[4].inputs[0].weight = 3
        let counted = try #require(StateSpace(CheckedNet(net, for: log), limit: 100))
        #expect(!counted.isSafe && counted.count == 10 && counted.toFinal[0] == 5)
        #expect(counted.graph.tokens(1, in: counted.targets[0]) == 3)
        #expect(StateSpace(try CheckedNet(net, for: log), limit: 9) == nil)
        net.transitions[1].outputs.append(PetriNet.Arc(1))
        #expect(StateSpace(try CheckedNet(net, for: log), limit: 1_000) == nil)
    }
}
