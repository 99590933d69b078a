/// Why a net cannot be compared with a log.
package struct CheckedNetError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Code: Sendable {
        /// No final marking is named, and several places (or none) have no arc out of them: no case could ever be complete.
        case noFinalMarking
        /// An arc or a marking counts more than 65,535 tokens, or fewer than none.
        case tooManyTokens
        /// No run of the net ends in a final marking.
        case finalMarkingNotReached
        /// No run that ends was found before the search was stopped at its limit.
        case searchLimitReached
    }

    /// What is wrong.
    package let code: Code
    /// The identifier of the place or transition; nil where it is the whole net.
    package let node: String?

    /// This error.
    package init(_ code: Code, node: String? = nil) {
        self.code = code
        self.node = node
    }
}
