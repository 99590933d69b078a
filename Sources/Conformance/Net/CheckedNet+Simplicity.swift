import ProcessModels

extension CheckedNet {
    /// How few arcs the nodes of the net have: 1 ÷ (1 + max(0, mean degree − 2)), so that a net whose nodes have one arc in and one out on the
    /// mean has 1 (inverse arc degree; Vázquez-Barreiros, Mucientes, Lama: "ProDiGen", Information Sciences 294, 2015,
    /// doi:10.1016/j.ins.2014.09.057). Nil for a net without arcs.
    package var simplicity: Double? {
        let arcs = net.transitions.reduce(0) { $0 + $1.inputs.count + $1.outputs.count }
        let nodes = net.places.count + net.transitions.count
        if arcs == 0 { return nil }
        // Every arc has two ends.
        return 1 / (1 + max(0, 2 * Double(arcs) / Double(nodes) - 2))
    }
}
