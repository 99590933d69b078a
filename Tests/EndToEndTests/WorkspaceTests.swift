import Foundation
import TestSupport
import Testing

/// `weir import`, `logs` and `sql`, and workspaces as the LOG of other verbs.
@Suite struct WorkspaceTests {
    @Test func aWorkspaceAnswersAsTheFileDoes() throws {
        let folder = try SmallLog.folder()
        let said = try Command.output(["import", "small.csv", "--workspace", "w.sqlite"], in: folder)
        #expect(said.hasPrefix("w.sqlite: log “small”, new · 3 cases · 10 events\n"))
        for verb in ["performance", "discover", "variants", "cases"] {
            let (file, stored) = (try Command.json([verb, "small.csv"], in: folder), try Command.json([verb, "w.sqlite"], in: folder))
            #expect(file as NSDictionary == stored as NSDictionary, "\(verb)")
        }
        let report = try Command.run(["report", "w.sqlite", "-o", "report.html"], in: folder)
        #expect(report.status == 0, "\(report.errors)")
        #expect(try Command.output(["inspect", "w.sqlite", "--lang", "zh"], in: folder).contains("工作区，日志“small”"))
        #expect(try Command.output(["export", "w.sqlite", "-o", "-", "--to", "csv"], in: folder).split(separator: "\n").count == 11)
    }

    @Test func theSameFileAgainAddsNothing() throws {
        let folder = try SmallLog.folder()
        _ = try Command.output(["import", "small.csv", "--workspace", "w.sqlite"], in: folder)
        let before = try Data(contentsOf: folder.url.appending(path: "w.sqlite"))
        try folder.write("other name.csv", try Data(contentsOf: folder.url.appending(path: "small.csv")))
        let again = try Command.json(["import", "other name.csv", "--workspace", "w.sqlite", "--log", "small"], in: folder)
        let files = try #require(again["files"] as? [[String: Any]])
        #expect(files[0]["is_known"] as? Bool == true && files[0]["events_added"] as? Int == 0 && files[0]["events_read"] is NSNull)
        #expect(try Data(contentsOf: folder.url.appending(path: "w.sqlite")) == before)
        let otherwise = try Command.run(
            ["import", "small.csv", "--workspace", "w.sqlite", "--timezone", "Asia/Shanghai"], in: folder)
        #expect(otherwise.status == 64 && otherwise.errors.contains("Asia/Shanghai"))
    }

    @Test func resultsAreKeptBesideTheirLog() throws {
        let folder = try SmallLog.folder()
        _ = try Command.output(["import", "small.csv"], in: folder)
        let printed = try Command.output(["performance", "weir.sqlite", "--record", "January", "--format", "json"], in: folder)
        let kept = try Command.json(["sql", "weir.sqlite", "SELECT log, verb, name, result FROM runs"], in: folder)
        #expect(kept["rows"] as? NSArray == [["small", "performance", "January", printed]])
        let outcome = try Command.run(["performance", "small.csv", "--record", "x"], in: folder)
        #expect(outcome.status == 64 && outcome.errors.contains("weir import small.csv"))
    }

    /// What a gate printed, without what tells where its baseline came from.
    private func verdicts(_ baseline: String, in folder: Folder) throws -> NSArray {
        let kpis = SharedData.checkout.appending(path: "datasets/p2p-kpis.yaml").path
        let after = SharedData.checkout.appending(path: "datasets/p2p-after.csv").path
        return try #require(try Command.json(["gate", kpis, after, "--baseline", baseline], in: folder)["checks"] as? NSArray)
    }

    @Test func aWorkspaceKeepsBaselinesAndTheNewestIsHeld() throws {
        let folder = try SmallLog.folder()
        let datasets = SharedData.checkout.appending(path: "datasets")
        let (kpis, before) = (datasets.appending(path: "p2p-kpis.yaml").path, datasets.appending(path: "p2p-before.csv").path)
        let after = datasets.appending(path: "p2p-after.csv").path
        // A workspace that is not there is made; the log's figures stand in it and give the verdicts that the log itself gives.
        let kept = try Command.run(["gate", kpis, before, "--baseline", "w.sqlite", "--update"], in: folder)
        #expect(kept.status == 0 && kept.output.hasPrefix("Baseline written to w.sqlite\n"), "\(kept)")
        #expect(try verdicts("w.sqlite", in: folder) == verdicts(before, in: folder))
        // A later one is held instead, the earlier one stays.
        _ = try Command.run(["gate", kpis, after, "--baseline", "w.sqlite", "--update"], in: folder)
        #expect(try verdicts("w.sqlite", in: folder) == verdicts(after, in: folder))
        let rows = try Command.output(
            ["sql", "w.sqlite", "SELECT number, checks, log, input FROM baselines ORDER BY number", "--format", "csv"], in: folder)
        #expect(
            rows == "number,checks,log,input\n1,p2p-kpis.yaml,,p2p-before.csv\n2,p2p-kpis.yaml,,p2p-after.csv\n")
        // Of several, the one of a log of the same name comes first.
        let own = try Command.run(["gate", kpis, before, "--baseline", "w.sqlite", "--format", "json"], in: folder)
        let same = try Command.run(["gate", kpis, before, "--baseline", before, "--format", "json"], in: folder)
        func checks(_ text: String) throws -> NSArray {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            return try #require(object["checks"] as? NSArray)
        }
        #expect(try checks(own.output) == checks(same.output))
    }

    @Test func aBaselineGoesWithItsLog() throws {
        let folder = try SmallLog.folder()
        try folder.write("k.yaml", "kpis: [{id: cycle_time.median, max_regression: 10%, min_n: 1}]\n")
        _ = try Command.output(["import", "small.csv"], in: folder)
        _ = try Command.run(["gate", "k.yaml", "weir.sqlite", "--baseline", "weir.sqlite", "--update"], in: folder)
        let listing = try Command.json(["logs", "weir.sqlite"], in: folder)
        let baselines = try #require(listing["baselines"] as? [[String: Any]])
        #expect(baselines.map { $0["log"] as? String } == ["small"] && baselines[0]["checks"] as? String == "k.yaml")
        #expect(try Command.output(["logs", "weir.sqlite"], in: folder).contains("Baselines, the newest last"))
        // A baseline for other checks is none for these: the log itself serves.
        try folder.write("other.yaml", "kpis: [{id: cycle_time.median, max_regression: 10%, min_n: 1}]\n")
        let other = try Command.run(["gate", "other.yaml", "small.csv", "--baseline", "weir.sqlite"], in: folder)
        #expect([0, 2].contains(other.status), "\(other)")
        let left = try Command.json(["logs", "weir.sqlite", "--delete", "small"], in: folder)
        #expect((left["baselines"] as? NSArray)?.count == 0)
        // Another program's database is not written to.
        try folder.write("notes.sqlite", "not a database")
        let refused = try Command.run(["gate", "k.yaml", "small.csv", "--baseline", "notes.sqlite"], in: folder)
        #expect(refused.status != 0)
        #expect(try folder.text("notes.sqlite") == "not a database")
    }

    @Test func severalFilesAreOneLog() throws {
        let folder = try Folder()
        try folder.write("a.csv", Data("case_id,activity,timestamp\n1,A,2026-01-01T08:00:00Z\n2,A,2026-01-01T09:00:00Z\n".utf8))
        try folder.write("b.csv", Data("case_id,activity,timestamp\n1,A,2026-01-01T08:00:00Z\n1,B,2026-01-02T08:00:00Z\n".utf8))
        let result = try Command.json(["import", "a.csv", "b.csv", "--log", "orders"], in: folder)
        #expect(result["cases"] as? Int == 2 && result["events"] as? Int == 3)
        let rows = try Command.output(
            ["sql", "weir.sqlite", "SELECT case_id, activity, file FROM events ORDER BY case_id, timestamp", "--format", "csv"], in: folder)
        #expect(rows == "case_id,activity,file\n1,A,a.csv\n1,B,b.csv\n2,A,a.csv\n")
    }

    @Test func aMappingIsRememberedForItsColumns() throws {
        let folder = try Folder()
        let header = "x,y,z\n"
        try folder.write("a.csv", Data((header + "1,A,2026-01-01T08:00:00Z\n").utf8))
        try folder.write("b.csv", Data((header + "2,B,2026-01-02T08:00:00Z\n").utf8))
        try folder.write("map.yaml", Data("case: x\nactivity: y\ntimestamp: z\n".utf8))
        #expect(try Command.run(["import", "b.csv"], in: folder).status == 65)
        #expect(try folder.names == ["a.csv", "b.csv", "map.yaml"])
        _ = try Command.output(["import", "a.csv", "--map", "map.yaml", "--log", "l"], in: folder)
        let second = try Command.run(["import", "b.csv", "--log", "l"], in: folder)
        #expect(second.status == 0 && second.errors.contains("a.csv"))
        #expect(try Command.run(["import", "b.csv", "--log", "other", "--forget-mapping"], in: folder).status == 65)
        #expect(try Command.json(["inspect", "weir.sqlite"], in: folder)["events"] as? Int == 2)
    }

    @Test func whatIsAskedOfItIsToldClearly() throws {
        let folder = try SmallLog.folder()
        _ = try Command.output(["import", "small.csv"], in: folder)
        _ = try Command.output(["import", "small.xes", "--log", "two"], in: folder)
        let cases: [([String], Int32, String)] = [
            (["inspect", "weir.sqlite"], 64, "holds 2 logs: small, two"),
            (["inspect", "weir.sqlite", "--log", "smal"], 66, "did you mean “small”?"),
            (["inspect", "weir.sqlite", "--log", "two", "--classifier", "org:resource"], 64, "--classifier was decided"),
            (["inspect", "small.csv", "--log", "two"], 64, "is no workspace"),
            (["sql", "weir.sqlite", "DROP TABLE weir_logs"], 64, "only reads"),
            (["sql", "weir.sqlite", "SELECT * FROM nowhere"], 64, "no such table: nowhere"),
            (["logs", "small.csv"], 65, "is no workspace"), (["logs", "none.sqlite"], 66, "no such file"),
            (["import", "small.csv", "--workspace", "small.xes"], 65, "is no workspace"),
            (["import", "none.csv", "--workspace", "new.sqlite"], 66, "none.csv"),
            (["import", "small.csv", "--workspace", "no/such/folder.sqlite"], 74, "folder.sqlite"),
            (["import", "weir.sqlite"], 64, "is a workspace already"), (["import", "-"], 64, "standard input"),
            (["logs", "weir.sqlite", "--delete", "twoo"], 66, "did you mean “two”?"),
        ]
        for (arguments, status, words) in cases {
            let outcome = try Command.run(arguments, in: folder)
            #expect(outcome.status == status && outcome.errors.contains(words), "\(arguments): \(outcome.status) \(outcome.errors)")
            let chinese = try Command.run(arguments + ["--lang", "zh"], in: folder)
            #expect(chinese.status == status && chinese.errors.unicodeScalars.contains { $0.value > 0x4E00 }, "\(chinese.errors)")
        }
        #expect(try folder.names == ["small.csv", "small.xes", "weir.sqlite"].sorted())
        let listed = try Command.json(["logs", "weir.sqlite", "--delete", "two"], in: folder)
        #expect((listed["logs"] as? [[String: Any]])?.map { $0["name"] as? String } == ["small"])
    }

    @Test func twoLogsOfOneWorkspaceAreCompared() throws {
        let folder = try SmallLog.folder()
        for name in ["before", "after"] { _ = try Command.output(["import", "small.csv", "--log", name], in: folder) }
        func kpis(_ arguments: [String]) throws -> NSArray? {
            // Three cases are evidence of nothing, which is what the status says.
            let outcome = try Command.run(["compare"] + arguments + ["--format", "json"], in: folder)
            #expect(outcome.status == 2)
            return (try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])?["kpis"] as? NSArray
        }
        let both = try kpis(["weir.sqlite", "weir.sqlite", "--log", "before", "--log", "after"])
        let files = try kpis(["small.csv", "small.csv"])
        #expect(both != nil && both == files)
    }

    /// Kills imports at any moment: the file opens, is whole, and running the import again completes it as if nothing had happened.
    @Test func aKilledImportIsAsIfItHadNotBeen() throws {
        let folder = try Folder()
        for (seed, name) in [(1, "first"), (2, "second")] {
            _ = try Command.output(["generate", "p2p", "--cases", "250", "--seed", "\(seed)", "-o", "\(name).csv"], in: folder)
        }
        let everything = ["events", "cases", "logs", "attributes", "imports"].map { "SELECT * FROM \($0) ORDER BY 1, 2, 3" }
        let sums = [
            """
            SELECT count(*), sum(event * (timestamp_us % 1000003)), (SELECT count(*) FROM cases), \
            (SELECT group_concat(events_added) FROM imports) FROM events
            """
        ]
        func contents(_ workspace: String, _ queries: [String]) throws -> [String] {
            try queries.map { try Command.output(["sql", workspace, $0, "--format", "csv"], in: folder) }
        }
        _ = try Command.output(["import", "first.csv", "--workspace", "half.sqlite", "--log", "l"], in: folder)
        let half = try contents("half.sqlite", sums)
        let beginning = try Data(contentsOf: folder.url.appending(path: "half.sqlite"))
        let clock = ContinuousClock()
        let length = try clock.measure {
            _ = try Command.output(["import", "second.csv", "--workspace", "half.sqlite", "--log", "l"], in: folder)
        }
        let whole = try contents("half.sqlite", sums)
        let all = try contents("half.sqlite", everything)
        var killed = 0
        for attempt in 0..<50 {
            // A new workspace now and then, else one that holds the first file.
            let isNew = attempt % 5 == 0
            let name = "w\(attempt).sqlite"
            if !isNew { try folder.write(name, beginning) }
            let process = Process()
            process.executableURL = Command.program
            process.arguments = ["import", isNew ? "first.csv" : "second.csv", "--workspace", name, "--log", "l"]
            process.currentDirectoryURL = folder.url
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            let seconds = Double(length.components.attoseconds) / 1e18 + Double(length.components.seconds)
            Thread.sleep(forTimeInterval: seconds * Double(attempt) / 45)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal { killed += 1 }
            if isNew {
                _ = try Command.output(["import", "first.csv", "--workspace", name, "--log", "l"], in: folder)
            } else {
                let now = try contents(name, sums)
                #expect(try contents(name, ["PRAGMA integrity_check"]) == ["integrity_check\nok\n"])
                #expect(now == half || now == whole, "half or whole, never between")
            }
            _ = try Command.output(["import", "second.csv", "--workspace", name, "--log", "l"], in: folder)
            #expect(try contents(name, sums) == whole)
            if attempt % 10 < 2 { #expect(try contents(name, everything) == all) }
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(at: folder.url.appending(path: name + suffix)) }
        }
        #expect(killed >= 25, "most imports were really killed: \(killed)")
    }

    @Test func twoWritersTakeTurns() throws {
        let folder = try Folder()
        for seed in 1...4 {
            _ = try Command.output(["generate", "p2p", "--cases", "300", "--seed", "\(seed)", "-o", "\(seed).csv"], in: folder)
        }
        let processes = try (1...4).map { seed in
            let process = Process()
            process.executableURL = Command.program
            process.arguments = ["import", "\(seed).csv", "--workspace", "w.sqlite", "--quiet"]
            process.currentDirectoryURL = folder.url
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            return process
        }
        processes.forEach { $0.waitUntilExit() }
        #expect(processes.allSatisfy { $0.terminationStatus == 0 })
        let listed = try Command.json(["logs", "w.sqlite"], in: folder)
        #expect((listed["logs"] as? [[String: Any]])?.map { $0["cases"] as? Int } == [300, 300, 300, 300])
    }
}
