package import EventLogs
import Instants
import WorkingTime

/// Which activities are done in batches, of what kind and size, and what sets a batch off.
///
/// Batches are those of ``WaitingCauses``. Queues make such groups as well: whoever finds two cases waiting does both, one after the other.
/// So an activity counts as batched only where the log shows what sets its batches off (``ActivationRule``, learnt on the first half of
/// its runs and held against the second; runs hold at least half of its instances), or where most of its instances start and end together
/// with others of one resource. A run is a batch, or an instance that waited by itself. Where runs begin when the people's hours do, it is the hours that hold work back, not a batch.
package struct BatchDetection: Codable, Sendable, Equatable {
    /// What was found of an activity.
    package enum Verdict: String, Codable, Sendable {
        /// It is done in batches.
        case batched
        /// Instances come together as queues make them.
        case queue
        /// Work waits for the hours of its people to begin.
        case opening
        /// There are too few runs to tell.
        case insufficient
    }

    /// How many batches have a size.
    package struct Size: Codable, Sendable, Equatable {
        /// The number of members.
        package var size: Int
        /// How many batches have so many.
        package var batches: Int
    }

    /// One activity.
    package struct Activity: Codable, Sendable, Equatable {
        /// The activity.
        package var activity: String
        /// What was found.
        package var verdict: Verdict
        /// Its instances whose start and resource are known.
        package var n: Int
        /// Of these, those in batches.
        package var batchedInstances: Int
        /// Its batches.
        package var batches: Int
        /// Batches whose members follow one another.
        package var sequential: Int
        /// Batches whose members overlap.
        package var concurrent: Int
        /// Batches whose members start and end together.
        package var parallel: Int
        /// How many batches have which size, by size.
        package var sizes: [Size]
        /// The mean size of its batches.
        package var meanSize: Double
        /// Seconds its members waited for their batches to be ready.
        package var batchingS: Double
        /// Runs: batches, and instances that waited by themselves.
        package var runs: Int
        /// What sets runs off, the rule that holds best first; empty where none holds.
        package var rules: [ActivationRule]
    }

    /// The activities that have batches, by descending time waited for them, then by the UTF-8 bytes of their names.
    package var activities: [Activity]

    /// Those that are done in batches.
    package var batched: [Activity] { activities.filter { $0.verdict == .batched } }
}

/// One run of an activity: a batch, or an instance that waited by itself.
struct BatchRun {
    /// When it began.
    var start: Int64
    /// When its last member was enabled.
    var ready: Int64
    /// When its first member was enabled.
    var firstEnabled: Int64
    /// Its members.
    var size: Int
    /// Who did it.
    var resource: UInt32
}

extension BatchDetection {
    /// Fewer runs tell no rule.
    private static let fewestRuns = 10

    /// The batches of a log.
    package init(of log: EventLog) {
        let hours = ResourceHours(of: log)
        self.init(of: log, split: WaitingSplit(of: log, hours: hours), hours: hours)
    }

    /// The batches of a log whose waiting is split already.
    package init(of log: EventLog, split: WaitingSplit, hours: ResourceHours) {
        let instances = log.instances
        if split.batches.isEmpty {
            activities = []
            return
        }
        var batchesOf: [[Int]] = [[Int]](repeating: [], count: log.activities.count)
        for (number, batch) in split.batches.enumerated() { batchesOf[Int(instances.activity[Int(batch.instances[0])])].append(number) }
        var singles = [[BatchRun]](repeating: [], count: log.activities.count)
        var known = [Int](repeating: 0, count: log.activities.count)
        var batchingOf = [Int128](repeating: 0, count: log.activities.count)
        for range in log.instanceRanges {
            for instance in range {
                let activity = Int(instances.activity[instance])
                if batchesOf[activity].isEmpty || split.handOffs.enabled[instance] == Instant.missing { continue }
                if instances.resource[instance] == Vocabulary.missing { continue }
                known[activity] += 1
                batchingOf[activity] += Int128(split.batching[instance])
                if split.batchOf[instance] >= 0 { continue }
                let enabled = split.handOffs.enabled[instance]
                // What begins as soon as it is ready is set off by nothing.
                if enabled == instances.start[instance] { continue }
                singles[activity].append(
                    BatchRun(
                        start: instances.start[instance], ready: enabled, firstEnabled: enabled, size: 1,
                        resource: instances.resource[instance]))
            }
        }
        let offset = log.columns.prevailingOffset
        var found: [(activity: UInt32, batching: Int128, value: Activity)] = []
        for id in log.activities.ids where !batchesOf[Int(id)].isEmpty {
            let own = batchesOf[Int(id)].map { split.batches[$0] }
            let runs =
                singles[Int(id)]
                + own.map { batch in
                    BatchRun(
                        start: batch.firstStart, ready: batch.ready, firstEnabled: batch.firstEnabled, size: batch.instances.count,
                        resource: instances.resource[Int(batch.instances[0])])
                }
            let value = Self.activity(
                log.activities[id], own, runs: Self.inOrder(runs), n: known[Int(id)], batching: batchingOf[Int(id)], hours: hours,
                offset: offset)
            found.append((id, batchingOf[Int(id)], value))
        }
        activities = found.sorted { left, right in
            left.batching != right.batching ? left.batching > right.batching : log.activities.precedes(left.activity, right.activity)
        }.map(\.value)
    }

    private static func inOrder(_ runs: [BatchRun]) -> [BatchRun] {
        runs.sorted { left, right in
            (left.start, left.ready, left.firstEnabled, left.size, left.resource)
                < (right.start, right.ready, right.firstEnabled, right.size, right.resource)
        }
    }

    private static func activity(
        _ name: String, _ batches: [WaitingSplit.Batch], runs: [BatchRun], n: Int, batching: Int128, hours: ResourceHours, offset: Int
    ) -> Activity {
        var sizes: [Int: Int] = [:]
        for batch in batches { sizes[batch.instances.count, default: 0] += 1 }
        let members = batches.reduce(0) { $0 + $1.instances.count }
        let parallel = batches.filter { $0.kind == .parallel }
        let isEnough = runs.count >= fewestRuns
        let rules = isEnough ? ActivationRule.rules(of: runs, offset: offset) : []
        let isTogether = parallel.count >= fewestRuns && 2 * parallel.reduce(0) { $0 + $1.instances.count } > n
        let verdict: Verdict
        if !isEnough {
            verdict = .insufficient
        } else if isTogether {
            verdict = .batched
        } else if rules.isEmpty || 2 * runs.reduce(0, { $0 + $1.size }) < n {
            verdict = .queue
        } else {
            verdict = startsWithTheHours(runs, hours) ? .opening : .batched
        }
        return Activity(
            activity: name, verdict: verdict, n: n, batchedInstances: members, batches: batches.count,
            sequential: batches.count { $0.kind == .sequential }, concurrent: batches.count { $0.kind == .concurrent },
            parallel: parallel.count, sizes: sizes.sorted { $0.key < $1.key }.map { Size(size: $0.key, batches: $0.value) },
            meanSize: Double(members) / Double(batches.count), batchingS: Double(batching) / 1e6, runs: runs.count, rules: rules)
    }

    /// Whether at least half of the runs begin within two minutes of an opening of their resource's hours.
    private static func startsWithTheHours(_ runs: [BatchRun], _ hours: ResourceHours) -> Bool {
        let near = runs.count { run in
            guard let weekly = hours.weekly(run.resource) else { return false }
            let before = run.start - 2 * Microseconds.minute
            return !weekly.isOpen(at: before) && (weekly.nextOpening(from: before) ?? Int64.max) <= run.start + 2 * Microseconds.minute
        }
        return 2 * near >= runs.count
    }
}
