import Foundation
import Testing

/// Working time from a calendar to what is printed, on a log whose hours are known by hand.
@Suite struct CalendarTests {
    /// Two cases: Friday 16:00 to Monday 10:00, and Monday 09:00 to Tuesday 17:00, in Shanghai.
    private static let log = """
        case,activity,start,end
        a,Ask,2026-03-06T16:00:00+08:00,2026-03-06T17:00:00+08:00
        a,Pay,2026-03-09T09:30:00+08:00,2026-03-09T10:00:00+08:00
        b,Ask,2026-03-09T09:00:00+08:00,2026-03-09T12:30:00+08:00
        b,Pay,2026-03-10T16:00:00+08:00,2026-03-10T17:00:00+08:00

        """
    private static let calendar = "name: plant\ntimezone: Asia/Shanghai\nweek: {Mon-Fri: \"09:00-12:00,13:00-18:00\"}\n"

    private static func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write("log.csv", log)
        try folder.write("plant.yaml", calendar)
        return folder
    }

    private static func longest(_ json: [String: Any]) -> Double? { (json["cycle_time"] as? [String: Any])?["max_s"] as? Double }

    @Test func performanceCountsTheHoursOfTheCalendar() throws {
        let folder = try Self.folder()
        let json = try Command.json(["performance", "log.csv", "--calendar", "plant.yaml"], in: folder)
        let provenance = try #require(json["provenance"] as? [String: Any])
        #expect(provenance["clock"] as? String == "working" && provenance["calendar"] as? String == "plant")
        // Case a: Friday 16–18 and Monday 9–10. Case b: all of Monday and Tuesday to 17.
        let cycle = try #require(json["cycle_time"] as? [String: Any])
        #expect(cycle["min_s"] as? Double == 3 * 3_600 && cycle["max_s"] as? Double == 15 * 3_600)
        // a: 1 h + 30 min; b: 3 h before noon + 1 h. Waiting a: 1 h + 30 min; b: 5 h + 6 h.
        let service = try #require(json["service_time"] as? [String: Any])
        #expect(service["min_s"] as? Double == 1.5 * 3_600 && service["max_s"] as? Double == 4 * 3_600)
        let waiting = try #require(json["waiting_time"] as? [String: Any])
        #expect(waiting["min_s"] as? Double == 1.5 * 3_600 && waiting["max_s"] as? Double == 11 * 3_600)
        let elapsed = try #require(try Command.json(["performance", "log.csv"], in: folder)["provenance"] as? [String: Any])
        #expect(elapsed["clock"] as? String == "elapsed" && elapsed["calendar"] is NSNull)
        // The same piece by piece, but for what needs the whole log.
        var pieces = try Command.json(["performance", "log.csv", "--calendar", "plant.yaml", "--stream", "always"], in: folder)
        var whole = json
        for key in ["waiting_causes", "waiting_by_cause", "batches"] {
            #expect(pieces[key] is NSNull && !(whole[key] is NSNull), "\(key)")
            pieces[key] = nil
            whole[key] = nil
        }
        #expect(pieces as NSDictionary == whole as NSDictionary)
        // The calendar's hours are everybody's.
        let hours = try #require(json["waiting_by_cause"] as? [String: Any])
        #expect(hours["hours"] as? String == "calendar")
    }

    @Test func textsSayWorkingDays() throws {
        let folder = try Self.folder()
        // The mean of 3 h and 15 h is a day and an hour of eight-hour days.
        let text = try Command.output(["performance", "log.csv", "--calendar", "cn"], in: folder)
        #expect(text.contains("mean 1 wd 1 h"), "\(text)")
        let chinese = try Command.output(["performance", "log.csv", "--calendar", "cn", "--lang", "zh"], in: folder)
        #expect(chinese.contains("1 工作日 1 小时"), "\(chinese)")
        _ = try Command.output(["report", "log.csv", "--calendar", "cn", "-o", "r.html"], in: folder)
        let report = try folder.text("r.html")
        #expect(report.contains("cycle time, working") && report.contains("In elapsed time the median") && report.contains(">cn<"))
    }

    @Test func filtersTakeWorkingAndElapsedTime() throws {
        let folder = try Self.folder()
        func cases(_ filter: String) throws -> Int? {
            try Command.json(["inspect", "log.csv", "--calendar", "plant.yaml", "--filter", filter], in: folder)["cases"] as? Int
        }
        #expect(try cases("duration > 1wd") == 1 && cases("duration >= 3wh") == 2 && cases("duration > 0.375wd") == 1)
        // Elapsed, case a is the longer one.
        #expect(try cases("duration > 1d12h") == 1 && cases("duration > 1d12h and duration > 1wd") == 0)
    }

    @Test func gateHoldsWorkingAndElapsedTargetsSideBySide() throws {
        let folder = try Self.folder()
        try folder.write(
            "k.yaml",
            "calendar: plant.yaml\nkpis: [{id: cycle_time.mean, target: \"<= 2wd\"}, {id: cycle_time.mean, target: \"<= 30d\"}]")
        let json = try Command.json(["gate", "k.yaml", "log.csv"], in: folder)
        let checks = try #require(json["checks"] as? [[String: Any]])
        #expect(checks.map { $0["value"] as? Double } == [9 * 3_600, 49 * 3_600])
        #expect(json["verdict"] as? String == "pass")
        let text = try Command.output(["gate", "k.yaml", "log.csv"], in: folder)
        #expect(text.contains("1 wd 1 h") && text.contains("2 d 1 h"), "\(text)")
        // A baseline made with another calendar is none.
        try folder.write("r.yaml", "kpis: [{id: cycle_time.mean, max_regression: 50%}]")
        _ = try Command.output(["gate", "r.yaml", "log.csv", "--calendar", "plant.yaml", "--baseline", "b.json", "--update"], in: folder)
        #expect(try Command.run(["gate", "r.yaml", "log.csv", "--baseline", "b.json"], in: folder).status == 65)
        #expect(try Command.run(["gate", "r.yaml", "log.csv", "--calendar", "cn", "--baseline", "b.json"], in: folder).status == 65)
        #expect(
            try Command.run(["gate", "r.yaml", "log.csv", "--calendar", "plant.yaml", "--baseline", "b.json"], in: folder).status == 2)
    }

    @Test func naiveTimesAreReadInTheCalendarsZoneOrVetoed() throws {
        let folder = try Self.folder()
        try folder.write("naive.csv", Self.log.replacing("+08:00", with: ""))
        let json = try Command.json(["performance", "naive.csv", "--calendar", "plant.yaml"], in: folder)
        #expect(Self.longest(json) == 54_000)
        try folder.write("nowhere.yaml", "week: {Mon-Fri: \"09:00-12:00,13:00-18:00\"}\n")
        #expect(try Command.run(["performance", "naive.csv", "--calendar", "nowhere.yaml"], in: folder).status == 3)
        #expect(
            try Command.run(["performance", "naive.csv", "--calendar", "nowhere.yaml", "--accept", "naive-time"], in: folder).status == 0)
        // Where the log says its offset, a calendar without a zone has the log's.
        let own = try Command.json(["performance", "log.csv", "--calendar", "nowhere.yaml"], in: folder)
        #expect(Self.longest(own) == 54_000)
        let stream = try Command.run(["performance", "log.csv", "--calendar", "nowhere.yaml", "--stream", "always"], in: folder)
        #expect(stream.status == 64 && stream.errors.contains("--timezone"))
    }

    @Test func yearsWithoutHolidaysAreSaid() throws {
        let folder = try Self.folder()
        try folder.write("old.csv", Self.log.replacing("2026-", with: "2009-"))
        let outcome = try Command.run(["performance", "old.csv", "--calendar", "cn"], in: folder)
        #expect(outcome.status == 0 && outcome.errors.contains("2009"), "\(outcome.errors)")
        try folder.write("bad.yaml", "week: {Mon-Fri: \"9-5\"}")
        let bad = try Command.run(["performance", "log.csv", "--calendar", "bad.yaml"], in: folder)
        #expect(bad.status == 65 && bad.errors.contains("bad.yaml:1:17"), "\(bad.errors)")
    }
}
