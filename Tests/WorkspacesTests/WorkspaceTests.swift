import Database
import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import SyntheticLogs
import TestSupport
import Testing
import Workspaces

/// A folder that goes with the test.
final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "weir-workspace-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    deinit { try? FileManager.default.removeItem(at: url) }
}

extension Workspace.Extract {
    /// A log as if it had been read from a file of that name.
    init(_ log: EventLog, _ name: String, tellsLevels: Bool = true) {
        self.init(
            log: log, files: [Workspace.File(name: name, sha256: "sha of \(name)", parameters: "{}", version: "1")],
            tellsLevels: tellsLevels)
    }
}

/// Logs in which everything occurs that a log can hold.
enum RichLog {
    static func xes(seed: UInt64, cases: Int) -> String {
        var stream = RandomStream(seed: seed, path: 3)
        func pick(_ options: [String]) -> String { options[stream.index(below: options.count)] }
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <log xes.version="2.0">
            <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
            <global scope="event"><string key="concept:name" value="?"/></global>
            <classifier name="Both" keys="concept:name lifecycle:transition"/>
            <string key="source" value="O'Brien &amp; 采购"/>

            """
        for index in 0..<cases {
            text += "<trace><string key=\"concept:name\" value=\"case \(index)\"/>"
            if stream.index(below: 2) == 0 { text += "<string key=\"Vendor\" value=\"\(pick(["A", "B'); --", "供应商"]))\"/>" }
            if stream.index(below: 3) == 0 { text += "<float key=\"limit\" value=\"\(pick(["1.5", "NaN", "INF", "-0.0"]))\"/>" }
            if stream.index(below: 4) == 0 {
                text += "<list key=\"items\"><values><int key=\"n\" value=\"1\"/><int key=\"n\" value=\"2\"/></values></list>"
            }
            for _ in 0..<(1 + stream.index(below: 6)) {
                text += "<event><string key=\"concept:name\" value=\"\(pick(["Order", "Pay", "", "开票"]))\"/>"
                let minute = stream.index(below: 60)
                let zone = pick(["Z", "+08:00", "-03:30", ""])
                if stream.index(below: 12) > 0 {
                    text +=
                        "<date key=\"time:timestamp\" value=\"2026-03-0\(1 + stream.index(below: 9))T10:\(minute + 10 > 59 ? 59 : minute + 10):00.25\(zone)\"/>"
                }
                if stream.index(below: 2) == 0 { text += "<string key=\"org:resource\" value=\"\(pick(["ann", "bob"]))\"/>" }
                if stream.index(below: 3) == 0 { text += "<string key=\"lifecycle:transition\" value=\"complete\"/>" }
                if stream.index(below: 3) == 0 { text += "<int key=\"amount\" value=\"\(stream.index(below: 9))\"/>" }
                if stream.index(below: 5) == 0 { text += "<string key=\"amount\" value=\"none\"/>" }
                if stream.index(below: 4) == 0 { text += "<boolean key=\"urgent\" value=\"\(pick(["true", "false"]))\"/>" }
                if stream.index(below: 6) == 0 { text += "<date key=\"due\" value=\"2026-04-01T00:00:00+02:00\"/>" }
                if stream.index(below: 8) == 0 {
                    text += "<string key=\"note\" value=\"x\"><string key=\"by\" value=\"y\"/></string>"
                }
                text += "</event>"
            }
            text += "</trace>\n"
        }
        return text + "</log>\n"
    }

    static func read(_ text: String, _ name: String) throws -> EventLog {
        try Array(text.utf8).withUnsafeBytes {
            try LogReader.read(bytes: $0, named: name, options: ReadOptions(), monitor: SilentMonitor()).log
        }
    }
}

@Suite("Workspaces: a log comes back as it went in")
struct WorkspaceRoundTripTests {
    @Test(arguments: 0..<6 as Range<UInt64>)
    func everyValue(seed: UInt64) throws {
        let folder = try Folder()
        let log = try RichLog.read(RichLog.xes(seed: seed, cases: 40), "rich.xes")
        let workspace = try Workspace(path: folder.path("w.sqlite"), access: .creating)
        let outcome = try workspace.add(.init(log, "rich.xes"), to: "rich", monitor: SilentMonitor())
        #expect(outcome.isNew && outcome.cases == log.columns.caseCount && outcome.events == log.columns.count)
        let again = try Workspace(path: folder.path("w.sqlite"), access: .reading)
        let (entry, opened) = try again.log(named: nil)
        #expect(entry.name == "rich" && entry.imports.map(\.file.name) == ["rich.xes"])
        #expect(firstDifference(log, opened) == nil)
        #expect(firstDifference(log.counted(as: .events), try again.log(named: "rich", counting: .events).log) == nil)
        #expect(try again.damages().isEmpty)
        try expectTables(of: again, named: "rich", toHold: log)
    }

    @Test(.enabled(if: SharedData.isThere, "needs WEIR_TEST_DATA or ../shared/data"))
    func realLogs() throws {
        let folder = try Folder()
        let data = try #require(SharedData.folder)
        let all = FileManager.default.enumerator(at: data, includingPropertiesForKeys: [.fileSizeKey])?.allObjects as? [URL] ?? []
        let files = all.filter { url in
            let name = url.lastPathComponent.lowercased()
            let size = (try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
            return [".xes", ".xes.gz", ".csv"].contains { name.hasSuffix($0) } && size < 700_000
        }.sorted { $0.path < $1.path }
        let workspace = try Workspace(path: folder.path("w.sqlite"), access: .creating)
        var checked = 0
        for file in files.prefix(60) {
            let name = "log \(checked)"
            guard
                let read = try? LogReader.read(
                    contentsOf: file, named: file.lastPathComponent, options: ReadOptions(), monitor: SilentMonitor())
            else { continue }
            _ = try workspace.add(
                .init(read.log, file.lastPathComponent, tellsLevels: read.format.kind == .xes), to: name, monitor: SilentMonitor())
            let difference = firstDifference(read.log, try workspace.log(named: name).log)
            #expect(difference == nil, "\(file.lastPathComponent): \(difference ?? "")")
            // The same again adds nothing.
            let again = try workspace.add(
                .init(read.log, "copy of it", tellsLevels: read.format.kind == .xes), to: name, monitor: SilentMonitor())
            #expect(
                again.imports[0].eventsAdded == 0 && again.imports[0].casesAdded == 0 && again.imports[0].casesChanged == 0,
                "\(file.lastPathComponent)")
            checked += 1
        }
        #expect(checked >= 20)
        #expect(try workspace.damages().isEmpty)
    }

    /// What any SQLite client sees is what the log says.
    private func expectTables(of workspace: Workspace, named name: String, toHold log: EventLog) throws {
        var columns: [String] = []
        var rows: [[String: SQLValue]] = []
        try workspace.query(
            "SELECT * FROM events WHERE log = '\(name)' ORDER BY event", columns: { columns = $0 },
            row: { rows.append(Dictionary(uniqueKeysWithValues: zip(columns, $0))) }, monitor: SilentMonitor())
        #expect(rows.count == log.columns.count)
        var event = 0
        for position in 0..<log.caseCount {
            for place in log.eventRanges[position] {
                let row = rows[event]
                #expect(row["case_id"] == .text(log.caseName(position)))
                #expect(row["activity"] == .text(log.columns.activity.text(place) ?? "?"))
                #expect(row["resource"] == SQLValue(log.columns.resource?.text(place)))
                #expect(row["row"] == .integer(Int64(log.columns.row[place])))
                let time = log.columns.time[place]
                #expect(row["timestamp_us"] == (time == Instant.missing ? .null : .integer(time)))
                if time != Instant.missing, let text = row["timestamp"]?.text {
                    let parsed = Array(text.utf8).withUnsafeBytes { ISO8601Reader.parse($0) }
                    let form = log.columns.timeForms[Int(log.columns.timeForm[place])]
                    #expect(parsed?.microseconds(assuming: form) == time, "\(text)")
                }
                for attribute in log.columns.attributes where attribute.name != "amount" {
                    let value = row[attribute.name]
                    switch attribute.type {
                    case .string, .id, .date: #expect(value == SQLValue(attribute.text(place, forms: log.columns.timeForms)))
                    case .int, .boolean: #expect(value == (attribute.isPresent(place) ? .integer(attribute.words[place]) : .null))
                    case .float: #expect((value == .null) == !attribute.isPresent(place))
                    }
                }
                event += 1
            }
        }
        var cases = 0
        try workspace.query(
            "SELECT case_id, Vendor FROM cases WHERE log = '\(name)' ORDER BY case_number", columns: { _ in },
            row: { row in
                #expect(row[0] == .text(log.caseName(cases)))
                let vendor = log.columns.caseAttributes.first { $0.name == "Vendor" }
                #expect(row[1] == SQLValue(vendor?.text(cases, forms: log.columns.timeForms)))
                cases += 1
            }, monitor: SilentMonitor())
        #expect(cases == log.caseCount)
    }
}

extension ParsedTime {
    /// The instant, where a time without an offset is read as a form says.
    fileprivate func microseconds(assuming form: TimeForm) -> Int64 {
        local - Int64(offset ?? form.offset) * Microseconds.second
    }
}

@Suite("Workspaces: extracts that overlap")
struct WorkspaceGrowthTests {
    /// The events of each case, in order, as texts.
    static func facts(_ log: EventLog) -> [String: [String]] {
        var facts: [String: [String]] = [:]
        for position in 0..<log.caseCount {
            facts[log.caseName(position)] = log.eventRanges[position].map { event in
                let columns = log.columns
                let attributes = columns.attributes.compactMap { column in
                    column.text(event, forms: columns.timeForms).map { "\(column.name)=\($0)" }
                }.sorted()
                return "\(columns.activity.text(event) ?? "") \(columns.time[event]) \(columns.resource?.text(event) ?? "-") \(attributes)"
            }
        }
        return facts
    }

    /// Rows of a table of orders: case, activity, time, resource, amount, plant.
    static func rows(seed: UInt64, cases: Int) -> [(time: Int, line: String)] {
        var stream = RandomStream(seed: seed, path: 11)
        var rows: [(time: Int, line: String)] = []
        for index in 0..<cases {
            var minute = stream.index(below: 20_000)
            let plant = stream.index(below: 3)
            for _ in 0..<(1 + stream.index(below: 7)) {
                minute += stream.index(below: 3) * stream.index(below: 2_000)
                let time = Instant(microseconds: 1_767_571_200_000_000 + Int64(minute) * 60_000_000).iso8601(offset: 0)
                let activity = ["Order", "Check", "Pay"][stream.index(below: 3)]
                rows.append((minute, "c\(index),\(activity),\(time),u\(stream.index(below: 3)),\(stream.index(below: 4)),P\(plant)"))
            }
        }
        // Stable by time, as an extract is.
        return rows.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    static func csv(_ rows: some Sequence<(time: Int, line: String)>) throws -> EventLog {
        try RichLog.read("case_id,activity,timestamp,resource,amount,plant\n" + rows.map { $0.line + "\n" }.joined(), "orders.csv")
    }

    @Test("Extracts month by month, each with what came before, give the log of all", arguments: 1...12 as ClosedRange<UInt64>)
    func growing(seed: UInt64) throws {
        let folder = try Folder()
        let rows = Self.rows(seed: seed, cases: 60)
        let workspace = try Workspace(path: folder.path("w.sqlite"), access: .creating)
        var stream = RandomStream(seed: seed, path: 12)
        var to = 0
        while to < rows.count {
            let from = max(0, to - stream.index(below: 80))
            to = min(rows.count, to + 20 + stream.index(below: 150))
            let extract = try Self.csv(rows[from..<to])
            let outcome = try workspace.add(.init(extract, "extract to \(to)", tellsLevels: false), to: "orders", monitor: SilentMonitor())
            #expect(outcome.imports[0].eventsRead == to - from)
        }
        let whole = try Self.csv(rows)
        let opened = try workspace.log(named: "orders").log
        #expect(opened.columns.count == rows.count)
        #expect(Self.facts(opened) == Self.facts(whole))
        #expect(opened.instanceCount == whole.instanceCount)
        // The rows that any client sees are as many, and each event is told its own file.
        var seen: [[SQLValue]] = []
        try workspace.query(
            "SELECT count(*), count(DISTINCT case_id), count(file) FROM events", columns: { _ in }, row: { seen.append($0) },
            monitor: SilentMonitor())
        #expect(seen == [[.integer(Int64(rows.count)), .integer(Int64(whole.caseCount)), .integer(Int64(rows.count))]])
        #expect(try workspace.damages().isEmpty)
    }

    @Test("Equal events within a case stay as many as one extract holds")
    func multiplicity() throws {
        let twice = try RichLog.read("case_id,activity,timestamp\n1,A,2026-01-01T00:00:00Z\n1,A,2026-01-01T00:00:00Z\n", "twice.csv")
        let once = try RichLog.read("case_id,activity,timestamp\n1,A,2026-01-01T00:00:00Z\n", "once.csv")
        for (first, second, added) in [(twice, once, 0), (once, twice, 1), (twice, twice, 0)] {
            let union = LogUnion(first, second, tellsLevels: false)
            #expect(union.addedEvents == added && union.log.columns.count == max(first.columns.count, second.columns.count))
        }
    }

    @Test("A case attribute takes its newer value, a new column is filled in, and no event is doubled")
    func attributes() throws {
        let folder = try Folder()
        let old = try RichLog.read(
            "case_id,activity,timestamp,status\n1,A,2026-01-01T00:00:00Z,open\n1,B,2026-01-02T00:00:00Z,open\n2,A,2026-01-03T00:00:00Z,open\n",
            "old.csv")
        let new = try RichLog.read(
            "case_id,activity,timestamp,status,amount\n1,A,2026-01-01T00:00:00Z,closed,5\n1,B,2026-01-02T00:00:00Z,closed,6\n"
                + "1,C,2026-01-05T00:00:00Z,closed,7\n3,A,2026-01-04T00:00:00Z,open,8\n", "new.csv")
        let workspace = try Workspace(path: folder.path("w.sqlite"), access: .creating)
        _ = try workspace.add(.init(old, "old.csv", tellsLevels: false), to: "a", monitor: SilentMonitor())
        let outcome = try workspace.add(.init(new, "new.csv", tellsLevels: false), to: "a", monitor: SilentMonitor())
        let item = outcome.imports[0]
        #expect(item.eventsAdded == 2 && item.casesAdded == 1 && item.casesChanged == 1)
        let log = try workspace.log(named: "a").log
        let status = try #require(log.columns.caseAttributes.first { $0.name == "status" })
        #expect((0..<3).map { status.text($0, forms: []) } == ["closed", "open", "open"])
        let amount = try #require(log.columns.attributes.first { $0.name == "amount" })
        #expect((0..<5).map { amount.text($0, forms: []) } == ["5", "6", "7", nil, "8"])
        var rows: [[SQLValue]] = []
        try workspace.query(
            "SELECT e.case_id, activity, amount, status FROM events e JOIN cases USING(case_number) ORDER BY case_number, timestamp",
            columns: { _ in }, row: { rows.append($0) }, monitor: SilentMonitor())
        #expect(
            rows == [
                [.text("1"), .text("A"), .integer(5), .text("closed")], [.text("1"), .text("B"), .integer(6), .text("closed")],
                [.text("1"), .text("C"), .integer(7), .text("closed")], [.text("2"), .text("A"), .null, .text("open")],
                [.text("3"), .text("A"), .integer(8), .text("open")],
            ])
    }

    @Test("A column that was whole numbers and becomes decimal numbers, or texts, stays one column")
    func types() throws {
        let header = "case_id,activity,timestamp,amount\n"
        let whole = try RichLog.read(header + "1,A,2026-01-01T00:00:00Z,5\n1,B,2026-01-02T00:00:00Z,6\n", "a.csv")
        let decimal = try RichLog.read(
            header + "1,B,2026-01-02T00:00:00Z,6\n2,A,2026-01-03T00:00:00Z,6.5\n2,B,2026-01-04T00:00:00Z,1\n", "b.csv")
        let text = try RichLog.read(header + "3,A,2026-01-03T00:00:00Z,x\n3,B,2026-01-04T00:00:00Z,y\n", "c.csv")
        let first = LogUnion(whole, decimal, tellsLevels: false)
        #expect(first.addedEvents == 2)
        #expect(first.log.columns.attributes.map(\.type) == [.float])
        let second = LogUnion(first.log, text, tellsLevels: false)
        #expect(second.log.columns.attributes.map(\.type) == [.string])
        let amount = second.log.columns.attributes[0]
        #expect((0..<6).map { amount.text($0, forms: []) } == ["5.0", "6.0", "6.5", "1.0", "x", "y"])
    }

    @Test("A log joined to itself is that log", arguments: 0..<8 as Range<UInt64>)
    func itself(seed: UInt64) throws {
        let log = try RichLog.read(RichLog.xes(seed: seed, cases: 30), "rich.xes")
        let union = LogUnion(log, log, tellsLevels: true)
        #expect(union.addedEvents == 0 && union.addedCases == 0 && union.changedCases.isEmpty)
        #expect(Self.facts(union.log) == Self.facts(log))
        #expect(union.log.columns.nested == log.columns.nested)
    }
}

@Suite("Workspaces: what can go wrong")
struct WorkspaceSafetyTests {
    private static func log(_ seed: UInt64, cases: Int = 50) -> EventLog { EventLog.random(seed: seed, cases: cases) }

    @Test("A file of the layout before baselines is read as it is, and brought up to date when it is written")
    func olderLayout() throws {
        let folder = try Folder()
        let path = folder.path("w.sqlite")
        let log = Self.log(3)
        do {
            let workspace = try Workspace(path: path, access: .creating)
            _ = try workspace.add(.init(log, "a.csv"), to: "a", monitor: SilentMonitor())
        }
        let older = DatabaseLayout(applicationID: DatabaseLayout.workspace.applicationID, steps: [])
        #expect(DatabaseLayout.workspace.version == 2)
        do {
            let file = try DatabaseFile(path: path, layout: .workspace, access: .writing)
            try file.write { connection in
                try connection.execute("DROP VIEW baselines; DROP TABLE weir_baselines; PRAGMA user_version = 1")
            }
        }
        let reading = try Workspace(path: path, access: .reading)
        #expect(try reading.baselines() == [] && firstDifference(log, try reading.log(named: nil).log) == nil)
        let baseline = Workspace.Baseline(checks: "k.yaml", log: "a", input: "a.csv", version: "1", text: "{}")
        try Workspace(path: path, access: .writing).keep(baseline)
        #expect(try Workspace(path: path, access: .reading).baselines() == [baseline])
        #expect(throws: DatabaseProblem.newer(found: 2, known: 0)) { try DatabaseFile(path: path, layout: older, access: .reading) }
    }

    @Test("A log that is deleted leaves no trace in the file, and the others stay")
    func deletion() throws {
        let folder = try Folder()
        let path = folder.path("w.sqlite")
        let secret = "Zyxwvut-Geheimnis"
        var builder = EventLogBuilder()
        for index in 0..<500 {
            let number = builder.caseNumber("\(secret) case \(index)")
            let event = builder.append(
                case: number, activity: builder.activityNumber("\(secret) step"), time: Int64(index) * 1_000_000, row: index)
            builder.set(.resource, event, "\(secret) person \(index % 7)")
            builder.set(
                .event, attribute: builder.attribute(named: "\(secret) key", type: .string, level: .event), of: event,
                text: "\(secret) value \(index)")
        }
        let kept = Self.log(5)
        do {
            let workspace = try Workspace(path: path, access: .creating)
            _ = try workspace.add(.init(kept, "kept.csv"), to: "kept", monitor: SilentMonitor())
            var extract = Workspace.Extract(builder.finish(), "\(secret).csv", tellsLevels: false)
            extract.mappings = [0: (shape: "[\"\(secret) key\"]", text: "case: \(secret)")]
            _ = try workspace.add(extract, to: "\(secret) log", monitor: SilentMonitor())
            try workspace.record(result: "{\"\(secret)\": 1}", of: "kpi", log: "\(secret) log", as: "\(secret)")
            let own = Workspace.Baseline(checks: "k.yaml", log: "\(secret) log", input: secret, version: "1", text: "{\"\(secret)\": 2}")
            let other = Workspace.Baseline(checks: "k.yaml", log: nil, input: "kept.csv", version: "1", text: "{}")
            try workspace.keep(own)
            try workspace.keep(other)
            #expect(try workspace.baselines() == [own, other])
            #expect(
                try Data(contentsOf: URL(filePath: path)).range(of: Data(secret.utf8)) != nil
                    || FileManager.default.fileExists(atPath: path + "-wal"))
            #expect(throws: WorkspaceProblem.noSuchLog("other", known: ["\(secret) log", "kept"])) { try workspace.delete(log: "other") }
            try workspace.delete(log: "\(secret) log")
            #expect(try workspace.baselines() == [other])
            #expect(firstDifference(kept, try workspace.log(named: nil).log) == nil)
            #expect(try workspace.mapping(forShape: "[\"\(secret) key\"]") == nil)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            let bytes = try Data(contentsOf: folder.url.appending(path: name))
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
        }
    }

    @Test("No room: nothing changes, and with room the same import completes")
    func fullDisk() throws {
        let folder = try Folder()
        let path = folder.path("w.sqlite")
        let first = Self.log(1)
        do {
            let workspace = try Workspace(path: path, access: .creating)
            _ = try workspace.add(.init(first, "first.csv"), to: "a", monitor: SilentMonitor())
        }
        for pages in stride(from: 40, through: 100, by: 6) {
            let small = try Workspace(path: path, access: .writing, pageLimit: pages)
            #expect(throws: DatabaseProblem.full) {
                _ = try small.add(.init(Self.log(2, cases: 2_000), "second.csv"), to: "a", monitor: SilentMonitor())
            }
            #expect(try small.damages().isEmpty)
            #expect(firstDifference(first, try small.log(named: "a").log) == nil)
        }
        let workspace = try Workspace(path: path, access: .writing)
        _ = try workspace.add(.init(Self.log(2, cases: 2_000), "second.csv"), to: "b", monitor: SilentMonitor())
        #expect(firstDifference(Self.log(2, cases: 2_000), try workspace.log(named: "b").log) == nil)
    }

    @Test("An import that is stopped leaves the workspace as it was")
    func cancellation() throws {
        struct Stopping: WorkMonitor {
            func progress(_ phase: WorkPhase, fraction: Double?, events: Int) {}
            func checkCancellation() throws { throw CancellationError() }
        }
        let folder = try Folder()
        let workspace = try Workspace(path: folder.path("w.sqlite"), access: .creating)
        #expect(throws: CancellationError.self) { _ = try workspace.add(.init(Self.log(1), "a"), to: "a", monitor: Stopping()) }
        #expect(try workspace.entries().isEmpty)
        #expect(throws: WorkspaceProblem.noLog) { _ = try workspace.log(named: nil) }
    }

    @Test("Rows that another program could have changed are not trusted")
    func tampering() throws {
        let folder = try Folder()
        let path = folder.path("w.sqlite")
        let workspace = try Workspace(path: path, access: .creating)
        _ = try workspace.add(.init(Self.log(1), "a"), to: "a", monitor: SilentMonitor())
        let raw = try DatabaseFile(path: path, layout: .workspace, access: .writing)
        for statement in [
            "UPDATE log_1_events SET activity = 'x'", "DELETE FROM log_1_cases", "INSERT INTO log_1_cases(case_id) VALUES('x')",
        ] {
            #expect(throws: DatabaseProblem.self) { try raw.write { try $0.execute(statement) } }
        }
        #expect(firstDifference(Self.log(1), try workspace.log(named: nil).log) == nil)
        try raw.write { try $0.execute("DROP TRIGGER guard_log_1_events_update") }
        #expect(throws: WorkspaceProblem.tamperedLog("a")) { _ = try workspace.log(named: nil) }
    }

    @Test("Damaged columns are refused or change nothing but values; they never crash", arguments: 0..<4 as Range<UInt64>)
    func damage(seed: UInt64) throws {
        let folder = try Folder()
        let path = folder.path("w.sqlite")
        let log = try RichLog.read(RichLog.xes(seed: seed, cases: 12), "rich.xes")
        let workspace = try Workspace(path: path, access: .creating)
        _ = try workspace.add(.init(log, "rich.xes"), to: "a", monitor: SilentMonitor())
        let raw = try DatabaseFile(path: path, layout: .workspace, access: .writing)
        let pieces = try raw.read { try $0.rows("SELECT id, data FROM weir_columns ORDER BY id") }
        var stream = RandomStream(seed: seed, path: 21)
        var refused = 0
        for _ in 0..<300 {
            let piece = pieces[stream.index(below: pieces.count)]
            guard var bytes = piece[1].blob, !bytes.isEmpty else { continue }
            switch stream.index(below: 3) {
            case 0: bytes[stream.index(below: bytes.count)] = UInt8(stream.index(below: 256))
            case 1: bytes.removeLast(1 + stream.index(below: bytes.count))
            default: bytes.append(UInt8(stream.index(below: 256)))
            }
            try raw.write { try $0.execute("UPDATE weir_columns SET data = ? WHERE id = ?", [.blob(bytes), piece[0]]) }
            do {
                let opened = try workspace.log(named: "a").log
                #expect(opened.columns.count == log.columns.count)
            } catch WorkspaceProblem.tamperedLog {
                refused += 1
            }
            try raw.write { try $0.execute("UPDATE weir_columns SET data = ? WHERE id = ?", [piece[1], piece[0]]) }
        }
        #expect(refused > 100)
        #expect(firstDifference(log, try workspace.log(named: "a").log) == nil)
    }

    @Test("Attributes with the names of our own columns, with quotes, and alike but for capitals are all shown")
    func hostileNames() throws {
        let folder = try Folder()
        let names = ["case_id", "Activity", "a\"b", "x'); DROP TABLE weir_logs; --", "", "Item", "item", "log"]
        var builder = EventLogBuilder()
        let number = builder.caseNumber("c\u{1B}[31m'\"")
        let event = builder.append(case: number, activity: builder.activityNumber("A"), time: 0, row: 1)
        for (place, name) in names.enumerated() {
            builder.set(.event, attribute: builder.attribute(named: name, type: .string, level: .event), of: event, text: "value \(place)")
        }
        let workspace = try Workspace(path: folder.path("w.sqlite"), access: .creating)
        _ = try workspace.add(.init(builder.finish(), "a'b.csv"), to: "it's \"one\"", monitor: SilentMonitor())
        var columns: [String] = []
        var rows: [[SQLValue]] = []
        try workspace.query("SELECT * FROM events", columns: { columns = $0 }, row: { rows.append($0) }, monitor: SilentMonitor())
        #expect(rows.count == 1 && Set(columns.map { $0.lowercased() }).count == columns.count)
        #expect(rows[0].filter { $0.text?.hasPrefix("value ") == true }.count == names.count)
        #expect(rows[0][0] == .text("it's \"one\""))
    }
}
