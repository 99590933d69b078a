extension DirectlyFollowsGraph {
    /// The graph in Graphviz's DOT language: activities and edges labelled with their counts, the start as a circle, the end as a
    /// double circle.
    ///
    /// Names from the log are text and nothing else: quotes and backslashes are escaped, `&` too (Graphviz resolves HTML
    /// entities in labels), and control and direction-changing characters are replaced by U+FFFD.
    package func dot() -> String {
        dot(opens: { _ in true }, closes: { _ in true })
    }

    /// The graph in DOT with the arrows from the start and to the end of these activities.
    fileprivate func dot(opens: (String) -> Bool, closes: (String) -> Bool) -> String {
        var number: [String: Int] = [:]
        for (place, activity) in activities.enumerated() { number[activity.name] = place }
        var text = "digraph process {\n"
        text += "  rankdir=TB;\n"
        text += "  node [shape=box, style=rounded];\n"
        text += "  start [shape=circle, label=\"\"];\n"
        text += "  end [shape=doublecircle, label=\"\"];\n"
        for (place, activity) in activities.enumerated() {
            text += "  a\(place) [label=\"\(Self.escaped(activity.name))\\n\(activity.count)\"];\n"
        }
        for (place, activity) in activities.enumerated() where activity.starts > 0 && opens(activity.name) {
            text += "  start -> a\(place) [label=\"\(activity.starts)\"];\n"
        }
        for edge in edges {
            guard let source = number[edge.source], let target = number[edge.target] else { continue }
            text += "  a\(source) -> a\(target) [label=\"\(edge.count)\"];\n"
        }
        for (place, activity) in activities.enumerated() where activity.ends > 0 && closes(activity.name) {
            text += "  a\(place) -> end [label=\"\(activity.ends)\"];\n"
        }
        return text + "}\n"
    }

    private static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x26: text += "&amp;"
            case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension AbstractedGraph {
    /// What is shown of the graph in Graphviz's DOT language: see ``DirectlyFollowsGraph/dot()``.
    package func dot() -> String {
        let starts = Set(shownStarts)
        let ends = Set(shownEnds)
        return graph.dot(opens: starts.contains, closes: ends.contains)
    }
}
