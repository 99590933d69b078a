import Instants
import WorkingTime

/// When the people of a log had nothing recorded to do although they were at work.
struct IdleTimes {
    private let starts: [[Int64]]
    private let ends: [[Int64]]
    private let calendars: [WorkCalendar]
    /// Shorter breaks between two pieces of work say nothing.
    let tolerance: Int64

    init(_ work: ObservedWork, _ roles: RoleFit) {
        var rowsOf = [[Int]](repeating: [], count: roles.resources.count)
        var wholeMinutes = true
        for row in 0..<work.count {
            if work.completion[row] % Microseconds.minute != 0 || work.start[row] % Microseconds.minute != 0 { wholeMinutes = false }
            if work.resource[row] < 0 { continue }
            let place = roles.placeOfResource[work.resource[row]]
            if place >= 0 && work.completion[row] > work.start[row] { rowsOf[place].append(row) }
        }
        tolerance = wholeMinutes ? Microseconds.minute : 2 * Microseconds.second
        var starts: [[Int64]] = []
        var ends: [[Int64]] = []
        for rows in rowsOf {
            var from: [Int64] = []
            var to: [Int64] = []
            for row in rows.sorted(by: { (work.start[$0], $0) < (work.start[$1], $1) }) {
                if let last = to.last, work.start[row] <= last {
                    to[to.count - 1] = max(last, work.completion[row])
                } else {
                    from.append(work.start[row])
                    to.append(work.completion[row])
                }
            }
            starts.append(from)
            ends.append(to)
        }
        self.starts = starts
        self.ends = ends
        calendars = roles.resources.map { roles.calendars[$0.calendar] }
    }

    /// The last instant in `earliest` … `time` at which one of these was at work and idle; `time` itself where that was so just before;
    /// nil where there is none.
    func last(before time: Int64, notBefore earliest: Int64, of resources: [Int]) -> Int64? {
        var best: Int64?
        for resource in resources {
            guard let idle = last(before: time, notBefore: max(earliest, best ?? Int64.min), resource) else { continue }
            if idle >= time - tolerance { return time }
            if idle > best ?? Int64.min { best = idle }
        }
        return best
    }

    private func last(before time: Int64, notBefore earliest: Int64, _ resource: Int) -> Int64? {
        let from = starts[resource]
        var low = 0
        var high = from.count
        while low < high {
            let middle = (low + high) / 2
            if from[middle] < time { low = middle + 1 } else { high = middle }
        }
        var index = low - 1
        var upper = time
        while upper > earliest {
            let lower = index >= 0 ? max(earliest, ends[resource][index]) : earliest
            if lower < upper {
                let idle = calendars[resource].worked(from: lower, to: upper)
                if idle > tolerance { return calendars[resource].finish(from: lower, work: idle) }
            }
            if index < 0 { return nil }
            upper = min(upper, from[index])
            index -= 1
        }
        return nil
    }
}
