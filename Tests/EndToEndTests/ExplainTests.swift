import Foundation
import Testing

/// `weir explain` on generated purchases whose deliveries slow down at a planted date.
@Suite struct ExplainTests {
    private static func purchases() throws -> Folder {
        let folder = try Folder()
        _ = try Command.output(
            ["generate", "p2p", "--variant", "drift", "--cases", "900", "--seed", "2", "-o", "log.csv", "--quiet"], in: folder)
        return folder
    }

    @Test func everythingThatIsDocumentedIsThere() throws {
        let folder = try Self.purchases()
        let json = try Command.json(["explain", "log.csv"], in: folder)
        #expect(
            json["schema"] as? String == "weir/explain/1" && json["target"] as? String == "cycle_time" && json["unit"] as? String == "s")
        #expect(json["method"] as? String == "ols" && json["cases"] as? Int == 900 && (json["n"] as? Int ?? 0) > 800)
        for key in [
            "mean", "r_squared", "censored", "steps_tried", "rules_tried", "cases_searched", "drift_p_value", "drift_left_out", "pooled",
        ] {
            #expect(json[key] is NSNumber, "\(key)")
        }
        let drivers = try #require(json["drivers"] as? [[String: Any]])
        #expect(drivers.map { $0["rank"] as? Int } == Array(1...drivers.count))
        let keys = [
            "rank", "kind", "feature", "level", "is_rest", "step", "known", "cases", "effect", "effect_ci95", "effect_s", "effect_money",
            "effect_money_ci95", "effect_relative", "effect_relative_ci95", "hazard_ratio", "hazard_ratio_ci95", "contribution", "p_value",
            "p_adjusted", "alike", "verdict",
        ]
        for driver in drivers {
            #expect(Set(driver.keys) == Set(keys))
            // Drivers come first, and are what the corrected p-value says.
            #expect((driver["verdict"] as? String == "driver") == ((driver["p_adjusted"] as? Double ?? 1) <= 0.05))
            #expect(driver["effect_money"] is NSNull && driver["effect"] as? Double == driver["effect_s"] as? Double)
        }
        let load = try #require(drivers.first { $0["kind"] as? String == "load" })
        #expect(load["known"] as? String == "at_start" && load["step"] is NSNumber && load["level"] is NSNull)
        // The slow vendor is told by the step that he holds up.
        let steps = try #require(json["step_drivers"] as? [[String: Any]])
        let step = try #require(steps.first)
        #expect(
            Set(step.keys) == [
                "rank", "source", "target", "kind", "feature", "level", "is_rest", "step", "cases", "effect_s", "effect_ci95",
                "effect_relative", "effect_relative_ci95", "alike", "p_value", "p_adjusted",
            ])
        #expect(step["level"] as? String == "V1010" && step["target"] as? String == "Record Goods Receipt", "\(step)")
        #expect(try Command.output(["explain", "log.csv"], in: folder).contains("vendor = V1010"))
        #expect(try Command.output(["explain", "log.csv", "--lang", "zh"], in: folder).contains("步骤"))
        let changes = try #require(json["drift"] as? [[String: Any]])
        let change = try #require(changes.first { $0["target"] as? String == "Record Goods Receipt" })
        let interval = try #require(change["date_ci95"] as? [String])
        let date = try #require(change["date"] as? String)
        #expect(interval.count == 2 && interval[0] <= date && date <= interval[1])
        #expect((change["mean_after"] as! Double) > 1.5 * (change["mean_before"] as! Double) && (change["p_value"] as! Double) < 0.001)
    }

    @Test func rulesAreFiltersAndOutputsAgree() throws {
        let folder = try Self.purchases()
        let json = try Command.json(["explain", "log.csv", "--target", "rework_rate"], in: folder)
        #expect(json["method"] as? String == "logistic" && json["unit"] as? String == "share" && json["r_squared"] is NSNull)
        let rules = try #require(json["rules"] as? [[String: Any]])
        let rule = try #require(rules.first { $0["filter"] is String })
        let filter = try #require(rule["filter"] as? String)
        // The rule selects cases; its support is of one half of them.
        let cases = try Command.json(["inspect", "log.csv", "--filter", filter], in: folder)
        #expect((cases["cases"] as! Int) > (rule["support"] as! Int) && (cases["cases"] as! Int) < 900)
        let csv = try Command.output(["explain", "log.csv", "--target", "rework_rate", "--format", "csv"], in: folder)
        let drivers = try #require(json["drivers"] as? [[String: Any]])
        #expect(csv.split(separator: "\n").count == drivers.count + 1)
        let english = try Command.output(["explain", "log.csv", "--target", "rework_rate"], in: folder)
        #expect(
            english.contains("rules tried, measured in the other half") && english.contains("weir cases log.csv --sort duration --filter"))
        let chinese = try Command.output(["explain", "log.csv", "--target", "rework_rate", "--lang", "zh"], in: folder)
        #expect(chinese.contains("条规则里找出，并在另一半案例中测量"))
        let markdown = try Command.output(["explain", "log.csv", "--format", "markdown"], in: folder)
        #expect(markdown.contains("Record Goods Receipt"))
    }

    @Test func theSameBytesWhateverTheThreadsAndTheWayIn() throws {
        let folder = try Self.purchases()
        let first = try Command.output(["explain", "log.csv", "--format", "json", "--threads", "1"], in: folder)
        #expect(try Command.output(["explain", "log.csv", "--format", "json", "--threads", "2"], in: folder) == first)
        let piped = try Command.output(
            ["explain", "-", "--format", "csv"], input: try Data(contentsOf: folder.url.appending(path: "log.csv")), in: folder)
        #expect(try Command.output(["explain", "log.csv", "--format", "csv"], in: folder) == piped)
    }

    /// Where rates are known, effects have a price; where a calendar counts, working time is told.
    @Test func moneyAndWorkingTime() throws {
        let folder = try Self.purchases()
        try folder.write("rates.yaml", "currency: EUR\nactivities: {Change Price: 40, Match Invoice: 5}\n")
        let priced = try Command.json(["explain", "log.csv", "--rates", "rates.yaml"], in: folder)
        let drivers = try #require(priced["drivers"] as? [[String: Any]])
        #expect(drivers.contains { $0["known"] as? String == "at_start" && $0["effect_money"] is NSNumber })
        try folder.write("office.yaml", "week: {Mon-Fri: \"09:00-17:00\"}\ntimezone: \"+08:00\"\n")
        let working = try Command.json(["explain", "log.csv", "--calendar", "office.yaml"], in: folder)
        let elapsed = try Command.json(["explain", "log.csv"], in: folder)
        let share = (working["mean"] as! Double) / (elapsed["mean"] as! Double)
        #expect((0.15...0.35).contains(share))
        func step(_ json: [String: Any]) throws -> Double {
            let changes = try #require(json["drift"] as? [[String: Any]])
            return try #require(changes.first { $0["target"] as? String == "Record Goods Receipt" }?["mean_before"] as? Double)
        }
        #expect((0.15...0.35).contains(try step(working) / step(elapsed)))
    }

    @Test func tooFewCasesEndWithStatusTwo() throws {
        let folder = try SmallLog.folder()
        let outcome = try Command.run(["explain", "small.csv"], in: folder)
        #expect(outcome.status == 2 && outcome.output.contains("Insufficient evidence"))
        #expect(try Command.run(["explain", "small.csv", "--lang", "zh"], in: folder).output.contains("证据不足"))
    }
}
