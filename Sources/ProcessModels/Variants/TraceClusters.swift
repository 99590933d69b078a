package import EventLogs
import Statistics

/// How the variants of a log are grouped.
package struct TraceClusterOptions: Sendable, Equatable {
    /// How many groups; nil for the number of two to ``mostGroups`` with the greatest mean silhouette.
    package var groups: Int?
    /// The most groups that are tried.
    package var mostGroups = 8
    /// The least mean silhouette of groups that are no matter of chance (Kaufman, Rousseeuw 1990); below, there is one group. Not asked where the
    /// number is given.
    package var leastSilhouette = 0.25
    /// The most variants that make the groups, the most frequent; the others join the nearest middle.
    package var mostVariants = 500

    /// The defaults.
    package init() {}
}

/// Groups of cases that go alike: variants around one of them, by the edits between their sequences.
///
/// k-medoids over the normalised edit distance, each variant weighing its cases. What it is not: groups by attributes or times, which
/// profiles of drivers hold (``TraceClusters`` sees the order of activities alone).
package struct TraceClusters: Codable, Sendable, Equatable {
    /// One group.
    package struct Group: Codable, Sendable, Equatable {
        /// Its cases.
        package var cases: Int
        /// Their share of all cases, 0…1.
        package var share: Double
        /// Its variants.
        package var variants: Int
        /// The variant in its middle.
        package var medoid: [String]
        /// The cases of that variant.
        package var medoidCases: Int
        /// The mean silhouette of its variants, −1…1; nil where there is one group.
        package var silhouette: Double?
        /// The mean normalised distance of its cases to the middle, 0…1.
        package var meanDistance: Double
    }

    /// The groups, the largest first.
    package var groups: [Group]
    /// The mean silhouette of the variants that made the groups, −1…1; nil where there is one group.
    package var silhouette: Double?
    /// How many variants made the groups; the others joined them.
    package var grouped: Int

    /// Per case position: its group, from 0.
    package private(set) var members: [Int] = []

    private enum CodingKeys: String, CodingKey {
        case groups, silhouette, grouped
    }

    /// The groups of a log's cases; nil where it has none.
    package init?(of log: EventLog, options: TraceClusterOptions = TraceClusterOptions()) {
        self.init(of: log, variants: VariantIndex(of: log), options: options)
    }

    /// The groups of the cases of a log whose variants are known; nil where there are none.
    ///
    /// - Complexity: O(grouped² · length²) for the distances, then O(grouped²) for each round of exchanges.
    package init?(of log: EventLog, variants: VariantIndex, options: TraceClusterOptions = TraceClusterOptions()) {
        let size = min(options.mostVariants, variants.count)
        guard size > 0 else { return nil }
        var row: [Int32] = []
        var distances = [Float](repeating: 0, count: size * size)
        for one in 0..<size {
            for other in 0..<one {
                let distance = TraceDistance.normalized(
                    variants.activities(ofRank: one + 1), variants.activities(ofRank: other + 1), &row)
                distances[one * size + other] = distance
                distances[other * size + one] = distance
            }
        }
        let weights = variants.counts.prefix(size).map(Double.init)
        var best = (groups: KMedoids(distances, count: 1, weights: weights), silhouettes: Silhouettes?.none)
        let tried = options.groups.map { [$0] } ?? Array(2...max(2, options.mostGroups))
        for count in tried where count > 1 && count <= size {
            let groups = KMedoids(distances, count: count, weights: weights)
            // Each variant once: copies of itself make any variant look well placed, alone most of all.
            let silhouettes = groups.silhouette(distances, weights: weights.map { _ in 1 })
            let least = options.groups == nil ? options.leastSilhouette : -2
            if silhouettes.mean > best.silhouettes?.mean ?? least { best = (groups, silhouettes) }
        }
        let medoids = best.groups.medoids
        var group = [Int](repeating: 0, count: variants.count)
        var distance = [Float](repeating: 0, count: variants.count)
        for place in 0..<variants.count {
            if place < size {
                group[place] = best.groups.members[place]
                distance[place] = distances[place * size + medoids[group[place]]]
                continue
            }
            distance[place] = .infinity
            for (number, medoid) in medoids.enumerated() {
                let own = TraceDistance.normalized(variants.activities(ofRank: place + 1), variants.activities(ofRank: medoid + 1), &row)
                if own < distance[place] { (distance[place], group[place]) = (own, number) }
            }
        }
        // Variants that joined later may change which group is the largest.
        var cases = [Int](repeating: 0, count: medoids.count)
        for (place, own) in group.enumerated() { cases[own] += variants.counts[place] }
        let order = cases.indices.sorted { (cases[$1], $0) < (cases[$0], $1) }
        var number = order
        for (place, own) in order.enumerated() { number[own] = place }
        let names = log.activities.strings
        groups = order.map { own in
            let places = group.indices.filter { group[$0] == own }
            let sum = places.reduce(0.0) { $0 + Double(distance[$1]) * Double(variants.counts[$1]) }
            return Group(
                cases: cases[own], share: Double(cases[own]) / Double(log.caseCount), variants: places.count,
                medoid: variants.activities(ofRank: medoids[own] + 1).map { names[Int($0)] }, medoidCases: variants.counts[medoids[own]],
                silhouette: best.silhouettes?.groups[own], meanDistance: sum / Double(cases[own]))
        }
        silhouette = best.silhouettes?.mean
        grouped = size
        members = variants.rank.map { number[group[Int($0) - 1]] }
    }
}
