import EventLogs
import Foundation
import Instants
import LogFormats
import TestSupport
import Testing

func read(_ path: URL, _ options: ReadOptions = ReadOptions()) throws -> ReadLog {
    try LogReader.read(contentsOf: path, named: path.lastPathComponent, options: options, monitor: SilentMonitor())
}

func read(_ text: String, named name: String = "log.csv", _ options: ReadOptions = ReadOptions()) throws -> ReadLog {
    try read(Array(text.utf8), named: name, options)
}

func read(_ bytes: [UInt8], named name: String = "log.csv", _ options: ReadOptions = ReadOptions()) throws -> ReadLog {
    try bytes.withUnsafeBytes { try LogReader.read(bytes: $0, named: name, options: options, monitor: SilentMonitor()) }
}

/// On real logs, which are no part of the project: `SharedData` says where they are looked for.
@Suite(.enabled(if: SharedData.hasAnswers, "the shared data and its reference answers are not there"))
struct SharedLogsTests {
    private struct Answer: Decodable {
        var cases: Int
        var events: Int
        var activities: Int
        var dfg: Graph

        struct Graph: Decodable {
            var activities: [Activity]
        }

        struct Activity: Decodable {
            var name: String
            var count: Int
        }
    }

    /// Logs by their place in the shared data, with the name of PM4Py's answer.
    private static let logs: [(path: String, answer: String)] = [
        ("pm4py/running-example.xes", "running-example"), ("pm4py/running-example.csv", "running-example"),
        ("pm4py/reviewing.xes.gz", "reviewing"), ("pm4py/interval_event_log.xes", "interval_event_log"),
        ("pm4py/roadtraffic100traces.xes", "roadtraffic100traces"),
        ("receipt/Receipt_phase_of_an_environmental_permit_application_process_WABO_CoSeLoG_project.xes.gz", "receipt"),
        ("bpic2020/BPI_2020_DomesticDeclarations.xes.gz", "bpic2020-DomesticDeclarations"),
        ("bpic2020/BPI_2020_RequestForPayment.xes.gz", "bpic2020-RequestForPayment"),
        ("bpic2020/BPI_2020_PermitLog.xes.gz", "bpic2020-PermitLog"), ("bpic2019/16_bpic2019_1t_per_variant.xes.gz", "bpic2019"),
        ("road-traffic/Road_Traffic_Fine_Management_Process.xes.gz", "road-traffic"),
        ("purchasing-example/PurchasingExample.simod.csv.gz", "purchasing-example"),
        ("p2p-synthetic/Procure_to_Pay.csv.gz", "p2p-synthetic"), ("conformance/a12f0n00.xes.gz", "a12f0n00"),
        ("conformance/a12f0n20.xes.gz", "a12f0n20"), ("conformance/a12f0n50.xes.gz", "a12f0n50"),
        ("conformance/a22f0n00.xes.gz", "a22f0n00"), ("conformance/a22f0n20.xes.gz", "a22f0n20"),
        ("conformance/a22f0n50.xes.gz", "a22f0n50"),
    ]

    /// Cases, events and how often each activity occurs are PM4Py's.
    @Test(arguments: logs)
    func countsArePM4Pys(_ log: (path: String, answer: String)) throws {
        let answers = try #require(SharedData.answers)
        let answer = try JSONDecoder().decode(Answer.self, from: Data(contentsOf: answers.appending(path: log.answer + ".json")))
        let read = try read(SharedData.file(log.path))
        #expect(read.log.caseCount == answer.cases)
        #expect(read.log.eventCount == answer.events)
        var counts = [Int](repeating: 0, count: read.log.activities.count)
        for id in read.log.columns.activity.ids { counts[Int(id)] += 1 }
        let named = Dictionary(uniqueKeysWithValues: zip(read.log.activities.strings, counts))
        #expect(named == Dictionary(uniqueKeysWithValues: answer.dfg.activities.map { ($0.name, $0.count) }))
        #expect(read.format.isGzipped == log.path.hasSuffix(".gz"))
    }

    /// `Activity` stands beside `concept:name` there: the keys of the standard win over names that only look right.
    @Test func standardKeysWinInProduction() throws {
        let read = try read(SharedData.file("production/Production.kronos.csv"))
        let recognised = try #require(read.recognised)
        #expect(recognised.case == "case:concept:name" && recognised.activity == "concept:name")
        #expect(recognised.timestamp == "time:timestamp" && recognised.start == "start_timestamp")
        #expect(recognised.resource == "org:resource")
        #expect(read.log.caseCount == 225 && read.log.eventCount == 4_953)
        #expect(read.log.columns.caseAttributes.map(\.name) == ["variant", "variant-index", "creator"])
        #expect(read.log.columns.attributes.map(\.name).contains("Activity"))
    }
}
