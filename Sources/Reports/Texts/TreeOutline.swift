package import ProcessModels

/// A process tree as lines for eyes: a node a line, children indented under their operator.
///
/// ```
/// in this order
/// ├ Create Order
/// └ one of these
///   ├ Approve
///   └ Reject
/// ```
package struct TreeOutline {
    /// The lines, from the root down.
    package let lines: [String]

    /// The outline of a tree.
    package init(_ tree: ProcessTree, _ language: Language) {
        var lines: [String] = []
        Self.add(tree, "", "", language, &lines)
        self.lines = lines
    }

    private static func add(_ tree: ProcessTree, _ lead: String, _ rest: String, _ language: Language, _ lines: inout [String]) {
        switch tree {
        case .activity(let name): lines.append(lead + InertText.line(name))
        case .silent: lines.append(lead + language("(nothing)", "（跳过）"))
        case .node(let operation, let children):
            lines.append(lead + name(operation, language))
            for (place, child) in children.enumerated() {
                let isLast = place == children.count - 1
                let mark = operation == .loop && place > 0 ? language("again by: ", "重复经由：") : ""
                add(child, rest + (isLast ? "└ " : "├ ") + mark, rest + (isLast ? "  " : "│ "), language, &lines)
            }
        }
    }

    private static func name(_ operation: ProcessTree.Operator, _ language: Language) -> String {
        switch operation {
        case .sequence: language("in this order", "依次")
        case .exclusive: language("one of these", "择一")
        case .parallel: language("all of these, in any order", "并行")
        case .inclusive: language("one or more of these", "择一或多")
        case .interleaved: language("all of these, one after the other in any order", "逐个进行，次序不限")
        case .loop: language("once or again", "循环")
        }
    }
}
