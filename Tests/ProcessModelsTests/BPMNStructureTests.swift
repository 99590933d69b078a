import Foundation
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct BPMNStructureTests {
    private typealias Rule = BPMNStructure.Rule

    /// Models of all the kinds that are written here.
    private static let written: [BPMNModel] = {
        var models = (1...12).map { BPMNLayoutTests.random($0, tasks: 5 + Int($0) * 2) }
        models += models.map { model in model.withLanes(pool: "Own") { $0.isEmpty ? nil : String($0.prefix(1)) } }
        var stream = RandomStream(seed: 7, path: 8)
        for _ in 0..<12 {
            if let model = try? BPMNModel(tree(&stream, depth: 3), name: "Tree") { models.append(model) }
        }
        models += models.compactMap { try? $0.executable() }
        return models
    }()

    private static func tree(_ stream: inout RandomStream, depth: Int) -> ProcessTree {
        if depth == 0 { return .activity("A\(stream.index(below: 50))") }
        let children = (0..<(2 + stream.index(below: 2))).map { _ in tree(&stream, depth: max(0, depth - 1 - stream.index(below: 2))) }
        switch stream.index(below: 4) {
        case 0: return .node(.sequence, children)
        case 1: return .node(.exclusive, children)
        case 2: return .node(.parallel, children)
        default: return .node(.loop, Array(children.prefix(2)))
        }
    }

    @Test("Everything that is written has the structure that the standard asks for")
    func whatIsWrittenIsAsItShouldBe() throws {
        #expect(Self.written.count > 60)
        for model in Self.written {
            #expect(BPMNStructure(model).findings.isEmpty)
            #expect(try BPMNStructure(text: model.xml()).findings.isEmpty)
        }
    }

    /// A process in good order, into which violations are planted.
    private static var good: BPMNModel {
        var process = BPMNModel.Process(
            id: "p",
            nodes: [
                .init(id: "s", kind: .startEvent), .init(id: "A", kind: .task(.user)), .init(id: "x", kind: .exclusiveGateway),
                .init(id: "B", kind: .task(.task)), .init(id: "e", kind: .endEvent),
                .init(id: "b", kind: .boundaryEvent, trigger: "timer", timer: "P1D", attachedTo: "A"),
                .init(
                    id: "S", kind: .task(.subProcess),
                    inner: .init(
                        id: "S", nodes: [.init(id: "S1", kind: .startEvent), .init(id: "S2", kind: .endEvent)],
                        flows: [.init(id: "Sf", from: "S1", to: "S2")])),
            ],
            flows: [
                .init(id: "f1", from: "s", to: "A"), .init(id: "f2", from: "A", to: "x"),
                .init(id: "f3", from: "x", to: "B", condition: "a > 1"), .init(id: "f4", from: "x", to: "S", isDefault: true),
                .init(id: "f5", from: "B", to: "e"), .init(id: "f6", from: "b", to: "e"), .init(id: "f7", from: "S", to: "e"),
            ])
        process.laneSets = [.init(id: "ls", lanes: [.init(id: "l1", name: "L", nodes: ["s", "A", "x", "B", "e", "b", "S"])])]
        var model = BPMNModel(processes: [process])
        model.collaborations = [
            .init(
                id: "c",
                participants: [.init(id: "us", name: "Us", process: "p"), .init(id: "them", name: "Them", process: nil)],
                messageFlows: [.init(id: "m", from: "B", to: "them")])
        ]
        return model.laidOut()
    }

    private static let planted: [(rule: Rule, plant: @Sendable (inout BPMNModel) -> Void)] = [
        (.flowWithinProcess, { $0.processes[0].flows[4].target = "S2" }),
        (.startWithoutIncoming, { $0.processes[0].flows[4].target = "s" }),
        (.endWithoutOutgoing, { $0.processes[0].flows[4].source = "e" }),
        (.borderWithoutIncoming, { $0.processes[0].flows[4].target = "b" }),
        (.borderAtTask, { $0.processes[0].nodes[5].attachedTo = "x" }),
        (.borderAtTask, { $0.processes[0].nodes[5].trigger = nil }),
        (.nestedStartIsPlain, { $0.processes[0].nodes[6].inner?.nodes[0].trigger = "message" }),
        (.triggeredWithoutFlows, { $0.processes[0].nodes[6].rest.attributes["triggeredByEvent"] = "true" }),
        (.gatewaySplitsOrJoins, { $0.processes[0].flows.removeAll { $0.id == "f3" } }),
        (.gatewayDirection, { $0.processes[0].nodes[2].rest.attributes["gatewayDirection"] = "Converging" }),
        (.eventGatewayTargets, { $0.processes[0].nodes[2].kind = .eventBasedGateway }),
        (.defaultFlow, { $0.processes[0].flows[2].isDefault = true }),
        (.defaultFlow, { $0.processes[0].nodes[2].kind = .parallelGateway }),
        (.conditionalFlow, { $0.processes[0].nodes[2].kind = .parallelGateway }),
        (
            .conditionType,
            {
                var element = BPMNElement("conditionExpression", text: "a")
                element.attributes = [.init(namespace: BPMNElement.Namespace.instance, name: "type", value: "tOther")]
                $0.processes[0].flows[2].rest.content = [.element(element)]
            }
        ),
        (.messageBetweenPools, { $0.collaborations[0].messageFlows[0].target = "A" }),
        (.messageBetweenPools, { $0.collaborations[0].messageFlows[0].target = "nobody" }),
        (.poolProcess, { $0.collaborations[0].participants[0].process = "q" }),
        (.laneNodes, { $0.processes[0].laneSets[0].lanes[0].nodes.append("ghost") }),
        (.laneNodes, { $0.processes[0].laneSets[0].lanes.append(.init(id: "l2", name: nil, nodes: ["A"])) }),
        (.identifiers, { $0.collaborations[0].messageFlows[0].id = "A" }),
        (.identifiers, { $0.processes[0].flows[0].id = "1st" }),
        (.identifiers, { $0.processes[0].nodes[3].id = "a b" }),
        (.targetNamespace, { $0.rest.attributes["targetNamespace"] = nil }),
        (.drawn, { $0.diagrams[0].shapes.removeLast() }),
        (.drawn, { $0.diagrams[0].edges.removeFirst() }),
        (.drawn, { $0.diagrams[0].shapes[0].element = "ghost" }),
        (
            .drawnWhole,
            {
                $0.diagrams[0].edges[0].points.removeLast(1); $0.diagrams[0].edges[0].points = [$0.diagrams[0].edges[0].points[0]]
            }
        ),
        (.drawnWhole, { $0.diagrams[0].shapes[0].box.width = 0 }),
    ]

    @Test("A planted violation is found, and nothing is found without one")
    func plantedViolationsAreFound() {
        #expect(BPMNStructure(Self.good).findings.isEmpty, "\(BPMNStructure(Self.good).findings)")
        for (number, (rule, plant)) in Self.planted.enumerated() {
            var model = Self.good
            plant(&model)
            #expect(BPMNStructure(model).findings.contains { $0.rule == rule }, "\(number): \(rule)")
        }
    }

    @Test("What stands in another order in a file is found there")
    func orderIsFound() throws {
        let text = Self.good.xml()
        #expect(try BPMNStructure(text: text).findings.isEmpty)
        let swapped = text.replacing(
            "<incoming>f1</incoming>\n      <outgoing>f2</outgoing>", with: "<outgoing>f2</outgoing>\n      <incoming>f1</incoming>")
        #expect(swapped != text)
        #expect(try BPMNStructure(text: swapped).findings.map { "\($0.rule) \($0.element)" } == ["elementOrder A"])
        let silent = text.replacing("<incoming>f1</incoming>", with: "")
        #expect(try BPMNStructure(text: silent).findings.map { "\($0.rule) \($0.element)" } == ["incomingAndOutgoing A"])
        let covered = Set(Self.planted.map(\.rule) + [.elementOrder, .incomingAndOutgoing])
        #expect(covered == Set(Rule.allCases), "\(Set(Rule.allCases).subtracting(covered))")
    }

    @Test("The files of the interchange group have few findings", .enabled(if: SharedData.isThere))
    func filesOfOthers() throws {
        var count = 0
        for url in BPMNFiles.all where url.path.contains("miwg") {
            let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            let found = try BPMNStructure(text: text).findings
            #expect(
                !found.contains {
                    [.startWithoutIncoming, .endWithoutOutgoing, .flowWithinProcess, .messageBetweenPools].contains($0.rule)
                },
                "\(url.lastPathComponent): \(found)")
            if found.isEmpty { count += 1 }
        }
        #expect(count >= 5)
    }

    private static let hasPython = ProcessInfo.processInfo.environment["SPIFF_PYTHON"] != nil

    @Test("The schema of BPMN 2.0 accepts what is written", .enabled(if: hasPython, "SPIFF_PYTHON names no Python with SpiffWorkflow"))
    func theSchemaAccepts() throws {
        let code = """
            import sys, glob
            from lxml import etree
            from SpiffWorkflow.bpmn.parser.BpmnParser import XSD_PATH
            schema = etree.XMLSchema(etree.parse(XSD_PATH))
            good = 0
            for name in sorted(glob.glob(sys.argv[1] + '/*.bpmn')):
                if schema.validate(etree.parse(name)): good += 1
                else: print(name.rpartition('/')[2], schema.error_log.last_error)
            print('VALID', good)
            """
        var texts = Self.written.enumerated().map { ("\($0).bpmn", $1.xml()) }
        texts.append(("good.bpmn", Self.good.xml()))
        let output = try BPMNFiles.withFiles(texts) { try BPMNFiles.python("SPIFF_PYTHON", code, [$0.path]) }
        #expect(output == "VALID \(texts.count)\n", "\(output)")
    }

    @Test(
        "What is written of the files of others is as valid as they are",
        .enabled(if: hasPython && SharedData.isThere, "SPIFF_PYTHON names no Python with SpiffWorkflow"))
    func theSchemaAcceptsOthers() throws {
        let code = """
            import sys
            from lxml import etree
            from SpiffWorkflow.bpmn.parser.BpmnParser import XSD_PATH
            schema = etree.XMLSchema(etree.parse(XSD_PATH))
            folder, files = sys.argv[1], sys.argv[2:]
            valid = 0
            for n, name in enumerate(files):
                before = schema.validate(etree.parse(name))
                if schema.validate(etree.parse(f'{folder}/{n}.bpmn')): valid += 1
                elif before: print(name, schema.error_log.last_error)
            print('VALID', valid >= len(files) // 2)
            """
        let texts = try BPMNFiles.all.enumerated().map { place, url in
            ("\(place).bpmn", try Data(contentsOf: url).withUnsafeBytes { try BPMNDocument($0).model.xml() })
        }
        let output = try BPMNFiles.withFiles(texts) {
            try BPMNFiles.python("SPIFF_PYTHON", code, [$0.path] + BPMNFiles.all.map(\.path))
        }
        #expect(output == "VALID True\n", "\(output)")
    }
}
