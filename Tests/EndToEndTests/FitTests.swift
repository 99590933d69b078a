import Foundation
import TestSupport
import Testing

/// `weir fit`, and `weir simulate` of logs.
@Suite struct FitTests {
    private static let before = SharedData.checkout.appending(path: "datasets/p2p-before.csv").path

    @Test func theModelIsWrittenAndRuns() throws {
        let folder = try Folder()
        let json = try Command.json(["fit", Self.before, "-o", "new/model", "--format", "json"], in: folder)
        #expect(json["schema"] as? String == "weir/fit/1")
        #expect(json["cases"] as? Int == 1_200 && json["complete_cases"] as? Int == 1_200)
        #expect((json["backtest"] as? [String: Any])?["trusted"] as? Bool == true)
        let parts = try #require(json["parts"] as? [[String: Any]])
        #expect(parts.contains { $0["hours"] as? String == "Mon-Fri 10:00-12:00" && $0["name"] as? String == "Manager" })
        #expect(parts.allSatisfy { ($0["observations"] as? Int ?? -1) >= 0 && $0["method"] is String && $0["basis"] is String })
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("new/model")).sorted() == ["model.bpmn", "scenario.json"])
        // The whole model is in the file: it does what the log does.
        let files = ["new/model/model.bpmn", "--scenario", "new/model/scenario.json"]
        let again = try Command.json(["simulate"] + files + ["--cases", "1200", "--replications", "20"], in: folder)
        let own = try Command.json(["simulate", Self.before])
        #expect(again["backtest"] is NSNull && again["case_start"] as? String == "arrival")
        let rework: ([String: Any]) -> Int = { result in
            let activities = result["activities"] as? [[String: Any]] ?? []
            return activities.first { $0["name"] as? String == "Change Requisition" }?["instances"] as? Int ?? 0
        }
        #expect(abs(Double(rework(again)) / Double(rework(own)) - 1) < 0.1)
    }

    @Test func theLogIsSimulatedAsItIs() throws {
        let json = try Command.json(["simulate", Self.before])
        #expect(json["case_start"] as? String == "first_start" && json["cases"] as? Int == 1_200)
        #expect((json["backtest"] as? [String: Any])?["trusted"] as? Bool == true)
        let kpis = try #require(json["kpis"] as? [String: [String: Any]])
        let real = try #require(try Command.json(["performance", Self.before])["cycle_time"] as? [String: Any])
        for key in ["mean_s", "median_s"] {
            let value = try #require(kpis["cycle_time"]?[key] as? Double)
            #expect(abs(value / (try #require(real[key] as? Double)) - 1) < 0.05, "\(key)")
        }
        #expect(kpis["cost"]?["mean"] is NSNull)
        let folder = try Folder()
        try folder.write("rates.yaml", "currency: EUR\nroles: {Buyer: 45/h}\n")
        _ = try Command.output(
            [
                "simulate", Self.before, "--rates", "rates.yaml", "--replications", "2", "--export-log", "log.csv", "--format", "json",
                "-o", "r.json",
            ],
            in: folder)
        let result = try #require(
            try JSONSerialization.jsonObject(with: Data(try folder.text("r.json").utf8)) as? [String: Any])
        #expect((((result["kpis"] as? [String: Any])?["cost"] as? [String: Any])?["mean"] as? Double ?? 0) > 10)
        let seen = try Command.json(["inspect", "log.csv"], in: folder)
        #expect(seen["cases"] as? Int == 1_200 && seen["activities"] as? Int == 15)
    }

    @Test(arguments: ["text", "json", "csv", "markdown"])
    func threadsChangeNoByte(format: String) throws {
        let folder = try Folder()
        let runs = try ["1", "2"].map { threads in
            let text = try Command.output(["fit", Self.before, "-o", threads, "--format", format, "--threads", threads], in: folder)
            return text.replacing("-o 2", with: "-o 1").replacing("--threads 2", with: "--threads 1").replacing(
                "2/model.bpmn", with: "1/model.bpmn"
            )
            .replacing("2/scenario", with: "1/scenario")
        }
        #expect(!runs[0].isEmpty && runs[0] == runs[1])
        for name in ["model.bpmn", "scenario.json"] { #expect(try folder.text("1/\(name)") == folder.text("2/\(name)")) }
    }

    @Test func mistakesAreNamed() throws {
        let folder = try Folder()
        try folder.write("small.csv", "case,activity,start,end\n1,A,2026-01-01T09:00:00Z,2026-01-01T10:00:00Z\n")
        try folder.write("file", "x")
        let blocked = try Command.run(["fit", "small.csv", "-o", "file"], in: folder)
        #expect(blocked.status == 73 && blocked.errors.hasPrefix("weir: error: file: the folder cannot be made"), "\(blocked.errors)")
        let small = try Command.run(["fit", "small.csv", "-o", "model"], in: folder)
        #expect(small.status == 0 && small.output.contains("Not trusted"), "\(small.errors)")
        let open = try Command.run(["fit", "small.csv", "-o", "other", "--end", "Z"], in: folder)
        #expect(open.status == 65 && open.errors.contains("none ends with “Z”"), "\(open.errors)")
        #expect(!folder.exists("other"))
        let chinese = try Command.run(["fit", "small.csv", "-o", "other", "--end", "Z", "--lang", "zh"], in: folder)
        #expect(chinese.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }
}
