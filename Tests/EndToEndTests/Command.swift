import Foundation
import Testing

/// The built command, run as a process of its own.
enum Command {
    /// What a run left behind.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The built command beside these tests.
    static let program: URL = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let folders = [tests.deletingLastPathComponent(), URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        let candidates = folders.map { $0.appending(path: "weir") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
    }()

    /// Runs the command with a plain environment.
    ///
    /// - Parameters:
    ///   - input: what stands on standard input.
    ///   - environment: added to `PATH` and an English locale.
    ///   - folder: the current folder.
    static func run(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], in folder: Folder? = nil
    ) throws -> Outcome {
        let scratch = try Folder()
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let base = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.environment = base.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = folder.url }
        // Files, not pipes: nobody has to read while somebody writes.
        try scratch.write("input", input)
        let files = try ["output", "errors"].map { name in
            try scratch.write(name, Data())
            return try FileHandle(forWritingTo: scratch.url.appending(path: name))
        }
        process.standardInput = try FileHandle(forReadingFrom: scratch.url.appending(path: "input"))
        process.standardOutput = files[0]
        process.standardError = files[1]
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try scratch.text("output"), errors: try scratch.text("errors"))
    }

    /// Runs the command, expects success, and gives back what it printed.
    static func output(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], in folder: Folder? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try run(arguments, input: input, environment: environment, in: folder)
        #expect(outcome.status == 0, "weir \(arguments.joined(separator: " ")): \(outcome.errors)", sourceLocation: sourceLocation)
        return outcome.output
    }

    /// Runs the command, expects success, and gives back the JSON object it printed.
    static func json(
        _ arguments: [String], input: Data = Data(), in folder: Folder? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [String: Any] {
        let text = try output(arguments + ["--format", "json"], input: input, in: folder, sourceLocation: sourceLocation)
        return try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], sourceLocation: sourceLocation)
    }
}

/// A folder that is gone when nobody holds it any more.
final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "weir-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func write(_ name: String, _ text: String) throws {
        try write(name, Data(text.utf8))
    }

    func write(_ name: String, _ data: Data) throws {
        try data.write(to: url.appending(path: name))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: url.appending(path: name).path)
    }

    /// The names of everything in it, hidden files too.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }

    func path(_ name: String) -> String { url.appending(path: name).path }
}

/// Small logs that tests write.
enum SmallLog {
    /// Three cases: two that go A → B → C, one A → B → B → C that takes longest. Starts are recorded.
    static let csv = """
        case_id,activity,start_time,end_time,resource,role,amount
        c1,Ask,2026-01-05T08:00:00+08:00,2026-01-05T08:10:00+08:00,ann,Buyer,100
        c1,Check,2026-01-05T09:10:00+08:00,2026-01-05T09:30:00+08:00,bob,Clerk,100
        c1,Pay,2026-01-05T10:30:00+08:00,2026-01-05T10:35:00+08:00,cyd,Clerk,100
        c2,Ask,2026-01-06T08:00:00+08:00,2026-01-06T08:10:00+08:00,ann,Buyer,2500
        c2,Check,2026-01-06T10:10:00+08:00,2026-01-06T10:30:00+08:00,bob,Clerk,2500
        c2,Pay,2026-01-06T11:30:00+08:00,2026-01-06T11:35:00+08:00,cyd,Clerk,2500
        c3,Ask,2026-01-07T08:00:00+08:00,2026-01-07T08:10:00+08:00,ann,Buyer,900
        c3,Check,2026-01-07T11:10:00+08:00,2026-01-07T11:30:00+08:00,bob,Clerk,900
        c3,Check,2026-01-08T09:00:00+08:00,2026-01-08T09:20:00+08:00,bob,Clerk,900
        c3,Pay,2026-01-08T10:20:00+08:00,2026-01-08T10:25:00+08:00,cyd,Clerk,900

        """

    /// The same process as XES, completions only.
    static let xes = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
          <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
          <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
          <classifier name="Name and plant" keys="concept:name plant"/>
          <trace>
            <string key="concept:name" value="c1"/>
            <event><string key="concept:name" value="Ask"/><string key="plant" value="P1"/><date key="time:timestamp" value="2026-01-05T08:10:00+08:00"/></event>
            <event><string key="concept:name" value="Pay"/><string key="plant" value="P2"/><date key="time:timestamp" value="2026-01-05T10:35:00+08:00"/></event>
          </trace>
          <trace>
            <string key="concept:name" value="c2"/>
            <event><string key="concept:name" value="Ask"/><string key="plant" value="P1"/><date key="time:timestamp" value="2026-01-06T08:10:00+08:00"/></event>
            <event><string key="concept:name" value="Pay"/><string key="plant" value="P1"/><date key="time:timestamp" value="2026-01-06T11:35:00+08:00"/></event>
          </trace>
        </log>

        """

    /// A folder with `small.csv` and `small.xes`.
    static func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write("small.csv", csv)
        try folder.write("small.xes", xes)
        return folder
    }
}
