import EventLogs
import Foundation
import LogFormats
import TestSupport
import Testing

/// Real logs written and read again: in NDJSON with all they hold, in a workbook with what a table keeps.
@Suite(.enabled(if: SharedData.isThere, "the shared data is not there"))
struct FormatRoundTripTests {
    /// What columns play which role is told, as a log may have attributes that are called as columns of a table are.
    private static func mapping(_ log: EventLog) -> ColumnMapping {
        let names = log.columns.sourceNames
        var mapping = ColumnMapping()
        (mapping.case, mapping.activity, mapping.timestamp) = (names.caseName, names.activity, names.timestamp)
        return mapping
    }

    @Test(arguments: [
        "pm4py/running-example.xes", "pm4py/reviewing.xes.gz", "pm4py/interval_event_log.xes", "pm4py/roadtraffic100traces.xes",
        "receipt/Receipt_phase_of_an_environmental_permit_application_process_WABO_CoSeLoG_project.xes.gz",
        "bpic2020/BPI_2020_DomesticDeclarations.xes.gz", "purchasing-example/PurchasingExample.simod.csv.gz",
    ])
    func linesKeepAllOfRealLogs(_ path: String) throws {
        let log = try read(SharedData.file(path)).log
        var bytes: [UInt8] = []
        LogWriter.writeNDJSON(log) { bytes.append(contentsOf: $0) }
        let again = try read(bytes, named: "log.ndjson", ReadOptions(mapping: Self.mapping(log))).log
        expectEqual(LogFacts.lines(again), LogFacts.lines(log))
    }

    @Test(arguments: ["pm4py/running-example.xes", "pm4py/roadtraffic100traces.xes", "pm4py/reviewing.xes.gz"])
    func sheetsKeepTheFiguresOfRealLogs(_ path: String) throws {
        let log = try read(SharedData.file(path)).log
        var bytes: [UInt8] = []
        try LogWriter.writeXLSX(log, progress: { _ in }) { bytes.append(contentsOf: $0) }
        let again = try read(bytes, named: "log.xlsx", ReadOptions(mapping: Self.mapping(log))).log
        #expect(again.caseCount == log.caseCount && again.eventCount == log.eventCount)
        #expect(again.activities.strings == log.activities.strings)
        let local = { (log: EventLog) in
            (0..<log.columns.count).map { event in
                let offset = Int64(log.columns.timeForms[Int(log.columns.timeForm[event])].offset)
                return (log.columns.time[event] + offset * 1_000_000 + 500) / 1_000
            }.sorted()
        }
        #expect(local(again) == local(log))
    }
}
