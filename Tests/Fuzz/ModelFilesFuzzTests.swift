import Foundation
import Statistics
import TestSupport
import Testing

/// Damaged files of models and rules, that a log is held against by the built command: they may be refused; it may not crash, hang or swell.
///
/// `WEIR_FUZZ_RUNS` and `WEIR_FUZZ_SEED` ask for more and for other damage; `.ci/fuzz` does.
@Suite struct ModelFilesFuzzTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Models")

    /// Pieces that say something else where JSON, YAML and models are read.
    private static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "9223372036854775808", "\"", "\\u0000", "\\ud800", "- ", "\n  - ", "&a ",
            "*a",
            "!!binary x", "wd", "9999999999999999d", "true", "tau", "\"counts\":[]", "\"std_s\":0", "\"pairs\":[",
            "<inclusiveGateway id=\"z\"/>",
            " testBefore=\"true\"", "<initialMarking><text>99999</text></initialMarking>", "<text>4000000</text>", " weight=\"9\"",
            String(repeating: "[", count: 2_000), String(repeating: "{\"a\":", count: 2_000),
        ].map { Array($0.utf8) }

    private static func damaged(_ file: [UInt8], run: Int) -> [UInt8] {
        var stream = RandomStream(seed: BoundedCommand.seed, path: 79, UInt64(run))
        var bytes = stream.index(below: 4) == 0 ? file : FileDamage.damaged(file, seed: BoundedCommand.seed, run: run)
        for _ in 0..<stream.index(below: 3) {
            bytes.insert(contentsOf: pieces[stream.index(below: pieces.count)], at: stream.index(below: bytes.count + 1))
        }
        return bytes
    }

    private static func hold(_ path: String, _ method: String?) throws -> BoundedCommand.End {
        let log = folder.appending(path: "log.csv").path
        return try BoundedCommand.run(["conformance", log, path] + (method.map { ["--method", $0] } ?? []))
    }

    @Test func damagedModelsAreHeldOrRefused() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0 != "log.csv" }.sorted()
        let files = try names.map { Array(try Data(contentsOf: Self.folder.appending(path: $0))) }
        #expect(files.count >= 8)
        try BoundedCommand.withFolder("models") { scratch in
            for name in names {
                let end = try Self.hold(Self.folder.appending(path: name).path, nil)
                #expect(end == .init(reason: .exit, status: 0), "\(name): \(end)")
            }
            // 64: a method that is not for what the file has become; 65: refused; 66: a calendar that is not there.
            let allowed: Set<Int32> = [0, 64, 65, 66]
            var answered = 0
            for run in 0..<BoundedCommand.runs {
                let chosen = run % files.count
                let bytes = Self.damaged(files[chosen], run: run)
                let path = scratch.appending(path: names[chosen])
                try Data(bytes).write(to: path)
                let isNet = ["bpmn", "pnml", "ptml"].contains(path.pathExtension)
                let end = try Self.hold(path.path, isNet ? [nil, "replay", "footprint"][run / files.count % 3] : nil)
                if end == .init(reason: .exit, status: 0) { answered += 1 }
                if end.reason == .exit && allowed.contains(end.status) { continue }
                Issue.record("\(names[chosen]), seed \(BoundedCommand.seed), run \(run): \(end): \(Data(bytes).base64EncodedString())")
            }
            #expect(answered > BoundedCommand.runs / 50, "some damage is harmless")
        }
    }
}
