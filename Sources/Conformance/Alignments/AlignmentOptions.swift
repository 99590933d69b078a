import Foundation

/// What aligning may be told.
package struct AlignmentOptions: Sendable, Equatable {
    /// How many threads share the work; the result does not depend on it. By default one per processor.
    package var threads = ProcessInfo.processInfo.activeProcessorCount
    /// How many markings a net may have for its whole state space to be used; by default 20,000. Larger nets are searched.
    package var stateLimit = 20_000
    /// How many states a search may take up per variant before it gives bounds in place of the optimum; by default 50,000. The same again
    /// may go into finding some alignment then.
    package var searchLimit = 50_000

    /// The default options.
    package init() {}
}
