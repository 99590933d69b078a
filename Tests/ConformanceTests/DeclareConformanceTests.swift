import Conformance
import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct DeclareConformanceTests {
    @Test("A case tells which constraints it breaks; a constraint tells how many cases keep it; what is not activated counts nowhere")
    func counts() {
        let model = DeclareModel([
            DeclareConstraint(.response, ["a", "b"]), DeclareConstraint(.precedence, ["a", "c"]), DeclareConstraint(.existence, ["b"]),
            DeclareConstraint(.notCoExistence, ["c", "z"]),
        ])
        let log = EventLog.words(["ab": 2, "ca": 1, "d": 1])
        let result = DeclareConformance(of: log, against: model)
        #expect(result.constraints.map(\.activated) == [3, 1, 4, 1])
        #expect(result.constraints.map(\.satisfied) == [2, 0, 2, 1])
        #expect(result.constraints.map(\.violated) == [1, 1, 2, 0])
        #expect(result.cases.map(\.violated) == [[], [], [1, 2, 3], [3]])
        #expect(result.cases.map(\.fitness) == [1, 1, 0.25, 0])
        #expect(result.fitness == FitnessShares(log: 5.0 / 9, averageTrace: 2.25 / 4, fittingShare: 0.5))
        #expect(result.unknownActivities.map(\.name) == ["z"])
    }

    /// Where each template is broken, by hand.
    static let broken: [(DeclareTemplate, String, [Int])] = [
        (.existence, "bc", []), (.absence, "aba", [0, 2]), (.atMostOne, "abab", [2]), (.exactlyOne, "aba", [2]), (.exactlyOne, "b", []),
        (.`init`, "ba", [0]), (.end, "ab", [1]), (.choice, "c", []), (.exclusiveChoice, "cab", [1, 2]),
        (.respondedExistence, "aca", [0, 2]),
        (.coExistence, "cb", [1]), (.response, "abaa", [2, 3]), (.precedence, "bab", [0]), (.succession, "bacba", [0, 4]),
        (.alternateResponse, "aabca", [0, 4]), (.alternatePrecedence, "babb", [0, 3]), (.alternateSuccession, "aabb", [0, 3]),
        (.chainResponse, "abaca", [2, 4]), (.chainPrecedence, "bcbab", [0, 2]), (.chainSuccession, "abacb", [2, 4]),
        (.notCoExistence, "cacb", [1, 3]), (.notSuccession, "bacbb", [3, 4]), (.notChainSuccession, "abcba", [1]),
    ]

    @Test("A violated constraint points at the places that break it", arguments: broken)
    func places(template: DeclareTemplate, word: String, expected: [Int]) {
        let trace = word.utf8.map { UInt32($0 - UInt8(ascii: "a")) }
        let evaluator = DeclareEvaluator(template, 0, 1)
        var places = [99]
        let verdict = trace.withUnsafeBufferPointer { evaluator.verdict($0, places: &places) }
        #expect(verdict == .violated && places == expected)
    }

    @Test("Places are there just where something stands that should not, and none where the constraint holds or says nothing")
    func placesAndVerdicts() {
        var stream = RandomStream(seed: 3, path: 5)
        var counts: [ConstraintVerdict: Int] = [:]
        var places: [Int] = []
        for _ in 0..<2_000 {
            let trace = (0..<stream.index(below: 8)).map { _ in UInt32(stream.index(below: 4)) }
            for template in DeclareTemplate.allCases {
                let verdict = trace.withUnsafeBufferPointer { DeclareEvaluator(template, 0, 1).verdict($0, places: &places) }
                counts[verdict, default: 0] += 1
                if verdict != .violated { #expect(places.isEmpty) }
                #expect(places.allSatisfy(trace.indices.contains) && places == Set(places).sorted())
                let needsPlace = ![.existence, .exactlyOne, .choice, .exclusiveChoice, .`init`, .end].contains(template)
                if verdict == .violated && needsPlace { #expect(!places.isEmpty) }
            }
        }
        #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 1_000 })
    }

    @Test("A log without cases keeps everything and has no fitness")
    func empty() {
        let result = DeclareConformance(of: .words([:]), against: DeclareModel([DeclareConstraint(.existence, ["a"])]))
        #expect(
            result.fitness == FitnessShares(log: nil, averageTrace: nil, fittingShare: nil) && result.constraints[0].confidence == nil)
    }
}
