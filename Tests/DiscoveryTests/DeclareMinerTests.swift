import Discovery
import EventLogs
import Foundation
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct DeclareMinerTests {
    /// Everything that can be counted, nothing left out.
    private static var everything: DeclareOptions {
        var options = DeclareOptions()
        options.leastSupport = 0
        options.leastConfidence = 0
        options.isPruned = false
        return options
    }

    @Test("Every template counts what its formula of temporal logic says, trace by trace", arguments: [UInt64(1), 2, 3])
    func equalsLogic(seed: UInt64) throws {
        let log = EventLog.random(seed: seed, cases: 60, activities: 4, longest: 8, withStarts: false)
        let names = log.activities.strings
        let traces = log.instanceRanges.map { $0.map { names[Int(log.instances.activity[$0])] } }
        let model = DeclareModel(discoveredIn: log, options: Self.everything)
        #expect(Set(model.constraints.map(\.template)) == Set(DeclareTemplate.allCases))
        for constraint in model.constraints {
            let (first, second) = (constraint.activities[0], constraint.activities.last ?? "")
            let own = traces.filter { FiniteTraceFormula.activates(constraint.template, first, second, $0) }
            let held = own.count { FiniteTraceFormula.of(constraint.template, first, second).holds($0) }
            #expect(constraint.activated == own.count && constraint.satisfied == held, "\(constraint)")
        }
        let pairs = names.count * (names.count - 1)
        let expected = DeclareTemplate.allCases.reduce(0) { $0 + ($1.arity == 1 ? names.count : $1.isSymmetric ? pairs / 2 : pairs) }
        #expect(model.constraints.count == expected)
    }

    @Test("A known process has its known constraints, and none that others imply")
    func prunes() {
        let log = EventLog.words(["abcd": 40, "acbd": 30, "abd": 30])
        #expect(
            DeclareModel(discoveredIn: log).constraints.map(\.description) == [
                "at_most_one(c)", "exactly_one(a)", "exactly_one(b)", "exactly_one(d)", "init(a)", "end(d)", "alternate_response(c, d)",
                "alternate_precedence(a, c)", "alternate_succession(a, b)", "alternate_succession(b, d)",
            ])
    }

    @Test("Support and confidence hold what is kept to what was asked")
    func thresholds() {
        let log = EventLog.random(seed: 5, cases: 200, activities: 6, longest: 8, withStarts: false)
        var options = DeclareOptions()
        options.leastSupport = 0.3
        options.leastConfidence = 0.7
        options.isPruned = false
        let model = DeclareModel(discoveredIn: log, options: options)
        let all = DeclareModel(discoveredIn: log, options: Self.everything).constraints
        #expect(!model.constraints.isEmpty && model.constraints.count < all.count)
        #expect(model.constraints.allSatisfy { $0.support! >= 0.3 && $0.confidence! >= 0.7 })
        let holders = Dictionary(uniqueKeysWithValues: all.filter { $0.template == .existence }.map { ($0.activities[0], $0.satisfied!) })
        let expected = all.filter { constraint in
            constraint.support! >= 0.3 && constraint.confidence! >= 0.7
                && (constraint.template == .absence || constraint.activities.allSatisfy { holders[$0]! * 10 >= 200 * 3 })
        }
        #expect(model.constraints == expected)
    }

    @Test("What is pruned follows from what is left, in every trace that keeps what is left", arguments: [UInt64(11), 12, 13])
    func prunedFollows(seed: UInt64) {
        let log = EventLog.words(["abcde": 20, "abced": 20, "acbde": 10, "abcdefde": 5])
        var options = DeclareOptions()
        options.leastConfidence = 1
        options.leastSupport = 0
        let pruned = DeclareModel(discoveredIn: log, options: options)
        options.isPruned = false
        let all = DeclareModel(discoveredIn: log, options: options)
        #expect(pruned.constraints.count * 2 < all.constraints.count)
        var stream = RandomStream(seed: seed, path: 1)
        var kept = 0
        for _ in 0..<4_000 {
            // Traces near those of the log, so that some keep the model.
            var trace = ["a", "b", "c", "d", "e"]
            for _ in 0..<stream.index(below: 3) { trace.swapAt(stream.index(below: trace.count), stream.index(below: trace.count)) }
            if stream.index(below: 2) == 0 {
                trace.insert("fde".map(String.init)[stream.index(below: 3)], at: stream.index(below: trace.count))
            }
            func holds(_ constraint: DeclareConstraint) -> Bool {
                FiniteTraceFormula.of(constraint.template, constraint.activities[0], constraint.activities.last ?? "").holds(trace)
            }
            guard pruned.constraints.allSatisfy(holds) else { continue }
            kept += 1
            let broken = all.constraints.filter { !holds($0) }
            #expect(broken.isEmpty, "\(trace) keeps what is left and breaks \(broken.map(\.description))")
        }
        #expect(kept > 20)
    }

    @Test("The rarest activities are left out where there are too many, and named")
    func omits() {
        let log = EventLog.words(["abc": 10, "abxc": 1, "aybc": 1])
        var options = Self.everything
        options.mostActivities = 3
        let model = DeclareModel(discoveredIn: log, options: options)
        #expect(model.omitted == ["x", "y"])
        #expect(Set(model.constraints.flatMap(\.activities)) == ["a", "b", "c"])
        let chain = model.constraints.first { $0.template == .chainResponse && $0.activities == ["a", "b"] }
        #expect(chain?.satisfied == 11)
    }

    @Test("A model is read back from its JSON, and a template with too few activities is refused")
    func json() throws {
        let model = DeclareModel(discoveredIn: .words(["abc": 3, "ac": 1]))
        #expect(try JSONDecoder().decode(DeclareModel.self, from: try JSONEncoder().encode(model)) == model)
        let broken = #"{"constraints": [{"template": "response", "activities": ["a"]}]}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(DeclareModel.self, from: Data(broken.utf8)) }
    }

    @Test("A log without cases has no constraints")
    func empty() {
        #expect(DeclareModel(discoveredIn: .words([:])).constraints.isEmpty)
    }
}
