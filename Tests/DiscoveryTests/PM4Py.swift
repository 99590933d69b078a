import EventLogs
import Foundation

/// PM4Py as a peer: the Python that `PM4PY_PYTHON` names. It is asked, never read.
enum PM4Py {
    static let python = ProcessInfo.processInfo.environment["PM4PY_PYTHON"]

    /// What a program prints as JSON behind `ANSWER `; it finds the log as `frame`, one row for each event.
    static func ask<Answer: Decodable>(_ program: String, about log: EventLog) throws -> Answer {
        guard let python else { preconditionFailure("the test must be enabled only where PM4Py is") }
        let variants = VariantIndex(of: log)
        let names = log.activities.strings
        let traces = (0..<variants.count).map { rank in
            Trace(activities: variants.activities(ofRank: rank + 1).map { names[Int($0)] }, count: variants.counts[rank])
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "traces-\(UUID().uuidString).json")
        try JSONEncoder().encode(traces).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let preamble = """
            import json, sys, warnings
            warnings.filterwarnings("ignore")
            import pandas, pm4py
            rows, case = [], 0
            for trace in json.load(open(sys.argv[1])):
                for _ in range(trace["count"]):
                    case += 1
                    rows += [(str(case), name) for name in trace["activities"]]
            frame = pandas.DataFrame(rows, columns=["case:concept:name", "concept:name"])
            frame["time:timestamp"] = pandas.Timestamp("2020-01-01", tz="UTC") + pandas.to_timedelta(range(len(frame)), unit="s")
            def answer(value): print("\\nANSWER " + json.dumps(value))

            """
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", preamble + program, path.path]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let line = text.split(separator: "\n").last { $0.hasPrefix("ANSWER ") } ?? "ANSWER null"
        return try JSONDecoder().decode(Answer.self, from: Data(line.dropFirst(7).utf8))
    }

    private struct Trace: Encodable {
        var activities: [String]
        var count: Int
    }
}
