import EventLogs
import Indicators
import Reports
import Statistics
import Workbench

/// The JSON of a gate.
struct GateAnswer: Encodable {
    /// One check.
    struct Check: Encodable {
        var id: String
        var `where`: String?
        var value: Double?
        var unit: String
        var n: Int
        var target: String?
        var baseline: Double?
        var baselineN: Int?
        var ci95: Interval?
        var maxRegression: Double?
        var changeRelative: Double?
        var changeRelativeCi95: Interval?
        var verdict: GateVerdict
        var reason: String
        /// How much wider the interval is than if cases were independent.
        var widening: Double?
    }

    var verdict: GateVerdict
    var checks: [Check]
    /// The name of the baseline that was written.
    var updated: String?

    init(_ gate: HoldGate, updated: String?, _ language: Language) {
        let words = GateWords(language)
        verdict = gate.verdict
        checks = gate.outcomes.map { outcome in
            let judgement = outcome.judgement
            return Check(
                id: judgement.check.name.text, where: judgement.check.filter?.text, value: judgement.measured.value,
                unit: judgement.measured.unit, n: judgement.measured.n, target: judgement.check.target?.text,
                baseline: judgement.baseline?.value, baselineN: judgement.baseline?.n, ci95: judgement.measured.ci95,
                maxRegression: judgement.check.maxRegression, changeRelative: judgement.change, changeRelativeCi95: judgement.changeCi95,
                verdict: outcome.verdict, reason: words.reason(outcome), widening: judgement.measured.widening)
        }
        self.updated = updated
    }

    /// The same as a table for programs.
    var table: Table {
        let keys = ["value", "n", "baseline", "baseline_n", "ci95", "max_regression", "change_relative", "change_relative_ci95"]
        let columns =
            ["id", "where", "unit", "target"].map { Table.Column($0, key: $0, .left) }
            + keys.map { Table.Column($0, key: $0, isInterval: $0.hasSuffix("ci95")) }
            + ["verdict", "reason"].map { Table.Column($0, key: $0, .left) }
        return Table(
            "", columns: columns,
            rows: checks.map { check in
                [
                    .words(check.id), .code(check.where ?? ""), .words(check.unit), .words(check.target), .number(check.value),
                    .count(check.n), .number(check.baseline), .count(check.baselineN), .interval(check.ci95, .number),
                    .number(check.maxRegression), .number(check.changeRelative), .interval(check.changeRelativeCi95, .number),
                    .words(check.verdict.rawValue), .words(check.reason),
                ]
            })
    }

    /// The same for CI servers: what is not kept is a failure, what cannot be told an error.
    func junit(suite: String, subject: String) -> String {
        JUnitReport(
            suite: suite, subject: subject,
            cases: checks.map { check in
                let held = [check.target, check.maxRegression.map { "max_regression \(Humane(.en).share($0))" }].compactMap { $0 }
                let name = [check.id, check.where.map { "where \($0)" }, held.joined(separator: ", ")].compactMap { $0 }.joined(
                    separator: " ")
                let outcome: JUnitReport.Case.Outcome =
                    switch check.verdict {
                    case .pass: .passed
                    case .fail: .failed(kind: "fail", message: check.reason)
                    case .insufficient: .error(kind: "insufficient", message: check.reason)
                    case .veto: .error(kind: "veto", message: check.reason)
                    }
                return JUnitReport.Case(name: name, outcome: outcome, output: check.reason)
            }
        ).xml
    }
}
