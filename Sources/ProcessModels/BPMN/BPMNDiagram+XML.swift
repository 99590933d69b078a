extension BPMNDiagram {
    /// The drawing that an element says; nil where it has no plane.
    init?(_ element: BPMNElement) {
        let planes = element.elements.filter { $0.name == "BPMNPlane" && $0.namespace == BPMNElement.Namespace.diagram }
        guard planes.count == 1, let plane = planes.first else { return nil }
        rest = BPMNRest(element)
        id = rest.take("id")
        rest.content.removeAll { $0 == .element(plane) }
        planeRest = BPMNRest(plane)
        planeID = planeRest.take("id")
        self.plane = planeRest.take("bpmnElement")
        planeRest.content = []
        shapes = []
        edges = []
        for piece in plane.content {
            if case .element(let own) = piece, let shape = Shape(own) {
                shapes.append(shape)
            } else if case .element(let own) = piece, let edge = Edge(own) {
                edges.append(edge)
            } else {
                planeRest.content.append(piece)
            }
        }
    }

    /// The element that says the drawing.
    var element: BPMNElement {
        let namespace = BPMNElement.Namespace.diagram
        var plane = BPMNElement("BPMNPlane", namespace: namespace, [("id", planeID), ("bpmnElement", self.plane)])
        plane.content += shapes.map { .element($0.xml) } + edges.map { .element($0.xml) }
        plane.add(planeRest)
        var result = BPMNElement("BPMNDiagram", namespace: namespace, [("id", id)])
        result.content = [.element(plane)]
        result.add(rest)
        return result
    }

    /// A number as an attribute has it: whole ones without a point.
    static func text(_ value: Double) -> String {
        value.magnitude < 1e15 && value == value.rounded() ? "\(Int(value))" : "\(value)"
    }

    static func number(_ text: String?) -> Double? {
        guard let text, let value = Double(text.trimmed), value.isFinite, value.magnitude < 1e9 else { return nil }
        return value
    }
}

extension BPMNDiagram.Box {
    /// The rectangle of an element `Bounds`; nil where it has no four numbers, or says more.
    fileprivate init?(_ element: BPMNElement) {
        guard element.name == "Bounds", element.namespace == BPMNElement.Namespace.common, element.attributes.count == 4,
            element.elements.isEmpty, let x = BPMNDiagram.number(element["x"]), let y = BPMNDiagram.number(element["y"]),
            let width = BPMNDiagram.number(element["width"]), let height = BPMNDiagram.number(element["height"])
        else { return nil }
        self.init(x: x, y: y, width: width, height: height)
    }

    fileprivate var xml: BPMNElement {
        BPMNElement(
            "Bounds", namespace: BPMNElement.Namespace.common,
            [("x", x), ("y", y), ("width", width), ("height", height)].map { ($0.0, BPMNDiagram.text($0.1)) })
    }
}

extension BPMNDiagram.Label {
    fileprivate init?(_ element: BPMNElement) {
        guard element.name == "BPMNLabel", element.namespace == BPMNElement.Namespace.diagram else { return nil }
        rest = BPMNRest(element)
        for (place, piece) in rest.content.enumerated() {
            if case .element(let own) = piece, let box = BPMNDiagram.Box(own) {
                self.box = box
                rest.content.remove(at: place)
                break
            }
        }
    }

    fileprivate var xml: BPMNElement {
        var element = BPMNElement("BPMNLabel", namespace: BPMNElement.Namespace.diagram)
        if let box { element.content.append(.element(box.xml)) }
        element.add(rest)
        return element
    }
}

extension BPMNDiagram.Shape {
    fileprivate init?(_ element: BPMNElement) {
        guard element.name == "BPMNShape", element.namespace == BPMNElement.Namespace.diagram, let shown = element["bpmnElement"]
        else { return nil }
        var box: BPMNDiagram.Box?
        rest = BPMNRest(element)
        rest.content = []
        for piece in element.content {
            if case .element(let own) = piece, box == nil, let found = BPMNDiagram.Box(own) {
                box = found
            } else if case .element(let own) = piece, label == nil, let found = BPMNDiagram.Label(own) {
                label = found
            } else {
                rest.content.append(piece)
            }
        }
        guard let box else { return nil }
        self.box = box
        self.element = shown
        id = rest.take("id")
        _ = rest.take("bpmnElement")
    }

    fileprivate var xml: BPMNElement {
        var element = BPMNElement("BPMNShape", namespace: BPMNElement.Namespace.diagram, [("id", id), ("bpmnElement", self.element)])
        element.content.append(.element(box.xml))
        if let label { element.content.append(.element(label.xml)) }
        element.add(rest)
        return element
    }
}

extension BPMNDiagram.Edge {
    fileprivate init?(_ element: BPMNElement) {
        guard element.name == "BPMNEdge", element.namespace == BPMNElement.Namespace.diagram, let shown = element["bpmnElement"]
        else { return nil }
        points = []
        rest = BPMNRest(element)
        rest.content = []
        for piece in element.content {
            if case .element(let own) = piece, own.name == "waypoint", own.namespace == BPMNElement.Namespace.interchange {
                guard let x = BPMNDiagram.number(own["x"]), let y = BPMNDiagram.number(own["y"]), own.elements.isEmpty else { return nil }
                let others = own.attributes.filter { !["x", "y"].contains($0.name) || !$0.namespace.isEmpty }
                if !points.isEmpty && others != pointAttributes { return nil }
                pointAttributes = others
                points.append(BPMNDiagram.Point(x: x, y: y))
            } else if case .element(let own) = piece, label == nil, let found = BPMNDiagram.Label(own) {
                label = found
            } else {
                rest.content.append(piece)
            }
        }
        self.element = shown
        id = rest.take("id")
        _ = rest.take("bpmnElement")
    }

    fileprivate var xml: BPMNElement {
        var element = BPMNElement("BPMNEdge", namespace: BPMNElement.Namespace.diagram, [("id", id), ("bpmnElement", self.element)])
        for point in points {
            let numbers = [("x", BPMNDiagram.text(point.x)), ("y", BPMNDiagram.text(point.y))]
            var own = BPMNElement("waypoint", namespace: BPMNElement.Namespace.interchange, numbers)
            own.attributes += pointAttributes
            element.content.append(.element(own))
        }
        if let label { element.content.append(.element(label.xml)) }
        element.add(rest)
        return element
    }
}

extension BPMNElement {
    /// Says too what is kept as it was: extensions before what is told by name, the rest behind it.
    fileprivate mutating func add(_ rest: BPMNRest) {
        declarations += rest.declarations
        attributes += rest.attributes
        var before: [Content] = []
        var after: [Content] = []
        for piece in rest.content {
            if case .element(let element) = piece, element.name == "extension" { before.append(piece) } else { after.append(piece) }
        }
        content = before + content + after
    }
}
