/// Aligns traces with a net, by its whole state space where that is small enough, else by search.
struct Aligner: Sendable {
    private let net: CheckedNet
    private let table: AlignmentTable?
    private let searchLimit: Int
    /// The alignment of the empty trace: the fewest activities on a way through the net.
    let shortestRun: Alignment

    /// Rows of a table take no more numbers than this per thread (128 MB); longer traces are searched for.
    private static let mostCells = 1 << 24

    /// An aligner for a net.
    ///
    /// - Throws: ``CheckedNetError`` where no run of the net ends, or none was found within the limit.
    init(_ net: CheckedNet, _ options: AlignmentOptions) throws(CheckedNetError) {
        self.net = net
        searchLimit = max(2, options.searchLimit)
        if let space = StateSpace(net, limit: options.stateLimit) {
            guard let table = AlignmentTable(net, space) else { throw CheckedNetError(.finalMarkingNotReached) }
            self.table = table
            var rows = table.rows(longest: 0)
            shortestRun = table.align([], &rows)
            return
        }
        table = nil
        var search = AlignmentSearch(net, limit: searchLimit)
        switch search.align([]) {
        case .found(let alignment): shortestRun = alignment
        case .stopped: throw CheckedNetError(.searchLimitReached)
        case .impossible: throw CheckedNetError(.finalMarkingNotReached)
        }
    }

    /// The alignments of traces, which share most work where those that begin alike stand together; fewer where the work is to stop.
    func align(_ traces: [ArraySlice<UInt32>], isStopped: () -> Bool) -> [Alignment] {
        guard let table else {
            var search = AlignmentSearch(net, limit: searchLimit)
            var found: [Alignment] = []
            for trace in traces where !isStopped() { found.append(searched(trace, &search)) }
            return found
        }
        let longest = traces.reduce(0) { max($0, fits($1, table) ? $1.count : 0) }
        var rows = table.rows(longest: longest)
        var search = AlignmentSearch(net, limit: searchLimit)
        var found: [Alignment] = []
        for trace in traces where !isStopped() {
            found.append(fits(trace, table) ? table.align(trace, &rows) : searched(trace, &search))
        }
        return found
    }

    private func fits(_ trace: ArraySlice<UInt32>, _ table: AlignmentTable) -> Bool {
        (trace.count + 1) * table.count <= Self.mostCells
    }

    private func searched(_ trace: ArraySlice<UInt32>, _ search: inout AlignmentSearch) -> Alignment {
        switch search.align(Array(trace)) {
        case .found(let alignment): alignment
        case .stopped(let lowerBound): worst(trace, lowerBound)
        case .impossible: worst(trace, 0)
        }
    }

    /// The trace inserted as a whole and the shortest run skipped: an alignment that there always is.
    private func worst(_ trace: ArraySlice<UInt32>, _ lowerBound: Int) -> Alignment {
        let inserted = trace.map { Alignment.Move(activity: $0, transition: Alignment.Move.none, takesInstance: true) }
        return Alignment(moves: inserted + shortestRun.moves, lowerBound: min(lowerBound, inserted.count + shortestRun.cost))
    }
}
