import EventLogs
import ProcessModels
import TestSupport
import Testing

@testable import Discovery

@Suite(.enabled(if: SharedData.hasAnswers && PM4Py.isThere, "PM4PY_PYTHON names no Python, or the shared data is absent"))
struct HeuristicsOracleTests {
    @Test(arguments: TreeAnswer.all.filter { !$0.log.hasPrefix("Road_Traffic_Fine") && !$0.log.hasPrefix("16_") })
    func dependenciesEqualPM4Py(answer: TreeAnswer) throws {
        let log = try answer.read()
        let expected: [[String]: Double] = try PM4Py.ask(
            """
            from pm4py.algo.discovery.heuristics import algorithm as heuristics
            keys = heuristics.Variants.CLASSIC.value.Parameters
            net = heuristics.apply_heu(frame, parameters={
                keys.DEPENDENCY_THRESH: 0.6, keys.DFG_PRE_CLEANING_NOISE_THRESH: 0.0, keys.LOOP_LENGTH_TWO_THRESH: 1.1})
            edges = []
            for name, node in net.nodes.items():
                for other, found in node.output_connections.items():
                    for edge in found:
                        edges += [[name, other.node_name], edge.dependency_value]
            answer(edges)
            """, about: log)
        var options = HeuristicsMiner.Options()
        options.dependency = 0.6
        options.selfLoop = 0.6
        options.shortLoop = 1
        options.longDistance = nil
        options.connectsAll = false
        let net = HeuristicsMiner(options: options).causalNet(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
        let own = Dictionary(uniqueKeysWithValues: net.dependencies.map { ([$0.source, $0.target], $0.dependency) })
        #expect(own.count == expected.count)
        for (edge, value) in own { #expect(abs(value - (expected[edge] ?? -1)) < 1e-9, "\(edge)") }
        #expect(!expected.isEmpty)
    }
}
