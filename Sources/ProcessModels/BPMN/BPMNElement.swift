/// An element of a BPMN file with all that it says, known here or not: names in their namespaces, attributes, content in its order.
///
/// Elements of BPMN and of its diagrams stand without prefix, whatever prefix their file has for them; the writer puts it back. So two
/// elements are equal that say the same.
package struct BPMNElement: Sendable {
    /// The namespaces of BPMN 2.0 and of what belongs to it.
    package enum Namespace {
        /// What a model says.
        package static let model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
        /// How it is drawn.
        package static let diagram = "http://www.omg.org/spec/BPMN/20100524/DI"
        /// Points and rectangles.
        package static let common = "http://www.omg.org/spec/DD/20100524/DC"
        /// What all diagrams share.
        package static let interchange = "http://www.omg.org/spec/DD/20100524/DI"
        /// Types of elements, of XML Schema.
        package static let instance = "http://www.w3.org/2001/XMLSchema-instance"
        /// What begins with `xml:`.
        static let xml = "http://www.w3.org/XML/1998/namespace"

        /// Those that are told apart by namespace alone, with the prefixes that they have where a file says nothing else.
        static let known = [
            (prefix: "", namespace: model), (prefix: "bpmndi", namespace: diagram), (prefix: "dc", namespace: common),
            (prefix: "di", namespace: interchange), (prefix: "xsi", namespace: instance),
        ]
    }

    /// A prefix that stands for a namespace.
    package struct Declaration: Sendable, Equatable {
        /// The prefix, empty for the default one.
        package var prefix: String
        /// The namespace, empty for none.
        package var namespace: String

        /// A prefix that stands for a namespace.
        package init(prefix: String, namespace: String) {
            self.prefix = prefix
            self.namespace = namespace
        }
    }

    /// An attribute.
    package struct Attribute: Sendable, Equatable {
        /// The prefix of its name, empty for none.
        package var prefix = ""
        /// The namespace of its name, empty for none.
        package var namespace = ""
        /// Its name without prefix.
        package var name: String
        /// Its value.
        package var value: String

        /// An attribute.
        package init(prefix: String = "", namespace: String = "", name: String, value: String) {
            self.prefix = prefix
            self.namespace = namespace
            self.name = name
            self.value = value
        }
    }

    /// A piece of content.
    package enum Content: Sendable, Equatable {
        /// An element.
        case element(BPMNElement)
        /// Words, as they stand between tags.
        case text(String)
    }

    /// The prefix of its name, empty for none and for the namespaces that are known.
    package var prefix = ""
    /// The namespace of its name, empty for none.
    package var namespace: String
    /// Its name without prefix.
    package var name: String
    /// The namespaces that it declares.
    package var declarations: [Declaration] = []
    /// Its attributes, in the order of the file.
    package var attributes: [Attribute]
    /// What it holds; white space between elements is left out.
    package var content: [Content]
    /// Where its tag begins in the file, in bytes; it does not count in comparisons.
    var place = 0

    /// An element of BPMN.
    package init(_ name: String, namespace: String = Namespace.model, _ attributes: [(String, String?)] = [], content: [Content] = []) {
        self.namespace = namespace
        self.name = name
        self.attributes = attributes.compactMap { name, value in value.map { Attribute(name: name, value: $0) } }
        self.content = content
    }

    /// An element of BPMN that holds text alone.
    package init(_ name: String, text: String, _ attributes: [(String, String?)] = []) {
        self.init(name, attributes, content: text.isEmpty ? [] : [.text(text)])
    }

    /// Whether it is the element of BPMN of that name.
    package func isBPMN(_ name: String) -> Bool { self.name == name && namespace == Namespace.model }

    /// The value of an attribute whose name has no namespace; nil where there is none.
    package subscript(name: String) -> String? {
        get { attributes[name] }
        set { attributes[name] = newValue }
    }

    /// The elements in it.
    package var elements: [BPMNElement] { content.elements }

    /// The text in it, without white space around it.
    package var text: String {
        var result = ""
        for case .text(let text) in content { result += text }
        return result.trimmed
    }
}

extension BPMNElement: Equatable {
    package static func == (one: BPMNElement, other: BPMNElement) -> Bool {
        one.name == other.name && one.namespace == other.namespace && one.prefix == other.prefix && one.declarations == other.declarations
            && one.attributes == other.attributes && one.content == other.content
    }
}

extension [BPMNElement.Attribute] {
    /// The value of the attribute of that name without namespace.
    package subscript(name: String) -> String? {
        get { first { $0.name == name && $0.namespace.isEmpty && $0.prefix.isEmpty }?.value }
        set {
            let place = firstIndex { $0.name == name && $0.namespace.isEmpty && $0.prefix.isEmpty }
            switch (place, newValue) {
            case (let place?, let value?): self[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(BPMNElement.Attribute(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension [BPMNElement.Content] {
    /// The elements of a content.
    package var elements: [BPMNElement] {
        compactMap { piece in
            if case .element(let element) = piece { return element }
            return nil
        }
    }

    /// The first element of BPMN of that name; setting it replaces it, adds it at the end, or takes it away.
    package subscript(name: String) -> BPMNElement? {
        get { elements.first { $0.isBPMN(name) } }
        set {
            let place = firstIndex { piece in
                if case .element(let element) = piece { return element.isBPMN(name) }
                return false
            }
            switch (place, newValue) {
            case (let place?, let element?): self[place] = .element(element)
            case (let place?, nil): remove(at: place)
            case (nil, let element?): append(.element(element))
            case (nil, nil): break
            }
        }
    }
}

/// What an element of a model says beyond what is told by name here: kept as it is, and written again.
package struct BPMNRest: Sendable, Equatable {
    /// Namespaces that the element declares.
    package var declarations: [BPMNElement.Declaration] = []
    /// Attributes.
    package var attributes: [BPMNElement.Attribute] = []
    /// Elements and text.
    package var content: [BPMNElement.Content] = []

    /// Nothing, or these attributes and elements of BPMN.
    package init(_ attributes: [(String, String)] = [], elements: [BPMNElement] = []) {
        self.attributes = attributes.map { BPMNElement.Attribute(name: $0.0, value: $0.1) }
        content = elements.map { .element($0) }
    }

    /// All that an element says.
    init(_ element: BPMNElement) {
        declarations = element.declarations
        attributes = element.attributes
        content = element.content
    }

    /// Takes an attribute out.
    mutating func take(_ name: String) -> String? {
        let value = attributes[name]
        if value != nil { attributes[name] = nil }
        return value
    }

    /// What the element says of itself for readers: the first `documentation`; nil for none.
    package var documentation: String? {
        get { content["documentation"]?.text }
        set {
            var element = content["documentation"] ?? BPMNElement("documentation")
            element.content = newValue.map { [.text($0)] } ?? []
            content["documentation"] = newValue == nil ? nil : element
        }
    }

    /// Says more of the element, on a line of its own.
    package mutating func add(documentation text: String) {
        documentation = documentation.map { $0.isEmpty ? text : "\($0)\n\(text)" } ?? text
    }

    /// The elements of other programs (`extensionElements`), with the namespaces they have.
    package var extensions: [BPMNElement] { content["extensionElements"]?.elements ?? [] }
}

extension String {
    /// The text without white space around it.
    var trimmed: String {
        let white: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !white($0) }), let last = scalars.lastIndex(where: { !white($0) }) else { return "" }
        return first == scalars.startIndex && scalars.index(after: last) == scalars.endIndex ? self : String(scalars[first...last])
    }
}
