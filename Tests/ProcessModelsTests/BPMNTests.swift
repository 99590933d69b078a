import Foundation
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct BPMNTests {
    @Test func plainFilesAreRead() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="urn:vendor" id="d">
              <bpmn:process id="p" name="Buy &amp; sell">
                <bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
                <bpmn:userTask id="A" name="A &lt; B"><v:task id="A"/><bpmn:multiInstanceLoopCharacteristics/></bpmn:userTask>
                <bpmn:intermediateCatchEvent id="w">
                  <bpmn:timerEventDefinition><bpmn:timeDuration> PT2H </bpmn:timeDuration></bpmn:timerEventDefinition>
                </bpmn:intermediateCatchEvent>
                <bpmn:exclusiveGateway id="x" default="f4"/>
                <bpmn:endEvent id="e"/>
                <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="A"/>
                <bpmn:sequenceFlow id="f2" sourceRef="A" targetRef="x"/>
                <bpmn:sequenceFlow id="f3" sourceRef="x" targetRef="w" name="late">
                  <bpmn:conditionExpression>a &gt; 5</bpmn:conditionExpression>
                </bpmn:sequenceFlow>
                <bpmn:sequenceFlow id="f4" sourceRef="x" targetRef="e"/>
                <bpmn:sequenceFlow id="f5" sourceRef="w" targetRef="e"/>
                <bpmn:boundaryEvent id="b" attachedToRef="A"/>
                <bpmn:sequenceFlow id="f6" sourceRef="b" targetRef="e"/>
                <bpmn:laneSet id="l"><bpmn:lane id="l1"><bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
              </bpmn:process>
            </bpmn:definitions>
            """
        let document = try BPMNDocument(text: text)
        let process = try #require(document.model.mainProcess)
        #expect(process.name == "Buy & sell")
        #expect(process.nodes.map(\.id) == ["s", "A", "w", "x", "e", "b"])
        #expect(process.nodes.map(\.name) == [nil, "A < B", nil, nil, nil, nil])
        #expect(
            process.nodes.map(\.kind) == [.startEvent, .task(.user), .catchEvent, .exclusiveGateway, .endEvent, .boundaryEvent])
        #expect(process.nodes[2].trigger == "timer" && process.nodes[2].timer == "PT2H")
        #expect(process.nodes[1].loop == .atOnce && process.nodes[5].attachedTo == "A" && process.nodes[5].isInterrupting)
        #expect(process.flows.map(\.id) == ["f1", "f2", "f3", "f4", "f5", "f6"])
        #expect(process.flows[2].condition == "a > 5" && process.flows[2].name == "late")
        #expect(process.flows.filter(\.isDefault).map(\.id) == ["f4"])
        #expect(process.lanes.map(\.id) == ["l1"] && process.lanes.first?.nodes == ["A"])
        let plain = process.withoutBoundaryEvents
        #expect(plain.nodes.map(\.id) == ["s", "A", "w", "x", "e"] && plain.flows.map(\.id) == ["f1", "f2", "f3", "f4", "f5"])
        #expect(
            document.omissions.filter(\.changesFlow).map(\.element) == [
                "multiInstanceLoopCharacteristics", "boundaryEvent", "sequenceFlow",
            ])
        #expect(document.omissions.first { $0.element == "lane" }?.line == 20)
        // Written and read again it is the same, elements of others included.
        let again = try BPMNDocument(text: document.model.xml())
        #expect(again.model.processes == document.model.processes && again.model.rest == document.model.rest)
        #expect(again.model.xml() == document.model.xml())
        #expect(document.model.xml().contains("<v:task id=\"A\"/>"))
    }

    @Test func errorsHaveTheirPlace() {
        let read: (String) -> BPMNError? = { text in
            do throws(BPMNError) {
                _ = try BPMNDocument(text: text)
                return nil
            } catch { return error }
        }
        let head = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">\n"
        let dangling = read(
            head + "<process id=\"p\"><task id=\"A\"/>\n  <sequenceFlow id=\"f\" sourceRef=\"A\" targetRef=\"Z\"/></process></definitions>")
        #expect(dangling?.problem == .danglingFlow(id: "f", reference: "Z") && dangling?.line == 3 && dangling?.column == 3)
        let double = read(head + "<process id=\"p\"><task id=\"A\"/><task id=\"A\"/></process></definitions>")
        #expect(double?.problem == .duplicateID("A") && double?.line == 2)
        #expect(
            read(head + "<process id=\"p\"><task/></process></definitions>")?.problem == .missingAttribute(element: "task", attribute: "id")
        )
        #expect(read("<log/>")?.problem == .notBPMN(root: "log"))
        #expect(read(head + "</definitions>")?.problem == .noProcess)
        if case .malformed = read(head + "<process id=\"p\"></definitions>")?.problem {} else { Issue.record("not well-formed") }
    }

    /// A seeded random process with hostile names.
    private static func random(_ seed: UInt64) -> BPMNModel {
        var stream = RandomStream(seed: seed, path: 3)
        let kinds: [BPMNModel.Kind] =
            BPMNModel.Task.allCases.map { .task($0) } + [
                .exclusiveGateway, .parallelGateway, .inclusiveGateway, .eventBasedGateway, .catchEvent, .throwEvent, .complexGateway,
            ]
        let names = ["", "A & B", "<script>", "\"'", "批准", "a\nb\tc", "=1+1", "]]>"]
        var nodes: [BPMNModel.Node] = [.init(id: "s", kind: .startEvent)]
        for index in 0..<(3 + stream.index(below: 20)) {
            let kind = kinds[stream.index(below: kinds.count)]
            let isEvent = kind == .catchEvent || kind == .throwEvent
            nodes.append(
                .init(
                    id: "n\(index)", name: stream.index(below: 3) == 0 ? nil : names[stream.index(below: names.count)], kind: kind,
                    trigger: isEvent ? "timer" : nil, timer: isEvent && stream.index(below: 2) == 0 ? "P1D" : nil))
        }
        nodes.append(.init(id: "e", kind: .endEvent))
        var flows: [BPMNModel.Flow] = []
        for index in 0..<(nodes.count * 2) {
            let source = stream.index(below: nodes.count)
            flows.append(
                .init(
                    id: "f\(index)", name: stream.index(below: 2) == 0 ? nil : names[stream.index(below: names.count)],
                    from: nodes[source].id, to: nodes[stream.index(below: nodes.count)].id,
                    condition: stream.index(below: 4) == 0 ? "x < \(index) && y" : nil))
        }
        return BPMNModel(processes: [.init(id: "p", name: names[Int(seed) % names.count], nodes: nodes, flows: flows)])
    }

    @Test(arguments: 1...20) func modelsAreReadBack(seed: UInt64) throws {
        let model = Self.random(seed)
        let text = model.xml()
        var again = try BPMNDocument(text: text).model
        #expect(again.xml() == text)
        again.diagrams = []
        #expect(again == model)
        #expect(model.xml() == text)
    }

    /// Every node and every flow has its shape, no two nodes overlap.
    @Test(arguments: 1...20) func drawingsAreComplete(seed: UInt64) throws {
        let model = Self.random(seed)
        let text = model.xml()
        let process = model.processes[0]
        #expect(text.components(separatedBy: "<bpmndi:BPMNShape ").count - 1 == process.nodes.count)
        #expect(text.components(separatedBy: "<bpmndi:BPMNEdge ").count - 1 == process.flows.count)
        let shapes = try #require(try BPMNDocument(text: text).model.diagrams.first).shapes
        #expect(shapes.map(\.element) == process.nodes.map(\.id))
        let boxes = shapes.map { [$0.box.x, $0.box.y, $0.box.width, $0.box.height] }
        for left in boxes.indices {
            for right in 0..<left {
                let (a, b) = (boxes[left], boxes[right])
                #expect(a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1])
            }
        }
    }
}
