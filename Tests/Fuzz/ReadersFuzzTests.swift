import Foundation
import Statistics
import TestSupport
import Testing

/// Damaged files of every format, read by the built command in a process of its own with bounded memory and time: it may refuse them, it
/// may not crash, hang or swell.
///
/// `WEIR_FUZZ_RUNS` and `WEIR_FUZZ_SEED` ask for more and for other damage; `.ci/fuzz` does.
@Suite struct ReadersFuzzTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
    /// Pieces that readers are known to trip over.
    private static let pieces: [[UInt8]] =
        [
            "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE log [", "&amp;", "&#0;", "&#x10FFFF;", "&c;", "<event>", "</event>", "<trace>",
            "</trace>", "<list key=\"l\"><values>", "'", "\"", "\"\"", ",", ";", "\t", "\r\n", "\n\n", "\u{FEFF}", "é", "\u{0}", "{", "}",
            "[", "]",
            "\\u0000", "1e999", "-0", "9223372036854775808", "0000-00-00T00:00:00", "2024-02-30T25:61:61+99:99", "NaN",
            String(repeating: "<a>", count: 400), String(repeating: "[", count: 3_000), String(repeating: "9", count: 700),
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0x1F, 0x8B, 0x08], [0x50, 0x4B, 0x03, 0x04], [0xC3], [0xED, 0xA0, 0x80]]

    private static func damaged(_ file: [UInt8], _ other: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
        var bytes = file
        for _ in 0...stream.index(below: 4) where !bytes.isEmpty {
            let place = stream.index(below: bytes.count)
            let length = min(bytes.count - place, 1 + stream.index(below: 60))
            switch stream.index(below: 7) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: stream.index(below: 256))
            case 1: bytes[place] ^= 1 << UInt8(stream.index(below: 8))
            case 2: bytes.removeSubrange(place..<place + length)
            case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: stream.index(below: bytes.count))
            case 4: bytes.insert(contentsOf: pieces[stream.index(below: pieces.count)], at: place)
            case 5: bytes = Array(bytes[..<place])
            default:
                let from = stream.index(below: other.count)
                bytes.insert(contentsOf: other[from..<min(other.count, from + length)], at: place)
            }
        }
        return bytes
    }

    private static func read(_ path: String) throws -> BoundedCommand.End { try BoundedCommand.run(["lint", path]) }

    @Test func damagedFilesAreReadOrRefused() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        let files = try names.map { Array(try Data(contentsOf: Self.folder.appending(path: $0))) }
        #expect(files.count >= 9)
        let scratch = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // 0 and 3 are answers, 65 a refusal.
        let allowed: Set<Int32> = [0, 3, 65]
        var answered = 0
        for (name, file) in zip(names, files) {
            let path = scratch.appending(path: name).path
            try Data(file).write(to: URL(filePath: path))
            let whole = try Self.read(path)
            #expect(whole.reason == .exit && allowed.contains(whole.status), "\(name): \(whole)")
        }
        for run in 0..<BoundedCommand.runs {
            var stream = RandomStream(seed: BoundedCommand.seed, path: UInt64(run))
            let chosen = run % files.count
            let bytes = Self.damaged(files[chosen], files[stream.index(below: files.count)], &stream)
            let path = scratch.appending(path: names[chosen]).path
            try Data(bytes).write(to: URL(filePath: path))
            let end = try Self.read(path)
            if end.reason == .exit && end.status != 65 { answered += 1 }
            if end.reason == .exit && allowed.contains(end.status) { continue }
            Issue.record("\(names[chosen]), seed \(BoundedCommand.seed), run \(run): \(end): \(Data(bytes).base64EncodedString())")
            if run > 0 && answered == 0 { break }
        }
        #expect(answered > BoundedCommand.runs / 50, "some damage is harmless")
    }

    /// What a small file may not swell to: entities are not expanded, packed zeros are refused.
    @Test func bombsAreRefused() throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "bombs-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let laughs = Self.folder.appending(path: "entities.xes").path
        #expect(try Self.read(laughs) == .init(reason: .exit, status: 65))
        let zeros = scratch.appending(path: "zeros.csv.gz").path
        let packer = Process()
        packer.executableURL = URL(filePath: "/bin/sh")
        packer.arguments = ["-c", "head -c 400000000 /dev/zero | gzip -9 > '\(zeros)'"]
        try packer.run()
        packer.waitUntilExit()
        #expect(try Self.read(zeros) == .init(reason: .exit, status: 65))
        // Lines of one letter pack a thousandfold too, and are text.
        let lines = scratch.appending(path: "lines.csv.gz").path
        let yes = Process()
        yes.executableURL = URL(filePath: "/bin/sh")
        yes.arguments = ["-c", "yes a,b,c | head -c 300000000 | gzip -9 > '\(lines)'"]
        try yes.run()
        yes.waitUntilExit()
        #expect(try Self.read(lines) == .init(reason: .exit, status: 65))
    }
}
