package import EventLogs
import Instants
import WorkingTime

/// Why each instance of a log waited: the time from its enablement to its start, split into causes that sum to it exactly.
///
/// Microseconds of elapsed time, as columns over the log's instances. Where nothing is known of the resource, all of the waiting is
/// ``unattributed``; where only its hours are not, that part is which is neither batching nor under other work.
///
/// The split follows Lashkevich, Milani, Chapela-Campa, Suvorau, Dumas: "Unveiling the causes of waiting time in business processes from
/// event logs", arXiv:2212.01392, with the definitions of ``WaitingCauses``.
package struct WaitingSplit: Sendable, Equatable {
    /// What let each instance begin.
    package let handOffs: HandOffs
    /// Until the batch is ready.
    package private(set) var batching: [Int64]
    /// While the resource was busy with what was enabled no later.
    package private(set) var contention: [Int64]
    /// While the resource was busy with what was enabled later.
    package private(set) var prioritization: [Int64]
    /// While the resource was idle outside its hours.
    package private(set) var unavailability: [Int64]
    /// What remains.
    package private(set) var extraneous: [Int64]
    /// What cannot be told.
    package private(set) var unattributed: [Int64]
    /// The kind, time and size of every batch, resource by resource.
    package private(set) var batches: [Batch] = []
    /// The batch of each instance, or -1; empty where there are no batches.
    package private(set) var batchOf: [Int32] = []

    /// One batch.
    package struct Batch: Sendable, Equatable {
        /// Its instances by start.
        package var instances: [UInt32]
        /// When the first of them started.
        package var firstStart: Int64
        /// When the last of them was enabled.
        package var ready: Int64
        /// When the first of them was enabled.
        package var firstEnabled: Int64
        /// How they lie.
        package var kind: BatchKind
    }

    /// The waiting of an instance: start − enablement; missing where its start is unknown.
    package func total(_ instance: Int, _ log: EventLog) -> Int64 {
        handOffs.enabled[instance] == Instant.missing ? Instant.missing : log.instances.start[instance] - handOffs.enabled[instance]
    }

    /// The split of a log's waiting. What keeps a resource busy is what this log shows of it.
    ///
    /// - Complexity: O(n log n) for n instances.
    package init(of log: EventLog, hours: ResourceHours) {
        let handOffs = HandOffs(of: log)
        self.handOffs = handOffs
        let instances = log.instances
        let none = [Int64](repeating: 0, count: instances.start.isEmpty ? 0 : instances.count)
        batching = none
        contention = none
        prioritization = none
        unavailability = none
        extraneous = none
        unattributed = none
        if none.isEmpty { return }
        let work = WorkByResource(of: log)
        batchOf = [Int32](repeating: -1, count: instances.count)
        for range in log.instanceRanges {
            for instance in range where handOffs.enabled[instance] != Instant.missing {
                if instances.resource.isEmpty || instances.resource[instance] == Vocabulary.missing {
                    unattributed[instance] = instances.start[instance] - handOffs.enabled[instance]
                }
            }
        }
        for resource in 0..<UInt32(work.resources) {
            let list = work.instances(of: resource).filter { handOffs.enabled[Int($0)] != Instant.missing }
            if !list.isEmpty { split(list, instances, hours.hours(resource)) }
        }
    }

    /// The instances of one resource whose starts are known.
    private mutating func split(_ list: [UInt32], _ instances: ActivityInstances, _ hours: ResourceHours.Hours) {
        let enabled = list.map { handOffs.enabled[Int($0)] }
        let start = list.map { instances.start[Int($0)] }
        // Without completion nothing is known to have been worked.
        let end = list.indices.map { Swift.max(start[$0], instances.completion[Int(list[$0])]) }
        let found = Self.batches(list, instances, enabled, start, end)
        var owner = [Int32](repeating: -1, count: list.count)
        var ready = enabled
        var until = start
        for (number, batch) in found.enumerated() {
            for member in batch.members {
                owner[Int(member)] = Int32(number)
                ready[Int(member)] = batch.ready
                until[Int(member)] = batch.firstStart
                batchOf[Int(list[Int(member)])] = Int32(batches.count + number)
            }
        }
        batches += found.map { batch in
            Batch(
                instances: batch.members.map { list[Int($0)] }, firstStart: batch.firstStart, ready: batch.ready,
                firstEnabled: batch.firstEnabled, kind: batch.kind)
        }
        let closed: ((Int64, Int64) -> Int64)?
        switch hours {
        case .unknown: closed = nil
        case .weekly(let calendar): closed = { $1 - $0 - calendar.worked(from: $0, to: $1) }
        case .calendar(let clock):
            // A calendar knows nothing of stamps beyond its days, such as 9999-12-31.
            let isCovered = (enabled.min().map { clock.covers($0) } ?? true) && (end.max().map { clock.covers($0) } ?? true)
            closed = isCovered ? { $1 - $0 - clock.worked(from: $0, to: $1) } : nil
        }
        let busy = BusyTimes(
            enabled: enabled, start: start, end: end, owner: owner, batches: found.count, questions: ready, closed: closed)
        var windows: [Window] = []
        windows.reserveCapacity(list.count)
        for place in list.indices {
            let instance = Int(list[place])
            batching[instance] = ready[place] - enabled[place]
            if until[place] <= ready[place] { continue }
            let from = busy.index(of: ready[place])
            let to = busy.index(of: until[place])
            let idle = busy.idleBefore[to] - busy.idleBefore[from]
            let outside = busy.closedBefore[to] - busy.closedBefore[from]
            prioritization[instance] = until[place] - ready[place] - idle
            if closed == nil {
                unattributed[instance] = idle
            } else {
                unavailability[instance] = outside
                extraneous[instance] = idle - outside
            }
            if idle < until[place] - ready[place] {
                windows.append(Window(from: Int32(from), to: Int32(to), threshold: ready[place], place: Int32(place)))
            }
        }
        // So far all busy time is prioritization; what was under work that was enabled no later is contention.
        windows.sort { ($0.threshold, $0.place) < ($1.threshold, $1.place) }
        contend(windows, busy, list)
        if !found.isEmpty { splitWithin(found, busy, list, enabled, start) }
    }

    /// The batches of one resource, activity by activity.
    private static func batches(
        _ list: [UInt32], _ instances: ActivityInstances, _ enabled: [Int64], _ start: [Int64], _ end: [Int64]
    ) -> [BatchGroups.Batch] {
        let order = (0..<Int32(list.count)).sorted { left, right in
            let (a, b) = (instances.activity[Int(list[Int(left)])], instances.activity[Int(list[Int(right)])])
            if a != b { return a < b }
            return (start[Int(left)], enabled[Int(left)], left) < (start[Int(right)], enabled[Int(right)], right)
        }
        var found: [BatchGroups.Batch] = []
        var from = 0
        while from < order.count {
            let activity = instances.activity[Int(list[Int(order[from])])]
            var to = from + 1
            while to < order.count && instances.activity[Int(list[Int(order[to])])] == activity { to += 1 }
            if to - from > 1 {
                found += BatchGroups(order: order[from..<to], enabled: enabled, start: start, end: end).batches
            }
            from = to
        }
        return found
    }

    /// A question: how much of these stretches is under work enabled no later than the threshold.
    private struct Window {
        var from: Int32
        var to: Int32
        var threshold: Int64
        var place: Int32
    }

    private mutating func contend(_ windows: [Window], _ busy: BusyTimes, _ list: [UInt32]) {
        if windows.isEmpty { return }
        let stretches = (0..<Int32(busy.earliest.count)).filter { busy.earliest[Int($0)] != Int64.max }
            .sorted { (busy.earliest[Int($0)], $0) < (busy.earliest[Int($1)], $1) }
        var sums = PrefixSums(count: busy.earliest.count)
        var next = 0
        for window in windows {
            while next < stretches.count && busy.earliest[Int(stretches[next])] <= window.threshold {
                let place = Int(stretches[next])
                sums.add(busy.bounds[place + 1] - busy.bounds[place], at: place)
                next += 1
            }
            let share = sums.sum(Int(window.to)) - sums.sum(Int(window.from))
            let instance = Int(list[Int(window.place)])
            contention[instance] = share
            prioritization[instance] -= share
        }
    }

    /// From a batch's first start to each member's own the resource is busy with the batch all the time. That is contention where
    /// something else is under way as well that was enabled before the batch was ready, or a member enabled no later than this one.
    private mutating func splitWithin(
        _ found: [BatchGroups.Batch], _ busy: BusyTimes, _ list: [UInt32], _ enabled: [Int64], _ start: [Int64]
    ) {
        var offsets = [Int](repeating: 0, count: found.count + 1)
        for owner in busy.owner where owner >= 0 { offsets[Int(owner) + 1] += 1 }
        for batch in found.indices { offsets[batch + 1] += offsets[batch] }
        var next = offsets
        var own = [Int32](repeating: 0, count: offsets[found.count])
        for place in busy.owner.indices where busy.owner[place] >= 0 {
            own[next[Int(busy.owner[place])]] = Int32(place)
            next[Int(busy.owner[place])] += 1
        }
        for (number, batch) in found.enumerated() {
            let ranks = batch.members.map { enabled[Int($0)] }.sorted()
            func rank(_ time: Int64) -> Int {
                var low = 0
                var high = ranks.count
                while low < high {
                    let middle = (low + high) / 2
                    if ranks[middle] < time { low = middle + 1 } else { high = middle }
                }
                return low
            }
            var sums = PrefixSums(count: ranks.count)
            var total: Int64 = 0
            var stretch = offsets[number]
            for member in batch.members {
                let begin = start[Int(member)]
                while stretch < offsets[number + 1] && busy.bounds[Int(own[stretch])] < begin {
                    let place = Int(own[stretch])
                    if busy.earliestOther[place] > batch.ready {
                        let length = busy.bounds[place + 1] - busy.bounds[place]
                        sums.add(length, at: rank(busy.earliest[place]))
                        total += length
                    }
                    stretch += 1
                }
                // What was enabled after this one: the stretches of higher rank.
                let time = enabled[Int(member)]
                let later = total - sums.sum(rank(time + 1))
                let instance = Int(list[Int(member)])
                prioritization[instance] += later
                contention[instance] += begin - batch.firstStart - later
            }
        }
    }
}
