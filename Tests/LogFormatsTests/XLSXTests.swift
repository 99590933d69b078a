import ByteParsing
import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing

struct XLSXTests {
    static func bytes(_ log: EventLog) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try LogWriter.writeXLSX(log, progress: { _ in }) { bytes.append(contentsOf: $0) }
        return bytes
    }

    private static func problem(_ bytes: [UInt8], _ options: ReadOptions = ReadOptions()) -> WorkbookProblem? {
        let error = inputError { _ = try read(bytes, named: "log.xlsx", options) }
        guard case .workbook(let problem) = error?.cause else { return nil }
        #expect(error.map { !$0.problem.isEmpty && !$0.advice.isEmpty } == true)
        return problem
    }

    private static let header =
        "<row r=\"1\">"
        + ["case", "activity", "timestamp", "x"].enumerated().map {
            "<c r=\"\(["A", "B", "C", "D"][$0.offset])1\" t=\"inlineStr\"><is><t>\($0.element)</t></is></c>"
        }.joined() + "</row>"

    /// Rows of case 1, activity A, with this cell as the attribute, from row 2 on.
    private static func sheet(_ cells: [String]) -> String {
        let rows = cells.enumerated().map { place, cell in
            let row = place + 2
            return "<row r=\"\(row)\"><c r=\"A\(row)\"><v>1</v></c><c r=\"B\(row)\" t=\"str\"><f>\"A\"</f><v>A</v></c>"
                + "<c r=\"C\(row)\" s=\"1\"><v>45000.5</v></c>" + cell.replacing("<c", with: "<c r=\"D\(row)\"") + "</row>"
        }
        return "<sheetData>" + header + rows.joined() + "</sheetData>"
    }

    private static func values(_ bytes: [UInt8]) throws -> [String] {
        let log = try read(bytes, named: "log.xlsx").log
        let columns = (log.columns.attributes + log.columns.caseAttributes).filter { $0.name == "x" }
        return (0..<log.columns.count).map { row in
            let owner = log.columns.caseAttributes.contains { $0.name == "x" } ? 0 : row
            return columns.compactMap { column in column.text(owner, forms: log.columns.timeForms).map { "\(column.type) \($0)" } }.joined(
                separator: ", ")
        }
    }

    @Test func everyKindOfCellIsRead() throws {
        let texts = [
            "<t>plain</t>", "<r><rPr><b/></rPr><t>rich </t></r><r><t xml:space=\"preserve\">text </t></r><rPh><t>no</t></rPh>", "<t/>",
            "<t>a_x000D_b_x005F_x0041_</t>",
        ]
        let cells = [
            "<c t=\"s\"><v>0</v></c>", "<c t=\"s\"><v>1</v></c>", "<c t=\"s\"><v>2</v></c>", "<c t=\"s\"><v>3</v></c>",
            "<c t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>", "<c t=\"str\"><f>1</f><v>=x</v></c>", "<c/>",
        ]
        let book = TinyWorkbook(Self.sheet(cells), texts: texts, styles: [0, 22])
        #expect(
            try Self.values(book.bytes) == [
                "string plain", "string rich text ", "", "string a\rb_x0041_", "string inline", "string =x", "",
            ])
        let log = try read(book.bytes, named: "log.xlsx").log
        #expect(log.caseName(0) == "1" && log.activities.strings == ["A"])
        #expect(log.columns.time.allSatisfy { $0 == 1_678_881_600 * Microseconds.second }, "45000.5 is noon of 2023-03-15")
    }

    @Test func numbersTruthValuesAndErrors() throws {
        func values(_ cells: [String]) throws -> [String] { try Self.values(TinyWorkbook(Self.sheet(cells), styles: [0, 22, 2]).bytes) }
        #expect(try values(["<c><v>1</v></c>", "<c><v>-20</v></c>", "<c><v>3E3</v></c>"]) == ["int 1", "int -20", "int 3000"])
        #expect(try values(["<c s=\"2\"><v>1</v></c>", "<c><v>0.25</v></c>"]) == ["float 1.0", "float 0.25"])
        #expect(try values(["<c t=\"b\"><v>1</v></c>", "<c t=\"b\"><v>0</v></c>"]) == ["boolean true", "boolean false"])
        #expect(try values(["<c><v>7</v></c>", "<c t=\"str\"><v>A7</v></c>"]) == ["string 7", "string A7"], "a column is one thing")
        #expect(try values(["<c t=\"str\"><v>007</v></c>", "<c t=\"str\"><v>12</v></c>"]) == ["string 007", "string 12"])
        let book = TinyWorkbook(Self.sheet(["<c t=\"e\"><v>#N/A</v></c>", "<c><v>2</v></c>"]), styles: [0, 22])
        #expect(try Self.values(book.bytes) == ["", "int 2"])
        let finding = try read(book.bytes, named: "x").log.findings.first { $0.rule == .cellError }
        #expect(finding?.count == 1 && finding?.examples == [.init(row: 2, text: "D2 #N/A")])
    }

    /// Serial numbers with what ECMA-376 part 1, 18.17.4.1, and Excel itself say they are.
    @Test(arguments: [
        ("1", 14, false, "date 1900-01-01T00:00:00Z"), ("59", 14, false, "date 1900-02-28T00:00:00Z"),
        ("61", 14, false, "date 1900-03-01T00:00:00Z"), ("2958465", 14, false, "date 9999-12-31T00:00:00Z"),
        ("60", 14, false, "int 60"), ("-1", 14, false, "int -1"), ("2958466", 14, false, "int 2958466"),
        ("0", 14, true, "date 1904-01-01T00:00:00Z"), ("43831.75", 22, true, "date 2024-01-02T18:00:00Z"),
        ("45292.333333333336", 22, false, "date 2024-01-01T08:00:00Z"), ("45292.999988425923", 22, false, "date 2024-01-01T23:59:59Z"),
        ("45292.500011574077", 165, false, "date 2024-01-01T12:00:01Z"), ("45292.5", 166, false, "date 2024-01-01T12:00:00Z"),
        ("45292.5", 167, false, "date 2024-01-01T12:00:00Z"), ("45292.5", 168, false, "float 45292.5"),
        ("45292.5", 169, false, "float 45292.5"), ("45292.5", 170, false, "float 45292.5"), ("0.75", 20, false, "string 18:00:00"),
        ("45292.5", 20, false, "date 2024-01-01T12:00:00Z"), ("1.5", 46, false, "float 1.5"),
        ("45292", 31, false, "date 2024-01-01T00:00:00Z"),
        ("45292", 171, false, "date 2024-01-01T00:00:00Z"), ("45292", 172, false, "int 45292"),
    ])
    func datesAreToldByTheirFormats(_ serial: String, _ format: Int, _ is1904: Bool, _ expected: String) throws {
        let formats = [
            (165, "yyyy\\-mm\\-dd\\ hh:mm:ss"), (166, "[$-409]d/m/yy h:mm AM/PM;@"), (167, "mmm-yy"), (168, "0.00E+00"),
            (169, "[Red]#,##0.00;&quot;day&quot;0"), (170, "General&quot; d&quot;"),
            (171, "[$-zh-CN]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"),
            (172, "&quot;yyyy&quot;0"),
        ]
        let book = TinyWorkbook(Self.sheet(["<c s=\"2\"><v>\(serial)</v></c>"]), formats: formats, styles: [0, 22, format], is1904: is1904)
        #expect(try Self.values(book.bytes) == [expected])
    }

    @Test func datesAloneAreDates() throws {
        func forms(_ values: [String], _ format: Int) throws -> [Bool] {
            let cells = values.map { "<c s=\"2\"><v>\($0)</v></c>" }
            let log = try read(TinyWorkbook(Self.sheet(cells), styles: [0, 22, format]).bytes, named: "x").log
            let column = try #require(log.columns.attributes.first { $0.name == "x" })
            return (0..<values.count).map { log.columns.timeForms[Int(column.forms[$0])].isDateOnly }
        }
        #expect(try forms(["45292", "45293.5"], 14) == [true, false])
        #expect(try forms(["45292", "45293.5"], 22) == [false, false])
    }

    @Test func sparseRowsTitlesGapsAndNamelessColumns() throws {
        let content = """
            <dimension ref="A1:XFD9"/><sheetData><row r="2"><c r="B2" t="str"><v>Orders of 2026</v></c></row><row r="3"/>
            <row r="4"><c r="B4" t="str"><v>case</v></c><c r="D4" t="str"><v> activity </v></c><c r="E4" t="str"><v>timestamp</v></c>
            <c r="G4" t="str"><v>n</v></c><c r="H4" t="str"><v>n</v></c></row>
            <row r="6"><c r="B6"><v>1</v></c><c r="D6" t="str"><v>A</v></c><c r="E6" s="1"><v>45000</v></c><c r="F6"><v>5</v></c></row>
            <row><c><v>9</v></c><c><v>1</v></c><c r="D7" t="str"><v>B</v></c><c s="1"><v>45001</v></c><c r="H7"><v>6</v></c></row>
            <row r="8"><c r="B8" s="1"/></row><row r="9"><c r="B9"><v>1</v></c><c r="D9" t="str"><v>C</v></c><c r="E9" s="1"><v>45002</v></c></row>
            <row r="10"><c r="A10" s="1"/></row></sheetData>
            """
        let log = try read(TinyWorkbook(content, styles: [0, 14]).bytes, named: "x").log
        #expect(log.columns.row == [6, 7, 9] && log.activities.strings == ["A", "B", "C"])
        #expect(Set(log.columns.attributes.filter { $0.count > 0 }.map(\.name)) == ["n (2)", "column F", "column A"])
        #expect(log.findings.contains { $0.rule == .titleRow && $0.count == 1 })
        #expect(log.findings.contains { $0.rule == .blankLine && $0.count == 1 && $0.examples == [.row(8)] })
    }

    @Test func mergedCellsStandInEachOfTheirRows() throws {
        func row(_ number: Int, _ owner: String?, _ hour: Int) -> String {
            "<row r=\"\(number)\">" + (owner.map { "<c r=\"A\(number)\" t=\"str\"><v>\($0)</v></c>" } ?? "<c r=\"A\(number)\"/>")
                + "<c r=\"B\(number)\" t=\"str\"><v>A</v></c><c r=\"C\(number)\" s=\"1\"><v>\(45_000 + Double(hour) / 24)</v></c></row>"
        }
        let rows = [row(2, "one", 1), row(3, nil, 2), row(4, nil, 3), row(5, "two", 1), row(6, nil, 2), row(7, "three", 4)]
        let content =
            "<sheetData>" + Self.header + rows.joined()
            + "</sheetData><mergeCells count=\"4\"><mergeCell ref=\"A5:A6\"/><mergeCell ref=\"A5:A6\"/><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"A1:B1\"/></mergeCells>"
        let log = try read(TinyWorkbook(content, styles: [0, 22]).bytes, named: "x").log
        #expect((0..<log.caseCount).map(log.caseName) == ["one", "two", "three"])
        #expect(log.eventRanges.map(\.count) == [3, 2, 1])
        #expect(log.findings.contains { $0.rule == .mergedCell && $0.count == 3 })
        #expect(!log.findings.contains { $0.rule == .missingCase })
    }

    @Test func sheetsAreChosenByNameOrNumber() throws {
        func content(_ name: String) -> String { Self.sheet(["<c/>"]).replacing("<v>A</v>", with: "<v>\(name)</v>") }
        let book = TinyWorkbook(
            sheets: [("Old", "hidden", content("old")), ("Log", nil, content("log")), ("3", "veryHidden", content("three"))],
            styles: [0, 22]
        ).bytes
        func found(_ sheet: String?) throws -> String {
            let read = try read(book, named: "x", ReadOptions(sheet: sheet))
            return "\(read.sheet ?? "") \(read.log.activities.strings[0])"
        }
        #expect(try found(nil) == "Log log")
        #expect(try found("old") == "Old old")
        #expect(try found("1") == "Old old")
        #expect(try found("3") == "3 three", "a name goes before a number")
        #expect(Self.problem(book, ReadOptions(sheet: "4")) == .unknownSheet("4", known: ["Old", "Log", "3"]))
        let hidden = try read(book, named: "x").log.findings.first { $0.rule == .hiddenSheet }
        #expect(hidden?.count == 2 && hidden?.examples == ["Old", "3"])
    }

    @Test func theMapNamesColumnsAndZone() throws {
        var mapping = ColumnMapping()
        (mapping.case, mapping.activity, mapping.timezone) = ("activity", "case", "Asia/Shanghai")
        let log = try read(TinyWorkbook(Self.sheet(["<c/>"]), styles: [0, 22]).bytes, named: "x", ReadOptions(mapping: mapping)).log
        #expect(log.caseName(0) == "A" && log.activities.strings == ["1"])
        #expect(log.columns.time == [(1_678_881_600 - 28_800) * Microseconds.second] && log.columns.timeForms[0].offset == 28_800)
        #expect(!log.findings.contains { $0.rule == .naiveTime })
    }

    // MARK: - Damage

    @Test func otherArchivesAreNamed() {
        func cause(_ names: [String]) -> InputProblem? {
            inputError { _ = try read(TinyWorkbook.zip(names.map { ($0, []) }), named: "x") }?.cause
        }
        #expect(cause(["a.csv", "b.csv"]) == .notALog(.zip(files: ["a.csv", "b.csv"], count: 2)))
        #expect(cause(["word/document.xml"]) == .notALog(.officeFile(part: "word/document.xml")))
        #expect(cause(["xl/workbook.bin"]) == .notALog(.binaryWorkbook))
        #expect(cause([]) == .notALog(.zip(files: [], count: 0)))
    }

    @Test func damagedWorkbooksAreRefusedInWords() {
        let book = TinyWorkbook(Self.sheet(["<c/>", "<c/>"]), styles: [0, 22])
        func replaced(_ old: String, _ new: String) -> WorkbookProblem? {
            var copy = book
            copy.parts = copy.parts.map { ($0.name, $0.text.replacing(old, with: new)) }
            return Self.problem(copy.bytes)
        }
        func isDamage(_ problem: WorkbookProblem?) -> Bool {
            if case .damaged = problem { return true }
            return false
        }
        for length in [4, 100, book.bytes.count / 2, book.bytes.count - 1] {
            #expect(isDamage(Self.problem(Array(book.bytes.prefix(length)))))
        }
        var flipped = book.bytes
        let place = flipped.firstRange(of: Array("45000.5".utf8))?.lowerBound ?? 0
        flipped[place] = UInt8(ascii: "3")
        #expect(isDamage(Self.problem(flipped)), "the check sum is wrong")
        #expect(isDamage(replaced("</sheetData>", "")))
        #expect(isDamage(replaced("<row r=\"3\">", "<row r=\"2\">")))
        #expect(isDamage(replaced("<row r=\"3\">", "<row r=\"99999999\">")))
        #expect(isDamage(replaced("r=\"D3\"", "r=\"ZZZZ3\"")))
        #expect(isDamage(replaced("<v>45000.5</v>", "<v>noon</v>")))
        #expect(isDamage(replaced("<c r=\"D3\"/>", "<c r=\"D3\" t=\"s\"><v>0</v></c>")))
        #expect(
            replaced("Target=\"worksheets/sheet1.xml\"", "Target=\"worksheets/sheet9.xml\"") == .missingPart("xl/worksheets/sheet9.xml"))
        #expect(replaced("<sheet name", "<sheet_ name") == .noSheet)
        #expect(replaced("<row r=\"1\">", "<row r=\"1\"/><!--").map { _ in true } == true)
        #expect(Self.problem(TinyWorkbook("<sheetData/>").bytes) == .noTable(sheet: "Log"))
        #expect(inputError { _ = try read(TinyWorkbook(Self.sheet([])).bytes, named: "x") }?.cause == .noEvents(emptyCases: 0))
    }

    /// A few bytes must not ask for much memory: a column takes room up to its last row.
    @Test func columnsOfNothingAreRefused() {
        let first = Self.sheet(["<c/>"]).replacing("</sheetData>", with: "")
        let last = (5..<3_000).map { "<c r=\"\(Self.letters($0))1000000\"><v>1</v></c>" }.joined()
        let rows = (3..<30_000).map { "<row r=\"\($0)\"><c><v>1</v></c></row>" }.joined()
        let content = first + rows + "<row r=\"1000000\"><c r=\"A1000000\"><v>1</v></c>\(last)</row></sheetData>"
        #expect(
            inputError { _ = try read(TinyWorkbook(content, styles: [0, 22]).bytes, named: "x") }?.cause
                == .sparseColumns(columns: 2_999, rows: 29_999))
    }

    private static func letters(_ column: Int) -> String {
        let letter = { (number: Int) in String(UnicodeScalar(UInt8(65 + number))) }
        if column < 26 { return letter(column) }
        if column < 702 { return letter(column / 26 - 1) + letter(column % 26) }
        return letter((column - 702) / 676) + letter((column - 702) / 26 % 26) + letter((column - 702) % 26)
    }

    @Test func entitiesAreNotExpanded() {
        let laughs = "<!DOCTYPE worksheet [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
        var book = TinyWorkbook(Self.sheet(["<c t=\"str\"><v>&c;</v></c>"]), styles: [0, 22])
        book.parts = book.parts.map { ($0.name, $0.text.replacing("<worksheet ", with: laughs + "<worksheet ")) }
        guard case .damaged = Self.problem(book.bytes) else {
            Issue.record("the document type is refused")
            return
        }
    }

    @Test func bombsAreRefused() throws {
        var packed: [UInt8] = []
        var deflater = GzipDeflater()
        let blanks = [UInt8](repeating: 0x20, count: 1 << 20)
        let size = 80 << 20
        for _ in 0..<80 { blanks.withUnsafeBytes { deflater.append($0) { packed.append(contentsOf: $0) } } }
        deflater.finish { packed.append(contentsOf: $0) }
        // A gzip member holds the same deflated bytes as an archive, between a header of 10 and a trailer of 8.
        let deflated = Array(packed[10..<(packed.count - 8)])
        let sum = packed[(packed.count - 8)..<(packed.count - 4)]
        let archive = TinyWorkbook.zip([("a", deflated)])
        var bytes = archive
        for start in [0, archive.count - 22 - 47] {
            let place = start == 0 ? 8 : start + 10
            bytes[place] = 8
            let sums = start == 0 ? 14 : start + 16
            bytes.replaceSubrange(sums..<(sums + 4), with: sum)
            let sizes = start == 0 ? 22 : start + 24
            bytes.replaceSubrange(sizes..<(sizes + 4), with: (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) })
        }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { room.deallocate() }
        func inflated(_ limit: ZipArchive.Limit) throws -> Int {
            try bytes.withUnsafeBytes { bytes in
                let entry = try ZipArchive(bytes, limit: limit).open(0)
                while try entry.read(into: room) > 0 {}
                return entry.position
            }
        }
        #expect(try inflated(ZipArchive.Limit(bytes: 1 << 27)) == size)
        #expect(throws: ZipError(name: "a", problem: .bomb(inflated: 65 << 20))) { try inflated(ZipArchive.Limit()) }
    }

    /// Bytes changed, left out, put in and cut off: every file reads or is refused in words.
    @Test func noBytesBringItDown() throws {
        let stored = TinyWorkbook(
            Self.sheet(["<c t=\"s\"><v>0</v></c>", "<c s=\"1\"><v>3</v></c>", "<c t=\"b\"><v>1</v></c>"])
                + "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>", texts: ["<t>x</t>"], styles: [0, 22])
        let packed = try Self.bytes(LogFacts.motley(seed: 1))
        var stream = RandomStream(seed: 6, path: 2)
        let alphabet = Array("<>/\"=&;0129 rctvs\u{0}".utf8) + [0x80, 0xFF]
        var outcomes = (read: 0, refused: 0)
        for round in 0..<450 {
            var bytes = packed
            if round % 3 > 0 {
                // Inside a part, where the check sums are right again.
                var book = stored
                let part = stream.index(below: book.parts.count)
                var text = Array(book.parts[part].text.utf8)
                for _ in 0...stream.index(below: 2) {
                    let place = stream.index(below: text.count)
                    if round % 2 == 0 { text.remove(at: place) } else { text[place] = alphabet[stream.index(below: alphabet.count)] }
                }
                book.parts[part].text = String(decoding: text, as: UTF8.self)
                bytes = book.bytes
            } else {
                bytes[stream.index(below: bytes.count)] = UInt8(truncatingIfNeeded: stream.next())
                if round % 2 == 0 { bytes.removeLast(stream.index(below: bytes.count)) }
            }
            do {
                #expect(try read(bytes, named: "fuzz").log.eventCount > 0)
                outcomes.read += 1
            } catch let error as InputError {
                #expect(!error.description.isEmpty)
                outcomes.refused += 1
            } catch {
                Issue.record("\(error)")
            }
        }
        #expect(outcomes.read > 30 && outcomes.refused > 50)
    }

    // MARK: - Writing

    private static let kept = LogFacts.Kept(offsets: false, numberTypes: false, nested: false, unit: 1_000)

    @Test(arguments: 1...8 as ClosedRange<UInt64>) func whatIsWrittenIsReadBack(seed: UInt64) throws {
        let log = LogFacts.motley(seed: seed, offsets: [28_800], isNested: false)
        let bytes = try Self.bytes(log)
        let again = try read(bytes, named: "log.xlsx").log
        expectEqual(LogFacts.lines(again, Self.kept), LogFacts.lines(log, Self.kept))
        #expect(try Self.bytes(log) == bytes, "the same log, the same bytes")
    }

    /// Offsets that differ stand in columns of their own, from which times are whole again.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func differentOffsetsAreKept(seed: UInt64) throws {
        let log = LogFacts.motley(seed: seed, isNested: false, unit: 1_000)
        let again = try read(try Self.bytes(log), named: "log.xlsx").log
        let kept = LogFacts.Kept(numberTypes: false, nested: false, unit: 1_000)
        expectEqual(LogFacts.lines(again, kept), LogFacts.lines(log, kept))
        #expect(!again.columns.attributes.contains { $0.name.hasSuffix(" offset") })
        #expect(!again.findings.contains { $0.rule == .naiveTime })
    }

    @Test func tooMuchForASheetIsRefused() {
        var builder = EventLogBuilder()
        let (owner, activity) = (builder.caseNumber("1"), builder.activityNumber("A"))
        for row in 0..<1_048_576 { builder.append(case: owner, activity: activity, time: Int64(row), row: row + 1) }
        let log = builder.finish()
        #expect(throws: LogWritingError.tooManyRows(1_048_576, limit: 1_048_575)) { try Self.bytes(log) }
        var long = EventLogBuilder()
        long.append(case: long.caseNumber("1"), activity: long.activityNumber(String(repeating: "a", count: 32_768)), time: 0, row: 1)
        #expect(throws: LogWritingError.textTooLong(column: "concept:name", row: 2, limit: 32_767)) { try Self.bytes(long.finish()) }
    }
}
