import Foundation
import TestSupport
import Testing

/// `weir lint`, and the vetoes that bad data bring to every verb.
@Suite struct LintTests {
    /// Nine cases in which faults were planted by hand; line 1 is the header.
    private static let damaged: String = {
        var rows: [String] = []
        for index in 1...9 {
            rows.append("c\(index),Ask,2026-01-0\(index)T08:10:00+08:00,ann,Buyer")
            rows.append("c\(index),Check Invoice,2026-01-0\(index)T09:30:00+08:00,bob,Clerk")
            rows.append("c\(index),Pay,2026-01-0\(index)T10:35:00+08:00,cyd,Clerk")
        }
        rows[4] = "c2,check  invoice,2026-01-02T09:30:00+08:00,bob,Clerk"
        rows[7] = "c3,Check Invoice,2026-01-03T09:30:00+08:00,JosÃ©,Clerk"
        rows.insert(rows[9], at: 10)
        return "case,activity,timestamp,resource,role\n" + rows.joined(separator: "\n") + "\n"
    }()

    private static func folder() throws -> Folder {
        let folder = try SmallLog.folder()
        try folder.write("bad log.csv", damaged)
        try folder.write(
            "days.csv",
            "case,activity,timestamp\n" + (1...9).map { "c\($0),A,2026-01-0\($0)\nc\($0),B,2026-01-0\($0)\n" }.joined())
        try folder.write("nameless.csv", SmallLog.csv.replacing("c2,Check,", with: "c2,,"))
        try folder.write("timeless.xes", SmallLog.xes.replacing(/<date[^>]*>/, with: ""))
        return folder
    }

    private func lint(_ json: [String: Any]) throws -> [[String: Any]] { try #require(json["lint"] as? [[String: Any]]) }

    @Test func findingsHavePlacesWordsAndWhatTheyTouch() throws {
        let folder = try Self.folder()
        let json = try Command.json(["lint", "bad log.csv"], in: folder)
        #expect(json["schema"] as? String == "weir/lint/1")
        #expect(json["cases"] as? Int == 9 && json["events"] as? Int == 28)
        #expect(json["errors"] as? Int == 0 && json["warnings"] as? Int == 3 && json["notes"] as? Int == 1)
        let findings = try lint(json)
        #expect(findings.map { $0["rule"] as? String } == ["duplicate-event", "damaged-text", "activity-spelling", "same-time"])
        #expect(findings.map { $0["severity"] as? String } == ["warning", "warning", "warning", "info"])
        #expect(findings.map { $0["count"] as? Int } == [1, 1, 1, 1])
        #expect(
            findings.map { ($0["examples"] as? [String])?.first } == [
                "bad log.csv:12: Ask", "bad log.csv:9: JosÃ©", "bad log.csv:6: check  invoice → Check Invoice", "bad log.csv:12",
            ])
        let place = try #require((findings[1]["places"] as? [[String: Any]])?.first)
        #expect(place["file"] as? String == "bad log.csv" && place["line"] as? Int == 9 && place["text"] as? String == "JosÃ©")
        #expect(place["event"] is NSNull)
        #expect(findings[0]["affects"] as? [String] == ["counts", "order", "workload", "conformance", "simulation"])
        for finding in findings {
            for key in ["message", "title", "why", "advice"] { #expect((finding[key] as? String)?.isEmpty == false) }
        }
        // The same findings in inspect.
        let inspected = try lint(try Command.json(["inspect", "bad log.csv"], in: folder))
        #expect(NSArray(array: inspected) == NSArray(array: findings))
        let text = try Command.output(["lint", "bad log.csv"], in: folder)
        #expect(text.hasPrefix("0 errors, 3 warnings, 1 note in 9 cases · 28 events\n"))
        #expect(text.contains("[duplicate-event]\n    bad log.csv:12: Ask\n    touches counts, "))
        for line in text.split(separator: "\n") { #expect(line.count <= 100) }
        let chinese = try Command.output(["lint", "bad log.csv", "--lang", "zh"], in: folder)
        #expect(chinese.hasPrefix("0 项错误、3 项警告、1 条提示（9 个案例 · 28 个事件）\n") && !chinese.contains("touches"))
        let csv = try Command.output(["lint", "bad log.csv", "--format", "csv"], in: folder)
        #expect(csv.hasPrefix("severity,rule,count,message,affects,examples,advice\n"))
        #expect(csv.split(separator: "\n").count == 5)
        #expect(try Command.output(["lint", "bad log.csv", "--format", "markdown"], in: folder).contains("| duplicate-event |"))
        #expect(try Command.output(["lint", "small.csv"], in: folder).hasPrefix("Nothing found in 3 cases · 10 events\n"))
    }

    @Test func eventsOfXESAreNamedByTheirLine() throws {
        let folder = try Self.folder()
        try folder.write("twice.xes", SmallLog.xes.replacing("11:35:00", with: "08:10:00"))
        let findings = try lint(try Command.json(["lint", "twice.xes"], in: folder))
        let tie = try #require(findings.first { $0["rule"] as? String == "same-time" })
        #expect(tie["examples"] as? [String] == ["twice.xes:14"])
        #expect((tie["places"] as? [[String: Any]])?.first?["event"] as? Int == 4)
        // A pipe cannot be looked through again: the event is named by its number.
        let piped = try lint(try Command.json(["lint", "-"], input: Data(contentsOf: folder.url.appending(path: "twice.xes"))))
        #expect(piped.first { $0["rule"] as? String == "same-time" }?["examples"] as? [String] == ["-: event 4"])
    }

    @Test func lintEndsWith3WhereAnErrorIsNotAccepted() throws {
        let folder = try Self.folder()
        for (log, rule) in [("timeless.xes", "missing-time"), ("nameless.csv", "missing-activity"), ("days.csv", "day-resolution")] {
            let outcome = try Command.run(["lint", log, "--format", "json"], in: folder)
            #expect(outcome.status == 3, "\(log): \(outcome.errors)")
            let json = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
            #expect(json["errors"] as? Int == 1)
            #expect(try lint(json)[0]["rule"] as? String == rule)
            let accepted = try Command.json(["lint", log, "--accept", rule], in: folder)
            #expect(accepted["accepted"] as? [String] == [rule])
            #expect((accepted["provenance"] as? [String: Any])?["accepted"] as? [String] == [rule])
        }
        #expect(try Command.run(["lint", "bad log.csv"], in: folder).status == 0)
    }

    /// What an answer is made of must be there; everything else is answered all the same.
    @Test func dataThatDoNotBearAnAnswerAreRefused() throws {
        let folder = try Self.folder()
        let rows: [(log: String, rule: String, refused: [String], answered: [String])] = [
            ("timeless.xes", "missing-time", ["performance"], ["inspect", "cases", "discover", "variants"]),
            ("days.csv", "day-resolution", ["performance"], ["inspect", "cases", "variants", "discover"]),
            ("nameless.csv", "missing-activity", ["variants", "discover"], ["inspect", "cases", "performance"]),
        ]
        for row in rows {
            for verb in row.refused {
                let outcome = try Command.run([verb, row.log, "--format", "json"], in: folder)
                #expect(outcome.status == 3, "\(verb) \(row.log): \(outcome)")
                #expect(outcome.output.isEmpty)
                #expect(outcome.errors.hasPrefix("weir: error: \(row.log):"), "\(outcome.errors)")
                #expect(outcome.errors.contains(" — ") && outcome.errors.hasSuffix("--accept \(row.rule)\n"), "\(outcome.errors)")
                let chinese = try Command.run([verb, row.log, "--lang", "zh"], in: folder)
                #expect(chinese.status == 3 && chinese.errors.hasSuffix("如仍要继续，请加 --accept \(row.rule)\n"))
                let accepted = try Command.json([verb, row.log, "--accept", row.rule], in: folder)
                #expect((accepted["provenance"] as? [String: Any])?["accepted"] as? [String] == [row.rule])
            }
            for verb in row.answered { #expect(try Command.run([verb, row.log], in: folder).status == 0, "\(verb) \(row.log)") }
        }
        for verb in [["compare", "days.csv", "days.csv"], ["fit", "days.csv", "-o", "model"], ["simulate", "days.csv"]] {
            let outcome = try Command.run(verb, in: folder)
            #expect(outcome.status == 3, "\(verb): \(outcome.errors)")
        }
        #expect(!folder.exists("model"))
    }

    @Test func anAcceptedRuleVetoesNoGate() throws {
        let folder = try Self.folder()
        try folder.write("k.yaml", "kpis: [{id: rework_rate, target: \"<= 100%\"}]")
        #expect(try Command.run(["gate", "k.yaml", "nameless.csv"], in: folder).status == 3)
        #expect(try Command.run(["gate", "k.yaml", "nameless.csv", "--accept", "missing-activity"], in: folder).status == 0)
    }

    @Test func mistakesOfRuleNamesAreNamed() throws {
        let folder = try Self.folder()
        let near = try Command.run(["lint", "small.csv", "--accept", "missing-tme"], in: folder)
        #expect(near.errors == "weir: error: there is no rule “missing-tme” — did you mean “missing-time”?\n")
        let time = try Command.run(["inspect", "small.csv", "--as-of", "soon"], in: folder)
        #expect(time.status == 64 && time.errors.hasPrefix("weir: error: “soon” is no instant — "))
        let late = try Command.json(["lint", "small.csv", "--as-of", "2026-01-07T12:00+08:00"], in: folder)
        #expect(try lint(late).map { $0["rule"] as? String } == ["future-time"])
        #expect(try lint(late)[0]["count"] as? Int == 2)
    }

    /// The page of the manual lists every rule with what it touches, and nothing else.
    @Test func theManualListsEveryRule() throws {
        let page = SharedData.checkout.appending(path: "Sources/weir/Weir.docc/DataQuality.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let listed = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { $0.split(separator: "`").dropFirst().first }
        let folder = try Self.folder()
        let sarif = try sarif(try Command.output(["lint", "bad log.csv", "--format", "sarif"], in: folder))
        #expect(Set(listed.map(String.init)) == Set(sarif.rules.compactMap { $0["id"] as? String }))
        #expect(Set(listed).count == listed.count)
    }

    // MARK: - SARIF

    private func sarif(_ text: String) throws -> (root: [String: Any], run: [String: Any], rules: [[String: Any]], results: [[String: Any]])
    {
        let root = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let run = try #require((root["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        return (
            root, run, try #require(driver["rules"] as? [[String: Any]]), try #require(run["results"] as? [[String: Any]])
        )
    }

    /// What SARIF 2.1.0 (sections 3.13 to 3.49) demands of the objects that we write.
    @Test(arguments: ["bad log.csv", "days.csv", "small.xes", "small.csv", "timeless.xes"])
    func theSARIFKeepsTheStandard(_ log: String) throws {
        let folder = try Self.folder()
        let outcome = try Command.run(["lint", log, "-o", "out.sarif"], in: folder)
        #expect(outcome.output.isEmpty)
        let text = try folder.text("out.sarif")
        let (root, run, rules, results) = try sarif(text)
        #expect(root["version"] as? String == "2.1.0")
        #expect((root["$schema"] as? String).flatMap(URL.init(string:)) != nil)
        #expect(Set(root.keys) == ["$schema", "version", "runs"])
        #expect(Set(run.keys) == ["tool", "language", "columnKind", "artifacts", "results"])
        #expect(run["language"] as? String == "en-US" && run["columnKind"] as? String == "unicodeCodePoints")
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(Set(driver.keys) == ["name", "version", "semanticVersion", "rules"] && driver["name"] as? String == "weir")
        let ids = try rules.map { try #require($0["id"] as? String) }
        #expect(Set(ids).count == ids.count)
        for rule in rules {
            #expect(Set(rule.keys) == ["id", "name", "shortDescription", "fullDescription", "help"])
            for key in ["shortDescription", "fullDescription", "help"] {
                #expect(((rule[key] as? [String: Any])?["text"] as? String)?.isEmpty == false)
            }
        }
        let artifacts = try #require(run["artifacts"] as? [[String: Any]])
        let hash = try #require((artifacts[0]["hashes"] as? [String: Any])?["sha-256"] as? String)
        #expect(artifacts.count == 1 && hash.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        let json = try Command.run(["lint", log, "--format", "json"], in: folder)
        let findings = try lint(try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]))
        #expect(results.count == findings.count)
        for (result, finding) in zip(results, findings) {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(ids[index] == result["ruleId"] as? String && ids[index] == finding["rule"] as? String)
            let level = try #require(finding["severity"] as? String)
            #expect(result["level"] as? String == (level == "info" ? "note" : level))
            #expect((result["message"] as? [String: Any])?["text"] as? String == finding["message"] as? String)
            #expect(result["occurrenceCount"] as? Int == finding["count"] as? Int)
            #expect((result["partialFingerprints"] as? [String: Any])?.count == 1)
            let places = try #require(result["locations"] as? [[String: Any]])
            let related = result["relatedLocations"] as? [[String: Any]] ?? []
            #expect(places.count == 1)
            var lines: [Int] = []
            for place in places + related {
                let physical = try #require(place["physicalLocation"] as? [String: Any])
                let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
                #expect(uri.removingPercentEncoding == log && URL(string: uri) != nil && !uri.contains(" "))
                if let line = (physical["region"] as? [String: Any])?["startLine"] as? Int {
                    #expect(line >= 1)
                    lines.append(line)
                }
            }
            #expect(lines == (finding["places"] as? [[String: Any]])?.compactMap { $0["line"] as? Int })
        }
        // Same input, same bytes; a Chinese report differs in words alone.
        #expect(try Command.run(["lint", log, "--format", "sarif"], in: folder).output == text)
        let chinese = try sarif(try Command.run(["lint", log, "--format", "sarif", "--lang", "zh"], in: folder).output)
        #expect(chinese.run["language"] as? String == "zh-CN")
        #expect(chinese.results.map { $0["ruleId"] as? String } == results.map { $0["ruleId"] as? String })
    }

    @Test func acceptedErrorsAreSuppressedInSARIF() throws {
        let folder = try Self.folder()
        let text = try Command.output(["lint", "days.csv", "--accept", "day-resolution", "--format", "sarif"], in: folder)
        let results = try sarif(text).results
        let suppressed = results.filter { $0["suppressions"] != nil }
        #expect(suppressed.map { $0["ruleId"] as? String } == ["day-resolution"])
        #expect((suppressed[0]["suppressions"] as? [[String: Any]])?.first?["kind"] as? String == "external")
    }
}
