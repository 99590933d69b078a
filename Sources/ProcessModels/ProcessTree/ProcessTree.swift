/// A process tree: activities joined by operators, one block inside the other (Leemans: "Robust process mining with guarantees",
/// LNBIP 440, 2022, section 2.4; the same operators as in PTML).
///
/// Every tree is sound by its make: whatever is begun can be finished.
package indirect enum ProcessTree: Sendable, Hashable {
    /// How the children of a node go together.
    package enum Operator: String, Sendable, Hashable, CaseIterable {
        /// One after the other, in order.
        case sequence
        /// Just one of them.
        case exclusive
        /// All of them, their steps mixed in any order.
        case parallel
        /// One or more of them, their steps mixed in any order.
        case inclusive
        /// All of them in any order, but one is finished before the next begins.
        case interleaved
        /// The first child, then any number of times one of the others and the first again.
        case loop
    }

    /// An activity by its name.
    case activity(String)
    /// Nothing is recorded (τ).
    case silent
    /// Children under an operator. A loop has two or more, every other operator one or more.
    case node(Operator, [ProcessTree])

    /// The children; empty for a leaf.
    package var children: [ProcessTree] {
        if case .node(_, let children) = self { return children }
        return []
    }

    /// The names of its activities, from left to right, with repetitions.
    package var activities: [String] {
        switch self {
        case .activity(let name): [name]
        case .silent: []
        case .node(_, let children): children.flatMap(\.activities)
        }
    }

    /// How many nodes it has, leaves included.
    package var size: Int { children.reduce(1) { $0 + $1.size } }
}

extension ProcessTree: CustomStringConvertible {
    /// The tree in the notation of the field: `->( 'a', X( 'b', tau ), *( 'c', 'd' ) )`, quotes doubled within names.
    package var description: String {
        switch self {
        case .activity(let name): "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        case .silent: "tau"
        case .node(let operation, let children):
            operation.sign + "( " + children.map(\.description).joined(separator: ", ") + " )"
        }
    }
}

extension ProcessTree.Operator {
    /// Its sign in the notation of the field.
    package var sign: String {
        switch self {
        case .sequence: "->"
        case .exclusive: "X"
        case .parallel: "+"
        case .inclusive: "O"
        case .interleaved: "<>"
        case .loop: "*"
        }
    }
}
