package import EventLogs
import Instants
package import ProcessModels

extension TemporalProfile {
    /// The temporal profile of a log: every pair of instances of a case counts, in their order of completion, by the log's clock.
    ///
    /// Sums are exact, so that the profile does not depend on the order of cases. Pairs with a missing time are left out.
    ///
    /// - Complexity: O(instances · distinct activities of their cases), and O(pairs that occur) memory.
    package init(discoveredIn log: EventLog) {
        var tally = TemporalProfileTally()
        tally.add(log)
        self = tally.profile()
    }
}

/// The times between the activities of parts of a log, added up exactly.
package struct TemporalProfileTally: Sendable {
    private var names = Vocabulary()
    private var all: [UInt64: PairSums] = [:]

    /// Nothing added.
    package init() {}

    /// Adds the cases of a part.
    package mutating func add(_ log: EventLog) {
        let map = names.numbers(of: log.activities)
        var sums = PairTable(activities: log.activities.count)
        var own: [(activity: UInt32, count: Int64, total: Int128, squares: Int128)] = []
        var place = [Int](repeating: -1, count: log.activities.count)
        let (activity, completion, start) = (log.instances.activity, log.readings.completion, log.readings.start)
        for range in log.instanceRanges {
            own.removeAll(keepingCapacity: true)
            // Times from the case's first keep squares small.
            guard let origin = range.lazy.map({ completion[$0] }).first(where: { $0 != Instant.missing }) else { continue }
            for instance in range {
                let begin = start.isEmpty || start[instance] == Instant.missing ? completion[instance] : start[instance]
                if begin != Instant.missing {
                    let time = Int128(begin) - Int128(origin)
                    for before in own where before.count > 0 {
                        let count = Int128(before.count)
                        sums.add(
                            before.activity, activity[instance], before.count, count * time - before.total,
                            count * time * time - 2 * time * before.total + before.squares)
                    }
                }
                if completion[instance] == Instant.missing { continue }
                let end = Int128(completion[instance]) - Int128(origin)
                let number = Int(activity[instance])
                if place[number] < 0 {
                    place[number] = own.count
                    own.append((activity[instance], 0, 0, 0))
                }
                own[place[number]].count += 1
                own[place[number]].total += end
                own[place[number]].squares += end * end
            }
            for before in own { place[Int(before.activity)] = -1 }
        }
        for pair in sums.present {
            all[UInt64(map[pair.source]) << 32 | UInt64(map[pair.target]), default: PairSums()].add(pair.sums)
        }
    }

    /// The profile of all parts.
    package func profile() -> TemporalProfile {
        let ranks = names.ranks()
        func key(_ pair: UInt64) -> (UInt32, UInt32) { (ranks[Int(pair >> 32)], ranks[Int(pair & 0xFFFF_FFFF)]) }
        return TemporalProfile(
            pairs: all.sorted { key($0.key) < key($1.key) }.map { pair, sums in
                TemporalProfile.Pair(
                    source: names[UInt32(pair >> 32)], target: names[UInt32(pair & 0xFFFF_FFFF)], count: Int(sums.count),
                    meanS: sums.mean / 1e6, stdS: sums.deviation.map { $0 / 1e6 })
            })
    }
}

/// The sums of each pair: in a square up to 1,024 activities, above by what occurs.
private struct PairTable {
    private let width: Int
    private var dense: [PairSums]
    private var sparse: [UInt64: PairSums] = [:]

    init(activities: Int) {
        width = activities
        dense = activities <= 1_024 ? [PairSums](repeating: PairSums(), count: activities * activities) : []
    }

    mutating func add(_ source: UInt32, _ target: UInt32, _ count: Int64, _ total: Int128, _ squares: Int128) {
        if dense.isEmpty {
            sparse[UInt64(source) << 32 | UInt64(target), default: PairSums()].add(count, total, squares)
        } else {
            dense[Int(source) * width + Int(target)].add(count, total, squares)
        }
    }

    /// The pairs that occur, in no order.
    var present: [(source: Int, target: Int, sums: PairSums)] {
        dense.enumerated().filter { $0.element.count > 0 }.map { ($0.offset / width, $0.offset % width, $0.element) }
            + sparse.filter { $0.value.count > 0 }.map { (Int($0.key >> 32), Int($0.key & 0xFFFF_FFFF), $0.value) }
    }
}

/// Exact sums of times of a pair, in microseconds.
private struct PairSums {
    private(set) var count: Int64 = 0
    private var total: Int128 = 0
    private var squares: Int128 = 0

    mutating func add(_ count: Int64, _ total: Int128, _ squares: Int128) {
        self.count += count
        self.total += total
        self.squares += squares
    }

    mutating func add(_ other: PairSums) { add(other.count, other.total, other.squares) }

    var mean: Double { Double(total) / Double(count) }

    /// The standard deviation of the sample; nil for a single time.
    var deviation: Double? {
        if count < 2 { return nil }
        // Around the nearest whole mean, so that nothing cancels.
        let middle = total / Int128(count)
        let around = squares - 2 * middle * total + Int128(count) * middle * middle
        let rest = Double(total - Int128(count) * middle)
        return max(0, (Double(around) - rest * rest / Double(count)) / Double(count - 1)).squareRoot()
    }
}
