/// Groups of observations around members of their own, by their distances alone.
///
/// ```swift
/// let groups = KMedoids(distances, count: 3, weights: weights)
/// groups.medoids[0]     // the observation in the middle of the largest group
/// ```
///
/// PAM (Kaufman, Rousseeuw: "Finding Groups in Data", 1990, chapter 2): medoids are chosen greedily, then exchanged as long as that lowers the sum of
/// distances; all exchanges of one candidate are weighed in a single pass (Schubert, Rousseeuw: "Fast and eager k-medoids clustering",
/// Information Systems 101, 2021, doi:10.1016/j.is.2021.101804). No random numbers: ties go to the first. Groups are numbered by weight, the
/// heaviest first. The optimum is a local one.
///
/// - Complexity: O(observations²) for each round of exchanges and each medoid chosen.
package struct KMedoids: Sendable, Equatable {
    /// The most rounds of exchanges.
    private static let mostRounds = 100

    /// Per group: the observation in its middle.
    package let medoids: [Int]
    /// Per observation: its group, from 0.
    package let members: [Int]
    /// Σ weight · distance to the own medoid.
    package let cost: Double

    /// Groups observations.
    ///
    /// - Parameters:
    ///   - distances: row by row, symmetric, not negative, 0 to itself.
    ///   - count: how many groups; fewer where there are fewer observations.
    ///   - weights: how much each observation counts, positive.
    package init(_ distances: [Float], count: Int, weights: [Double]) {
        let size = weights.count
        precondition(distances.count == size * size && size > 0 && count > 0, "every pair has a distance, and there is something to group")
        var state = State(distances, weights)
        while state.medoids.count < min(count, size), state.addBest() {}
        var rounds = 0
        while rounds < Self.mostRounds, state.exchange() { rounds += 1 }
        var totals = [Double](repeating: 0, count: state.medoids.count)
        for (place, weight) in weights.enumerated() { totals[state.nearest[place]] += weight }
        let order = totals.indices.sorted { totals[$0] != totals[$1] ? totals[$0] > totals[$1] : state.medoids[$0] < state.medoids[$1] }
        var number = order
        for (place, group) in order.enumerated() { number[group] = place }
        medoids = order.map { state.medoids[$0] }
        members = state.nearest.map { number[$0] }
        cost = zip(weights, state.first).reduce(0) { $0 + $1.0 * Double($1.1) }
    }

    /// How well each observation lies in its group: the mean silhouette by weight, of all and of each group (Rousseeuw 1987,
    /// doi:10.1016/0377-0427(87)90125-7). Weights are copies of an observation at distance 0; one alone in its group has 0.
    package func silhouette(_ distances: [Float], weights: [Double]) -> Silhouettes {
        let (size, groups) = (weights.count, medoids.count)
        var totals = [Double](repeating: 0, count: groups)
        for (place, weight) in weights.enumerated() { totals[members[place]] += weight }
        var (sum, all) = (0.0, 0.0)
        var own = [Double](repeating: 0, count: groups)
        for place in 0..<size {
            var sums = [Double](repeating: 0, count: groups)
            for other in 0..<size { sums[members[other]] += weights[other] * Double(distances[place * size + other]) }
            let group = members[place]
            var value = 0.0
            if totals[group] > 1 {
                let inside = sums[group] / (totals[group] - 1)
                let outside = (0..<groups).filter { $0 != group }.map { sums[$0] / totals[$0] }.min() ?? 0
                let scale = max(inside, outside)
                if scale > 0, groups > 1 { value = (outside - inside) / scale }
            }
            sum += weights[place] * value
            own[group] += weights[place] * value
            all += weights[place]
        }
        return Silhouettes(mean: sum / all, groups: zip(own, totals).map { $1 > 0 ? $0 / $1 : nil }, sampled: size)
    }

    /// Medoids with, per observation, the nearest and the next nearest.
    private struct State {
        let distances: [Float]
        let weights: [Double]
        let size: Int
        var medoids: [Int] = []
        var nearest: [Int]
        var first: [Float]
        var second: [Float]

        init(_ distances: [Float], _ weights: [Double]) {
            self.distances = distances
            self.weights = weights
            size = weights.count
            nearest = [Int](repeating: 0, count: size)
            first = [Float](repeating: .infinity, count: size)
            second = first
        }

        private mutating func settle() {
            for place in 0..<size {
                (first[place], second[place]) = (.infinity, .infinity)
                for (group, medoid) in medoids.enumerated() {
                    let distance = distances[place * size + medoid]
                    if distance < first[place] {
                        second[place] = first[place]
                        (first[place], nearest[place]) = (distance, group)
                    } else if distance < second[place] {
                        second[place] = distance
                    }
                }
            }
        }

        /// Adds the observation that lowers the cost the most; false where none does.
        mutating func addBest() -> Bool {
            var best = (candidate: -1, gain: 0.0)
            for candidate in 0..<size where !medoids.contains(candidate) {
                var gain = 0.0
                if medoids.isEmpty {
                    for place in 0..<size { gain -= weights[place] * Double(distances[candidate * size + place]) }
                } else {
                    for place in 0..<size { gain += weights[place] * Double(max(0, first[place] - distances[candidate * size + place])) }
                }
                if best.candidate < 0 || gain > best.gain { best = (candidate, gain) }
            }
            if best.candidate < 0 || !medoids.isEmpty && best.gain <= 0 { return false }
            medoids.append(best.candidate)
            settle()
            return true
        }

        /// Makes the best exchange of a medoid for another observation; false where none lowers the cost.
        mutating func exchange() -> Bool {
            var best = (candidate: -1, group: 0, change: -1e-9)
            var removal = [Double](repeating: 0, count: medoids.count)
            for place in 0..<size { removal[nearest[place]] += weights[place] * Double(second[place] - first[place]) }
            if medoids.count < 2 { removal = [0] }
            for candidate in 0..<size where !medoids.contains(candidate) {
                var change = removal
                var shared = 0.0
                for place in 0..<size {
                    let distance = distances[candidate * size + place]
                    if medoids.count < 2 {
                        shared += weights[place] * Double(distance - first[place])
                    } else if distance < first[place] {
                        shared += weights[place] * Double(distance - first[place])
                        change[nearest[place]] += weights[place] * Double(first[place] - second[place])
                    } else if distance < second[place] {
                        change[nearest[place]] += weights[place] * Double(distance - second[place])
                    }
                }
                for (group, own) in change.enumerated() where own + shared < best.change { best = (candidate, group, own + shared) }
            }
            if best.candidate < 0 { return false }
            medoids[best.group] = best.candidate
            settle()
            return true
        }
    }
}
