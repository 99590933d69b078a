package import EventLogs
package import ProcessModels

/// The heuristics miner: which activity depends on which, judged by how often one follows the other and how seldom the reverse, so
/// that rare behaviour does not blur the picture.
///
/// ```swift
/// let net = HeuristicsMiner().causalNet(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
/// ```
///
/// The dependencies are those of Weijters, Ribeiro: "Flexible heuristics miner (FHM)", CIDM 2011, doi:10.1109/CIDM.2011.5949453, section
/// III; what goes together and what excludes each other is told by the and-measure of Weijters, van der Aalst, Alves de Medeiros:
/// "Process mining with the HeuristicsMiner algorithm", BETA working paper 166, 2006, section 3.3.
package struct HeuristicsMiner: Sendable {
    /// What it may be told.
    package struct Options: Sendable, Equatable {
        /// A dependency counts from here, 0…1.
        package var dependency = 0.9
        /// An activity that follows itself counts as a loop from here, 0…1.
        package var selfLoop = 0.9
        /// Two activities that follow each other to and fro count as a loop from here, 0…1.
        package var shortLoop = 0.9
        /// A dependency over a distance counts from here, 0…1; nil: such are not looked for.
        package var longDistance: Double? = 0.9
        /// A dependency that is weaker by less than this than the strongest of its activity counts as well, 0…1.
        package var relativeToBest = 0.05
        /// Whether every activity keeps its strongest dependency either way, however weak, so that all are connected.
        package var connectsAll = true
        /// Two ways into or out of an activity go together from here, 0…1; below they exclude each other.
        package var together = 0.65

        /// The defaults.
        package init() {}
    }

    /// What it was told.
    package var options: Options

    /// A miner.
    package init(options: Options = Options()) {
        self.options = options
    }

    /// The causal net of a log, whose variants and counts are of the same activity instances. Of more than 2,000 activities the most frequent
    /// ones are in it.
    ///
    /// - Complexity: O(events of the variants + activities³ / 64), with long distances O(events of the variants · activities) at worst.
    package func causalNet(of variants: VariantIndex, counts: DirectlyFollowsCounts) -> CausalNet {
        let relation = FollowsRelation(variants, counts, distances: options.longDistance != nil)
        return net(relation, DependencyGraph(relation, options), counts)
    }

    private func net(_ relation: FollowsRelation, _ graph: DependencyGraph, _ counts: DirectlyFollowsCounts) -> CausalNet {
        let names = relation.alphabet.map { counts.names[$0] }
        let (start, end) = (relation.start, relation.end)
        var activities: [(letter: Int, activity: CausalNet.Activity)] = []
        for letter in names.indices {
            func isFar(_ source: Int, _ target: Int) -> Bool { graph[source, target]?.kind == .longDistance }
            let sources = graph.sources(of: letter).filter { $0 != start }
            let targets = graph.targets(of: letter).filter { $0 != end }
            // What is far off is needed beside what is near.
            let inputs =
                grouped(sources.filter { !isFar($0, letter) }, relation) { relation[$0, letter] }
                + sources.filter { isFar($0, letter) }.map { [$0] }
            let outputs =
                grouped(targets.filter { !isFar(letter, $0) }, relation) { relation[letter, $0] }
                + targets.filter { isFar(letter, $0) }.map { [$0] }
            activities.append(
                (
                    letter,
                    CausalNet.Activity(
                        name: names[letter], count: counts.activityCounts[Int(relation.alphabet[letter])],
                        starts: graph[start, letter] != nil ? relation[start, letter] : 0,
                        ends: graph[letter, end] != nil ? relation[letter, end] : 0,
                        inputs: inputs.map { $0.map { names[$0] } }, outputs: outputs.map { $0.map { names[$0] } })
                ))
        }
        activities.sort { ($1.activity.count, $0.letter) < ($0.activity.count, $1.letter) }
        var dependencies: [CausalNet.Dependency] = []
        for source in names.indices {
            for target in names.indices {
                guard let (kind, value) = graph[source, target] else { continue }
                dependencies.append(
                    CausalNet.Dependency(
                        source: names[source], target: names[target],
                        count: kind == .longDistance ? relation.distant(source, target) : relation[source, target],
                        dependency: value, kind: kind))
            }
        }
        return CausalNet(activities: activities.map(\.activity), dependencies: dependencies)
    }

    /// Ways into or out of an activity in groups: of each group one is taken. A way joins the first group none of whose members goes
    /// together with it.
    private func grouped(_ letters: [Int], _ relation: FollowsRelation, _ count: (Int) -> Int) -> [[Int]] {
        var groups: [[Int]] = []
        for letter in letters {
            let place = groups.firstIndex { $0.allSatisfy { !goTogether(letter, $0, relation, count) } }
            if let place { groups[place].append(letter) } else { groups.append([letter]) }
        }
        return groups
    }

    /// Whether two ways into or out of an activity go together: how often one follows the other, whichever first, against how often they are
    /// the way.
    func goTogether(_ one: Int, _ other: Int, _ relation: FollowsRelation, _ count: (Int) -> Int) -> Bool {
        if one == other { return false }
        let both = Double(relation[one, other] + relation[other, one])
        return both / Double(count(one) + count(other) + 1) >= options.together
    }
}
