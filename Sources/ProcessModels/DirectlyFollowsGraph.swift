package import EventLogs
import Instants
import Statistics

/// The directly-follows graph of a log: its activities, and how often and how fast one directly follows another.
///
/// Counts are of activity instances. The time of an edge runs from the source's completion to the target's start, or to its
/// completion where the start is unknown; it is negative where the two overlap.
package struct DirectlyFollowsGraph: Codable, Sendable, Equatable {
    /// An activity of the graph.
    package struct Activity: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its instances.
        package var count: Int
        /// Cases it opens.
        package var starts: Int
        /// Cases it closes.
        package var ends: Int

        /// An activity with these figures.
        package init(name: String, count: Int, starts: Int, ends: Int) {
            self.name = name
            self.count = count
            self.starts = starts
            self.ends = ends
        }
    }

    /// A step from one activity to the next.
    package struct Edge: Codable, Sendable, Equatable {
        /// The activity before.
        package var source: String
        /// The activity after.
        package var target: String
        /// How often the step is taken.
        package var count: Int
        /// The mean of the signed times in seconds; nil where no time is known.
        package var meanS: Double?
        /// The median of the signed times in seconds; nil where no time is known.
        package var medianS: Double?
        /// The 90th percentile (type 7) of the signed times in seconds; nil where no time is known.
        package var p90S: Double?
        /// The sum of the positive times in seconds; nil where no time is known.
        package var totalS: Double?
        /// How many of the times are negative: the target had begun before the source was complete.
        package var overlaps: Int

        /// An edge with these figures.
        package init(
            source: String, target: String, count: Int, meanS: Double? = nil, medianS: Double? = nil, p90S: Double? = nil,
            totalS: Double? = nil, overlaps: Int = 0
        ) {
            self.source = source
            self.target = target
            self.count = count
            self.meanS = meanS
            self.medianS = medianS
            self.p90S = p90S
            self.totalS = totalS
            self.overlaps = overlaps
        }
    }

    /// The activities, by descending count, then by the UTF-8 bytes of their names.
    package var activities: [Activity]
    /// The edges, by descending count, then by the UTF-8 bytes of source and target.
    package var edges: [Edge]

    /// A graph of these parts, which are in order.
    package init(activities: [Activity], edges: [Edge]) {
        self.activities = activities
        self.edges = edges
    }

    /// The graph of a log.
    package init(of log: EventLog) {
        self.init(DirectlyFollowsIndex(of: log))
    }

    /// The graph of a log whose steps were indexed before.
    package init(_ index: DirectlyFollowsIndex) {
        self.init(index.counts) { edge in
            index.time.withUnsafeBufferPointer {
                EdgeTimes(UnsafeBufferPointer(rebasing: $0[index.offsets[edge]..<index.offsets[edge + 1]]))
            }
        }
    }

    /// The graph of these counts.
    ///
    /// - Parameter times: gives the times of an edge, once each.
    init(_ counts: DirectlyFollowsCounts, times: (Int) -> EdgeTimes?) {
        let present = counts.names.ids.filter { counts.activityCounts[Int($0)] > 0 }
        let order = present.sorted { left, right in
            let own = counts.activityCounts[Int(left)]
            let other = counts.activityCounts[Int(right)]
            return own != other ? own > other : counts.nameRanks[Int(left)] < counts.nameRanks[Int(right)]
        }
        let names = counts.names.strings
        activities = order.map { id in
            let place = Int(id)
            return Activity(
                name: names[place], count: counts.activityCounts[place], starts: counts.startCounts[place], ends: counts.endCounts[place])
        }
        edges = (0..<counts.edgeCount).map { edge in
            let times = times(edge)
            return Edge(
                source: names[Int(counts.source[edge])], target: names[Int(counts.target[edge])], count: counts.edgeCounts[edge],
                meanS: times?.meanS, medianS: times?.medianS, p90S: times?.p90S,
                totalS: times?.totalS, overlaps: times?.overlaps ?? 0)
        }
    }
}
