import ByteParsing
import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing

struct XESLogReaderTests {
    private func log(_ body: String, head: String = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", _ options: ReadOptions = ReadOptions())
        throws -> EventLog
    {
        try read(head + "<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">" + body + "</log>", named: "log.xes", options).log
    }

    private static func escaped(_ text: String, quote: Character) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case "\n": result += "&#10;"
            case "\t": result += "&#x9;"
            case quote: result += quote == "\"" ? "&quot;" : "&apos;"
            default: result.append(character)
            }
        }
        return result
    }

    /// Random logs, written as XES by this test with all types, both quotes and attributes in any order, read back equal.
    @Test func everyLogReadsBack() throws {
        var stream = RandomStream(seed: 91, path: 1)
        let texts = ["plain", "a & b", "\"quoted\" 'twice'", "two\nlines\t", "漢字🙂", "<script>", "", " space "]
        func element(_ kind: String, _ key: String, _ value: String) -> String {
            let quote: Character = stream.index(below: 2) == 0 ? "\"" : "'"
            let keyPart = "key=\(quote)\(Self.escaped(key, quote: quote))\(quote)"
            let valuePart = "value=\(quote)\(Self.escaped(value, quote: quote))\(quote)"
            return "<\(kind) " + (stream.index(below: 2) == 0 ? keyPart + " " + valuePart : valuePart + "\n" + keyPart)
                + (stream.index(below: 2) == 0 ? "/>" : "></\(kind)>")
        }
        func shuffled(_ parts: [String]) -> String {
            var parts = parts
            for place in parts.indices.dropFirst() { parts.swapAt(place, stream.index(below: place + 1)) }
            return parts.joined(separator: stream.index(below: 2) == 0 ? "\n  " : "")
        }
        for _ in 0..<60 {
            struct Event {
                var activity, resource, text, id: String
                var time: Int64
                var int: Int64
                var float: Double
                var flag: Bool
                var date: Int64
            }
            var body = ""
            var traces: [(name: String, vendor: String, events: [Event])] = []
            let offset = (stream.index(below: 27) - 13) * 3_600
            for trace in 0..<(1 + stream.index(below: 6)) {
                var clock = Int64(stream.index(below: 1_000_000_000)) * 1_000_000
                let events = (0..<(1 + stream.index(below: 8))).map { _ in
                    clock += Int64(stream.index(below: 1_000_000)) * 1_000 + 1_000
                    return Event(
                        activity: texts[stream.index(below: texts.count)], resource: "person \(stream.index(below: 3))",
                        text: texts[stream.index(below: texts.count)],
                        id: "i\(stream.index(below: 100))", time: clock,
                        int: Int64(bitPattern: stream.next()) >> Int64(stream.index(below: 60)),
                        float: stream.normal() * 1e3, flag: stream.index(below: 2) == 0, date: clock - 1_000_000)
                }
                traces.append(("case \(trace) " + texts[trace % texts.count], "V\(stream.index(below: 4))", events))
            }
            for (name, vendor, events) in traces {
                body += "<trace>" + shuffled([element("string", "concept:name", name), element("string", "ven<dor", vendor)])
                for event in events {
                    body +=
                        "<event>"
                        + shuffled([
                            element("string", "concept:name", event.activity), element("string", "org:resource", event.resource),
                            element("string", "text", event.text), element("id", "identity:id", event.id),
                            element("date", "time:timestamp", Instant(microseconds: event.time).iso8601(offset: offset)),
                            element("int", "number", "\(event.int)"),
                            element("float", "amount", "\(event.float)"), element("boolean", "flag", "\(event.flag)"),
                            element("date", "due", Instant(microseconds: event.date).iso8601(offset: offset)),
                        ]) + "</event>"
                }
                body += "</trace>"
            }
            let log = try log(body)
            #expect((0..<log.caseCount).map { log.caseName($0) } == traces.map(\.name))
            var row: UInt32 = 0
            for (position, trace) in traces.enumerated() {
                #expect(log.attribute("ven<dor", case: position) == trace.vendor)
                #expect(log.eventRanges[position].count == trace.events.count)
                for (place, event) in zip(log.eventRanges[position], trace.events) {
                    row += 1
                    let columns = log.columns
                    #expect(columns.activity.text(place) == event.activity && columns.resource?.text(place) == event.resource)
                    #expect(columns.time[place] == event.time && columns.row[place] == row)
                    #expect(columns.timeForms[Int(columns.timeForm[place])] == TimeForm(offset: Int32(offset)))
                    #expect(log.attribute("text", event: place) == event.text && log.attribute("identity:id", event: place) == event.id)
                    #expect(
                        log.attribute("number", event: place) == "\(event.int)" && log.attribute("flag", event: place) == "\(event.flag)")
                    #expect(log.attribute("amount", event: place) == "\(event.float)")
                    #expect(log.attribute("due", event: place) == Instant(microseconds: event.date).iso8601(offset: offset))
                }
            }
            let types = Dictionary(uniqueKeysWithValues: log.columns.attributes.map { ($0.name, $0.type) })
            #expect(types == ["text": .string, "identity:id": .id, "number": .int, "amount": .float, "flag": .boolean, "due": .date])
        }
    }

    @Test func whatTheFileSaysOfTheLogIsKept() throws {
        let metadata = try log(
            """
            <!-- said of the log --><extension name="Concept" prefix="concept" uri="http://x/concept.xesext"/>
            <global scope="trace"><string key="concept:name" value="T"/></global>
            <global scope="event"><string key="concept:name" value="E"/><string key="Event Name" value=""/></global>
            <classifier name="Activity" keys="concept:name lifecycle:transition"/>
            <classifier name="Quoted" scope="event" keys="'with space' plain"/>
            <classifier name="Old" keys="Event Name"/>
            <classifier name="Cases" scope="trace" keys="concept:name"/>
            <string key="source" value="a &amp; b"><int key="version" value="3"/></string>
            <list key="list"><values><string key="a" value="1"/><string key="a" value="2"/></values></list>
            <container key="box"><boolean key="b" value="true"/></container>
            <unknown><string key="x" value="y"/></unknown>
            <trace><string key="concept:name" value="1"/><event><string key="concept:name" value="A"/></event></trace>
            """
        ).columns.metadata
        #expect(metadata.extensions == [.init(name: "Concept", prefix: "concept", uri: "http://x/concept.xesext")])
        #expect(metadata.caseGlobals == [AttributeTree(key: "concept:name", kind: .value(.string), text: "T")])
        #expect(metadata.eventGlobals.map(\.key) == ["concept:name", "Event Name"])
        #expect(
            metadata.classifiers == [
                EventClassifier(name: "Activity", keys: ["concept:name", "lifecycle:transition"]),
                EventClassifier(name: "Quoted", keys: ["with space", "plain"]),
                EventClassifier(name: "Old", keys: ["Event Name"]),
            ])
        #expect(
            metadata.attributes == [
                AttributeTree(
                    key: "source", kind: .value(.string), text: "a & b",
                    children: [AttributeTree(key: "version", kind: .value(.int), text: "3")]),
                AttributeTree(
                    key: "list", kind: .list,
                    children: [
                        AttributeTree(key: "a", kind: .value(.string), text: "1"),
                        AttributeTree(key: "a", kind: .value(.string), text: "2"),
                    ]),
                AttributeTree(key: "box", kind: .container, children: [AttributeTree(key: "b", kind: .value(.boolean), text: "true")]),
            ])
    }

    @Test func standardKeysHaveColumnsAndOthersTypes() throws {
        let log = try log(
            """
            <trace><string key="concept:name" value="1"/><event><string key="concept:name" value="A"/><string key="org:role" value="R"/>
            <string key="org:group" value="G"/><string key="lifecycle:transition" value="start"/><string key="concept:instance" value="i1"/>
            <date key="start_timestamp" value="2026-01-31T07:00:00Z"/><date key="time:timestamp" value="2026-01-31T08:00:00"/>
            <float key="cost:total" value="12.5"/><int key="n" value="1"/></event>
            <event><string key="concept:name" value="B"/><string key="n" value="one"/></event></trace>
            """)
        let columns = log.columns
        #expect(columns.role?.text(0) == "R" && columns.department?.text(0) == "G" && columns.transition?.text(0) == "start")
        #expect(columns.instanceName?.text(0) == "i1" && columns.start[0] == columns.time[0] - Microseconds.hour)
        #expect(columns.costAttribute.map { columns.attributes[$0].number(0) } == 12.5)
        #expect(columns.attributes.map { "\($0.name) \($0.type.rawValue)" } == ["cost:total float", "n int", "n string"])
        #expect(columns.time[1] == Instant.missing && log.finding(.missingTime)?.count == 1)
        #expect(log.finding(.naiveTime) != nil)
    }

    @Test func naiveTimesAreReadInTheGivenZone() throws {
        let body =
            "<trace><event><string key='concept:name' value='A'/><date key='time:timestamp' value='2026-07-01T08:00:00'/></event></trace>"
        let log = try log(body, ReadOptions(zone: .named("Europe/Berlin")))
        #expect(Instant(microseconds: log.columns.time[0]).iso8601() == "2026-07-01T06:00:00Z")
        #expect(log.columns.prevailingOffset == 7_200 && log.finding(.naiveTime) == nil)
    }

    @Test func valuesThatDoNotFitAreKeptAsText() throws {
        let log = try log(
            """
            <trace><string key="concept:name" value="1"/><float key="budget" value="much"/><event><string key="concept:name" value="A"/>
            <int key="n" value="1.5"/><float key="f" value="NaN"/><boolean key="b" value="perhaps"/><date key="d" value="soon"/>
            <date key="time:timestamp" value="never"/></event><event><string key="concept:name" value="B"/><int key="n" value="2"/></event></trace>
            """)
        #expect(log.findings.filter { $0.rule == .invalidValue }.map(\.detail) == ["n", "f", "b", "d", "budget"])
        #expect(
            log.finding(.unreadableTime) == LogFinding(.unreadableTime, .warning, count: 1, detail: "time:timestamp", examples: ["never"]))
        let texts = log.columns.attributes.filter { $0.type == .string }
        #expect(texts.map { $0.text(0, forms: []) } == ["1.5", "NaN", "perhaps", "soon"])
        #expect(log.columns.attributes.first { $0.name == "n" && $0.type == .int }?.number(1) == 2)
    }

    @Test func nestedAndListAttributesAreKept() throws {
        let log = try log(
            """
            <trace><string key="concept:name" value="1"/><list key="items"><string key="i" value="x"/></list>
            <event><string key="concept:name" value="A"><string key="origin" value="form"><int key="page" value="3"/></string></string>
            <int key="n" value="5"><float key="deep" value="0.5"/></int></event></trace>
            """)
        let nested = log.columns.nested
        #expect(nested.map(\.level) == [.case, .event, .event] && nested.allSatisfy { $0.owner == 0 })
        let page = AttributeTree(key: "page", kind: .value(.int), text: "3")
        #expect(
            nested.map(\.tree) == [
                AttributeTree(key: "items", kind: .list, children: [AttributeTree(key: "i", kind: .value(.string), text: "x")]),
                AttributeTree(
                    key: "concept:name", kind: .value(.string), text: "A",
                    children: [AttributeTree(key: "origin", kind: .value(.string), text: "form", children: [page])]),
                AttributeTree(
                    key: "n", kind: .value(.int), text: "5", children: [AttributeTree(key: "deep", kind: .value(.float), text: "0.5")]),
            ])
        #expect(log.columns.activity.text(0) == "A" && log.attribute("n", event: 0) == "5")
    }

    @Test func tracesWithoutNameAreNumberedAndNamesakesMerged() throws {
        let event = "<event><string key=\"concept:name\" value=\"A\"/></event>"
        let log = try log(
            "<trace>\(event)</trace><trace><string key=\"concept:name\" value=\"x\"/>\(event)</trace><trace>\(event)<string key=\"concept:name\" value=\"late\"/><string key=\"v\" value=\"w\"/></trace>"
                + "<trace><string key=\"concept:name\" value=\"x\"/>\(event)\(event)</trace><trace/><event/>")
        #expect((0..<log.caseCount).map { log.caseName($0) } == ["trace 1", "x", "late"])
        #expect(log.eventRanges.map(\.count) == [1, 3, 1])
        #expect(log.attribute("v", case: 2) == "w", "attributes may follow the events")
        #expect(log.finding(.missingCase) == LogFinding(.missingCase, .warning, count: 2, examples: ["trace 1", "trace 5"]))
        #expect(log.finding(.duplicateCase) == LogFinding(.duplicateCase, .info, count: 1, examples: ["x"]))
        #expect(log.finding(.emptyCase)?.count == 1)
        #expect(
            log.findings.contains(LogFinding(.missingCase, .warning, count: 1, detail: "event")), "an event outside every trace is counted")
    }

    @Test func classifiersMakeTheActivity() throws {
        let body = """
            <global scope="event"><string key="concept:name" value=""/></global><classifier name="Both" keys="concept:name lifecycle:transition"/>
            <trace><string key="concept:name" value="1"/><event><string key="concept:name" value="A"/><string key="lifecycle:transition" value="start"/></event>
            <event><string key="concept:name" value="A"/><int key="level" value="2"/></event></trace>
            """
        #expect(try log(body, ReadOptions(classifier: "Both")).columns.activity.ids.count == 2)
        let both = try log(body, ReadOptions(classifier: "Both"))
        #expect((0..<2).map { both.columns.activity.text($0) } == ["A+start", "A+"])
        let keys = try log(body, ReadOptions(classifier: "level+concept:name"))
        #expect((0..<2).map { keys.columns.activity.text($0) } == ["+A", "2+A"])
        let error = inputError { _ = try log(body, ReadOptions(classifier: "concept:name+nothing")) }
        #expect(error?.cause == .unknownClassifier("nothing", known: ["Both"]))
        #expect(error?.kind == .usage)
    }

    @Test func encodingsAreDecoded() throws {
        let body = "<log><trace><event><string key=\"concept:name\" value=\"Prüfung\"/></event></trace></log>"
        let latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + body
        #expect(try read([UInt8](try #require(latin.data(using: .isoLatin1))), named: "log.xes").log.activities.strings == ["Prüfung"])
        let windows = "<?xml version='1.0' encoding=\"windows-1252\"?>" + body
        #expect(
            try read([UInt8](try #require(windows.data(using: .windowsCP1252))), named: "log.xes").log.activities.strings == ["Prüfung"])
        let wide = "<?xml version='1.0' encoding='UTF-16'?>" + body
        #expect(
            try read([UInt8](try #require(wide.data(using: .utf16LittleEndian))), named: "log.xes").log.activities.strings == ["Prüfung"])
        #expect(
            try read([0xFE, 0xFF] + [UInt8](try #require(wide.data(using: .utf16BigEndian))), named: "log.xes").log.activities.strings == [
                "Prüfung"
            ])
        let unknown = inputError { _ = try read("<?xml version='1.0' encoding='klingon'?>" + body, named: "log.xes") }
        #expect(unknown?.cause == .unknownEncoding("klingon"))
        #expect(unknown?.kind == .badData)
        let wrong = inputError { _ = try read([UInt8](try #require(body.data(using: .isoLatin1))), named: "log.xes") }
        #expect(wrong?.cause.id == "encoding")
    }

    @Test func errorsAreLocated() {
        let unclosed = inputError { _ = try read("<log>\n <trace>\n  <event>\n </trace>\n</log>", named: "log.xes") }
        #expect(unclosed?.line == 4 && unclosed?.column == 2)
        #expect(unclosed?.description.hasPrefix("log.xes:4:2: </trace> stands where </event> is due — ") == true)
        let keyless = inputError { _ = try log("<trace><event><string value='x'/></event></trace>") }
        #expect(keyless?.cause == .attributeWithoutKey(element: "string"))
        let entity = inputError {
            _ = try log(
                "<trace><event><string key='concept:name' value='&file;'/></event></trace>",
                head: "<!DOCTYPE log [<!ENTITY file SYSTEM 'file:///etc/passwd'>]>")
        }
        #expect(entity?.cause == .xml(.entity("file")))
        #expect(inputError { _ = try log("") }?.cause == .noEvents(emptyCases: 0))
        #expect(inputError { _ = try log("<trace><string key='concept:name' value='1'/></trace>") }?.cause == .noEvents(emptyCases: 1))
        let deep = inputError { _ = try log(String(repeating: "<container key='c'>", count: 300)) }
        #expect(deep?.cause == .xml(.tooDeep))
    }

    @Test func hostileOffsetsAreBounded() throws {
        var body = "<trace><string key='concept:name' value='1'/>"
        for second in 0..<9_000 {
            let offset = Instant.offsetText(second == 0 ? 1 : second)
            body += "<event><date key='time:timestamp' value='2026-01-31T08:00:00\(offset)'/></event>"
        }
        let log = try log(body + "</trace>")
        #expect(log.eventCount == 9_000 && log.columns.timeForms.count < 5_000)
    }
}
