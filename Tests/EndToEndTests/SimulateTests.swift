import Foundation
import Testing

/// `weir simulate` on small queues whose answers are known.
@Suite struct SimulateTests {
    /// One activity by one person around the clock, cases at random (M/M/1): arrivals every 100 s, work of 50 s in the mean.
    private static let bpmn = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
          <process id="p">
            <startEvent id="s"/><task id="A" name="Check"/><endEvent id="e"/>
            <sequenceFlow id="f1" sourceRef="s" targetRef="A"/><sequenceFlow id="f2" sourceRef="A" targetRef="e"/>
          </process>
        </definitions>

        """
    private static let json = """
        {
          "resource_profiles": [{"id": "P", "name": "Clerk", "resource_list": [
            {"id": "r", "name": "ann", "cost_per_hour": 36, "amount": 1, "calendar": "c", "assignedTasks": ["A"]}]}],
          "resource_calendars": [{"id": "c", "name": "always", "time_periods": [
            {"from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:59.999999"}]}],
          "arrival_time_calendar": [{"from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:59.999999"}],
          "arrival_time_distribution": {"distribution_name": "expon", "distribution_params": [{"value": 100}, {"value": 0}, {"value": 1e9}]},
          "gateway_branching_probabilities": [],
          "task_resource_distribution": [{"task_id": "A", "resources": [
            {"resource_id": "r", "distribution_name": "expon", "distribution_params": [{"value": 50}, {"value": 0}, {"value": 1e9}]}]}],
          "event_distribution": [],
          "case_attributes": [{"name": "vendor", "type": "discrete",
            "values": [{"key": "=cmd()", "value": 0.5}, {"key": "V, \\"1\\"", "value": 0.5}]}]
        }

        """

    private static func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write("queue.bpmn", bpmn)
        try folder.write("queue.json", json)
        return folder
    }

    private static let base = ["simulate", "queue.bpmn", "--scenario", "queue.json"]

    @Test func aQueueWaitsAsTheorySays() throws {
        let folder = try Self.folder()
        let json = try Command.json(
            Self.base + ["--cases", "4000", "--warm-up", "500", "--replications", "40", "--seed", "5"], in: folder)
        let counts = ["cases", "replications", "warm_up_cases", "instances", "unsound_cases"].map { json[$0] as? Int }
        #expect(counts == [4_000, 40, 500, 160_000, 0])
        #expect(json["case_start"] as? String == "arrival")
        #expect(json["backtest"] is NSNull)
        #expect(json["start"] as? String == "2024-01-01T00:00:00Z")
        let kpis = try #require(json["kpis"] as? [String: [String: Any]])
        // M/M/1 with ρ = 0.5: wait ρ/(μ − λ) = 50 s, service 50 s, median sojourn ln 2 · 100 s.
        for (kpi, key, theory) in [
            ("waiting_time", "mean", 50.0), ("service_time", "mean", 50), ("cycle_time", "mean", 100), ("cycle_time", "median", 69.31),
        ] {
            let value = try #require(kpis[kpi]?["\(key)_s"] as? Double)
            let interval = try #require(kpis[kpi]?["\(key)_ci95"] as? [Double])
            #expect(interval.count == 2 && interval[0] < value && value < interval[1])
            #expect(abs(value - theory) <= 1.7 * (interval[1] - interval[0]) / 2, "\(kpi).\(key): \(value) \(interval)")
            #expect(interval[1] - interval[0] < 0.1 * theory)
        }
        // 36 an hour for 50 s.
        let cost = try #require(kpis["cost"]?["mean"] as? Double)
        #expect(abs(cost - 0.5) < 0.01)
        let roles = try #require(json["roles"] as? [[String: Any]])
        let use = try #require(roles.first?["utilization"] as? Double)
        #expect(roles.count == 1 && roles[0]["name"] as? String == "Clerk" && abs(use - 0.5) < 0.01)
        let activities = try #require(json["activities"] as? [[String: Any]])
        #expect(activities.map { $0["name"] as? String } == ["Check"])
        let provenance = try #require(json["provenance"] as? [String: Any])
        let inputs = try #require(provenance["inputs"] as? [[String: String]])
        #expect(inputs.map { $0["name"] } == ["queue.bpmn", "queue.json"])
        #expect(inputs.allSatisfy { $0["sha256"]?.count == 64 })
    }

    @Test(arguments: ["text", "json", "csv", "markdown"])
    func threadsChangeNoByte(format: String) throws {
        let folder = try Self.folder()
        let runs = try ["1", "2"].map { threads in
            let text = try Command.output(
                Self.base + ["--cases", "200", "--format", format, "--threads", threads, "--export-log", "\(threads).csv"], in: folder)
            return text.replacing("2.csv", with: "1.csv")
        }
        #expect(!runs[0].isEmpty && runs[0] == runs[1])
        #expect(try folder.text("1.csv") == folder.text("2.csv"))
        let other = try Command.output(
            Self.base + ["--cases", "200", "--format", format, "--seed", "2", "--export-log", "1.csv"], in: folder)
        #expect(other != runs[0])
    }

    @Test func theLogOfASimulationIsALog() throws {
        let folder = try Self.folder()
        let json = try Command.json(
            Self.base + ["--cases", "300", "--replications", "1", "--start", "2026-01-05T08:00+08:00", "--export-log", "log.csv"],
            in: folder)
        #expect(json["start"] as? String == "2026-01-05T08:00:00+08:00")
        let lines = try folder.text("log.csv").split(separator: "\n")
        #expect(lines[0] == "case,activity,enabled,start,completion,resource,role,vendor")
        #expect(lines.count == 301)
        #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",ann,Clerk,'=cmd()") || $0.hasSuffix(",ann,Clerk,\"V, \"\"1\"\"\"") })
        #expect(lines[1].contains(",Check,2026-01-05T08:") && lines[1].contains("+08:00,"))
        let seen = try Command.json(["inspect", "log.csv"], in: folder)
        #expect(["cases", "events", "activities", "resources"].map { seen[$0] as? Int } == [300, 300, 1, 1])
        // The figures of the one replication are those of its log, where they mean the same: one activity, nothing before it.
        let kpis = try #require(json["kpis"] as? [String: [String: Any]])
        let measured = try Command.json(["performance", "log.csv"], in: folder)
        let service = try #require((measured["service_time"] as? [String: Any])?["mean_s"] as? Double)
        #expect(abs(service - (try #require(kpis["service_time"]?["mean_s"] as? Double))) < 1e-6)
        #expect(try folder.names == ["log.csv", "queue.bpmn", "queue.json"])
    }

    @Test func aClockTimeWithoutOffsetIsTheModels() throws {
        let folder = try Self.folder()
        let json = try Command.json(Self.base + ["--cases", "5", "--start", "2026-01-05"], in: folder)
        #expect(json["start"] as? String == "2026-01-05T00:00:00Z")
    }

    @Test func whatHasNoEffectIsSaid() throws {
        let folder = try Self.folder()
        try folder.write("queue.json", Self.json.replacing("\"event_distribution\": []", with: "\"branch_rules\": [{\"id\": \"z\"}]"))
        let outcome = try Command.run(Self.base + ["--cases", "5", "--format", "json"], in: folder)
        #expect(outcome.status == 0 && outcome.errors == "weir: the section “branch_rules” is not simulated\n")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(json["warnings"] as? [[String: String]] == [["kind": "section-ignored", "subject": "branch_rules"]])
        let quiet = try Command.run(Self.base + ["--cases", "5", "--quiet"], in: folder)
        #expect(quiet.status == 0 && quiet.errors.isEmpty)
        let chinese = try Command.run(Self.base + ["--cases", "5", "--lang", "zh"], in: folder)
        #expect(chinese.errors == "weir: “branch_rules”部分不参与仿真\n")
        #expect(try Command.output(Self.base + ["--cases", "5", "--format", "markdown"], in: folder).contains("- the section “branch"))
    }

    @Test(arguments: [
        (["simulate", "queue.bpmn"], 64, "weir: error: --scenario is missing: a model alone has no times — add --scenario FILE.json"),
        (["simulate", "queue.json"], 65, "weir: error: queue.json:1:2: "),
        (["simulate", "small.csv", "--from", "open-cases"], 64, "weir: error: “open-cases” is not supported yet"),
        (base + ["--rates", "rates.yaml"], 64, "weir: error: --rates is for logs"),
        (["simulate", "none.bpmn"], 66, "weir: error: none.bpmn: "),
        (["simulate", "queue.bpmn", "--scenario", "none.json"], 66, "weir: error: none.json: "),
        (
            ["simulate", "small.xes", "--scenario", "queue.json"], 65,
            "weir: error: small.xes:2:1: this is no BPMN: the root element is <log>"
        ),
        (["simulate", "bad.bpmn", "--scenario", "queue.json"], 65, "weir: error: bad.bpmn:6:5: the sequence flow “f2” refers to “x”"),
        (["simulate", "queue.bpmn", "--scenario", "bad.json"], 65, "weir: error: bad.json:2:3: this is no JSON"),
        (
            ["simulate", "queue.bpmn", "--scenario", "who.json"], 65,
            "weir: error: who.json: task_resource_distribution[0].resources[0].resource_id: there is no “z”"
        ),
        (
            ["simulate", "queue.bpmn", "--scenario", "many.json"], 65,
            "weir: error: many.json: resource_profiles[0].resource_list[0].amount: expected here: a number"
        ),
        (base + ["--cases", "0"], 64, "weir: error: “0” cannot be the value of “--cases”"),
        (base + ["--replications", "-1"], 64, "weir: error: "),
        (base + ["--warm-up", "mser5"], 64, "weir: error: “mser5” is not supported yet"),
        (base + ["--warm-up", "some"], 64, "weir: error: “some” cannot be the value of “--warm-up”"),
        (base + ["--start", "soon"], 64, "weir: error: “soon” is no instant"),
        (base + ["--export-log", "-"], 64, "weir: error: --export-log needs a file"),
        (base + ["--export-log", "log.pdf"], 64, "weir: error: logs cannot be written as .pdf"),
        (base + ["--export-log", "a.csv", "-o", "a.csv"], 64, "weir: error: -o and --export-log name the same file"),
        (base + ["--export-log", "queue.csv"], 73, "weir: error: queue.csv: the output is the input itself"),
        (base + ["--export-log", "no/log.csv"], 73, "weir: error: log.csv: cannot be written"),
    ])
    func mistakesAreNamed(arguments: [String], status: Int32, message: String) throws {
        let folder = try Self.folder()
        try folder.write("small.csv", SmallLog.csv)
        try folder.write("small.xes", SmallLog.xes)
        try folder.write(
            "bad.bpmn",
            Self.bpmn.replacing("targetRef=\"e\"", with: "targetRef=\"x\"").replacing(
                "<sequenceFlow id=\"f2\"", with: "\n    <sequenceFlow id=\"f2\""))
        try folder.write("bad.json", "{\n  oops}")
        try folder.write("who.json", Self.json.replacing("\"resource_id\": \"r\"", with: "\"resource_id\": \"z\""))
        try folder.write("many.json", Self.json.replacing("\"amount\": 1", with: "\"amount\": \"many\""))
        try FileManager.default.createSymbolicLink(atPath: folder.path("queue.csv"), withDestinationPath: folder.path("queue.json"))
        let before = try folder.names
        let outcome = try Command.run(arguments, in: folder)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix(message), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.output.isEmpty)
        #expect(try folder.names == before)
        let chinese = try Command.run(arguments + ["--lang", "zh"], in: folder)
        #expect(chinese.status == status)
        #expect(chinese.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(chinese.errors)")
    }

    @Test func chineseHoldsNoEnglishWords() throws {
        let folder = try Self.folder()
        let known: Set<String> = ["Check", "Clerk", "queue", "bpmn", "json", "T", "Z", "weir", "simulate"]
        for format in ["text", "markdown"] {
            let text = try Command.output(
                Self.base + ["--cases", "50", "--warm-up", "5", "--lang", "zh", "--format", format], in: folder)
            #expect(text.contains("周期时间平均值") && text.contains("利用率"))
            for line in text.split(separator: "\n") where !line.hasPrefix("下一步") {
                for word in line.matches(of: /[A-Za-z]+/).map({ String($0.0) }) { #expect(known.contains(word), "“\(word)” in: \(line)") }
            }
        }
    }
}
