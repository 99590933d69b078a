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
