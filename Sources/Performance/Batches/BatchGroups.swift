import Instants

/// The batches among instances of one activity by one resource: two or more that were all enabled before the first of them started, each
/// starting no later than the earlier ones end, at least one of them waiting.
///
/// Instances are taken by start; each joins the batch begun first whose first start is not before its enablement and whose members have
/// not all ended, else it may begin one. Martin, Swennen, Depaire, Jans, Caris, Vanhoof: "Batch processing: definition and event log
/// identification", SIMPDA 2015, names the kinds; that a batch may not wait for a member enabled later follows Lashkevich, Milani,
/// Chapela-Campa, Suvorau, Dumas: "Unveiling the causes of waiting time in business processes from event logs", arXiv:2212.01392.
struct BatchGroups {
    /// One batch.
    struct Batch {
        /// Its members by start, as places in what was given.
        var members: [Int32]
        /// When its first member started.
        var firstStart: Int64
        /// When the last of its members was enabled.
        var ready: Int64
        /// When the first of its members was enabled.
        var firstEnabled: Int64
        /// How its members lie.
        var kind: BatchKind
    }

    /// The batches by first start.
    let batches: [Batch]

    /// The batches of instances given as times.
    ///
    /// - Parameters:
    ///   - order: the places of the instances, by start.
    ///   - enabled: when each was enabled, not after its start.
    ///   - end: when each ended; an end before the start counts as the start.
    /// - Complexity: O(n log n).
    init(order: some RandomAccessCollection<Int32>, enabled: [Int64], start: [Int64], end: [Int64]) {
        // What may become a batch, by first start. A place whose members have all ended points on to the next.
        var first: [Int64] = []
        var last: [Int64] = []
        var members: [[Int32]] = []
        var onward: [Int32] = []
        func open(from place: Int, at time: Int64) -> Int {
            var found = place
            while found < onward.count {
                if Int(onward[found]) == found {
                    if last[found] >= time { break }
                    onward[found] = Int32(found + 1)
                }
                found = Int(onward[found])
            }
            // Every place on the way points to the end of it.
            var place = place
            while place < found {
                let next = Int(onward[place])
                onward[place] = Int32(found)
                place = next
            }
            return found
        }
        for item in order {
            let own = Int(item)
            var low = 0
            var high = first.count
            while low < high {
                let middle = (low + high) / 2
                if first[middle] >= enabled[own] { high = middle } else { low = middle + 1 }
            }
            let place = open(from: low, at: start[own])
            let ended = Swift.max(start[own], end[own])
            if place < first.count {
                members[place].append(item)
                last[place] = Swift.max(last[place], ended)
            } else {
                onward.append(Int32(first.count))
                first.append(start[own])
                last.append(ended)
                members.append([item])
            }
        }
        batches = members.compactMap { members in
            if members.count < 2 { return nil }
            let begin = start[Int(members[0])]
            var ready = Int64.min
            var firstEnabled = Int64.max
            var isWaiting = false
            for member in members {
                ready = Swift.max(ready, enabled[Int(member)])
                firstEnabled = Swift.min(firstEnabled, enabled[Int(member)])
                if start[Int(member)] > enabled[Int(member)] { isWaiting = true }
            }
            if !isWaiting { return nil }
            return Batch(
                members: members, firstStart: begin, ready: ready, firstEnabled: firstEnabled, kind: BatchKind(members, start, end))
        }
    }
}

/// How the members of a batch lie in time.
package enum BatchKind: String, Codable, Sendable, CaseIterable {
    /// One after the other: each starts when the one before ends.
    case sequential
    /// Some overlap.
    case concurrent
    /// All start at once and end at once.
    case parallel

    init(_ members: [Int32], _ start: [Int64], _ end: [Int64]) {
        let begin = start[Int(members[0])]
        let close = end[Int(members[0])]
        if members.allSatisfy({ start[Int($0)] == begin && end[Int($0)] == close }) {
            self = .parallel
            return
        }
        var last = Int64.min
        for member in members {
            if start[Int(member)] < last {
                self = .concurrent
                return
            }
            last = Swift.max(last, end[Int(member)])
        }
        self = .sequential
    }
}
