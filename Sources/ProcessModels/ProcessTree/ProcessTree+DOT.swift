extension ProcessTree {
    /// The tree in Graphviz's DOT language, from top to bottom: operators as circles with their signs, activities as boxes, τ black;
    /// equal trees give equal texts.
    ///
    /// Names are text and nothing else.
    package func dot() -> String {
        var text = "digraph tree {\n"
        text += "  rankdir=TB;\n"
        text += "  ordering=out;\n"
        text += "  node [fontsize=12];\n"
        text += "  edge [arrowhead=none];\n"
        var count = 0
        append(&text, &count)
        return text + "}\n"
    }

    private func append(_ text: inout String, _ count: inout Int) {
        let own = count
        count += 1
        switch self {
        case .activity(let name): text += "  n\(own) [shape=box, label=\"\(DOTText.escaped(name))\"];\n"
        case .silent:
            text += "  n\(own) [shape=box, style=filled, fillcolor=black, fixedsize=true, width=0.2, height=0.2, label=\"\"];\n"
        case .node(let operation, let children):
            text += "  n\(own) [shape=circle, fixedsize=true, width=0.45, label=\"\(operation.symbol)\"];\n"
            for child in children {
                text += "  n\(own) -> n\(count);\n"
                child.append(&text, &count)
            }
        }
    }
}

extension ProcessTree.Operator {
    /// Its sign in the literature.
    package var symbol: String {
        switch self {
        case .sequence: "→"
        case .exclusive: "×"
        case .parallel: "∧"
        case .inclusive: "∨"
        case .interleaved: "↔"
        case .loop: "⟲"
        }
    }
}
