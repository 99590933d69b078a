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
            text += "  a\(place) [label=\"\(DOTText.escaped(activity.name))\\n\(activity.count)\"];\n"
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
}

extension AbstractedGraph {
    /// What is shown of the graph in Graphviz's DOT language: see ``DirectlyFollowsGraph/dot()``.
    package func dot() -> String {
        let starts = Set(shownStarts)
        let ends = Set(shownEnds)
        return graph.dot(opens: starts.contains, closes: ends.contains)
    }
}
