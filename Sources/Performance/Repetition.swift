package import EventLogs
import Instants

/// How work goes round: an activity that directly follows itself, and work that goes to another resource and comes straight back.
///
/// A **self-loop** is two consecutive instances of one activity in a case; its time runs from the first's completion to the second's. A
/// **ping-pong** is three consecutive instances A, B, A where B is another activity by another resource than the first A; its time runs
/// from the completion of the first A to that of the second. Where either resource is unknown it is no ping-pong but counted apart.
package struct Repetition: Codable, Sendable, Equatable {
    /// One activity that follows itself.
    package struct SelfLoop: Codable, Sendable, Equatable {
        /// The activity.
        package var activity: String
        /// How often.
        package var count: Int
        /// In how many cases.
        package var cases: Int
        /// The time in seconds, of those whose completions are known.
        package var totalS: Double
    }

    /// One pair of activities between which work goes to and fro.
    package struct PingPong: Codable, Sendable, Equatable {
        /// The activity that it comes back to.
        package var activity: String
        /// The activity in between.
        package var between: String
        /// How often, with another resource in between.
        package var count: Int
        /// In how many cases.
        package var cases: Int
        /// The time in seconds, of those whose completions are known.
        package var totalS: Double
    }

    /// Cases.
    package var cases: Int
    /// Cases with a self-loop.
    package var selfLoopCases: Int
    /// Cases with a ping-pong; nil where no resource is known.
    package var pingPongCases: Int?
    /// Self-loops by descending count, then by the UTF-8 bytes of the names.
    package var selfLoops: [SelfLoop]
    /// Ping-pongs, likewise.
    package var pingPongs: [PingPong]
    /// A, B, A where a resource is unknown.
    package var returnsWithoutResource: Int
}

extension Repetition {
    /// The repetition in a log.
    package init(of log: EventLog) {
        var tally = RepetitionTally()
        tally.add(log)
        self = tally.result()
    }
}

/// The repetition in parts of a log, added up.
package struct RepetitionTally: Sendable {
    private struct Sum {
        var count = 0
        var cases = 0
        var lastCase = -1
        var total: Int128 = 0

        mutating func add(_ time: Int64?, in number: Int) {
            count += 1
            if lastCase != number { cases += 1 }
            lastCase = number
            if let time { total += Int128(time) }
        }
    }

    private var names = Vocabulary()
    private var cases = 0
    private var loopCases = 0
    private var returnCases = 0
    private var unknown = 0
    private var hasResources = false
    private var loops: [UInt32: Sum] = [:]
    private var returns: [UInt64: Sum] = [:]

    /// Nothing added.
    package init() {}

    /// Adds the cases of a part.
    package mutating func add(_ log: EventLog) {
        let map = names.numbers(of: log.activities)
        let instances = log.instances
        let people = instances.resource
        func time(_ first: Int, _ second: Int) -> Int64? {
            let (from, to) = (instances.completion[first], instances.completion[second])
            return from == Instant.missing || to == Instant.missing ? nil : to - from
        }
        for range in log.instanceRanges {
            var (hasLoop, hasReturn) = (false, false)
            for place in range {
                if !people.isEmpty && people[place] != Vocabulary.missing { hasResources = true }
                if place == range.lowerBound { continue }
                let own = instances.activity[place]
                let before = instances.activity[place - 1]
                if own == before {
                    loops[map[Int(own)], default: Sum()].add(time(place - 1, place), in: cases)
                    hasLoop = true
                } else if place >= range.lowerBound + 2, instances.activity[place - 2] == own {
                    let first = people.isEmpty ? Vocabulary.missing : people[place - 2]
                    let other = people.isEmpty ? Vocabulary.missing : people[place - 1]
                    if first == Vocabulary.missing || other == Vocabulary.missing {
                        unknown += 1
                    } else if first != other {
                        let key = UInt64(map[Int(own)]) << 32 | UInt64(map[Int(before)])
                        returns[key, default: Sum()].add(time(place - 2, place), in: cases)
                        hasReturn = true
                    }
                }
            }
            cases += 1
            if hasLoop { loopCases += 1 }
            if hasReturn { returnCases += 1 }
        }
    }

    /// The repetition of all parts.
    package func result() -> Repetition {
        let loops = loops.sorted { left, right in
            left.value.count != right.value.count ? left.value.count > right.value.count : names.precedes(left.key, right.key)
        }
        let returns = returns.sorted { left, right in
            if left.value.count != right.value.count { return left.value.count > right.value.count }
            let (a, b) = (UInt32(left.key >> 32), UInt32(right.key >> 32))
            if a != b { return names.precedes(a, b) }
            return names.precedes(UInt32(left.key & 0xffff_ffff), UInt32(right.key & 0xffff_ffff))
        }
        return Repetition(
            cases: cases, selfLoopCases: loopCases, pingPongCases: hasResources ? returnCases : nil,
            selfLoops: loops.map { key, sum in
                Repetition.SelfLoop(activity: names[key], count: sum.count, cases: sum.cases, totalS: Double(sum.total) / 1e6)
            },
            pingPongs: returns.map { key, sum in
                Repetition.PingPong(
                    activity: names[UInt32(key >> 32)], between: names[UInt32(key & 0xffff_ffff)], count: sum.count, cases: sum.cases,
                    totalS: Double(sum.total) / 1e6)
            }, returnsWithoutResource: unknown)
    }
}
