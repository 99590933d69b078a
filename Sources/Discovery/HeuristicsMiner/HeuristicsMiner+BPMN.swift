package import EventLogs
package import ProcessModels

extension HeuristicsMiner {
    /// The causal net of a log as a BPMN model, which is always sound (see ``SplitMiner``): its near dependencies are the flows, and ways that
    /// go together are concurrent. Dependencies over a distance are no flows and are not drawn.
    ///
    /// - Complexity: as ``causalNet(of:counts:)``, and O(events of the variants) for each concurrent block.
    package func model(of variants: VariantIndex, counts: DirectlyFollowsCounts, name: String? = nil) -> BPMNModel {
        let relation = FollowsRelation(variants, counts, distances: options.longDistance != nil)
        let dependencies = DependencyGraph(relation, options)
        let size = relation.alphabet.count
        func isNear(_ one: Int, _ other: Int) -> Bool { dependencies[one, other].map { $0.kind != .longDistance } ?? false }
        var ways = [Int](repeating: 0, count: size * size)
        var original = ways
        for one in 0..<size {
            for other in 0..<size where one != other {
                original[one * size + other] = relation[one, other]
                if isNear(one, other) { ways[one * size + other] = max(1, relation[one, other]) }
            }
        }
        var flow = FlowGraph(
            size: size, ways: ways,
            starts: (0..<size).map { dependencies[relation.start, $0] != nil ? relation[relation.start, $0] : 0 },
            ends: (0..<size).map { dependencies[$0, relation.end] != nil ? relation[$0, relation.end] : 0 },
            repeats: (0..<size).map { isNear($0, $0) }, original: original)
        func pairs(_ letters: [Int]) -> [(Int, Int)] {
            letters.flatMap { one in letters.filter { $0 > one }.map { (one, $0) } }
        }
        for letter in 0..<size {
            let sources = (0..<size).filter { $0 != letter && isNear($0, letter) }
            let targets = (0..<size).filter { $0 != letter && isNear(letter, $0) }
            for (one, other) in pairs(targets) where goTogether(one, other, relation, { relation[letter, $0] }) {
                flow.makeConcurrent(one, other)
            }
            for (one, other) in pairs(sources) where goTogether(one, other, relation, { relation[$0, letter] }) {
                flow.makeConcurrent(one, other)
            }
        }
        flow.reconnect()
        let presence = BranchPresence(variants, relation.alphabet, activities: counts.names.count)
        let region = FlowRegion(flow, presence, rare: SplitMiner.Options().rare)
        return region.model(names: relation.alphabet.map { counts.names[$0] }, name: name)
    }
}
