import EventLogs
import Foundation
import LogFormats
import Reports
import TestSupport
import Testing
import Workbench

@Suite struct InspectionTests {
    private func opened(_ csv: String) throws -> OpenedLog {
        let url = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString).csv")
        try Data(csv.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try OpenedLog(LogRequest(source: .file(url)), monitor: SilentMonitor())
    }

    @Test func theGravestFindingsComeFirst() {
        let quality = DataQuality(
            [
                LogFinding(.blankLine, .info, count: 2), LogFinding(.missingTime, .warning, count: 3),
                LogFinding(.invalidEncoding, .error, count: 1), LogFinding(.dateOnly, .warning, count: 4),
            ], name: "x.csv", rowUnit: .line)
        let lint = quality.lint(.en)
        #expect(lint.map(\.rule) == [.invalidEncoding, .missingTime, .dateOnly, .blankLine])
        #expect(lint.map(\.count) == [1, 3, 4, 2])
        #expect(lint.allSatisfy { !$0.message.isEmpty })
        let chinese = quality.lint(.zh)
        for (one, other) in zip(lint, chinese) {
            #expect(one.message != other.message && one.why != other.why && one.title != other.title)
            #expect(one.affects == other.affects)
        }
    }

    @Test func theJSONHasTheKeysThatProgramsRead() throws {
        let log = try opened(
            "case,activity,timestamp,resource\n1,A,2026-01-05T00:00:00Z,ann\n1,B,2026-01-05T00:01:00Z,\n\n")
        let text = try JSONText.encode(InspectionQuestion(language: .en).asked(of: log).answer, pretty: false)
        #expect(
            text.hasPrefix("{\"cases\":1,\"events\":2,\"instances\":2,\"activities\":2,\"variants\":1,\"resources\":1,\"first_timestamp\":")
        )
        #expect(text.contains("\"first_timestamp\":\"2026-01-05T00:00:00Z\",\"last_timestamp\":\"2026-01-05T00:01:00Z\""))
        #expect(text.contains("{\"name\":\"resource\",\"level\":\"event\",\"type\":\"string\",\"distinct\":1,\"missing\":1}"))
        #expect(
            text.contains("\"lint\":[{\"rule\":\"blank-line\",\"severity\":\"info\",\"count\":1,\"message\":\"1 blank line was skipped.\",")
        )
        #expect(text.contains("\"examples\":[\"\(log.name):4\"]"))
    }
}
