import EventLogs
import Foundation
import Instants
import LogFormats
import Reports
import Testing
import Workbench

@Suite struct OpenedLogTests {
    private static let csv = """
        case_id,activity,timestamp,plant
        1,A,2026-01-01T08:00:00,P1
        1,B,2026-01-01T09:00:00,P1
        2,A,2026-01-02T08:00:00,P2
        2,C,2026-01-02T12:00:00,P2

        """

    private func withFile<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString).csv")
        try Data(Self.csv.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url)
    }

    @Test func filtersNarrowInOrderAndAreSaidCanonically() throws {
        try withFile { url in
            let request = LogRequest(
                source: .file(url), reading: ReadOptions(zone: .fixed(seconds: 28_800)),
                caseFilters: [.init(name: "--filter", text: "duration>2h"), .init(name: "f.txt", text: "start >= 2026-01-02")],
                eventFilters: [.init(name: "--filter-events", text: "activity=='C'")])
            let opened = try OpenedLog(request, monitor: SilentMonitor())
            #expect(opened.log.caseCount == 1)
            #expect(opened.log.eventCount == 1)
            #expect(opened.filters == ["duration > 2h", "start >= 2026-01-02T00:00:00+08:00", "activity == 'C'"])
            let provenance = opened.provenance(seed: 5)
            #expect(provenance.inputs.map(\.name) == [url.lastPathComponent])
            #expect(provenance.filters == opened.filters)
            #expect(provenance.seed == 5)
        }
    }

    @Test func filterErrorsSayWhereTheyWereWritten() throws {
        try withFile { url in
            let request = LogRequest(source: .file(url), caseFilters: [.init(name: "f.txt", text: "plant == 'P1' and\ncolour == 'x'")])
            let error = #expect(throws: FilterSourceError.self) { try OpenedLog(request, monitor: SilentMonitor()) }
            #expect(error?.source == "f.txt")
            #expect(error?.error.line == 2)
        }
    }

    @Test func activitiesThatFiltersNameInVainAreNoted() throws {
        try withFile { url in
            let request = LogRequest(source: .file(url), caseFilters: [.init(name: "--filter", text: "has('A') or has('D')")])
            let opened = try OpenedLog(request, monitor: SilentMonitor())
            #expect(opened.unknownActivities.map(\.name) == ["D"])
        }
    }

    @Test func aMonitorCanStopTheReading() throws {
        struct Impatient: WorkMonitor {
            func progress(_ phase: WorkPhase, fraction: Double?, events: Int) {}
            func checkCancellation() throws { throw CancellationError() }
        }
        try withFile { url in
            _ = #expect(throws: CancellationError.self) { try OpenedLog(LogRequest(source: .file(url)), monitor: Impatient()) }
        }
    }

    @Test func digestsAreThoseOfTheStandard() throws {
        // FIPS 180-4, examples for SHA-256.
        let vectors = [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
        for (text, sum) in vectors {
            var whole = InputDigest()
            Array(text.utf8).withUnsafeBytes { whole.update($0) }
            #expect(whole.hexadecimal == sum)
            var pieces = InputDigest()
            for byte in text.utf8 { [byte].withUnsafeBytes { pieces.update($0) } }
            #expect(pieces.hexadecimal == sum)
        }
    }
}
