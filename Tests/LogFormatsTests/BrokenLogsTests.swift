import EventLogs
import Foundation
import LogFormats
import TestSupport
import Testing

/// On broken and odd logs, which are no part of the project: `SharedData` says where they are looked for.
@Suite(.enabled(if: SharedData.isThere, "the shared data is not there"))
struct BrokenLogsTests {
    @Test func validTable() throws {
        let log = try read(SharedData.file("robust-csv/test1-valid.csv")).log
        #expect(log.caseCount == 2 && log.eventCount == 3 && log.instanceCount == 3)
        #expect(log.finding(.naiveTime) != nil && log.columns.start.count == 3)
        #expect(log.attribute("process type", case: 0) == "1", "spaces around a header do not count")
    }

    @Test func missingColumns() throws {
        let log = try read(SharedData.file("robust-csv/test2-missing-columns.csv")).log
        #expect(log.eventCount == 3)
        #expect(log.finding(.shortRow) == LogFinding(.shortRow, .warning, count: 1, examples: [.row(3)]))
        #expect(log.finding(.missingTime)?.count == 1)
    }

    @Test(arguments: [("test3-invalid-end-timestamp", "completion time"), ("test4-invalid-start-timestamp", "start date")])
    func unreadableTimes(_ name: String, _ column: String) {
        let error = inputError { _ = try read(SharedData.file("robust-csv/\(name).csv")) }
        #expect(
            error?.cause == .unreadableTimes(column: column, unreadable: 1, total: 4, examples: [.init(line: 5, text: "not a timestamp")]))
    }

    @Test func emptyCase() throws {
        let log = try read(SharedData.file("robust-csv/test5-empty-caseID.csv")).log
        #expect(log.eventCount == 2 && log.caseCount == 2)
        #expect(log.finding(.missingCase) == LogFinding(.missingCase, .warning, count: 1, examples: [.row(2)]))
    }

    @Test func eventAttribute() throws {
        let log = try read(SharedData.file("robust-csv/test10-eventAttribute.csv")).log
        #expect(log.eventCount == 6 && log.caseCount == 2)
        #expect(log.attribute("process type", event: 0) == "3", "case 2 has two values")
    }

    @Test func encodedTable() throws {
        let file = SharedData.file("robust-csv/test11-encoding.csv")
        let error = inputError { _ = try read(file) }
        #expect(error?.cause.id == "encoding" && error?.line == 1)
        let result = try read(file, ReadOptions(encoding: "windows-1255"))
        #expect(result.log.caseCount == 2 && result.log.eventCount == 5)
        #expect(result.log.activities.strings == ["טיוטא", "מבוטלת", "בעית אובליגו"])
        #expect(result.timeFormats == ["dd/MM/yy HH:mm"], "17/11/11 tells day from month")
    }

    @Test(arguments: [
        ("test1-valid.parquet", "parquet"), ("test11-encoding.parquet", "parquet"),
        ("test2-missing-columns-expected.parquet", "empty"),
    ])
    func otherFormats(_ name: String, _ kind: String) {
        let error = inputError { _ = try read(SharedData.file("robust-csv/\(name)")) }
        switch kind {
        case "parquet": #expect(error?.cause == .notALog(.parquet))
        default: #expect(error?.cause == .emptyFile)
        }
    }

    /// Workbooks say what the tables of the same name say, with the same things wrong.
    @Test(arguments: [
        "test1-valid", "test10-eventAttribute", "test2-missing-columns", "test3-invalid-end-timestamp", "test4-invalid-start-timestamp",
        "test5-empty-caseID",
    ])
    func workbooksAreReadAsTables(_ name: String) throws {
        let table = SharedData.file("robust-csv/\(name).csv")
        let book = SharedData.file("robust-csv/\(name).xlsx")
        let left: ReadLog
        do {
            left = try read(table)
        } catch let expected as InputError {
            #expect(inputError { _ = try read(book) }?.cause.id == expected.cause.id)
            return
        }
        let right = try read(book)
        #expect(right.format.kind == .xlsx && right.recognised == left.recognised)
        expectEqual(LogFacts.lines(right.log), LogFacts.lines(left.log))
        // A row of a sheet has no end that could come too early.
        #expect(right.log.findings.map(\.rule) == left.log.findings.map(\.rule).filter { $0 != .shortRow })
    }

    @Test func encodedWorkbook() throws {
        let table = try read(SharedData.file("robust-csv/test11-encoding.csv"), ReadOptions(encoding: "windows-1255"))
        let book = try read(SharedData.file("robust-csv/test11-encoding.xlsx"))
        #expect(book.log.activities.strings == table.log.activities.strings)
        #expect(book.log.columns.time == table.log.columns.time && book.timeFormats == ["Excel"])
    }

    /// Cases, events and instances (completions) of every odd XES log, as its tags count them.
    @Test(arguments: [
        ("L1_1trace_1event", 1, 1, 1), ("L1_1trace_complete_events_only", 1, 11, 11),
        ("L1_1trace_start_complete_events_non_overlapping", 1, 22, 11), ("L1_activities with start or complete events only", 6, 23, 14),
        ("L1_complete_events_only_with_resources", 6, 23, 23), ("L1_complete_events_only_with_resources_missing_timestamps", 6, 23, 23),
        ("L1_no_lifecycle_transition", 6, 23, 23), ("L1_start_complete_overlapping", 6, 49, 23),
    ])
    func oddXES(_ name: String, _ cases: Int, _ events: Int, _ instances: Int) throws {
        let log = try read(SharedData.file("robust-xes/\(name).xes")).log
        #expect(log.caseCount == cases)
        #expect(log.eventCount == events)
        #expect(log.instanceCount == instances)
    }

    @Test(arguments: [("L1_empty_log", 0), ("L1_1trace_empty_trace", 1)])
    func logsWithoutEvents(_ name: String, _ traces: Int) {
        #expect(inputError { _ = try read(SharedData.file("robust-xes/\(name).xes")) }?.cause == .noEvents(emptyCases: traces))
    }

    @Test func missingTimestampsAreCounted() throws {
        let log = try read(SharedData.file("robust-xes/L1_complete_events_only_with_resources_missing_timestamps.xes")).log
        #expect(log.finding(.missingTime)?.count == 1)
        #expect(log.columns.time.count { $0 == .min } == log.finding(.missingTime)?.count)
    }

    /// Every other file of the shared data that is no log of these formats is refused in words.
    @Test(arguments: [
        "bpmn-miwg/A.1.0.bpmn", "conformance/a12.pnml", "ocel/ocel20_example.jsonocel", "ocel/ocel20_example.sqlite",
        "ocel/ocel20_example.xmlocel",
        "ocel/ocel2-p2p.sqlite.gz", "ocel/ocel2-validation.xsd", "p2p-synthetic/Procure_to_Pay.json", "README.md",
    ])
    func othersAreRefused(_ path: String) {
        let error = inputError { _ = try read(SharedData.file(path)) }
        #expect(error?.kind == .badData)
        #expect(error.map { $0.description.contains(" — ") } == true)
    }
}
