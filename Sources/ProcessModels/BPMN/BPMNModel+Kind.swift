extension BPMNModel.Kind {
    /// The kind of the nodes that an element of BPMN of that name is; nil for what is no node.
    init?(element: String) {
        switch element {
        case "startEvent": self = .startEvent
        case "endEvent": self = .endEvent
        case "intermediateCatchEvent": self = .catchEvent
        case "intermediateThrowEvent": self = .throwEvent
        case "boundaryEvent": self = .boundaryEvent
        case "exclusiveGateway": self = .exclusiveGateway
        case "parallelGateway": self = .parallelGateway
        case "inclusiveGateway": self = .inclusiveGateway
        case "eventBasedGateway": self = .eventBasedGateway
        case "complexGateway": self = .complexGateway
        default:
            guard let task = BPMNModel.Task(rawValue: element) else { return nil }
            self = .task(task)
        }
    }

    /// The name of the element of BPMN.
    package var element: String {
        switch self {
        case .startEvent: "startEvent"
        case .endEvent: "endEvent"
        case .task(let task): task.rawValue
        case .catchEvent: "intermediateCatchEvent"
        case .throwEvent: "intermediateThrowEvent"
        case .boundaryEvent: "boundaryEvent"
        case .exclusiveGateway: "exclusiveGateway"
        case .parallelGateway: "parallelGateway"
        case .inclusiveGateway: "inclusiveGateway"
        case .eventBasedGateway: "eventBasedGateway"
        case .complexGateway: "complexGateway"
        }
    }
}
