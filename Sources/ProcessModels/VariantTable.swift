package import EventLogs
import Instants
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
        let names = log.activities.strings
        self.init(counts: index.counts, cases: log.caseCount) { rank in
            index.activities(ofRank: rank).map { names[Int($0)] }
        } times: { body in
            for (rank, time) in zip(index.rank, log.cycleTimes) where time != Instant.missing { body(Int(rank), time) }
        }
    }

    /// The variants with these counts, by rank.
    ///
    /// - Parameters:
    ///   - activities: gives the activities of a rank, from 1.
    ///   - times: gives every known cycle time with its rank.
    init(counts: [Int], cases: Int, activities: (Int) -> [String], times: ((Int, Int64) -> Void) -> Void) {
        // Known cycle times by variant: a counting sort.
        var offsets = [0]
        for count in counts { offsets.append(offsets[offsets.count - 1] + count) }
        var next = offsets
        var sorted = [Int64](repeating: 0, count: cases)
        times { rank, time in
            sorted[next[rank - 1]] = time
            next[rank - 1] += 1
        }
        total = counts.count
        self.cases = cases
        variants = sorted.withUnsafeBufferPointer { sorted in
            counts.indices.map { place in
                let statistics = TimeStatistics(UnsafeBufferPointer(rebasing: sorted[offsets[place]..<next[place]]))
                return Variant(
                    activities: activities(place + 1), count: counts[place], share: Double(counts[place]) / Double(cases),
                    meanS: statistics?.meanS, medianS: statistics?.medianS)
            }
        }
    }
}
