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
        let ranks = log.activities.ranks()
        let activity = log.instances.activity
        // Cases sorted by their sequences of name ranks: equal sequences stand together, and groups come in order of names.
        let positions = (0..<log.caseCount).sorted { left, right in
            let own = log.instanceRanges[left]
            let other = log.instanceRanges[right]
            for step in 0..<Swift.min(own.count, other.count) {
                let a = ranks[Int(activity[own.lowerBound + step])]
                let b = ranks[Int(activity[other.lowerBound + step])]
                if a != b { return a < b }
            }
            return own.count != other.count ? own.count < other.count : left < right
        }
        var groups: [Range<Int>] = []
        var first = 0
        for place in positions.indices {
            let isLast = place + 1 == positions.count
            if isLast || !activity[log.instanceRanges[positions[place]]].elementsEqual(activity[log.instanceRanges[positions[place + 1]]]) {
                groups.append(first..<(place + 1))
                first = place + 1
            }
        }
        let order = groups.indices.sorted { (-groups[$0].count, $0) < (-groups[$1].count, $1) }
        let names = log.activities.strings
        var times: [Int64] = []
        total = groups.count
        cases = log.caseCount
        variants = order.map { group in
            times.removeAll(keepingCapacity: true)
            for position in positions[groups[group]] {
                if let span = log.span(ofCase: position), !log.instanceRanges[position].isEmpty { times.append(span.cycleTime) }
            }
            let statistics = times.withUnsafeMutableBufferPointer { TimeStatistics(rearranging: $0) }
            return Variant(
                activities: activity[log.instanceRanges[positions[groups[group].lowerBound]]].map { names[Int($0)] },
                count: groups[group].count, share: Double(groups[group].count) / Double(log.caseCount),
                meanS: statistics?.meanS, medianS: statistics?.medianS)
        }
    }
}
