import Discovery
import EventLogs
import Foundation
import ProcessModels
import TestSupport
import Testing

/// Counts of DECLARE constraints against those of PM4Py 2.7.23 (`discover_declare` with no thresholds).
///
/// PM4Py's `nonsuccession` and `nonchainsuccession` hold in a case where succession as a whole does not; that is compared. In the literature, and
/// here, not succession says that no `b` comes after any `a`; its formula is tested elsewhere.
@Suite(
    .enabled(
        if: SharedData.isThere && PM4Py.isThere,
        "the shared data is absent, or PM4PY_PYTHON names no Python with pm4py installed"))
struct DeclareOracleTests {
    /// Tells each constraint: template, activities, cases that activate it, those in which it holds.
    private static let program = """
        log = pm4py.read_xes(path)
        found = pm4py.discover_declare(log, min_support_ratio=0.0, min_confidence_ratio=0.0)
        for template, pairs in found.items():
            for own, counts in pairs.items():
                own = [own] if isinstance(own, str) else list(own)
                row(template, *own, counts['support'], counts['confidence'])
        """

    private static let names: [String: DeclareTemplate] = [
        "existence": .existence, "absence": .absence, "exactly_one": .exactlyOne, "init": .`init`,
        "responded_existence": .respondedExistence, "coexistence": .coExistence, "response": .response, "precedence": .precedence,
        "succession": .succession, "altresponse": .alternateResponse, "altprecedence": .alternatePrecedence,
        "altsuccession": .alternateSuccession, "chainresponse": .chainResponse, "chainprecedence": .chainPrecedence,
        "chainsuccession": .chainSuccession, "noncoexistence": .notCoExistence,
    ]
    private static let denied: [String: DeclareTemplate] = ["nonsuccession": .succession, "nonchainsuccession": .chainSuccession]

    @Test(
        "Every constraint that PM4Py counts has the same counts here",
        arguments: PeerLog.all)
    func equalsPM4Py(file: PeerLog) throws {
        let log = try file.read()
        var options = DeclareOptions()
        options.leastSupport = 0
        options.leastConfidence = 0
        options.isPruned = false
        var own: [[String]: (Int, Int)] = [:]
        for constraint in DeclareModel(discoveredIn: log, options: options).constraints {
            let counts = (try #require(constraint.activated), try #require(constraint.satisfied))
            own[[constraint.template.rawValue] + constraint.activities] = counts
            if constraint.template.isSymmetric { own[[constraint.template.rawValue] + constraint.activities.reversed()] = counts }
        }
        var (compared, different) = (0, [String]())
        for parts in try PM4Py.rows(Self.program, about: file.url.path) {
            let template = try #require(Self.names[parts[0]] ?? Self.denied[parts[0]], "\(parts[0])")
            var counts = try #require(own[[template.rawValue] + parts[1..<(parts.count - 2)]], "\(parts)")
            if Self.denied[parts[0]] != nil { counts.1 = counts.0 - counts.1 }
            compared += 1
            if counts.0 != Int(parts[parts.count - 2]) || counts.1 != Int(parts[parts.count - 1]) {
                different.append("\(counts) here: \(parts)")
            }
        }
        #expect(compared > 300)
        #expect(different.isEmpty, "\(different.count) of \(compared): \(different.prefix(5))")
    }
}
