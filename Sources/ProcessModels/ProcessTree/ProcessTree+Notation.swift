/// Why a text is no process tree.
package struct ProcessTreeNotationError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// A tree was due: an operator, a name in single quotes or `tau`.
        case expectedTree
        /// This sign was due.
        case expected(Character)
        /// A name whose closing quote is missing.
        case unclosedName
        /// An operator with too few children: a loop needs two.
        case tooFewChildren(ProcessTree.Operator)
        /// Something stands behind the tree.
        case trailingText
        /// Operators nested deeper than ``ProcessTree/greatestDepth``.
        case tooDeep
    }

    /// What is wrong.
    package let problem: Problem
    /// The place, in characters from 1.
    package let column: Int
}

extension ProcessTree {
    /// Trees that are read may be nested this deep.
    package static let greatestDepth = 500

    /// The tree that a text says, in the notation of ``description``; the signs of the literature (`→ × ∧ ∨ ↔ ⟲ τ`) are read as well.
    ///
    /// ```swift
    /// let tree = try ProcessTree(notation: "->( 'a', X( 'b', tau ) )")
    /// ```
    ///
    /// - Throws: ``ProcessTreeNotationError`` with the place of what is wrong.
    package init(notation: String) throws(ProcessTreeNotationError) {
        var parser = NotationParser(text: Array(notation))
        self = try parser.tree(depth: 1)
        try parser.finish()
    }
}

private struct NotationParser {
    let text: [Character]
    var place = 0

    private static let signs: [(String, ProcessTree.Operator)] =
        ProcessTree.Operator.allCases.map { ($0.sign, $0) } + [
            ("→", .sequence), ("×", .exclusive), ("∧", .parallel), ("∨", .inclusive), ("↔", .interleaved), ("⟲", .loop),
        ]

    mutating func tree(depth: Int) throws(ProcessTreeNotationError) -> ProcessTree {
        skipSpace()
        if depth > ProcessTree.greatestDepth { throw error(.tooDeep) }
        if take("'") { return .activity(try name()) }
        if take("tau") || take("τ") { return .silent }
        let start = place
        for (sign, operation) in Self.signs where take(sign) {
            skipSpace()
            if !take("(") { throw error(.expected("(")) }
            var children = [try tree(depth: depth + 1)]
            skipSpace()
            while take(",") {
                children.append(try tree(depth: depth + 1))
                skipSpace()
            }
            if !take(")") { throw error(.expected(")")) }
            if operation == .loop && children.count < 2 { throw error(.tooFewChildren(operation), at: start) }
            return .node(operation, children)
        }
        throw error(.expectedTree)
    }

    mutating func finish() throws(ProcessTreeNotationError) {
        skipSpace()
        if place < text.count { throw error(.trailingText) }
    }

    private mutating func name() throws(ProcessTreeNotationError) -> String {
        let start = place - 1
        var name = ""
        while place < text.count {
            let character = text[place]
            place += 1
            if character == "'" && !take("'") { return name }
            name.append(character)
        }
        throw error(.unclosedName, at: start)
    }

    private mutating func skipSpace() {
        while place < text.count, text[place].isWhitespace { place += 1 }
    }

    private mutating func take(_ sign: String) -> Bool {
        guard text[place...].starts(with: sign) else { return false }
        place += sign.count
        return true
    }

    private func error(_ problem: ProcessTreeNotationError.Problem, at place: Int? = nil) -> ProcessTreeNotationError {
        ProcessTreeNotationError(problem: problem, column: (place ?? self.place) + 1)
    }
}
