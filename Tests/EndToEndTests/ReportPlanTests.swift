import Foundation
import TestSupport
import Testing

/// `weir report --plan`: the forecast, how far to believe it, and what came.
@Suite struct ReportPlanTests {
    private static let before = SharedData.checkout.appending(path: "datasets/p2p-before.csv").path
    private static let after = SharedData.checkout.appending(path: "datasets/p2p-after.csv").path
    private static let plan = SharedData.checkout.appending(path: "datasets/p2p-plan.yaml").path

    /// The cells of the rows of a Markdown table that begin with a figure's name.
    private func rows(_ name: String, in markdown: String) -> [[String]] {
        markdown.split(separator: "\n").filter { $0.hasPrefix("| \(name) |") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test func forecastStandsBesideWhatCame() throws {
        let base = ["report", Self.before, "--after", Self.after, "--plan", Self.plan, "--quiet"]
        let folder = try Folder()
        _ = try Command.output(base + ["-o", "report.md"], in: folder)
        let text = try folder.text("report.md").replacing("\u{A0}", with: " ")
        for words in [
            "The plan would cut the median cycle time by", "Trusted: simulated cycle times of the last fifth", "Forecast and what came",
            "Automate Approve Requisition where", "1 more in the role Invoice Clerk", "Variance reduction by shared random numbers",
            "How busy each role would be", "p2p-plan.yaml",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        // The figures are those of the command that only forecasts.
        let json = try Command.json(["redesign", Self.before, "--plan", Self.plan])
        let delta = try #require(json["delta"] as? [[String: Any]]).first { $0["kpi"] as? String == "cycle_time.median" }
        let change = try #require(delta?["change_relative"] as? Double)
        let shown = "−\(Int((-change * 100).rounded())) %"
        let forecast = rows("Median cycle time", in: text)
        #expect(forecast.contains { $0.contains(shown) && $0.contains("better") }, "\(forecast) for \(shown)")
        #expect(forecast.contains { $0.contains(shown) && $0.last == "yes" })
        #expect(text.contains("7 of 7") || text.contains("**7** of 7"))
    }

    @Test func chineseReportsAreChinese() throws {
        let folder = try Folder()
        let base = ["report", Self.before, "--plan", Self.plan, "--replications", "3", "--quiet", "--lang", "zh"]
        _ = try Command.output(base + ["-o", "report.html"], in: folder)
        let text = try folder.text("report.html").replacing("\u{A0}", with: " ")
        let section = try #require(text.firstMatch(of: /<section id="redesign".*?<\/section>/.dotMatchesNewlines())).output
        for words in ["流程再造", "方案将使周期时间中位数下降", "可信程度", "各角色的忙闲", "角色 <bdi>Invoice Clerk</bdi> 增加 1 人", "目标方案"] {
            #expect(section.contains(words), "\(words)")
        }
        for words in ["as is", "to be", "better", "Trusted", "forecast"] { #expect(!section.contains(">\(words)"), "\(words)") }
    }

    @Test(arguments: [
        (
            "en",
            [
                "The flow to be", ">automated<", ">changed<", "Automated: Approve Requisition.", "Changed: Invoice Clerk.",
                "amount &lt; 5000",
            ]
        ),
        ("zh", ["目标流程", ">自动化<", ">调整<", "自动化：Approve Requisition。", "调整：Invoice Clerk。", "amount &lt; 5000"]),
    ])
    func theFlowToBeIsDrawn(language: String, words: [String]) throws {
        let folder = try Folder()
        _ = try Command.output(
            ["report", Self.before, "--plan", Self.plan, "--replications", "3", "--quiet", "--lang", language, "-o", "r.html"], in: folder)
        let section = try #require(
            try folder.text("r.html").firstMatch(of: /<section id="redesign".*?<\/section>/.dotMatchesNewlines())
        ).output
        #expect(section.contains("picture-to-be"))
        for word in words { #expect(section.contains(word), "\(word)") }
        #expect(!section.contains("<img") && !section.contains("href=\"http"))
    }

    @Test(arguments: ["report.html", "report.md", "report.ipynb"])
    func threadsChangeNoByte(name: String) throws {
        let base = ["report", Self.before, "--plan", Self.plan, "--replications", "3", "--quiet", "-o", name]
        let texts = try ["1", "2"].map { threads in
            let folder = try Folder()
            _ = try Command.output(base + ["--threads", threads], in: folder)
            return try folder.text(name)
        }
        let isSame = texts[0] == texts[1]
        #expect(isSame && !texts[0].isEmpty)
    }

    /// The report states that a model is not trusted, and is written all the same.
    @Test func anUntrustedModelIsStated() throws {
        let folder = try Folder()
        let rows = (0..<6).map { "\($0),A,2026-01-0\($0 + 1)T09:00:00Z,2026-01-0\($0 + 1)T10:00:00Z,ann" }
        try folder.write("small.csv", "case,activity,start,end,resource\n" + rows.joined(separator: "\n") + "\n")
        try folder.write("plan.yaml", "name: <b>Half\nchanges: [{duration: {activity: A, scale: 0.5}}]")
        _ = try Command.output(["report", "small.csv", "--plan", "plan.yaml", "-o", "report.html", "--quiet"], in: folder)
        let text = try folder.text("report.html")
        #expect(text.contains("Not trusted") && text.contains("by a model that is not trusted"))
        #expect(text.contains("url(#picture-redesign-intervals"), "the picture is hatched")
        #expect(text.contains("&lt;b&gt;Half") && !text.contains("<b>Half"))
    }

    @Test func aPlanThatDoesNotFitIsAnError() throws {
        let folder = try Folder()
        try folder.write("plan.yaml", "changes: [{remove: {activity: Pay Invoic}}]")
        let outcome = try Command.run(["report", Self.before, "--plan", "plan.yaml", "-o", "report.html"], in: folder)
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains("plan.yaml:1:31: the process has no activity “Pay Invoic” — did you mean “Pay Invoice”?"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("report.html")))
        let missing = try Command.run(["report", Self.before, "--plan", "none.yaml", "-o", "report.html"], in: folder)
        #expect(missing.status == 66)
    }

    /// With a split the model is learnt from the part before it.
    @Test func aSplitLogIsLearntFromItsFirstPart() throws {
        let folder = try Folder()
        let base = ["report", Self.before, "--split", "2025-01-01", "--plan", Self.plan, "--replications", "3", "--quiet"]
        _ = try Command.output(base + ["-o", "report.md"], in: folder)
        let text = try folder.text("report.md").replacing("\u{A0}", with: " ")
        let cases = try #require(text.firstMatch(of: /over 3 paired replications of ([0-9,]+) cases/)).output.1
        let before = try #require(Int(cases.replacing(",", with: "")))
        #expect(before > 400 && before < 800)
        #expect(text.contains("Forecast and what came"))
    }
}
