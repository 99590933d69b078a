import ByteParsing

/// Lists what a file says beyond tasks, events, gateways and the flows between them.
struct BPMNOmissions {
    /// What was found, in order of first sight.
    private(set) var found: [BPMNOmission] = []

    private let bytes: UnsafeRawBufferPointer
    private var places: [Key: Int] = [:]

    private struct Key: Hashable {
        var element: String
        var changesFlow: Bool
    }

    /// Elements that say nothing about the course, or repeat what flows say.
    private static let silent: Set<String> = [
        "incoming", "outgoing", "documentation", "extensionElements", "extension", "import", "relationship", "definitions", "script",
    ]
    private static let changing: Set<String> = [
        "boundaryEvent", "messageFlow", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "choreographyTask",
        "subChoreography", "callChoreography", "choreography",
    ]
    private static let times: Set<String> = ["timeDuration", "timeDate", "timeCycle"]

    init(_ root: BPMNElement, _ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        for element in Self.own(root) {
            if element.name == "process" { addProcess(element) } else { addAll(element) }
        }
    }

    private mutating func addProcess(_ process: BPMNElement) {
        let elements = Self.own(process)
        let borders = Set(elements.filter { $0.name == "boundaryEvent" }.compactMap { $0["id"] })
        for element in elements {
            if element.name == "sequenceFlow" {
                let joins = [element["sourceRef"], element["targetRef"]].compactMap { $0 }
                if joins.contains(where: borders.contains) { note(element, changesFlow: true) }
                for part in Self.own(element) where part.name != "conditionExpression" { addAll(part) }
            } else if element.name != "boundaryEvent", let kind = BPMNModel.Kind(element: element.name) {
                if kind == .complexGateway { note(element, changesFlow: true) }
                var isTask = false
                if case .task = kind { isTask = true }
                for part in Self.own(element) {
                    guard part.name.hasSuffix("EventDefinition"), !isTask else {
                        addAll(part)
                        continue
                    }
                    for detail in Self.own(part) where !Self.times.contains(detail.name) { addAll(detail) }
                }
            } else {
                addAll(element)
            }
        }
    }

    /// Notes an element and all of BPMN in it.
    private mutating func addAll(_ element: BPMNElement) {
        let isCourse = element.name == "sequenceFlow" || BPMNModel.Kind(element: element.name) != nil
        if isCourse || !Self.silent.contains(element.name) {
            note(element, changesFlow: isCourse || Self.changing.contains(element.name))
        }
        for inner in element.elements {
            if inner.namespace == BPMNElement.Namespace.model { addAll(inner) } else { addWithin(inner) }
        }
    }

    /// What is of BPMN within an element that is not.
    private mutating func addWithin(_ element: BPMNElement) {
        for inner in element.elements {
            if inner.namespace == BPMNElement.Namespace.model { addAll(inner) } else { addWithin(inner) }
        }
    }

    private mutating func note(_ element: BPMNElement, changesFlow: Bool) {
        let key = Key(element: element.name, changesFlow: changesFlow)
        if let known = places[key] {
            found[known].count += 1
            return
        }
        places[key] = found.count
        let place = TextPlace.lineAndColumn(of: element.place, in: bytes)
        found.append(
            BPMNOmission(element: element.name, count: 1, line: place.line, column: place.column, changesFlow: changesFlow))
    }

    private static func own(_ element: BPMNElement) -> [BPMNElement] {
        element.elements.filter { $0.namespace == BPMNElement.Namespace.model }
    }
}
