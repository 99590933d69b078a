import EventLogs
import Indicators
import TestSupport
import Testing
import Workbench

@Suite struct GateFileTests {
    @Test func checksAreReadAsWritten() throws {
        let text = """
            # what is held
            kpis:
              - {id: cycle_time, max_regression: 5%, min_n: 100}
              - {id: cycle_time.p90, target: "<= 30d"}
              - id: rework_rate
                where: "plant == 'P11' and duration > 2d"
                target: "<= 10%"
                max_regression: 0.2
            """
        let checks = try GateFile(parsing: text).entries.map(\.check)
        #expect(checks.map(\.name.text) == ["cycle_time.median", "cycle_time.p90", "rework_rate.rate"])
        #expect(checks.map(\.maxRegression) == [0.05, nil, 0.2])
        #expect(checks.map(\.minN) == [100, nil, nil])
        #expect(checks.map(\.target?.text) == [nil, "<= 30d", "<= 10%"])
        #expect(checks.map(\.filter?.text) == [nil, nil, "plant == 'P11' and duration > 2d"])
    }

    @Test(arguments: [
        ("kpi: []", GateFile.Problem.Reason.shape(.unknownKey("kpi", nearest: "kpis", known: ["kpis", "calendar"])), 1, 1),
        ("calendar: []\nkpis: []", .badCalendar, 1, 1), ("calendar: cn-2026\nkpis: []", .noChecks, 2, 7), ("kpis: []", .noChecks, 1, 7),
        ("kpis: 3", .noChecks, 1, 7),
        ("kpis: [3]", .shape(.noMapping), 1, 8), ("- 3", .shape(.noMapping), 1, 1), ("{}", .noChecks, 1, 1),
        (
            "kpis:\n  - {id: cycle_time, taget: 3d}",
            .shape(.unknownKey("taget", nearest: "target", known: ["id", "where", "target", "max_regression", "min_n"])), 2, 22
        ),
        ("kpis: [{target: \"<= 3d\"}]", .noID, 1, 8), ("kpis: [{id: [cycle_time]}]", .noText(key: "id"), 1, 13),
        ("kpis: [{id: cycle_tme, target: \"<= 3d\"}]", .unknownKPI("cycle_tme", nearest: "cycle_time"), 1, 13),
        ("kpis: [{id: P01, target: \"<= 3d\"}]", .catalogueKPI("P01"), 1, 13),
        ("kpis: [{id: G03b.p90, target: \"<= 3d\"}]", .catalogueKPI("G03b.p90"), 1, 13),
        ("kpis: [{id: cycle_time, target: 30d}]", .badTarget(.noSide, kpi: KPIName(.cycleTime, .median)!), 1, 33),
        ("kpis: [{id: cycle_time, target: \"<= 2wd\"}]", .badTarget(.workingTime("2wd"), kpi: KPIName(.cycleTime, .median)!), 1, 33),
        ("kpis: [{id: cycle_time, max_regression: 5}]", .badRegression("5"), 1, 41),
        ("kpis: [{id: cycle_time, max_regression: 0%}]", .badRegression("0%"), 1, 41),
        ("kpis: [{id: cycle_time, max_regression: -5%}]", .badRegression("-5%"), 1, 41),
        ("kpis: [{id: cycle_time.sum, max_regression: 5%}]", .growing(KPIName(.cycleTime, .sum)!), 1, 45),
        ("kpis: [{id: cycle_time, target: \"<= 3d\", min_n: 0}]", .badSampleSize("0"), 1, 49),
        ("kpis: [{id: cycle_time, min_n: 30}]", .nothingHeld("cycle_time.median"), 1, 13),
    ])
    func whatIsWrongIsSaidWhereItStands(text: String, reason: GateFile.Problem.Reason, line: Int, column: Int) {
        #expect(throws: GateFile.Problem(reason, at: .init(line: line, column: column))) { try GateFile(parsing: text) }
    }

    @Test func noYAMLIsSaidToBeNone() {
        for text in ["kpis: [", "kpis: [{id: a, id: b}]", "\t- x"] {
            #expect(throws: GateFile.Problem.self) { try GateFile(parsing: text) }
        }
        #expect(throws: GateFile.Problem(.noChecks, at: nil)) { try GateFile(parsing: "") }
    }

    @Test func aConditionIsWrongAtItsOwnPlace() throws {
        do {
            _ = try GateFile(parsing: "kpis:\n  - {id: cycle_time, where: \"duration > 5x\", target: \"<= 3d\"}")
            Issue.record("the condition was taken")
        } catch {
            #expect(error.place == .init(line: 2, column: 41))
            if case .badCondition(let inner) = error.reason {
                #expect(inner.column == 12)
            } else {
                Issue.record("\(error)")
            }
        }
        // What only a log can tell is said at the same place.
        let file = try GateFile(parsing: "kpis:\n  - {id: cycle_time, where: \"plnt == 'x'\", target: \"<= 3d\"}")
        do {
            _ = try HoldGate.measure(EventLog.tiny([("1", [TinyEvent("A", end: 0)])]), file, options: MeasureOptions())
            Issue.record("the name was taken")
        } catch {
            #expect(error.place == .init(line: 2, column: 30))
        }
    }
}
