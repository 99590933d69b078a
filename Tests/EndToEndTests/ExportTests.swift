import Foundation
import Testing

/// `weir export`: every format, its filters, and what stays behind when it fails.
@Suite struct ExportTests {
    private static let forms = ["csv", "xlsx", "ndjson", "csv.gz", "ndjson.gz"]

    @Test(arguments: forms)
    func everyFormatIsReadBackWithTheSameFigures(form: String) throws {
        let folder = try SmallLog.folder()
        let said = try Command.output(["export", "small.csv", "-o", "log.\(form)"], in: folder)
        #expect(said.hasPrefix("log.\(form): 3 cases · 10 events\n"))
        let zone = form == "xlsx" ? ["--timezone", "+08:00"] : []
        let before = try Command.json(["performance", "small.csv"], in: folder)
        let after = try Command.json(["performance", "log.\(form)"] + zone, in: folder)
        for key in ["cases", "cycle_time", "service_time", "edges", "activities", "bottlenecks"] {
            #expect(before[key] as? NSObject == after[key] as? NSObject, "\(key)")
        }
        let bytes = try Data(contentsOf: folder.url.appending(path: "log.\(form)"))
        _ = try Command.output(["export", "small.csv", "-o", "log.\(form)", "--count", "events", "--threads", "1"], in: folder)
        #expect(try Data(contentsOf: folder.url.appending(path: "log.\(form)")) == bytes, "recorded events, whatever counts")
    }

    @Test func filtersNarrowWhatIsExported() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(
            ["export", "small.csv", "--filter", "instances > 3", "--filter-events", "activity != 'Pay'", "-o", "part.ndjson"], in: folder)
        #expect(json["schema"] as? String == "weir/export/1")
        #expect(json["cases"] as? Int == 1 && json["events"] as? Int == 3)
        #expect(json["file"] as? String == "part.ndjson" && json["to"] as? String == "ndjson")
        let lines = try folder.text("part.ndjson").split(separator: "\n")
        #expect(lines.count == 3 && lines.allSatisfy { $0.hasPrefix("{\"case_id\":") && !$0.contains("Pay") })
        let none = try Command.run(["export", "small.csv", "--filter", "instances > 99", "-o", "none.csv"], in: folder)
        #expect(none.status == 65)
        #expect(try folder.names == ["part.ndjson", "small.csv", "small.xes"])
    }

    @Test func standardOutputHoldsTheLogAlone() throws {
        let folder = try SmallLog.folder()
        let csv = try Command.output(["export", "small.csv", "-o", "-", "--to", "csv", "--bom"], in: folder)
        #expect(csv.hasPrefix("\u{FEFF}case_id,") && csv.split(separator: "\n").count == 11)
        let lines = try Command.output(["export", "small.csv", "-o", "-", "--to", "ndjson"], in: folder)
        let seen = try Command.json(["inspect", "-"], input: Data(lines.utf8), in: folder)
        #expect(seen["events"] as? Int == 10)
        #expect((seen["source"] as? [String: Any])?["format"] as? String == "ndjson")
    }

    @Test func inspectSaysWhichSheetItRead() throws {
        let folder = try SmallLog.folder()
        _ = try Command.output(["export", "small.csv", "-o", "log.xlsx"], in: folder)
        let text = try Command.output(["inspect", "log.xlsx", "--sheet", "Events"], in: folder)
        #expect(text.contains("XLSX, sheet “Events”"))
        #expect(try Command.output(["inspect", "log.xlsx", "--lang", "zh"], in: folder).contains("工作表“Events”"))
        for language in ["en", "zh"] {
            let outcome = try Command.run(["inspect", "log.xlsx", "--sheet", "Nothing", "--lang", language], in: folder)
            #expect(outcome.status == 64 && outcome.errors.contains("“Events”"))
        }
    }

    @Test func whatATableCannotHoldIsSaid() throws {
        let folder = try Folder()
        try folder.write(
            "log.ndjson",
            "{\"case\":\"1\",\"activity\":\"A\",\"timestamp\":\"2026-01-05T08:00:00.123456+08:00\",\"items\":[1,2]}\n")
        for (name, nested, rounded) in [("a.csv", 1, 0), ("a.xlsx", 1, 1), ("a.ndjson", 0, 0)] {
            let json = try Command.json(["export", "log.ndjson", "-o", name], in: folder)
            #expect(json["nested_left_out"] as? Int == nested && json["times_rounded"] as? Int == rounded, "\(name)")
        }
        let notes = try Command.run(["export", "log.ndjson", "-o", "a.xlsx"], in: folder).errors
        #expect(notes.contains("1 nested attribute has") && notes.contains("1 time was") && notes.contains("--timezone +08:00"))
        #expect(try Command.run(["export", "log.ndjson", "-o", "a.xlsx", "--quiet"], in: folder).errors.isEmpty)
        let chinese = try Command.run(["export", "log.ndjson", "-o", "a.xlsx", "--lang", "zh"], in: folder).errors
        #expect(chinese.contains("嵌套属性") && chinese.contains("毫秒"))
    }

    @Test func theOldFileStaysUntilTheNewOneIsComplete() throws {
        let folder = try SmallLog.folder()
        try folder.write("log.csv", "old")
        try folder.write("bad.csv", "case,activity,timestamp\n1,A,2026-01-01T00:00:00Z\n1,\"A,2026-01-01T00:00:00Z\n")
        #expect(try Command.run(["export", "bad.csv", "-o", "log.csv"], in: folder).status == 65)
        #expect(try folder.text("log.csv") == "old")
        let own = try Command.run(["export", "small.csv", "-o", "small.csv"], in: folder)
        #expect(own.status == 73)
        let long = String(repeating: "x", count: 40_000)
        try folder.write("long.csv", "case,activity,timestamp\n1,\(long),2026-01-01T00:00:00Z\n")
        for language in ["en", "zh"] {
            let outcome = try Command.run(["export", "long.csv", "-o", "long.xlsx", "--lang", language], in: folder)
            #expect(outcome.status == 73 && outcome.errors.contains("32767") && outcome.errors.contains("long.xlsx"))
        }
        #expect(try folder.names == ["bad.csv", "log.csv", "long.csv", "small.csv", "small.xes"])
    }

    @Test(arguments: ["simulated.ndjson", "simulated.xlsx", "simulated.csv.gz"])
    func simulatedLogsAreExportedToo(name: String) throws {
        let folder = try SmallLog.folder()
        _ = try Command.output(["generate", "p2p", "--cases", "60", "-o", "p2p.csv"], in: folder)
        _ = try Command.output(["simulate", "p2p.csv", "--cases", "20", "--replications", "2", "--export-log", name], in: folder)
        #expect(try Command.json(["inspect", name], in: folder)["cases"] as? Int == 20)
    }
}
