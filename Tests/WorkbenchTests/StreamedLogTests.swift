import EventLogs
import Foundation
import LogFormats
import Performance
import ProcessModels
import Reports
import Statistics
import TestSupport
import Testing

@testable import Workbench

/// Answers about a log that is read piece by piece are, to the byte, those that it gives in memory.
@Suite struct StreamedLogTests {
    private static var questions: [any LogQuestion] {
        let options = [
            PerformanceOptions(), PerformanceOptions(censored: .exclude),
            PerformanceOptions(endActivities: ["B", "nowhere"], censored: .exclude),
        ]
        return [InspectionQuestion(language: .en), VariantQuestion(), GraphQuestion(timesBy: options[1])]
            + options.map { PerformanceQuestion(options: $0, withRework: true) }
    }

    /// An answer as JSON, with all that is told beside it.
    private static func text(_ facts: LogFacts, _ answer: Any) throws -> String {
        let body: String
        if let found = answer as? (graph: DirectlyFollowsGraph, activities: [ActivityTimes]) {
            body = try JSONText.encode(found.graph) + JSONText.encode(found.activities)
        } else if let found = answer as? (result: PerformanceResult, rework: Rework?, detail: PerformanceDetail) {
            body = try JSONText.encode(found.result) + JSONText.encode(found.rework) + JSONText.encode(found.detail.repetition)
        } else if let found = answer as? any Encodable {
            func encode(_ value: some Encodable) throws -> String { try JSONText.encode(value) }
            body = try encode(found)
        } else {
            body = ""
        }
        #expect(!body.isEmpty)
        let headline = facts.headline
        let told = "\(headline) \(facts.unknownActivities) \(facts.filters) \(facts.source) \(facts.rowUnit) \(facts.name)"
        return try body + JSONText.encode(facts.provenance(seed: 1)) + told
    }

    private static func streamed(_ question: some LogQuestion, _ request: LogRequest, piece: Int) throws -> String {
        let (facts, answer) = try StreamedLog.ask(question, of: request, pieceSize: piece, monitor: SilentMonitor())
        return try text(facts, answer)
    }

    private static func inMemory(_ question: some LogQuestion, _ opened: OpenedLog) throws -> String {
        let (facts, answer) = question.asked(of: opened)
        return try text(facts, answer)
    }

    /// Asks all questions both ways; errors must be the same too.
    private static func compare(_ request: LogRequest, pieces: [Int], _ comment: Comment) {
        let opened = Result { try OpenedLog(request, monitor: SilentMonitor()) }
        for question in questions {
            let expected: String
            switch opened {
            case .success(let log): expected = (try? inMemory(question, log)) ?? ""
            case .failure(let error): expected = "\(error)"  // The same error is due.
            }
            for piece in pieces {
                let got: String
                do { got = try streamed(question, request, piece: piece) } catch { got = "\(error)" }
                if got == expected { continue }
                let place = zip(got.utf8, expected.utf8).prefix { $0 == $1 }.count
                func around(_ text: String) -> String {
                    String(decoding: Array(text.utf8).dropFirst(max(0, place - 150)).prefix(450), as: UTF8.self)
                }
                Issue.record("\(comment) by \(piece): \(type(of: question))\n\(around(got))\n— expected —\n\(around(expected))")
                return
            }
        }
    }

    private static func request(
        _ url: URL, _ change: (inout ReadOptions) -> Void = { _ in }, cases: [String] = [], events: [String] = []
    ) -> LogRequest {
        var options = ReadOptions(threads: 2)
        change(&options)
        return LogRequest(
            source: .file(url), reading: options, caseFilters: cases.map { LogRequest.FilterSource(name: "--filter", text: $0) },
            eventFilters: events.map { LogRequest.FilterSource(name: "--filter-events", text: $0) })
    }

    private static func withFile<Result>(_ bytes: some Sequence<UInt8>, _ name: String, _ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: name)
        try Data(bytes).write(to: url)
        return try body(url)
    }

    // MARK: - Seeded logs

    /// Rows in the order of cases, with columns of every kind, gaps and oddities that differ along the file.
    private static func table(seed: UInt64, cases: Int) -> String {
        var stream = RandomStream(seed: seed, path: 91)
        func chance(_ percent: Int) -> Bool { stream.index(below: 100) < percent }
        let withStarts = chance(50)
        let withLifecycle = chance(50)
        let isOdd = chance(30)
        var text = "case,activity,timestamp,start,resource,lifecycle,amount,plant,case:region,note,flag,due\n"
        for number in 0..<cases {
            var minute = stream.index(below: 400_000)
            let plant = "P\(stream.index(below: 3))"
            let region = chance(95) ? "R\(number % 4)" : ""
            let isLate = number * 2 > cases
            for event in 0...stream.index(below: 7) {
                minute += stream.index(below: 2_000)
                func time(_ minute: Int) -> String {
                    let day = 1 + minute / 1_440 % 28
                    let month = 1 + minute / 40_320 % 12
                    let clock = String(format: "%02d:%02d:00", minute / 60 % 24, minute % 60)
                    let year = isOdd && chance(1) ? 1_948 : 2_024
                    return String(format: "%04d-%02d-%02dT", year, month, day) + clock + (month > 3 && month < 11 ? "+02:00" : "+01:00")
                }
                let activity = ["A", "B", "C", "Check invoice", "check  invoice", "Chekc invoice"][stream.index(below: isLate ? 6 : 4)]
                let start = withStarts && chance(80) ? time(max(0, minute - stream.index(below: 90))) : ""
                let lifecycle =
                    withLifecycle && (!isOdd || isLate)
                    ? ["start", "complete", "suspend"][stream.index(below: 3)] : (withLifecycle ? "suspend" : "")
                let who = chance(90) ? ["ann", "bob", "BATCH_01", "KÃ©vin"][stream.index(below: isLate ? 4 : 2)] : ""
                let amount = chance(80) ? (isOdd && isLate ? "\(stream.index(below: 90)).5" : "\(stream.index(below: 90))") : ""
                let note = isLate && isOdd ? "\"a, \"\"b\"\"\nc\"" : "n\(event % 2)"
                let shown = isOdd && isLate && chance(2) ? "P9" : plant
                let due = isOdd ? "2024-05-01T00:00:00Z" : ""
                let row = [
                    "c\(number)", chance(98) ? activity : "", time(minute), start, who, lifecycle, amount, shown, region, note,
                    chance(50) ? "true" : "false", due,
                ]
                text += row.joined(separator: ",") + "\n"
                if chance(3) { text += row.joined(separator: ",") + "\n" }
            }
        }
        return text
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func tablesAnswerAlike(seed: UInt64) throws {
        try Self.withFile(Self.table(seed: seed, cases: 36).utf8, "log.csv") { url in
            Self.compare(Self.request(url), pieces: seed < 3 ? [1, 700] : [900, 1 << 26], "seed \(seed)")
            Self.compare(Self.request(url) { $0.counting = .events }, pieces: [900], "events, seed \(seed)")
            Self.compare(Self.request(url) { $0.classifier = "activity+plant" }, pieces: [900], "classifier, seed \(seed)")
            let filters = [
                "has('A') or duration > 1d", "plant == 'P1' or amount > 5", "directly('A','Nowhere') or not resource is missing",
            ]
            Self.compare(Self.request(url, cases: [filters[Int(seed) % 3]]), pieces: [700], "filter, seed \(seed)")
            let events = ["resource == 'ann' or activity matches 'nvoice'", "lifecycle == 'suspend'"]
            Self.compare(
                Self.request(url, cases: ["instances > 1"], events: [events[Int(seed) % 2]]), pieces: [700], "events kept, seed \(seed)")
        }
    }

    /// A log that changes its habits: rows of XES, written from the tables, in the usual layout and with oddities.
    @Test(arguments: 1...5 as ClosedRange<UInt64>) func documentsAnswerAlike(seed: UInt64) throws {
        let log = try Self.withFile(Self.table(seed: seed, cases: 36).utf8, "log.csv") { url in
            try OpenedLog(Self.request(url), monitor: SilentMonitor()).log
        }
        var document: [UInt8] = []
        LogWriter.writeXES(log) { document.append(contentsOf: $0) }
        let nested = String(decoding: document, as: UTF8.self).replacingOccurrences(
            of: "<trace>\n", with: "<trace>\n<!-- a trace --><string key=\"outer\" value=\"o\"><int key=\"inner\" value=\"1\"/></string>\n")
        for (name, bytes) in [("log.xes", document), ("nested.xes", Array(nested.utf8))] {
            try Self.withFile(bytes, name) { url in
                Self.compare(Self.request(url), pieces: [3_000, 1 << 26], "\(name), seed \(seed)")
                Self.compare(
                    Self.request(url) { $0.classifier = "concept:name+org:resource" }, pieces: [2_000], "\(name) classified, seed \(seed)")
                Self.compare(Self.request(url, cases: ["plant == 'P1'"]), pieces: [2_000], "\(name) filtered, seed \(seed)")
            }
        }
    }

    /// Models as JSON and as files, found both ways.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func modelsAreFoundAlike(seed: UInt64) throws {
        func text(_ basis: MiningBasis, _ miner: ModelMiner) throws -> String {
            let mined = try MinedModel(in: basis, miner: miner, options: MinedModel.Options(for: miner))
            let file = (try? mined.bpmn(name: "p", language: .en))?.xml() ?? ""
            let figures = basis.instances.sorted { $0.key < $1.key }.filter { $0.value > 0 }
            return try JSONText.encode(mined) + file + (mined.net?.pnml() ?? "") + "\(figures)"
        }
        try Self.withFile(Self.table(seed: seed, cases: 36).utf8, "log.csv") { url in
            for (change, filters) in [({ _ in }, []), ({ $0.counting = .events }, ["has('A') or duration > 1d"])]
                as [((inout ReadOptions) -> Void, [String])]
            {
                let request = Self.request(url, change, cases: filters)
                let opened = try OpenedLog(request, monitor: SilentMonitor())
                let counts = [
                    DirectlyFollowsCounts(of: opened.log),
                    DirectlyFollowsCounts(of: VariantIndex(of: opened.log), names: opened.log.activities),
                ].map {
                    [$0.activityCounts, $0.startCounts, $0.endCounts, $0.source.map(Int.init), $0.target.map(Int.init), $0.edgeCounts]
                }
                #expect(counts[0] == counts[1])
                for miner in ModelMiner.allCases {
                    let expected = try text(MiningQuestion(for: miner).asked(of: opened).answer, miner)
                    for piece in [1, 900, 1 << 26] {
                        let basis = try StreamedLog.ask(MiningQuestion(for: miner), of: request, pieceSize: piece, monitor: SilentMonitor())
                            .answer
                        #expect(basis.log == nil)
                        let got = try text(basis, miner)
                        #expect(got == expected, "\(miner), seed \(seed), by \(piece)")
                    }
                }
            }
        }
    }

    // MARK: - What cannot be read so

    @Test func aCaseThatComesBackIsAnErrorWithItsLine() throws {
        let csv =
            "case,activity,timestamp\na,A,2024-01-01T00:00:00Z\nb,A,2024-01-02T00:00:00Z\na,B,2024-01-03T00:00:00Z\nb,B,2024-01-04T00:00:00Z\n"
        try Self.withFile(csv.utf8, "log.csv") { url in
            for piece in [1, 1 << 20] {
                let error = #expect(throws: InputError.self) {
                    try StreamedLog.ask(VariantQuestion(), of: Self.request(url), pieceSize: piece, monitor: SilentMonitor())
                }
                #expect(error?.line == 4)
                #expect(error?.cause == .returningCase("a"))
            }
        }
    }

    @Test func filtersByVariantAreRefused() throws {
        try Self.withFile(Self.table(seed: 1, cases: 3).utf8, "log.csv") { url in
            let error = #expect(throws: InputError.self) {
                try StreamedLog.ask(VariantQuestion(), of: Self.request(url, cases: ["not variant == 1"]), monitor: SilentMonitor())
            }
            #expect(error?.cause == .cannotStream(.variantFilter))
        }
    }

    // MARK: - Real logs

    private static let documents = [
        "pm4py/running-example.xes", "pm4py/reviewing.xes.gz", "pm4py/roadtraffic100traces.xes",
        "receipt/Receipt_phase_of_an_environmental_permit_application_process_WABO_CoSeLoG_project.xes.gz",
        "purchasing-example/purchasing_example_log.xes",
        "robust-xes/L1_activities with start or complete events only.xes",
        "robust-xes/L1_complete_events_only_with_resources_missing_timestamps.xes", "robust-xes/L1_no_lifecycle_transition.xes",
        "robust-xes/L1_start_complete_overlapping.xes", "robust-xes/L1_1trace_empty_trace.xes", "robust-xes/L1_empty_log.xes",
    ]

    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"), arguments: documents)
    func realDocumentsAnswerAlike(path: String) {
        let url = SharedData.file(path)
        let bytes = ((try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0) * (path.hasSuffix(".gz") ? 25 : 1)
        Self.compare(Self.request(url), pieces: [max(1_500, bytes / 6)], "\(path)")
    }

    private static let tables = [
        "pm4py/running-example.csv", "production/Production.kronos.csv", "simulation/optimos-purchasing/purchasing_example.csv",
        "log-distance/LoanApp_delays.csv", "waiting-time/manual_log_1.csv", "batches/event_log_5.csv", "erp-tables/CDHDR.csv",
    ]

    /// Tables whose rows were sorted by their first columns stand for files that are sorted by case.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"), arguments: tables)
    func realTablesAnswerAlike(path: String) throws {
        let text = try String(contentsOf: SharedData.file(path), encoding: .utf8)
        var lines = text.split(whereSeparator: \.isNewline)
        let header = lines.removeFirst()
        guard let opened = try? OpenedLog(Self.request(SharedData.file(path)), monitor: SilentMonitor()) else { return }
        let names = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let column = try #require(names.firstIndex(of: opened.source.columns.first { $0.role == "case" }?.column ?? ""))
        func key(_ line: Substring) -> Substring {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return column < fields.count ? fields[column] : ""
        }
        let sorted = lines.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element)
        let file = ([header] + sorted).joined(separator: "\n") + "\n"
        try Self.withFile(file.utf8, "sorted.csv") { url in
            Self.compare(Self.request(url), pieces: [max(300, file.utf8.count / 7)], "\(path)")
        }
    }
}
