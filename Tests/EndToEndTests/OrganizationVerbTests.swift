import Foundation
import Testing

/// Organisation, queues, spectrum, dots and bottlenecks on a small log whose answers are known by hand.
@Suite struct OrganizationVerbTests {
    @Test func organizationShowsPeopleAsRoles() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["organization", "small.csv"], in: folder)
        #expect(json["schema"] as? String == "weir/organization/1")
        #expect(json["people"] as? Int == 3)
        #expect(json["resources"] is NSNull)
        let pairs = try #require(json["handovers"] as? [[String: Any]])
        let shown = pairs.map { "\($0["source"]!) > \($0["target"]!): \($0["count"]!) \($0["same_resource"]!)" }
        #expect(shown == ["Clerk > Clerk: 4 1", "Buyer > Clerk: 3 0"])
        #expect(pairs[1]["total_s"] as? Double == 21_600)
        let borders = try #require((json["departments"] as? [String: Any])?["borders"] as? [[String: Any]])
        #expect(borders.map { $0["count"] as? Int } == [3])
        #expect(borders[0]["filter"] as? String == "directly('Ask','Check')")
        let text = try Command.output(["organization", "small.csv"], in: folder)
        for name in ["ann", "bob", "cyd"] { #expect(!text.contains(name)) }
    }

    @Test func organizationShowsNamesWhereAsked() throws {
        let folder = try SmallLog.folder()
        let csv = try Command.output(["organization", "small.csv", "--people", "names", "--format", "csv"], in: folder)
        #expect(csv.hasPrefix("source,target,count,same_resource,cases,total_s,mean_s,median_s,p90_s\nann,bob,3,0,3,"))
        let people = try Command.output(
            ["organization", "small.csv", "--people", "names", "--table", "resources", "--format", "csv"], in: folder)
        #expect(people.contains("\nbob,Clerk,1,4,3,4800,"))
        let markdown = try Command.output(["organization", "small.csv", "--format", "markdown", "--lang", "zh"], in: folder)
        #expect(markdown.contains("谁把工作交给谁"))
    }

    @Test func queuesAreCountedByPeriods() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["queues", "small.csv"], in: folder)
        #expect(json["schema"] as? String == "weir/queues/1")
        #expect(json["period_s"] as? Int == 86_400)
        let cases = try #require(json["cases"] as? [String: Any])
        #expect(cases["arrivals"] as? Int == 3 && cases["max_number"] as? Int == 1)
        #expect((cases["little"] as? [String: Any])?["verdict"] as? String == "insufficient")
        let csv = try Command.output(["queues", "small.csv", "--format", "csv"], in: folder)
        #expect(
            csv.hasPrefix(
                "queue,measure,from,arrivals,departures,completions,mean_number,max_number,is_partial\n,cases,2026-01-05T00:00:00+08:00,1,1,1,"
            ))
        #expect(try Command.output(["queues", "small.csv", "--lang", "zh"], in: folder).contains("利特尔法则"))
    }

    @Test func theSpectrumHasALineForEachCase() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["spectrum", "small.csv", "--edge", "Ask,Check"], in: folder)
        let segments = try #require(json["segments"] as? [[String: Any]])
        #expect(segments.count == 1 && segments[0]["count"] as? Int == 3)
        #expect(json["origin"] as? String == "2026-01-05T08:00:00+08:00")
        let csv = try Command.output(["spectrum", "small.csv", "--format", "csv"], in: folder)
        #expect(csv.contains("\nc1,Ask,Check,2026-01-05T08:10:00+08:00,2026-01-05T09:10:00+08:00,3600,1\n"))
        _ = try Command.output(["spectrum", "small.csv", "-o", "s.svg"], in: folder)
        #expect(try folder.text("s.svg").hasPrefix("<?xml"))
        let none = try Command.run(["spectrum", "small.csv", "--edge", "Pay,Ask"], in: folder)
        #expect(none.status == 0 && none.errors.contains("no case goes directly"))
    }

    @Test func everyInstanceIsADot() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["dots", "small.csv", "--sort", "duration"], in: folder)
        #expect(json["dots"] as? Int == 10)
        let rows = try #require(json["rows"] as? [[String: Any]])
        #expect(rows.map { $0["case"] as? String } == ["c3", "c2", "c1"])
        let csv = try Command.output(["dots", "small.csv", "--relative", "--format", "csv"], in: folder)
        #expect(csv.hasPrefix("row,case,activity,time_s\n1,c1,Ask,600\n"))
        _ = try Command.output(["dots", "small.csv", "-o", "d.svg"], in: folder)
        #expect(try folder.text("d.svg").contains("</svg>"))
    }

    @Test func bottlenecksSayWhichSignsNameAPlace() throws {
        let folder = try SmallLog.folder()
        try folder.write("rates.yaml", "activities: {Pay: 10}\n")
        let json = try Command.json(["bottlenecks", "small.csv", "--rates", "rates.yaml"], in: folder)
        #expect(json["asked"] as? [String] == ["contribution", "routing", "congestion", "cost"])
        let places = try #require(json["places"] as? [[String: Any]])
        let loop = try #require(places.first { $0["source"] as? String == "Check" && $0["target"] as? String == "Check" })
        #expect((loop["views"] as? [String])?.contains("contribution") == true)
        let pay = try #require(places.first { $0["activity"] as? String == "Pay" })
        #expect(pay["views"] as? [String] == ["routing", "cost"] || pay["views"] as? [String] == ["cost"])
        #expect(pay["cost"] as? Double == 30)
        #expect(
            try Command.json(["bottlenecks", "small.csv"], in: folder)["asked"] as? [String] == ["contribution", "routing", "congestion"])
        #expect(try Command.output(["bottlenecks", "small.csv", "--lang", "zh"], in: folder).contains("证据不足"))
    }
}
