package import EventLogs
import Instants
import ProcessModels
import Statistics

extension PerformanceSpectrum {
    /// The spectrum of a log, in elapsed time whatever its clock.
    package init(of log: EventLog, options: Options = Options()) {
        let log = log.measured(by: .elapsed)
        let index = DirectlyFollowsIndex(of: log)
        var totals = [Int128](repeating: 0, count: index.edgeCount)
        for edge in 0..<index.edgeCount {
            for step in index.offsets[edge]..<index.offsets[edge + 1] where index.time[step] > 0 {
                totals[edge] += Int128(index.time[step])
            }
        }
        let chosen: [Int]
        if let named = options.named {
            chosen = named.compactMap { pair in
                (0..<index.edgeCount).first {
                    log.activities[index.source[$0]] == pair.source && log.activities[index.target[$0]] == pair.target
                }
            }
        } else {
            // Edges are numbered by count, then name: the order of ties.
            chosen = (0..<index.edgeCount).filter { totals[$0] > 0 }.sorted { (-totals[$0], $0) < (-totals[$1], $1) }
                .prefix(Swift.max(0, options.segments)).map { $0 }
        }
        let offset = log.columns.prevailingOffset
        offsetS = offset
        omitted = index.edgeCount - chosen.count
        let range = log.timeRange
        let first = range?.lowerBound.microseconds ?? 0
        let last = range?.upperBound.microseconds ?? 0
        origin = first
        lengthS = Double(last - first) / 1e6
        let bins = TimeBins(from: first, to: last, atMost: options.bins, offset: offset)
        binS = Double(bins.length) / 1e6
        let steps = Steps(log, edges: chosen, index)
        let base = first
        segments = chosen.indices.map { place in
            let edge = chosen[place]
            return Segment(
                (log.activities[index.source[edge]], log.activities[index.target[edge]]), steps.lines[place],
                all: index.count(ofEdge: edge),
                origin: base, bins, keeping: Swift.max(1, options.lines), log)
        }
    }
}

/// The steps of some edges as lines.
private struct Steps {
    struct Raw {
        var start: Int64
        var end: Int64
        var position: UInt32
    }

    var lines: [[Raw]]

    init(_ log: EventLog, edges: [Int], _ index: DirectlyFollowsIndex) {
        var placeOf: [UInt64: Int] = [:]
        for (place, edge) in edges.enumerated() { placeOf[UInt64(index.source[edge]) << 32 | UInt64(index.target[edge])] = place }
        lines = edges.map { _ in [] }
        let instances = log.instances
        for (position, range) in log.instanceRanges.enumerated() {
            for instance in range.dropFirst() {
                let key = UInt64(instances.activity[instance - 1]) << 32 | UInt64(instances.activity[instance])
                guard let place = placeOf[key] else { continue }
                let (before, completion) = (instances.completion[instance - 1], instances.completion[instance])
                let start = instances.startTime(instance)
                let after = start == Instant.missing ? completion : start
                if before == Instant.missing || after == Instant.missing || after < before { continue }
                lines[place].append(Raw(start: before, end: after, position: UInt32(position)))
            }
        }
        for place in lines.indices { lines[place].sort { ($0.start, $0.end, $0.position) < ($1.start, $1.end, $1.position) } }
    }
}

extension PerformanceSpectrum.Segment {
    fileprivate init(
        _ pair: (source: String, target: String), _ raw: [Steps.Raw], all: Int, origin: Int64, _ bins: TimeBins, keeping limit: Int,
        _ log: EventLog
    ) {
        source = pair.source
        target = pair.target
        count = all
        left = all - raw.count
        let times = raw.map { $0.end - $0.start }
        totalS = Double(times.reduce(Int128(0)) { $0 + Int128($1) }) / 1e6
        let bounds = Quantiles.quantiles([0.25, 0.5, 0.75], of: times) ?? []
        quartilesS = bounds.map { $0 / 1e6 }
        // A time on a bound is of the faster class.
        let classes = times.map { time in 1 + bounds.count { Double(time) > $0 } }
        overtakenShare = Self.overtaken(raw)
        let groups = Self.converging(raw)
        convergingGroups = groups.groups
        convergingShare = raw.isEmpty ? nil : Double(groups.lines) / Double(raw.count)
        self.bins = Self.bins(raw, classes, bins, origin)
        let kept = raw.count <= limit ? Array(raw.indices) : (0..<limit).map { $0 * raw.count / limit }
        lines = kept.map { place in
            PerformanceSpectrum.Line(
                caseName: log.caseName(Int(raw[place].position)), startS: Double(raw[place].start - origin) / 1e6,
                endS: Double(raw[place].end - origin) / 1e6, quartile: classes[place])
        }
        isSampled = raw.count > limit
        filter = LogFilter.directly(pair.source, pair.target).text
    }

    /// Lines come in the order of their starts: one is overtaken where a line behind it that starts later ends earlier.
    private static func overtaken(_ raw: [Steps.Raw]) -> Double? {
        if raw.isEmpty { return nil }
        var count = 0
        var earliest = Int64.max
        var place = raw.count - 1
        while place >= 0 {
            // All that start at once are asked before any of them counts.
            var first = place
            while first > 0 && raw[first - 1].start == raw[place].start { first -= 1 }
            for own in first...place where earliest < raw[own].end { count += 1 }
            for own in first...place { earliest = Swift.min(earliest, raw[own].end) }
            place = first - 1
        }
        return Double(count) / Double(raw.count)
    }

    private static func converging(_ raw: [Steps.Raw]) -> (groups: Int, lines: Int) {
        let sorted = raw.sorted { ($0.end, $0.start) < ($1.end, $1.start) }
        var (groups, lines) = (0, 0)
        var first = 0
        while first < sorted.count {
            var last = first
            while last + 1 < sorted.count && sorted[last + 1].end - sorted[last].end <= Microseconds.minute { last += 1 }
            if last - first >= 2 {
                let starts = sorted[first...last].map(\.start)
                let apart = (starts.max() ?? 0) - (starts.min() ?? 0)
                let together = Swift.max(Microseconds.minute, sorted[last].end - sorted[first].end)
                if apart >= 10 * together {
                    groups += 1
                    lines += last - first + 1
                }
            }
            first = last + 1
        }
        return (groups, lines)
    }

    private static func bins(_ raw: [Steps.Raw], _ classes: [Int], _ bins: TimeBins, _ origin: Int64) -> [PerformanceSpectrum.Bin] {
        var started = [Int](repeating: 0, count: bins.count)
        var ended = started
        // Differences of the lines that are under way at the beginning of each bin, by class.
        var change = [[Int]](repeating: [0, 0, 0, 0], count: bins.count + 1)
        var times = [[Int64]](repeating: [], count: bins.count)
        for (line, own) in zip(raw, classes) {
            let (from, to) = (bins.bin(of: line.start), bins.bin(of: line.end))
            started[from] += 1
            ended[to] += 1
            times[from].append(line.end - line.start)
            // Under way at the beginning of a bin: begun before it, not ended by then.
            let last = line.end == bins.start(to) ? to - 1 : to
            if from + 1 <= last {
                change[from + 1][own - 1] += 1
                change[last + 1][own - 1] -= 1
            }
        }
        var pending = [0, 0, 0, 0]
        return (0..<bins.count).map { bin in
            for own in 0..<4 { pending[own] += change[bin][own] }
            return PerformanceSpectrum.Bin(
                fromS: Double(bins.start(bin) - origin) / 1e6, started: started[bin], ended: ended[bin], pending: pending,
                medianS: Quantiles.median(of: times[bin]).map { $0 / 1e6 })
        }
    }
}
