import EventLogs
import Foundation
import Instants
import LogFormats
import TestSupport
import Testing

/// openpyxl (`pip install openpyxl`) in the Python that `OPENPYXL_PYTHON` names, else in `python3`.
private enum Openpyxl {
    private static let python = ProcessInfo.processInfo.environment["OPENPYXL_PYTHON"] ?? "python3"

    static let isInstalled = (try? run("import openpyxl", [])) != nil

    /// Runs a script and gives back what it prints; throws where it fails.
    static func run(_ script: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "-c", script] + arguments
        let output = FileManager.default.temporaryDirectory.appending(path: "weir-openpyxl-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw CocoaError(.executableLoad) }
        return try String(contentsOf: output, encoding: .utf8)
    }
}

/// Workbooks that another program made, and ours as it reads them; skipped where it is not installed.
@Suite(.enabled(if: Openpyxl.isInstalled, "openpyxl is not installed: pip install openpyxl"))
struct SpreadsheetPeerTests {
    private static func path(_ name: String) -> URL {
        FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)-\(name)")
    }

    /// A table of every kind of cell in three sheets, one of them hidden, in one of the two epochs.
    private static let writing = """
        import sys, datetime, random, openpyxl
        from openpyxl.utils.datetime import CALENDAR_MAC_1904
        path, seed, mac = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "1904"
        r = random.Random(seed)
        book = openpyxl.Workbook()
        if mac: book.epoch = CALENDAR_MAC_1904
        book.active.title = "Notes"; book.active.append(["a", "b"]); book.active.sheet_state = "hidden"
        sheet = book.create_sheet("Log")
        book.active = 1
        sheet.append(["Case ID", "Activity", "Start Time", "End Time", "day", "amount", "count", "ok", "text", "sum"])
        names = ["Check", "Zahlung prüfen", "审批", "=1+1", " spaced ", "two\\nlines", "<&>\\"'"]
        for i in range(300):
            start = datetime.datetime(2001, 3, 1) + datetime.timedelta(milliseconds=r.randrange(10**12))
            end = start + datetime.timedelta(milliseconds=r.randrange(10**9))
            row = [i // 6, names[r.randrange(7)], start, end, start.date(), r.randrange(10**7) / 64, r.randrange(-9, 10**12), r.random() < 0.5,
                   ["007", "12", None, "x" * r.randrange(1, 900)][r.randrange(4)], None]
            for j, v in enumerate(row):
                cell = sheet.cell(row=i + 2, column=j + 1, value=v)
                if isinstance(v, str) : cell.data_type = "s"
                if isinstance(v, datetime.datetime): cell.number_format = ["yyyy-mm-dd hh:mm:ss", "d/m/yy h:mm AM/PM", '[$-804]yyyy"年"m"月"d"日" hh:mm:ss'][i % 3]
            print("\\t".join(["" if v is None else "%d" % (round((v - datetime.datetime(1970,1,1)).total_seconds() * 1000)) if isinstance(v, datetime.datetime)
                  else v.isoformat() if isinstance(v, datetime.date) else str(v).lower() if isinstance(v, bool) else str(v) for v in row[:9]]).replace("\\n", "\\\\n"))
        book.save(path)
        """

    @Test(arguments: [1, 2, 3], ["1900", "1904"]) func whatAnotherProgramWritesIsRead(seed: Int, epoch: String) throws {
        let file = Self.path("peer.xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        let expected = try Openpyxl.run(Self.writing, [file.path, "\(seed)", epoch]).split(separator: "\n").map(String.init)
        let found = try read(file)
        #expect(found.sheet == "Log" && found.recognised?.start == "Start Time")
        let columns = found.log.columns
        var rows: [String] = Array(repeating: "", count: expected.count)
        for owner in 0..<columns.caseCount {
            for event in columns.caseOffsets[owner]..<columns.caseOffsets[owner + 1] {
                func value(_ name: String) -> String {
                    if let column = columns.caseAttributes.first(where: { $0.name == name }) {
                        return column.text(owner, forms: columns.timeForms) ?? ""
                    }
                    return columns.attributes.first { $0.name == name && $0.isPresent(event) }?.text(event, forms: columns.timeForms) ?? ""
                }
                let fields = [
                    columns.caseNames[UInt32(owner)], columns.activity.text(event) ?? "", "\(columns.start[event] / 1_000)",
                    "\(columns.time[event] / 1_000)", String(value("day").prefix(10)), value("amount"), value("count"), value("ok"),
                    value("text"),
                ]
                rows[Int(columns.row[event]) - 2] = fields.joined(separator: "\t").replacing("\n", with: "\\n")
            }
        }
        expectEqual(rows, expected)
        #expect(
            columns.attributes.first { $0.name == "amount" }?.type == .float && columns.attributes.first { $0.name == "day" }?.type == .date
        )
        #expect(found.log.findings.contains { $0.rule == .hiddenSheet && $0.examples == ["Notes"] })
    }

    private static let reading = """
        import sys, datetime, openpyxl
        sheet = openpyxl.load_workbook(sys.argv[1])["Events"]
        print(sheet.freeze_panes, len(openpyxl.load_workbook(sys.argv[1]).sheetnames))
        head = [c.value for c in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            parts = []
            for name, cell in zip(head, row):
                v = cell.value
                if v is None: continue
                assert cell.data_type != "f", cell.coordinate
                if isinstance(v, datetime.datetime): v = "t%d" % round((v - datetime.datetime(1970,1,1)).total_seconds() * 1000)
                elif isinstance(v, bool): v = "b" + str(v).lower()
                elif isinstance(v, (int, float)): v = "n%.13g" % v
                else: v = "s" + v
                parts.append(name + "=" + v)
            print("|".join(parts).replace("\\n", "\\\\n"))
        """

    @Test(arguments: 1...5 as ClosedRange<UInt64>) func whatIsWrittenIsReadByAnotherProgram(seed: UInt64) throws {
        let log = LogFacts.motley(seed: seed, isNested: false)
        let file = Self.path("ours.xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        var bytes: [UInt8] = []
        try LogWriter.writeXLSX(log, progress: { _ in }) { bytes.append(contentsOf: $0) }
        try Data(bytes).write(to: file)
        var found = try Openpyxl.run(Self.reading, [file.path]).split(separator: "\n").map(String.init)
        #expect(found.removeFirst() == "A2 1")
        let columns = log.columns
        var expected = Array(repeating: "", count: columns.count)
        for owner in 0..<columns.caseCount {
            for event in columns.caseOffsets[owner]..<columns.caseOffsets[owner + 1] {
                var parts: [String] = []
                func add(_ name: String, _ text: String?) { if let text { parts.append("\(name)=s\(text)") } }
                func add(time name: String, _ time: Int64, _ form: UInt16) {
                    if time == Instant.missing { return }
                    let offset = Int64(columns.timeForms[Int(form)].offset)
                    parts.append("\(name)=t\((time + offset * 1_000_000 + 500).flooredQuotient(by: 1_000))")
                    parts.append("\(name) offset=s\(Instant.offsetText(Int(offset)))")
                }
                func add(_ column: AttributeColumn, _ row: Int) {
                    guard column.isPresent(row) else { return }
                    if column.type == .date {
                        add(time: column.name, column.words[row], column.forms[row])
                    } else if let number = column.number(row) {
                        parts.append("\(column.name)=n\(String(format: "%.13g", number))")
                    } else if let truth = column.boolean(row) {
                        parts.append("\(column.name)=b\(truth)")
                    } else {
                        add(column.name, column.text(row, forms: columns.timeForms))
                    }
                }
                add("case:concept:name", columns.caseNames[UInt32(owner)])
                add("concept:name", columns.activity.text(event))
                add(time: "start_timestamp", columns.start[event], columns.startForm[event])
                add(time: "time:timestamp", columns.time[event], columns.timeForm[event])
                add("org:resource", columns.resource?.text(event))
                add("org:role", columns.role?.text(event))
                add("lifecycle:transition", columns.transition?.text(event))
                for column in columns.attributes { add(column, event) }
                for column in columns.caseAttributes { add(column, owner) }
                // openpyxl leaves the escapes of control characters and of themselves as they are in the file.
                expected[Int(columns.row[event]) - 1] = parts.joined(separator: "|").replacing("\n", with: "\\n").replacing(
                    "_x0041_", with: "_x005F_x0041_")
            }
        }
        expectEqual(found.map { $0.replacing("_x0041_", with: "_x005F_x0041_").replacing("_x005F_x005F_", with: "_x005F_") }, expected)
    }
}
