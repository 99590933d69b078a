import Instants
import WorkingTime

/// Waiting that no queue explains, by the activity that came before.
///
/// Had an instance been ready while somebody who can do it was idle and at work, it would have begun then. So it became ready after the
/// last such moment before its start: at its start where somebody was idle just before, else some time between. A pair of activities of
/// which next to none is known to have become ready late has no delay. For the others the times in between are filled in from the
/// distribution of all (Turnbull: "The empirical distribution function with arbitrarily grouped, censored and truncated data", 1976,
/// by repeated imputation). Delays run on the clock that fits: where many instances become ready outside the hours, elapsed time, else
/// the working time of the role.
struct DelayFit {
    /// The delays of one activity after another.
    struct Group {
        var activity: Int
        /// -1 for those too rare to stand alone.
        var previous: Int
        var distribution: Distribution?
        /// The calendar whose hours count; nil for elapsed time.
        var calendar: Int?
        var observations: Int
        var basis: FitReport.Basis
        var mean: Double
    }

    /// Delays by activity and predecessor.
    private(set) var groups: [Group] = []
    /// Of each row the elapsed delay that stays with its case; nil where it is to be drawn or where there is none.
    private(set) var ofRow: [Int64?]

    private struct Observation {
        var row: Int
        var low: Int64
        var high: Int64
        /// Whether the instance is known to have become ready late.
        var isLate: Bool
        var isInterval: Bool
    }

    /// From how many observations on a pair stands alone.
    private static let enough = 10

    /// - Parameter capable: the resources that can do a row's work; nil where they are without limits.
    init(
        _ work: ObservedWork, _ roles: RoleFit, _ enablement: Enablement, _ idle: IdleTimes, isBatched: [Bool],
        capable: (Int) -> [Int]?
    ) {
        ofRow = [Int64?](repeating: nil, count: work.count)
        var byPair: [Int: [Observation]] = [:]
        let n = work.activityNames.count
        for range in work.cases {
            for row in range {
                if enablement.after[row].isEmpty { ofRow[row] = max(0, work.start[row] - enablement.enabled[row]) }
                if isBatched[work.activity[row]] || enablement.previous[row] < 0 { continue }
                let start = work.start[row]
                let enabled = min(enablement.enabled[row], start)
                var observation = Observation(
                    row: row, low: start, high: start, isLate: start - enabled > idle.tolerance, isInterval: false)
                if observation.isLate, let able = capable(row) {
                    if let last = idle.last(before: start, notBefore: enabled, of: able) {
                        observation.low = last
                        observation.isInterval = last < start
                    } else {
                        observation.low = enabled
                        observation.isLate = false
                        observation.isInterval = true
                    }
                }
                byPair[work.activity[row] * n + enablement.previous[row], default: []].append(observation)
            }
        }
        for activity in 0..<n {
            var rare: [Observation] = []
            for previous in 0..<n {
                guard let found = byPair[activity * n + previous] else { continue }
                if found.count < Self.enough {
                    rare += found
                } else {
                    add(work, roles, enablement, found, activity, previous, .own)
                }
            }
            if !rare.isEmpty { add(work, roles, enablement, rare, activity, -1, .activity) }
        }
    }

    private mutating func add(
        _ work: ObservedWork, _ roles: RoleFit, _ enablement: Enablement, _ found: [Observation], _ activity: Int, _ previous: Int,
        _ basis: FitReport.Basis
    ) {
        let late = found.filter(\.isLate)
        guard late.count >= 2, late.count * 50 >= found.count else {
            groups.append(Group(activity: activity, previous: previous, observations: found.count, basis: basis, mean: 0))
            return
        }
        let intervals = late.filter(\.isInterval).count
        let calendar = roles.calendarOfRole[roles.role(work, late[0].row)]
        var counted: Int?
        if let calendar, !roles.calendars[calendar].hours.isAlways {
            let off = 1 - Double(roles.calendars[calendar].hours.perWeek) / Double(WeeklyHours.week)
            if Double(intervals) < 0.4 * off * Double(late.count) { counted = calendar }
        }
        let measure: (Int64, Int64) -> Int64 = { from, to in
            guard let counted else { return to - from }
            return roles.calendars[counted].worked(from: from, to: to)
        }
        let bounds = found.map { observation in
            let enabled = min(enablement.enabled[observation.row], work.start[observation.row])
            return (low: measure(enabled, observation.low), high: measure(enabled, observation.high))
        }
        let delays = Self.impute(bounds, found.map(\.isInterval))
        let seconds = delays.map { Double($0) / 1e6 }.sorted()
        groups.append(
            Group(
                activity: activity, previous: previous, distribution: DistributionFit.empirical(seconds), calendar: counted,
                observations: found.count, basis: basis, mean: seconds.reduce(0, +) / Double(seconds.count)))
        if counted == nil {
            for (observation, delay) in zip(found, delays) { ofRow[observation.row] = delay }
        }
    }

    /// Values within the bounds that follow the distribution of all values.
    private static func impute(_ bounds: [(low: Int64, high: Int64)], _ isInterval: [Bool]) -> [Int64] {
        var values = bounds.enumerated().map { place, bound in
            isInterval[place] ? bound.low + Int64(Double(bound.high - bound.low) * fraction(place)) : bound.high
        }
        for _ in 0..<6 {
            let sorted = values.sorted()
            let n = Double(sorted.count)
            let rank: (Int64) -> Double = { value in
                var low = 0
                var high = sorted.count
                while low < high {
                    let middle = (low + high) / 2
                    if sorted[middle] < value { low = middle + 1 } else { high = middle }
                }
                return Double(low)
            }
            for place in values.indices where isInterval[place] {
                let (low, high) = bounds[place]
                let from = rank(low)
                let to = rank(high)
                if to - from < 1 {
                    values[place] = low + Int64(Double(high - low) * fraction(place))
                    continue
                }
                let target = min(from + fraction(place) * (to - from), n - 1)
                let index = Int(target)
                let next = min(index + 1, sorted.count - 1)
                let between = Double(sorted[index]) + (target - Double(index)) * Double(sorted[next] - sorted[index])
                values[place] = min(max(Int64(between), low), high)
            }
        }
        return values
    }

    /// Evenly spread over 0 … 1, whatever the order: multiples of the golden ratio.
    private static func fraction(_ place: Int) -> Double {
        let value = (Double(place) + 1) * 0.618_033_988_749_894_9
        return value - value.rounded(.down)
    }
}
