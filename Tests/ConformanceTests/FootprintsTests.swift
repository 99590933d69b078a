import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Conformance

@Suite struct FootprintsTests {
    @Test("the relations of a net are those of its runs, silent steps passed over")
    func relations() throws {
        let footprints = try Footprints(of: EventLog.words(["abcd": 1]), on: SmallNets.parallel)
        let model = footprints.model
        #expect(model.activities == ["a", "b", "c", "d"])
        #expect(model.relation(0, 1) == .before && model.relation(0, 2) == .before && model.relation(0, 3) == .never)
        #expect(model.relation(1, 2) == .parallel && model.relation(1, 3) == .before && model.relation(3, 2) == .after)
        #expect(model.starts == [true, false, false, false] && model.ends == [false, false, false, true])
        #expect(footprints.log.relation(1, 2) == .before)
    }

    @Test("fitness counts the steps of cases, precision the steps of the net")
    func shares() throws {
        let log = EventLog.words(["abcd": 3, "adx": 1])
        let footprints = try Footprints(of: log, on: SmallNets.parallel)
        // adx: into a fits; a→d, d→x and out of x do not.
        #expect(footprints.steps.map(\.departing) == [0, 3] && footprints.steps.map(\.all) == [5, 4])
        #expect(footprints.fitness == FitnessShares(log: 1 - 3.0 / 19, averageTrace: (3 + 0.25) / 4, fittingShare: 0.75))
        // a→b, a→c, b→c, c→b, b→d, c→d, →a, d→ : the log has a→b, b→c, c→d, →a, d→.
        #expect(footprints.precision == 5.0 / 8 && footprints.unknownActivities == ["x"])
        let result = ConformanceResult(footprints, of: log, listsCases: true)
        #expect(result.footprints?.differences.first == .init(first: "a", second: "c", log: .never, model: .before))
        #expect(result.cases?.last?.cost == 3)
    }

    @Test("the footprint of a tree, put together from its parts, is that of its net, and what it plays out fits")
    func trees() throws {
        var stream = RandomStream(seed: 21, path: 5)
        var compared = 0
        for round in 0..<60 {
            let tree = RandomModels.tree(&stream, depth: 2)
            let log = EventLog.traces(tree.traces(20, seed: UInt64(round)).map { ($0, 1) })
            let parts = try Footprints(of: log, on: tree)
            #expect(parts.fitness.fittingShare ?? 1 == 1, "round \(round)")
            var options = AlignmentOptions()
            options.stateLimit = 200
            guard let whole = try? Footprints(of: log, on: PetriNet(tree), options: options) else { continue }
            #expect(parts.model == whole.model, "\(tree)")
            compared += 1
        }
        #expect(compared > 40)
    }
}
