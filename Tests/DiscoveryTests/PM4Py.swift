import EventLogs
import Foundation
import TestSupport

extension PM4Py {
    /// What a program gives to `answer(…)`; it finds the log as `frame`, one row for each event.
    static func ask<Answer: Decodable>(_ program: String, about log: EventLog) throws -> Answer {
        let variants = VariantIndex(of: log)
        let names = log.activities.strings
        let traces = (0..<variants.count).map { rank in
            Trace(activities: variants.activities(ofRank: rank + 1).map { names[Int($0)] }, count: variants.counts[rank])
        }
        let preamble = """
            import json, pandas
            rows, case = [], 0
            for trace in json.load(open(folder + "/traces.json")):
                for _ in range(trace["count"]):
                    case += 1
                    rows += [(str(case), name) for name in trace["activities"]]
            frame = pandas.DataFrame(rows, columns=["case:concept:name", "concept:name"])
            frame["time:timestamp"] = pandas.Timestamp("2020-01-01", tz="UTC") + pandas.to_timedelta(range(len(frame)), unit="s")
            def answer(value): print("\\nJSON " + json.dumps(value))

            """
        let text = try answer(preamble + program, files: ["traces.json": String(decoding: try JSONEncoder().encode(traces), as: UTF8.self)])
        let line = text.split(separator: "\n").last { $0.hasPrefix("JSON ") } ?? "JSON null"
        return try JSONDecoder().decode(Answer.self, from: Data(line.dropFirst(5).utf8))
    }

    private struct Trace: Encodable {
        var activities: [String]
        var count: Int
    }
}
