/// What of a model is not as BPMN 2.0 asks for (OMG formal/2011-01-03; the numbers below are its sections).
///
/// The checks are of the structure: whether a model is sound, or makes sense, is another question.
package struct BPMNStructure: Sendable, Equatable {
    /// What the standard asks for.
    package enum Rule: String, Encodable, Sendable, CaseIterable {
        /// A sequence flow joins two nodes of one process, and crosses neither its border nor that of a nested one (7.6.1).
        case flowWithinProcess = "flow-within-process"
        /// No sequence flow leads to a start event (10.4.2).
        case startWithoutIncoming = "start-without-incoming"
        /// No sequence flow leaves an end event (10.4.3).
        case endWithoutOutgoing = "end-without-outgoing"
        /// No sequence flow leads to an event at a border (10.4.4).
        case borderWithoutIncoming = "border-without-incoming"
        /// An event at a border stands at a task of its process, and is about something (10.4.4).
        case borderAtTask = "border-at-task"
        /// The start event of a nested process is about nothing, unless an event begins that process (10.2.5).
        case nestedStartIsPlain = "nested-start-is-plain"
        /// A process that an event begins has no flow that leads to it or leaves it (10.2.5).
        case triggeredWithoutFlows = "triggered-without-flows"
        /// A gateway has several flows in or several out (10.5.1).
        case gatewaySplitsOrJoins = "gateway-splits-or-joins"
        /// The direction that a gateway says fits its flows (10.5.1).
        case gatewayDirection = "gateway-direction"
        /// A gateway of events has two flows or more, without conditions, to events that are caught or tasks that receive, and nothing else
        /// leads there (10.5.6).
        case eventGatewayTargets = "event-gateway-targets"
        /// A default flow leaves a task or a gateway that chooses, and has no condition (8.3.13).
        case defaultFlow = "default-flow"
        /// A flow with a condition leaves a task or a gateway that chooses (8.3.13).
        case conditionalFlow = "conditional-flow"
        /// The condition of a flow is a formal expression (8.3.13).
        case conditionType = "condition-type"
        /// A message joins two different pools, or what is in them (9.3).
        case messageBetweenPools = "message-between-pools"
        /// A pool shows a process that is there (9.2).
        case poolProcess = "pool-process"
        /// A lane holds nodes of its process, and no node is in two lanes of a set (10.7).
        case laneNodes = "lane-nodes"
        /// Identifiers are there once and are names as XML has them (8.2.1).
        case identifiers
        /// The file says the namespace of its own names (8.1).
        case targetNamespace = "target-namespace"
        /// Nodes say the flows that lead to them and leave them, as the flows say it (7.6.1; Semantic.xsd).
        case incomingAndOutgoing = "incoming-and-outgoing"
        /// Elements stand in the order of the schema (Semantic.xsd, BPMN20.xsd, BPMNDI.xsd).
        case elementOrder = "element-order"
        /// Every node, lane, pool and note has a shape, every flow a line, and both show something that is there (12.2).
        case drawn
        /// A shape has a size, a line two points or more (12.2.3).
        case drawnWhole = "drawn-whole"
    }

    /// Something that is not as the standard asks for.
    package struct Finding: Encodable, Sendable, Equatable {
        /// What it asks for.
        package let rule: Rule
        /// The identifier of the element, or its name where it has none.
        package let element: String
    }

    /// What was found, rule by rule, in the order of the file.
    package private(set) var findings: [Finding] = []

    /// Checks a model and the file that is written of it.
    package init(_ model: BPMNModel) {
        check(model)
        let text = Array(model.xml().utf8)
        let root = text.withUnsafeBytes { bytes -> BPMNElement? in
            var tree = BPMNTree(bytes)
            return try? tree.root()
        }
        if let root {
            check(root)
            let drawn = model.diagrams.isEmpty ? BPMNLayout.diagrams(of: model) : model.diagrams
            check(drawn, model)
        }
        sort()
    }

    /// Checks how cases run through a model, whatever file it stands in and however it is drawn.
    package init(courseOf model: BPMNModel) {
        check(model)
        sort()
    }

    /// Checks a file: what it says, and in which order it says it.
    ///
    /// - Throws: ``BPMNError`` where it cannot be read.
    package init(text: String) throws(BPMNError) {
        let model = try BPMNDocument(text: text).model
        let read: Result<BPMNElement, BPMNError> = Array(text.utf8).withUnsafeBytes { bytes in
            var tree = BPMNTree(bytes)
            do throws(BPMNError) { return .success(try tree.root()) } catch { return .failure(error) }
        }
        check(model)
        check(try read.get())
        check(model.diagrams, model)
        sort()
    }

    mutating func note(_ rule: Rule, _ element: String) {
        let finding = Finding(rule: rule, element: element)
        if !findings.contains(finding) { findings.append(finding) }
    }

    private mutating func sort() {
        let order = Dictionary(uniqueKeysWithValues: Rule.allCases.enumerated().map { ($1, $0) })
        let ranked = findings.enumerated().map { (order[$1.rule] ?? 0, $0, $1) }
        findings = ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    // MARK: The model

    private mutating func check(_ model: BPMNModel) {
        for process in model.processes { check(process, isTriggered: false, isNested: false) }
        var seen: Set<String> = []
        for id in model.identifiers + [model.rest.attributes["id"]].compactMap({ $0 }) {
            if !seen.insert(id).inserted || !Self.isName(id) { note(.identifiers, id) }
        }
        if model.rest.attributes["targetNamespace"] == nil { note(.targetNamespace, "definitions") }
        checkPools(model)
    }

    /// Whether a text is a name without colon, as XML has it.
    static func isName(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, first == "_" || first.properties.isAlphabetic else { return false }
        return scalars.allSatisfy { scalar in
            scalar == "_" || scalar == "-" || scalar == "." || scalar == "\u{B7}" || scalar.properties.isAlphabetic
                || scalar.properties.numericType == .decimal || scalar.properties.generalCategory == .nonspacingMark
        }
    }

    private mutating func checkPools(_ model: BPMNModel) {
        for collaboration in model.collaborations {
            var poolOf: [String: String] = [:]
            for participant in collaboration.participants {
                poolOf[participant.id] = participant.id
                let process = model.process(of: participant)
                if participant.process != nil && process == nil { note(.poolProcess, participant.id) }
                for own in process?.withInner ?? [] {
                    for node in own.nodes { poolOf[node.id] = participant.id }
                }
            }
            // A process without a pool is one by itself.
            for process in model.processes {
                for own in process.withInner {
                    for node in own.nodes where poolOf[node.id] == nil { poolOf[node.id] = process.id }
                }
            }
            for flow in collaboration.messageFlows {
                let source = poolOf[flow.source] ?? poolOf[BPMNModel.identifier(flow.source)]
                let target = poolOf[flow.target] ?? poolOf[BPMNModel.identifier(flow.target)]
                if source == nil || target == nil || source == target { note(.messageBetweenPools, flow.id) }
            }
        }
    }

    private mutating func check(_ process: BPMNModel.Process, isTriggered: Bool, isNested: Bool) {
        let kinds = Dictionary(process.nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var arriving: [String: [BPMNModel.Flow]] = [:]
        var leaving: [String: [BPMNModel.Flow]] = [:]
        for flow in process.flows {
            arriving[flow.target, default: []].append(flow)
            leaving[flow.source, default: []].append(flow)
            guard let source = kinds[flow.source], kinds[flow.target] != nil else {
                note(.flowWithinProcess, flow.id)
                continue
            }
            let chooses = source.isTask || [.exclusiveGateway, .inclusiveGateway, .complexGateway].contains(source.kind)
            if flow.isDefault && (!chooses || flow.condition != nil) { note(.defaultFlow, flow.id) }
            if flow.condition != nil && !chooses { note(.conditionalFlow, flow.id) }
        }
        for node in process.nodes {
            check(node, arriving[node.id] ?? [], leaving[node.id] ?? [], kinds)
            if node.kind == .eventBasedGateway { checkTargets(of: node, leaving[node.id] ?? [], arriving, kinds) }
            if node.kind == .startEvent && isNested && !isTriggered && node.trigger != nil { note(.nestedStartIsPlain, node.id) }
            if node.isTriggeredByEvent && (arriving[node.id] != nil || leaving[node.id] != nil) { note(.triggeredWithoutFlows, node.id) }
            if let inner = node.inner { check(inner, isTriggered: node.isTriggeredByEvent, isNested: true) }
        }
        let within = Set(process.withInner.flatMap { $0.nodes.map(\.id) })
        for set in process.laneSets {
            var seen: Set<String> = []
            for lane in set.all {
                for node in lane.nodes where !within.contains(node) { note(.laneNodes, lane.id) }
                if lane.inner.isEmpty {
                    for node in lane.nodes where !seen.insert(node).inserted { note(.laneNodes, lane.id) }
                }
            }
        }
    }

    private mutating func check(
        _ node: BPMNModel.Node, _ arriving: [BPMNModel.Flow], _ leaving: [BPMNModel.Flow], _ nodes: [String: BPMNModel.Node]
    ) {
        switch node.kind {
        case .startEvent: if !arriving.isEmpty { note(.startWithoutIncoming, node.id) }
        case .endEvent: if !leaving.isEmpty { note(.endWithoutOutgoing, node.id) }
        case .boundaryEvent:
            if !arriving.isEmpty { note(.borderWithoutIncoming, node.id) }
            let host = node.attachedTo.flatMap { nodes[$0] ?? nodes[BPMNModel.identifier($0)] }
            if host?.isTask != true || node.trigger == nil && node.rest.content["eventDefinitionRef"] == nil {
                note(.borderAtTask, node.id)
            }
        case .exclusiveGateway, .parallelGateway, .inclusiveGateway, .eventBasedGateway, .complexGateway:
            if arriving.count < 2 && leaving.count < 2 { note(.gatewaySplitsOrJoins, node.id) }
            let fits: Bool
            switch node.rest.attributes["gatewayDirection"] {
            case "Converging": fits = arriving.count > 1 && leaving.count <= 1
            case "Diverging": fits = arriving.count <= 1 && leaving.count > 1
            case "Mixed": fits = arriving.count > 1 && leaving.count > 1
            default: fits = true
            }
            if !fits { note(.gatewayDirection, node.id) }
        default: break
        }
    }

    private mutating func checkTargets(
        of gateway: BPMNModel.Node, _ leaving: [BPMNModel.Flow], _ arriving: [String: [BPMNModel.Flow]], _ nodes: [String: BPMNModel.Node]
    ) {
        let fits = leaving.allSatisfy { flow in
            guard let target = nodes[flow.target], flow.condition == nil, arriving[target.id]?.count == 1 else { return false }
            if target.kind == .task(.receive) { return true }
            return target.kind == .catchEvent && target.triggers.allSatisfy { ["message", "signal", "timer", "conditional"].contains($0) }
        }
        if !fits || leaving.count < 2 { note(.eventGatewayTargets, gateway.id) }
    }
}
