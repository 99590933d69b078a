import Foundation
import Testing

/// Every verb on small logs whose answers are known by hand.
@Suite struct VerbTests {
    @Test func inspectCountsAndNamesWhatItRecognised() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["inspect", "small.csv"], in: folder)
        #expect(json["schema"] as? String == "weir/inspect/1")
        #expect(json["cases"] as? Int == 3)
        #expect(json["events"] as? Int == 10)
        #expect(json["activities"] as? Int == 3)
        #expect(json["variants"] as? Int == 2)
        #expect(json["resources"] as? Int == 3)
        #expect(json["first_timestamp"] as? String == "2026-01-05T08:00:00+08:00")
        #expect(json["last_timestamp"] as? String == "2026-01-08T10:25:00+08:00")
        let attributes = try #require(json["attributes"] as? [[String: Any]])
        let amount = try #require(attributes.first { $0["name"] as? String == "amount" })
        #expect(amount["level"] as? String == "case")
        #expect(amount["distinct"] as? Int == 3)
        #expect(amount["missing"] as? Int == 0)
        let text = try Command.output(["inspect", "small.csv"], in: folder)
        for column in ["case_id", "activity", "end_time", "start_time", "resource", "role"] { #expect(text.contains(column)) }
        #expect(text.contains("taken for"))
    }

    @Test func inspectReadsXESWithItsClassifiers() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["inspect", "small.xes"], in: folder)
        #expect(json["cases"] as? Int == 2)
        #expect(json["activities"] as? Int == 2)
        let source = try #require(json["source"] as? [String: Any])
        #expect(source["format"] as? String == "xes")
        #expect(source["classifiers"] as? [String] == ["Name and plant"])
        let classified = try Command.json(["inspect", "small.xes", "--classifier", "Name and plant"], in: folder)
        #expect(classified["activities"] as? Int == 3)
        let joined = try Command.json(["inspect", "small.xes", "--classifier", "concept:name+plant"], in: folder)
        #expect(joined["activities"] as? Int == 3)
    }

    @Test func discoverGivesTheDirectlyFollowsGraph() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["discover", "small.csv", "--miner", "dfg"], in: folder)
        let edges = try #require(json["edges"] as? [[String: Any]])
        let shown = edges.map { "\($0["source"]!) > \($0["target"]!): \($0["count"]!)" }
        #expect(shown == ["Ask > Check: 3", "Check > Pay: 3", "Check > Check: 1"])
        // Ask ends 08:10; Check starts after 1 h, 2 h and 3 h.
        #expect(edges[0]["mean_s"] as? Double == 7_200)
        #expect(edges[0]["median_s"] as? Double == 7_200)
        #expect(edges[0]["total_s"] as? Double == 21_600)
        let activities = try #require(json["activities"] as? [[String: Any]])
        #expect(activities.map { $0["name"] as? String } == ["Check", "Ask", "Pay"])
        #expect(activities.map { $0["starts"] as? Int } == [0, 3, 0])
        #expect(activities.map { $0["ends"] as? Int } == [0, 0, 3])
    }

    @Test func discoverGivesWhatComesSomewhereLater() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["discover", "small.csv", "--miner", "eventually-follows"], in: folder)
        #expect(json["miner"] as? String == "eventually-follows")
        let edges = try #require(json["edges"] as? [[String: Any]])
        let shown = edges.map { "\($0["source"]!) > \($0["target"]!): \($0["count"]!) in \($0["cases"]!)" }
        // One case of three checks twice.
        #expect(shown == ["Ask > Check: 4 in 3", "Check > Pay: 4 in 3", "Ask > Pay: 3 in 3", "Check > Check: 1 in 1"])
        #expect(edges.map { $0["case_share"] as? Double } == [1, 1, 1, 0.333333333])
        _ = try Command.output(["discover", "small.csv", "--miner", "eventually-follows", "-o", "m.csv"], in: folder)
        #expect(try folder.text("m.csv").hasPrefix("source,target,count,cases,case_share\nAsk,Check,4,3,1"))
        let text = try Command.output(["discover", "small.csv", "--miner", "eventually-follows", "--lang", "zh"], in: folder)
        #expect(text.contains("占含前者的案例") && text.contains("Ask"))
    }

    @Test func discoverWritesEachFormByItsSuffix() throws {
        let folder = try SmallLog.folder()
        _ = try Command.output(["discover", "small.csv", "-o", "m.json"], in: folder)
        #expect(try folder.text("m.json").hasPrefix("{\n  \"schema\": \"weir/discover/1\","))
        _ = try Command.output(["discover", "small.csv", "-o", "m.dot"], in: folder)
        #expect(try folder.text("m.dot").hasPrefix("digraph"))
        _ = try Command.output(["discover", "small.csv", "-o", "m.csv"], in: folder)
        #expect(try folder.text("m.csv").hasPrefix("source,target,count,median_s,mean_s,p90_s,total_s,overlaps\nAsk,Check,3,"))
        _ = try Command.output(["discover", "small.csv", "-o", "m.md"], in: folder)
        #expect(try folder.text("m.md").contains("| Ask | Check | 3 |"))
    }

    @Test func reducedGraphsSayWhatIsKept() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["discover", "small.csv", "--paths", "0"], in: folder)
        let kept = try #require(json["kept"] as? [String: Any])
        #expect(kept["all_edges"] as? Int == 3)
        #expect((json["edges"] as? [Any])?.count == kept["edges"] as? Int)
        #expect(try Command.json(["discover", "small.csv"], in: folder)["kept"] is NSNull)
    }

    @Test func variantsAreCountedAndCovered() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["variants", "small.csv"], in: folder)
        #expect(json["total"] as? Int == 2)
        let variants = try #require(json["variants"] as? [[String: Any]])
        #expect(variants.map { $0["activities"] as? [String] } == [["Ask", "Check", "Pay"], ["Ask", "Check", "Check", "Pay"]])
        #expect(variants.map { $0["count"] as? Int } == [2, 1])
        // c1 takes 2 h 35 min, c2 3 h 35 min.
        #expect(variants[0]["median_s"] as? Double == 11_100)
        let csv = try Command.output(["variants", "small.csv", "--format", "csv"], in: folder)
        #expect(csv.hasPrefix("rank,activities,count,share,coverage,median_s,mean_s\n1,Ask → Check → Pay,2,0.666666667,0.666666667,"))
    }

    @Test func casesAreListedSortedAndLimited() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["cases", "small.csv", "--sort", "duration", "--limit", "2"], in: folder)
        #expect(json["total"] as? Int == 3)
        let cases = try #require(json["cases"] as? [[String: Any]])
        #expect(cases.map { $0["case"] as? String } == ["c3", "c2"])
        #expect(cases[0]["duration_s"] as? Double == 95_100)
        #expect(cases[0]["instances"] as? Int == 4)
        #expect(cases[0]["variant"] as? Int == 2)
        #expect(cases[0]["start"] as? String == "2026-01-07T08:00:00+08:00")
        #expect(cases[0]["end"] as? String == "2026-01-08T10:25:00+08:00")
        #expect((cases[0]["attributes"] as? [String: Any])?["amount"] as? Int == 900)
        let filtered = try Command.output(
            ["cases", "small.csv", "--filter", "amount > 500 and not has('Nothing')", "--format", "csv"], in: folder)
        #expect(filtered.split(separator: "\n").map { $0.prefix(2) } == ["ca", "c2", "c3"])
    }

    @Test func ratesGiveEachCaseItsCost() throws {
        let folder = try SmallLog.folder()
        try folder.write("rates.yaml", "currency: EUR\nroles: {Buyer: 60/h, Clerk: 30/h}\nactivities: {Pay: 2.5}\n")
        let json = try Command.json(["cases", "small.csv", "--rates", "rates.yaml"], in: folder)
        let cases = try #require(json["cases"] as? [[String: Any]])
        // 10 min of a buyer, 20 + 5 min of clerks and a payment; c3 checks once more for 20 min.
        #expect(cases.map { $0["cost"] as? Double } == [25, 25, 35])
        let without = try Command.json(["cases", "small.csv"], in: folder)
        #expect((without["cases"] as? [[String: Any]])?.allSatisfy { $0["cost"] is NSNull } == true)
    }

    @Test func performanceAddsUp() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(["performance", "small.csv"], in: folder)
        #expect(json["schema"] as? String == "weir/performance/1")
        #expect(json["cases"] as? Int == 3)
        #expect(json["rework_cases"] as? Int == 1)
        #expect(json["end_activities"] as? [String] == ["Pay"])
        #expect(json["end_rule"] as? String == "detected")
        let cycle = try #require(json["cycle_time"] as? [String: Any])
        #expect(cycle["n"] as? Int == 3)
        #expect(cycle["median_s"] as? Double == 12_900)
        let service = try #require(json["service_time"] as? [String: Any])
        // 35, 35 and 55 minutes.
        #expect(service["mean_s"] as? Double == 2_500)
        let bottlenecks = try #require(json["bottlenecks"] as? [[String: Any]])
        #expect(bottlenecks[0]["source"] as? String == "Check")
        #expect(bottlenecks[0]["target"] as? String == "Check")
        let totals = bottlenecks.compactMap { $0["total_s"] as? Double }.reduce(0, +)
        #expect(totals == 9_300 + 12_900 + 95_100)
        let declared = try Command.json(["performance", "small.csv", "--end", "Check,Ask"], in: folder)
        #expect(declared["end_rule"] as? String == "declared")
        #expect(declared["censored"] as? Int == 3)
    }

    @Test func compareJudgesEveryNamedFigure() throws {
        let folder = try Folder()
        for variant in ["before", "after"] {
            _ = try Command.output(["generate", "p2p", "--variant", variant, "--cases", "120", "-o", "\(variant).csv"], in: folder)
        }
        let json = try Command.json(["compare", "before.csv", "after.csv"], in: folder)
        let kpis = try #require(json["kpis"] as? [[String: Any]])
        #expect(
            kpis.map { $0["id"] as? String } == [
                "cycle_time.mean", "cycle_time.median", "cycle_time.p90", "waiting_time.mean", "service_time.mean",
                "throughput.mean", "cost.mean", "rework_rate.rate",
            ])
        let mean = kpis[0]
        #expect(mean["verdict"] as? String == "improved")
        #expect(mean["n_before"] as? Int == 120)
        let interval = try #require(mean["change_relative_ci95"] as? [Double])
        let change = try #require(mean["change_relative"] as? Double)
        #expect(interval[0] < change && change < interval[1])
        #expect(kpis[6]["before"] is NSNull)
        let several = try Command.json(["compare", "before.csv", "after.csv", "before.csv"], in: folder)
        let comparisons = try #require(several["comparisons"] as? [[String: Any]])
        #expect(comparisons.compactMap { $0["after"] as? String } == ["after.csv", "before.csv"])
        // Side by side the p-values are corrected for two comparisons; alone there is nothing to correct.
        #expect(kpis.allSatisfy { $0["p_adjusted"] is NSNull })
        let corrected = try #require((comparisons[0]["kpis"] as? [[String: Any]])?[0])
        #expect(try #require(corrected["p_adjusted"] as? Double) >= (try #require(corrected["p_value"] as? Double)))
    }

    @Test func partsOfALogStandSideBySide() throws {
        let folder = try Folder()
        _ = try Command.output(["generate", "p2p", "--variant", "before", "--cases", "300", "-o", "log.csv"], in: folder)
        let json = try Command.json(["compare", "log.csv", "--by", "material_group"], in: folder)
        #expect(json["by"] as? String == "material_group")
        let parts = try #require(json["comparisons"] as? [[String: Any]])
        // Each part and the others are the whole log, and a part is what a filter keeps.
        for part in parts {
            let sizes = [part["cases_before"] as? Int, part["cases_after"] as? Int].compactMap { $0 }
            #expect(sizes.count == 2 && sizes[0] + sizes[1] == 300)
        }
        let sizes = parts.compactMap { $0["cases_after"] as? Int }
        #expect(sizes == sizes.sorted(by: >) && sizes.reduce(0, +) == 300)
        let metals = try #require(parts.first { $0["value"] as? String == "Metals" })
        let rework = try #require((metals["kpis"] as? [[String: Any]])?.first { $0["id"] as? String == "rework_rate.rate" })
        let filtered = try Command.json(["performance", "log.csv", "--filter", "material_group == 'Metals'"], in: folder)
        #expect(filtered["cases"] as? Int == metals["cases_after"] as? Int)
        // A part has fewer cases a day than the rest of the log, which says nothing.
        let ids = try #require(metals["kpis"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(ids.contains("cycle_time.median") && !ids.contains("throughput.mean"))
        // What is planted: a Change Price after every second confirmation of Metals.
        #expect(rework["verdict"] as? String == "worsened")
        let text = try Command.output(["compare", "log.csv", "--by", "material_group"], in: folder)
        #expect(text.contains("corrected for \(parts.count) comparisons") && text.contains("worse"))
        let months = try Command.json(["compare", "log.csv", "--by", "month", "--threads", "1"], in: folder)
        let names = try #require(months["comparisons"] as? [[String: Any]]).compactMap { $0["value"] as? String }
        #expect(names.count > 3 && names == names.sorted())
        let one = try Command.output(["compare", "log.csv", "--by", "month", "--format", "csv", "--threads", "1"], in: folder)
        #expect(one == (try Command.output(["compare", "log.csv", "--by", "month", "--format", "csv", "--threads", "2"], in: folder)))
    }

    @Test func aLogIsSplitAtAnInstant() throws {
        let folder = try SmallLog.folder()
        let outcome = try Command.run(["compare", "small.csv", "--split", "2026-01-06T00:00+08:00", "--format", "json"], in: folder)
        // Three cases are no evidence.
        #expect(outcome.status == 2)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(json["cases_before"] as? Int == 1)
        #expect(json["cases_after"] as? Int == 2)
        #expect(json["astride"] as? Int == 0)
        #expect(json["split"] as? String == "2026-01-06T00:00:00+08:00")
        let provenance = try #require(json["provenance"] as? [String: Any])
        #expect(provenance["split"] as? String == "2026-01-06T00:00:00+08:00")
    }

    @Test func reportsAreCompleteInBothForms() throws {
        let folder = try SmallLog.folder()
        let html = try Command.run(["report", "small.csv", "-o", "r.html"], in: folder)
        #expect(html.status == 0, "\(html.errors)")
        #expect(html.output.isEmpty)
        let page = try folder.text("r.html")
        #expect(page.hasPrefix("<!DOCTYPE html>") || page.hasPrefix("<!doctype html>"))
        #expect(page.contains("</html>"))
        #expect(!page.contains("<script") && !page.contains("http://") || page.contains("http://www.w3.org/2000/svg"))
        _ = try Command.output(["report", "small.csv", "-o", "r.md"], in: folder)
        #expect(try folder.text("r.md").hasPrefix("# "))
        #expect(try folder.text("r.md").contains("Check"))
    }

    @Test func withoutGraphvizReportsHaveTablesAndPicturesFail() throws {
        let folder = try SmallLog.folder()
        let report = try Command.run(["report", "small.csv", "-o", "r.html"], environment: ["PATH": "/nonexistent"], in: folder)
        #expect(report.status == 0, "\(report.errors)")
        #expect(report.errors.contains("Graphviz"))
        #expect(try folder.text("r.html").contains("Graphviz"))
        let picture = try Command.run(["discover", "small.csv", "-o", "m.svg"], environment: ["PATH": "/nonexistent"], in: folder)
        #expect(picture.status == 69)
        #expect(picture.errors.hasPrefix("weir: error: Graphviz"))
        #expect(!folder.exists("m.svg"))
        let doctor = try Command.run(["doctor", "--format", "json"], environment: ["PATH": "/nonexistent"])
        #expect(doctor.status == 0)
        #expect(doctor.output.contains("\"found\": false"))
    }

    @Test func generateIsReadableAndListsWhatIsPlanted() throws {
        let folder = try Folder()
        let text = try Command.output(["generate", "p2p", "--cases", "30", "-o", "p.csv"], in: folder)
        #expect(text.contains("Match Invoice"))
        let json = try Command.json(["inspect", "p.csv"], in: folder)
        #expect(json["cases"] as? Int == 30)
        let plain = try Command.output(["generate", "p2p", "--cases", "30", "--variant", "plain", "-o", "q.csv"], in: folder)
        #expect(plain.contains("Nothing is planted."))
        let piped = try Command.run(["generate", "p2p", "--cases", "30"], in: folder)
        #expect(try piped.output == folder.text("p.csv"))
        #expect(piped.errors.contains("Match Invoice"))
        let list = try Command.json(["generate", "--list"])
        #expect((list["logs"] as? [[String: Any]])?.first?["name"] as? String == "p2p")
    }
}
