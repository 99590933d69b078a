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
    }

    @Test func hostileDetailsAreInert() {
        let text = FindingText(
            LogFinding(.midnightColumn, .warning, count: 3, detail: "\u{1B}[31m\u{202E}x", examples: ["\u{1B}", "line 7"]))
        #expect(!text.message(.en).unicodeScalars.contains { InertText.isHostile($0) })
        #expect(text.examples(.en) == ["␛", "line 7"])
        #expect(text.examples(.zh) == ["␛", "第 7 行"])
    }

    @Test func severityAndAnalysesHaveNames() {
        for analysis in FindingText.Analysis.allCases {
            #expect(!analysis.name(.en).isEmpty)
            #expect(!analysis.name(.zh).unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic })
        }
        #expect(FindingText(LogFinding(.missingTime, .error, count: 1)).affects.contains(.durations))
    }
}
