import Foundation
import TestSupport
import Testing

/// `weir gate` from its files to its exit status.
@Suite struct GateTests {
    private static let datasets = SharedData.checkout.appending(path: "datasets")
    private static func dataset(_ name: String) -> String { datasets.appending(path: name).path }

    /// p2p-before.csv with everything after the first start of a case taking so many times as long.
    private static func slowed(by factor: Double) throws -> String {
        let text = try String(contentsOf: datasets.appending(path: "p2p-before.csv"), encoding: .utf8)
        var rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let reader = ISO8601DateFormatter()
        reader.timeZone = TimeZone(secondsFromGMT: 28_800)
        var first: [String: Date] = [:]
        for row in rows.dropFirst() {
            let start = try #require(reader.date(from: row[2]))
            first[row[0]] = min(first[row[0]] ?? start, start)
        }
        for index in rows.indices.dropFirst() {
            let origin = try #require(first[rows[index][0]])
            for column in 2...3 {
                let time = try #require(reader.date(from: rows[index][column]))
                rows[index][column] = reader.string(from: origin + time.timeIntervalSince(origin) * factor)
            }
        }
        return rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }

    private func gate(_ arguments: String..., in folder: Folder? = nil) throws -> Command.Outcome {
        try Command.run(["gate"] + arguments, in: folder)
    }

    @Test func theExampleHoldsWhatTheReadmeSays() throws {
        let folder = try Folder()
        let kpis = Self.dataset("p2p-kpis.yaml"), held = Self.dataset("p2p-baseline.json")
        let after = try gate(kpis, Self.dataset("p2p-after.csv"), "--baseline", held)
        #expect(after.status == 0 && after.output.hasPrefix("Gate passed: all 3 checks are kept\n"), "\(after)")
        #expect(try gate(kpis, Self.dataset("p2p-before.csv"), "--baseline", held).status == 0)
        try folder.write("slow.csv", try Self.slowed(by: 1.6))
        let slow = try gate(kpis, "slow.csv", "--baseline", held, in: folder)
        #expect(slow.status == 1 && slow.output.hasPrefix("Gate failed: 2 of 3 checks are not kept\n"), "\(slow)")
        // The committed baseline is what --update writes.
        let written = try gate(kpis, Self.dataset("p2p-before.csv"), "--baseline", "b.json", "--update", in: folder)
        #expect(written.status == 0 && written.output.hasPrefix("Baseline written to b.json\n"), "\(written)")
        #expect(try folder.text("b.json") == String(contentsOfFile: held, encoding: .utf8))
        #expect(try folder.names == ["b.json", "slow.csv"])
        let readme = try String(contentsOf: Self.datasets.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("weir gate datasets/p2p-kpis.yaml datasets/p2p-after.csv --baseline datasets/p2p-baseline.json"))
        #expect(readme.contains("`p2p-kpis.yaml`") && readme.contains("`p2p-baseline.json`"))
    }

    @Test func aLogServesAsBaselineAndGivesTheSameVerdicts() throws {
        let kpis = Self.dataset("p2p-kpis.yaml"), after = Self.dataset("p2p-after.csv")
        func checks(_ baseline: String) throws -> String {
            let object = try Command.json(["gate", kpis, after, "--baseline", baseline])
            let checks = try #require(object["checks"])
            return String(decoding: try JSONSerialization.data(withJSONObject: checks, options: [.sortedKeys]), as: UTF8.self)
        }
        #expect(try checks(Self.dataset("p2p-baseline.json")) == checks(Self.dataset("p2p-before.csv")))
    }

    @Test func theJSONHasTheKeysThatProgramsRead() throws {
        let object = try Command.json(
            ["gate", Self.dataset("p2p-kpis.yaml"), Self.dataset("p2p-after.csv"), "--baseline", Self.dataset("p2p-baseline.json")])
        #expect(object["schema"] as? String == "weir/gate/1")
        #expect(object["verdict"] as? String == "pass")
        #expect(object["provenance"] is [String: Any])
        let checks = try #require(object["checks"] as? [[String: Any]])
        #expect(checks.map { $0["id"] as? String } == ["cycle_time.median", "cycle_time.p90", "rework_rate.rate"])
        for check in checks {
            for key in ["id", "value", "target", "baseline", "ci95", "verdict", "reason"] { #expect(check[key] != nil, "\(key)") }
            #expect((check["ci95"] as? [Double])?.count == 2)
            #expect(check["verdict"] as? String == "pass")
            #expect((check["reason"] as? String)?.isEmpty == false)
        }
        #expect(checks[0]["baseline"] is Double && checks[0]["target"] is NSNull)
        #expect(checks[1]["baseline"] is NSNull && checks[1]["target"] as? String == "<= 30d")
    }

    @Test func theExitStatusIsTheVerdict() throws {
        let folder = try SmallLog.folder()
        func run(_ yaml: String, _ more: String...) throws -> Int32 {
            try folder.write("k.yaml", yaml)
            return try Command.run(["gate", "k.yaml", "small.csv"] + more, in: folder).status
        }
        #expect(try run("kpis: [{id: cycle_time, target: \"<= 5h\"}]") == 0)
        #expect(try run("kpis: [{id: cycle_time.count, target: \">= 4\"}]") == 1)
        #expect(try run("kpis: [{id: cycle_time, target: \"<= 1h\"}]") == 2)
        #expect(try run("kpis: [{id: cycle_time, max_regression: 5%}]") == 2)
        #expect(try run("kpis: [{id: cycle_time, max_regression: 5%}]", "--baseline", "small.csv") == 2)
        #expect(try run("kpis: [{id: cycle_time, target: \"<= 12wd\"}]") == 65)
        #expect(try run("kpis: [{id: cycle_time, target: \"<= 5h\"}]", "--update") == 64)
        #expect(try run("kpis: [{id: cycle_time, max_regression: 5%}]", "--baseline", "nowhere.json") == 66)
        #expect(try run("kpis: [{id: cycle_time, max_regression: 5%}]", "--baseline", "nowhere/b.json", "--update") == 73)
        #expect(try Command.run(["gate", "nowhere.yaml", "small.csv"], in: folder).status == 66)
        #expect(try folder.names == ["k.yaml", "small.csv", "small.xes"])
    }

    @Test func badDataVetoAndWriteNoBaseline() throws {
        let folder = try Folder()
        try folder.write("log.csv", SmallLog.csv.replacing("c2,Check,", with: "c2,,"))
        try folder.write("k.yaml", "kpis: [{id: rework_rate, target: \"<= 100%\"}, {id: cycle_time, target: \"<= 5d\"}]")
        try folder.write("b.json", "what was there")
        let outcome = try gate("k.yaml", "log.csv", "--baseline", "b.json", "--update", "--format", "json", in: folder)
        #expect(outcome.status == 3, "\(outcome)")
        #expect(try folder.text("b.json") == "what was there")
        let object = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(object["verdict"] as? String == "veto")
        #expect((object["checks"] as? [[String: Any]])?.map { $0["verdict"] as? String } == ["veto", "pass"])
        #expect(object["updated"] is NSNull)
    }

    @Test func aBaselineOfOtherOptionsIsRefusedWithAdvice() throws {
        let outcome = try gate(
            Self.dataset("p2p-kpis.yaml"), Self.dataset("p2p-after.csv"), "--baseline", Self.dataset("p2p-baseline.json"), "--filter",
            "plant == 'P11'")
        #expect(outcome.status == 65 && outcome.output.isEmpty)
        #expect(
            outcome.errors
                == "weir: error: p2p-baseline.json: its figures were made with other options (filters) — give the same options, or write it anew with --update\n"
        )
    }

    @Test func checksAreSaidInEveryFormAndBothLanguages() throws {
        let folder = try Folder()
        try folder.write("slow.csv", try Self.slowed(by: 1.6))
        let arguments = ["gate", Self.dataset("p2p-kpis.yaml"), "slow.csv", "--baseline", Self.dataset("p2p-baseline.json")]
        func output(_ more: String...) throws -> String { try Command.run(arguments + more, in: folder).output }
        let chinese = try output("--lang", "zh")
        #expect(chinese.hasPrefix("门禁未通过：3 项检查中有 2 项不满足\n"))
        #expect(!chinese.contains("misses") && !chinese.contains("worse"))
        let markdown = try output("--format", "markdown")
        #expect(markdown.hasPrefix("## Gate failed: 2 of 3 checks are not kept\n"))
        #expect(markdown.contains("| fail | cycle time, median |"))
        let csv = try output("--format", "csv").split(separator: "\r\n", omittingEmptySubsequences: true).flatMap {
            $0.split(separator: "\n")
        }
        #expect(csv.count == 4)
        #expect(csv[0].hasPrefix("id,where,unit,target,value,n,baseline,baseline_n,ci95_low,ci95_high,max_regression,change_relative,"))
        #expect(csv[1].contains(",fail,"))
        for line in try output().split(separator: "\n") { #expect(line.count <= 100) }
        let outcome = try Command.run(arguments + ["--junit", "gate.xml", "-o", "gate.md", "--quiet"], in: folder)
        #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.isEmpty)
        #expect(try folder.text("gate.md") == markdown)
        let xml = try folder.text("gate.xml")
        #expect(xml.contains("<testsuite name=\"p2p-kpis.yaml\" tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"0\">"))
        #expect(try folder.names == ["gate.md", "gate.xml", "slow.csv"])
    }
}
