/// Why a model cannot be said in another form.
package struct ModelConversionError: Error, Equatable, Sendable {
    /// What is in the way.
    package enum Problem: String, Sendable, Equatable, CaseIterable {
        /// The net is not made of blocks, one inside the other; the nodes are the transitions that are left.
        case notBlockStructured
        /// The net is not one that begins with one token on one place and ends with one token on another.
        case notFromSourceToSink
        /// Arcs move several tokens at once.
        case weights
        /// Transitions that share a place need others that they do not share, so that the choice is not free.
        case notFreeChoice
        /// Blocks in any order, one after the other, of more than three parts.
        case tooManyOrders
        /// The process has no nodes.
        case empty
        /// An element that has no counterpart.
        case unsupportedElement
        /// An inclusive gateway that waits for what the whole process may send, where that is in too many states.
        case unpairedInclusiveGateway
        /// More alternatives than can be written out.
        case tooManyAlternatives
        /// A nested process whose ends do not come one at a time.
        case severalEnds
        /// An event that ends the process while work may be going on elsewhere, in too many states.
        case terminatesOthers
        /// An event that ends a nested process from its border.
        case interruptsNested
    }

    /// What is in the way.
    package let problem: Problem
    /// The identifiers of the nodes that it is about, in the order of the model; empty where it is about the whole.
    package let nodes: [String]

    init(_ problem: Problem, _ nodes: [String] = []) {
        self.problem = problem
        self.nodes = nodes
    }
}
