extension BPMNModel {
    /// The model as a BPMN 2.0 file with a drawing (diagram interchange), the same bytes for the same model.
    ///
    /// Identifiers are kept. Elements stand in the namespace of BPMN as the default one, which the plainest readers expect.
    package func xml() -> String {
        var text = XMLText()
        text.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        text.open(
            "definitions",
            [
                ("xmlns", "http://www.omg.org/spec/BPMN/20100524/MODEL"), ("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"),
                ("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC"), ("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("id", unused("definitions")),
                ("targetNamespace", "urn:weir:bpmn"),
            ])
        for process in processes { Self.write(process, &text) }
        var top = 0
        for (index, process) in processes.enumerated() {
            let layout = BPMNLayout(process, top: top)
            Self.write(process, layout, number: index + 1, &text)
            top = layout.bottom
        }
        text.close("definitions")
        return text.text
    }

    /// An identifier that nothing in the model has.
    private func unused(_ wanted: String) -> String {
        let taken = Set(processes.flatMap { [$0.id] + $0.nodes.map(\.id) + $0.flows.map(\.id) })
        var id = wanted
        while taken.contains(id) { id += "_" }
        return id
    }

    private static func write(_ process: Process, _ text: inout XMLText) {
        text.open("process", [("id", process.id), ("name", process.name), ("isExecutable", "false")])
        for node in process.nodes {
            let element = element(node.kind)
            let choice = process.flows.first { $0.source == node.id && $0.isDefault }?.id
            text.open(element, [("id", node.id), ("name", node.name), ("default", choice)])
            for flow in process.flows(to: node.id) { text.leaf("incoming", flow.id) }
            for flow in process.flows(from: node.id) { text.leaf("outgoing", flow.id) }
            if let trigger = node.trigger {
                text.open(trigger + "EventDefinition", [])
                if let timer = node.timer { text.leaf("timeDuration", timer, [("xsi:type", "tFormalExpression")]) }
                text.close(trigger + "EventDefinition")
            }
            text.close(element)
        }
        for flow in process.flows {
            let attributes: [(String, String?)] = [
                ("id", flow.id), ("name", flow.name), ("sourceRef", flow.source), ("targetRef", flow.target),
            ]
            text.open("sequenceFlow", attributes)
            if let condition = flow.condition { text.leaf("conditionExpression", condition, [("xsi:type", "tFormalExpression")]) }
            text.close("sequenceFlow")
        }
        text.close("process")
    }

    private static func element(_ kind: Kind) -> String {
        switch kind {
        case .startEvent: "startEvent"
        case .endEvent: "endEvent"
        case .task(let task): task.rawValue
        case .catchEvent: "intermediateCatchEvent"
        case .throwEvent: "intermediateThrowEvent"
        case .exclusiveGateway: "exclusiveGateway"
        case .parallelGateway: "parallelGateway"
        case .inclusiveGateway: "inclusiveGateway"
        case .eventBasedGateway: "eventBasedGateway"
        case .complexGateway: "complexGateway"
        }
    }

    private static func write(_ process: Process, _ layout: BPMNLayout, number: Int, _ text: inout XMLText) {
        text.open("bpmndi:BPMNDiagram", [("id", "diagram_\(number)")])
        text.open("bpmndi:BPMNPlane", [("id", "plane_\(number)"), ("bpmnElement", process.id)])
        for (place, node) in process.nodes.enumerated() {
            let box = layout.boxes[place]
            var attributes: [(String, String?)] = [("id", "shape_\(number)_\(place + 1)"), ("bpmnElement", node.id)]
            if node.kind == .exclusiveGateway { attributes.append(("isMarkerVisible", "true")) }
            text.open("bpmndi:BPMNShape", attributes)
            text.open(
                "dc:Bounds", [("x", "\(box.x)"), ("y", "\(box.y)"), ("width", "\(box.width)"), ("height", "\(box.height)")])
            text.close("dc:Bounds")
            text.close("bpmndi:BPMNShape")
        }
        for (place, flow) in process.flows.enumerated() {
            text.open("bpmndi:BPMNEdge", [("id", "edge_\(number)_\(place + 1)"), ("bpmnElement", flow.id)])
            for point in layout.routes[place] {
                text.open("di:waypoint", [("x", "\(point.x)"), ("y", "\(point.y)")])
                text.close("di:waypoint")
            }
            text.close("bpmndi:BPMNEdge")
        }
        text.close("bpmndi:BPMNPlane")
        text.close("bpmndi:BPMNDiagram")
    }
}

/// Elements one below the other, indented; an element that holds nothing closes itself.
private struct XMLText {
    private(set) var text = ""
    private var depth = 0
    private var isOpen = false

    mutating func line(_ line: String) {
        text += line + "\n"
    }

    mutating func open(_ element: String, _ attributes: [(String, String?)]) {
        closeTag()
        indent()
        text += "<" + element
        for (name, value) in attributes {
            if let value { text += " \(name)=\"\(Self.escaped(value, inAttribute: true))\"" }
        }
        isOpen = true
        depth += 1
    }

    mutating func leaf(_ element: String, _ content: String, _ attributes: [(String, String?)] = []) {
        open(element, attributes)
        text += ">" + Self.escaped(content, inAttribute: false) + "</\(element)>\n"
        isOpen = false
        depth -= 1
    }

    mutating func close(_ element: String) {
        depth -= 1
        if isOpen {
            text += "/>\n"
            isOpen = false
            return
        }
        indent()
        text += "</\(element)>\n"
    }

    private mutating func closeTag() {
        if isOpen { text += ">\n" }
        isOpen = false
    }

    private mutating func indent() {
        text += String(repeating: "  ", count: depth)
    }

    /// Characters that XML 1.0 does not have become the replacement character.
    private static func escaped(_ value: String, inAttribute: Bool) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where inAttribute: result += "&quot;"
            case "\n" where inAttribute: result += "&#10;"
            case "\r": result += "&#13;"
            case "\t" where inAttribute: result += "&#9;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default:
                let isLegal = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                result.unicodeScalars.append(isLegal ? scalar : "\u{FFFD}")
            }
        }
        return result
    }
}
