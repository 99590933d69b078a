package import EventLogs
package import ProcessModels

/// The optimal alignments of a log's variants with a net.
///
/// ```swift
/// let alignments = try Alignments(of: log, on: net)
/// alignments.fitness.log  // 1 where every case is a run of the net
/// ```
///
/// Inserted and skipped activities cost 1 each, everything else nothing. Nets with few markings are aligned over their whole state space
/// (``AlignmentTable``), others by A* with the marking equation as its estimate (``AlignmentSearch``); both give optimal costs. A search that
/// its limit stops gives the best alignment it found and what is proven to be the least.
package struct Alignments: Sendable {
    /// The net, with its activity numbers.
    package let net: CheckedNet
    /// The variants of the log.
    package let variants: VariantIndex
    /// The alignment of each variant, by rank − 1.
    package let alignments: [Alignment]
    /// The fewest activities on a way through the net: what it costs to skip everything.
    package let shortestRun: Int
    /// How well log and net go together.
    package let fitness: FitnessShares
    /// How many variants have bounds in place of a proven optimum.
    package let unproven: Int

    /// The alignments of a log.
    ///
    /// - Throws: ``CheckedNetError`` where the net cannot be compared with a log; `CancellationError` where the monitor stops the work.
    package init(
        of log: EventLog, on net: PetriNet, options: AlignmentOptions = AlignmentOptions(), monitor: some WorkMonitor = SilentMonitor()
    ) throws {
        try self.init(VariantIndex(of: log), on: CheckedNet(net, for: log), options: options, monitor: monitor)
    }

    /// The alignments of variants with a net that was made ready for their log.
    ///
    /// - Throws: ``CheckedNetError`` where no run of the net ends; `CancellationError` where the monitor stops the work.
    package init(
        _ variants: VariantIndex, on net: CheckedNet, options: AlignmentOptions = AlignmentOptions(),
        monitor: some WorkMonitor = SilentMonitor()
    ) throws {
        let aligner = try Aligner(net, options)
        let order = Self.sorted(variants)
        let pieces = order.isEmpty ? 0 : min(order.count, max(1, options.threads) * 4)
        let made = Parallel.map(pieces, threads: options.threads) { piece in
            let ranks = order[order.count * piece / pieces..<order.count * (piece + 1) / pieces]
            return aligner.align(ranks.map { variants.activities(ofRank: $0) }) { (try? monitor.checkCancellation()) == nil }
        }
        try monitor.checkCancellation()
        var alignments = [Alignment?](repeating: nil, count: order.count)
        for (rank, alignment) in zip(order, made.joined()) { alignments[rank - 1] = alignment }
        let all = alignments.compactMap { $0 }
        self.net = net
        self.variants = variants
        self.alignments = all
        shortestRun = aligner.shortestRun.cost
        unproven = all.count { !$0.isOptimal }
        fitness = FitnessShares(alignments: all, variants, shortestRun: shortestRun)
    }

    /// The ranks in order of the activity numbers, so that variants which begin alike stand together.
    private static func sorted(_ variants: VariantIndex) -> [Int] {
        guard variants.count > 0 else { return [] }
        return (1...variants.count).sorted { variants.activities(ofRank: $0).lexicographicallyPrecedes(variants.activities(ofRank: $1)) }
    }

    /// The alignment of the case at a position of the log.
    package func alignment(ofCase position: Int) -> Alignment {
        alignments[Int(variants.rank[position]) - 1]
    }

    /// The fitness of a variant: 1 − cost ÷ (its length + the shortest run); 1 where both are empty.
    package func fitness(ofRank rank: Int) -> Double {
        Self.fitness(alignments[rank - 1].cost, variants.activities(ofRank: rank).count + shortestRun)
    }

    /// The share of the worst cost that is not needed.
    static func fitness(_ cost: Int, _ worst: Int) -> Double {
        worst == 0 ? 1 : 1 - Double(cost) / Double(worst)
    }

    /// What all cases cost together.
    package var totalCost: Int {
        zip(alignments, variants.counts).reduce(0) { $0 + $1.0.cost * $1.1 }
    }
}
