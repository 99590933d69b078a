import EventLogs
import Foundation
import Instants
import Statistics
import TestSupport
import Testing

@testable import LogFormats

/// Tables in a plain layout, which are read in one pass on several threads, give what two passes over them give.
@Suite struct CSVPlainLayoutTests {
    private func reader(_ text: UnsafeRawBufferPointer, threads: Int, zone: TimeZoneChoice? = nil) throws -> CSVLogReader<SilentMonitor> {
        try CSVLogReader(text, file: "log.csv", options: ReadOptions(zone: zone, threads: threads), monitor: SilentMonitor())
    }

    private func plain(_ bytes: [UInt8], threads: Int, stretch: Int, zone: TimeZoneChoice? = nil) throws -> EventLog? {
        try bytes.withUnsafeBytes { try reader($0, threads: threads, zone: zone).readPlain(stretch: stretch) { _ in }?.builder.finish() }
    }

    private func complete(_ bytes: [UInt8], zone: TimeZoneChoice? = nil) throws -> EventLog {
        try bytes.withUnsafeBytes { try reader($0, threads: 1, zone: zone).readCompletely().builder.finish() }
    }

    /// A seeded table in a plain layout. Columns change what they hold after `late` rows.
    static func table(seed: UInt64, rows: Int, late: Int = .max, hasLineBreaks: Bool = false) -> String {
        var stream = RandomStream(seed: seed, path: 81)
        func chance(_ percent: Int) -> Bool { stream.index(below: 100) < percent }
        let mark = [",", ";", "\t", "|"][stream.index(below: 4)]
        let end = ["\n", "\r\n"][stream.index(below: 2)]
        let isSorted = chance(50)
        let texts = ["", "a", "x, y", "x; y", "5\" pipe", "\"", "Müller", "采购订单", "t\tab", "p|q", String(repeating: "long ", count: 20)]
        func field(_ text: String) -> String {
            let needsQuotes = text.contains { ",;\t|\n\r".contains($0) } || text.hasPrefix("\"")
            return needsQuotes || chance(5) ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
        }
        func time() -> String {
            let fraction = ["", ".5", ".123456", ".1234567", ".000"][stream.index(below: 5)]
            let date = String(format: "2024-%02d-%02d", 1 + stream.index(below: 12), 1 + stream.index(below: 28))
            if chance(2) { return date }
            let offset = ["+02:00", "Z", "", "+01:00"][stream.index(below: chance(80) ? 2 : 4)]
            return date + (chance(80) ? "T" : " ") + String(format: "%02d:%02d:07", stream.index(below: 24), stream.index(below: 60))
                + fraction + offset
        }
        let names = [
            "case:concept:name", "concept:name", "time:timestamp", "org:resource", "case:kind", "case:size", "case:open", "amount", "count",
            "flag", "when", "note", "case:odd", "nothing", "start_timestamp", "cost:total",
        ]
        var text = (chance(30) ? "\u{FEFF}" : "") + names.joined(separator: mark) + end
        for row in 0..<rows {
            let number = isSorted ? row / 4 : stream.index(below: max(1, rows / 4))
            let isLate = row >= late
            let values: [String] = [
                "case \(number)", ["A", "B", "C+D", ""][stream.index(below: 4)], row > 0 && chance(3) ? "" : time(),
                ["ann", "bob", ""][stream.index(below: 3)], "kind \(number % 3)", chance(20) ? "" : "\(number % 7 - 3)",
                number % 2 == 0 ? "true" : "False", isLate && chance(5) ? "n/a" : "\(Double(stream.index(below: 900)) / 8)",
                isLate && chance(30) ? "1.5" : "\(Int(stream.index(below: 900)) - 400)", isLate ? "maybe" : ["true", "FALSE", ""][row % 3],
                chance(60) ? "" : time(), hasLineBreaks && chance(10) ? "two\nlines" : texts[stream.index(below: texts.count)],
                isLate ? "odd \(stream.index(below: 4))" : "\(number % 5)", isLate && chance(20) ? "\(stream.index(below: 9))" : "",
                chance(50) ? "" : time(), chance(30) ? "" : "\(stream.index(below: 50)).5",
            ]
            text += values.map(field).joined(separator: mark) + (row == rows - 1 && chance(50) ? "" : end)
        }
        return text
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>) func plainLayoutsAreReadAlike(seed: UInt64) throws {
        let bytes = Array(Self.table(seed: seed, rows: 300).utf8)
        let expected = try complete(bytes)
        for (threads, stretch) in [(1, 1 << 20), (1, 1), (2, 700), (3, 5_000)] {
            let log = try #require(try plain(bytes, threads: threads, stretch: stretch), "the layout is a plain one")
            expectSame(log, expected, "seed \(seed), \(threads) threads, stretches of \(stretch)")
        }
        let zone = try TimeZoneChoice(parsing: "+03:00")
        expectSame(
            try #require(try plain(bytes, threads: 2, stretch: 900, zone: zone)), try complete(bytes, zone: zone), "seed \(seed), a zone")
    }

    /// What a sample said of a column is corrected where later values contradict it.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func laterValuesDecideToo(seed: UInt64) throws {
        let bytes = Array(Self.table(seed: seed, rows: 6_400, late: 5_600).utf8)
        let expected = try complete(bytes)
        for (threads, stretch) in [(1, 1 << 22), (3, 40_000)] {
            let log = try #require(try plain(bytes, threads: threads, stretch: stretch), "the layout is a plain one")
            expectSame(log, expected, "seed \(seed), \(threads) threads")
        }
    }

    /// A cut within quotes is noticed; lines are counted right where it lies elsewhere.
    @Test(arguments: 1...8 as ClosedRange<UInt64>) func lineBreaksInQuotesAreReadAlikeOrNotPlain(seed: UInt64) throws {
        let bytes = Array(Self.table(seed: seed, rows: 120, hasLineBreaks: true).utf8)
        let expected = try complete(bytes)
        expectSame(try #require(try plain(bytes, threads: 1, stretch: 1 << 20)), expected, "seed \(seed)")
        for stretch in [1, 300, 2_000] {
            if let log = try plain(bytes, threads: 2, stretch: stretch) { expectSame(log, expected, "seed \(seed), \(stretch)") }
        }
    }

    /// A table that was changed somewhere is read alike by both ways or left to the complete one.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func mutationsAreReadAlikeOrNotPlain(seed: UInt64) throws {
        let whole = Array(Self.table(seed: seed, rows: 30).utf8)
        var stream = RandomStream(seed: seed, path: 82)
        let insertions = ["\"", "\n", "\r", "\r\n", ",", ";", "\"\"", "\"\n\"", "\u{FEFF}", "-0", "1", "x", "é", " "].map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<150 {
            var bytes = whole
            for _ in 0...stream.index(below: 2) {
                let place = stream.index(below: bytes.count)
                switch stream.index(below: 4) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: stream.index(below: 128))
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + stream.index(below: 20)))
                case 2: bytes.swapAt(place, stream.index(below: bytes.count))
                default: bytes.insert(contentsOf: insertions[stream.index(below: insertions.count)], at: place)
                }
            }
            let stretch = 1 + stream.index(below: 3_000)
            let log: EventLog
            do {
                guard let read = try plain(bytes, threads: 2, stretch: stretch) else { continue }
                log = read
            } catch {
                #expect(throws: (any Error).self, "seed \(seed)") { try complete(bytes) }
                continue
            }
            accepted += 1
            do {
                let expected = try complete(bytes)
                if let difference = firstDifference(log, expected) {
                    Issue.record("seed \(seed): \(difference) in \(String(decoding: bytes, as: UTF8.self))")
                    return
                }
            } catch {
                Issue.record("seed \(seed): the complete way refuses: \(error): \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
        #expect(accepted > 4, "some changes are harmless")
    }

    /// On real tables, which are no part of the project.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there")) func realTablesAreReadAlike() throws {
        let folder = try #require(SharedData.folder)
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)).compactMap { $0 as? URL }
            .filter { $0.pathExtension == "csv" }.sorted { $0.path < $1.path }
        var plainCount = 0
        for url in files {
            let bytes = Array(try Data(contentsOf: url))
            if bytes.count > 4_000_000 || String(validating: bytes, as: UTF8.self) == nil { continue }
            guard let log = try? plain(bytes, threads: 2, stretch: 20_000) else { continue }
            plainCount += 1
            expectSame(log, try complete(bytes), url.lastPathComponent)
        }
        #expect(plainCount > 0, "most tables are plain")
    }
}
