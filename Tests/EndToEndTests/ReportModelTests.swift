import Foundation
import TestSupport
import Testing

/// What a report says of models.
@Suite struct ReportModelTests {
    private static func dataset(_ name: String) -> String { SharedData.checkout.appending(path: "datasets/\(name)").path }

    @Test func theReportShowsTheProcessAsAModelAndHoldsItAgainstAnother() throws {
        let folder = try Folder()
        let (before, after) = (Self.dataset("p2p-before.csv"), Self.dataset("p2p-after.csv"))
        _ = try Command.output(["discover", before, "--miner", "inductive", "-o", "m.bpmn"], in: folder)
        for (language, words) in [("en", "keep wholly to"), ("zh", "完全符合")] {
            let outcome = try Command.run(
                ["report", before, "--after", after, "--model", "m.bpmn", "--lang", language, "-o", "r.html", "--quiet"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let page = try folder.text("r.html")
            #expect(page.contains("id=\"model\"") && page.contains("id=\"conformance\"") && page.contains(words))
            #expect(page.contains("m.bpmn"))
        }
        let markdown = try Command.run(["report", before, "--model", "m.bpmn", "-o", "r.md", "--quiet"], in: folder)
        #expect(markdown.status == 0)
        let text = try folder.text("r.md")
        #expect(text.contains("Change Price, not foreseen") || text.contains("Change Price"))
        // Who asks how far the log keeps to a model reads the answer among the first findings.
        let opening = try #require(text.range(of: "\n## ").map { text[..<$0.lowerBound] })
        #expect(opening.contains("keep wholly to"))
    }

    @Test func theReportSaysWhatDecidesAtTheChoices() throws {
        let folder = try Folder()
        for (language, words) in [
            ("en", ["What decides at the choices", "rule found", "else", "no rule"]), ("zh", ["各选择由什么决定", "找到规则", "否则", "无规则"]),
        ] {
            let outcome = try Command.run(
                ["report", Self.dataset("p2p-before.csv"), "--lang", language, "-o", "r.md", "--quiet"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let text = try folder.text("r.md")
            for word in words { #expect(text.contains(word), "\(word)") }
            let rows = text.split(separator: "\n").filter {
                $0.hasPrefix("| Approve Requisition | Approve Requisition (Director) | `amount > 10000` |")
            }
            #expect(rows.count == 1 && rows[0].contains("| 1,278 |"), "\(rows)")
        }
    }

    @Test func rulesStandInTheReportAndLeaveItsClockAlone() throws {
        let folder = try Folder()
        let outcome = try Command.run(
            ["report", Self.dataset("p2p-before.csv"), "--model", Self.dataset("p2p-rules.yaml"), "-o", "r.md", "--quiet"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let text = try folder.text("r.md")
        #expect(text.contains("Blocks are cleared within ten working days"))
        // Limits are in working time, all other times are not.
        let plain = try Command.run(["report", Self.dataset("p2p-before.csv"), "-o", "p.md", "--quiet"], in: folder)
        #expect(plain.status == 0)
        let page = try folder.text("p.md")
        let body = page[try #require(page.range(of: "\n## ")).upperBound...]
        let median = try #require(body.firstMatch(of: /median [^,.;\n]+/)).output
        #expect(text.contains(median))
    }

    @Test func skeletonsAndTimesStandInTheReport() throws {
        let folder = try Folder()
        for (miner, words) in [("log-skeleton", "What is broken"), ("temporal-profile", "× its standard deviation")] {
            _ = try Command.output(["discover", Self.dataset("p2p-before.csv"), "--miner", miner, "-o", "m.json"], in: folder)
            let outcome = try Command.run(
                ["report", Self.dataset("p2p-after.csv"), "--model", "m.json", "-o", "r.md", "--quiet"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try folder.text("r.md").contains(words), "\(miner)")
        }
    }

    @Test func whatIsNoModelIsRefusedBeforeAnythingIsWritten() throws {
        let folder = try Folder()
        try folder.write("x.xml", "<a/>")
        let outcome = try Command.run(["report", Self.dataset("p2p-before.csv"), "--model", "x.xml", "-o", "r.html"], in: folder)
        #expect(outcome.status == 65 && outcome.errors.contains("<a>"))
        #expect(try folder.names == ["x.xml"])
    }
}
