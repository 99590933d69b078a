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
    }

    /// What is wrong.
    package let problem: Problem
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int
}

/// What a reader met and does not hold: every element of one name together.
package struct BPMNOmission: Equatable, Sendable {
    /// The name of the element, without prefix.
    package let element: String
    /// How many there are.
    package var count: Int
    /// The line of the first.
    package let line: Int
    /// The column of the first.
    package let column: Int
    /// Whether it says something about the course of the process, so that what is held is not the whole course.
    package let changesFlow: Bool
}

/// A BPMN 2.0 file as it was read.
package struct BPMNDocument: Equatable, Sendable {
    /// The model.
    package let model: BPMNModel
    /// What was met and is not held, in order of first sight.
    package let omissions: [BPMNOmission]

    /// Reads a document, whatever prefix its elements have.
    ///
    /// - Throws: ``BPMNError`` with the place of what is wrong.
    package init(_ bytes: UnsafeRawBufferPointer) throws(BPMNError) {
        var reader = BPMNReader(bytes)
        try reader.read()
        model = reader.model
        omissions = reader.omissions
    }

    /// Reads a document that is held as text.
    package init(text: String) throws(BPMNError) {
        let read: Result<BPMNDocument, BPMNError> = Array(text.utf8).withUnsafeBytes { bytes in
            do throws(BPMNError) { return .success(try BPMNDocument(bytes)) } catch { return .failure(error) }
        }
        self = try read.get()
    }
}

/// Reads elements one after the other.
private struct BPMNReader: ~Copyable {
    private(set) var model = BPMNModel(processes: [])
    private(set) var omissions: [BPMNOmission] = []

    private let bytes: UnsafeRawBufferPointer
    private var xml: XMLReader
    /// Whether the root is of the BPMN namespace; where it is of none, every element is taken for one of BPMN.
    private var hasNamespace = false
    private var identifiers: Set<String> = []
    /// Nodes that are not held: flows at them are left out too.
    private var leftOutNodes: Set<String> = []
    private var defaults: Set<String> = []
    private var flowPlaces: [Int] = []

    private static let namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    /// Elements that say nothing about the course, or repeat what flows say.
    private static let silent: Set<String> = [
        "incoming", "outgoing", "documentation", "extensionElements", "extension", "import", "relationship", "definitions", "script",
    ]
    private static let changing: Set<String> = [
        "boundaryEvent", "messageFlow", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "choreographyTask",
        "subChoreography", "callChoreography", "choreography",
    ]

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        xml = XMLReader(XMLText(bytes), wantsText: true)
    }

    mutating func read() throws(BPMNError) {
        if let place = UTF8Check.firstInvalid(in: bytes) { throw error(.notUTF8, at: place) }
        do {
            try readDocument()
        } catch let error as XMLError {
            throw self.error(.malformed(error.problem.words), at: error.position)
        } catch let error as BPMNError {
            throw error
        } catch {
            preconditionFailure("reading throws nothing else: \(error)")
        }
    }

    // MARK: Elements

    private mutating func readDocument() throws {
        var process: BPMNModel.Process?
        var node: BPMNModel.Node?
        var flow: BPMNModel.Flow?
        var nodeDepth = 0
        while true {
            switch try xml.next() {
            case .endOfFile:
                if model.processes.isEmpty { throw error(.noProcess, at: 0) }
                return
            case .text: break
            case .end:
                let depth = xml.depth
                if let own = node, depth < nodeDepth {
                    process?.nodes.append(own)
                    node = nil
                } else if let own = flow, depth < nodeDepth {
                    process?.flows.append(own)
                    flow = nil
                } else if node == nil, flow == nil, let own = process, text(xml.localName) == "process" {
                    model.processes.append(try finished(own))
                    process = nil
                }
            case .start:
                let name = text(xml.localName)
                if xml.depth == 1 {
                    hasNamespace = xml.namespace != nil
                    if name != "definitions" || !isBPMN { throw error(.notBPMN(root: name), at: tagStart) }
                    continue
                }
                if !isBPMN {
                    try xml.skipElement()
                } else if node != nil {
                    try readPart(of: &node, name)
                } else if flow != nil {
                    if name == "conditionExpression" { flow?.condition = try elementText() } else { try leaveOut(name) }
                } else if process == nil {
                    if name == "process" {
                        process = BPMNModel.Process(id: try identifier(), name: attribute("name"), nodes: [], flows: [])
                        flowPlaces = []
                    } else if name != "collaboration" {
                        try leaveOut(name)
                    } else {
                        omit(name)
                    }
                } else if let kind = Self.kind(of: name) {
                    node = BPMNModel.Node(id: try identifier(), name: attribute("name"), kind: kind)
                    if let flow = attribute("default") { defaults.insert(flow) }
                    nodeDepth = xml.depth
                    if kind == .complexGateway { note(name, changesFlow: true) }
                } else if name == "sequenceFlow" {
                    flowPlaces.append(tagStart)
                    flow = BPMNModel.Flow(
                        id: try identifier(), name: attribute("name"), from: try required("sourceRef"), to: try required("targetRef"))
                    nodeDepth = xml.depth
                } else {
                    if name == "boundaryEvent", let id = attribute("id") { leftOutNodes.insert(id) }
                    try leaveOut(name)
                }
            }
        }
    }

    private static func kind(of name: String) -> BPMNModel.Kind? {
        switch name {
        case "startEvent": .startEvent
        case "endEvent": .endEvent
        case "intermediateCatchEvent": .catchEvent
        case "intermediateThrowEvent": .throwEvent
        case "exclusiveGateway": .exclusiveGateway
        case "parallelGateway": .parallelGateway
        case "inclusiveGateway": .inclusiveGateway
        case "eventBasedGateway": .eventBasedGateway
        case "complexGateway": .complexGateway
        default: BPMNModel.Task(rawValue: name).map { .task($0) }
        }
    }

    /// An element inside a node.
    private mutating func readPart(of node: inout BPMNModel.Node?, _ name: String) throws {
        let suffix = "EventDefinition"
        if name.hasSuffix(suffix), node?.isTask == false {
            node?.trigger = String(name.dropLast(suffix.count))
            return
        }
        switch name {
        case "timeDuration", "timeDate", "timeCycle": node?.timer = try elementText()
        default: try leaveOut(name)
        }
    }

    /// Flows at nodes that are not held are left out; others must begin and end somewhere.
    private mutating func finished(_ process: BPMNModel.Process) throws -> BPMNModel.Process {
        let ids = Set(process.nodes.map(\.id))
        var result = process
        result.flows = []
        for (index, flow) in process.flows.enumerated() {
            if leftOutNodes.contains(flow.source) || leftOutNodes.contains(flow.target) {
                let place = TextPlace.lineAndColumn(of: flowPlaces[index], in: bytes)
                note("sequenceFlow", changesFlow: true, at: place)
                continue
            }
            for reference in [flow.source, flow.target] where !ids.contains(reference) {
                throw error(.danglingFlow(id: flow.id, reference: reference), at: flowPlaces[index])
            }
            var own = flow
            own.isDefault = defaults.contains(flow.id)
            result.flows.append(own)
        }
        return result
    }

    // MARK: What is not held

    private mutating func omit(_ name: String) {
        if !Self.silent.contains(name) { note(name, changesFlow: Self.changing.contains(name)) }
    }

    /// Notes an element and skips it with all it holds; nodes nested in it are noted as well.
    private mutating func leaveOut(_ name: String) throws {
        noteNested(name)
        let depth = xml.depth
        while true {
            switch try xml.next() {
            case .end where xml.depth < depth: return
            case .start where isBPMN:
                let inner = text(xml.localName)
                if inner == "boundaryEvent", let id = attribute("id") { leftOutNodes.insert(id) }
                noteNested(inner)
            case .endOfFile: return
            default: break
            }
        }
    }

    private mutating func noteNested(_ name: String) {
        if Self.kind(of: name) != nil || name == "sequenceFlow" { note(name, changesFlow: true) } else { omit(name) }
    }

    private mutating func note(_ element: String, changesFlow: Bool, at place: (line: Int, column: Int)? = nil) {
        if let known = omissions.firstIndex(where: { $0.element == element && $0.changesFlow == changesFlow }) {
            omissions[known].count += 1
            return
        }
        let place = place ?? TextPlace.lineAndColumn(of: tagStart, in: bytes)
        omissions.append(BPMNOmission(element: element, count: 1, line: place.line, column: place.column, changesFlow: changesFlow))
    }

    // MARK: Small tools

    /// Whether the current element is of BPMN.
    private var isBPMN: Bool {
        if !hasNamespace { return xml.namespace == nil || xml.namespace?.elementsEqual(Self.namespace.utf8) == true }
        return xml.namespace?.elementsEqual(Self.namespace.utf8) == true
    }

    /// Where the current tag begins: no `<` stands in it but its first.
    private var tagStart: Int {
        bytes[..<min(bytes.count, xml.position)].lastIndex(of: UInt8(ascii: "<")) ?? 0
    }

    private func attribute(_ name: StaticString) -> String? {
        xml.value(of: name).map { text($0) }
    }

    private func required(_ name: StaticString) throws -> String {
        guard let value = attribute(name) else {
            throw error(.missingAttribute(element: text(xml.localName), attribute: "\(name)"), at: tagStart)
        }
        return value
    }

    private mutating func identifier() throws -> String {
        let id = try required("id")
        if !identifiers.insert(id).inserted { throw error(.duplicateID(id), at: tagStart) }
        return id
    }

    /// The text of the current element, which is read to its end.
    private mutating func elementText() throws -> String {
        let depth = xml.depth
        var result = ""
        while true {
            switch try xml.next() {
            case .text: result += text(xml.text)
            case .end where xml.depth < depth: return result.trimmed
            case .endOfFile: return result.trimmed
            default: break
            }
        }
    }

    private func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private func error(_ problem: BPMNError.Problem, at position: Int) -> BPMNError {
        let place = TextPlace.lineAndColumn(of: position, in: bytes)
        return BPMNError(problem: problem, line: place.line, column: place.column)
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
