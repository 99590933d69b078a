import EventLogs
import ProcessModels
import TestSupport
import Testing

@testable import Discovery

@Suite struct AlphaMinerTests {
    /// A place by the names before and after it.
    struct Place: Hashable {
        var before: Set<String>
        var after: Set<String>

        init(_ before: Set<String>, _ after: Set<String>) {
            self.before = before
            self.after = after
        }
    }

    static func places(_ net: PetriNet) -> Set<Place> {
        Set(
            net.places.indices.map { place in
                Place(
                    Set(net.transitions.filter { $0.outputs.contains { $0.place == place } }.compactMap(\.label)),
                    Set(net.transitions.filter { $0.inputs.contains { $0.place == place } }.compactMap(\.label)))
            })
    }

    private func places(_ log: EventLog) throws -> Set<Place> {
        Self.places(try AlphaMiner().net(of: DirectlyFollowsCounts(of: log)))
    }

    /// Log L1 of van der Aalst's "Process mining" and the example of the paper.
    @Test("The net of the example of the literature")
    func example() throws {
        #expect(
            try places(.words(["abcd": 3, "acbd": 2, "aed": 1])) == [
                Place([], ["a"]), Place(["a"], ["b", "e"]), Place(["a"], ["c", "e"]), Place(["b", "e"], ["d"]), Place(["c", "e"], ["d"]),
                Place(["d"], []),
            ])
        let net = try AlphaMiner().net(of: DirectlyFollowsCounts(of: .words(["abcd": 3, "acbd": 2, "aed": 1])))
        #expect(Soundness(of: net).verdict == .holds)
    }

    @Test("The places are those of the definition, tried out one by one", arguments: 0..<40)
    func byDefinition(seed: Int) throws {
        let log = EventLog.random(seed: UInt64(seed), cases: 2 + seed % 6, activities: 2 + seed % 5, longest: 5, withStarts: false)
        let graph = DirectlyFollowsGraph(of: log)
        let names = graph.activities.map(\.name)
        let steps = Set(graph.edges.map { [$0.source, $0.target] })
        func causes(_ one: String, _ other: String) -> Bool { steps.contains([one, other]) && !steps.contains([other, one]) }
        func unrelated(_ one: String, _ other: String) -> Bool { !steps.contains([one, other]) && !steps.contains([other, one]) }
        let sets = (1..<(1 << names.count)).map { bits in Set(names.indices.filter { bits >> $0 & 1 == 1 }.map { names[$0] }) }
            .filter { set in set.allSatisfy { one in set.allSatisfy { unrelated(one, $0) } } }
        var all: [Place] = []
        for before in sets {
            for after in sets where before.allSatisfy({ one in after.allSatisfy { causes(one, $0) } }) { all.append(Place(before, after)) }
        }
        var expected = Set(
            all.filter { own in !all.contains { $0 != own && own.before.isSubset(of: $0.before) && own.after.isSubset(of: $0.after) } })
        expected.insert(Place([], Set(graph.activities.filter { $0.starts > 0 }.map(\.name))))
        expected.insert(Place(Set(graph.activities.filter { $0.ends > 0 }.map(\.name)), []))
        #expect(try places(log) == expected)
    }

    @Test("Places are not listed without end")
    func budget() {
        var miner = AlphaMiner()
        miner.mostSets = 3
        #expect(throws: AlphaMiner.Problem.tooManyPlaces(3)) {
            try miner.net(of: DirectlyFollowsCounts(of: .words(["abcd": 1, "efgh": 1, "aedf": 1])))
        }
    }
}

@Suite(.enabled(if: SharedData.hasAnswers && PM4Py.isThere, "PM4PY_PYTHON names no Python, or the shared data is absent"))
struct AlphaOracleTests {
    @Test(
        arguments: TreeAnswer.all.filter {
            ["running", "review", "roadtraffic100", "receipt", "interval", "a12f0n00", "Purchasing"].contains(where: $0.log.hasPrefix)
        })
    func placesEqualPM4Py(answer: TreeAnswer) throws {
        let log = try answer.read()
        let expected: [[[String]]] = try PM4Py.ask(
            """
            net, initial, final = pm4py.discover_petri_net_alpha(frame)
            answer([[[arc.source.label for arc in place.in_arcs], [arc.target.label for arc in place.out_arcs]] for place in net.places])
            """, about: log)
        let net = try AlphaMiner().net(of: DirectlyFollowsCounts(of: log))
        #expect(AlphaMinerTests.places(net) == Set(expected.map { AlphaMinerTests.Place(Set($0[0]), Set($0[1])) }))
    }
}
