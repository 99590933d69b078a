package import EventLogs
package import ProcessModels

/// The split miner: a BPMN model that fits well and allows little else, also of noisy logs, and that can always be carried out to its
/// end.
///
/// ```swift
/// let model = SplitMiner().model(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
/// ```
///
/// Loops, concurrency and filtering are those of Augusto, Conforti, Dumas, La Rosa, Polyvyanyy: "Split miner: automated discovery of
/// accurate and simple business process models from event logs", Knowledge and Information Systems 59, 2019,
/// doi:10.1007/s10115-018-1214-x, sections 4.1 to 4.3. Gateways are found in another way (see ``FlowRegion``): what is concurrent is closed
/// into a block between a parallel split and a parallel join, and everything else is joined by exclusive gateways. So no inclusive join is
/// ever needed, and every model is sound, loops included, where the paper promises freedom from deadlocks; concurrency that cannot be
/// closed is drawn as ways to and fro.
package struct SplitMiner: Sendable {
    /// What it may be told.
    package struct Options: Sendable, Equatable {
        /// Two activities that follow each other both ways are concurrent where the difference is below this share of both, 0…1 (ε of the
        /// paper); else the rarer way is dropped.
        package var concurrency = 0.3
        /// The percentile, 0…1, of the strongest ways into and out of each activity from which a way is kept (η of the paper); the best paths
        /// from the start and to the end are always kept.
        package var filter = 0.4
        /// Repetitions of an activity and ways past a concurrent branch are drawn from this share of the activity's instances, or of the
        /// cases, 0…1.
        package var rare = 0.05

        /// The defaults.
        package init() {}
    }

    /// What it was told.
    package var options: Options

    /// A miner.
    package init(options: Options = Options()) {
        self.options = options
    }

    /// The model of a log, whose variants and counts are of the same activity instances.
    ///
    /// - Complexity: O(events of the variants · concurrent blocks + activities³).
    package func model(of variants: VariantIndex, counts: DirectlyFollowsCounts, name: String? = nil) -> BPMNModel {
        let relation = FollowsRelation(variants, counts, distances: false)
        let presence = BranchPresence(variants, relation.alphabet, activities: counts.names.count)
        let flow = FlowGraph(relation, options)
        let region = FlowRegion(flow) { branch, block in presence.share(without: branch, among: block) >= options.rare }
        return region.model(names: relation.alphabet.map { counts.names[$0] }, name: name)
    }
}

/// How many cases hold something of a set of activities.
struct BranchPresence {
    private let variants: VariantIndex
    private let letters: [Int]

    init(_ variants: VariantIndex, _ alphabet: [UInt32], activities: Int) {
        self.variants = variants
        var letters = [Int](repeating: -1, count: activities)
        for (letter, activity) in alphabet.enumerated() { letters[Int(activity)] = letter }
        self.letters = letters
    }

    /// Of the cases that hold something of a block, the share that holds nothing of a branch of it.
    func share(without branch: [Int], among block: [Int]) -> Double {
        var kind = [UInt8](repeating: 0, count: (letters.max() ?? -1) + 1)
        for letter in block { kind[letter] = 1 }
        for letter in branch { kind[letter] = 3 }
        var (with, without) = (0, 0)
        for rank in 0..<variants.count {
            var seen: UInt8 = 0
            for activity in variants.activities(ofRank: rank + 1) { seen |= kind[letters[Int(activity)]] }
            if seen == 3 { with += variants.counts[rank] }
            if seen == 1 { without += variants.counts[rank] }
        }
        return with + without == 0 ? 0 : Double(without) / Double(with + without)
    }
}
