import ByteParsing
import EventLogs
import Foundation
import LogFormats
import Statistics
import TestSupport
import Testing

/// Documents that the fast way leaves to the complete one, in whatever encoding and packed: read piece by piece.
@Suite struct XESSourceTests {
    /// A log with nested attributes and names behind the events, of some pieces' length.
    private static func document(_ encoding: String, seed: UInt64) -> String {
        var stream = RandomStream(seed: seed, path: 31)
        let words = encoding == "ISO-8859-1" ? ["Prüfung", "café", "x"] : ["采购订单", "审批 é", "Prüfung", "x"]
        var text = "<?xml version='1.0' encoding='\(encoding)'?>\n<log xes.version='2.0'>"
        for trace in 0..<400 {
            text += "\n<trace>"
            for _ in 0..<(1 + stream.index(below: 5)) {
                let word = words[stream.index(below: words.count)]
                text += "<event><string key='concept:name' value='\(word)'><int key='page' value='\(stream.index(below: 9))'/></string>"
                text += String(repeating: " ", count: stream.index(below: 3))
                text += "<date key='time:timestamp' value='2024-01-\(10 + stream.index(below: 20))T08:00:00Z'/></event>"
            }
            text +=
                "<string key='concept:name' value='\(words[0]) \(trace)'/><string key='\(words[0])' value='\(words[trace % 2])'/></trace>"
        }
        return text + "</log>\n"
    }

    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        var deflater = GzipDeflater()
        bytes.withUnsafeBytes { deflater.append($0) { packed += $0 } }
        deflater.finish { packed += $0 }
        return packed
    }

    private static func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
        switch encoding {
        case "UTF-8": return Array(text.utf8)
        case "UTF-16": return [0xFF, 0xFE] + [UInt8](try #require(text.data(using: .utf16LittleEndian)))
        case "ISO-8859-1": return [UInt8](try #require(text.data(using: .isoLatin1)))
        default:
            let converter = try #require(TextEncoding("GB18030"))
            return try #require(converter.bytes(of: text))
        }
    }

    @Test(arguments: ["UTF-8", "UTF-16", "ISO-8859-1", "GB18030"]) func piecesMakeTheWhole(encoding: String) throws {
        let text = Self.document(encoding, seed: 3)
        #expect(text.utf8.count > 3 << 16)
        let expected = try read(text.replacing("encoding='\(encoding)'", with: "encoding='UTF-8'"), named: "log.xes").log
        #expect(expected.caseCount == 400 && expected.columns.nested.count == expected.eventCount)
        let bytes = try Self.encoded(text, encoding)
        let plain = try read(bytes, named: "log.xes")
        expectSame(plain.log, expected, encoding)
        let packed = try read(Self.packed(bytes), named: "log.xes.gz")
        #expect(packed.format.isGzipped && packed.format.kind == .xes)
        expectSame(packed.log, expected, "packed \(encoding)")
    }

    /// Errors say the same of packed documents and of plain ones, whatever comes before them.
    @Test(arguments: [("<!-- x", 0), ("&nbsp;", 6), ("</trace></trace>", 0), ("<string value='x'/>", 0), ("\u{1}", 0), ("\u{FFFF}", 0)])
    func errorsArePlacedAlike(_ damage: String, _ part: Int) throws {
        let whole = Self.document("UTF-8", seed: 4)
        let place = try #require(whole.range(of: "<event>", range: whole.index(whole.startIndex, offsetBy: 100_000)..<whole.endIndex))
            .upperBound
        let text = whole[..<place] + damage + whole[place...]
        let plain = try #require(inputError { _ = try read(String(text), named: "log") })
        let packed = try #require(inputError { _ = try read(Self.packed(Array(text.utf8)), named: "log") })
        #expect(plain == packed && (plain.line ?? 0) > 100, "\(plain)")
    }

    @Test func wrongBytesArePlacedAlike() throws {
        var bytes = Array(Self.document("UTF-8", seed: 5).utf8)
        let place = try #require(bytes[150_000...].firstIndex { $0 >= 0xC3 })
        bytes[place] = 0xFF
        let plain = try #require(inputError { _ = try read(bytes, named: "log") })
        let packed = try #require(inputError { _ = try read(Self.packed(bytes), named: "log") })
        guard case .encoding(let byte, let position, let encoding, _) = packed.cause else {
            Issue.record("\(packed)")
            return
        }
        #expect(byte == 0xFF && position == place && encoding == "UTF-8")
        #expect(plain.line == packed.line && plain.column == packed.column && plain.cause.id == "encoding")
        // A document that ends within a character.
        let cut = Array("<log><trace/></log><!-- é".utf8.dropLast())
        #expect(inputError { _ = try read(cut, named: "log") }?.cause.id == "encoding")
        #expect(inputError { _ = try read(Self.packed(cut), named: "log") }?.cause.id == "encoding")
    }

    /// What is not well-formed is refused by both ways of reading.
    @Test(arguments: [
        ("\n<?xml version='1.0'?><log>", "B"), ("<log>", "\u{FFFF}"), ("<log>", "\u{FFFE}"), ("<log>", "&#xFFFF;"),
        ("<?xml version='3.0'?><log>", "B"),
    ])
    func whatIsNoXMLIsRefused(_ head: String, _ value: String) {
        let event = "<event><string key=\"concept:name\" value=\"\(value)\"/></event>"
        let text = head + "<trace><string key=\"concept:name\" value=\"1\"/>\(event)</trace></log>"
        let error = inputError { _ = try read(text, named: "log.xes") }
        #expect(error?.cause.id == "xml", "\(text)")
        let spaced = text.replacing("<trace>", with: "<trace ><!-- x -->")
        #expect(inputError { _ = try read(spaced, named: "log.xes") }?.cause == error?.cause)
    }

    /// A value of some megabytes is a value; one beyond the bound of the complete reader is refused both ways.
    @Test func longValuesAreRead() throws {
        func log(_ length: Int) throws -> EventLog {
            let value = String(repeating: "v", count: length)
            let event = "<event><string key=\"concept:name\" value=\"A\"/><string key=\"note\" value=\"\(value)\"/></event>"
            return try read("<log><trace><string key=\"concept:name\" value=\"1\"/>\(event)</trace></log>", named: "log.xes").log
        }
        #expect(try log(3_000_000).attribute("note", event: 0)?.utf8.count == 3_000_000)
        #expect(inputError { _ = try log(12_000_000) }?.cause == .xml(.tooLong))
    }
}
