import EventLogs
import Foundation
import Instants
import Statistics
import TestSupport
import Testing

@testable import LogFormats

/// Rows that repeat what the row before has in the columns of the case, wherever those stand and whatever they hold.
@Suite struct CSVRepeatedColumnsTests {
    /// A seeded table with the columns of the case in random places, mostly beside each other.
    static func table(seed: UInt64, rows: Int) -> String {
        var stream = RandomStream(seed: seed, path: 83)
        func chance(_ percent: Int) -> Bool { stream.index(below: 100) < percent }
        let end = ["\n", "\r\n"][stream.index(below: 2)]
        let ofCases = ["case:concept:name"] + (0..<(1 + stream.index(below: 6))).map { "case:a\($0)" }
        let ofEvents = ["concept:name", "time:timestamp", "org:resource", "n"]
        var names = chance(50) ? ofCases + ofEvents : ofEvents + ofCases
        for _ in 0..<stream.index(below: 4) { names.swapAt(stream.index(below: names.count), stream.index(below: names.count)) }
        let texts = [
            "", "a", "采购订单", "x, y", "5\" pipe", "\"\"", String(repeating: "long ", count: 30), "true", "17", "2.5", "1e3", "Müller",
        ]
        let lineBreak = chance(20)
        func field(_ text: String, _ isQuoted: Bool) -> String {
            let needsQuotes = text.contains { ",\n\r".contains($0) } || text.hasPrefix("\"")
            return needsQuotes || isQuoted ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
        }
        let kinds = names.map { _ in stream.index(below: 3) }
        var text = names.joined(separator: ",") + end
        var number = 0
        var values: [String: String] = [:]
        for row in 0..<rows {
            if row == 0 || chance(30) {
                number = chance(15) ? stream.index(below: number + 1) : number + 1
                var own = RandomStream(seed: seed &* 1_000 &+ UInt64(number), path: 84)
                for (name, kind) in zip(names, kinds) where name.hasPrefix("case:a") {
                    switch kind {
                    case 0: values[name] = "\(own.index(below: 3))"
                    case 1: values[name] = texts[own.index(below: texts.count)] + (lineBreak && own.index(below: 9) == 0 ? "\nmore" : "")
                    default: values[name] = "the same"
                    }
                }
                values["case:concept:name"] = "case \(number)"
            }
            let isQuoted = chance(10)
            let fields = names.map { name in
                switch name {
                case "concept:name": return ["A", "B", "C"][stream.index(below: 3)]
                case "time:timestamp": return String(format: "2024-03-%02dT10:00:%02d.000+01:00", 1 + row % 28, stream.index(below: 60))
                case "org:resource": return field(["", "ann", "bob, jr", "李"][stream.index(below: 4)], false)
                case "n": return ["", "\(stream.index(below: 1_000))", "-7"][stream.index(below: 3)]
                default: return field(values[name] ?? "", isQuoted && chance(50))
                }
            }
            text += fields.joined(separator: ",") + (row == rows - 1 && chance(50) ? "" : end)
        }
        return text
    }

    private func plain(_ bytes: [UInt8], threads: Int, stretch: Int?, _ roles: Set<ColumnRole>? = nil) throws -> EventLog? {
        try bytes.withUnsafeBytes { text in
            try CSVLogReader(text, file: "log.csv", options: ReadOptions(roles: roles, threads: threads), monitor: SilentMonitor())
                .readPlain(stretch: stretch) { _ in }?.builder.finish()
        }
    }

    private func complete(_ bytes: [UInt8], _ roles: Set<ColumnRole>? = nil) throws -> EventLog {
        try bytes.withUnsafeBytes { text in
            try CSVLogReader(text, file: "log.csv", options: ReadOptions(roles: roles), monitor: SilentMonitor()).readCompletely().builder
                .finish()
        }
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>) func repeatedColumnsAreReadAlike(seed: UInt64) throws {
        let text = Self.table(seed: seed, rows: 400)
        let bytes = Array(text.utf8)
        let expected = try complete(bytes)
        #expect(expected.columns.count == 400)
        let log = try #require(try plain(bytes, threads: 1, stretch: nil), "the layout is a plain one")
        expectSame(log, expected, "seed \(seed)")
        for (threads, stretch) in [(2, 5_000), (3, 700)] {
            // A cut may lie within quotes.
            if let log = try plain(bytes, threads: threads, stretch: stretch) { expectSame(log, expected, "seed \(seed), \(stretch)") }
        }
    }

    /// Only the columns that were asked for are there, in the order of the file where no time is among them.
    @Test(arguments: 1...12 as ClosedRange<UInt64>) func columnsCanBeLeftOut(seed: UInt64) throws {
        let bytes = Array(Self.table(seed: seed, rows: 300).utf8)
        let roles: Set<ColumnRole> = [.caseID, .activity]
        let expected = try complete(bytes, roles)
        let log = try #require(try plain(bytes, threads: 2, stretch: nil, roles), "the layout is a plain one")
        expectSame(log, expected, "seed \(seed)")
        #expect(log.columns.attributes.isEmpty && log.columns.caseAttributes.isEmpty && log.columns.resource == nil)
        #expect(log.columns.time.allSatisfy { $0 == Instant.missing })
        let whole = try complete(bytes)
        #expect(log.columns.caseNames.strings == whole.columns.caseNames.strings)
        // Whatever the order of events in a case, by the lines they stand in they are the same.
        func activities(_ log: EventLog) -> [UInt32: String?] {
            Dictionary(uniqueKeysWithValues: log.columns.row.enumerated().map { ($0.element, log.columns.activity.text($0.offset)) })
        }
        #expect(activities(log) == activities(whole))
        for position in 0..<log.caseCount {
            let rows = log.eventRanges[position].map { log.columns.row[$0] }
            #expect(rows == rows.sorted())
        }
    }

    /// A byte that is no UTF-8 is found wherever it stands, and said before anything else.
    @Test(arguments: 1...10 as ClosedRange<UInt64>) func invalidTextIsNoPlainLayout(seed: UInt64) throws {
        let whole = Array(Self.table(seed: seed, rows: 120).utf8)
        var stream = RandomStream(seed: seed, path: 85)
        for _ in 0..<30 {
            var bytes = whole
            let place = stream.index(below: bytes.count)
            bytes[place] = [0xFF, 0xC3, 0x80, 0xED][stream.index(below: 4)]
            guard let wrong = bytes.withUnsafeBytes({ raw in String(validating: raw, as: UTF8.self) == nil ? place : nil }) else {
                continue
            }
            if let log = try? plain(bytes, threads: 1, stretch: nil) { Issue.record("seed \(seed), byte \(wrong): \(log.caseCount) cases") }
            let error = #expect(throws: InputError.self, "seed \(seed), byte \(wrong)") {
                try bytes.withUnsafeBytes {
                    try LogReader.read(bytes: $0, named: "log.csv", options: ReadOptions(), monitor: SilentMonitor())
                }
            }
            guard case .encoding(_, let position, _, _) = error?.cause else {
                Issue.record("seed \(seed), byte \(wrong): \(String(describing: error))")
                continue
            }
            #expect(position >= place - 3 && position <= place + 1)
        }
    }
}
