import EventLogs
import Foundation
import Indicators
import Reports
import TestSupport
import Testing
import Workbench

@Suite struct GateBaselineTests {
    private static let yaml = """
        kpis:
          - {id: cycle_time.median, max_regression: 8%}
          - {id: cycle_time.mean, max_regression: 3%, target: "<= 1h"}
          - {id: cycle_time.p90, max_regression: 15%}
          - {id: waiting_time.mean, max_regression: 20%}
          - {id: service_time.p95, max_regression: 10%, min_n: 150}
          - {id: throughput, max_regression: 30%}
          - {id: rework_rate, max_regression: 10%}
          - {id: cycle_time.median, where: "has('A')", max_regression: 8%}
          - {id: cycle_time.count, target: ">= 100"}
        """
    private static let input = Provenance.Input(name: "log.csv", sha256: "00")
    private static let provenance = Provenance(version: "0", inputs: [input])
    private static let definition = GateBaseline.Definition(provenance, MeasureOptions(), ratesSha256: nil)

    private func log(_ seed: Int) -> EventLog {
        EventLog.random(seed: UInt64(seed), cases: 60 + seed * 37 % 300, longest: 4 + seed % 5, withStarts: seed % 5 > 0)
    }

    private func baseline(_ log: EventLog, _ file: GateFile) throws -> GateBaseline {
        GateBaseline(
            input: Self.input, cases: log.caseCount, definition: Self.definition,
            measured: try HoldGate.measure(log, file, options: MeasureOptions()))
    }

    @Test(arguments: 1...60) func theFileGivesTheVerdictsOfTheLog(seed: Int) throws {
        let file = try GateFile(parsing: Self.yaml)
        let before = log(seed)
        let after = seed % 4 == 0 ? before : log(seed + 500)
        let held = try baseline(before, file)
        let read = try GateBaseline(parsing: held.text())
        #expect(read == held)
        #expect(try read.text() == held.text())
        let measured = try HoldGate.measure(after, file, options: MeasureOptions())
        let exact = try HoldGate.measure(before, file, options: MeasureOptions())
        try read.check(Self.definition, measured)
        let gate = HoldGate(measured, baseline: read, findings: [], options: MeasureOptions())
        for (index, outcome) in gate.outcomes.enumerated() {
            // Judged by figures that were never written, to the last digit.
            let judged = GateJudgement(measured[index].check, measured: measured[index].measured, baseline: exact[index].measured)
            #expect(outcome.verdict == judged.verdict, "\(measured[index].check.name)")
            if let change = judged.change { #expect(abs(change - (outcome.judgement.change ?? .nan)) < 1e-7) }
        }
        #expect(gate.verdict == GateVerdict.overall(gate.outcomes.map(\.verdict)))
    }

    @Test func theFileHoldsNoCaseAndIsTheSameEveryTime() throws {
        let file = try GateFile(parsing: Self.yaml)
        let text = try baseline(log(7), file).text()
        #expect(try baseline(log(7), file).text() == text)
        #expect(!text.contains("case ") && !text.contains("person"))
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["schema"] as? String == "weir/gate-baseline/1")
        #expect((object["kpis"] as? [[String: Any]])?.count == 9)
        let sets = try #require(object["kpis"] as? [[String: Any]]).map { Set($0.keys) }
        #expect(sets.allSatisfy { $0 == ["id", "where", "unit", "value", "ci95", "n", "widening"] })
    }

    @Test func whatWasMadeInAnotherWayIsRefused() throws {
        let file = try GateFile(parsing: Self.yaml)
        let log = log(9)
        let held = try baseline(log, file)
        let measured = try HoldGate.measure(log, file, options: MeasureOptions())
        var other = Self.provenance
        other.counting = .events
        other.filters = ["has('A')"]
        let options = MeasureOptions(endActivities: ["C"])
        let definition = GateBaseline.Definition(other, options, ratesSha256: "ff")
        #expect(throws: GateBaseline.Problem.otherDefinition(["count", "filters", "end_activities", "rates_sha256"])) {
            try held.check(definition, measured)
        }
        let more = try GateFile(parsing: "kpis: [{id: rework_rate, where: \"has('B')\", max_regression: 5%}]")
        #expect(throws: GateBaseline.Problem.missingFigure("rework_rate.rate", condition: "has('B')")) {
            try held.check(Self.definition, HoldGate.measure(log, more, options: MeasureOptions()))
        }
        // A target alone needs no figure there.
        let aim = try GateFile(parsing: "kpis: [{id: rework_rate, where: \"has('B')\", target: \"<= 50%\"}]")
        try held.check(Self.definition, HoldGate.measure(log, aim, options: MeasureOptions()))
        let text = try held.text()
        #expect(throws: GateBaseline.Problem.changedByHand) {
            try GateBaseline(parsing: text.replacing("\"censored\": \"include\"", with: "\"censored\": \"exclude\""))
        }
        #expect(throws: GateBaseline.Problem.otherSchema("weir/gate-baseline/2")) {
            try GateBaseline(parsing: text.replacing("gate-baseline/1", with: "gate-baseline/2"))
        }
        #expect(throws: GateBaseline.Problem.otherSchema("")) { try GateBaseline(parsing: "{}") }
        for broken in ["", "[]", "{", "{\"schema\": 3}", String(text.dropLast(40)), text.replacing("\"cases\"", with: "\"csaes\"")] {
            #expect(throws: GateBaseline.Problem.self) { try GateBaseline(parsing: broken) }
        }
    }

    @Test func errorsInTheDataVetoTheFiguresThatTheyTouch() throws {
        let file = try GateFile(
            parsing:
                "kpis: [{id: cycle_time, target: \"<= 300d\"}, {id: rework_rate, target: \"<= 0%\"}, {id: throughput, target: \">= 0\"}]")
        let measured = try HoldGate.measure(log(4), file, options: MeasureOptions())
        func verdicts(_ findings: [LogFinding]) -> [GateVerdict] {
            let gate = HoldGate(measured, baseline: nil, findings: findings, options: MeasureOptions())
            return gate.outcomes.map(\.verdict) + [gate.verdict]
        }
        #expect(verdicts([]) == [.pass, .fail, .pass, .fail])
        #expect(verdicts([LogFinding(.missingActivity, .warning, count: 5)]) == [.pass, .fail, .pass, .fail])
        #expect(verdicts([LogFinding(.missingActivity, .error, count: 5)]) == [.pass, .veto, .pass, .veto])
        #expect(verdicts([LogFinding(.missingTime, .error, count: 5)]) == [.veto, .fail, .veto, .veto], "order is left without times")
        #expect(verdicts([LogFinding(.dayResolution, .error, count: 5)]) == [.veto, .fail, .veto, .veto])
        #expect(verdicts([LogFinding(.startAfterCompletion, .error, count: 5)]) == [.pass, .fail, .pass, .fail])
    }
}
