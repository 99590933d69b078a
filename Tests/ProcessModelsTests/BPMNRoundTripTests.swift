import ByteParsing
import Foundation
import ProcessModels
import TestSupport
import Testing

/// What is read is written again: nothing that a file says is lost.
@Suite struct BPMNRoundTripTests {
    private static func read(_ url: URL) throws -> BPMNDocument {
        try Data(contentsOf: url).withUnsafeBytes { try BPMNDocument($0) }
    }

    /// What a document says, one line for each element, attribute and text, apart from their order: read by the plain event reader.
    private static func statements(_ bytes: [UInt8]) throws -> [String: Int] {
        var result: [String: Int] = [:]
        func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
        try bytes.withUnsafeBytes { bytes in
            var xml = XMLReader(XMLText(bytes), wantsText: true)
            var path = [""]
            var words = [""]
            while true {
                switch try xml.next() {
                case .endOfFile: return
                case .text: words[words.count - 1] += text(xml.text)
                case .start:
                    let name = "{\(xml.namespace.map { text($0) } ?? "")}\(text(xml.localName))"
                    path.append(path[path.count - 1] + "/" + name)
                    words.append("")
                    result[path[path.count - 1], default: 0] += 1
                    let isDrawing = name.contains("/DD/") || name.contains("/DI}")
                    for number in 0..<xml.attributeCount {
                        let own = xml.attribute(number)
                        var value = text(own.value)
                        if isDrawing, let number = Double(value) { value = "\(number)" }
                        if text(own.localName) == "type", text(own.namespace).hasSuffix("XMLSchema-instance") {
                            value = value.split(separator: ":").last.map(String.init) ?? value
                        }
                        result[path[path.count - 1] + " {\(text(own.namespace))}\(text(own.localName))=\(value)", default: 0] += 1
                    }
                case .end:
                    let own = words.removeLast().trimmingCharacters(in: .whitespacesAndNewlines)
                    let place = path.removeLast()
                    if !own.isEmpty { result[place + " = " + own, default: 0] += 1 }
                }
            }
        }
        return result
    }

    /// What may be added: what the flows say, told at the nodes too, and a drawing where there was none.
    private static func mayBeAdded(_ statement: String, hasDiagram: Bool) -> Bool {
        let isJoin = statement.contains("}incoming") || statement.contains("}outgoing")
        return isJoin || !hasDiagram && statement.contains("20100524/DI}BPMNDiagram")
    }

    /// They lie in the shared data (`WEIR_TEST_DATA`); without it the test is skipped.
    @Test(.enabled(if: SharedData.isThere), arguments: BPMNFiles.all) func filesOfOthersComeBackWhole(url: URL) throws {
        let document = try Self.read(url)
        let text = document.model.xml()
        let again = try BPMNDocument(text: text)
        if !document.model.diagrams.isEmpty { #expect(again.model == document.model) }
        #expect(again.model.processes == document.model.processes && again.model.xml() == text)
        #expect(again.omissions.map(\.element).sorted() == document.omissions.map(\.element).sorted())
        let before = try Self.statements(Array(Data(contentsOf: url)))
        let after = try Self.statements(Array(text.utf8))
        for (statement, count) in before where after[statement] != count {
            #expect(
                after[statement] ?? 0 > count && Self.mayBeAdded(statement, hasDiagram: !document.model.diagrams.isEmpty),
                "\(statement): \(count), then \(after[statement] ?? 0)")
        }
        for statement in after.keys where before[statement] == nil {
            #expect(Self.mayBeAdded(statement, hasDiagram: !document.model.diagrams.isEmpty), "\(statement) is new")
        }
        // What changes the course is told whatever the model holds.
        let source = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        for element in ["boundaryEvent", "messageFlow", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"]
        where source.contains("<\(element) ") || source.contains(":\(element) ") {
            #expect(document.omissions.contains { $0.element == element && $0.changesFlow })
        }
    }

    @Test(.enabled(if: SharedData.isThere)) func thereAreManyFiles() {
        #expect(BPMNFiles.all.count >= 39)
    }

    /// Prefixes, namespaces declared late or not at all, hostile texts, several words between elements.
    @Test func strangeThingsComeBack() throws {
        let text = """
            <b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
              xmlns="urn:own" id="d" targetNamespace="urn:own" xml:lang="zh" odd:a="1">
              <b:message id="m" name="&#x4E00;&amp;&lt;"/>
              <b:process id="p" own="2">
                <b:extensionElements><x:deep xmlns:x="urn:x"><x:er k="&quot;'&#10;"/> words <y/> more </x:deep><bare xmlns=""/></b:extensionElements>
                <b:scriptTask id="A"><b:script><![CDATA[ if a < b && c > d: ]]></b:script></b:scriptTask>
                <b:subProcess id="S" triggeredByEvent="true">
                  <b:startEvent id="S1" isInterrupting="false"><b:messageEventDefinition messageRef="m"/></b:startEvent>
                  <b:task id="S2"/><b:sequenceFlow id="S3" sourceRef="S1" targetRef="S2"/>
                </b:subProcess>
                <b:sequenceFlow id="f" sourceRef="A" targetRef="S">
                  <b:conditionExpression xsi:type="b:tFormalExpression" language="urn:feel"> a </b:conditionExpression>
                </b:sequenceFlow>
              </b:process>
            </b:definitions>
            """
        let model = try BPMNDocument(text: text).model
        let written = model.xml()
        let before = try Self.statements(Array(text.utf8))
        let after = try Self.statements(Array(written.utf8))
        for (statement, count) in before { #expect(after[statement] == count, "\(statement)\n\(written)") }
        #expect(written.contains("xsi:type=\"b:tFormalExpression\"") && written.contains("<bare xmlns=\"\"/>"))
        let again = try BPMNDocument(text: written).model
        #expect(again.processes == model.processes && again.rest == model.rest)
        let nested = try #require(model.processes[0].node("S"))
        #expect(nested.isTriggeredByEvent && nested.inner?.nodes.map(\.id) == ["S1", "S2"])
        #expect(nested.inner?.nodes[0].isInterrupting == false && nested.inner?.nodes[0].trigger == "message")
        #expect(model.processes[0].flows[0].condition == "a" && model.allProcesses.map(\.id) == ["p", "S"])
        #expect(model.unused("S2") == "S2_2" && model.unused("m") == "m_2" && model.unused("new") == "new")
    }

    /// Another reader, lxml, sees the same statements in a file as in what is written of it.
    @Test(
        .enabled(if: SharedData.isThere && ProcessInfo.processInfo.environment["SPIFF_PYTHON"] != nil, "SPIFF_PYTHON names no Python"))
    func anotherReaderAgrees() throws {
        let texts = try BPMNFiles.all.enumerated().map { ("\($0).bpmn", try Self.read($1).model.xml()) }
        let code = """
            import sys, collections
            from lxml import etree
            folder, files = sys.argv[1], sys.argv[2:]
            def number(text):
                try: return repr(float(text))
                except ValueError: return text
            def statements(name):
                found = collections.Counter()
                for e in etree.parse(name).iter():
                    if not isinstance(e.tag, str): continue
                    path = '/'.join([a.tag for a in reversed(list(e.iterancestors()))] + [e.tag])
                    found[path] += 1
                    drawn = '/DD/' in e.tag or '/DI}' in e.tag
                    for k, v in e.attrib.items():
                        if k.endswith('XMLSchema-instance}type'):
                            p, _, n = v.rpartition(':')
                            v = (e.nsmap.get(p or None) or '') + n if n else v
                        found[(path, k, number(v) if drawn else v)] += 1
                    words = ''.join([e.text or ''] + [c.tail or '' for c in e]).strip()
                    if words: found[(path, words)] += 1
                return found
            for n, name in enumerate(files):
                lost = statements(name) - statements(f'{folder}/{n}.bpmn')
                for what in lost: print(name, what)
            print('SEEN', len(files))
            """
        let output = try BPMNFiles.withFiles(texts) { folder in
            try BPMNFiles.python("SPIFF_PYTHON", code, [folder.path] + BPMNFiles.all.map(\.path))
        }
        #expect(output == "SEEN \(texts.count)\n", "\(output)")
    }

    @Test("Files in other encodings are read as they say, and written as UTF-8")
    func encodings() throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"NAME\"?><definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">"
            + "<process id=\"p\"><task id=\"A\" name=\"WORD\"/></process></definitions>"
        let gbk: [UInt8] = [0xC5, 0xFA, 0xD7, 0xBC], latin: [UInt8] = [0x50, 0x72, 0xFC, 0x66, 0x65, 0x6E]
        for (name, bytes, word) in [("GBK", gbk, "批准"), ("ISO-8859-1", latin, "Prüfen")] {
            let parts = text.replacing("NAME", with: name).split(separator: "WORD")
            let file = Array(parts[0].utf8) + bytes + Array(parts[1].utf8)
            let model = try file.withUnsafeBytes { try BPMNDocument($0).model }
            #expect(model.processes[0].nodes[0].name == word && model.xml().contains("encoding=\"UTF-8\""))
        }
        let plain = text.replacing("NAME", with: "UTF-8").split(separator: "WORD")
        let broken = Array(plain[0].utf8) + latin + Array(plain[1].utf8)
        #expect(throws: BPMNError.self) { try broken.withUnsafeBytes { try BPMNDocument($0) } }
    }

    @Test func tooManyElementsAreRefused() {
        let text =
            "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\">"
            + String(repeating: "<a/>", count: 400_001) + "</process></definitions>"
        #expect(throws: BPMNError.self) { try BPMNDocument(text: text) }
    }
}
