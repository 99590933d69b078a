import ByteParsing
import EventLogs
import Foundation
import Instants
import Statistics
import TestSupport
import Testing

@testable import LogFormats

/// The fast way of reading XES gives what the complete way gives, or nothing.
@Suite struct XESFastReaderTests {
    private func fast(
        _ bytes: [UInt8], threads: Int = 2, zone: TimeZoneChoice? = nil, stretch: Int = XESFastReader.usualStretch
    ) throws -> EventLog? {
        try bytes.withUnsafeBytes {
            try XESFastReader.read(
                $0, file: "log.xes", options: ReadOptions(zone: zone, threads: threads), monitor: SilentMonitor(), stretch: stretch)?
                .finish()
        }
    }

    private func complete(_ bytes: [UInt8], zone: TimeZoneChoice? = nil) throws -> EventLog {
        try bytes.withUnsafeBytes { raw in
            try SourceText.withUTF8(raw, encoding: nil, file: "log.xes") { text, _ in
                var reader = XESLogReader(XMLText(text), file: "log.xes", options: ReadOptions(zone: zone), monitor: SilentMonitor())
                return try reader.read().finish()
            }
        }
    }

    /// A seeded log in the usual layout, with everything that this layout may hold.
    static func document(seed: UInt64, traces: Int) -> String {
        var stream = RandomStream(seed: seed, path: 77)
        func chance(_ percent: Int) -> Bool { stream.index(below: 100) < percent }
        let gap = ["\n\t", "", " ", "\r\n  "][stream.index(below: 4)]
        let ends = ["/>", " />"][stream.index(below: 2)]
        let offsets = ["+02:00", "+01:00", "Z", "-03:30", ""]
        func time() -> String {
            let day = 1 + stream.index(below: 28)
            let fraction = ["", ".5", ".123", ".000", ".123456", ".1234567"][stream.index(below: 6)]
            let offset = chance(90) ? offsets[stream.index(below: 3)] : offsets[stream.index(below: 5)]
            let hour = stream.index(below: 24)
            return String(format: "2024-%02d-%02dT%02d:%02d:%02d", 1 + stream.index(below: 12), day, hour, hour, hour) + fraction + offset
        }
        func attribute(_ type: String, _ key: String, _ value: String) -> String {
            let isOpen = chance(3)
            return gap + "<\(type) key=\"\(key)\" value=\"\(value)\"" + (isOpen ? "> </\(type)>" : ends)
        }
        let texts = [
            "", "a", "Müller &amp; Söhne", "x &lt; 3", "line&#10;break", "two\twords", "采购订单", "long " + String(repeating: "y", count: 40),
        ]
        func further(_ level: String) -> String {
            var text = ""
            for number in 0..<stream.index(below: 5) {
                switch stream.index(below: 6) {
                case 0: text += attribute("int", "\(level) i\(number)", "\(Int(stream.index(below: 9)) - 4)")
                case 1: text += attribute("float", "\(level) f\(number)", "\(Double(stream.index(below: 90)) / 8)")
                case 2: text += attribute("boolean", "\(level) b\(number)", chance(50) ? "true" : "false")
                case 3: text += attribute("date", "\(level) d\(number)", time())
                case 4: text += attribute("id", "\(level) n\(number)", "id-\(stream.index(below: 4))")
                default: text += attribute("string", "\(level) s\(number)", texts[stream.index(below: texts.count)])
                }
            }
            return text
        }
        var text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- head -->\n<log xes.version=\"2.0\">\n<extension name=\"Concept\" prefix=\"concept\" uri=\"u\"/>"
        text +=
            "<global scope=\"event\"><string key=\"concept:name\" value=\"?\"/></global><classifier name=\"Activity\" keys=\"concept:name\"/>"
        text += "<string key=\"source\" value=\"generator\"/>"
        for trace in 0..<traces {
            text += gap + "<trace>" + further("case")
            text += attribute("string", "concept:name", chance(5) ? "case 0" : "case \(trace)") + further("case")
            for _ in 0..<stream.index(below: 6) {
                text += gap + "<event>" + further("event")
                if chance(95) { text += attribute("string", "concept:name", ["A", "B", "C &amp; D"][stream.index(below: 3)]) }
                if chance(95) { text += attribute("date", "time:timestamp", time()) }
                if chance(60) { text += attribute("string", "org:resource", ["ann", "bob", ""][stream.index(below: 3)]) }
                if chance(40) { text += attribute("string", "lifecycle:transition", ["start", "complete"][stream.index(below: 2)]) }
                if chance(20) { text += attribute("string", "org:role", "clerk") }
                if chance(20) { text += attribute("float", "cost:total", "\(stream.index(below: 50)).5") }
                if chance(10) { text += attribute("date", "start_timestamp", time()) }
                text += further("event") + gap + "</event>"
            }
            text += gap + "</trace>"
        }
        return text + "\n<string key=\"last\" value=\"tail\"/></log>\n"
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>) func usualLayoutsAreReadFastAndAlike(seed: UInt64) throws {
        let bytes = Array(Self.document(seed: seed, traces: 40).utf8)
        let expected = try complete(bytes)
        for threads in [1, 3] {
            let log = try #require(try fast(bytes, threads: threads), "the layout is one that is known")
            expectSame(log, expected, "seed \(seed)")
        }
        let zone = try TimeZoneChoice(parsing: "Europe/Berlin")
        expectSame(try #require(try fast(bytes, zone: zone)), try complete(bytes, zone: zone), "seed \(seed) in a zone")
    }

    /// A document that was changed somewhere is read alike by both ways or not by the fast one.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func mutationsAreReadAlikeOrNotFast(seed: UInt64) throws {
        let whole = Array(Self.document(seed: seed, traces: 6).utf8)
        var stream = RandomStream(seed: seed, path: 78)
        let insertions = [
            "<!-- x -->", "<![CDATA[x]]>", "&unknown;", "&#x41;", "'", "\"", "<", ">", "</event>", "<event>", "<trace>", "</trace>",
            "\u{0}",
            "<list key=\"l\"><values/></list>", " xml:id=\"1\"", "<trace><string key=\"concept:name\" value=\"n\"/></trace>", "\u{FEFF}",
            "é",
        ].map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0...stream.index(below: 2) {
                let place = stream.index(below: bytes.count)
                let length = min(bytes.count - place, 1 + stream.index(below: 30))
                switch stream.index(below: 5) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: stream.index(below: 256))
                case 1: bytes.removeSubrange(place..<place + length)
                case 2: bytes.insert(contentsOf: bytes[place..<place + length], at: stream.index(below: bytes.count))
                case 3: bytes.insert(contentsOf: insertions[stream.index(below: insertions.count)], at: place)
                default: bytes.swapAt(place, stream.index(below: bytes.count))
                }
            }
            guard let log = try fast(bytes) else { continue }
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

    /// Stretches end anywhere; the log does not depend on it, packed or not.
    @Test func longDocumentsAreCutBetweenTraces() throws {
        let bytes = Array(Self.document(seed: 5, traces: 120).utf8)
        let expected = try complete(bytes)
        for (threads, stretch) in [(1, 1), (2, 1_000), (3, 4_096), (8, 20_000)] {
            let log = try #require(try fast(bytes, threads: threads, stretch: stretch))
            expectSame(log, expected, "\(threads) threads, stretches of \(stretch)")
        }
        var packed: [UInt8] = []
        var deflater = GzipDeflater()
        bytes.withUnsafeBytes { deflater.append($0) { packed += $0 } }
        deflater.finish { packed += $0 }
        for (threads, stretch) in [(1, 5_000), (2, 9_000), (3, 1 << 16)] {
            let log = try packed.withUnsafeBytes {
                try XESFastReader.read(
                    gzip: $0, file: "log.xes.gz", options: ReadOptions(threads: threads), monitor: SilentMonitor(), stretch: stretch)?
                    .finish()
            }
            expectSame(try #require(log), expected, "packed, \(threads) threads")
        }
    }

    /// On real logs, which are no part of the project.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there")) func realLogsAreReadAlike() throws {
        let folder = try #require(SharedData.folder)
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)).compactMap { $0 as? URL }
            .filter { $0.path.hasSuffix(".xes") || $0.path.hasSuffix(".xes.gz") }.sorted { $0.path < $1.path }
        var fastCount = 0
        for url in files {
            let data = try Data(contentsOf: url)
            if data.count > 1_500_000 && url.pathExtension == "gz" { continue }
            var bytes = Array(data)
            if url.pathExtension == "gz" {
                guard let plain = try? bytes.withUnsafeBytes({ try GzipInflater.inflate($0).withBytes { Array($0) } }) else { continue }
                bytes = plain
            }
            if bytes.isEmpty { continue }
            guard let log = try fast(bytes) else { continue }
            fastCount += 1
            expectSame(log, try complete(bytes), url.lastPathComponent)
        }
        #expect(fastCount > 10)
    }
}
