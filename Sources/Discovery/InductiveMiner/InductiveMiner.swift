package import EventLogs
package import ProcessModels

/// The inductive miner: a process tree found by splitting the log again and again.
///
/// ```swift
/// let tree = InductiveMiner(noise: 0.2).tree(of: VariantIndex(of: log), names: log.activities)
/// ```
///
/// With noise 0 it is IM, and the tree accepts every trace of the log (Leemans, Fahland, van der Aalst: "Discovering block-structured
/// process models from event logs – a constructive approach", LNCS 7927, 2013, doi:10.1007/978-3-642-38697-8_17). With noise above 0
/// it is IMf, which looks away from what is rare wherever there is no clean split (the same authors: "… containing infrequent
/// behaviour", LNBIP 171, 2014, doi:10.1007/978-3-319-06257-0_6). Strict sequence cuts and the order of the fall-throughs are those of
/// Leemans: "Robust process mining with guarantees", LNBIP 440, 2022, chapter 6. Where several letters or parts would do, the first by
/// the UTF-8 bytes of the names is taken, so that equal logs give equal trees.
///
/// It works on the different traces and their counts, never on cases; the tree comes reduced (``ProcessTree/reduced()``).
package struct InductiveMiner: Sendable {
    /// The share of the most frequent way on below which a step is looked away from where there is no clean split, 0…1; 0: none is.
    package var noise: Double

    /// A miner.
    ///
    /// - Precondition: the noise lies in 0…1.
    package init(noise: Double = 0.2) {
        precondition((0...1).contains(noise), "noise lies between 0 and 1")
        self.noise = noise
    }

    /// So many activities are split; of more there is the tree of all traces over them.
    static let mostActivities = 2_000

    /// The tree of a log's variants. Of more than 2,000 activities that is the one that allows anything.
    ///
    /// - Complexity: O(depth · (events of the variants + activities³)); memory for activities² counts.
    package func tree(of variants: VariantIndex, names: Vocabulary) -> ProcessTree {
        let texts = names.strings
        return tree(of: TraceBag(variants, names: names), texts).reduced()
    }

    private func tree(of bag: TraceBag, _ names: [String]) -> ProcessTree {
        let total = bag.total
        if total == 0 || bag.alphabet.isEmpty { return .silent }
        if bag.empties > 0 {
            var rest = bag
            rest.empties = 0
            let tree = tree(of: rest, names)
            return isKept(empties: bag.empties, of: total) ? .node(.exclusive, [.silent, tree]) : tree
        }
        if bag.alphabet.count == 1 {
            var repetitions = 0
            bag.forEach { trace, count in repetitions += (trace.count - 1) * count }
            if isOnceEach(repetitions: repetitions, of: total) { return .activity(names[Int(bag.alphabet[0])]) }
        }
        if bag.alphabet.count > Self.mostActivities { return flower(bag.alphabet.map { names[Int($0)] }) }
        let matrix = FollowsMatrix(of: bag)
        if let cut = cut(matrix) { return .node(cut.operation, bag.split(by: cut).map { tree(of: $0, names) }) }
        switch FallThrough(of: bag, matrix, cut: cut) {
        case .beside(let letter):
            return .node(.parallel, [tree(of: bag.only(letter), names), tree(of: bag.without(letter), names)])
        case .repetition(let pieces):
            return .node(.loop, [tree(of: pieces, names), .silent])
        case .flower:
            return flower(bag.alphabet.map { names[Int($0)] })
        }
    }

    /// The clean cut, else the one without what is rare.
    func cut(_ matrix: FollowsMatrix) -> Cut? {
        if let cut = matrix.cut() { return cut }
        return noise > 0 ? matrix.filtered(below: noise).cut() : nil
    }

    /// The tree of all traces over these activities but the empty one.
    func flower(_ names: [String]) -> ProcessTree {
        .node(.loop, [.node(.exclusive, names.map { .activity($0) }), .silent])
    }

    /// Whether so many empty traces beside others are more than noise.
    func isKept(empties: Int, of others: Int) -> Bool {
        noise == 0 || Double(empties) > noise * Double(others)
    }

    /// Whether the only letter comes once a trace, but for noise: the step from it to itself is rare beside the ends of traces, as any other
    /// step would have to be. (LNBIP 171, section 3.2, estimates the chance that a trace stops after one more event and asks whether it is
    /// within `noise` of ½; with noise 0.2 that takes up to 2.3 events a trace for one.)
    func isOnceEach(repetitions: Int, of traces: Int) -> Bool {
        Double(repetitions) <= noise * Double(traces)
    }
}
