import Foundation
import ProcessModels
import Statistics
import TestSupport
import Testing

/// Damaged BPMN is read or refused, in bounded time and memory; what is read can be written, read again, laid out and checked.
///
/// `WEIR_FUZZ_RUNS` and `WEIR_FUZZ_SEED` ask for more and for other damage.
@Suite struct BPMNFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let runs = environment["WEIR_FUZZ_RUNS"].flatMap { Int($0) } ?? 400
    private static let seed = environment["WEIR_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

    private static let pieces: [[UInt8]] =
        [
            "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE d [<!ENTITY c \"&c;\">]>", "&amp;", "&#0;", "&c;", "<task id=\"A\"/>",
            "</process>", "</subProcess>", "<subProcess id=\"q\">", "<lane/>",
            "<laneSet><lane id=\"A\"><flowNodeRef>A</flowNodeRef></lane></laneSet>",
            "<boundaryEvent id=\"z\" attachedToRef=\"z\"/>", "<sequenceFlow id=\"zz\" sourceRef=\"A\" targetRef=\"A\"/>", " xmlns=\"\"",
            " xmlns:bpmn=\"x\"", " id=\"A\"", " x=\"1e999\"", " width=\"-5\"", " x=\"999999999\"", "<dc:Bounds/>",
            "<di:waypoint x=\"NaN\" y=\"0\"/>",
            "<bpmndi:BPMNShape bpmnElement=\"A\"/>", "<incoming>A</incoming>", "<conditionExpression/>", "é", "\u{0}", "\u{FEFF}",
            String(repeating: "<subProcess id=\"s\">", count: 300), String(repeating: "<a>", count: 400),
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80]]

    /// What any reader of XML may trip over, then up to two pieces of BPMN where a tag or an attribute ends.
    private static func damaged(_ file: [UInt8], _ other: [UInt8], run: Int) -> [UInt8] {
        var stream = RandomStream(seed: seed, path: UInt64(run))
        var bytes = stream.index(below: 3) == 0 ? file : FileDamage.damaged(file, seed: seed, run: run)
        for _ in 0..<stream.index(below: 3) {
            let marks = bytes.indices.filter { bytes[$0] == UInt8(ascii: ">") || bytes[$0] == UInt8(ascii: " ") }
            if marks.isEmpty { break }
            let mark = marks[stream.index(below: marks.count)]
            var piece = pieces[stream.index(below: pieces.count)]
            if stream.index(below: 3) == 0 {
                // Or what stands between two tags of another file, or whole lines of it.
                let from = other[stream.index(below: other.count)...].firstIndex(of: UInt8(ascii: "<")) ?? 0
                let to = other[min(other.count - 1, from + 1 + stream.index(below: 400))...].firstIndex(of: UInt8(ascii: "<"))
                piece = Array(other[from..<(to ?? other.count)])
            }
            bytes.insert(contentsOf: piece, at: bytes[mark] == UInt8(ascii: ">") ? mark + 1 : mark)
        }
        return bytes
    }

    private struct Changed: Error {}

    /// Reads a document and does with it what can be done; whether it was read.
    private static func use(_ bytes: [UInt8]) throws -> Bool {
        let read: BPMNDocument? = bytes.withUnsafeBytes { try? BPMNDocument($0) }
        guard let document = read else { return false }
        let text = document.model.xml()
        let again = try BPMNDocument(text: text)
        // Written, read and written again it is the same.
        let isSame = again.model.xml() == text && again.model.processes == document.model.processes
        if !isSame || again.omissions.map(\.element).sorted() != document.omissions.map(\.element).sorted() { throw Changed() }
        let laid = document.model.laidOut()
        #expect(laid.diagrams.allSatisfy { diagram in diagram.shapes.allSatisfy { $0.box.x.isFinite && $0.box.y.isFinite } })
        _ = BPMNStructure(laid).findings.count
        _ = try? laid.executable()
        _ = laid.withLanes { $0 }.processes.count
        return true
    }

    /// The most memory that this process has had, in kilobytes.
    private static var peak: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    }

    @Test func damagedFilesAreReadOrRefused() throws {
        var files = (1...4).map { seed in
            Array(BPMNLayoutTests.random(seed, tasks: 8).withLanes(pool: "P") { String($0.prefix(1)) }.xml().utf8)
        }
        for url in BPMNFiles.all where ["A.2.1", "A.4.1", "B.1.0", "C.9.2"].contains(url.deletingPathExtension().lastPathComponent) {
            files.append(Array(try Data(contentsOf: url)))
        }
        let before = Self.peak
        var answered = 0
        for run in 0..<Self.runs {
            let bytes = Self.damaged(files[run % files.count], files[(run / files.count) % files.count], run: run)
            let start = ContinuousClock.now
            do {
                if try Self.use(bytes) { answered += 1 }
            } catch {
                Issue.record("seed \(Self.seed), run \(run): \(error): \(Data(bytes).base64EncodedString())")
            }
            #expect(ContinuousClock.now - start < .seconds(20), "run \(run)")
        }
        #expect(answered > Self.runs / 50 && answered < Self.runs, "some damage is harmless, some is not")
        #expect(Self.peak - before < 1_500_000)
    }

    @Test func deepAndWideFilesAreBounded() throws {
        let head = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\">"
        let tail = "</process></definitions>"
        let deep = (0..<200).map { "<subProcess id=\"s\($0)\">" }.joined() + String(repeating: "</subProcess>", count: 200)
        #expect(try Self.use(Array((head + deep + tail).utf8)))
        let deeper = (0..<300).map { "<subProcess id=\"s\($0)\">" }.joined() + String(repeating: "</subProcess>", count: 300)
        #expect(try !Self.use(Array((head + deeper + tail).utf8)))
        // A circle, a star and a comb, as wide as any drawing.
        var wide = (0..<400).map {
            "<task id=\"t\($0)\"/><sequenceFlow id=\"f\($0)\" sourceRef=\"t\($0)\" targetRef=\"t\(($0 + 1) % 400)\"/>"
        }
        wide += (0..<400).map { "<sequenceFlow id=\"g\($0)\" sourceRef=\"t0\" targetRef=\"t\($0)\"/>" }
        #expect(try Self.use(Array((head + wide.joined() + tail).utf8)))
        let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>" + head + "<task id=\"A\" name=\"&b;\"/>" + tail
        #expect(try !Self.use(Array(laughs.utf8)))
    }
}
