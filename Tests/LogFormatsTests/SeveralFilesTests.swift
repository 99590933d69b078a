import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing

/// Several files read as one log.
struct SeveralFilesTests {
    /// A folder of files that is gone when the test is.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: "weir-files-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(at: url) }

        func add(_ name: String, _ text: String) throws -> (url: URL, name: String) {
            let file = url.appending(path: name)
            try Data(text.utf8).write(to: file)
            return (file, name)
        }

        func add(_ name: String, _ log: EventLog) throws -> (url: URL, name: String) {
            let file = url.appending(path: name)
            var bytes: [UInt8] = []
            let write: (UnsafeRawBufferPointer) -> Void = { bytes.append(contentsOf: $0) }
            switch file.pathExtension {
            case "xes": LogWriter.writeXES(log, to: write)
            case "xlsx": try LogWriter.writeXLSX(log, progress: { _ in }, to: write)
            case "ndjson": LogWriter.writeNDJSON(log, to: write)
            default: LogWriter.writeCSV(log, to: write)
            }
            try Data(bytes).write(to: file)
            return (file, name)
        }
    }

    private func read(_ files: [(url: URL, name: String)], _ options: ReadOptions = ReadOptions()) throws -> ReadLog {
        try LogReader.read(files: files, options: options, monitor: SilentMonitor())
    }

    /// A seeded table: rows of some cases, mixed, with numbers, texts, truths and values that are constant per case.
    private func rows(seed: UInt64, count: Int) -> (header: String, rows: [String]) {
        var stream = RandomStream(seed: seed, path: 5)
        let rows = (0..<count).map { row in
            let owner = stream.index(below: 9)
            let amount = row < count / 2 ? "\(stream.index(below: 900))" : "\(Double(stream.index(below: 900)) + 0.5)"
            let number = row < count / 3 ? "\(4_500 + stream.index(below: 9))" : "X\(stream.index(below: 9))"
            let time = "2026-01-\(10 + row / 60 % 20)T08:\(10 + row % 50):\(10 + stream.index(below: 40))Z"
            let note = stream.index(below: 3) == 0 ? "" : "note \(stream.index(below: 4))"
            return
                "c\(owner),step \(stream.index(below: 4)),\(time),user \(stream.index(below: 3)),\(amount),\(number),land \(owner % 2),\(note)"
        }
        return ("case id,activity,timestamp,resource,amount,document,country,note", rows)
    }

    private func text(_ header: String, _ rows: some Sequence<String>) -> String { ([header] + rows).map { $0 + "\n" }.joined() }

    private func expectAlike(_ log: EventLog, _ expected: EventLog, _ what: String) {
        #expect(LogFacts.lines(log) == LogFacts.lines(expected), "\(what)")
        #expect(log.columns.caseNames.strings == expected.columns.caseNames.strings, "\(what)")
        func names(_ columns: [AttributeColumn]) -> [String] { columns.map { "\($0.name) \($0.type)" } }
        #expect(names(log.columns.attributes) == names(expected.columns.attributes), "\(what)")
        #expect(names(log.columns.caseAttributes) == names(expected.columns.caseAttributes), "\(what)")
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>) func filesCutFromATableAreThatTable(_ seed: UInt64) throws {
        let folder = try Folder()
        let (header, rows) = rows(seed: seed, count: 90)
        // A row that stands in two files is one event, so that all are made different.
        let distinct = rows.enumerated().map { $1 + " \($0)" }
        let whole = try read([folder.add("whole.csv", text(header, distinct))])
        var stream = RandomStream(seed: seed, path: 6)
        let first = 20 + stream.index(below: 20)
        let second = 50 + stream.index(below: 20)
        let overlap = stream.index(below: 10)
        let parts = [distinct[..<first], distinct[(first - overlap)..<second], distinct[second...]]
        let files = try parts.enumerated().map { try folder.add("part \($0).csv", text(header, $1)) }
        let joined = try read(files)
        expectAlike(joined.log, whole.log, "seed \(seed)")
        #expect((joined.log.finding(.overlappingFiles)?.count ?? 0) == overlap)
        #expect(joined.byteCount == files.reduce(0) { $0 + ((try? Data(contentsOf: $1.url).count) ?? 0) })
        for (place, row) in joined.log.columns.row.enumerated() where place % 7 == 0 {
            let found = try #require(joined.log.columns.place(ofRow: Int(row)))
            let number = Int(found.file.name.split(separator: " ")[1].prefix(1)) ?? -1
            let line = parts[number][parts[number].startIndex + found.row - 2]
            #expect(line.contains("," + (joined.log.columns.activity.text(place) ?? "") + ","))
        }
    }

    /// Of equal events as many stay as the file has that holds most of them.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func equalEventsOfSeveralFilesCountOnce(_ seed: UInt64) throws {
        let folder = try Folder()
        var stream = RandomStream(seed: seed, path: 7)
        let header = "case,activity,timestamp,resource"
        var most: [String: Int] = [:]
        var total = 0
        let files = try (0..<3).map { file in
            let rows = (0..<30).map { _ in
                "c\(stream.index(below: 2)),A\(stream.index(below: 2)),2026-01-0\(1 + stream.index(below: 3)),\(["", "u"][stream.index(below: 2)])"
            }
            for (row, places) in Dictionary(grouping: rows, by: \.self) { most[row] = max(most[row] ?? 0, places.count) }
            total += rows.count
            return try folder.add("f\(file).csv", text(header, rows))
        }
        let log = try read(files).log
        var counts: [String: Int] = [:]
        let columns = log.columns
        for index in 0..<columns.caseCount {
            for event in columns.caseOffsets[index]..<columns.caseOffsets[index + 1] {
                let day = Instant(microseconds: columns.time[event]).iso8601(offset: 0).prefix(10)
                let row = [
                    columns.caseNames[UInt32(index)], columns.activity.text(event) ?? "", String(day), columns.resource?.text(event) ?? "",
                ]
                counts[row.joined(separator: ","), default: 0] += 1
            }
        }
        #expect(counts == most)
        #expect(log.finding(.overlappingFiles)?.count == total - log.eventCount)
    }

    @Test func filesOfSeveralFormatsAreOneLog() throws {
        let folder = try Folder()
        let log = LogFacts.motley(seed: 3, offsets: [0], isNested: false, unit: 1_000)
        let whole = LogFacts.lines(log, LogFacts.Kept(offsets: false, numberTypes: false, unit: 1_000))
        let suffixes = ["csv", "xes", "xlsx", "ndjson"]
        let files = try suffixes.enumerated().map { place, suffix in
            try folder.add("part\(place).\(suffix)", log.selecting(cases: (0..<log.caseCount).filter { $0 % suffixes.count == place }))
        }
        let joined = try read(files).log
        let lines = LogFacts.lines(joined, LogFacts.Kept(offsets: false, numberTypes: false, unit: 1_000))
        #expect(lines.count == whole.count)
        func core(_ lines: [String]) -> [String] { lines.map { $0.split(separator: " | ").prefix(3).joined(separator: " | ") }.sorted() }
        // A CSV of ours keeps spreadsheets from taking texts for formulas.
        #expect(Set(core(lines)).symmetricDifference(core(whole)).filter { !$0.contains("=1+1") }.sorted() == [])
        #expect(joined.columns.files.map(\.rowUnit) == [.line, .event, .line, .line])
        #expect(joined.columns.rowUnit == .event)
    }

    @Test func findingsNameTheFile() throws {
        let folder = try Folder()
        let files = try [
            folder.add("jan.csv", "case,activity,timestamp\n1,A,2026-01-05T08:00Z\n1,B,2026-01-06T08:00Z\n,C,2026-01-06T08:00Z\n"),
            folder.add("feb.csv", "case,activity,timestamp\n1,C,2026-02-05T08:00Z\n\n2,A,2026-02-06T08:00\n,B,2026-02-06T08:00Z\n"),
        ]
        let log = try read(files).log
        #expect(log.columns.caseNames.strings == ["1", "2"])
        #expect(
            log.finding(.missingCase)?.examples == [
                LogFinding.Example(line: 4, file: "jan.csv"), LogFinding.Example(line: 5, file: "feb.csv"),
            ])
        #expect(log.finding(.missingCase)?.count == 2)
        #expect(log.finding(.blankLine)?.examples == [LogFinding.Example(line: 3, file: "feb.csv")])
        #expect(log.finding(.naiveTime)?.examples == [LogFinding.Example(line: 4, file: "feb.csv")])
        #expect(LogLint(log).findings().allSatisfy { $0.examples.allSatisfy { ($0.row == nil && $0.line == nil) || $0.file != nil } })
    }

    /// What a short export leaves open, another one with the same columns tells.
    @Test func tablesOfOneShapeAreReadAlike() throws {
        let folder = try Folder()
        let header = "Nummer,Schritt,Wann,n\n"
        let long = (0..<40).map { "A\($0 / 4),step \($0 % 4),\(13 + $0 % 10)/01/2026 08:00,\($0)\n" }.joined()
        let whole = try folder.add("whole.csv", header + long)
        let short = try folder.add("short.csv", header + "A1,step 9,02/03/2026 08:00,x\n")
        #expect(inputError { _ = try read([short]) } != nil)
        for files in [[whole, short], [short, whole]] {
            let log = try read(files).log
            #expect(log.eventCount == 41 && log.caseCount == 10)
            #expect(log.columns.time.contains { Instant(microseconds: $0).iso8601(offset: 0).hasPrefix("2026-03-02T08:00") })
            #expect(log.columns.attributes.map(\.type) == [.string])
        }
    }

    @Test func errorsNameTheFile() throws {
        let folder = try Folder()
        let good = try folder.add("good.csv", "case,activity,timestamp\n1,A,2026-01-05T08:00Z\n")
        let cases: [(String, String)] = [
            ("notime.csv", "case,activity,who\n1,A,x\n"), ("nocase.csv", "activity,timestamp\nA,2026-01-05T08:00Z\n"),
            ("empty.csv", ""), ("open.csv", "case,activity,timestamp\n1,\"A,2026-01-05T08:00Z\n"),
        ]
        for (name, content) in cases {
            let bad = try folder.add(name, content)
            for files in [[good, bad], [bad, good]] {
                #expect(inputError { _ = try read(files) }?.file == name)
            }
        }
        #expect(inputError { _ = try read([good, (folder.url.appending(path: "none.csv"), "none.csv")]) }?.cause == .noSuchFile)
    }

    /// A case whose attribute changed between two exports has its later value.
    @Test func theLaterFileDecidesAboutACase() throws {
        let folder = try Folder()
        func file(_ name: String, _ state: String, _ event: String) throws -> (url: URL, name: String) {
            try folder.add(
                name,
                """
                <log><trace><string key="concept:name" value="1"/><string key="state" value="\(state)"/><event>
                <string key="concept:name" value="\(event)"/><date key="time:timestamp" value="2026-01-05T08:00:00Z"/></event></trace></log>
                """)
        }
        let log = try read([file("a.xes", "open", "A"), file("b.xes", "closed", "B")]).log
        #expect(log.columns.caseAttributes.first { $0.name == "state" }?.text(0, forms: []) == "closed")
        #expect(log.finding(.caseConflict)?.count == 1 && log.finding(.caseConflict)?.examples == ["1"])
        #expect(try read([file("a.xes", "open", "A"), file("b.xes", "open", "B")]).log.finding(.caseConflict) == nil)
    }
}
