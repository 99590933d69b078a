import EventLogs
import LinearAlgebra
import Statistics

/// Groups of cases that are alike in how often each activity occurs.
///
/// Counts of up to ``mostActivities`` activities, each in units of its standard deviation, along the principal components that hold 90 % of the
/// variance (ten at most), grouped by k-means; of two to six groups the number with the largest mean silhouette. Groups with a silhouette
/// below ``leastSilhouette`` are none (Kaufman, Rousseeuw: "Finding Groups in Data", 1990).
package struct TraceProfiles: Codable, Sendable, Equatable {
    /// The most activities that count, the commonest.
    package static let mostActivities = 60
    /// The least mean silhouette of groups.
    package static let leastSilhouette = 0.25
    /// The most cases that make the groups; of more, a seeded sample, and the others join the nearest centre.
    package static let mostGrouped = 20_000

    /// How often an activity occurs in a group.
    package struct Activity: Codable, Sendable, Equatable {
        /// The activity.
        package var name: String
        /// Its mean number of instances in the cases of the group.
        package var perCase: Double
        /// The same over all cases.
        package var perCaseOverall: Double
    }

    /// One group.
    package struct Profile: Codable, Sendable, Equatable {
        /// How many cases it has.
        package var cases: Int
        /// Their share of all cases.
        package var share: Double
        /// The mean of the figure that is explained, over those with a value.
        package var mean: Double?
        /// The mean silhouette of its cases.
        package var silhouette: Double?
        /// The three activities that tell it most from the others.
        package var activities: [Activity]
    }

    /// The groups, the largest first.
    package var groups: [Profile]
    /// The mean silhouette, −1 … 1.
    package var silhouette: Double
    /// How many cases the silhouette was taken of.
    package var silhouetteCases: Int
    /// How many principal components were used.
    package var components: Int
    /// The share of the variance that they hold.
    package var varianceShare: Double

    /// The groups of a log's cases; nil where there are none.
    ///
    /// - Parameter values: the figure per case position, NaN where unknown.
    init?(_ log: EventLog, values: [Double], seed: UInt64) {
        guard log.caseCount >= 50 else { return nil }
        var totals = [Int](repeating: 0, count: log.activities.count)
        let instances = log.instances
        for range in log.instanceRanges { for instance in range { totals[Int(instances.activity[instance])] += 1 } }
        let chosen = totals.indices.filter { totals[$0] > 0 }.sorted { (totals[$1], $0) < (totals[$0], $1) }.prefix(Self.mostActivities)
        var column = [Int](repeating: -1, count: totals.count)
        for (place, activity) in chosen.enumerated() { column[activity] = place }
        func counts(_ positions: ArraySlice<Int>) -> Matrix {
            var matrix = Matrix(rows: positions.count, columns: chosen.count)
            matrix.withMutableElements { elements in
                for (place, position) in positions.enumerated() {
                    for instance in log.instanceRanges[position] {
                        let own = column[Int(instances.activity[instance])]
                        if own >= 0 { elements[own * positions.count + place] += 1 }
                    }
                }
            }
            return matrix
        }
        var positions = Array(0..<log.caseCount)
        if positions.count > Self.mostGrouped {
            var stream = RandomStream(seed: seed, path: 0xD1, 2)
            for place in 0..<Self.mostGrouped { positions.swapAt(place, place + stream.index(below: positions.count - place)) }
            positions = positions[..<Self.mostGrouped].sorted()
        }
        let sample = counts(positions[...])
        guard let components = try? PrincipalComponents(sample, standardized: true), !components.shares.isEmpty else { return nil }
        var (used, held) = (0, 0.0)
        while used < min(10, components.shares.count), held < 0.9 {
            held += components.shares[used]
            used += 1
        }
        let points = components.scores(of: sample, count: used)
        var best: (groups: KMeans, silhouettes: Silhouettes)?
        for count in 2...6 {
            let groups = KMeans(points, count: count, seed: seed, path: [0xD1, 3, UInt64(count)])
            guard groups.sizes.count == count, groups.sizes.min()! * 100 >= points.rows,
                let silhouettes = groups.silhouette(of: points, seed: seed, path: [0xD1, 4, UInt64(count)])
            else { continue }
            if silhouettes.mean > best?.silhouettes.mean ?? Self.leastSilhouette { best = (groups, silhouettes) }
        }
        guard let best else { return nil }
        let (number, columns) = (best.groups.sizes.count, chosen.count)
        var sizes = [Int](repeating: 0, count: number)
        var sums = [[Double]](repeating: [Double](repeating: 0, count: columns), count: number)
        var figures = [(sum: Double, count: Int)](repeating: (0, 0), count: number)
        var overall = [Double](repeating: 0, count: columns)
        for start in stride(from: 0, to: log.caseCount, by: 8192) {
            let block = Array(start..<min(log.caseCount, start + 8192))
            let own = counts(block[...])
            let members = best.groups.nearest(to: components.scores(of: own, count: used))
            for (place, position) in block.enumerated() {
                let group = members[place]
                sizes[group] += 1
                if !values[position].isNaN {
                    figures[group].sum += values[position]
                    figures[group].count += 1
                }
                for j in 0..<columns {
                    let value = own.elements[j * block.count + place]
                    sums[group][j] += value
                    overall[j] += value
                }
            }
        }
        let names = chosen.map { log.activities[UInt32($0)] }
        groups = (0..<number).filter { sizes[$0] > 0 }.map { group in
            let size = Double(sizes[group])
            let telling = (0..<columns).sorted { left, right in
                func distance(_ j: Int) -> Double {
                    (sums[group][j] / size - overall[j] / Double(log.caseCount)).magnitude / components.scales[j]
                }
                let (first, second) = (distance(left), distance(right))
                return first != second ? first > second : left < right
            }
            return Profile(
                cases: sizes[group], share: size / Double(log.caseCount),
                mean: figures[group].count > 0 ? figures[group].sum / Double(figures[group].count) : nil,
                silhouette: best.silhouettes.groups[group],
                activities: telling.prefix(3).map {
                    Activity(name: names[$0], perCase: sums[group][$0] / size, perCaseOverall: overall[$0] / Double(log.caseCount))
                })
        }
        silhouette = best.silhouettes.mean
        silhouetteCases = best.silhouettes.sampled
        self.components = used
        varianceShare = held
    }
}
