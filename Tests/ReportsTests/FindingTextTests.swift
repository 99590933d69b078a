import EventLogs
import Reports
import Testing

@Suite struct FindingTextTests {
    @Test(arguments: LogFinding.Rule.allCases) func everyRuleHasBothLanguages(_ rule: LogFinding.Rule) {
        for count in [1, 12_345] {
            for detail in [nil, "0.25", "列"] {
                let text = FindingText(LogFinding(rule, .warning, count: count, detail: detail))
                let english = text.message(.en)
                let chinese = text.message(.zh)
                #expect(english.hasSuffix(".") && chinese.hasSuffix("。"))
                #expect(!chinese.unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic })
                #expect(detail == "列" || !english.unicodeScalars.contains { $0.value >= 0x3000 })
                #expect(!english.contains("  ") && !chinese.contains("  "))
            }
        }
        let about = RuleText(rule)
        for (english, chinese) in [
            (about.title(.en) + ".", about.title(.zh) + "。"), (about.why(.en), about.why(.zh)), (about.advice(.en), about.advice(.zh)),
        ] {
            #expect(english.hasSuffix(".") && chinese.hasSuffix("。") && !english.hasSuffix(".."))
            #expect(!english.unicodeScalars.contains { $0.value >= 0x3000 })
            #expect(chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        }
    }

    @Test func hostileDetailsAreInert() {
        let text = FindingText(
            LogFinding(
                .midnightColumn, .warning, count: 3, detail: "\u{1B}[31m\u{202E}x", examples: ["\u{1B}", .row(7), .init(row: 8, text: "x")])
        )
        #expect(!text.message(.en).unicodeScalars.contains { InertText.isHostile($0) })
        #expect(text.examples(.en, rows: .line) == ["␛", "line 7", "line 8: x"])
        #expect(text.examples(.en, rows: .event) == ["␛", "event 7", "event 8: x"])
        #expect(text.examples(.zh, rows: .line) == ["␛", "第 7 行", "第 8 行：x"])
    }

    /// Of a log of several files.
    @Test func examplesNameTheirFiles() {
        let text = FindingText(
            LogFinding(
                .blankLine, .info, count: 3,
                examples: [.init(line: 3, file: "a.csv"), .init(row: 7, text: "x", file: "b.xes"), .init(file: "c\u{1B}.csv")]))
        #expect(text.examples(.en, rows: .event) == ["a.csv line 3", "b.xes event 7: x", "c␛.csv"])
        #expect(text.examples(.zh, rows: .event) == ["a.csv 第 3 行", "b.xes 第 7 个事件：x", "c␛.csv"])
    }

    @Test func severityAndAnalysesHaveNames() {
        for analysis in FindingText.Analysis.allCases {
            #expect(!analysis.name(.en).isEmpty)
            #expect(!analysis.name(.zh).unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic })
        }
        #expect(FindingText(LogFinding(.missingTime, .error, count: 1)).affects.contains(.durations))
    }
}
