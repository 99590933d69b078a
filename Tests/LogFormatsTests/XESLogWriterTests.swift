import ByteParsing
import EventLogs
import Foundation
import Statistics
import TestSupport
import Testing

@testable import LogFormats

/// What is written as XES reads back as it was.
@Suite struct XESLogWriterTests {
    private func written(_ log: EventLog) -> [UInt8] {
        var bytes: [UInt8] = []
        LogWriter.writeXES(log) { bytes += $0 }
        return bytes
    }

    /// Reads, writes, reads: the same log; and writing that gives the same bytes.
    private func roundTrip(_ log: EventLog, _ what: String, _ options: ReadOptions = ReadOptions()) throws {
        let bytes = written(log)
        let again = try read(bytes, named: "again.xes", options).log
        if let difference = firstDifference(log, again) {
            Issue.record("\(what): \(difference)")
            return
        }
        let isStable = written(again) == bytes
        #expect(isStable, "\(what) is written alike again")
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>) func usualDocumentsComeBack(seed: UInt64) throws {
        let log = try read(Array(XESFastReaderTests.document(seed: seed, traces: 25).utf8), named: "log.xes").log
        // Traces that name a case again, empty ones and times that were rounded are findings about the first file alone.
        let bytes = written(log)
        let again = try read(bytes, named: "log.xes").log
        #expect(again.caseCount == log.caseCount && again.eventCount == log.eventCount)
        let isStable = written(again) == bytes
        #expect(isStable, "seed \(seed) is written alike again")
        let third = try read(written(again), named: "log.xes").log
        expectSame(again, third, "seed \(seed)")
        for position in 0..<log.caseCount {
            #expect(log.caseName(position) == again.caseName(position))
            let pairs = zip(log.eventRanges[position], again.eventRanges[position]).map { (log.event(at: $0), again.event(at: $1)) }
            for (one, other) in pairs {
                #expect(log.columns.activity.text(one) == again.columns.activity.text(other))
                #expect(log.columns.time[one] == again.columns.time[other])
                for column in log.columns.attributes {
                    let twin = again.columns.attributes.first { $0.name == column.name && $0.type == column.type }
                    #expect(
                        column.text(one, forms: log.columns.timeForms) == twin?.text(other, forms: again.columns.timeForms),
                        "\(column.name)")
                }
            }
        }
    }

    @Test func listsContainersAndNestedAttributesComeBack() throws {
        let text = """
            <log xes.version="2.0"><extension name="Concept" prefix="concept" uri="u &amp; v"/>
            <global scope="trace"><string key="concept:name" value="?"/></global>
            <global scope="event"><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
            <classifier name="Both" keys="concept:name 'long key'"/><int key="version" value="3"><string key="by" value="x"/></int>
            <trace><string key="concept:name" value="1"/><list key="tags"><values><string key="t" value="a"/><string key="t" value="b"/></values></list>
            <float key="total" value="2.5"><string key="currency" value="EUR"/></float>
            <event><string key="concept:name" value="A &lt; B &#10; &quot;C&quot;"/><date key="time:timestamp" value="2024-02-29T08:00:00.250-03:30"/>
            <container key="c"><int key="i" value="1"/><boolean key="b" value="true"><id key="x" value="n"/></boolean></container><id key="n" value="7"/></event>
            <event><string key="concept:name" value="D"/><date key="time:timestamp" value="2024-03-01"/></event></trace></log>
            """
        let log = try read(text, named: "log.xes").log
        try roundTrip(log, "nested")
        let again = String(decoding: written(log), as: UTF8.self)
        for piece in [
            "uri=\"u &amp; v\"", "keys=\"concept:name 'long key'\"", "value=\"A &lt; B &#10; &quot;C&quot;\"",
            "2024-02-29T08:00:00.250-03:30",
            "value=\"2024-03-01\"", "<list key=\"tags\">", "<container key=\"c\">", "<id key=\"n\" value=\"7\"/>",
        ] {
            #expect(again.contains(piece), "\(piece)")
        }
    }

    /// A table gets the keys of the standard; control characters are replaced and counted; signs cannot end a value.
    @Test func tablesBecomeXES() throws {
        let text =
            "case,activity,time,resource,note\n1,A,2024-01-01T08:00:00+01:00,ann,\"a \u{1} b\"\n1,\"B\"\" <c/>\",2024-01-02T08:00:00+01:00,bob,\n"
        let log = try read(text).log
        let bytes = written(log)
        let again = try read(bytes, named: "log.xes").log
        #expect(again.columns.activity.vocabulary.strings == ["A", "B\" <c/>"])
        #expect(again.columns.resource?.vocabulary.strings == ["ann", "bob"])
        #expect(again.columns.metadata.extensions.map(\.prefix) == ["concept", "time", "lifecycle", "org"])
        #expect(LogWriter.lossesInXES(of: log).unwritableTexts == 1)
        #expect(String(decoding: bytes, as: UTF8.self).contains("a \u{FFFD} b"))
    }

    /// Every log of XES at hand comes back column by column.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there")) func realLogsComeBack() throws {
        let folder = try #require(SharedData.folder)
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])).compactMap {
            $0 as? URL
        }.filter { $0.path.hasSuffix(".xes") || $0.path.hasSuffix(".xes.gz") }.sorted { $0.path < $1.path }
        var count = 0
        for url in files {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            if size > (url.pathExtension == "gz" ? 700_000 : 4_000_000) { continue }
            guard let log = try? read(url).log else { continue }
            let again = try read(written(log), named: "again.xes").log
            count += 1
            #expect(again.caseCount == log.caseCount && again.eventCount == log.eventCount, "\(url.lastPathComponent)")
            let isStable = written(again) == written(log)
            #expect(isStable, "\(url.lastPathComponent) is written alike again")
            if log.findings == again.findings {
                if let difference = firstDifference(log, again) {
                    Issue.record("\(url.lastPathComponent): \(difference)")
                }
            }
        }
        #expect(count > 20)
    }

    /// PM4Py reads what is written, with the same counts.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["PM4PY_PYTHON"] != nil, "PM4PY_PYTHON names no Python with pm4py installed"))
    func pm4pyReadsIt() throws {
        let log = try read(Array(XESFastReaderTests.document(seed: 9, traces: 60).utf8), named: "log.xes").log
        let path = FileManager.default.temporaryDirectory.appending(path: "written-\(ProcessInfo.processInfo.processIdentifier).xes")
        try Data(written(log)).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: try #require(ProcessInfo.processInfo.environment["PM4PY_PYTHON"]))
        process.arguments = [
            "-c", "import pm4py, sys; d = pm4py.read_xes(sys.argv[1]); print('COUNTS', d['case:concept:name'].nunique(), len(d))",
            path.path,
        ]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text.contains("COUNTS \(log.caseCount) \(log.eventCount)"), "\(text)")
    }
}
