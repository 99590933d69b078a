import ByteParsing
import EventLogs
import Foundation
import LogFormats
import Statistics
import TestSupport
import Testing

struct LogReaderTests {
    @Test(
        arguments: [
            (Array("SQLite format 3\0rest".utf8), InputProblem.FoundContent.sqlite), (Array("%PDF-1.7".utf8), .pdf),
            (Array("PAR1....".utf8), .parquet),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], .oldWorkbook),
            (Array("{\"ocel:events\": 1}".utf8), .ocelJSON), (Array(" {\"objectTypes\": []}".utf8), .ocelJSON),
            (Array("[{\"a\": 1}]".utf8), .json), (Array("<!DOCTYPE html><html><body>".utf8), .html),
            (Array("\n<html lang='en'>".utf8), .html),
            (Array("BZh91AY&SY".utf8), .packed("bzip2")), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .packed("xz")),
            ([0x28, 0xB5, 0x2F, 0xFD, 1], .packed("zstd")),
            ([0x61, 0, 0x62, 0, 1, 2], .binary), (Array("<definitions><process/></definitions>".utf8), .xml(root: "definitions")),
            (Array("<log><object-types/></log>".utf8), .ocelXML),
        ] as [([UInt8], InputProblem.FoundContent)])
    func otherFilesAreNamed(_ bytes: [UInt8], _ found: InputProblem.FoundContent) {
        let error = inputError { _ = try read(bytes, named: "file") }
        #expect(error?.cause == .notALog(found))
        #expect(error?.kind == .badData)
        #expect(error.map { !$0.problem.isEmpty && !$0.advice.isEmpty } == true)
    }

    @Test func missingFilesAndFoldersAreNamed() {
        #expect(inputError { _ = try read(URL(filePath: "/no/such/log.xes")) }?.cause == .noSuchFile)
        #expect(inputError { _ = try read(URL(filePath: "/no/such/log.xes")) }?.kind == .noInput)
        #expect(inputError { _ = try read(FileManager.default.temporaryDirectory) }?.cause == .isFolder)
    }

    @Test func damagedGzipIsLocated() {
        let error = inputError { _ = try read([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF]) }
        guard case .gzip = error?.cause else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.problem.contains("byte") == true)
    }

    @Test func cancellingStopsTheReading() {
        struct Stopping: WorkMonitor {
            func progress(_ phase: WorkPhase, fraction: Double?, events: Int) {}
            func checkCancellation() throws { throw CancellationError() }
        }
        let rows = (0..<20_000).map { "\($0),A,2026-01-31T08:00Z\n" }
        let bytes = Array(("case,activity,time\n" + rows.joined()).utf8)
        #expect(throws: CancellationError.self) {
            try bytes.withUnsafeBytes { try LogReader.read(bytes: $0, named: "x", options: ReadOptions(), monitor: Stopping()) }
        }
    }

    /// Small logs with bytes changed, left out, put in and cut off: every one reads or is refused in words.
    @Test func noBytesBringItDown() {
        let xes = """
            <?xml version="1.0" encoding="UTF-8"?><!-- c --><log xes.version="1.0"><extension name="Concept" prefix="concept" uri="u"/>
            <global scope="event"><string key="concept:name" value="x"/></global><classifier name="C" keys="concept:name 'a b'"/>
            <string key="source" value="a &amp; b"/><trace><string key="concept:name" value="1"/><list key="l"><values><int key="i" value="1"/></values></list>
            <event><string key="concept:name" value="A"><id key="n" value="9"/></string><date key="time:timestamp" value="2026-01-31T08:00:00.000+01:00"/>
            <float key="f" value="1.5"/><boolean key="b" value="true"/></event><event><string key='concept:name' value='B'/></event></trace><trace/></log>
            """
        let csv =
            "case id,activity,start time,end time,cost,\"no\"\"te\"\r\n1,A,2026-01-31 08:00,2026-01-31 09:00,1.5,\"x,\ny\"\r\n2,B,31.01.2026,01/02/2026 8:00 AM,2,\r\n"
        var stream = RandomStream(seed: 81, path: 1)
        var outcomes = (read: 0, refused: 0)
        for seed in [xes, csv] {
            let original = Array(seed.utf8)
            let alphabet = Array("<>/\"'=&;,\n\r\t 0129-:+.TZaeE#\u{0}\u{1}".utf8) + [0x80, 0xC3, 0xFF, 0xEF, 0xBB, 0xBF]
            for round in 0..<1_500 {
                var bytes = original
                for _ in 0...stream.index(below: 4) {
                    let place = stream.index(below: bytes.count)
                    switch stream.index(below: 4) {
                    case 0: bytes[place] = alphabet[stream.index(below: alphabet.count)]
                    case 1: bytes.remove(at: place)
                    case 2: bytes.insert(alphabet[stream.index(below: alphabet.count)], at: place)
                    default: bytes[place] = UInt8(truncatingIfNeeded: stream.next())
                    }
                }
                if round % 3 == 0 { bytes.removeLast(stream.index(below: bytes.count)) }
                do {
                    let log = try read(bytes, named: "fuzz", ReadOptions(classifier: round % 5 == 0 ? "concept:name" : nil)).log
                    #expect(log.eventCount > 0)
                    outcomes.read += 1
                } catch let error as InputError {
                    #expect(!error.description.isEmpty)
                    outcomes.refused += 1
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        #expect(outcomes.read > 100 && outcomes.refused > 100)
    }
}
