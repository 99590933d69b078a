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
/// doi:10.1007/s10115-018-1214-x, sections 4.1 to 4.3, with a guard against noise. Gateways are found in another way (see ``FlowRegion``): what is concurrent is closed
/// into a block between a parallel split and a parallel join, and everything else is joined by exclusive gateways. So no inclusive join is
/// ever needed, and every model is sound, loops included, where the paper promises freedom from deadlocks; concurrency that cannot be
/// closed is drawn as ways to and fro.
package struct SplitMiner: Sendable {
    /// What it may be told.
    package struct Options: Sendable, Equatable {
        /// Two activities that follow each other both ways are concurrent where the difference is below this share of both, 0…1 (ε of the
        /// paper); else the rarer way is dropped.
        package var concurrency = 0.6
        /// A way that is rarer than this share of the strongest ways from its source and to its target, 0…1, says nothing of concurrency.
        package var noise = 0.2
        /// The percentile, 0…1, of the strongest ways into and out of each activity from which a way is kept (η of the paper); the best paths
        /// from the start and to the end are always kept.
        package var filter = 0.2
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

    /// The model of a log, whose variants and counts are of the same activity instances. Of more than 2,000 activities the most frequent ones
    /// are in it.
    ///
    /// - Complexity: O(events of the variants · concurrent blocks + activities³).
    package func model(of variants: VariantIndex, counts: DirectlyFollowsCounts, name: String? = nil) -> BPMNModel {
        let relation = FollowsRelation(variants, counts, distances: false)
        let presence = BranchPresence(variants, relation.alphabet, activities: counts.names.count)
        let flow = FlowGraph(relation, options)
        let region = FlowRegion(flow, presence, rare: options.rare)
        return region.model(names: relation.alphabet.map { counts.names[$0] }, name: name)
    }
}
