import Conformance
import EventLogs
import Instants
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct DecisionMiningTests {
    /// `a`, then `b` or `c`, then `d`.
    private static let net = PetriNet(
        ProcessTree.node(
            .sequence, [.activity("a"), .node(.exclusive, [.activity("b"), .activity("c"), .activity("e")]), .activity("d")]))

    /// Cases with an amount, a vendor and a priority that event `a` says; `choose` says what follows.
    private func log(
        _ count: Int, seed: UInt64, _ choose: (_ amount: Double, _ vendor: Int, _ isUrgent: Bool, inout RandomStream) -> String
    ) -> EventLog {
        var stream = RandomStream(seed: seed, path: 0xDEC1)
        var builder = EventLogBuilder()
        let amountColumn = builder.attribute(named: "amount", type: .float, level: .case)
        let vendorColumn = builder.attribute(named: "vendor", type: .string, level: .event)
        let urgentColumn = builder.attribute(named: "urgent flag", type: .boolean, level: .event)
        let outcomeColumn = builder.attribute(named: "outcome", type: .string, level: .event)
        for place in 0..<count {
            let number = builder.caseNumber("case \(place)")
            let (amount, vendor, isUrgent) = (
                (stream.unit() * 1_000_000).rounded() / 100, stream.index(below: 5), stream.index(below: 3) == 0
            )
            builder.set(.case, attribute: amountColumn, of: Int(number), number: amount)
            let word = choose(amount, vendor, isUrgent, &stream)
            for (step, activity) in ["a", word, "d"].enumerated() {
                let event = builder.append(
                    case: number, activity: builder.activityNumber(activity),
                    time: EventLog.tinyEpoch + Int64(place * 10 + step) * 60_000_000,
                    row: place * 3 + step + 1)
                if step == 0 {
                    builder.set(.event, attribute: vendorColumn, of: event, text: "V'\(vendor)")
                    builder.set(.event, attribute: urgentColumn, of: event, boolean: isUrgent)
                }
                // Known only afterwards: it must not explain the choice.
                if step == 2 { builder.set(.event, attribute: outcomeColumn, of: event, text: word) }
            }
        }
        return builder.finish()
    }

    private func mine(_ log: EventLog, seed: UInt64 = 1) throws -> DecisionMining {
        var options = DecisionOptions()
        options.seed = seed
        return DecisionMining(of: log, try Alignments(of: log, on: Self.net), options: options)
    }

    @Test("A planted rule is found in the words of filters, holds in held-out cases, and picks the cases that went that way")
    func planted() throws {
        let log = log(1_500, seed: 1) { amount, vendor, isUrgent, _ in amount > 5_000 && vendor == 3 ? "c" : isUrgent ? "e" : "b" }
        let choice = try #require(try mine(log).choices.first)
        #expect(choice.verdict == .found && choice.decisions == 1_500 && choice.coverage == 1)
        let (accuracy, baseline) = (try #require(choice.accuracy), try #require(choice.baseline))
        #expect(accuracy.value > 0.99 && baseline.value < 0.7 && (choice.gain?.ci95?.low ?? 0) > 0.2)
        #expect(Set(choice.attributes) == ["amount", "vendor", "`urgent flag`"])
        let byNext = Dictionary(uniqueKeysWithValues: choice.outcomes.map { ($0.next, $0) })
        for (next, outcome) in byNext {
            let filter = try LogFilter(parsing: try #require(outcome.condition))
            let chosen = try log.filtered(cases: filter).caseCount
            let went = try log.filtered(cases: .has(next[0])).caseCount
            #expect(abs(chosen - went) <= 15, "\(next): \(outcome.condition ?? "")")
        }
        #expect(byNext[["b"]]?.isDefault == true && choice.outcomes.count { $0.isDefault } == 1)
        #expect(byNext[["c"]]?.condition?.contains("vendor == 'V''3'") == true)
    }

    @Test("Noise about a planted rule leaves the rule, with the accuracy that the noise allows")
    func noisy() throws {
        let log = log(2_000, seed: 2) { amount, _, _, stream in
            let isRight = stream.index(below: 10) > 0
            return (amount > 7_000) == isRight ? "c" : "b"
        }
        let choice = try #require(try mine(log).choices.first)
        #expect(choice.verdict == .found && choice.attributes == ["amount"])
        let accuracy = try #require(choice.accuracy)
        #expect(accuracy.ci95!.low <= 0.9 && accuracy.ci95!.high >= 0.9)
    }

    @Test("Where nothing known decides, a rule is found no more often than one time in twenty")
    func nothing() throws {
        var found = 0
        for seed in 0..<40 {
            let log = log(300, seed: UInt64(1_000 + seed)) { _, _, _, stream in stream.index(below: 3) == 0 ? "c" : "b" }
            if try mine(log, seed: UInt64(seed)).choices[0].verdict == .found { found += 1 }
        }
        #expect(found <= 2)
    }

    @Test("Too few decisions, or nearly all of one kind, are too little to learn from")
    func insufficient() throws {
        let few = log(60, seed: 3) { amount, _, _, _ in amount > 5_000 ? "c" : "b" }
        let one = log(400, seed: 3) { amount, _, _, _ in amount > 9_700 ? "c" : "b" }
        for log in [few, one] {
            let choice = try #require(try mine(log).choices.first)
            #expect(choice.verdict == .insufficient && choice.outcomes.allSatisfy { $0.condition == nil } && choice.accuracy == nil)
        }
    }

    @Test("The same log and seed give the same rules, whatever the threads")
    func deterministic() throws {
        let log = log(400, seed: 4) { amount, _, _, stream in amount + stream.normal() * 2_000 > 5_000 ? "c" : "b" }
        #expect(try mine(log) == mine(log))
    }

    @Test("Conditions are written on the flows of a BPMN process, with a default, and are read back")
    func bpmn() throws {
        let model = try BPMNModel(
            ProcessTree.node(.sequence, [.activity("a"), .node(.exclusive, [.activity("b"), .activity("c")]), .activity("d")]))
        let log = log(800, seed: 5) { amount, _, _, _ in amount > 2_500 ? "b" : "c" }
        let process = try #require(model.mainProcess)
        let decisions = try DecisionMining(of: log, in: process)
        #expect(decisions.choices.count == 1 && decisions.choices[0].verdict == .found)
        #expect(try DecisionMining(boundedOf: log, in: process) == decisions)
        var tight = Conformance.AlignmentOptions()
        tight.stateLimit = 2
        #expect(try DecisionMining(boundedOf: log, in: process, alignment: tight) == nil)
        let decided = try #require(model.deciding(by: decisions).mainProcess)
        let gateway = try #require(decisions.choices[0].gateway)
        let flows = decided.flows(from: gateway)
        let names = flows.map { decided.node($0.target)?.name }
        #expect(Set(names) == ["b", "c"])
        let place = try #require(names.firstIndex(of: "c"))
        let condition = try #require(flows[place].condition)
        #expect(condition.hasPrefix("amount <= 2"))
        #expect(flows.map(\.isDefault) == names.map { $0 == "b" } && flows.compactMap(\.condition) == [condition])
        let again = try BPMNDocument(text: model.deciding(by: decisions).xml())
        #expect(again.model.mainProcess?.flows(from: gateway).map(\.condition) == flows.map(\.condition))
    }

    @Test("What happens beside a choice does not explain it: a step that only one way waits for tells nothing")
    func concurrency() throws {
        // After a, x comes beside a choice of b or nothing; b always comes behind x, which somebody else does.
        var stream = RandomStream(seed: 9, path: 1)
        let log = EventLog.tiny(
            (0..<400).map { place in
                let start = Double(place) * 100
                var events = [TinyEvent("a", end: start, by: "one"), TinyEvent("x", end: start + 1, by: "other")]
                if stream.index(below: 2) == 0 { events.append(TinyEvent("b", end: start + 2, by: "one")) }
                return ("case \(place)", events + [TinyEvent("d", end: start + 3, by: "one")])
            })
        let tree = ProcessTree.node(
            .sequence,
            [.activity("a"), .node(.parallel, [.activity("x"), .node(.exclusive, [.silent, .activity("b")])]), .activity("d")])
        let choices = DecisionMining(of: log, try Alignments(of: log, on: PetriNet(tree))).choices
        #expect(choices.count == 1 && choices.allSatisfy { $0.verdict == .none })
    }
}
