import Instants
import WorkingTime

/// Activities that begin at a few fixed times of the week, such as payment runs.
struct BatchingFit {
    /// Per activity the times of the week at which it begins; nil where it is not held back.
    let weekly: [[Int64]?]
    /// Per activity how many instances say so.
    let observations: [Int]

    private static let enough = 20

    init(_ work: ObservedWork, _ enablement: Enablement) {
        var startsOf = [[(start: Int64, enabled: Int64)]](repeating: [], count: work.activityNames.count)
        let shift = Int64(work.offset) * Microseconds.second + 3 * Microseconds.day
        for row in 0..<work.count where work.hasStart[row] && !enablement.after[row].isEmpty {
            startsOf[work.activity[row]].append((work.start[row] + shift, enablement.enabled[row] + shift))
        }
        observations = startsOf.map(\.count)
        weekly = startsOf.map { Self.times(of: $0) }
    }

    private static func times(of starts: [(start: Int64, enabled: Int64)]) -> [Int64]? {
        guard starts.count >= enough else { return nil }
        let inWeek: (Int64) -> Int64 = { (($0 % WeeklyHours.week) + WeeklyHours.week) % WeeklyHours.week }
        var byMinute: [Int64: [Int64]] = [:]
        for own in starts { byMinute[inWeek(own.start) / Microseconds.minute, default: []].append(inWeek(own.start)) }
        let common = byMinute.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        var covered = 0
        var times: [Int64] = []
        for (_, found) in common {
            if covered * 20 >= starts.count * 19 { break }
            covered += found.count
            times.append(found.sorted()[found.count / 2])
            // Each time must have been used often, and there must be few of them.
            if times.count > 14 || found.count < 5 { return nil }
        }
        times.sort()
        var waited: Int64 = 0
        var explained = 0
        for own in starts {
            waited += own.start - own.enabled
            let enabled = inWeek(own.enabled)
            let next = times.first { $0 >= enabled - Microseconds.minute } ?? times[0] + WeeklyHours.week
            if (own.enabled - enabled + next - own.start).magnitude <= UInt64(2 * Microseconds.minute) { explained += 1 }
        }
        guard explained * 10 >= starts.count * 9, waited / Int64(starts.count) > 10 * Microseconds.minute else { return nil }
        return times
    }
}
