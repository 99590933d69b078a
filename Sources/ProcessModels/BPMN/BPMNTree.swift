import ByteParsing

/// Reads a document into elements, with all that stands in it but comments and processing instructions.
struct BPMNTree: ~Copyable {
    /// So many elements a file may have: a file far larger than any diagram swells to some hundred megabytes and no more.
    static let mostElements = 400_000

    private let bytes: UnsafeRawBufferPointer
    private var xml: XMLReader
    private var open: [BPMNElement] = []
    /// Elements and attributes so far.
    private var count = 0
    /// Whether the root has a namespace; where it has none, every element without one is taken for one of BPMN.
    private var hasNamespace = false
    /// The prefixes of BPMN itself that the root declares.
    private var modelPrefixes: Set<String> = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        xml = XMLReader(XMLText(bytes), wantsText: true)
    }

    /// The root element.
    mutating func root() throws(BPMNError) -> BPMNElement {
        if let place = UTF8Check.firstInvalid(in: bytes) { throw error(.notUTF8, at: place) }
        do {
            return try readRoot()
        } catch let error as XMLError {
            throw self.error(.malformed(error.problem.words), at: error.position)
        } catch let error as BPMNError {
            throw error
        } catch {
            preconditionFailure("reading throws nothing else: \(error)")
        }
    }

    private mutating func readRoot() throws -> BPMNElement {
        var root: BPMNElement?
        while true {
            switch try xml.next() {
            case .endOfFile:
                guard let root else { throw error(.malformed(XMLError.Problem.noElement.words), at: bytes.count) }
                return root
            case .start: open.append(try element())
            case .text:
                guard let last = open.indices.last else { break }
                let text = Self.text(xml.text)
                if case .text(let before)? = open[last].content.last {
                    open[last].content[open[last].content.count - 1] = .text(before + text)
                } else {
                    open[last].content.append(.text(text))
                }
            case .end:
                var own = open.removeLast()
                own.content = Self.withoutSpace(own.content)
                if open.isEmpty { root = own } else { open[open.count - 1].content.append(.element(own)) }
            }
        }
    }

    private mutating func element() throws -> BPMNElement {
        let place = bytes[..<min(bytes.count, xml.position)].lastIndex(of: UInt8(ascii: "<")) ?? 0
        let name = Self.text(xml.localName)
        var namespace = xml.namespace.map { Self.text($0) } ?? ""
        if open.isEmpty {
            hasNamespace = !namespace.isEmpty
            if name != "definitions" || namespace != "" && namespace != BPMNElement.Namespace.model {
                throw error(.notBPMN(root: name), at: place)
            }
        }
        if !hasNamespace && namespace.isEmpty && xml.prefix == nil { namespace = BPMNElement.Namespace.model }
        count += 1 + xml.attributeCount
        if count > Self.mostElements { throw error(.tooLarge, at: place) }
        var result = BPMNElement(name, namespace: namespace)
        result.place = place
        if !BPMNElement.Namespace.known.contains(where: { $0.namespace == namespace }) {
            result.prefix = xml.prefix.map { Self.text($0) } ?? ""
        }
        for number in 0..<xml.declarationCount {
            let own = xml.declaration(number)
            let declaration = BPMNElement.Declaration(prefix: Self.text(own.prefix), namespace: Self.text(own.namespace))
            result.declarations.append(declaration)
            if open.isEmpty && declaration.namespace == BPMNElement.Namespace.model { modelPrefixes.insert(declaration.prefix) }
        }
        for number in 0..<xml.attributeCount {
            let own = xml.attribute(number)
            var attribute = BPMNElement.Attribute(
                prefix: Self.text(own.prefix), namespace: Self.text(own.namespace), name: Self.text(own.localName),
                value: Self.text(own.value))
            if attribute.namespace == BPMNElement.Namespace.instance {
                attribute.prefix = ""
                if attribute.name == "type" { attribute.value = qualified(attribute.value) }
            }
            result.attributes.append(attribute)
        }
        return result
    }

    /// A name of BPMN as `{namespace}name`, so that it means the same whatever prefix the namespace has; others as they are.
    private func qualified(_ value: String) -> String {
        let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let prefix = parts.count == 2 ? String(parts[0]) : ""
        guard modelPrefixes.contains(prefix), let name = parts.last else { return value }
        return "{\(BPMNElement.Namespace.model)}\(name)"
    }

    /// White space that only sets elements apart says nothing; where words stand between elements all of it counts.
    private static func withoutSpace(_ content: [BPMNElement.Content]) -> [BPMNElement.Content] {
        if content.count < 2 && content.elements.isEmpty { return content }
        let hasWords = content.contains { piece in
            if case .text(let text) = piece { return !text.trimmed.isEmpty }
            return false
        }
        if hasWords { return content }
        return content.filter { piece in
            if case .text = piece { return false }
            return true
        }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private func error(_ problem: BPMNError.Problem, at position: Int) -> BPMNError {
        let place = TextPlace.lineAndColumn(of: position, in: bytes)
        return BPMNError(problem: problem, line: place.line, column: place.column)
    }
}
