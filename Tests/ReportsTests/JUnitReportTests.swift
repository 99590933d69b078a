import Foundation
import FoundationXML
import Reports
import Testing

@Suite struct JUnitReportTests {
    private static let report = JUnitReport(
        suite: "a<b>&\"c\"'", subject: "log\u{1B}[31m.csv",
        cases: [
            .init(name: "one", outcome: .passed, output: "fine"),
            .init(name: "two ]]> <!-- \u{FFFE}", outcome: .failed(kind: "fail", message: "3 > 2 & more\nlines"), output: "<x/>"),
            .init(name: "three", outcome: .error(kind: "insufficient", message: "案例太少"), output: ""),
        ])

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append((elementName, attributes))
        }
    }

    @Test func everyTextIsWellFormedXML() throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(Self.report.xml.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(Self.report.xml)")
        let names = reader.elements.map(\.name)
        #expect(
            names == [
                "testsuites", "testsuite", "testcase", "system-out", "testcase", "failure", "system-out", "testcase", "error", "system-out",
            ])
        #expect(reader.elements[0].attributes == ["tests": "3", "failures": "1", "errors": "1", "skipped": "0"])
        #expect(reader.elements[1].attributes["name"] == "a<b>&\"c\"'")
        #expect(reader.elements[2].attributes == ["classname": "log␛[31m.csv", "name": "one"])
        #expect(reader.elements[5].attributes == ["type": "fail", "message": "3 > 2 & more␊lines"])
        #expect(reader.elements[8].attributes == ["type": "insufficient", "message": "案例太少"])
    }

    @Test func nothingChecksNothing() {
        let empty = JUnitReport(suite: "s", subject: "l", cases: [])
        #expect(empty.xml.contains("<testsuite name=\"s\" tests=\"0\" failures=\"0\" errors=\"0\" skipped=\"0\">"))
        #expect(XMLParser(data: Data(empty.xml.utf8)).parse())
    }
}
