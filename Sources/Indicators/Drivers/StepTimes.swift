import EventLogs
import Instants
import Performance
import Statistics

/// How long a step from one activity to the next takes on the log's clock, in order of the completion of the first.
struct StepTimes: Sendable {
    /// The most steps that are looked at: those that hold most time.
    static let most = 20
    /// The fewest times of a step that is looked at.
    static let fewest = 200

    /// The activity from which it is taken.
    let source: String
    /// The activity to which it is taken.
    let target: String
    /// The positions of the cases that take it.
    private(set) var cases: [Int] = []
    /// The completions of the first activity.
    private(set) var times: [Int64] = []
    /// Its durations in seconds.
    private(set) var values: [Double] = []

    /// The steps of a log that hold most time, in descending order of it.
    ///
    /// Of steps that begin shortly before the log ends only the short ones have ended: where cases are open, those that begin later than its
    /// 95 % quantile before the end are left out.
    static func of(_ log: EventLog, times: CaseTimes) -> [StepTimes] {
        let instances = log.instances
        let count = log.activities.count
        var totals: [Int: (total: Double, count: Int)] = [:]
        func forEachStep(_ body: (_ key: Int, _ position: Int, _ completion: Int64, _ duration: Double) -> Void) {
            log.forEachStep { position, before, instance, completion, duration in
                guard completion != Instant.missing, duration != Instant.missing else { return }
                body(
                    Int(instances.activity[before]) * count + Int(instances.activity[instance]), position, completion,
                    Double(duration) / 1e6)
            }
        }
        forEachStep { key, _, _, duration in
            let known = totals[key] ?? (0, 0)
            totals[key] = (known.total + max(0, duration), known.count + 1)
        }
        let chosen = totals.keys.filter { totals[$0]!.count >= fewest && totals[$0]!.total > 0 }
            .sorted { left, right in
                totals[left]!.total != totals[right]!.total ? totals[left]!.total > totals[right]!.total : left < right
            }.prefix(most)
        var place: [Int: Int] = [:]
        for (index, key) in chosen.enumerated() { place[key] = index }
        var steps = [[(position: Int, time: Int64, value: Double)]](repeating: [], count: chosen.count)
        forEachStep { key, position, completion, duration in
            if let index = place[key] { steps[index].append((position, completion, duration)) }
        }
        let isOpen = !times.ends.names.isEmpty && times.isCensored.contains(true)
        let last = times.lastCompletion.max() ?? Instant.missing
        return zip(chosen, steps).map { key, all in
            var own = all.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
            if isOpen, let long = Quantiles.quantile(0.95, of: own.map(\.value)) {
                own = own.filter { (Double(last) - Double($0.time)) / 1e6 >= long }
            }
            var step = StepTimes(source: log.activities[UInt32(key / count)], target: log.activities[UInt32(key % count)])
            step.cases = own.map(\.position)
            step.times = own.map(\.time)
            step.values = own.map(\.value)
            return step
        }
    }

    private init(source: String, target: String) {
        self.source = source
        self.target = target
    }

    /// The first of these steps of each case; of more than `most` so many, at equal distances in the order of time.
    func firstOfEachCase(most: Int) -> StepTimes {
        var seen: Set<Int> = []
        let firsts = cases.indices.filter { seen.insert(cases[$0]).inserted }
        let kept = firsts.count <= most ? firsts : (0..<most).map { firsts[$0 * firsts.count / most] }
        var step = StepTimes(source: source, target: target)
        step.cases = kept.map { cases[$0] }
        step.times = kept.map { times[$0] }
        step.values = kept.map { values[$0] }
        return step
    }
}
