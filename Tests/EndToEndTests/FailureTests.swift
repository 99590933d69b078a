import Foundation
import Testing

/// How the command ends when something is wrong: with which status, in which words, and with nothing half-written.
@Suite struct FailureTests {
    @Test(arguments: [
        ["simulate", "small.csv", "--from", "open-cases"], ["lint", "small.csv", "--accept", "missing-tme"], ["extract", "small.csv"],
        ["kpi", "small.csv"], ["serve"],
        ["inspekt", "small.csv"],
        ["inspect"], ["inspect", "small.csv", "small.xes"], ["inspect", "small.csv", "--sheet", "1"],
        ["fit", "small.csv", "--calendar", "cn", "-o", "d"], ["inspect", "small.csv", "--log", "x"],
        ["inspect", "small.csv", "--format", "sarif"], ["inspect", "small.csv", "--format"], ["inspect", "small.csv", "--count", "cases"],
        ["inspect", "small.csv", "--seed", "-1"], ["inspect", "small.csv", "--seed", "x"],
        ["inspect", "small.csv", "--unpack-limit", "much"], ["inspect", "small.csv", "--threads", "0"],
        ["inspect", "small.csv", "--lang", "fr"], ["inspect", "small.csv", "--timezone", "Mars/Base"],
        ["inspect", "small.csv", "--delimiter", "ab"], ["inspect", "small.csv", "--encoding", "klingon"],
        ["inspect", "small.xes", "--classifier", "Nothing"], ["inspect", "small.csv", "--end", "A,,B"],
        ["performance", "small.csv", "--filter", "duration > 12wd"], ["performance", "small.csv", "--filter", "duration >"],
        ["performance", "small.csv", "--filter", "duraton > 3d"], ["performance", "small.csv", "--filter-events", "has('A') and"],
        ["discover", "small.csv", "--miner", "omega"], ["discover", "small.csv", "--miner", "split", "--decisions", "--stream", "always"],
        ["discover", "small.csv", "--miner", "split", "--engine", "feel", "-o", "m.bpmn", "--stream", "always"],
        ["discover", "small.csv", "--miner", "inductive", "--engine", "python"], ["discover", "small.csv", "--decisions"],
        ["discover", "small.csv", "--miner", "log-skeleton", "--support", "0.1"], ["conformance", "small.csv", "m.json", "--zeta", "x"],
        ["discover", "small.csv", "--miner", "temporal-profile", "-o", "m.pnml"],
        ["variants", "small.csv", "--groups", "--tree"], ["conformance", "small.csv"],
        ["discover", "small.csv", "-o", "m.bpmn"],
        ["discover", "small.csv", "--miner", "eventually-follows", "--paths", "0.5"],
        ["discover", "small.csv", "--miner", "eventually-follows", "-o", "m.svg"],
        ["discover", "small.csv", "--paths", "2"],
        ["discover", "small.csv", "--format", "json", "-o", "m.svg"], ["cases", "small.csv", "--limit", "-1"],
        ["cases", "small.csv", "--sort", "colour"], ["compare", "small.csv"], ["explain", "small.csv", "--target", "throughput"],
        ["explain", "small.csv", "--target", "cycletime"],
        ["compare", "small.csv", "small.csv", "--split", "2026-01-01"],
        ["compare", "small.csv", "--split", "yesterday"], ["compare", "small.csv", "--by", "nothing"],
        ["compare", "small.csv", "--by", "role"],
        ["compare", "small.csv", "small.csv", "--by", "month"], ["compare", "-", "-"], ["report", "small.csv"],
        ["report", "small.csv", "-o", "r.pdf"], ["report", "small.csv", "-o", "r.xlsx"],
        ["report", "small.csv", "--after", "small.csv", "--split", "2026-01-01", "-o", "r.html"],
        ["generate"], ["generate", "o2c"], ["generate", "p2p", "--variant", "sideways"], ["generate", "p2p", "--cases", "0"],
        ["export", "small.csv"], ["export", "small.csv", "-o", "log.pdf"], ["export", "small.csv", "-o", "log.csv", "--unpack-limit", "0"],
        ["export", "small.csv", "-o", "log"],
        ["export", "small.csv", "-o", "-", "--to", "xlsx"], ["export", "small.csv", "-o", "log.xlsx.gz"],
        ["export", "small.csv", "-o", "log.ndjson", "--bom"],
        ["lint", "small.csv", "--as-of", "soon"], ["lint", "small.csv", "--format", "xml"],
        ["organization", "small.csv", "--reentry-window", "soon"], ["organization", "small.csv", "--table", "people"],
        ["spectrum", "small.csv", "--edge", "Ask"], ["spectrum", "small.csv", "--steps", "0"], ["spectrum", "small.csv", "-o", "s.png"],
        ["spectrum", "small.csv", "--calendar", "cn"], ["dots", "small.csv", "--sort", "colour"], ["dots", "small.csv", "--limit", "0"],
        ["dots", "small.csv", "--format", "json", "-o", "d.svg"], ["queues", "small.csv", "--calendar", "cn"], ["bottlenecks"],
        ["performance", "small.csv", "--accept", "nothing"],
        ["performance", "small.csv", "--table", "nothing"], ["performance", "small.csv", "--estimate-starts", "--stream", "always"],
        ["performance", "small.csv", "--table", "batches", "--stream", "always"], ["performance", "small.csv", "--concurrent", "A,,B"],
        ["completions", "tcsh"], ["help", "predict"], ["--frobnicate"],
    ])
    func wrongCommandLinesEndWith64(arguments: [String]) throws {
        for language in ["en", "zh"] {
            let folder = try SmallLog.folder()
            let locale = language == "zh" ? "zh_CN.UTF-8" : "C.UTF-8"
            let outcome = try Command.run(arguments, environment: ["LC_ALL": locale], in: folder)
            #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasPrefix("weir: error: "))
            #expect(outcome.errors.contains(" — "), "\(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
            let hasChinese = outcome.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(hasChinese == (language == "zh"), "\(outcome.errors)")
            #expect(try folder.names == ["small.csv", "small.xes"])
        }
    }

    @Test func missingInputsEndWith66() throws {
        let folder = try SmallLog.folder()
        for arguments in [
            ["inspect", "nothing.csv"], ["performance", "small.csv", "--calendar", "fr"],
            ["inspect", "small.csv", "--map", "nothing.yaml"], ["cases", "small.csv", "--rates", "no.yaml"],
            ["inspect", "small.csv", "--filter-file", "no.txt"], ["report", "small.csv", "--after", "no.csv", "-o", "r.html"],
            ["report", "small.csv", "--plan", "p.yaml", "-o", "r.html"],
        ] {
            let outcome = try Command.run(arguments, in: folder)
            #expect(outcome.status == 66, "\(arguments): \(outcome.errors)")
            #expect(try folder.names == ["small.csv", "small.xes"])
        }
    }

    @Test func badDataNamesFileLineAndColumn() throws {
        let folder = try SmallLog.folder()
        try folder.write("quote.csv", "case,activity,timestamp\nc1,\"A,2026-01-01T00:00:00Z\n")
        let quote = try Command.run(["inspect", "quote.csv"], in: folder)
        #expect(quote.status == 65)
        #expect(quote.errors.hasPrefix("weir: error: quote.csv:2:4: "), "\(quote.errors)")
        try folder.write("broken.xes", "<?xml version=\"1.0\"?>\n<log>\n<trace></event></trace></log>\n")
        let xml = try Command.run(["inspect", "broken.xes"], in: folder)
        #expect(xml.status == 65)
        #expect(xml.errors.hasPrefix("weir: error: broken.xes:3:"), "\(xml.errors)")
        try folder.write("two.csv", "case,activity,created on,posted on\nc1,A,2026-01-01T08:00Z,2026-01-02T08:00Z\n")
        let two = try Command.run(["inspect", "two.csv"], in: folder)
        #expect(two.status == 65)
        #expect(two.errors.contains("created on") && two.errors.contains("posted on") && two.errors.contains("--map"))
        try folder.write("empty.csv", "")
        #expect(try Command.run(["inspect", "empty.csv"], in: folder).status == 65)
        try folder.write("map.yaml", "case: case_id\nactivty: activity\n")
        let map = try Command.run(["inspect", "small.csv", "--map", "map.yaml"], in: folder)
        #expect(map.status == 65)
        #expect(map.errors.hasPrefix("weir: error: map.yaml:2:1: ") && map.errors.contains("activity"), "\(map.errors)")
        try folder.write("rates.yaml", "currency: EUR\nroles: {Buyer: much}\n")
        let rates = try Command.run(["cases", "small.csv", "--rates", "rates.yaml"], in: folder)
        #expect(rates.status == 65)
        #expect(rates.errors.hasPrefix("weir: error: rates.yaml:2:16: "), "\(rates.errors)")
        try folder.write("small.csv.gz", Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1]))
        #expect(try Command.run(["inspect", "small.csv.gz"], in: folder).status == 65)
    }

    @Test func filterErrorsNameTheirPlace() throws {
        let folder = try SmallLog.folder()
        let option = try Command.run(["cases", "small.csv", "--filter", "duration > 3d and colour == 'x'"], in: folder)
        #expect(option.status == 64)
        #expect(option.errors.hasPrefix("weir: error: --filter:1:19: "), "\(option.errors)")
        try folder.write("f.txt", "duration > 3d\nand duraton < 5d\n")
        let file = try Command.run(["cases", "small.csv", "--filter-file", "f.txt"], in: folder)
        #expect(file.status == 64)
        #expect(file.errors.hasPrefix("weir: error: f.txt:2:5: "), "\(file.errors)")
        #expect(file.errors.contains("did you mean duration"))
    }

    @Test func unwritableOutputsEndWith73BeforeAnyWork() throws {
        let folder = try SmallLog.folder()
        try FileManager.default.createDirectory(at: folder.url.appending(path: "sub"), withIntermediateDirectories: false)
        for output in ["no/such/x.json", "sub", "small.csv/x.json"] {
            let outcome = try Command.run(["inspect", "small.csv", "--format", "json", "-o", output], in: folder)
            #expect(outcome.status == 73, "\(output): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func inputsAreNeverOverwritten() throws {
        let folder = try SmallLog.folder()
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.csv"), withDestinationPath: "small.csv")
        for output in ["small.csv", "./small.csv", "link.csv"] {
            let outcome = try Command.run(["cases", "small.csv", "-o", output], in: folder)
            #expect(outcome.status == 73, "\(output): \(outcome.errors)")
            #expect(try folder.text("small.csv") == SmallLog.csv)
        }
        try folder.write("rates.md", "roles: {Buyer: 60/h}\n")
        #expect(try Command.run(["cases", "small.csv", "--rates", "rates.md", "-o", "rates.md"], in: folder).status == 73)
        #expect(try folder.text("rates.md").hasPrefix("roles"))
    }

    @Test func failuresLeaveTheOldOutputAlone() throws {
        let folder = try SmallLog.folder()
        try folder.write("old.json", "old")
        try folder.write("bad.csv", "case,activity,timestamp\nc1,\"A,2026-01-01T00:00:00Z\n")
        #expect(try Command.run(["inspect", "bad.csv", "-o", "old.json"], in: folder).status == 65)
        #expect(try folder.text("old.json") == "old")
        #expect(try folder.names == ["bad.csv", "old.json", "small.csv", "small.xes"])
        _ = try Command.output(["inspect", "small.csv", "-o", "old.json"], in: folder)
        #expect(try folder.text("old.json").hasPrefix("{"))
        #expect(try folder.names == ["bad.csv", "old.json", "small.csv", "small.xes"])
    }

    @Test func outputThroughALinkReplacesItsTarget() throws {
        let folder = try SmallLog.folder()
        try folder.write("real.json", "old")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.json"), withDestinationPath: "real.json")
        _ = try Command.output(["inspect", "small.csv", "-o", "link.json"], in: folder)
        #expect(try folder.text("real.json").hasPrefix("{"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.json")) == "real.json")
    }

    @Test func aClosedPipeEndsQuietly() throws {
        let folder = try SmallLog.folder()
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.currentDirectoryURL = folder.url
        shell.arguments = [
            "-c",
            "{ \"$0\" generate p2p --cases 20000 --quiet; echo $? > status; } 2> errors | head -n 1 > first",
            Command.program.path,
        ]
        try shell.run()
        shell.waitUntilExit()
        #expect(try folder.text("status") == "0\n")
        #expect(try folder.text("errors").isEmpty)
        #expect(try folder.text("first").hasPrefix("case_id,"))
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
    func interruptedWorkLeavesNothing(signal: Int32) throws {
        let folder = try Folder()
        let process = Process()
        process.executableURL = Command.program
        process.arguments = ["generate", "p2p", "--cases", "2000000", "-o", "big.csv", "--quiet"]
        process.currentDirectoryURL = folder.url
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: 0.7)
        #expect(process.isRunning)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        if signal == SIGKILL {
            #expect(process.terminationReason == .uncaughtSignal)
        } else {
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 130)
        }
        #expect(try folder.names.isEmpty)
    }

    @Test func aFullDeviceIsAnError() throws {
        let folder = try SmallLog.folder()
        let outcome = try Command.run(["inspect", "small.csv", "-o", "/dev/full"], in: folder)
        #expect(outcome.status == 74)
        #expect(outcome.errors.hasPrefix("weir: error: full: "))
    }
}
