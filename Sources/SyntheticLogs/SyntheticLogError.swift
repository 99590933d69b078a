/// A request for a synthetic log that does not exist.
package struct SyntheticLogError: Error, Hashable, Sendable {
    /// What was asked for in vain.
    package enum Code: Hashable, Sendable {
        /// No generator has this name.
        case unknownName
        /// The generator has no such variant.
        case unknownVariant
        /// The number of cases is outside ``SyntheticLog/caseLimits``.
        case casesOutOfRange
    }

    /// What was asked for in vain.
    package var code: Code
    /// The word or number that was given.
    package var given: String
    /// The known names most like the one given, best first; empty where none is like it.
    package var nearest: [String]
    /// All names that would have been right, in the catalogue's order; for a number, the lowest and the highest.
    package var known: [String]
}

/// Names that are like a misspelt one.
enum NearestNames {
    /// The names within an edit distance of a third of their length (at least 1, or a beginning of the name), best first,
    /// then in the order given.
    static func nearest(to word: String, among names: [String]) -> [String] {
        let given = Array(word.lowercased().utf8)
        return names.enumerated()
            .map { (index: $0, name: $1, distance: distance(given, Array($1.utf8))) }
            .filter { candidate in
                candidate.distance <= max(1, candidate.name.utf8.count / 3)
                    || (given.count >= 2 && candidate.name.utf8.starts(with: given))
            }
            .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
            .map(\.name)
    }

    /// Levenshtein's edit distance.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (letter == other ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
