extension ProcessTree {
    /// The tree of a document in PTML, the form of ProM and PM4Py.
    ///
    /// What comes behind a loop follows it in a sequence; a deferred choice (`def`, `defLoop`) is a choice, as its language is the same.
    ///
    /// - Throws: ``ModelFileError`` with the place of what is wrong.
    package init(ptml bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
        self = try ModelXMLReader.read(bytes) { xml throws(ModelFileError) in try PTMLReader.read(&xml) }
    }

    /// The tree of a document in PTML that is held as text.
    package init(ptmlText text: String) throws(ModelFileError) {
        self = try ModelXMLReader.read(text: text) { xml throws(ModelFileError) in try PTMLReader.read(&xml) }
    }
}

private struct PTMLReader {
    private struct Node {
        var id: String
        var element: String
        var name: String
        var place: Int
        var children: [Int] = []
        var hasParent = false
    }

    private var nodes: [Node] = []
    private var numbers: [String: Int] = [:]

    /// What a tree may hold beside nodes and edges.
    private static let aside: Set<String> = ["variable", "originator", "expression", "property"]

    static func read(_ xml: inout ModelXMLReader) throws(ModelFileError) -> ProcessTree {
        try xml.begin("ptml")
        var reader = PTMLReader()
        while try xml.nextElement(in: 1) {
            if xml.name == "processTree" {
                let tree = try reader.readTree(&xml)
                try xml.finish()
                return tree
            }
            try xml.skip()
        }
        throw xml.error(.missingElement("processTree"))
    }

    private mutating func readTree(_ xml: inout ModelXMLReader) throws(ModelFileError) -> ProcessTree {
        let place = xml.place
        let root = xml.attribute("root")
        var edges: [(parent: String, child: String, place: Int)] = []
        let outer = xml.depth
        while try xml.nextElement(in: outer) {
            let element = xml.name
            if element == "parentsNode" {
                edges.append((try xml.required("sourceId"), try xml.required("targetId"), xml.place))
            } else if !Self.aside.contains(element) {
                let id = try xml.required("id")
                if numbers.updateValue(nodes.count, forKey: id) != nil { throw xml.error(.duplicateID(id)) }
                nodes.append(Node(id: id, element: element, name: xml.attribute("name") ?? "", place: xml.place))
            }
            try xml.skip()
        }
        for edge in edges {
            guard let parent = numbers[edge.parent] else {
                throw xml.error(.danglingReference(element: "parentsNode", reference: edge.parent), at: edge.place)
            }
            guard let child = numbers[edge.child] else {
                throw xml.error(.danglingReference(element: "parentsNode", reference: edge.child), at: edge.place)
            }
            if nodes[child].hasParent { throw xml.error(.severalParents(edge.child), at: edge.place) }
            nodes[child].hasParent = true
            nodes[parent].children.append(child)
        }
        let top: Int
        if let root {
            guard let number = numbers[root] else {
                throw xml.error(.danglingReference(element: "processTree", reference: root), at: place)
            }
            if nodes[number].hasParent { throw xml.error(.circularReference(root), at: nodes[number].place) }
            top = number
        } else {
            guard let number = nodes.firstIndex(where: { !$0.hasParent }) else { throw xml.error(.missingElement("root"), at: place) }
            top = number
        }
        var built = 0
        let tree = try self.tree(top, depth: 1, &built, xml)
        if built < nodes.count {
            // Whatever is not in the tree hangs from a node without parent, or goes round in a circle.
            let stray = nodes.indices.first { $0 != top && !nodes[$0].hasParent }
            if let stray { throw xml.error(.notInTree(nodes[stray].id), at: nodes[stray].place) }
            throw xml.error(.circularReference(edges.last?.child ?? ""), at: edges.last?.place ?? place)
        }
        return tree
    }

    private func tree(
        _ number: Int, depth: Int, _ built: inout Int, _ xml: borrowing ModelXMLReader
    ) throws(ModelFileError) -> ProcessTree {
        let node = nodes[number]
        if depth > ProcessTree.greatestDepth { throw xml.error(.tooDeep, at: node.place) }
        built += 1
        var children: [ProcessTree] = []
        for child in node.children { children.append(try tree(child, depth: depth + 1, &built, xml)) }
        let wrongCount = ModelFileError.Problem.wrongChildCount(element: node.element, count: children.count)
        switch node.element {
        case "manualTask", "automaticTask":
            if !children.isEmpty { throw xml.error(wrongCount, at: node.place) }
            return node.element == "manualTask" ? .activity(node.name) : .silent
        case "xorLoop", "defLoop":
            guard children.count == 2 || children.count == 3 else { throw xml.error(wrongCount, at: node.place) }
            let loop = ProcessTree.node(.loop, [children[0]] + Self.ways(children[1]))
            return children.count == 3 && children[2] != .silent ? .node(.sequence, [loop, children[2]]) : loop
        default:
            guard let operation = Self.operation(node.element) else { throw xml.error(.unsupportedNode(node.element), at: node.place) }
            if children.isEmpty { throw xml.error(wrongCount, at: node.place) }
            return .node(operation, children)
        }
    }

    /// A choice on the way back is several ways back.
    private static func ways(_ tree: ProcessTree) -> [ProcessTree] {
        if case .node(.exclusive, let children) = tree, children.count > 1 { return children }
        return [tree]
    }

    private static func operation(_ element: String) -> ProcessTree.Operator? {
        switch element {
        case "sequence": .sequence
        case "xor", "def": .exclusive
        case "and": .parallel
        case "or": .inclusive
        case "interleaving", "interleaved": .interleaved
        default: nil
        }
    }
}
