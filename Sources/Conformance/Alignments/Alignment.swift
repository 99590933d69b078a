/// How one trace and a net go together at the least cost: the activities of the trace, in order, and a run of the net, in order, move
/// by move (Adriansyah: "Aligning observed and modeled behavior", PhD thesis, TU Eindhoven, 2014, doi:10.6100/IR770080).
package struct Alignment: Sendable, Equatable {
    /// One step: of the trace, of the net, or of both.
    package struct Move: Sendable, Hashable {
        /// The activity number in ``CheckedNet/activities``; ``none`` for a silent transition.
        package var activity: UInt32
        /// The transition that fires; ``none`` where the net stands still.
        package var transition: UInt32
        /// Whether an instance of the trace is taken.
        package var takesInstance: Bool

        /// Stands for no activity and no transition.
        package static let none = UInt32.max

        /// What kind of move it is.
        package var kind: Kind {
            if transition == Self.none { return .inserted }
            if takesInstance { return .synchronous }
            return activity == Self.none ? .silent : .skipped
        }
    }

    /// Kinds of moves.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// The trace and the net do the same.
        case synchronous
        /// The net does something that is not recorded.
        case silent
        /// The trace has an activity that the net does not allow there (a move on log); costs 1.
        case inserted
        /// The net asks for an activity that the trace does not have there (a move on model); costs 1.
        case skipped
    }

    /// The moves, in order.
    package let moves: [Move]
    /// What these moves cost: one per inserted and per skipped activity.
    package let cost: Int
    /// What any alignment of this trace costs at least; equal to ``cost`` where this one is optimal.
    package let lowerBound: Int

    /// Whether it is proven that nothing costs less.
    package var isOptimal: Bool { lowerBound == cost }

    /// An alignment.
    ///
    /// - Parameter lowerBound: what is proven; nil where the moves are known to be optimal.
    init(moves: [Move], lowerBound: Int? = nil) {
        self.moves = moves
        cost = moves.count { $0.kind == .inserted || $0.kind == .skipped }
        self.lowerBound = lowerBound ?? cost
    }
}
