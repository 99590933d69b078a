import EventLogs
import Reports
import TestSupport
import Testing
import Workbench

@Suite struct InspectionTests {
    private let source = SourceDescription(format: "csv", gzipped: false, columns: [], timeFormats: [], classifiers: [])

    @Test func theGravestFindingsComeFirst() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: 0)])]).adding(findings: [
            LogFinding(.blankLine, .info, count: 2), LogFinding(.missingTime, .warning, count: 3),
            LogFinding(.invalidEncoding, .error, count: 1), LogFinding(.dateOnly, .warning, count: 4),
        ])
        let lint = Inspection(of: log, source: source, language: .en).lint
        #expect(lint.map(\.rule) == [.invalidEncoding, .missingTime, .dateOnly, .blankLine])
        #expect(lint.map(\.count) == [1, 3, 4, 2])
        #expect(lint.allSatisfy { !$0.message.isEmpty })
        let chinese = Inspection(of: log, source: source, language: .zh).lint
        for (one, other) in zip(lint, chinese) {
            #expect(one.message != other.message)
            #expect(one.affects == other.affects)
        }
    }

    @Test func theJSONHasTheKeysThatProgramsRead() throws {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: 0, by: "ann"), TinyEvent("B", end: 60)])])
        let text = try JSONText.encode(Inspection(of: log, source: source, language: .en), pretty: false)
        #expect(
            text.hasPrefix("{\"cases\":1,\"events\":2,\"instances\":2,\"activities\":2,\"variants\":1,\"resources\":1,\"first_timestamp\":")
        )
        #expect(text.contains("\"first_timestamp\":\"2026-01-05T00:00:00Z\",\"last_timestamp\":\"2026-01-05T00:01:00Z\""))
        #expect(text.contains("{\"name\":\"org:resource\",\"level\":\"event\",\"type\":\"string\",\"distinct\":1,\"missing\":1}"))
    }
}
