import EventLogs
import Foundation
import Indicators
import Reports
import Testing

/// Writes reports for people to look at, where `WEIR_TEST_REPORTS` names a folder; nothing else is tested here.
@Suite(.enabled(if: SampleLogs.lookFolder != nil)) struct ReportLookTests {
    @Test(arguments: Language.allCases) func writesReports(_ language: Language) throws {
        let folder = try #require(SampleLogs.lookFolder)
        let before = AnalysedLog(name: "p2p-before.csv", log: try SampleLogs.purchases("before"))
        let after = AnalysedLog(name: "p2p-after.csv", log: try SampleLogs.purchases("after"))
        let report = Report(
            ReportInput(
                title: "p2p-before.csv", before: before, after: after,
                comparison: Comparison(before: before.log, after: after.log), provenance: SampleLogs.provenance,
                options: ReportOptions(language: language)))
        try Data(report.html.utf8).write(to: folder.appending(path: "report-\(language.rawValue).html"))
        try Data(report.markdown.utf8).write(to: folder.appending(path: "report-\(language.rawValue).md"))
        #expect(report.html.utf8.count < 5_000_000)
    }
}
