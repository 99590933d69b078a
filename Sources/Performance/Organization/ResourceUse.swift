import EventLogs
import Instants
import WorkingTime

/// What each resource of a log did, and how much of its time that took.
struct ResourceUse {
    /// The figures of one resource; times in microseconds.
    struct Figures: Sendable {
        /// Instances it did.
        var instances = 0
        /// Cases in which it did one.
        var cases = 0
        /// Of its instances those whose start and completion are known.
        var timed = 0
        /// The sum of their durations.
        var processing: Int64 = 0
        /// The length of their union.
        var worked: Int64 = 0
        /// The time in which at least two of them were under way.
        var parallel: Int64 = 0
        /// Of the union what lies in its hours; nil where these are unknown.
        var workedInHours: Int64?
        /// Its hours between the log's first and last event; nil where unknown.
        var available: Int64?

        /// Adds the figures of another; what is unknown of either is unknown of both, but for who has no timed instance.
        mutating func add(_ other: Figures) {
            instances += other.instances
            timed += other.timed
            processing += other.processing
            worked += other.worked
            parallel += other.parallel
            workedInHours = workedInHours.flatMap { own in other.workedInHours.map { own + $0 } }
            available = available.flatMap { own in other.available.map { own + $0 } }
        }
    }

    /// Per resource of the log, by its number.
    let resources: [Figures]

    /// The figures of a log's resources within some hours.
    init(of log: EventLog, hours: ResourceHours) {
        let instances = log.instances
        let count = instances.resource.isEmpty ? 0 : log.columns.resource?.vocabulary.count ?? 0
        var figures = [Figures](repeating: Figures(), count: count)
        guard count > 0 else {
            resources = figures
            return
        }
        var lastCase = [Int](repeating: -1, count: count)
        for (position, range) in log.instanceRanges.enumerated() {
            for instance in range {
                let id = instances.resource[instance]
                if id == Vocabulary.missing { continue }
                figures[Int(id)].instances += 1
                if lastCase[Int(id)] != position {
                    lastCase[Int(id)] = position
                    figures[Int(id)].cases += 1
                }
                if instances.startTime(instance) != Instant.missing && instances.completion[instance] != Instant.missing {
                    figures[Int(id)].timed += 1
                }
            }
        }
        // Grouped by resource: counting sort.
        var offsets = [0]
        for own in figures { offsets.append(offsets[offsets.count - 1] + own.timed) }
        var next = offsets
        var starts = [Int64](repeating: 0, count: offsets[count])
        var ends = starts
        for range in log.instanceRanges {
            for instance in range {
                let id = instances.resource[instance]
                let (start, end) = (instances.startTime(instance), instances.completion[instance])
                if id == Vocabulary.missing || start == Instant.missing || end == Instant.missing { continue }
                starts[next[Int(id)]] = start
                ends[next[Int(id)]] = Swift.max(start, end)
                next[Int(id)] += 1
            }
        }
        let span = log.timeRange
        for id in 0..<count where figures[id].instances > 0 {
            let own = offsets[id]..<offsets[id + 1]
            let open = hours.hours(UInt32(id))
            figures[id].sweep(starts[own].sorted(), ends[own].sorted(), open)
            if let span { figures[id].available = open.worked(from: span.lowerBound.microseconds, to: span.upperBound.microseconds) }
            if own.isEmpty { figures[id].workedInHours = nil }
        }
        resources = figures
    }
}

extension ResourceUse.Figures {
    /// Sweeps over starts and ends, both ascending.
    fileprivate mutating func sweep(_ starts: [Int64], _ ends: [Int64], _ hours: ResourceHours.Hours) {
        var (first, second, open) = (0, 0, 0)
        var since = Int64.min
        var begun = Int64.min
        var inHours: Int64? = 0
        while second < ends.count {
            let isStart = first < starts.count && starts[first] <= ends[second]
            let time = isStart ? starts[first] : ends[second]
            if open > 0 {
                processing += Int64(open) * (time - since)
                if open > 1 { parallel += time - since }
            }
            since = time
            if isStart {
                if open == 0 { begun = time }
                open += 1
                first += 1
            } else {
                open -= 1
                second += 1
                if open == 0 {
                    worked += time - begun
                    inHours = inHours.flatMap { sum in hours.worked(from: begun, to: time).map { sum + $0 } }
                }
            }
        }
        workedInHours = inHours
    }
}

extension ResourceHours.Hours {
    /// Working time between two instants in microseconds; nil where it is unknown.
    func worked(from start: Int64, to end: Int64) -> Int64? {
        switch self {
        case .unknown: nil
        case .weekly(let calendar): calendar.worked(from: start, to: end)
        case .calendar(let clock): clock.covers(start) && clock.covers(end) ? clock.worked(from: start, to: end) : nil
        }
    }
}
