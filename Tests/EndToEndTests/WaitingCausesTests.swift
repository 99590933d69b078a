import Foundation
import Testing

/// Why work waits, as a user and a program see it.
@Suite struct WaitingCausesTests {
    /// Two cases of one clerk: in the second, B waits 20 min until its batch-mate is ready, nothing else is planted.
    private static let log = """
        case,activity,start,end,resource,role
        1,A,2026-01-05T08:00:00Z,2026-01-05T08:10:00Z,ann,Buyer
        1,B,2026-01-05T09:00:00Z,2026-01-05T09:10:00Z,bob,Clerk
        2,A,2026-01-05T08:10:00Z,2026-01-05T08:30:00Z,ann,Buyer
        2,B,2026-01-05T09:10:00Z,2026-01-05T09:20:00Z,bob,Clerk
        """

    @Test func everySecondHasACause() throws {
        let folder = try Folder()
        try folder.write("log.csv", Self.log)
        let json = try Command.json(["performance", "log.csv"], in: folder)
        let handOffs = try #require(json["waiting_causes"] as? [[String: Any]])
        let first = try #require(handOffs.first)
        // Both wait for 8:30 (20 min of batching), then until 9:00, whose cause needs hours; the second 10 min for the first, ready before it.
        #expect(first["source"] as? String == "A" && first["target"] as? String == "B" && first["n"] as? Int == 2)
        #expect(first["batching_s"] as? Double == 1_200 && first["contention_s"] as? Double == 600)
        #expect(first["prioritization_s"] as? Double == 0 && first["unattributed_s"] as? Double == 3_600)
        #expect(first["unavailability_s"] is NSNull && first["extraneous_s"] is NSNull && first["total_s"] as? Double == 5_400)
        #expect(handOffs.count == 2 && handOffs[1]["source"] is NSNull)
        let all = try #require(json["waiting_by_cause"] as? [String: Any])
        #expect(all["hours"] as? String == "unknown" && all["n"] as? Int == 4 && all["resources"] is NSNull)
        #expect((all["roles"] as? [[String: Any]])?.first?["name"] as? String == "Clerk")
        let named = try Command.json(["performance", "log.csv", "--people", "names"], in: folder)["waiting_by_cause"] as? [String: Any]
        #expect((named?["resources"] as? [[String: Any]])?.first?["name"] as? String == "bob")
        let csv = try Command.output(["performance", "log.csv", "--format", "csv", "--table", "waiting-causes"], in: folder)
        #expect(
            csv.split(separator: "\n").prefix(2).map { String($0) } == [
                "source,target,n,total_s,batching_s,contention_s,prioritization_s,unavailability_s,extraneous_s,unattributed_s",
                "A,B,2,5400,1200,600,0,,,3600",
            ])
        for (language, words) in [("en", ["Why work waits", "batching 22 %"]), ("zh", ["为何等待", "批量等待 22%"])] {
            let text = try Command.output(["performance", "log.csv", "--lang", language], in: folder)
            for word in words { #expect(text.contains(word), "\(text)") }
            let markdown = try Command.output(["performance", "log.csv", "--lang", language, "--format", "markdown"], in: folder)
            #expect(markdown.contains(language == "en" ? "contention" : "资源争用"))
        }
    }

    @Test func aPlannedRunIsNamed() throws {
        let folder = try Folder()
        _ = try Command.output(["generate", "p2p", "--cases", "400", "--seed", "2", "-o", "p2p.csv"], in: folder)
        let text = try Command.output(["performance", "p2p.csv"], in: folder)
        #expect(text.contains("Batches: Pay Invoice (every week, Fri 16:00"), "\(text)")
        let chinese = try Command.output(["performance", "p2p.csv", "--lang", "zh"], in: folder)
        #expect(chinese.contains("Pay Invoice（每周五 16:00"), "\(chinese)")
        for language in ["en", "zh"] {
            _ = try Command.output(["report", "p2p.csv", "--lang", language, "-o", "r.html"], in: folder)
            let report = try folder.text("r.html")
            #expect(report.contains("id=\"waiting-causes\"") && report.contains(language == "en" ? "every week, Fri 16:00" : "每周五 16:00"))
            #expect(report.contains(language == "en" ? "Hours were learnt from the log" : "工作时段由日志得出"))
        }
    }

    @Test func startsAreEstimatedOnlyWhenAskedFor() throws {
        let folder = try Folder()
        let completions = Self.log.split(separator: "\n").map { line -> String in
            var cells = line.split(separator: ",").map { String($0) }
            cells.remove(at: 2)
            return cells.joined(separator: ",")
        }
        try folder.write("log.csv", completions.joined(separator: "\n"))
        let plain = try Command.json(["performance", "log.csv"], in: folder)
        #expect(plain["service_time"] is NSNull && plain["start_times"] is NSNull && plain["waiting_causes"] is NSNull)
        let json = try Command.json(["performance", "log.csv", "--estimate-starts", "--joins"], in: folder)
        let starts = try #require(json["start_times"] as? [String: Any])
        // All but the very first instance have something before them.
        #expect(starts["recorded"] as? Int == 0 && starts["estimated"] as? Int == 3 && starts["unknown"] as? Int == 1)
        #expect(starts["method"] as? String == "enablement_and_resource" && starts["concurrency"] as? String == "heuristics")
        #expect(json["waiting_causes"] is [[String: Any]] && json["joins"] is [String: Any])
        let text = try Command.output(["performance", "log.csv", "--estimate-starts"], in: folder)
        #expect(text.contains("Starts estimated: 3 of all instances (75 %)"), "\(text)")
        let declared = try Command.json(["performance", "log.csv", "--concurrent", "A,B"], in: folder)["joins"] as? [String: Any]
        #expect(declared?["concurrent"] as? [[String]] == [["A", "B"]] && declared?["concurrency"] as? String == "declared")
    }
}
