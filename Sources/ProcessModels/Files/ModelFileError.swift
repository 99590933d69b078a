/// Why a file is not the model, in PNML or PTML, that it should be.
package struct ModelFileError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// The text is in no encoding that is known or declared.
        case unknownEncoding
        /// The document is not well-formed; the words say why, in English.
        case malformed(String)
        /// The root element is another one than is due.
        case wrongRoot(expected: String, found: String)
        /// An element that must be there is not.
        case missingElement(String)
        /// An element without an attribute that it needs.
        case missingAttribute(element: String, attribute: String)
        /// An identifier that another element has.
        case duplicateID(String)
        /// A reference to something that is not there.
        case danglingReference(element: String, reference: String)
        /// References that lead around in a circle.
        case circularReference(String)
        /// An arc that does not lead from a place to a transition or from a transition to a place.
        case arcBetweenEqualKinds(source: String, target: String)
        /// An arc that is not a plain one, such as `inhibitor` or `reset`.
        case unsupportedArc(String)
        /// A net of a kind that is not read, such as one with coloured tokens.
        case unsupportedNet(String)
        /// A node of a kind that is not read.
        case unsupportedNode(String)
        /// No whole number from 0 (of arcs, from 1) to 1,000,000.
        case badNumber(String)
        /// Several nodes have this one as their child.
        case severalParents(String)
        /// A node that does not hang from the root.
        case notInTree(String)
        /// An operator with a number of children that it cannot have.
        case wrongChildCount(element: String, count: Int)
        /// Nodes nested deeper than ``ProcessTree/greatestDepth``.
        case tooDeep
        /// More than can be held.
        case tooLarge
    }

    /// What is wrong.
    package let problem: Problem
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int
}
