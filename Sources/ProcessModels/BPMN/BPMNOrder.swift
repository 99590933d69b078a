/// The order in which the schema of BPMN 2.0 (Semantic.xsd, BPMN20.xsd) lets elements stand in one another.
struct BPMNOrder: Sendable {
    private var ranks: [String: Int] = [:]

    /// Where the elements stand that have no place of their own: nodes and flows in a process, what an event is about, …
    private static let middle = 50

    /// An order: what stands before the rest, then what stands behind it; names in one group stand in any order.
    private init(before: [[String]], after: [[String]] = []) {
        for (place, group) in ([["documentation"], ["extensionElements"]] + before).enumerated() {
            for name in group { ranks[name] = place }
        }
        for (place, group) in after.enumerated() {
            for name in group { ranks[name] = Self.middle + 1 + place }
        }
    }

    /// The content in this order; what has the same place keeps its order.
    func sorted(_ content: [BPMNElement.Content]) -> [BPMNElement.Content] {
        let ranks = content.map(rank)
        var result: [BPMNElement.Content] = []
        for index in content.indices.sorted(by: { (ranks[$0], $0) < (ranks[$1], $1) }) {
            // Words that have come together are one text when they are read again.
            if case .text(let text) = content[index], case .text(let before)? = result.last {
                result[result.count - 1] = .text(before + text)
            } else {
                result.append(content[index])
            }
        }
        return result
    }

    /// The place of a piece of content.
    func rank(_ piece: BPMNElement.Content) -> Int {
        guard case .element(let element) = piece else { return Self.middle }
        switch element.namespace {
        case BPMNElement.Namespace.model: return ranks[element.name] ?? Self.middle
        case BPMNElement.Namespace.diagram: return Self.middle + 1
        default: return Self.middle
        }
    }

    private static let artifacts = ["association", "group", "textAnnotation"]
    private static let roles = ["resourceRole", "performer", "humanPerformer", "potentialOwner"]
    private static let watching = [["auditing"], ["monitoring"], ["categoryValueRef"]]
    private static let joins = watching + [["incoming"], ["outgoing"]]

    /// Of `definitions`; diagrams stand before the relationships.
    static let root = BPMNOrder(before: [["import"], ["extension"]], after: [[], ["relationship"]])
    /// Of `process`.
    static let process = BPMNOrder(
        before: [["supportedInterfaceRef"], ["ioSpecification"], ["ioBinding"], ["auditing"], ["monitoring"], ["property"], ["laneSet"]],
        after: [artifacts, roles, ["correlationSubscription"], ["supports"]])
    /// Of `collaboration`.
    static let collaboration = BPMNOrder(
        before: [
            ["participant"], ["messageFlow"], artifacts, ["conversation", "callConversation", "subConversation"],
            ["conversationAssociation"], ["participantAssociation"], ["messageFlowAssociation"], ["correlationKey"], ["choreographyRef"],
        ], after: [["conversationLink"]])
    /// Of `lane`.
    static let lane = BPMNOrder(before: [["partitionElement"], ["flowNodeRef"], ["childLaneSet"]])
    /// Of events; what they are about stands in the middle.
    static let event = BPMNOrder(
        before: joins + [
            ["property"], ["dataOutput", "dataInput"], ["dataOutputAssociation", "dataInputAssociation"], ["outputSet", "inputSet"],
        ], after: [["eventDefinitionRef"]])
    /// Of tasks, gateways and nested processes.
    static let node = BPMNOrder(
        before: joins + [
            ["ioSpecification"], ["property"], ["dataInputAssociation"], ["dataOutputAssociation"], roles,
            ["standardLoopCharacteristics", "multiInstanceLoopCharacteristics"], ["laneSet"],
        ], after: [artifacts, ["completionCondition"]])
    /// Of everything else.
    static let base = BPMNOrder(before: watching)
}
