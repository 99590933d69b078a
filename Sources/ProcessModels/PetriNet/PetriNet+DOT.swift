extension PetriNet {
    /// The net in Graphviz's DOT language, from left to right: places as circles with their first tokens, doubled where a case may end,
    /// transitions as boxes with their activities, silent ones black; equal nets give equal texts.
    ///
    /// Names are text and nothing else.
    package func dot() -> String {
        var text = "digraph net {\n"
        text += "  rankdir=LR;\n"
        text += "  node [fontsize=12];\n"
        for place in places.indices {
            let isFinal = final.contains { $0[place] > 0 }
            let tokens = initial[place]
            let label = tokens == 0 ? "" : tokens == 1 ? "●" : "\(tokens)"
            let shape = isFinal ? "doublecircle" : "circle"
            text += "  p\(place) [shape=\(shape), fixedsize=true, width=0.4, label=\"\(label)\"];\n"
        }
        for (number, transition) in transitions.enumerated() {
            if let label = transition.label {
                text += "  t\(number) [shape=box, label=\"\(DOTText.escaped(label))\"];\n"
            } else {
                text += "  t\(number) [shape=box, style=filled, fillcolor=black, fixedsize=true, width=0.15, height=0.4, label=\"\"];\n"
            }
        }
        for (number, transition) in transitions.enumerated() {
            for arc in transition.inputs { text += "  p\(arc.place) -> t\(number)\(Self.weight(arc));\n" }
            for arc in transition.outputs { text += "  t\(number) -> p\(arc.place)\(Self.weight(arc));\n" }
        }
        return text + "}\n"
    }

    private static func weight(_ arc: Arc) -> String {
        arc.weight == 1 ? "" : " [label=\"\(arc.weight)\"]"
    }
}
