import ByteParsing
import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing

struct NDJSONTests {
    static func text(_ log: EventLog) -> String {
        var bytes: [UInt8] = []
        LogWriter.writeNDJSON(log) { bytes.append(contentsOf: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func membersAreTypedAndColumnsRecognised() throws {
        let found = try read(
            """
            \u{FEFF}{"订单号": 7, "activity": "A", "完成时间": "2026-01-05T08:00:00+08:00", "amount": 12.5, "n": 3, "ok": true, "no": null}

            {"activity":"B\\u4e2d","订单号":7,"完成时间":"2026-01-05 09:00","amount":2,"n":4,"ok":false,"x":{"a":[1,{"b":"c"}]}}\r
            """, named: "log.ndjson")
        let log = found.log
        #expect(found.format.kind == .ndjson)
        #expect(found.recognised?.case == "订单号" && found.recognised?.timestamp == "完成时间" && found.timeFormats == ["ISO 8601"])
        #expect(log.caseCount == 1 && log.caseName(0) == "7" && log.activities.strings == ["A", "B中"])
        #expect(log.columns.row == [1, 3])
        #expect(log.columns.timeForms.map(\.offset) == [28_800, 0] && log.columns.timeForms.map(\.isNaive) == [false, true])
        let types = Dictionary(uniqueKeysWithValues: log.columns.attributes.map { ($0.name, $0.type) })
        #expect(types == ["amount": .float, "n": .int, "ok": .boolean])
        #expect(
            log.columns.nested.map { LogFacts.text($0.tree) } == [
                "x:container=[a:list=[:value(EventLogs.AttributeType.int)=1[],b:value(EventLogs.AttributeType.string)=c[]]]"
            ])
        #expect(log.findings.contains { $0.rule == .blankLine && $0.count == 1 && $0.examples == [.row(2)] })
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>) func whatIsWrittenIsReadBack(seed: UInt64) throws {
        let log = LogFacts.motley(seed: seed)
        let text = Self.text(log)
        let again = try read(text, named: "log.ndjson").log
        expectEqual(LogFacts.lines(again), Self.withAnnotatedValues(LogFacts.lines(log), log))
        // Members stand in the order of first sight, which is that of the columns from the second time on.
        let second = Self.text(again)
        #expect(Self.text(try read(second, named: "log.ndjson").log) == second)
    }

    /// The value of an attribute that has attributes stands in its column; the tree of the log that was made has it too.
    private static func withAnnotatedValues(_ lines: [String], _ log: EventLog) -> [String] {
        lines.map { line in
            guard let match = line.firstMatch(of: /\| amount:float=([^ ]+)/) else { return line }
            return line.replacing(
                "amount:value(EventLogs.AttributeType.float)=[", with: "amount:value(EventLogs.AttributeType.float)=\(match.1)[")
        }
    }

    /// JSON → log → JSON keeps every member, as Foundation sees them.
    @Test func nestedValuesAreKeptAsTheyAre() throws {
        let lines = [
            #"{"case":"1","activity":"A","timestamp":"2026-01-05T08:00:00Z","x":[[],{},[{"a":1},2,"b"],{"a":1,"b":[1.5,true]}]}"#,
            #"{"case":"1","activity":"A","timestamp":"2026-01-05T09:00:00Z","x":{"n":12345678901234567890,"m":-1.25e-3,"e":""}}"#,
            #"{"case":"2","activity":"A","timestamp":"2026-01-05T09:00:00Z","x":"text","y":9007199254740993}"#,
            #"{"case":"2","activity":"B","timestamp":"2026-01-05T09:00:00Z","x":7,"@x":{"unit":"kg"}}"#,
        ]
        let text = Self.text(try read(lines.joined(separator: "\n"), named: "log.ndjson").log)
        let written = text.split(separator: "\n").map(String.init)
        #expect(written.count == lines.count)
        for (before, after) in zip(lines, written) {
            let left = try JSONSerialization.jsonObject(with: Data(before.utf8)) as? NSDictionary
            let right = try JSONSerialization.jsonObject(with: Data(after.utf8)) as? NSDictionary
            #expect(left == right, "\(before)\n\(after)")
        }
        #expect(written[1].contains("12345678901234567890") && written[2].contains("9007199254740993"))
    }

    @Test func numbersBeyond64BitsStayAsTheyAreWritten() throws {
        let rows = ["123456789012345678901", "1", "-2"].map {
            "{\"case\":1,\"activity\":\"A\",\"timestamp\":\"2026-01-05T08:00:00Z\",\"id\":\($0)}\n"
        }
        let log = try read(rows.joined(), named: "log.ndjson").log
        let column = try #require(log.columns.attributes.first { $0.name == "id" })
        #expect(column.type == .string && column.symbols.vocabulary.strings == ["123456789012345678901", "1", "-2"])
    }

    @Test func caseAttributesAreNamedAndThoseThatVaryStayWithTheEvents() throws {
        let log = try read(
            """
            {"case:concept:name":"1","concept:name":"A","time:timestamp":"2026-01-05T08:00:00Z","case:v":"x","case:w":1,"same":"s"}
            {"case:concept:name":"1","concept:name":"B","time:timestamp":"2026-01-05T09:00:00Z","case:v":"x","case:w":2,"same":"s"}
            """, named: "log.ndjson"
        ).log
        #expect(log.columns.caseAttributes.map(\.name) == ["v"])
        #expect(log.columns.attributes.map(\.name) == ["case:w", "same"])
    }

    @Test(arguments: [
        ("{\"case\":1,\"case\":2}", 1, 11, JSONError.Problem.duplicateKey("case")),
        ("{\"case\":1}\n[1]", 2, 1, .notAnObject), ("{\"case\":1} {\"case\":2}", 1, 12, .textAfterObject),
        ("{\n\"case\":1}", 1, 2, .lineBreak), ("{\"case\":1}\n\n {\"a\":tru}", 3, 7, .unexpected("t")),
        ("{\"case\":1}\n{\"中\":01}", 2, 6, .leadingZero), ("{\"case\":\"1", 1, 9, .unclosedText), ("{\"case\":1,", 1, 11, .unexpectedEnd),
    ])
    func mistakesAreNamedWithLineAndColumn(_ text: String, _ line: Int, _ column: Int, _ problem: JSONError.Problem) {
        let error = inputError { _ = try read(text, named: "log.ndjson") }
        #expect(error == InputError(file: "log.ndjson", line: line, column: column, .json(problem)))
        #expect(error.map { !$0.problem.isEmpty && !$0.advice.isEmpty } == true)
    }

    @Test func unreadableTimesAreAnErrorAndAFewAreCounted() throws {
        func row(_ number: Int, _ time: String) -> String { "{\"case\":\"\(number % 5)\",\"activity\":\"A\",\"timestamp\":\(time)}\n" }
        let few = (0..<40).map { row($0, $0 == 7 ? "\"soon\"" : "\"2026-01-05T08:00:00Z\"") }.joined()
        #expect(try read(few, named: "x").log.findings.contains { $0.rule == .unreadableTime && $0.count == 1 && $0.examples == [.row(8)] })
        let many = (0..<40).map { row($0, $0 % 2 == 0 ? "\"soon\"" : "\"2026-01-05T08:00:00Z\"") }.joined()
        guard case .unreadableTimes(_, 20, 40, _) = inputError({ _ = try read(many, named: "x") })?.cause else {
            Issue.record("half of the times cannot be read")
            return
        }
        var mapping = ColumnMapping()
        mapping.format = "unix"
        let numbers = (0..<5).map { row($0, "\(1_767_571_200 + $0)") }.joined()
        let log = try read(numbers, named: "x", ReadOptions(mapping: mapping)).log
        #expect(log.columns.time.sorted() == (0..<5).map { EventLog.tinyEpoch + Int64($0) * 1_000_000 })
    }

    @Test func keysThatAreDataAreRefused() {
        let rows = (0..<20_000).map { "{\"case\":1,\"k\($0)\":1}\n" }.joined()
        let error = inputError { _ = try read(rows, named: "x") }
        #expect(error?.cause == .json(.tooManyKeys(16_384)) && error?.line == 16_384 && error?.column == 11)
    }

    /// Bytes changed, left out, put in and cut off: every file reads or is refused in words.
    @Test func noBytesBringItDown() {
        let original = Array(Self.text(LogFacts.motley(seed: 3)).utf8)
        var stream = RandomStream(seed: 5, path: 2)
        let alphabet = Array("{}[]\":,\\u0-.eE+ntf\n\r \u{0}\u{1}".utf8) + [0x80, 0xFF]
        var outcomes = (read: 0, refused: 0)
        for round in 0..<300 {
            var bytes = original
            for _ in 0...stream.index(below: 3) {
                let place = stream.index(below: bytes.count)
                switch stream.index(below: 3) {
                case 0: bytes[place] = alphabet[stream.index(below: alphabet.count)]
                case 1: bytes.remove(at: place)
                default: bytes.insert(alphabet[stream.index(below: alphabet.count)], at: place)
                }
            }
            if round % 3 == 0 { bytes.removeLast(stream.index(below: bytes.count)) }
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
        #expect(outcomes.read > 30 && outcomes.refused > 30)
    }
}

/// Expects equal lines and shows the first that differ.
func expectEqual(_ left: [String], _ right: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(left.count == right.count, sourceLocation: sourceLocation)
    for (one, two) in zip(left, right) where one != two {
        Issue.record("\(one)\n\(two)", sourceLocation: sourceLocation)
        return
    }
}
