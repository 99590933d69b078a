import ProcessModels

/// Reads the notation in which PM4Py writes trees; quotes within names are not doubled there.
struct TreeText {
    private var rest: Substring

    static func read(_ text: String) -> ProcessTree? {
        var reader = TreeText(rest: Substring(text))
        let tree = reader.tree()
        return reader.rest.isEmpty ? tree : nil
    }

    private mutating func tree() -> ProcessTree? {
        if take("tau") { return .silent }
        if take("'") {
            // A name ends at a quote that something of the notation follows.
            var name = ""
            while let letter = rest.popFirst() {
                if letter == "'" && (rest.isEmpty || rest.hasPrefix(", ") || rest.hasPrefix(" )")) { return .activity(name) }
                name.append(letter)
            }
            return nil
        }
        for operation in ProcessTree.Operator.allCases where take(operation.sign + "( ") {
            var children: [ProcessTree] = []
            repeat {
                guard let child = tree() else { return nil }
                children.append(child)
            } while take(", ")
            return take(" )") ? .node(operation, children) : nil
        }
        return nil
    }

    private mutating func take(_ text: String) -> Bool {
        if !rest.hasPrefix(text) { return false }
        rest.removeFirst(text.count)
        return true
    }
}

extension ProcessTree {
    /// One form for trees that differ in nesting, in the order of exclusive and parallel children, or in where τ stands.
    var canonical: ProcessTree {
        guard case .node(let operation, let children) = self else { return self }
        var parts = children.map(\.canonical)
        if operation == .loop && parts.count > 2 { parts = [parts[0], ProcessTree.node(.exclusive, Array(parts[1...])).canonical] }
        if operation == .loop && parts[1] == .silent, case .node(.exclusive, let inner) = parts[0], inner.contains(.silent) {
            // ↺(×(τ, a), τ) = ×(τ, ↺(a, τ))
            let others = inner.filter { $0 != .silent }
            return ProcessTree.node(
                .exclusive,
                [.silent, .node(.loop, [others.count == 1 ? others[0] : .node(.exclusive, others), .silent])]
            ).canonical
        }
        if operation == .loop && parts[1] == .silent, case .node(.loop, let inner) = parts[0], inner[1] == .silent { return parts[0] }
        if operation == .loop { return .node(.loop, parts) }
        parts = parts.flatMap { part -> [ProcessTree] in
            if case .node(operation, let inner) = part { return inner }
            return [part]
        }
        if operation == .exclusive {
            if parts.contains(.silent) {
                let others = parts.filter { $0 != .silent }
                parts = others.contains(where: \.canBeEmpty) ? others : [.silent] + others
            }
        } else {
            parts.removeAll { $0 == .silent }
        }
        if parts.isEmpty { return .silent }
        if parts.count == 1 { return parts[0] }
        if operation != .sequence { parts.sort { $0.description < $1.description } }
        return .node(operation, parts)
    }

    private var canBeEmpty: Bool {
        switch self {
        case .silent: true
        case .activity: false
        case .node(.exclusive, let children): children.contains(where: \.canBeEmpty)
        case .node(.loop, let children): children[0].canBeEmpty
        case .node(_, let children): children.allSatisfy(\.canBeEmpty)
        }
    }
}
