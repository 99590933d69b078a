package import EventLogs
import Statistics

/// The variants of a log: each sequence of activities that occurs, how often, and how long its cases take.
package struct VariantTable: Codable, Sendable, Equatable {
    /// One sequence of activities.
    package struct Variant: Codable, Sendable, Equatable {
        /// The activities in order of completion.
        package var activities: [String]
        /// The cases that run so.
        package var count: Int
        /// Their share of all cases, 0…1.
        package var share: Double
        /// The mean cycle time of its cases in seconds; nil where none is known.
        package var meanS: Double?
        /// The median cycle time of its cases in seconds; nil where none is known.
        package var medianS: Double?
    }

    /// How many variants there are.
    package var total: Int
    /// How many cases there are.
    package var cases: Int
    /// The variants by descending count, then by the names of their activities (UTF-8 bytes, activity by activity).
    package var variants: [Variant]

    /// The variants of a log.
    package init(of log: EventLog) {
        self.init(of: log, index: VariantIndex(of: log))
    }

    /// The variants of a log whose cases were ranked before.
    ///
    /// - Complexity: O(cases + instances of one case per variant).
    package init(of log: EventLog, index: VariantIndex) {
        // Known cycle times by variant: a counting sort.
        var offsets = [0]
        for count in index.counts { offsets.append(offsets[offsets.count - 1] + count) }
        var next = offsets
        var times = [Int64](repeating: 0, count: log.caseCount)
        for (position, rank) in index.rank.enumerated() {
            guard let span = log.span(ofCase: position), !log.instanceRanges[position].isEmpty else { continue }
            times[next[Int(rank) - 1]] = span.cycleTime
            next[Int(rank) - 1] += 1
        }
        let names = log.activities.strings
        total = index.count
        cases = log.caseCount
        variants = times.withUnsafeMutableBufferPointer { times in
            (0..<index.count).map { place in
                let known = UnsafeMutableBufferPointer(rebasing: times[offsets[place]..<next[place]])
                let statistics = TimeStatistics(rearranging: known)
                return Variant(
                    activities: index.activities(ofRank: place + 1).map { names[Int($0)] }, count: index.counts[place],
                    share: Double(index.counts[place]) / Double(log.caseCount), meanS: statistics?.meanS,
                    medianS: statistics?.medianS)
            }
        }
    }
}
