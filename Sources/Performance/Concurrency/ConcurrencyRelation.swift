package import EventLogs

/// Which pairs of activities run beside each other, so that neither waits for the other: declared, or told by a log's successions.
///
/// Told by a log, two different activities are concurrent when each directly follows the other somewhere and neither way prevails,
/// |a − b| ÷ (a + b + 1) < 0.9 for the counts a and b of both ways, unless they come back at once (A B A) in more than a tenth of these
/// successions: that is a loop. So the heuristics miner tells them: Weijters, Ribeiro: "Flexible Heuristics Miner (FHM)", IEEE CIDM 2011,
/// doi:10.1109/CIDM.2011.5949453, with one threshold for the relation of both ways.
package struct ConcurrencyRelation: Sendable, Equatable {
    /// Where the relation comes from.
    package enum Method: String, Codable, Sendable {
        /// It was declared.
        case declared
        /// It was told by the successions of the log.
        case heuristics
    }

    /// Where it comes from.
    package let method: Method
    /// The pairs, the number of the first activity below the second's, in ascending order.
    package let pairs: [(first: UInt32, second: UInt32)]
    private let known: Set<UInt64>

    package static func == (left: ConcurrencyRelation, right: ConcurrencyRelation) -> Bool {
        left.method == right.method && left.known == right.known
    }

    /// Whether two activities run beside each other.
    package func callsConcurrent(_ left: UInt32, _ right: UInt32) -> Bool {
        known.isEmpty ? false : known.contains(Self.key(left, right))
    }

    private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
        UInt64(min(left, right)) << 32 | UInt64(max(left, right))
    }

    private init(_ method: Method, _ known: Set<UInt64>) {
        self.method = method
        self.known = known
        pairs = known.sorted().map { (UInt32($0 >> 32), UInt32($0 & 0xffff_ffff)) }
    }

    /// The pairs of each declared group of activities; names that the log does not have are left out.
    package init(declared groups: [[String]], in log: EventLog) {
        var numbers: [String: UInt32] = [:]
        for id in log.activities.ids { numbers[log.activities[id]] = id }
        var known: Set<UInt64> = []
        for group in groups {
            let ids = group.compactMap { numbers[$0] }
            for (place, first) in ids.enumerated() {
                for second in ids[(place + 1)...] where first != second { known.insert(Self.key(first, second)) }
            }
        }
        self.init(.declared, known)
    }

    /// The pairs that the successions of a log tell.
    package init(toldBy log: EventLog) {
        let activity = log.instances.activity
        var direct: [UInt64: Int] = [:]
        var returning: [UInt64: Int] = [:]
        for range in log.instanceRanges where range.count > 1 {
            for place in (range.lowerBound + 1)..<range.upperBound {
                let (before, own) = (activity[place - 1], activity[place])
                if before == own { continue }
                direct[UInt64(before) << 32 | UInt64(own), default: 0] += 1
                if place >= range.lowerBound + 2 && activity[place - 2] == own { returning[Self.key(before, own), default: 0] += 1 }
            }
        }
        var known: Set<UInt64> = []
        for (pair, count) in direct {
            let (first, second) = (UInt32(pair >> 32), UInt32(pair & 0xffff_ffff))
            guard first < second, let back = direct[UInt64(second) << 32 | UInt64(first)] else { continue }
            let both = count + back
            let prevails = Double(abs(count - back)) / Double(both + 1)
            if prevails < 0.9 && 10 * returning[Self.key(first, second), default: 0] <= both { known.insert(pair) }
        }
        self.init(.heuristics, known)
    }
}
