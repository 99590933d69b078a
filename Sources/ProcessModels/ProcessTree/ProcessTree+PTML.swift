extension ProcessTree {
    /// The tree as PTML, the form of ProM and PM4Py; equal trees give equal texts.
    ///
    /// A loop there has three children: the body, the way back and what comes behind. Several ways back stand in a choice, nothing
    /// comes behind.
    ///
    /// - Parameter name: what the tree is called.
    package func ptml(name: String = "") -> String {
        var writer = PTMLWriter()
        let root = writer.add(self)
        var xml = IndentedXML()
        xml.begin("ptml")
        xml.begin("processTree", ["id": "tree", "name": name, "root": root])
        for node in writer.nodes { xml.leaf(node.element, ["id": node.id, "name": node.name]) }
        for (place, edge) in writer.edges.enumerated() {
            xml.leaf("parentsNode", ["id": "edge\(place + 1)", "sourceId": edge.parent, "targetId": edge.child])
        }
        xml.end()
        xml.end()
        return xml.text
    }
}

private struct PTMLWriter {
    private(set) var nodes: [(element: String, id: String, name: String)] = []
    private(set) var edges: [(parent: String, child: String)] = []

    /// Adds a tree and gives back its root's identifier.
    mutating func add(_ tree: ProcessTree) -> String {
        switch tree {
        case .activity(let name): return add("manualTask", name, [])
        case .silent: return add("automaticTask", "", [])
        case .node(.loop, let children):
            let back = Array(children.dropFirst())
            return add("xorLoop", "", [children[0], back.count == 1 ? back[0] : .node(.exclusive, back), .silent])
        case .node(let operation, let children): return add(Self.element(operation), "", children)
        }
    }

    private mutating func add(_ element: String, _ name: String, _ children: [ProcessTree]) -> String {
        let id = "node\(nodes.count + 1)"
        nodes.append((element, id, name))
        for child in children {
            let place = edges.count
            edges.append((id, ""))
            edges[place].child = add(child)
        }
        return id
    }

    private static func element(_ operation: ProcessTree.Operator) -> String {
        switch operation {
        case .sequence: "sequence"
        case .exclusive: "xor"
        case .parallel: "and"
        case .inclusive: "or"
        case .interleaved: "interleaving"
        case .loop: "xorLoop"
        }
    }
}
