import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing

/// The error that `body` throws, which must be an input error.
func inputError(_ body: () throws -> Void) -> InputError? {
    #expect(throws: InputError.self, performing: body)
}

extension EventLog {
    /// The value of an attribute as text, by the recorded order of the event or by the case.
    func attribute(_ name: String, event: Int) -> String? {
        columns.attributes.first { $0.name == name }?.text(event, forms: columns.timeForms)
    }

    func attribute(_ name: String, case position: Int) -> String? {
        columns.caseAttributes.first { $0.name == name }?.text(Int(caseIDs[position]), forms: columns.timeForms)
    }

    func finding(_ rule: LogFinding.Rule) -> LogFinding? {
        findings.first { $0.rule == rule }
    }
}

struct CSVLogReaderTests {
    /// Random logs, written as a table by this test, read back equal: cases, activities, times, attributes of every type.
    @Test func everyTableReadsBack() throws {
        var stream = RandomStream(seed: 71, path: 1)
        let texts = ["plain", "with, comma", "with \"quotes\"", "two\nlines", "漢字", "<script>", "=1+1", " space ", "é"]
        func quoted(_ text: String) -> String {
            text.contains { ",\"\n".contains($0) } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
        }
        for round in 0..<60 {
            struct Row {
                var name, activity, resource, text: String
                var start, end: Int64
                var number: Int64
                var amount: Double
                var flag: Bool
                var day: Int64
            }
            var rows: [Row] = []
            let cases = 1 + stream.index(below: 6)
            for _ in 0..<(2 + stream.index(below: 40)) {
                let end = Int64(stream.index(below: 2_000_000_000)) * 1_000
                rows.append(
                    Row(
                        name: "case \(stream.index(below: cases)) " + texts[round % texts.count],
                        activity: texts[stream.index(below: texts.count)],
                        resource: texts[stream.index(below: texts.count)],
                        text: texts[stream.index(below: texts.count)] + "\(stream.index(below: 9))x",
                        start: end - Int64(stream.index(below: 100_000)) * 1_000, end: end,
                        number: Int64(stream.index(below: 2_000)) - 1_000,
                        amount: Double(stream.index(below: 100_000)) / 8 + 0.125, flag: stream.index(below: 2) == 0,
                        day: Int64(stream.index(below: 20_000))))
            }
            let offset = (stream.index(below: 27) - 13) * 3_600
            let lineEnd = ["\n", "\r\n", "\r"][round % 3]
            var text =
                (round % 2 == 0 ? "\u{FEFF}" : "") + "Case ID,Activity,Start Time,End Time,Resource,Number,Amount,Flag,Due,Note" + lineEnd
            for row in rows {
                let parts: [String] = [
                    quoted(row.name), quoted(row.activity), Instant(microseconds: row.start).iso8601(offset: offset),
                    Instant(microseconds: row.end).iso8601(offset: offset), quoted(row.resource), "\(row.number)", "\(row.amount)",
                    "\(row.flag)", Instant(microseconds: row.day * Microseconds.day).civil().date.iso8601, quoted(row.text),
                ]
                text += parts.joined(separator: ",") + lineEnd
            }
            let log = try read(text).log
            #expect(log.eventCount == rows.count)
            var order: [String] = []
            for row in rows where !order.contains(row.name) { order.append(row.name) }
            #expect((0..<log.caseCount).map { log.caseName($0) } == order)
            for position in 0..<log.caseCount {
                let own = rows.enumerated().filter { $0.element.name == order[position] }.sorted {
                    ($0.element.end, $0.offset) < ($1.element.end, $1.offset)
                }
                #expect(own.count == log.eventRanges[position].count)
                for (event, row) in zip(log.eventRanges[position], own.map(\.element)) {
                    let columns = log.columns
                    #expect(columns.activity.text(event) == row.activity)
                    #expect(columns.time[event] == row.end && columns.start[event] == row.start)
                    #expect(columns.timeForms[Int(columns.timeForm[event])].offset == Int32(offset))
                    #expect(columns.resource?.text(event) == row.resource)
                    func value(_ name: String) -> String? { log.attribute(name, event: event) ?? log.attribute(name, case: position) }
                    #expect(value("Number") == "\(row.number)")
                    #expect(value("Amount") == "\(row.amount)")
                    #expect(value("Flag") == "\(row.flag)")
                    #expect(value("Note") == row.text)
                    #expect(value("Due") == Instant(microseconds: row.day * Microseconds.day).iso8601())
                }
            }
        }
    }

    @Test func columnsAreTypedByAllTheirValues() throws {
        let log = try read(
            """
            case,activity,time,int,float,flag,due,zip,long,mixed,empty,plus
            1,A,2026-01-01 08:00Z,1,1.5,true,2026-01-01,01234,12345678901234567890,1,,+1
            1,B,2026-01-01 09:00Z,-2,2,FALSE,2026-02-01T10:00:00Z,99999,1,x,,+2
            2,A,2026-01-02 08:00Z,,1e3,,,00000,2,,,+3
            """
        ).log
        let types = Dictionary(uniqueKeysWithValues: (log.columns.attributes + log.columns.caseAttributes).map { ($0.name, $0.type) })
        #expect(
            types == [
                "int": .int, "float": .float, "flag": .boolean, "due": .date, "zip": .string, "long": .string, "mixed": .string,
                "empty": .string, "plus": .string,
            ])
        #expect(log.attribute("zip", event: 0) == "01234")
        #expect(log.attribute("int", event: 2) == nil || log.attribute("int", case: 1) == nil)
    }

    @Test func namesInTwoLanguagesAreRecognised() throws {
        for (header, expected) in [
            ("案例编号,活动,开始时间,完成时间,经办人,角色,部门,费用", ["案例编号", "活动", "完成时间", "开始时间", "经办人", "角色", "部门", "费用"]),
            (
                "Order No,Step,Start Date,Completion Time,User,Role,Dept,Cost",
                ["Order No", "Step", "Completion Time", "Start Date", "User", "Role", "Dept", "Cost"]
            ),
            ("单号,环节,开始时间,结束时间,操作人,岗位,部门,成本", ["单号", "环节", "结束时间", "开始时间", "操作人", "岗位", "部门", "成本"]),
            (
                "_CASE_KEY,ACTIVITY_EN,start_time,EVENTTIME,USER_NAME,role,department,costs",
                ["_CASE_KEY", "ACTIVITY_EN", "EVENTTIME", "start_time", "USER_NAME", "role", "department", "costs"]
            ),
            (
                "case:concept:name,concept:name,start_timestamp,time:timestamp,org:resource,org:role,org:group,cost:total",
                [
                    "case:concept:name", "concept:name", "time:timestamp", "start_timestamp", "org:resource", "org:role", "org:group",
                    "cost:total",
                ]
            ),
        ] {
            let result = try read(
                header
                    + "\n1,A,2026-01-31 08:00,2026-01-31 09:00,Li,Clerk,Purchasing,12.5\n1,B,2026-01-31 08:00,2026-01-31 09:30,Wu,Clerk,Purchasing,1\n"
            )
            let found = try #require(result.recognised)
            #expect(
                [found.case, found.activity, found.timestamp, found.start, found.resource, found.role, found.department, found.cost]
                    == expected)
            let columns = result.log.columns
            #expect(columns.role?.text(0) == "Clerk" && columns.department?.text(0) == "Purchasing" && columns.resource?.text(1) == "Wu")
            let cost = try #require(columns.costAttribute)
            #expect(columns.attributes[cost].number(0) == 12.5)
            #expect(columns.sourceNames.caseName == expected[0])
            // What was recognised can be written as a map file and says the same.
            let again = try ColumnMapping(yaml: found.yaml, fileName: "map.yaml")
            #expect(again == found)
        }
    }

    @Test func standardKeysWinOverGuesses() throws {
        let result = try read(
            "Activity,concept:name,Case,case:concept:name,Timestamp,time:timestamp\nx,A,7,1,2020-01-01,2026-01-31T08:00Z\nx,B,7,1,2020-01-01,2026-01-31T09:00Z\n"
        )
        #expect(result.recognised?.activity == "concept:name" && result.recognised?.case == "case:concept:name")
        #expect(result.log.columns.activity.text(0) == "A" && result.log.caseName(0) == "1")
    }

    @Test func contentsDecideWhereNamesDoNot() throws {
        var text = "a,b,c,d\n"
        for row in 0..<60 {
            text += "K\(row / 4),\(["Order", "Pack", "Send", "Bill"][row % 4]),\(row).5,2026-01-\(10 + row / 4) 0\(row % 4 + 1):00:00Z\n"
        }
        let result = try read(text)
        #expect(result.recognised?.case == "a" && result.recognised?.activity == "b" && result.recognised?.timestamp == "d")
        #expect(result.log.caseCount == 15 && result.log.activities.count == 4)
    }

    @Test func twoGoodCandidatesAreRefused() {
        let error = inputError {
            _ = try read(
                "Case ID,Activity,Created on,Posted on\n1,A,2026-01-31 08:00,2026-02-01 08:00\n1,B,2026-02-02 08:00,2026-02-03 08:00\n",
                named: "purchases.csv")
        }
        #expect(error?.cause == .ambiguousColumn(role: .timestamp, columns: ["Created on", "Posted on"]))
        #expect(
            error?.description
                == "purchases.csv:1: two columns could be the timestamp: “Created on”, “Posted on” — choose one with --map (timestamp: Posted on)"
        )
        #expect(error?.kind == .badData)
        let names = inputError { _ = try read("Order No,PO Number,Activity,Time\n1,2,A,2026-01-31\n") }
        #expect(names?.cause == .ambiguousColumn(role: .caseID, columns: ["Order No", "PO Number"]))
        let none = inputError { _ = try read("Case,Activity,Amount\n1,A,5\n1,B,6\n") }
        #expect(none?.cause == .noColumn(role: .timestamp, columns: ["Case", "Activity", "Amount"]))
    }

    @Test func aMapDecides() throws {
        let mapping = try ColumnMapping(
            yaml: "case: Order No\nactivity: Step\ntimestamp: Posted on\nformat: dd/MM/yyyy HH:mm\ntimezone: Asia/Shanghai\n",
            fileName: "map.yaml")
        let text = "Order No;Step;Created on;Posted on\n1;A;03/04/2026 08:00;04/04/2026 08:00\n1;B;05/04/2026 08:00;06/04/2026 08:00\n"
        let result = try read(text, ReadOptions(mapping: mapping))
        #expect(result.log.columns.time[0] == Instant(microseconds: 1_775_260_800_000_000).microseconds, "2026-04-04T00:00Z")
        #expect(result.log.columns.timeForms[Int(result.log.columns.timeForm[0])].offset == 28_800)
        #expect(result.log.finding(.naiveTime) == nil, "the zone is known")
        #expect(result.timeFormats == ["dd/MM/yyyy HH:mm"])
        let typo = inputError {
            let mapping = try ColumnMapping(yaml: "case: Order Nr", fileName: "map.yaml")
            _ = try read(text, ReadOptions(mapping: mapping))
        }
        #expect(typo?.cause == .unknownColumn("Order Nr", suggestion: "Order No"))
    }

    @Test func ambiguousTimesAreRefused() {
        let error = inputError { _ = try read("case,activity,time\n1,A,03/04/2026 08:00\n1,B,05/06/2026 08:00\n") }
        #expect(error?.cause == .ambiguousTimes(column: "time", formats: ["dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm"]))
        #expect(error?.advice.contains("format: dd/MM/yyyy HH:mm") == true)
    }

    @Test func unreadableTimesAreMissingUpToATenth() throws {
        let rows = (10..<30).map { "1,A,2026-01-\($0) 08:00Z\n" }
        let log = try read("case,activity,time\n" + rows.joined() + "1,A,soon\n1,A,\n").log
        #expect(log.eventCount == 22)
        #expect(log.finding(.unreadableTime) == LogFinding(.unreadableTime, .warning, count: 1, detail: "time", examples: [.row(22)]))
        #expect(log.finding(.missingTime)?.count == 2)
        let error = inputError { _ = try read("case,activity,time\n" + rows[..<3].joined() + "1,A,soon\n1,B,later\n") }
        #expect(
            error?.cause
                == .unreadableTimes(
                    column: "time", unreadable: 2, total: 5, examples: [.init(line: 5, text: "soon"), .init(line: 6, text: "later")]))
        #expect(error?.line == 5)
    }

    @Test func formsOfTimesAreKept() throws {
        let log = try read("case,activity,start time,end time\n1,A,2026-01-30,2026-01-31 00:00:00\n1,B,2026-01-31,2026-02-01 00:00:00\n")
            .log
        #expect(log.finding(.midnightColumn) == LogFinding(.midnightColumn, .warning, count: 2, detail: "end time"))
        #expect(log.columns.timeForms[Int(log.columns.startForm[0])].isDateOnly)
        #expect(!log.columns.timeForms[Int(log.columns.timeForm[0])].isDateOnly)
        #expect(log.finding(.naiveTime)?.detail == "UTC")
        let fine = try read("case,activity,time\n1,A,2026-01-31T08:00:00.1234567Z\n1,B,2026-01-31T08:00:00.5Z\n").log
        #expect(fine.finding(.finerThanMicrosecond)?.count == 1)
        #expect(fine.columns.time[0] % Microseconds.second == 123_457)
    }

    @Test func oddRowsAreRepairedAndCounted() throws {
        let log = try read("case,activity,time,note\n1,A,2026-01-31T08:00Z,x\n\n1,B\n,C,2026-01-31T09:00Z,y\n1,D,2026-01-31T09:00Z,z,\n")
            .log
        #expect(log.eventCount == 3)
        #expect(log.finding(.shortRow) == LogFinding(.shortRow, .warning, count: 1, examples: [.row(4)]))
        #expect(log.finding(.missingCase) == LogFinding(.missingCase, .warning, count: 1, examples: [.row(5)]))
        #expect(log.finding(.blankLine) == LogFinding(.blankLine, .info, count: 1, examples: [.row(3)]))
        #expect(log.columns.row == [2, 4, 6])
        let wide = inputError { _ = try read("case,activity,time\n1,A,2026-01-31T08:00Z\n1,B,2026-01-31T09:00Z,extra\n") }
        #expect(wide?.cause == .tooManyFields(found: 4, expected: 3))
        #expect(wide?.line == 3 && wide?.column == 23)
        let open = inputError { _ = try read("case,activity,time\n1,\"A,2026-01-31T08:00Z\n") }
        #expect(open?.cause == .unclosedQuote && open?.line == 2 && open?.column == 3)
        let stray = inputError { _ = try read("case,activity,time\n1,\"A\"b,2026-01-31T08:00Z\n") }
        #expect(stray?.cause == .textAfterQuote && stray?.line == 2 && stray?.column == 6)
    }

    @Test func headersMayBeEmptyOrRepeated() throws {
        let log = try read(",case,activity,time,note,note\n0,1,A,2026-01-31T08:00Z,x,y\n1,1,B,2026-01-31T09:00Z,x,z\n").log
        #expect(log.attribute("column 1", event: 1) == "1")
        #expect(log.attribute("note", case: 0) == "x")
        #expect(log.attribute("note (2)", event: 1) == "z")
    }

    @Test func caseColumnsDescribeCases() throws {
        let log = try read(
            "case:concept:name,concept:name,time:timestamp,case:vendor,case:state,state\n1,A,2026-01-31T08:00Z,V1,open,s\n1,B,2026-01-31T09:00Z,V1,closed,t\n2,A,2026-01-31T08:00Z,V2,open,s\n"
        ).log
        #expect(log.attribute("vendor", case: 0) == "V1" && log.attribute("vendor", case: 1) == "V2")
        #expect(log.attribute("case:state", event: 1) == "closed", "what is no attribute of the case stays with the events")
        let single = try read("case:concept:name,concept:name,time:timestamp,case:vendor\n1,A,2026-01-31T08:00Z,V1\n").log
        #expect(single.attribute("vendor", case: 0) == "V1")
    }

    @Test func classifiersJoinColumns() throws {
        let text = "case,activity,time,lifecycle\n1,A,2026-01-31T08:00Z,start\n1,A,2026-01-31T09:00Z,\n"
        let log = try read(text, ReadOptions(classifier: "activity+lifecycle:transition")).log
        #expect(log.columns.activity.text(0) == "A+start" && log.columns.activity.text(1) == "A+")
        #expect(
            inputError { _ = try read(text, ReadOptions(classifier: "activity+nothing")) }?.cause
                == .unknownColumn("nothing", suggestion: nil))
    }

    @Test func delimiterLineAndChosenDelimiter() throws {
        let stated = try read("sep=;\r\ncase;activity;time\r\n1;A;2026-01-31T08:00Z\r\n").log
        #expect(stated.columns.row == [3] && stated.finding(.blankLine) == nil)
        #expect(try read("sep=;\ncase;activity;time\n1;A;2026-01-31T08:00Z\n").format.delimiter == UInt8(ascii: ";"))
        #expect(
            try read("case|activity|time\n1|A,B;C|2026-01-31T08:00Z\n", ReadOptions(delimiter: UInt8(ascii: "|"))).log.activities.strings
                == ["A,B;C"])
        let error = inputError { _ = try read("case/activity/time\n1/A/2026-01-31T08:00Z\n") }
        #expect(error?.cause == .singleColumn(delimiter: ","))
    }

    @Test func fileWithoutEventsIsRefused() {
        #expect(inputError { _ = try read("") }?.cause == .emptyFile)
        #expect(inputError { _ = try read("\u{FEFF}\n\n") }?.cause == .emptyFile)
        #expect(inputError { _ = try read("case,activity,time\n") }?.cause == .noEvents(emptyCases: 0))
        #expect(inputError { _ = try read("case,activity,time\n,A,2026-01-31\n") }?.kind == .badData)
    }

    @Test func encodings() throws {
        let text = "案例编号,活动,时间\n一,提交申请,2026-01-31 08:00\n一,审批,2026-01-31 09:00\n"
        let wide = [0xFF, 0xFE] + [UInt8](try #require(text.data(using: .utf16LittleEndian)))
        #expect(try read(wide).log.activities.strings == ["提交申请", "审批"])
        let big = [0xFE, 0xFF] + [UInt8](try #require(text.data(using: .utf16BigEndian)))
        #expect(try read(big).log.caseName(0) == "一")
        let unmarked = [UInt8](try #require(text.data(using: .utf16LittleEndian)))
        #expect(try read(unmarked, ReadOptions(encoding: "utf-16le")).log.eventCount == 2)
        let plain = [UInt8](try #require("case,activity,time\n1,A,2026-01-31\n".data(using: .utf16LittleEndian)))
        #expect(try read(plain).log.finding(.encodingDetected)?.detail == "utf-16le")
        // 案例编号,活动,时间 and so on in GB 18030.
        let chinese: [UInt8] =
            [0xB0, 0xB8, 0xC0, 0xFD, 0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xBB, 0xEE, 0xB6, 0xAF, 0x2C, 0xCA, 0xB1, 0xBC, 0xE4, 0x0A]
            + [0x31, 0x2C, 0xC9, 0xF3, 0xC5, 0xFA, 0x2C] + Array("2026-01-31 08:00\n".utf8)
        let read = try read(chinese, ReadOptions(encoding: "gb18030"))
        #expect(read.log.activities.strings == ["审批"] && read.recognised?.case == "案例编号")
        #expect(try LogFormatsTests.read(chinese).log.finding(.encodingDetected)?.detail == "gb18030")
        let western = Array("case,activity,time\n1,Pr".utf8) + [0xFC] + Array("fen,2026-01-31\n".utf8)
        let found = try LogFormatsTests.read(western)
        #expect(found.log.activities.strings == ["Prüfen"] && found.log.finding(.encodingDetected)?.detail == "windows-1252")
        #expect(try LogFormatsTests.read(western, ReadOptions(encoding: "latin1")).log.finding(.encodingDetected) == nil)
        let damaged = Array("case,activity,time\n1,Pr".utf8) + [0xFC, 0xFC, 0xB3] + Array("fen,2026-01-31\n".utf8)
        let error = inputError { _ = try LogFormatsTests.read(damaged, named: "订单.csv") }
        #expect(
            error?.cause == .encoding(byte: 0xFC, position: 23, encoding: "UTF-8", candidates: ["windows-1252", "gb18030"]))
        #expect(error?.line == 2 && error?.column == 5)
        #expect(error?.description.contains("--encoding windows-1252 or --encoding gb18030") == true)
        #expect(
            inputError { _ = try LogFormatsTests.read(western, ReadOptions(encoding: "klingon")) }?.cause == .unknownEncoding("klingon"))
    }

    @Test(
        arguments: [
            ("cse: A", 1, InputProblem.mapUnknownKey("cse", suggestion: "case")),
            ("case: A\nTimestmp: B\n", 2, .mapUnknownKey("Timestmp", suggestion: "timestamp")),
            ("case: [A, B]", 1, .mapValue(key: "case")), ("delimiter: ';;'", nil, .mapValue(key: "delimiter")),
            ("- a\n- b", 1, .mapSyntax("keys and values are expected")),
        ] as [(String, Int?, InputProblem)])
    func badMapsAreRefused(_ yaml: String, _ line: Int?, _ problem: InputProblem) {
        let error = inputError { _ = try ColumnMapping(yaml: yaml, fileName: "map.yaml") }
        #expect(error?.cause == problem)
        #expect(error?.line == line)
    }

    @Test func mapsThatAreNoYAMLAreLocated() throws {
        let error = inputError { _ = try ColumnMapping(yaml: "case: A\n  b: : [", fileName: "map.yaml") }
        #expect(error?.cause.id == "map-syntax" && error?.line != nil)
        #expect(try ColumnMapping(yaml: "", fileName: "map.yaml") == ColumnMapping())
        #expect(try ColumnMapping(yaml: "# nothing\n", fileName: "map.yaml") == ColumnMapping())
        let odd = "a \"b\" \\ \n\t: # é漢"
        var mapping = ColumnMapping()
        mapping.case = odd
        #expect(try ColumnMapping(yaml: mapping.yaml, fileName: "map.yaml").case == odd)
    }
}
