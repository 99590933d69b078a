import ByteParsing

/// Why a file is not BPMN that can be read.
package struct BPMNError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// The text is not UTF-8.
        case notUTF8
        /// The document is not well-formed; the words say why, in English.
        case malformed(String)
        /// The root element is another one.
        case notBPMN(root: String)
        /// There is no process.
        case noProcess
        /// An element without an attribute that it needs.
        case missingAttribute(element: String, attribute: String)
        /// An identifier that another element has.
        case duplicateID(String)
        /// A sequence flow that begins or ends nowhere.
        case danglingFlow(id: String, reference: String)
        /// The file has more elements and attributes than are read.
        case tooLarge
    }

    /// What is wrong.
    package let problem: Problem
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int
}

/// What a file says beyond tasks, events, gateways and the flows between them: every element of one name together. The model holds it;
/// who follows only these, such as the simulation, leaves it aside.
package struct BPMNOmission: Equatable, Sendable {
    /// The name of the element, without prefix.
    package let element: String
    /// How many there are.
    package var count: Int
    /// The line of the first.
    package let line: Int
    /// The column of the first.
    package let column: Int
    /// Whether it says something about the course of the process, so that without it the course is not whole.
    package let changesFlow: Bool
}

/// A BPMN 2.0 file as it was read.
package struct BPMNDocument: Equatable, Sendable {
    /// The model.
    package let model: BPMNModel
    /// What is met beyond tasks, events, gateways and flows, in order of first sight.
    package let omissions: [BPMNOmission]

    /// Reads a document, whatever prefix its elements have: UTF-8, or the encoding that it says it is in.
    ///
    /// - Throws: ``BPMNError`` with the place of what is wrong.
    package init(_ bytes: UnsafeRawBufferPointer) throws(BPMNError) {
        guard UTF8Check.firstInvalid(in: bytes) != nil, let encoding = Self.encoding(of: bytes) else {
            self = try BPMNDocument(utf8: bytes)
            return
        }
        let text: ByteBuffer
        do { text = try TextDecoding.utf8(from: bytes, encoding: encoding) } catch {
            throw BPMNError(problem: .notUTF8, line: 1, column: 1)
        }
        self = try text.withBytes { (bytes) throws(BPMNError) in try BPMNDocument(utf8: bytes) }
    }

    private init(utf8 bytes: UnsafeRawBufferPointer) throws(BPMNError) {
        var tree = BPMNTree(bytes)
        let root = try tree.root()
        var reader = BPMNReader(bytes)
        model = try reader.model(root)
        omissions = BPMNOmissions(root, bytes).found
    }

    /// The encoding that a document says it is in, by its mark or by its declaration; nil for UTF-8 and where it says none that is known.
    private static func encoding(of bytes: UnsafeRawBufferPointer) -> String? {
        if let wide = EncodingDetector.wide(bytes) { return TextDecoding.canonicalName(wide) }
        let head = String(decoding: bytes.prefix(200), as: UTF8.self)
        guard head.hasPrefix("<?xml"), let match = head.firstMatch(of: /encoding\s*=\s*["'](?<name>[A-Za-z0-9._-]+)["']/) else {
            return nil
        }
        let name = TextDecoding.canonicalName(String(match.name))
        return name == "UTF-8" ? nil : name
    }

    /// Reads a document that is held as text.
    package init(text: String) throws(BPMNError) {
        let read: Result<BPMNDocument, BPMNError> = Array(text.utf8).withUnsafeBytes { bytes in
            do throws(BPMNError) { return .success(try BPMNDocument(bytes)) } catch { return .failure(error) }
        }
        self = try read.get()
    }
}

/// Makes a model of elements; what it has no name for stays in their rest.
private struct BPMNReader {
    private let bytes: UnsafeRawBufferPointer
    private var identifiers: Set<String> = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func model(_ root: BPMNElement) throws(BPMNError) -> BPMNModel {
        var model = BPMNModel(processes: [])
        model.rest = BPMNRest(root)
        model.rest.content = []
        for piece in Self.pieces(root) {
            guard case .element(let element) = piece else {
                model.rest.content.append(piece)
                continue
            }
            switch (element.namespace, element.name) {
            case (BPMNElement.Namespace.model, "process"): model.processes.append(try process(element))
            case (BPMNElement.Namespace.model, "collaboration"):
                if let own = try collaboration(element) { model.collaborations.append(own) } else { model.rest.content.append(piece) }
            case (BPMNElement.Namespace.diagram, "BPMNDiagram"):
                if let own = BPMNDiagram(element) { model.diagrams.append(own) } else { model.rest.content.append(piece) }
            default: model.rest.content.append(piece)
            }
        }
        model.rest.content = BPMNOrder.root.sorted(model.rest.content)
        if model.processes.isEmpty { throw error(.noProcess, at: 0) }
        return model
    }

    // MARK: Processes

    private mutating func process(_ element: BPMNElement) throws(BPMNError) -> BPMNModel.Process {
        let id = try identifier(element)
        var rest = BPMNRest(element)
        _ = rest.take("id")
        let name = rest.take("name")
        var process = try process(id, of: element, &rest)
        process.name = name
        process.rest = rest
        process.rest.content = BPMNOrder.process.sorted(rest.content)
        return process
    }

    /// What a process or a nested one holds, taken out of the rest of its element.
    private mutating func process(_ id: String, of element: BPMNElement, _ rest: inout BPMNRest) throws(BPMNError) -> BPMNModel.Process {
        var process = BPMNModel.Process(id: id, nodes: [], flows: [])
        process.rest = BPMNRest()
        rest.content = []
        var places: [Int] = []
        for piece in Self.pieces(element) {
            guard case .element(let own) = piece, own.namespace == BPMNElement.Namespace.model else {
                rest.content.append(piece)
                continue
            }
            if let kind = BPMNModel.Kind(element: own.name) {
                process.nodes.append(try node(own, kind))
            } else if let kind = BPMNModel.Artifact.Kind(rawValue: own.name) {
                process.artifacts.append(Self.artifact(own, kind))
            } else {
                switch own.name {
                case "sequenceFlow":
                    places.append(own.place)
                    process.flows.append(try flow(own))
                case "laneSet": process.laneSets.append(laneSet(own))
                case "association":
                    if let own = Self.association(own) { process.associations.append(own) } else { rest.content.append(piece) }
                default: rest.content.append(piece)
                }
            }
        }
        try join(&process, places)
        return process
    }

    /// Flows begin and end at nodes; what repeats them at the nodes is dropped, to be written anew.
    private func join(_ process: inout BPMNModel.Process, _ places: [Int]) throws(BPMNError) {
        let ids = Set(process.nodes.map(\.id))
        let choices = Dictionary(
            process.nodes.compactMap { node in node.rest.attributes["default"].map { (node.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        var decided: Set<String> = []
        var arriving: [String: Set<String>] = [:]
        var leaving: [String: Set<String>] = [:]
        for index in process.flows.indices {
            let flow = process.flows[index]
            for reference in [flow.source, flow.target] where !ids.contains(reference) {
                throw error(.danglingFlow(id: flow.id, reference: reference), at: places[index])
            }
            if choices[flow.source] == flow.id {
                process.flows[index].isDefault = true
                decided.insert(flow.source)
            }
            leaving[flow.source, default: []].insert(flow.id.trimmed)
            arriving[flow.target, default: []].insert(flow.id.trimmed)
        }
        for index in process.nodes.indices {
            let id = process.nodes[index].id
            if decided.contains(id) { process.nodes[index].rest.attributes["default"] = nil }
            process.nodes[index].rest.content.removeAll { piece in
                guard case .element(let element) = piece, element.attributes.isEmpty, element.elements.isEmpty else { return false }
                if element.isBPMN("incoming") { return arriving[id]?.contains(element.text) == true }
                return element.isBPMN("outgoing") && leaving[id]?.contains(element.text) == true
            }
        }
    }

    private mutating func node(_ element: BPMNElement, _ kind: BPMNModel.Kind) throws(BPMNError) -> BPMNModel.Node {
        var node = BPMNModel.Node(id: try identifier(element), kind: kind)
        node.rest = BPMNRest(element)
        _ = node.rest.take("id")
        node.name = node.rest.take("name")
        if case .task(let task) = kind, task.isNested {
            let inner = try process(node.id, of: element, &node.rest)
            if !inner.isBlank { node.inner = inner }
        } else {
            node.rest.content = Self.pieces(element)
        }
        node.rest.content = (node.isEvent ? BPMNOrder.event : BPMNOrder.node).sorted(node.rest.content)
        return node
    }

    private mutating func flow(_ element: BPMNElement) throws(BPMNError) -> BPMNModel.Flow {
        var flow = BPMNModel.Flow(
            id: try identifier(element), from: try required("sourceRef", element), to: try required("targetRef", element))
        flow.rest = Self.rest(element, without: ["id", "name", "sourceRef", "targetRef"])
        flow.name = element["name"]
        return flow
    }

    // MARK: Lanes, pools, notes

    private mutating func laneSet(_ element: BPMNElement) -> BPMNModel.LaneSet {
        var set = BPMNModel.LaneSet(id: element["id"], lanes: [])
        set.rest = Self.rest(element, without: ["id"])
        set.rest.content = []
        for piece in Self.pieces(element) {
            if case .element(let own) = piece, own.isBPMN("lane") { set.lanes.append(lane(own)) } else { set.rest.content.append(piece) }
        }
        set.rest.content = BPMNOrder.base.sorted(set.rest.content)
        return set
    }

    private mutating func lane(_ element: BPMNElement) -> BPMNModel.Lane {
        var id = element["id"] ?? ""
        if id.isEmpty {
            var number = identifiers.count
            while identifiers.contains("lane_\(number)") { number += 1 }
            id = "lane_\(number)"
        }
        identifiers.insert(id)
        var lane = BPMNModel.Lane(id: id, name: element["name"], nodes: [])
        lane.rest = Self.rest(element, without: ["id", "name"])
        lane.rest.content = []
        for piece in Self.pieces(element) {
            if case .element(let own) = piece, own.isBPMN("flowNodeRef"), own.attributes.isEmpty {
                lane.nodes.append(own.text)
            } else if case .element(let own) = piece, own.isBPMN("childLaneSet") {
                lane.inner.append(laneSet(own))
            } else {
                lane.rest.content.append(piece)
            }
        }
        lane.rest.content = BPMNOrder.lane.sorted(lane.rest.content)
        return lane
    }

    /// Pools and messages; nil where one of them lacks what it needs, so that the whole is kept as it is.
    private mutating func collaboration(_ element: BPMNElement) throws(BPMNError) -> BPMNModel.Collaboration? {
        guard let id = element["id"] else { return nil }
        var result = BPMNModel.Collaboration(id: id, participants: [])
        result.rest = Self.rest(element, without: ["id"])
        result.rest.content = []
        for piece in Self.pieces(element) {
            guard case .element(let own) = piece, own.namespace == BPMNElement.Namespace.model else {
                result.rest.content.append(piece)
                continue
            }
            if let kind = BPMNModel.Artifact.Kind(rawValue: own.name) {
                result.artifacts.append(Self.artifact(own, kind))
                continue
            }
            switch own.name {
            case "participant":
                guard let id = own["id"] else { return nil }
                var participant = BPMNModel.Participant(id: id, name: own["name"], process: own["processRef"])
                participant.rest = Self.rest(own, without: ["id", "name", "processRef"])
                result.participants.append(participant)
            case "messageFlow":
                guard let id = own["id"], let source = own["sourceRef"], let target = own["targetRef"] else { return nil }
                var flow = BPMNModel.MessageFlow(id: id, name: own["name"], from: source, to: target)
                flow.rest = Self.rest(own, without: ["id", "name", "sourceRef", "targetRef"])
                result.messageFlows.append(flow)
            case "association":
                if let own = Self.association(own) { result.associations.append(own) } else { result.rest.content.append(piece) }
            default: result.rest.content.append(piece)
            }
        }
        result.rest.content = BPMNOrder.collaboration.sorted(result.rest.content)
        return result
    }

    private static func artifact(_ element: BPMNElement, _ kind: BPMNModel.Artifact.Kind) -> BPMNModel.Artifact {
        var artifact = BPMNModel.Artifact(kind, id: element["id"], name: element["name"])
        artifact.rest = rest(element, without: ["id", "name"])
        return artifact
    }

    private static func association(_ element: BPMNElement) -> BPMNModel.Association? {
        guard let source = element["sourceRef"], let target = element["targetRef"] else { return nil }
        var association = BPMNModel.Association(id: element["id"], from: source, to: target)
        association.rest = rest(element, without: ["id", "sourceRef", "targetRef"])
        return association
    }

    // MARK: Small tools

    /// What an element says beyond the attributes that are told by name.
    private static func rest(_ element: BPMNElement, without names: [String]) -> BPMNRest {
        var rest = BPMNRest(element)
        for name in names { rest.attributes[name] = nil }
        rest.content = BPMNOrder.base.sorted(pieces(element))
        return rest
    }

    /// The content without white space that stands alone.
    private static func pieces(_ element: BPMNElement) -> [BPMNElement.Content] {
        element.content.filter { piece in
            if case .text(let text) = piece { return !text.trimmed.isEmpty }
            return true
        }
    }

    private func required(_ name: String, _ element: BPMNElement) throws(BPMNError) -> String {
        guard let value = element[name] else {
            throw error(.missingAttribute(element: element.name, attribute: name), at: element.place)
        }
        return value
    }

    private mutating func identifier(_ element: BPMNElement) throws(BPMNError) -> String {
        let id = try required("id", element)
        if !identifiers.insert(id).inserted { throw error(.duplicateID(id), at: element.place) }
        return id
    }

    private func error(_ problem: BPMNError.Problem, at position: Int) -> BPMNError {
        let place = TextPlace.lineAndColumn(of: position, in: bytes)
        return BPMNError(problem: problem, line: place.line, column: place.column)
    }
}

extension BPMNModel.Process {
    /// Whether nothing is in it.
    fileprivate var isBlank: Bool { nodes.isEmpty && flows.isEmpty && laneSets.isEmpty && artifacts.isEmpty && associations.isEmpty }
}
