/// Finds what someone may have meant by a name that does not exist.
package enum NearestName {
    /// The candidate with the fewest changed, added, left-out or swapped characters (capitals apart), or `nil` where even that
    /// one differs in more than a third of the characters; the first of equally near ones.
    ///
    /// The distance is the optimal string alignment of Damerau (doi:10.1145/363958.363994) and Wagner and Fischer
    /// (doi:10.1145/321796.321811). Names of more than 200 characters are never near.
    package static func among(_ candidates: [String], to name: String) -> String? {
        let wanted = Array(name.lowercased())
        if wanted.isEmpty || wanted.count > 200 { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let own = Array(candidate.lowercased())
            if own.count > 200 { continue }
            let distance = distance(wanted, own)
            if distance <= max(1, max(wanted.count, own.count) / 3) && distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for (row, own) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(current[column] + 1, last[column + 1] + 1, last[column] + (own == other ? 0 : 1))
                if row > 0 && column > 0 && own == right[column - 1] && left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
